"""The same three works on other libraries that delay jobs, each in an environment of its own."""
