"""Each stage of an iteration in matrix form: the equation in symbols, and with an entry for every number.

In the numbered notation neurons are rows and weights (n_in, n_out): h = x·W; in the indexed one neurons are columns
and weights (n_out, n_in): z = W·a. One equation is the other one transposed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from nnviz.draw.formula import line, math, written
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.expressions import OPERATORS, Op, Ref
from nnviz.engine.losses import LOSSES
from nnviz.engine.plan import CHECK, Plan, Stage
from nnviz.engine.quantities import INDEXED, Derivative, Place, Quantities, Quantity, Row, Symbol, gradient
from nnviz.text import say

MOST_SYMBOLS = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of a matrix: its symbol, its kind, and where it lives."""

    symbol: Symbol
    kind: str
    place: Place


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix: its name as MathML, and its rows."""

    name: str
    rows: tuple[tuple[Entry, ...], ...]

    def transposed(self, name: str = "") -> "Matrix":
        """Return the transposed matrix, by another name where it has one."""
        return Matrix(name or self.name, tuple(zip(*self.rows, strict=True)))


Part = Matrix | str
Equation = list[Part]


def equations(plan: Plan, phase: str, stage: Stage) -> list[Equation]:
    """Return the equations of a stage; none for the loss, which is no matrix."""
    q = plan.quantities
    if phase == CHECK:
        q = q.after_update(frozenset(plan.trained))
    build = {"forward": _forward, "delta": _delta, "gradients": _gradients, "update": _update}.get(stage.kind)
    return [] if build is None else build(_Writer(plan, q), stage.layer)


def html(plan: Plan, phase: str, stage: Stage) -> str:
    """Return the equations of a stage: in names, small ones in symbols too, and with a place for each number."""
    lines: list[str] = []
    for equation in equations(plan, phase, stage):
        lines.append(line(math(*(part if isinstance(part, str) else part.name for part in equation))))
        if all(isinstance(part, str) or _is_small(part) for part in equation):
            lines.append(line(math(*(part if isinstance(part, str) else _symbols(part) for part in equation))))
        lines.append(line(*_together(equation)))
    return "".join(lines)


def passes(plan: Plan) -> dict[str, str]:
    """Return the equations of each pass as HTML, those of each stage under its name."""
    found: dict[str, str] = {}
    for phase, stage in dict.fromkeys((rule.phase, rule.stage) for rule in plan.rules):
        if lines := html(plan, phase, stage):
            heading = f"<h3>{say(f'matrices.{stage.kind}', layer=stage.layer)}</h3>"
            found[phase] = found.get(phase, "") + heading + lines
    return found


def _together(equation: Equation) -> list[str]:
    """Return the numbers of an equation in parts between which a line may break: each matrix with the signs before."""
    found, signs = [], ""
    for part in equation:
        if isinstance(part, str):
            signs += math(part)
        else:
            found.append(f'<span class="together">{signs}{math(_numbers(part))}')
            signs = ""
    found[-1] += signs
    return [f"{part}</span>" for part in found]


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
        row = [Entry(Derivative(a.letter, z.letter), "factor", a.place) for z, a in pairs]
        vector = self.vector("f", row, layer)
        name = f"<mrow><mi>f</mi><mo>′</mo>{_in_parentheses(bold('z', layer))}</mrow>"
        return Matrix(name, vector.rows)

    def product(self, left: Matrix, right: Matrix) -> Equation:
        """Return left·right, which transposed is right·left."""
        return [left, TIMES, right] if self.as_columns else [right, TIMES, left]

    def _is_new(self, layer: int) -> bool:
        return layer > 0 and self.q.loss.letter.new


def _forward(w: _Writer, layer: int) -> list[Equation]:
    """z = W·a + b and a = f(z)."""
    shape = w.plan.shape
    sums = [w.sums(layer), EQUALS, *w.product(w.weights(layer), w.neurons(layer - 1))]
    if shape.has_biases[layer - 1]:
        sums += [PLUS, w.biases(layer)]
    if w.q.sums[layer] == w.q.neurons[layer]:
        return [sums]
    function = f"<mi>{_sign(w.q.sums[layer][0], shape.activations[layer - 1])}</mi>"
    return [sums, [w.neurons(layer), EQUALS, function, OPEN, w.sums(layer), CLOSE]]


def _sign(z: Quantity, activation: str) -> str:
    """Return how an activation is written as a function."""
    written_out = ACTIVATIONS[activation].written
    assert written_out is not None
    expression = written_out(Ref(z))
    assert isinstance(expression, Op)
    return OPERATORS[expression.operator].sign


def _delta(w: _Writer, layer: int) -> list[Equation]:
    """δ^L = ∂E/∂a ⊙ f′(z^L), or what the loss makes it; δ^l = (Wᵀ·δ) ⊙ f′(z^l)."""
    shape, q = w.plan.shape, w.q
    delta = w.slopes("δ", layer, q.sums[layer])
    is_last = layer == len(q.neurons) - 1
    if is_last and LOSSES[shape.loss].of_sum:
        return []
    if is_last:
        slopes = w.slopes("a", layer, q.neurons[layer])
        back: Equation = [Matrix(fraction("E", w.neurons(layer).name), slopes.rows)]
    else:
        weights = w.weights(layer + 1, new=w.plan.manner.in_place)
        back = w.product(weights.transposed(_transpose(weights.name)), w.slopes("δ", layer + 1, q.sums[layer + 1]))
    if ACTIVATIONS[shape.activations[layer - 1]].written is None:
        return [] if is_last else [[delta, EQUALS, *back]]
    return [[delta, EQUALS, OPEN, *back, CLOSE, HADAMARD, w.local(layer)]]


def _gradients(w: _Writer, layer: int) -> list[Equation]:
    """∂E/∂W = δ·aᵀ and ∂E/∂b = δ, summed over the samples."""
    delta, before = w.slopes("δ", layer, w.q.sums[layer]), w.neurons(layer - 1)
    over = [SIGMA] if w.several else []
    found: list[Equation] = [
        [w.of_weights(layer), EQUALS, *over, *w.product(delta, before.transposed(_transpose(before.name)))]
    ]
    if w.plan.shape.trains_biases[layer - 1]:
        row = [_entry(gradient(b)) for b in w.q.biases[layer]]
        slopes = Matrix(fraction("E", bold("b", layer)), w.vector("b", row, layer).rows)
        found.append([slopes, EQUALS, *over, delta])
    return found


def _update(w: _Writer, layer: int) -> list[Equation]:
    """W⁺ = W − α·∂E/∂W and b⁺ = b − α·∂E/∂b; of one sample the gradient is written as the product that it is."""
    before = w.neurons(layer - 1)
    delta = w.slopes("δ", layer, w.q.sums[layer])
    slope: Equation = [w.of_weights(layer)]
    if not w.several:
        slope = w.product(delta, before.transposed(_transpose(before.name)))
    found: list[Equation] = [[w.weights(layer, new=True), EQUALS, w.weights(layer), MINUS_RATE, *slope]]
    if w.plan.shape.trains_biases[layer - 1]:
        row = [_entry(gradient(b)) for b in w.q.biases[layer]]
        slopes = Matrix(fraction("E", bold("b", layer)), w.vector("b", row, layer).rows)
        found.append([w.biases(layer, new=True), EQUALS, w.biases(layer), MINUS_RATE, slopes])
    return found


EQUALS, PLUS, TIMES, HADAMARD, SIGMA = ('<mo form="infix">=</mo>', '<mo form="infix">+</mo>', "<mo>·</mo>",
                                        "<mo>⊙</mo>", '<mo form="prefix">Σ</mo>')  # fmt: skip
MINUS_RATE = '<mo form="infix">−</mo><mi>α</mi><mo>·</mo>'
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
    return Entry(quantity.symbol, quantity.kind, quantity.place)


def _is_small(matrix: Matrix) -> bool:
    return len(matrix.rows) <= MOST_SYMBOLS and len(matrix.rows[0]) <= MOST_SYMBOLS


def _symbols(matrix: Matrix) -> str:
    return _table(matrix, lambda entry: f"<mrow{_marks(entry)}>{written(entry.symbol)}</mrow>")


def _numbers(matrix: Matrix) -> str:
    def place(entry: Entry) -> str:
        return f'<mn{_marks(entry)} data-value="{escape(str(entry.symbol))}" data-few>{say("unknown")}</mn>'

    return _table(matrix, place)


def _marks(entry: Entry) -> str:
    return f' class="kind-{entry.kind}" data-at="{entry.place.key}"'


def _table(matrix: Matrix, write: Callable[[Entry], str]) -> str:
    rows = "".join(f"<mtr>{''.join(f'<mtd>{write(entry)}</mtd>' for entry in row)}</mtr>" for row in matrix.rows)
    return f"<mrow><mo>[</mo><mtable>{rows}</mtable><mo>]</mo></mrow>"
