"""The documentation, held against what the code does."""
