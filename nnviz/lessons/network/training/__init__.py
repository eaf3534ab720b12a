"""Training a network: slices of it, what they leave, and what came of it in words and charts."""
