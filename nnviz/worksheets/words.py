"""Words that worksheets and questions have in common."""

from collections.abc import Sequence
from functools import reduce

from nnviz.text import say


def alternatives(parts: Sequence[str], key: str) -> str:
    """Return the parts, one of which is meant, joined by the sentence of that key."""
    return reduce(lambda one, other: say(key, one=one, other=other), parts)
