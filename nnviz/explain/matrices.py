"""Each stage of an iteration in matrix form: the equation in symbols, and with an entry for every number.

In the numbered notation neurons are rows and weights (n_in, n_out): h = x·W; in the indexed one neurons are columns
and weights (n_out, n_in): z = W·a. One equation is the other one transposed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from nnviz.algebra.quantities import Derivative, Quantity, derivative_id
from nnviz.engine.naming import INDEXED, RATE, Quantities, Row, gradient
from nnviz.engine.plan import CHECK, Plan, Stage
from nnviz.explain.held_matrices import held_and_tied, mask_of
from nnviz.explain.matrix_equations import CLOSE, OPEN, Combined, Enclosed, Entry, Equation, Matrix, Side
from nnviz.explain.update_matrices import Rows, update_equations

Staged = dict[tuple[str, Stage], tuple[Equation, ...]]
W = TypeVar("W", bound="Writer")
HELD = "held"  # the kind of a number of a weight or a bias that no update moves


@lru_cache(maxsize=16)
def staged(plan: Plan) -> Staged:
    """Return the equations of each stage of each pass, in order; none for the loss, which is no matrix."""
    builds = {"forward": _forward, "delta": _delta, "inputs": _inputs, "gradients": _gradients, "update": _update}
    return in_stages(plan, Writer, builds)


def in_stages(
    plan: Plan,
    writer: Callable[[Plan, Quantities], W],
    builds: Mapping[str, Callable[[W, int], Iterable[Equation]]],
    prefix: str = "",
) -> Staged:
    """Return what is built for each stage of each pass, in order, by the kind of the stage.

    What builds gets a writer for the quantities of the pass, and the layer. The ids of signs begin with the prefix.
    """
    after = plan.quantities.after_update(frozenset(plan.trained))
    found: Staged = {}
    for phase, stage in dict.fromkeys((rule.phase, rule.stage) for rule in plan.rules):
        build = builds.get(stage.kind)
        equations = build(writer(plan, after if phase == CHECK else plan.quantities), stage.layer) if build else ()
        found[phase, stage] = tuple(
            replace(equation, sign=f"{prefix}{phase}-{stage.kind}-{stage.layer}-{number}")
            for number, equation in enumerate(equations)
        )
    return found


class Writer:
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
        return self.vector(letter, list(map(entry_of, self.q.neurons[layer])), layer, self.is_new(layer))

    def sums(self, layer: int) -> Matrix:
        """Return the weighted sums of a layer, which are its outputs where nothing is done with them."""
        if self.q.sums[layer] == self.q.neurons[layer]:
            return self.neurons(layer)
        return self.vector("z", list(map(entry_of, self.q.sums[layer])), layer, self.is_new(layer))

    def slopes(self, letter: str, layer: int, row: Row) -> Matrix:
        """Return the gradients of a layer's sums or outputs."""
        return self.vector(letter, [entry_of(gradient(quantity)) for quantity in row], layer)

    def weights(self, layer: int, new: bool = False) -> Matrix:
        """Return a layer's weights: (n_out, n_in), or in the numbered notation (n_in, n_out)."""
        rows = tuple(tuple(self.entry(w.after_update() if new else w, w) for w in row) for row in self.q.weights[layer])
        matrix = Matrix(bold("W", layer, new or self.is_new(layer)), rows)
        return matrix if self.as_columns else matrix.transposed()

    def way_back(self, layer: int) -> Matrix:
        """Return a layer's weights as the error goes back through them: in place, those that are new by then."""
        new = {w for w in self.plan.trained if self.plan.manner.in_place and w.place.layer >= layer}
        rows = [[self.entry(w.after_update() if w in new else w, w) for w in row] for row in self.q.weights[layer]]
        matrix = Matrix(bold("W", layer, self.plan.manner.in_place), tuple(map(tuple, rows)))
        return matrix if self.as_columns else matrix.transposed()

    def biases(self, layer: int, new: bool = False) -> Matrix:
        """Return a layer's biases; where all of them are fixed, they are never new."""
        row = [b.after_update() if new else b for b in self.q.biases[layer]]
        entries = [self.entry(q, b) for q, b in zip(row, self.q.biases[layer], strict=True)]
        return self.vector("b", entries, layer, any(q.letter.new for q in row))

    def entry(self, quantity: Quantity, of: Quantity) -> Entry:
        """Return the number of a quantity that is a weight or a bias, or of one; what is held is greyed."""
        name = (of.before or of).id
        found = entry_of(quantity)
        return replace(found, kind=HELD) if name in self.plan.shape.constraints.held else found

    def of_weights(self, layer: int) -> Matrix:
        """Return ∂E/∂W of a layer."""
        rows = tuple(tuple(self.entry(gradient(w), w) for w in row) for row in self.q.weights[layer])
        matrix = Matrix(fraction("E", bold("W", layer)), rows)
        return matrix if self.as_columns else matrix.transposed()

    def of_biases(self, layer: int) -> Matrix:
        """Return ∂E/∂b of a layer."""
        row = [self.entry(gradient(b), b) for b in self.q.biases[layer]]
        return Matrix(fraction("E", bold("b", layer)), self.vector("b", row, layer).rows)

    def updated(self, layer: int, of_weights: Matrix, of_biases: Matrix) -> Iterator[Equation]:
        """Yield the rules of the update of a layer's weights, and of its biases where they are trained."""
        method, q = self.plan.method, self.q

        def for_weights(general: Quantity, rows: Rows) -> Matrix:
            letter = general.letter
            entries = tuple(tuple(map(entry_of, row)) for row in rows)
            matrix = Matrix(bold(letter.base.upper(), layer, letter.new), entries)
            return matrix if self.as_columns else matrix.transposed()

        def for_biases(general: Quantity, rows: Rows) -> Matrix:
            letter = general.letter
            return self.vector(letter.base, [entry_of(quantity) for [quantity] in rows], layer, letter.new)

        old, new = self.weights(layer), self.weights(layer, new=True)
        if self.plan.shape.trains_weights(layer):
            mask = mask_of(self.plan.shape, layer, "weight", self.as_columns, bold("M", layer))
            yield from update_equations(method, q.weights[layer], of_weights, old, new, for_weights, mask)
        if self.plan.shape.trains_biases(layer):
            rows, before, after = [[b] for b in q.biases[layer]], self.biases(layer), self.biases(layer, new=True)
            yield from update_equations(method, rows, of_biases, before, after, for_biases)

    def local(self, layer: int) -> Matrix:
        """Return f′(z) of a layer."""
        pairs = zip(self.q.sums[layer], self.q.neurons[layer], strict=True)
        row = [Entry(derivative_id(a, z), Derivative(a.letter, z.letter), "factor", a.place) for z, a in pairs]
        vector = self.vector("f", row, layer)
        name = f"<mrow><mi>f</mi><mo>′</mo>{_in_parentheses(bold('z', layer))}</mrow>"
        return Matrix(name, vector.rows)

    def product(self, left: Side, right: Side) -> Combined:
        """Return left·right, which transposed is right·left."""
        return Combined("·", left, right) if self.as_columns else Combined("·", right, left)

    def repeated(self, vector: Matrix, times: int) -> Matrix:
        """Return a vector so many times beside itself, v·1ᵀ, or in the numbered notation below itself, 1·v."""
        if times == 1:
            return vector
        rows = tuple(row * times for row in vector.rows) if self.as_columns else vector.rows * times
        ones = bold("1", None)
        names = (vector.name, transpose(ones)) if self.as_columns else (ones, vector.name)
        return Matrix(f"<mrow>{'<mo>·</mo>'.join(names)}</mrow>", rows)

    def followed(self, layer: int, part: str, side: Callable[[int], Side]) -> Side:
        """Return gradients of weights or biases of a layer as far as an update follows them (see ``held_and_tied``)."""
        name = bold("M", layer) if part == "weight" else bold("m", layer)
        return held_and_tied(self.plan.shape, layer, part, self.as_columns, side, name)

    def over_samples(self, left: Matrix, right: Side) -> Equation:
        """Return the equation of a sum over the samples, where there are several."""
        return Equation(left, right, self.plan.n_samples if self.several else 0)

    def is_new(self, layer: int) -> bool:
        """Whether a layer's numbers are those of the check."""
        return layer > 0 and self.q.loss.letter.new


