"""What people who work on nnviz run: the app with a browser in front of it, and the README's pictures."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
