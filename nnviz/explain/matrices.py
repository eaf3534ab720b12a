"""Each stage of an iteration in matrix form: the equation in symbols, and with an entry for every number.

In the numbered notation neurons are rows and weights (n_in, n_out): h = x·W; in the indexed one neurons are columns
and weights (n_out, n_in): z = W·a. One equation is the other one transposed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from html import escape
from operator import add, matmul, mul, sub
from typing import Any

import numpy as np

from nnviz.algebra.expressions import OPERATORS, Op, Ref
from nnviz.algebra.mathml import line, math, written
from nnviz.algebra.quantities import Derivative, Place, Quantity, Symbol, derivative_id
from nnviz.algebra.rounding import shown
from nnviz.algebra.solution import MOST_WRITTEN_OUT
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.losses import LOSSES
from nnviz.engine.naming import INDEXED, RATE, Quantities, Row, gradient
from nnviz.engine.plan import CHECK, Plan, Stage
from nnviz.player.values import FEW_DIGITS
from nnviz.text import say

MOST_SYMBOLS = 4
MOST_FACTORS, FLOAT_SLACK = 3, 1e-12  # of a term; of what floats make of such terms


@dataclass(frozen=True)
class Entry:
    """One number: the id and the symbol of what it is a number of, its kind, where it lives.

    In a sum over the samples it is that of one ``sample``.
    """

    of: str
    symbol: Symbol
    kind: str
    place: Place
    sample: int | None = None

    @cached_property
    def id(self) -> str:
        """The id of the number."""
        return self.of if self.sample is None else f"{self.of}({self.sample + 1})"


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix: its name as MathML, and its rows."""

    name: str
    rows: tuple[tuple[Entry, ...], ...]

    def transposed(self, name: str = "") -> "Matrix":
        """Return the transposed matrix, by another name where it has one."""
        return Matrix(name or self.name, tuple(zip(*self.rows, strict=True)))

    def of_sample(self, sample: int) -> "Matrix":
        """Return the matrix of one sample."""
        return Matrix(self.name, tuple(tuple(replace(entry, sample=sample) for entry in row) for row in self.rows))


@dataclass(frozen=True, slots=True)
class Combined:
    """Two sides of an equation with one of SIGNS between."""

    sign: str
    left: "Side"
    right: "Side"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A side in parentheses, behind an operator of OPERATORS that is applied to each entry, where there is one."""

    inner: "Side"
    operator: str = ""


Side = Matrix | Entry | Combined | Enclosed
Part = Matrix | Entry | str


@dataclass(frozen=True)
class Equation:
    """A matrix and what it equals; with ``n_samples``, the sum of that over so many samples.

    ``sign`` is the id under which the page finds whether its numbers are joined by = or by ≈ (see ``relation``).
    """

    left: Matrix
    right: Side
    n_samples: int = 0
    sign: str = ""

    @property
    def is_elided(self) -> bool:
        """Whether only some terms of a sum over the samples are written out: the first two and the last."""
        return self.n_samples > MOST_WRITTEN_OUT

    @cached_property
    def terms(self) -> tuple[Side, ...]:
        """The right side, or of a sum over the samples the terms that are written out."""
        if not self.n_samples:
            return (self.right,)
        chosen = (0, 1, self.n_samples - 1) if self.is_elided else range(self.n_samples)
        return tuple(_of_sample(self.right, sample) for sample in chosen)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The numbers that stand in it, α included."""
        parts = [self.left, *(part for term in self.terms for part in _parts(term))]
        return tuple(entry for part in parts for entry in _entries_of(part))


@lru_cache(maxsize=16)
def staged(plan: Plan) -> dict[tuple[str, Stage], tuple[Equation, ...]]:
    """Return the equations of each stage of each pass, in order; none for the loss, which is no matrix."""
    stages = dict.fromkeys((rule.phase, rule.stage) for rule in plan.rules)
    return {(phase, stage): tuple(_equations(plan, phase, stage)) for phase, stage in stages}