def _forward(w: Writer, layer: int) -> list[Equation]:
    """z = W·a + b and a = f(z)."""
    shape, z = w.plan.shape, w.sums(layer)
    found: Side = w.product(w.weights(layer), w.neurons(layer - 1))
    if shape.has_biases[layer - 1]:
        found = Combined("+", found, w.biases(layer))
    sums = Equation(z, found)
    if w.q.sums[layer] == w.q.neurons[layer]:
        return [sums]
    return [sums, Equation(w.neurons(layer), Enclosed(z, shape.activation(layer).written))]


def _delta(w: Writer, layer: int) -> list[Equation]:
    """δ^L = ∂E/∂a ⊙ f′(z^L), or what the loss makes it; δ^l = (Wᵀ·δ) ⊙ f′(z^l)."""
    shape, q = w.plan.shape, w.q
    delta = w.slopes("δ", layer, q.sums[layer])
    is_last = layer == len(q.neurons) - 1
    if is_last and shape.rule.of_sum:
        return []
    if is_last:
        slopes = w.slopes("a", layer, q.neurons[layer])
        back: Side = Matrix(fraction("E", w.neurons(layer).name), slopes.rows)
    else:
        weights = w.way_back(layer + 1)
        back = w.product(weights.transposed(transpose(weights.name)), w.slopes("δ", layer + 1, q.sums[layer + 1]))
    if shape.activation(layer).written is None:
        return [] if is_last else [Equation(delta, back)]
    return [Equation(delta, Combined("⊙", Enclosed(back), w.local(layer)))]


