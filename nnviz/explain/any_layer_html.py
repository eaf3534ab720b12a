"""The equations for any layer as HTML, with a legend of their symbols, and the numbers of those that melt into one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from nnviz.algebra.expressions import ATOM, Expression, Ref, evaluate, leaves, product
from nnviz.algebra.mathml import MATHML, line, math, named
from nnviz.algebra.quantities import Quantity
from nnviz.algebra.rounding import shown
from nnviz.algebra.solution import number, relation_of
from nnviz.algebra.writer import in_numbers, in_symbols
from nnviz.engine.method import Update
from nnviz.engine.naming import LOSS, RATE, gradient
from nnviz.engine.optimizers import Rule
from nnviz.engine.plan import Plan
from nnviz.engine.trace import Iteration
from nnviz.explain import any_layer as general
from nnviz.explain import softmax
from nnviz.explain.activation_name import activation_name
from nnviz.explain.any_layer import INPUTS, MELTED, SHARE, melting, slope
from nnviz.explain.matrix_html import sign_place
from nnviz.explain.places import PLACE, PLACES
from nnviz.explain.softmax import Derived, has_softmax
from nnviz.explain.values import sign
from nnviz.player.panels import TEMPLATES
from nnviz.player.values import Known, known_pauses
from nnviz.player.values import listed as numbers_of
from nnviz.protocol import ShownNumber
from nnviz.text import listed, say

EQUALS, TIMES, PLUS = (f'<mo form="infix">{sign}</mo>' for sign in "=·+")
NAMED = ("decayed-gradient", "corrected-mean", "corrected-square-mean")  # what the legend has beside what is kept


def any_layer_html(plan: Plan) -> str:
    """Return the equations, each by its name, the legend, and what becomes of the first two where they melt."""
    equations = _equations(plan)
    if not plan.manner.input_gradients:
        del equations[INPUTS]
    forward = {key: equations.pop(key) for key in ("z", "a", SHARE, "E") if key in equations}
    return TEMPLATES.get_template("explain/templates/any_layer.html").render(
        passes={"forward": forward, "backward": equations},
        legend=_legend(plan),
        shares=_matrix(plan) if has_softmax(plan) else "",
        melted=_melted(plan),
        melted_key=MELTED,
        of_one=_of_one(plan),
        by_rule=plan.shape.by_rule,
        has_linear=any(s == a for s, a in zip(plan.quantities.sums, plan.quantities.neurons, strict=True)),
    )


def _of_one(plan: Plan) -> str:
    """Return what the equations are of one of, and what becomes of the others, where there are others."""
    shape = plan.shape
    divisor = shape.rule.divisor(shape.sizes[-1], plan.n_samples)
    if max(divisor, plan.n_samples) == 1:
        return ""
    return say(f"any_layer.of_one.{shape.rule.reduction}", count=plan.n_samples, divisor=divisor)


def _equations(plan: Plan) -> dict[str, str]:
    """Return each equation by its name, in the order in which they are used."""
    q, n = general, named
    term, slopes = general.loss_in_outputs(plan)
    term_slope = EQUALS.join(map(_in_symbols, slopes))
    return {
        "z": _row(n(q.Z), EQUALS, _sum("k"), n(q.W), TIMES, n(q.A_BEFORE), PLUS, n(q.B)),
        "a": _row(n(q.A), EQUALS, _of(q.F, q.Z)),
        **({SHARE: _row(n(q.A_LAST), EQUALS, _share())} if has_softmax(plan) else {}),
        "E": _row(n(LOSS), EQUALS, _sum("j"), _in_symbols(term)),
        "1": _row(n(slope(LOSS, q.A_LAST)), EQUALS, term_slope),
        "2": _row(n(q.DELTA_LAST), EQUALS, n(slope(LOSS, q.Z_LAST)), EQUALS, *_through_last(plan)),
        "3": _row(
            n(q.DELTA), EQUALS, _parentheses(_sum("k") + n(q.W_AFTER) + TIMES + n(q.DELTA_AFTER)), TIMES,
            _of(q.F, q.Z, "′"),
        ),
        INPUTS: _row(n(slope(LOSS, q.X)), EQUALS, _sum("j"), n(q.W_FIRST), TIMES, n(q.DELTA_FIRST)),
        "4": _row(n(slope(LOSS, q.W)), EQUALS, n(q.DELTA), TIMES, n(q.A_BEFORE)),
        "5": _row(n(slope(LOSS, q.B)), EQUALS, n(q.DELTA)),
        **({"rate": _rules([plan.method.rate_rule])} if plan.method.rate_rule else {}),
        "6w": _rules(plan.method.rules(q.W)),
        "6b": _rules(plan.method.rules(q.B)),
    }  # fmt: skip


def _through_last(plan: Plan) -> tuple[str, ...]:
    """Return ∂E/∂a·f′(z) of the last layer, or the sum over all of its outputs where each comes of all sums."""
    q, n = general, named
    if has_softmax(plan):
        return _sum("k"), n(slope(LOSS, q.A_OTHER)), TIMES, n(slope(q.A_OTHER, q.Z_LAST))
    return n(slope(LOSS, q.A_LAST)), TIMES, _of(q.F_LAST, q.Z_LAST, "′")


def _share() -> str:
    """Return the softmax of a sum."""
    own, other = (MATHML.raised("e", named(z)) for z in (general.Z_LAST, general.Z_OTHER))
    return MATHML.fraction((own, ATOM), (_sum("k") + other, ATOM))


def _rules(rules: Iterable[Rule]) -> str:
    """Return rules of an update, a line each."""
    lines = [_row(named(quantity), EQUALS, _in_symbols(expression)) for quantity, expression in rules]
    return lines[0] if len(lines) == 1 else f'<span class="rules">{"".join(lines)}</span>'


def _row(*parts: str) -> str:
    return math("".join(parts))


def _sum(index: str) -> str:
    return f'<munder><mo form="prefix" movablelimits="false">Σ</mo><mi>{index}</mi></munder>'


def _of(function: Quantity, argument: Quantity, mark: str = "") -> str:
    """Return a function of a quantity, with a mark behind its name: f′(z)."""
    return named(function) + (f"<mo>{mark}</mo>" if mark else "") + _parentheses(named(argument))


def _parentheses(inner: str) -> str:
    return MATHML.parentheses(inner)


def _in_symbols(expression: Expression) -> str:
    return "".join(in_symbols(expression, MATHML))


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol of the legend: as MathML, what it means, and the equations that give it."""

    html: str
    meaning: str
    equations: str = ""