def _equations(plan: Plan, phase: str, stage: Stage) -> Iterator[Equation]:
    q = plan.quantities
    if phase == CHECK:
        q = q.after_update(frozenset(plan.trained))
    build = {"forward": _forward, "delta": _delta, "gradients": _gradients, "update": _update}.get(stage.kind)
    found = [] if build is None else build(_Writer(plan, q), stage.layer)
    for number, equation in enumerate(found):
        yield replace(equation, sign=f"{phase}-{stage.kind}-{stage.layer}-{number}")


def html(plan: Plan, phase: str, stage: Stage) -> str:
    """Return the equations of a stage: in names, small ones in symbols too, and with a place for each number."""
    lines: list[str] = []
    for equation in staged(plan).get((phase, stage), ()):
        parts: list[Part] = [equation.left, EQUALS, *([SIGMA] if equation.n_samples else []), *_parts(equation.right)]
        lines.append(line(math(*(_written(part, lambda matrix: matrix.name) for part in parts))))
        if all(not isinstance(part, Matrix) or _is_small(part) for part in parts):
            lines.append(line(math(*(_written(part, _symbols) for part in parts))))
        lines.append(line(*map(_together, _in_numbers(equation)), kind="line sum" if equation.n_samples else "line"))
    return "".join(lines)


def passes(plan: Plan) -> dict[str, str]:
    """Return the equations of each pass as HTML, those of each stage under its name."""
    found: dict[str, str] = {}
    for phase, stage in staged(plan):
        if lines := html(plan, phase, stage):
            heading = f"<h3>{say(f'matrices.{stage.kind}', layer=stage.layer)}</h3>"
            found[phase] = found.get(phase, "") + heading + lines
    return found


def relation(equation: Equation, value: Callable[[Entry], float]) -> str:
    """Return "=" where an equation's numbers as they are shown give its left side as it is shown, exactly; else "≈".

    A sum over many samples has "≈", as not all of its terms are shown.
    """
    if equation.is_elided:
        return "≈"
    numbers = {entry.id: shown(value(entry), FEW_DIGITS) for entry in equation.entries}
    sides = (equation.left, *equation.terms)
    with np.errstate(over="ignore", invalid="ignore"):
        left, *terms = (_worth(side, lambda entry: numbers[entry.id].value, exactly=False) for side in sides)
        largest = max(1.0, *(abs(number.value) for number in numbers.values()))
        if np.any(np.abs(left - sum(terms)) > FLOAT_SLACK * np.float64(largest) ** MOST_FACTORS):
            return "≈"
    try:
        left, *terms = (_worth(side, lambda entry: numbers[entry.id].fraction, exactly=True) for side in sides)
    except ArithmeticError:
        return "≈"
    return "=" if np.all(left == sum(terms)) else "≈"


def _worth(side: Side, number: Callable[[Entry], Any], exactly: bool) -> Any:
    """Return what a side of an equation comes to. Raises ArithmeticError where that is to be exact and no fraction."""
    match side:
        case Entry():
            return number(side)
        case Matrix(_, rows):
            return np.array([[number(entry) for entry in row] for row in rows], dtype=object if exactly else float)
        case Combined(sign, left, right):
            return SIGNS[sign].compute(_worth(left, number, exactly), _worth(right, number, exactly))
        case Enclosed(inner, ""):
            return _worth(inner, number, exactly)
        case Enclosed(inner, operator):
            rule, found = OPERATORS[operator], _worth(inner, number, exactly)
            return np.vectorize(rule.exactly, otypes=[object])(found) if exactly else rule.compute(found)


def _of_sample(side: Side, sample: int) -> Side:
    match side:
        case Matrix():
            return side.of_sample(sample)
        case Combined(sign, left, right):
            return Combined(sign, _of_sample(left, sample), _of_sample(right, sample))
        case Enclosed(inner, operator):
            return Enclosed(_of_sample(inner, sample), operator)
    return side


def _parts(side: Side) -> Iterator[Part]:
    """Yield a side of an equation in reading order: matrices, numbers, and signs as MathML."""
    match side:
        case Combined(sign, left, right):
            yield from _parts(left)
            yield SIGNS[sign].written
            yield from _parts(right)
        case Enclosed(inner, operator):
            if operator:
                yield f"<mi>{OPERATORS[operator].sign}</mi>"
            yield OPEN
            yield from _parts(inner)
            yield CLOSE
        case _:
            yield side


