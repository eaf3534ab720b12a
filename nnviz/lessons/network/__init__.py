"""Backpropagation in a network, number by number."""
