"""A model of the protocol, explored whole: ``python -m docs.model``. See README.md."""