def _in_numbers(equation: Equation) -> list[list[Part]]:
    """Return the line of numbers in groups of parts that stay together: each matrix, or each term of a sum.

    The sign between the sides is a place; a sum over the samples is written out.
    """
    waiting, plus = say("matrices.waiting"), SIGNS["+"].written
    sign = f'<mo form="infix" data-value="{equation.sign}" data-unknown="{waiting}">{waiting}</mo>'
    if not equation.n_samples:
        return _by_matrix([equation.left, sign, *_parts(equation.right)])
    groups: list[list[Part]] = [[plus, *_parts(term)] for term in equation.terms]
    groups[0][0] = sign
    if equation.is_elided:
        groups[-1][0] = f"{plus}<mo>…</mo>{plus}"
    return [[equation.left], *groups]


def _by_matrix(parts: Iterable[Part]) -> list[list[Part]]:
    """Return each matrix with the signs before, the last one with those behind it too."""
    found: list[list[Part]] = []
    group: list[Part] = []
    for part in parts:
        group.append(part)
        if isinstance(part, Matrix):
            found.append(group)
            group = []
    found[-1] += group
    return found


def _written(part: Part, matrix: Callable[[Matrix], str]) -> str:
    """Return a part of an equation in symbols, where a matrix is written in one way or another."""
    if isinstance(part, Matrix):
        return matrix(part)
    return f"<mrow{_marks(part)}>{written(part.symbol)}</mrow>" if isinstance(part, Entry) else part


def _together(group: Iterable[Part]) -> str:
    """Return parts of a line of numbers within which it does not break."""
    return f'<span class="together">{"".join(map(math, map(_in_number, group)))}</span>'


def _in_number(part: Part) -> str:
    if isinstance(part, Matrix):
        return _table(part, _place)
    return _place(part) if isinstance(part, Entry) else part


def _entries_of(part: Part) -> Iterator[Entry]:
    if isinstance(part, Entry):
        yield part
    elif isinstance(part, Matrix):
        for row in part.rows:
            yield from row


class _Writer:
    """Writes products and vectors as the notation has them."""

    def __init__(self, plan: Plan, q: Quantities) -> None:
        self.plan, self.q = plan, q
        self.as_columns = plan.manner.notation == INDEXED
        self.several = self.plan.n_samples > 1

    def vector(self, letter: str, row: Sequence[Entry], layer: int, new: bool = False) -> Matrix:
        """Return a vector: a column, or a row in the numbered notation."""
        name = bold(letter, layer if letter != "x" else None, new)
        rows = tuple((entry,) for entry in row) if self.as_columns else (tuple(row),)
        return Matrix(name, rows)

    def neurons(self, layer: int) -> Matrix:
        """Return the outputs of a layer, or the inputs."""
        letter = "x" if layer == 0 else "a" if self.as_columns else "ŷ" if layer == len(self.q.neurons) - 1 else "h"
        return self.vector(letter, list(map(_entry, self.q.neurons[layer])), layer, self._is_new(layer))

    def sums(self, layer: int) -> Matrix:
        """Return the weighted sums of a layer, which are its outputs where nothing is done with them."""
        if self.q.sums[layer] == self.q.neurons[layer]:
            return self.neurons(layer)
        return self.vector("z", list(map(_entry, self.q.sums[layer])), layer, self._is_new(layer))

    def slopes(self, letter: str, layer: int, row: Row) -> Matrix:
        """Return the gradients of a layer's sums or outputs."""
        return self.vector(letter, [_entry(gradient(quantity)) for quantity in row], layer)

    def weights(self, layer: int, new: bool = False) -> Matrix:
        """Return a layer's weights: (n_out, n_in), or in the numbered notation (n_in, n_out)."""
        rows = tuple(tuple(_entry(w.after_update() if new else w) for w in row) for row in self.q.weights[layer])
        matrix = Matrix(bold("W", layer, new or self._is_new(layer)), rows)
        return matrix if self.as_columns else matrix.transposed()

    def biases(self, layer: int, new: bool = False) -> Matrix:
        """Return a layer's biases; fixed ones are never new."""
        row = [b.after_update() if new else b for b in self.q.biases[layer]]
        return self.vector("b", list(map(_entry, row)), layer, row[0].letter.new)

    def of_weights(self, layer: int) -> Matrix:
        """Return ∂E/∂W of a layer."""
        rows = tuple(tuple(_entry(gradient(w)) for w in row) for row in self.q.weights[layer])
        matrix = Matrix(fraction("E", bold("W", layer)), rows)
        return matrix if self.as_columns else matrix.transposed()

    def local(self, layer: int) -> Matrix:
        """Return f′(z) of a layer."""
        pairs = zip(self.q.sums[layer], self.q.neurons[layer], strict=True)
        row = [Entry(derivative_id(a, z), Derivative(a.letter, z.letter), "factor", a.place) for z, a in pairs]
        vector = self.vector("f", row, layer)
        name = f"<mrow><mi>f</mi><mo>′</mo>{_in_parentheses(bold('z', layer))}</mrow>"
        return Matrix(name, vector.rows)

    def product(self, left: Matrix, right: Matrix) -> Combined:
        """Return left·right, which transposed is right·left."""
        return Combined("·", left, right) if self.as_columns else Combined("·", right, left)

    def over_samples(self, left: Matrix, right: Side) -> Equation:
        """Return the equation of a sum over the samples, where there are several."""
        return Equation(left, right, self.plan.n_samples if self.several else 0)

    def _is_new(self, layer: int) -> bool:
        return layer > 0 and self.q.loss.letter.new


