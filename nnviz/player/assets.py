"""Where the browser's side of nnviz is: its modules and its styles."""

from pathlib import Path

PACKAGE = Path(__file__).parents[1]
# Beside the package where it is worked on, within it where it is installed.
ASSETS = next(folder for above in (PACKAGE, PACKAGE.parent) if (folder := above / "assets").is_dir())
