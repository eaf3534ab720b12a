"""What programs have in common: matrices and comments as lines of Python."""

from collections.abc import Iterator

from nnviz.algebra.arrays import Array
from nnviz.engine.settings import Configured
from nnviz.text import say


def matrix_lines(begin: str, rows: Array, end: str) -> Iterator[str]:
    """Yield rows as a nested list between two texts, a row a line where there are several, all bits in its digits."""
    first, *others = (f"[{', '.join(map(repr, row))}]" for row in rows.tolist())
    if not others:
        yield f"{begin}[{first}]{end}"
        return
    yield f"{begin}["
    yield from (f"    {row}," for row in (first, *others))
    yield f"]{end}"


def comment(key: str, **values: object) -> str:
    """Return a sentence as a comment."""
    return f"# {say(key, **values)}"


def digits(configured: Configured) -> dict[str, str]:
    """Return the numbers of an optimizer or a schedule, all bits in their digits, by the ids of their quantities."""
    pairs = zip(configured.settings, configured.given, strict=True)
    return {setting.quantity.id: repr(number) for setting, number in pairs}
