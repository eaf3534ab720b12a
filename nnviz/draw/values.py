"""Every number that the page may show of an iteration, by its quantity's name, and when it is known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from nnviz.draw.formula import kind_of
from nnviz.draw.matrices import FEW_DIGITS, Entry, Equation, relation, staged
from nnviz.engine.expressions import Op, evaluate
from nnviz.engine.numbers import exactly, lacks_digits, shown
from nnviz.engine.quantities import Quantity
from nnviz.engine.solution import number
from nnviz.engine.trace import Iteration, Trace
from nnviz.protocol import ShownNumber
from nnviz.text import say


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


def as_json(iteration: Iteration, released: int, sample: int) -> dict[str, ShownNumber]:
    """Return what is known of an iteration within so many pauses, by name: numbers, and the signs between matrices."""
    limit = min(released, known_pauses(iteration))
    numbers = {item.name: item for item in known(iteration, sample)}
    found = listed(numbers.values(), limit)
    for equations in staged(iteration.plan).values():
        for equation in equations:
            found |= _of_equation(iteration, equation, numbers, limit)
    return found


def _of_equation(
    iteration: Iteration, equation: Equation, numbers: Mapping[str, Known], limit: int
) -> dict[str, ShownNumber]:
    """Return what an equation of matrices shows beside the numbers of one sample: its sign, and other samples' numbers.

    There is no sign before all of its numbers are known.
    """

    def value(entry: Entry) -> float:
        if entry.sample is None:
            return numbers[entry.of].value
        return number(iteration.values[entry.of], entry.sample)

    of_samples = {entry.name: entry for entry in equation.entries if entry.sample is not None}
    terms = (Known(name, value(entry), entry.kind, numbers[entry.of].since) for name, entry in of_samples.items())
    found = listed(terms, limit)
    since = max(numbers[entry.of].since for entry in equation.entries)
    if since <= limit:
        sign = relation(equation, value)
        found[equation.sign] = {"since": since, "text": sign, "few": sign, "kind": "sign"}
    return found


def listed(numbers: Iterable[Known], limit: int) -> dict[str, ShownNumber]:
    """Return the numbers known within so many pauses, by name; the text with few digits has four."""
    found: dict[str, ShownNumber] = {}
    for item in numbers:
        if item.since <= limit and abs(item.value) < float("inf"):
            few = str(shown(item.value, FEW_DIGITS))
            found[item.name] = {"since": item.since, "text": str(shown(item.value)), "few": few, "kind": item.kind}
            if lacks_digits(item.value):
                found[item.name]["exact"] = f"{item.name} = {exactly(item.value)}"
    return found


def known_pauses(iteration: Trace) -> int:
    """Return after how many pauses the last number is known: before the one that became too large, if one did."""
    return len(iteration.pauses) if iteration.overflow is None else iteration.position[iteration.overflow.name] - 1


def change_name(parameter: Quantity) -> str:
    """Return what −α·∂E/∂w of a parameter is called."""
    return say("table.change_of", name=parameter.name)
