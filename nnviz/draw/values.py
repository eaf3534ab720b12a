"""Every number that the page may show of an iteration, by its quantity's name, and when it is known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from nnviz.draw.formula import kind_of
from nnviz.engine.expressions import Op, evaluate
from nnviz.engine.numbers import exactly, lacks_digits, shown
from nnviz.engine.quantities import Quantity
from nnviz.engine.solution import number
from nnviz.engine.trace import Iteration, Trace
from nnviz.text import say

FEW_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Known:
    """A number: what it is called, its value, its kind, and after how many pauses it is known."""

    name: str
    value: float
    kind: str
    since: int


def known(iteration: Iteration, sample: int = 0) -> Iterator[Known]:
    """Yield the iteration's numbers, those of one sample where there are several: quantities, factors, changes."""
    plan, values = iteration.plan, iteration.values
    for name, since in iteration.position.items():
        yield Known(name, number(values[name], sample), plan.by_name[name].kind, since)
    for name, (partial, since) in plan.partials.items():
        if name not in iteration.position:
            yield Known(name, number(evaluate(partial, values), sample), kind_of(partial), since)
    for parameter in plan.trained:
        new = iteration.by_name[parameter.after_update().name]
        assert isinstance(new.expression, Op)
        change = Op("negative", new.expression.operands[1:])
        yield Known(
            change_name(parameter), number(evaluate(change, values), sample), "gradient", iteration.position[new.name]
        )


def as_json(iteration: Iteration, released: int, sample: int) -> dict[str, list[Any]]:
    """Return what is known of an iteration within so many pauses, by name."""
    return listed(known(iteration, sample), min(released, known_pauses(iteration)))


def listed(numbers: Iterable[Known], limit: int) -> dict[str, list[Any]]:
    """Return the numbers known within so many pauses, by name: since when, text, a shorter one, kind, all digits.

    The shorter text has four digits; the last entry is missing where the text has them all.
    """
    found: dict[str, list[Any]] = {}
    for item in numbers:
        if item.since <= limit and abs(item.value) < float("inf"):
            exact = [f"{item.name} = {exactly(item.value)}"] if lacks_digits(item.value) else []
            short = str(shown(item.value, FEW_DIGITS))
            found[item.name] = [item.since, str(shown(item.value)), short, item.kind, *exact]
    return found


def known_pauses(iteration: Trace) -> int:
    """Return after how many pauses the last number is known: before the one that became too large, if one did."""
    return len(iteration.pauses) if iteration.overflow is None else iteration.position[iteration.overflow.name] - 1


def change_name(parameter: Quantity) -> str:
    """Return what −α·∂E/∂w of a parameter is called."""
    return say("table.change_of", name=parameter.name)