def _forward(w: _Writer, layer: int) -> list[Equation]:
    """z = W·a + b and a = f(z)."""
    shape, z = w.plan.shape, w.sums(layer)
    found: Side = w.product(w.weights(layer), w.neurons(layer - 1))
    if shape.has_biases[layer - 1]:
        found = Combined("+", found, w.biases(layer))
    sums = Equation(z, found)
    if w.q.sums[layer] == w.q.neurons[layer]:
        return [sums]
    operator = _operator(w.q.sums[layer][0], shape.activations[layer - 1])
    return [sums, Equation(w.neurons(layer), Enclosed(z, operator))]


def _operator(z: Quantity, activation: str) -> str:
    """Return the operator that an activation is."""
    written_out = ACTIVATIONS[activation].written
    assert written_out is not None
    expression = written_out(Ref(z))
    assert isinstance(expression, Op)
    return expression.operator


def _delta(w: _Writer, layer: int) -> list[Equation]:
    """δ^L = ∂E/∂a ⊙ f′(z^L), or what the loss makes it; δ^l = (Wᵀ·δ) ⊙ f′(z^l)."""
    shape, q = w.plan.shape, w.q
    delta = w.slopes("δ", layer, q.sums[layer])
    is_last = layer == len(q.neurons) - 1
    if is_last and LOSSES[shape.loss].of_sum:
        return []
    if is_last:
        slopes = w.slopes("a", layer, q.neurons[layer])
        back: Side = Matrix(fraction("E", w.neurons(layer).name), slopes.rows)
    else:
        weights = w.weights(layer + 1, new=w.plan.manner.in_place)
        back = w.product(weights.transposed(_transpose(weights.name)), w.slopes("δ", layer + 1, q.sums[layer + 1]))
    if ACTIVATIONS[shape.activations[layer - 1]].written is None:
        return [] if is_last else [Equation(delta, back)]
    return [Equation(delta, Combined("⊙", Enclosed(back), w.local(layer)))]


def _gradients(w: _Writer, layer: int) -> list[Equation]:
    """∂E/∂W = δ·aᵀ and ∂E/∂b = δ, summed over the samples."""
    delta, before = w.slopes("δ", layer, w.q.sums[layer]), w.neurons(layer - 1)
    product = w.product(delta, before.transposed(_transpose(before.name)))
    found = [w.over_samples(w.of_weights(layer), product)]
    if w.plan.shape.trains_biases[layer - 1]:
        row = [_entry(gradient(b)) for b in w.q.biases[layer]]
        slopes = Matrix(fraction("E", bold("b", layer)), w.vector("b", row, layer).rows)
        found.append(w.over_samples(slopes, delta))
    return found


