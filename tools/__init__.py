"""What people who work on nnviz run: the app with a browser in front of it, and the README's pictures."""
