"""The behaviours of Orleans Durable Jobs, row by row: README.md lists them."""
