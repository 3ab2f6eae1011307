"""The client: schedule, find and change jobs."""
