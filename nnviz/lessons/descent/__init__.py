"""Gradient descent on a curve."""