def _legend(plan: Plan) -> Iterator[Symbol]:
    sizes, q = plan.shape.sizes, general
    last = len(sizes) - 1
    numbered = listed([str(size) for size in sizes[1:]], last)
    functions = listed(list(map(activation_name, plan.shape.activations, plan.shape.negative_slopes)), last)
    yield Symbol(math("<mi>L</mi>"), say("any_layer.L", layers=last))
    yield Symbol(math("<msub><mi>N</mi><mi>l</mi></msub>"), say("any_layer.N", sizes=numbered, inputs=sizes[0]))
    yield Symbol(math(named(q.W)), say("any_layer.w"), "4 6w")
    yield Symbol(math(named(q.B)), say("any_layer.b"), "5 6b")
    yield Symbol(math(named(q.Z)), say("any_layer.z"), "z")
    yield Symbol(math(named(q.A)), say("any_layer.a"), "a 1")
    yield Symbol(math(named(q.F)), say("any_layer.f", functions=functions), "a")
    yield Symbol(math(named(q.DELTA)), say("any_layer.delta"), "2 3")
    yield Symbol(math(named(LOSS)), say("any_layer.E", loss=say(f"loss.{plan.shape.loss}")), "E")
    yield Symbol(math(named(RATE)), say("any_layer.alpha"), "6w 6b" if plan.method.rate == RATE else "rate")
    yield from _legend_of_update(plan.method)


