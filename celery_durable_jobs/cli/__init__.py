"""Commands of ``celery``: a file each, found through the entry points of group ``celery.commands``.

Every plug-in is imported on every ``celery`` call, so nothing is imported here, and little in the commands' modules.
"""
