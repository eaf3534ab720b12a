"""The matrices of all samples of an iteration at once, a column a sample, as programs have them.

dZ is the slope of E without the 1/m of its mean over m numbers, which comes at the weights: dW = (1/m)·dZ·Aᵀ.
Weights have a row for each neuron, whatever the notation.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from math import isfinite

import numpy as np

from nnviz.algebra.arrays import Array
from nnviz.algebra.expressions import Call, Expression, Num, Op, Ref, evaluate
from nnviz.algebra.quantities import Letter, Quantity
from nnviz.algebra.solution import MOST_WRITTEN_OUT
from nnviz.engine.losses import SUM
from nnviz.engine.naming import Quantities, Row, gradient
from nnviz.engine.plan import Plan
from nnviz.engine.trace import Iteration
from nnviz.explain.matrices import Staged, Writer, bold, entry_of, grouped, in_stages, moved, transpose
from nnviz.explain.matrix_equations import COLUMNS, Combined, Constant, Enclosed, Entry, Equation, Matrix, RowSums, Side
from nnviz.explain.values import held, known, of_equation
from nnviz.player.values import known_pauses
from nnviz.protocol import ShownNumber


@lru_cache(maxsize=16)
def batch_staged(plan: Plan) -> Staged:
    """Return the equations of each stage of each pass, in order; none for the loss, which is no matrix."""
    builds = {"forward": _forward, "delta": _delta, "inputs": _inputs, "gradients": _gradients, "update": _update}
    return in_stages(plan, BatchWriter, builds, prefix="batch-")


class BatchWriter(Writer):
    """Writes matrices that have a row for each neuron, and a column for each sample that is written out."""

    def __init__(self, plan: Plan, q: Quantities) -> None:
        super().__init__(plan, q)
        self.as_columns = True
        count = plan.n_samples
        self.samples = range(count) if count <= MOST_WRITTEN_OUT else (0, 1, count - 1)

    def by_samples(self, name: str, row: Sequence[Entry]) -> Matrix:
        """Return the matrix of numbers of which each sample has its own."""
        rows = tuple(tuple(replace(entry, sample=sample) for sample in self.samples) for entry in row)
        return Matrix(name, rows, COLUMNS if len(self.samples) < self.plan.n_samples else "")

    def neurons(self, layer: int) -> Matrix:
        """Return the outputs of a layer, A, or the inputs X."""
        name = bold("A", layer, self.is_new(layer)) if layer else bold("X", None)
        return self.by_samples(name, [entry_of(quantity) for quantity in self.q.neurons[layer]])

    def sums(self, layer: int) -> Matrix:
        """Return the weighted sums of a layer, which are its outputs where nothing is done with them."""
        if self.q.sums[layer] == self.q.neurons[layer]:
            return self.neurons(layer)
        return self.by_samples(bold("Z", layer, self.is_new(layer)), [entry_of(z) for z in self.q.sums[layer]])

    def targets(self) -> Matrix:
        """Return Y."""
        return self.by_samples(bold("Y", None), [entry_of(target) for target in self.q.targets])

    def slopes_of_sums(self, layer: int) -> Matrix:
        """Return dZ of a layer."""
        return self.by_samples(bold("dZ", layer), [_slope(z) for z in self.q.sums[layer]])

    def local_slopes(self, layer: int) -> Matrix:
        """Return f′(Z) of a layer."""
        vector = self.local(layer)
        name = vector.name.replace(bold("z", layer), bold("Z", layer))
        return self.by_samples(name, [entry for [entry] in vector.rows])

    def slopes_of_weights(self, layer: int) -> Matrix:
        """Return dW of a layer."""
        return Matrix(bold("dW", layer), self.of_weights(layer).rows)

    def slopes_of_biases(self, layer: int) -> Matrix:
        """Return db of a layer."""
        return Matrix(bold("db", layer), tuple((self.entry(gradient(b), b),) for b in self.q.biases[layer]))

    def mean(self, of_samples: Side) -> Side:
        """Return 1/m times what is of all samples; of a sum that itself."""
        shape = self.plan.shape
        if shape.rule.reduction == SUM:
            return of_samples
        count = shape.rule.divisor(shape.sizes[-1], self.plan.n_samples)
        return Combined("α·", Constant(_part("<mi>m</mi>"), _part(f"<mn>{count}</mn>"), Fraction(1, count)), of_samples)


def ones(count: int) -> Constant:
    """Return 1ᵀ, a row of so many ones."""
    cells = "<mtd><mn>1</mn></mtd>" * count
    digits = f"<mrow><mo>[</mo><mtable><mtr>{cells}</mtr></mtable><mo>]</mo></mrow>"
    return Constant(transpose('<mn class="matrix">1</mn>'), digits, ((1,) * count,))


def _part(of: str) -> str:
    return f"<mfrac><mn>1</mn>{of}</mfrac>"


def _slope(z: Quantity) -> Entry:
    """Return a number of dZ, which is m times the gradient by that sum."""
    letter = z.letter
    symbol = Letter(f"d{letter.base}", letter.index, upper=letter.upper)
    return replace(entry_of(gradient(z)), key=f"d{z.id}", symbol=symbol)


def _forward(w: BatchWriter, layer: int) -> Iterator[Equation]:
    """Z = W·A + b and A = f(Z)."""
    shape, z = w.plan.shape, w.sums(layer)
    found: Side = w.product(w.weights(layer), w.neurons(layer - 1))
    if shape.has_biases[layer - 1]:
        found = Combined("+", found, w.biases(layer))
    yield Equation(z, found)
    if w.q.sums[layer] != w.q.neurons[layer]:
        yield Equation(w.neurons(layer), Enclosed(z, shape.activation(layer).written))


def _delta(w: BatchWriter, layer: int) -> Iterator[Equation]:
    """dZ = A − Y, or what the loss has, ⊙ f′(Z); before it dZ = (Wᵀ·dZ) ⊙ f′(Z)."""
    shape, q = w.plan.shape, w.q
    loss, is_last = shape.rule, layer == len(q.neurons) - 1
    if is_last:
        output, target = q.neurons[-1][0], q.targets[0]
        sides = {output.id: w.neurons(layer), target.id: w.targets()}
        back = _side(loss.term_slope(Ref(output), Ref(target)), sides)
    else:
        weights = w.way_back(layer + 1)
        back = w.product(weights.transposed(transpose(weights.name)), w.slopes_of_sums(layer + 1))
    is_whole = q.sums[layer] == q.neurons[layer] or (is_last and loss.of_sum)
    yield Equation(w.slopes_of_sums(layer), back if is_whole else Combined("⊙", Enclosed(back), w.local_slopes(layer)))


def _inputs(w: BatchWriter, layer: int) -> Iterator[Equation]:
    """dX = W¹ᵀ·dZ¹."""
    weights = w.way_back(layer + 1)
    slopes = w.by_samples(bold("dX", None), [_slope(x) for x in w.q.neurons[layer]])
    yield Equation(slopes, w.product(weights.transposed(transpose(weights.name)), w.slopes_of_sums(layer + 1)))


def _gradients(w: BatchWriter, layer: int) -> Iterator[Equation]:
    """dW = (1/m)·dZ·Aᵀ and db = (1/m)·Σ dZ, the sum of each row.

    With the output for the input, dW is the sum of each row of dZ ⊙ A of the layer, again for each input.
    """
    if w.plan.shape.trains_weights(layer):
        side = w.followed(layer, "weight", lambda at: _of_weights(w, at))
        yield Equation(w.slopes_of_weights(layer), w.mean(side))
    if w.plan.shape.trains_biases(layer):
        side = w.followed(layer, "bias", lambda at: RowSums(w.slopes_of_sums(at)))
        yield Equation(w.slopes_of_biases(layer), w.mean(side))


def _of_weights(w: BatchWriter, layer: int) -> Side:
    """Return the sum over the samples of ∂E/∂W of each place by itself, or what is taken for it."""
    slopes, before = w.slopes_of_sums(layer), w.neurons(layer - 1)
    if not w.plan.manner.output_for_input:
        return w.product(slopes, before.transposed(transpose(before.name)))
    of_neurons: Side = RowSums(Enclosed(Combined("⊙", slopes, w.neurons(layer))))
    return w.product(of_neurons, ones(len(before.rows))) if len(before.rows) > 1 else of_neurons


def _update(w: BatchWriter, layer: int) -> Iterator[Equation]:
    """W⁺ = W − α·dW and b⁺ = b − α·db, or the rules of another method."""
    if not w.plan.method.is_plain:
        yield from w.updated(layer, w.slopes_of_weights(layer), w.slopes_of_biases(layer))
        return
    if w.plan.shape.trains_weights(layer):
        yield moved(w.weights(layer, new=True), w.weights(layer), w.slopes_of_weights(layer))
    if w.plan.shape.trains_biases(layer):
        yield moved(w.biases(layer, new=True), w.biases(layer), w.slopes_of_biases(layer))


def _side(expression: Expression, sides: Mapping[str, Matrix]) -> Side:
    """Return an expression of numbers as one of matrices. Raises TypeError where there is no such one."""
    match expression:
        case Ref():
            return sides[expression.id]
        case Num(value):
            return Constant(f"<mn>{value:g}</mn>", f"<mn>{value:g}</mn>", Fraction(value))
        case Call(function, argument):
            return Enclosed(_side(argument, sides), function)
        case Op("−", (left, right)):
            return Combined("−", _side(left, sides), _side(right, sides))
        case Op("·", (left, right)):
            return Combined("α·", _side(left, sides), grouped(_side(right, sides), "−"))
    raise TypeError(expression)


# The numbers


def batch_values(iteration: Iteration, released: int) -> dict[str, ShownNumber]:
    """Return the numbers of all samples that are known within so many pauses, by id, and the signs between matrices."""
    plan, arrays = iteration.plan, _arrays(iteration)
    limit = min(released, known_pauses(iteration))
    numbers = {item.id: item for item in (*held(iteration), *known(iteration))}

    def value(entry: Entry) -> float:
        if entry.sample is None:
            return numbers[entry.of].value
        return float(arrays[entry.key or entry.of][entry.sample])

    found: dict[str, ShownNumber] = {}
    for equations in batch_staged(plan).values():
        for equation in equations:
            if all(isfinite(value(entry)) for entry in equation.entries):
                found |= of_equation(equation, numbers, value, limit)
    return found


def _arrays(iteration: Iteration) -> dict[str, Array]:
    """Return the numbers of each sample by id, those of dZ with them."""
    plan, values = iteration.plan, dict(iteration.values)
    with np.errstate(all="ignore"):
        values |= {key: evaluate(partial, values) for key, (partial, _) in plan.partials.items() if key not in values}
        values |= _slopes(plan, {key: np.broadcast_to(value, plan.n_samples) for key, value in values.items()})
    return {key: np.broadcast_to(value, plan.n_samples) for key, value in values.items()}


def _slopes(plan: Plan, values: Mapping[str, Array]) -> dict[str, Array]:
    """Return the rows of dZ of each layer by id, and those of dX."""
    q, shape, found = plan.quantities, plan.shape, dict[str, Array]()

    def rows(row: Row) -> Array:
        return np.array([values[quantity.id] for quantity in row])

    def local(layer: int) -> Array:
        return shape.activation(layer).slope(rows(q.sums[layer]), rows(q.neurons[layer]))

    loss, last = shape.rule, len(q.neurons) - 1
    slopes = loss.slope(rows(q.neurons[last]), rows(q.targets))
    slopes = slopes if loss.of_sum else slopes * local(last)
    for layer in range(last, 0, -1):
        found |= {f"d{z.id}": row for z, row in zip(q.sums[layer], slopes, strict=True)}
        updated = frozenset(w for w in plan.trained if plan.manner.in_place and w.place.layer >= layer)
        new = q.after_update(updated)
        zero = np.zeros(plan.n_samples)
        back = np.array([[values.get(w.id, zero)[0] for w in row] for row in new.weights[layer]]).T @ slopes
        slopes = back * local(layer - 1) if layer > 1 else back
    return found | {f"d{x.id}": row for x, row in zip(q.neurons[0], slopes, strict=True)}