def _update(w: _Writer, layer: int) -> list[Equation]:
    """W⁺ = W − α·∂E/∂W and b⁺ = b − α·∂E/∂b; of one sample the gradient is written as the product that it is."""
    before = w.neurons(layer - 1)
    delta = w.slopes("δ", layer, w.q.sums[layer])
    slope: Side = w.of_weights(layer)
    if not w.several:
        slope = w.product(delta, before.transposed(_transpose(before.name)))
    found = [_moved(w.weights(layer, new=True), w.weights(layer), slope)]
    if w.plan.shape.trains_biases[layer - 1]:
        row = [_entry(gradient(b)) for b in w.q.biases[layer]]
        slopes = Matrix(fraction("E", bold("b", layer)), w.vector("b", row, layer).rows)
        found.append(_moved(w.biases(layer, new=True), w.biases(layer), slopes))
    return found


def _moved(new: Matrix, old: Matrix, slope: Side) -> Equation:
    """Return new = old − α·slope."""
    return Equation(new, Combined("−", old, Combined("α·", _entry(RATE), slope)))


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign between two sides: as MathML, and what it makes of their numbers."""

    written: str
    compute: Callable[[Any, Any], Any]


SIGNS = {
    "·": Sign("<mo>·</mo>", matmul),
    "α·": Sign("<mo>·</mo>", mul),
    "⊙": Sign("<mo>⊙</mo>", mul),
    "+": Sign('<mo form="infix">+</mo>', add),
    "−": Sign('<mo form="infix">−</mo>', sub),
}
EQUALS, SIGMA = '<mo form="infix">=</mo>', '<mo form="prefix">Σ</mo>'
OPEN, CLOSE = '<mo stretchy="false">(</mo>', '<mo stretchy="false">)</mo>'


def bold(letter: str, layer: int | None, new: bool = False) -> str:
    """Return the name of a vector or a matrix, with its layer."""
    base = f'<mi class="matrix">{letter}</mi>'
    upper = "" if layer is None else f'<mo stretchy="false">(</mo><mn>{layer}</mn><mo stretchy="false">)</mo>'
    upper += "<mo>+</mo>" if new else ""
    return f"<msup>{base}<mrow>{upper}</mrow></msup>" if upper else base


def fraction(of: str, wrt: str) -> str:
    """Return ∂of/∂wrt."""
    return f"<mfrac><mrow><mi>∂</mi><mi>{of}</mi></mrow><mrow><mi>∂</mi>{wrt}</mrow></mfrac>"


def _transpose(name: str) -> str:
    return f"<msup><mrow>{name}</mrow><mi>T</mi></msup>"


def _in_parentheses(inner: str) -> str:
    return f"{OPEN}{inner}{CLOSE}"


def _entry(quantity: Quantity) -> Entry:
    return Entry(quantity.id, quantity.symbol, quantity.kind, quantity.place)


def _is_small(matrix: Matrix) -> bool:
    return len(matrix.rows) <= MOST_SYMBOLS and len(matrix.rows[0]) <= MOST_SYMBOLS


def _symbols(matrix: Matrix) -> str:
    return _table(matrix, lambda entry: f"<mrow{_marks(entry)}>{written(entry.symbol)}</mrow>")


def _place(entry: Entry) -> str:
    """Return the place of a number, with the id of what it is a number of where that differs."""
    of = "" if entry.sample is None else f' data-of="{escape(entry.of)}"'
    return f'<mn{_marks(entry)} data-value="{escape(entry.id)}"{of} data-few="">{say("unknown")}</mn>'


def _marks(entry: Entry) -> str:
    return f' class="kind-{entry.kind}" data-at="{entry.place.key}"'


def _table(matrix: Matrix, write: Callable[[Entry], str]) -> str:
    rows = "".join(f"<mtr>{''.join(f'<mtd>{write(entry)}</mtd>' for entry in row)}</mtr>" for row in matrix.rows)
    return f"<mrow><mo>[</mo><mtable>{rows}</mtable><mo>]</mo></mrow>"
