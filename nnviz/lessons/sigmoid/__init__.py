"""The sigmoid and its derivative."""
