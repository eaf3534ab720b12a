"""Every number that a page may show, by its id, and when it is known."""

from collections.abc import Iterable
from dataclasses import dataclass

from nnviz.algebra.rounding import exactly, lacks_digits, shown
from nnviz.algebra.trace import Trace
from nnviz.protocol import ShownNumber

FEW_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Known:
    """A number: its id, what it is called, its value, its kind, and after how many pauses it is known."""

    id: str
    name: str
    value: float
    kind: str
    since: int


def listed(numbers: Iterable[Known], limit: int) -> dict[str, ShownNumber]:
    """Return the numbers known within so many pauses, by id; the text with few digits has four."""
    return {
        item.id: {
            "since": item.since,
            "text": str(shown(item.value)),
            "few": str(shown(item.value, FEW_DIGITS)),
            "kind": item.kind,
            "in_full": f"{item.name} = {exactly(item.value)}",
            "is_rounded": lacks_digits(item.value),
        }
        for item in numbers
        if item.since <= limit and abs(item.value) < float("inf")
    }


def known_pauses(iteration: Trace) -> int:
    """Return after how many pauses the last number is known: before the one that became too large, if one did."""
    return len(iteration.pauses) if iteration.overflow is None else iteration.position[iteration.overflow.id] - 1
