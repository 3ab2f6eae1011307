"""The benchmarks run, and measure what they say. Their figures are not judged here."""
