"""HTML attributes that Dash passes on as they are: aria-… and data-…."""

from typing import Any


def attributes(**named: object) -> dict[str, Any]:
    """Return keyword arguments for a component, with hyphens for underscores: aria_label is aria-label."""
    return {name.replace("_", "-"): value for name, value in named.items()}
