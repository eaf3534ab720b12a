"""All updates of an iteration as HTML with places for numbers, and the numbers that only they show."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import escape

from nnviz.algebra.expressions import leaves
from nnviz.algebra.mathml import MATHML, line, math, named, written
from nnviz.algebra.quantities import Quantity
from nnviz.algebra.rounding import DIGITS, is_rounded, shown
from nnviz.algebra.solution import relation_of, symbol_lines
from nnviz.algebra.writer import in_numbers, in_symbols
from nnviz.engine.naming import gradient
from nnviz.engine.optimizers import Rule
from nnviz.engine.plan import Plan
from nnviz.engine.trace import Iteration
from nnviz.explain.matrices import entry_of
from nnviz.explain.matrix_equations import EQUALS, Entry, Equation, Part, parts
from nnviz.explain.matrix_html import equation_html, marks, sign_place
from nnviz.explain.places import FACTORS, PLACE
from nnviz.explain.updates import Front, Update, trained_in, updates
from nnviz.explain.values import held, known, of_equation, sign, values_of
from nnviz.player.values import Known, known_pauses, listed
from nnviz.protocol import ShownNumber
from nnviz.text import say


def updates_html(plan: Plan) -> str:
    """Return the updates: what they begin with, a line for each parameter, layer by layer, and all in matrices."""
    found = updates(plan)
    html = [_group(_defined(front, plan.n_samples == 1) for front in found.fronts)]
    for layer, of_layer in enumerate(found.layers, start=1):
        rows = [row for update in of_layer for row in (_line(update), *map(_rule, update.rules))]
        rows[2:2] = ['<div class="update">…</div>'] if len(trained_in(plan, layer)) > len(of_layer) else []
        html += [f"<h3>{say('updates.layer', layer=layer)}</h3>", _group(rows)]
    html += [f'<p class="note">{say("updates.elided")}</p>'] if found.is_elided else []
    html += [f"<h3>{say('matrices.title')}</h3>"]
    html += [f"<div>{equation_html(equation)}</div>" for equation in found.in_matrices]
    return "".join(html)


def updates_values(iteration: Iteration, sample: int) -> dict[str, ShownNumber]:
    """Return the numbers of the updates that no other part of the page shows: signs, and factors in parentheses."""
    found = updates(iteration.plan)
    limit = known_pauses(iteration)
    numbers = {item.id: item for item in (*held(iteration), *known(iteration, sample))}
    value = values_of(iteration, numbers)
    values: dict[str, ShownNumber] = {}
    for front in found.fronts:
        values |= _rounded(_sign_of(front), numbers[front.entry.of], limit)
    for of_layer in found.layers:
        for update in of_layer:
            if _is_number(update):
                values |= _rounded(update.in_numbers.sign, numbers[gradient(update.parameter).id], limit)
            else:
                values |= of_equation(update.in_numbers, numbers, value, limit, DIGITS)
            for rule in update.rules:
                values |= _of_rule(rule, numbers, limit)
    for equation in found.in_matrices:
        values |= of_equation(equation, numbers, value, limit)
    return values


def _rounded(name: str, number: Known, limit: int) -> dict[str, ShownNumber]:
    """Return the sign before a number, by its id, as soon as it is known."""
    if number.since > limit:
        return {}
    return {name: sign("≈" if is_rounded(shown(number.value), number.value) else "=", number.since)}


def _group(rows: Iterable[str]) -> str:
    return f'<div class="updates">{"".join(rows)}</div>'


def _defined(front: Front, has_number: bool) -> str:
    """Return the line of what formulas begin with; over several samples it has no one number."""
    quantity, entry = front.quantity, front.entry
    names = [entry.symbol] if entry.symbol == quantity.symbol else [entry.symbol, quantity.symbol]
    symbols = EQUALS.join(f"<mrow{marks(entry)}>{written(name)}</mrow>" for name in names)
    equals = "".join(symbol_lines(front.equals, MATHML)[-1])
    number = math(sign_place(_sign_of(front)), _place(entry.of, entry)) if has_number else ""
    return _row(quantity.place.key, [math(symbols, EQUALS, equals), number])


def _line(update: Update) -> str:
    """Return the line of an update: in symbols, with numbers, and the new value."""
    symbols = [_symbol(part) for part in _row_of(update.in_symbols)]
    numbers = [_number(part) for part in parts(update.in_numbers.right)]
    new = update.in_numbers.left
    assert isinstance(new, Entry)
    pieces = [math(*symbols)] if _is_number(update) else [math(*symbols), math(EQUALS, *numbers)]
    return _row(update.parameter.place.key, [*pieces, math(sign_place(update.in_numbers.sign), _place(new.id, new))])


def _is_number(update: Update) -> bool:
    """Whether there is but one number: that of a gradient, which is a sum over samples."""
    return update.in_numbers.left == update.in_numbers.right


def _rule(rule: Rule) -> str:
    """Return the line of a rule that a gradient is put into: in symbols, with numbers, and the result."""
    quantity, expression = rule
    symbols = math(named(quantity), EQUALS, *in_symbols(expression, MATHML))
    numbers = math(EQUALS, *in_numbers(expression, FACTORS, lambda _: PLACE))
    return _row(
        quantity.place.key,
        [symbols, numbers, math(sign_place(_sign(quantity)), _place(quantity.id, entry_of(quantity)))],
    )


def _of_rule(rule: Rule, numbers: Mapping[str, Known], limit: int) -> dict[str, ShownNumber]:
    """Return what a rule shows beside the numbers of the iteration: its sign, and its numbers in parentheses."""
    quantity, expression = rule
    operands = [numbers[leaf.id] for leaf in leaves(expression)]
    found = listed((replace(number, id=f"({number.id})") for number in operands), limit)
    for number in operands:
        if number.value < 0 and f"({number.id})" in found:
            place = found[f"({number.id})"]
            place |= {"text": f"({place['text']})", "few": f"({place['few']})"}
    since, result = numbers[quantity.id].since, numbers[quantity.id].value
    if since <= limit:
        relation = relation_of(expression, {number.id: shown(number.value) for number in operands}, shown(result))
        found[_sign(quantity)] = sign(relation, since)
    return found


def _sign(quantity: Quantity) -> str:
    return f"all-{quantity.id}"


def _sign_of(front: Front) -> str:
    return f"all-{front.entry.of}"


def _row(place: str, pieces: list[str]) -> str:
    return f'<div class="update" data-line="{place}">{line(*pieces)}</div>'


def _row_of(equation: Equation) -> Iterator[Part]:
    yield from parts(equation.left)
    yield EQUALS
    yield from parts(equation.right)


def _symbol(part: Part) -> str:
    return f"<mrow{marks(part)}>{written(part.symbol)}</mrow>" if isinstance(part, Entry) else str(part)


def _number(part: Part) -> str:
    return _place(part.id, part) if isinstance(part, Entry) else str(part)


def _place(name: str, entry: Entry) -> str:
    return f'<mn{marks(entry)} data-value="{escape(name)}">{say("unknown")}</mn>'