def _inputs(w: Writer, layer: int) -> list[Equation]:
    """∂E/∂x = Wᵀ·δ of the first layer."""
    slopes = w.slopes("x", layer, w.q.neurons[layer])
    weights = w.way_back(layer + 1)
    back = w.product(weights.transposed(transpose(weights.name)), w.slopes("δ", layer + 1, w.q.sums[layer + 1]))
    return [Equation(Matrix(fraction("E", bold("x", None)), slopes.rows), back)]


def _gradients(w: Writer, layer: int) -> list[Equation]:
    """∂E/∂W = δ·aᵀ and ∂E/∂b = δ, summed over the samples."""
    shape, found = w.plan.shape, list[Equation]()
    if shape.trains_weights(layer):
        found.append(w.over_samples(w.of_weights(layer), w.followed(layer, "weight", lambda at: _of_sample(w, at))))
    if shape.trains_biases(layer):
        side = w.followed(layer, "bias", lambda at: w.slopes("δ", at, w.q.sums[at]))
        found.append(w.over_samples(w.of_biases(layer), side))
    return found


def _update(w: Writer, layer: int) -> list[Equation]:
    """W⁺ = W − α·∂E/∂W and b⁺ = b − α·∂E/∂b; of one sample the gradient is written as the product that it is.

    Another method has its rules, with the gradient as it is.
    """
    if not w.plan.method.is_plain:
        return [*w.updated(layer, w.of_weights(layer), w.of_biases(layer))]
    found = list[Equation]()
    if w.plan.shape.trains_weights(layer):
        is_written_out = not w.several and w.plan.shape.is_free(layer)
        slope = _of_sample(w, layer) if is_written_out else w.of_weights(layer)
        found.append(moved(w.weights(layer, new=True), w.weights(layer), slope))
    if w.plan.shape.trains_biases(layer):
        slopes = w.of_biases(layer)
        found.append(moved(w.biases(layer, new=True), w.biases(layer), slopes))
    return found


def _of_sample(w: Writer, layer: int) -> Side:
    """Return ∂E/∂W of one sample, δ·aᵀ; or, with the output for the input, δ ⊙ a of the layer, again for each input."""
    delta, before = w.slopes("δ", layer, w.q.sums[layer]), w.neurons(layer - 1)
    if not w.plan.manner.output_for_input:
        return w.product(delta, before.transposed(transpose(before.name)))
    n_in = len(w.q.neurons[layer - 1])
    return Combined("⊙", w.repeated(delta, n_in), w.repeated(w.neurons(layer), n_in))


def moved(new: Matrix, old: Matrix, slope: Side) -> Equation:
    """Return new = old − α·slope."""
    return Equation(new, Combined("−", old, Combined("α·", entry_of(RATE), slope)))


def bold(letter: str, layer: int | None, new: bool = False) -> str:
    """Return the name of a vector or a matrix, with its layer."""
    base = f'<mi class="matrix">{letter}</mi>'
    upper = "" if layer is None else f'<mo stretchy="false">(</mo><mn>{layer}</mn><mo stretchy="false">)</mo>'
    upper += "<mo>+</mo>" if new else ""
    return f"<msup>{base}<mrow>{upper}</mrow></msup>" if upper else base


def fraction(of: str, wrt: str) -> str:
    """Return ∂of/∂wrt."""
    return f"<mfrac><mrow><mi>∂</mi><mi>{of}</mi></mrow><mrow><mi>∂</mi>{wrt}</mrow></mfrac>"


def transpose(name: str) -> str:
    """Return the name of a transposed matrix."""
    return f"<msup><mrow>{name}</mrow><mi>T</mi></msup>"


def _in_parentheses(inner: str) -> str:
    return f"{OPEN}{inner}{CLOSE}"


def entry_of(quantity: Quantity) -> Entry:
    """Return the number of a quantity."""
    return Entry(quantity.id, quantity.symbol, quantity.kind, quantity.place)


def grouped(side: Side, sign: str) -> Side:
    """Return a side in parentheses where it is joined by a sign."""
    return Enclosed(side) if isinstance(side, Combined) and side.sign == sign else side
