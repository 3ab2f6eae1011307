"""What the library tells of itself: logs."""
