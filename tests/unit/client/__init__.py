"""The client against the memory store."""
