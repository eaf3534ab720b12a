"""What a person calls the inputs and the targets: names that formulas and pictures can bear."""

import re
from collections.abc import Sequence

from nnviz.engine.naming import NO_NAMES, Names
from nnviz.text import shortened

LONGEST = 12  # characters
STRANGE = re.compile(r"[^\w.…]+")
TAKEN = re.compile(r"[xywbhzŷ]\d*|E|α|target\d*")  # by the network's own symbols
LETTER = re.compile(r"[^\W\d_]")


def named(cells: Sequence[str], n_in: int) -> Names:
    """Return the names of the inputs and of the targets in a row of them; "" keeps a symbol of its own.

    A name keeps letters, digits, points and underlines, and is cut where it is long; one that two would have, none has.
    """
    names = [_name(cell) for cell in cells]
    unique = tuple(name if names.count(name) == 1 else "" for name in names)
    return (unique[:n_in], unique[n_in:]) if any(unique) else NO_NAMES


def lost(cells: Sequence[str], n_in: int, symbols: Sequence[str]) -> list[tuple[str, str]]:
    """Return the names in a row of them that are not kept, each with the symbol that its column has instead.

    That a column is called by its own symbol is nothing lost; nor is, where no other is, that a number comes to it.
    """
    kept = [name for row in named(cells, n_in) for name in row] or [""] * len(cells)
    columns = zip(cells, kept, symbols, strict=True)
    found = [(cell, symbol) for cell, name, symbol in columns if cell and not name and _plain(cell) != symbol]
    return [] if all(_is_symbol(cell, symbol) for cell, symbol in found) else found


def _plain(cell: str) -> str:
    return cell.replace(" ", "").replace("_", "").casefold()


def _is_symbol(cell: str, symbol: str) -> bool:
    plain = _plain(cell)
    number = symbol.lstrip("xy")
    stems = ("x",) if symbol.startswith("x") else ("y", "target")
    return any(plain in (f"{stem}{number}", stem if number in ("", "1") else "") for stem in stems)


def names_text(names: Names, n_in: int, n_out: int) -> str:
    """Return the names as links and files have them: celsius,fahrenheit; nothing where there are none."""
    inputs, targets = names
    row = [*(inputs + ("",) * n_in)[:n_in], *(targets + ("",) * n_out)[:n_out]]
    return ",".join(row) if any(row) else ""


def _name(cell: str) -> str:
    name = shortened(STRANGE.sub("_", cell).strip("_"), LONGEST)
    return name if LETTER.search(name) and not TAKEN.fullmatch(name) else ""
