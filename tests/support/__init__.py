"""What the tests are built with: real servers, real processes, and waiting on conditions. Cheap to import."""