def _legend_of_update(method: Update) -> Iterator[Symbol]:
    """Yield what another method than gradient descent has beside the learning rate."""
    if method.rate != RATE:
        yield Symbol(math(named(method.rate)), say("any_layer.alpha_t"), "rate 6w 6b")
    for quantity in method.settings:
        yield Symbol(math(named(quantity)), say(f"setting.{quantity.id}.meaning"))
    computed = [quantity for quantity, _ in method.rules(general.W)]
    for kept in (*method.kept(general.W), *(quantity for quantity in computed if quantity.kind in NAMED)):
        yield Symbol(math(named(kept)), say(f"kept.{kept.kind}"), "6w")


# What melts


def _sign(line: Derived) -> str:
    """Return the id of the sign before a line's number."""
    return f"{MELTED}-{line.quantity.id}"


def _lines(plan: Plan) -> tuple[Derived, ...]:
    """Return the lines of what melts at the first output; none where nothing does."""
    if has_softmax(plan):
        return *softmax.of_loss(plan), softmax.of_sum(plan)
    q = plan.quantities
    output, target, z = q.neurons[-1][0], q.targets[0], q.sums[-1][0]
    found = melting(plan, output, target)
    if found is None:
        return ()
    of_loss, own, delta = slope(LOSS, output), slope(output, z, "factor"), gradient(z)
    return (
        Derived(of_loss, (found.loss_slope,), found.loss_slope),
        Derived(own, (found.own_slope,), found.own_slope),
        Derived(
            delta, (product(Ref(of_loss), Ref(own)), found.multiplied, found.left), product(Ref(of_loss), Ref(own))
        ),
    )


def _melted(plan: Plan) -> list[str]:
    """Return the lines of what melts, each in symbols and with places for its numbers."""
    html = []
    for melted in _lines(plan):
        symbols = [math(EQUALS, _in_symbols(expression)) for expression in melted.symbols]
        numbers = "".join(in_numbers(melted.numbers, PLACES, lambda _: PLACE))
        result = math(sign_place(_sign(melted)), PLACES.place(Ref(melted.quantity)))
        html.append(line(math(named(melted.quantity)), *symbols) + line(math(EQUALS, numbers), result))
    return html


def _matrix(plan: Plan) -> str:
    """Return the derivatives of the outputs by the sums as a matrix, with places for its numbers."""
    q, rows = plan.quantities, softmax.of_shares(plan)
    symbols = [line(math(named(one.quantity), EQUALS, _in_symbols(one.numbers))) for one in rows[0][:2]]
    heads = "".join(f"<mtd>{named(z)}</mtd>" for z in q.sums[-1])
    cells = [
        f"<mtr><mtd>{named(output)}</mtd>{''.join(f'<mtd>{PLACES.place(Ref(e.quantity))}</mtd>' for e in row)}</mtr>"
        for output, row in zip(q.neurons[-1], rows, strict=True)
    ]
    return "".join(symbols) + line(math(f"<mtable><mtr><mtd></mtd>{heads}</mtr>{''.join(cells)}</mtable>"))


def any_layer_values(iteration: Iteration, sample: int) -> dict[str, ShownNumber]:
    """Return the numbers of what melts: those that no other part of the page shows, and the signs before them.

    They are known with δ. There is none of an output so near 0 or 1 that its slope is 0.
    """
    plan, values = iteration.plan, {key: np.float64(number(value, sample)) for key, value in iteration.values.items()}
    limit, found = known_pauses(iteration), dict[str, ShownNumber]()
    lines = _lines(plan)
    shares = [entry for row in softmax.of_shares(plan) for entry in row] if has_softmax(plan) else []
    for melted in (*shares, *lines):
        since = iteration.position[gradient(plan.quantities.sums[-1][0]).id]
        with np.errstate(all="ignore"):
            value = values.setdefault(melted.quantity.id, np.float64(evaluate(melted.numbers, values)))
        if since > limit or not np.isfinite([values[leaf.id] for leaf in leaves(melted.numbers)] + [value]).all():
            continue
        operands = {leaf.id: shown(values[leaf.id]) for leaf in leaves(melted.numbers)}
        if melted in lines:
            found[_sign(melted)] = sign(relation_of(melted.numbers, operands, shown(value)), since)
        if melted.quantity.id not in iteration.values:
            known = Known(melted.quantity.id, melted.quantity.name, float(value), melted.quantity.kind, since)
            found |= numbers_of([known], limit)
    return found
