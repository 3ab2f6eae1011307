"""The show around the examples: starts everything, lets time pass, tells what happens. Not needed to read them."""
