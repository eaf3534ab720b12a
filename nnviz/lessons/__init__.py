"""The lessons, a folder each; none knows another."""
