"""Every number that the page may show of an iteration, by its quantity's id, and when it is known."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from nnviz.algebra.expressions import Op, evaluate
from nnviz.algebra.mathml import kind_of
from nnviz.algebra.quantities import Quantity
from nnviz.algebra.solution import leaf_name, name_of, number
from nnviz.engine.naming import RATE, gradient
from nnviz.engine.trace import Iteration
from nnviz.explain.matrices import HELD, staged
from nnviz.explain.matrix_equations import Entry, Equation, relation
from nnviz.player.values import FEW_DIGITS, Known, known_pauses, listed
from nnviz.protocol import ShownNumber
from nnviz.text import say


def known(iteration: Iteration, sample: int = 0) -> Iterator[Known]:
    """Yield the iteration's numbers, those of one sample where there are several: quantities, factors, changes."""
    plan, values = iteration.plan, iteration.values
    for key, since in iteration.position.items():
        quantity = plan.by_id[key]
        yield Known(key, quantity.name, number(values[key], sample), quantity.kind, since)
    for key, (partial, since) in plan.partials.items():
        if key not in iteration.position:
            with np.errstate(invalid="ignore"):  # of a sum that is too large, which is shown as no number
                value = number(evaluate(partial, values), sample)
            yield Known(key, leaf_name(partial), value, kind_of(partial), since)
    for parameter in plan.trained:
        new = iteration.by_id[parameter.after_update().id]
        assert isinstance(new.expression, Op)
        change = Op("negative", new.expression.operands[1:])
        key = "table.change_of" if plan.method.is_plain else "table.step_of"
        name, value = say(key, name=parameter.name), number(evaluate(change, values), sample)
        yield Known(change_id(parameter), name, value, "gradient", iteration.position[new.id])


def held(iteration: Iteration) -> Iterator[Known]:
    """Yield the numbers of what no update moves in matrices of which a part is trained: 0, and the same new value.

    The value of an absent link, 0, is in any matrix.
    """
    plan, method = iteration.plan, iteration.plan.method
    q, names = plan.quantities, plan.shape.constraints.held
    rows = (*q.biases, *(row for layer in q.weights for row in layer))
    for parameter in {quantity.id: quantity for row in rows for quantity in row if quantity.id in names}.values():
        value = number(iteration.given.get(parameter.id, 0.0), 0)
        trains = plan.shape.trains_weights if parameter.kind == "weight" else plan.shape.trains_biases
        places = q.uses.get(parameter.place, (parameter.place,))
        if not any(trains(place.layer) for place in places):
            if parameter.id in q.absent:
                yield Known(parameter.id, parameter.name, 0.0, HELD, 0)
            continue
        zeros = (gradient(parameter), *method.kept(parameter), *(rule for rule, _ in method.rules(parameter)))
        found = {quantity.id: (quantity, 0.0) for quantity in zeros}
        found |= {quantity.id: (quantity, value) for quantity in (parameter, parameter.after_update())}
        for quantity, own in found.values():
            if quantity.id not in iteration.position:
                yield Known(quantity.id, quantity.name, own, HELD, 0)


def as_json(iteration: Iteration, released: int, sample: int) -> dict[str, ShownNumber]:
    """Return what is known of an iteration within so many pauses, by id: numbers, and the signs between matrices."""
    limit = min(released, known_pauses(iteration))
    numbers = {item.id: item for item in (*held(iteration), *known(iteration, sample))}
    found, value = listed(numbers.values(), limit), values_of(iteration, numbers)
    for equations in staged(iteration.plan).values():
        for equation in equations:
            found |= of_equation(equation, numbers, value, limit)
    return found


def values_of(iteration: Iteration, numbers: Mapping[str, Known]) -> Callable[[Entry], float]:
    """Return a function that gives the value of an entry: that of its own sample, or the one among the numbers."""

    def value(entry: Entry) -> float:
        if entry.sample is None:
            return numbers[entry.of].value
        return number(iteration.values[entry.of], entry.sample)

    return value


def of_equation(
    equation: Equation,
    numbers: Mapping[str, Known],
    value: Callable[[Entry], float],
    limit: int,
    digits: int = FEW_DIGITS,
) -> dict[str, ShownNumber]:
    """Return what an equation shows beside the numbers of one sample: its sign, other samples' numbers, factors.

    There is no sign before all of its numbers are known.
    """
    others = {entry.id: entry for entry in equation.entries if entry.id != entry.of}
    terms = (
        Known(key, _name(entry, numbers), value(entry), entry.kind, numbers[entry.of].since)
        for key, entry in others.items()
    )
    found = listed(terms, limit)
    for key in found.keys() & {key for key, entry in others.items() if entry.is_factor}:
        if value(others[key]) < 0:
            found[key] |= {"text": f"({found[key]['text']})", "few": f"({found[key]['few']})"}
    since = max(numbers[entry.of].since for entry in equation.entries)
    if since <= limit:
        found[equation.sign] = sign(relation(equation, value, digits), since)
    return found


def _name(entry: Entry, numbers: Mapping[str, Known]) -> str:
    return name_of(str(entry.symbol) if entry.key else numbers[entry.of].name, entry.sample)


def sign(text: str, since: int) -> ShownNumber:
    """Return a sign between the sides of an equation, known after so many pauses."""
    return ShownNumber(since=since, text=text, few=text, kind="sign", in_full="", is_rounded=False)


def change_id(parameter: Quantity) -> str:
    """Return the id of −α·∂E/∂w of a parameter, or of the step that it takes instead."""
    return f"-{RATE.id}*{gradient(parameter).id}"
