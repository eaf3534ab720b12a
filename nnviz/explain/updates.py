"""The update of every parameter in one formula, with the factors of its gradient: w1⁺ = w1 − α·Δ·w5·x1.

Δ = ŷ − y stands for ∂E/∂ŷ where it is that: for half the squared error of one sample.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, reduce

from nnviz.algebra.expressions import SIGMA, Expression, Num, Op, Partial, Ref, leaves
from nnviz.algebra.mathml import kind_of
from nnviz.algebra.quantities import Letter, Quantity
from nnviz.engine.naming import RATE, gradient
from nnviz.engine.optimizers import Rule
from nnviz.engine.plan import UPDATE, Plan, Stage
from nnviz.explain.matrices import Writer, bold, entry_of, fraction, grouped, staged, transpose
from nnviz.explain.matrix_equations import Combined, Enclosed, Entry, Equation, Matrix, Side

MOST_WRITTEN_OUT, MOST_ALIKE = 120, 3
LOSS_OF_DELTA = "half_squared_error"


@dataclass(frozen=True, slots=True)
class Front:
    """A gradient that formulas begin with: its number, and what it equals."""

    entry: Entry
    quantity: Quantity
    equals: Expression


@dataclass(frozen=True, slots=True)
class Update:
    """The update of a parameter: in symbols from a front on, and with numbers.

    Over several samples the symbols have a sum, and the numbers have the gradient that it comes to. Of another method
    than gradient descent that is the gradient alone, and the ``rules`` are those that it is put into.
    """

    parameter: Quantity
    in_symbols: Equation
    in_numbers: Equation
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Updates:
    """The updates of an iteration, layer by layer, the fronts that they begin with, and the same in matrices.

    Of very many there are those of the first two parameters of each layer and of the last one: it ``is_elided``.
    """

    fronts: tuple[Front, ...]
    layers: tuple[tuple[Update, ...], ...]
    in_matrices: tuple[Equation, ...]
    is_elided: bool


@lru_cache(maxsize=16)
def updates(plan: Plan) -> Updates:
    """Return the updates of an iteration."""
    whole = plan.by_neuron(n_samples=1)
    fronts: dict[str, Front] = {}
    is_elided = len(plan.trained) > MOST_WRITTEN_OUT
    layers: list[tuple[Update, ...]] = []
    for layer in _layers(plan):
        of_layer = []
        parameters = trained_in(plan, layer)
        if is_elided and len(parameters) > MOST_ALIKE:
            parameters = [*parameters[:2], parameters[-1]]
        for parameter in parameters:
            terms = [[_factor(plan, leaf) for leaf in term] for term in _terms(whole, parameter)]
            for first, *_ in terms:
                rule = whole.rule_of[first.of]
                fronts.setdefault(
                    rule.quantity.id, Front(first, rule.quantity, plan.rule_of[rule.quantity.id].expression)
                )
            of_layer.append(_update(plan, parameter, terms))
        layers.append(tuple(of_layer))
    as_computed = (fronts[rule.quantity.id] for rule in whole.rules if rule.quantity.id in fronts)
    return Updates(tuple(as_computed), tuple(layers), tuple(_in_matrices(plan)), is_elided)


def _layers(plan: Plan) -> range:
    return range(1, len(plan.shape.sizes))


def trained_in(plan: Plan, layer: int) -> list[Quantity]:
    """Return the trained parameters of a layer."""
    return [parameter for parameter in plan.trained if parameter.place.layer == layer]


def _terms(whole: Plan, parameter: Quantity) -> Iterator[list[Ref | Partial]]:
    """Yield the factors of each term of a parameter's gradient; those of a bias end without the 1 of ∂z/∂b."""
    expression = whole.rule_of[gradient(parameter).id].expression
    is_sum = isinstance(expression, Op) and expression.operator == "+"
    for term in expression.operands if isinstance(expression, Op) and is_sum else [expression]:
        yield [leaf for leaf in leaves(term) if not (isinstance(leaf, Partial) and isinstance(leaf.equals, Num))]


def _factor(plan: Plan, leaf: Ref | Partial) -> Entry:
    """Return the number of a factor: a local derivative that is another quantity is that one."""
    if isinstance(leaf, Partial) and isinstance(leaf.equals, Ref):
        leaf = leaf.equals
    if isinstance(leaf, Partial):
        return Entry(leaf.id, leaf.symbol, kind_of(leaf), leaf.place, is_factor=True)
    return _slope(plan, leaf.quantity)


def _slope(plan: Plan, quantity: Quantity) -> Entry:
    """Return the number of a quantity as a factor, which is Δ where it is ŷ − y and nothing else."""
    found = replace(entry_of(quantity), is_factor=True)
    output = quantity.with_respect_to
    if output is None or output not in plan.quantities.neurons[-1] or not has_delta(plan):
        return found
    return replace(found, symbol=Letter("Δ", output.letter.index, upper=output.letter.upper))


def has_delta(plan: Plan) -> bool:
    """Whether ∂E/∂ŷ is ŷ − y and nothing else."""
    return plan.shape.loss == LOSS_OF_DELTA and plan.shape.rule.divisor(plan.shape.sizes[-1], plan.n_samples) == 1


def _update(plan: Plan, parameter: Quantity, terms: list[list[Entry]]) -> Update:
    new, old = entry_of(parameter.after_update()), entry_of(parameter)
    slope = reduce(lambda left, right: Combined("+", left, right), map(_product, terms))
    if not plan.method.is_plain:
        of_parameter = entry_of(gradient(parameter))
        sign = f"all-{of_parameter.id}"
        in_symbols = Equation(of_parameter, slope if plan.n_samples == 1 else Enclosed(slope, SIGMA), sign=sign)
        in_numbers = in_symbols if plan.n_samples == 1 else Equation(of_parameter, of_parameter, sign=sign)
        return Update(parameter, in_symbols, in_numbers, plan.method.rules(parameter))
    if plan.n_samples == 1:
        moved = _moved(new, old, slope if len(terms) == 1 else Enclosed(slope), new.id)
        return Update(parameter, moved, moved)
    in_numbers = _moved(new, old, replace(entry_of(gradient(parameter)), is_factor=True), new.id)
    return Update(parameter, _moved(new, old, Enclosed(slope, SIGMA), new.id), in_numbers)


def _product(factors: list[Entry], last: Side | None = None) -> Side:
    """Return the product of numbers, and of what else is multiplied by them."""
    sides: list[Side] = [*factors, *([] if last is None else [last])]
    return reduce(lambda right, left: Combined("α·", left, right), reversed(sides[:-1]), sides[-1])


def _moved(new: Entry | Matrix, old: Entry | Matrix, slope: Side, sign: str) -> Equation:
    """Return new = old − α·slope."""
    return Equation(new, Combined("−", old, Combined("α·", entry_of(RATE), slope)), sign=f"all-{sign}")


# In matrices


def _in_matrices(plan: Plan) -> Iterator[Equation]:
    """Yield the updates of each layer; for one sample with the gradient multiplied out, where it is right."""
    for layer in _layers(plan):
        is_right = not plan.manner.output_for_input and plan.shape.is_free(layer)
        if plan.n_samples == 1 and is_right and plan.method.is_plain:
            yield from _multiplied_out(plan, layer)
        else:
            for equation in staged(plan).get((UPDATE, Stage("update", layer)), ()):
                yield replace(equation, sign=f"all-{equation.sign}")


def _multiplied_out(plan: Plan, layer: int) -> Iterator[Equation]:
    """Yield W⁺ = W − α·Δ·(…)·aᵀ and b⁺ = b − α·Δ·(…); Δ is a number in front where there is one output."""
    w = Writer(plan, plan.quantities)
    numbers, slope = _back(w, layer)
    before = w.neurons(layer - 1)
    across = before.transposed(transpose(before.name))
    change = across if slope is None else w.product(grouped(slope, "⊙"), across)
    yield _moved(w.weights(layer, new=True), w.weights(layer), _product(numbers, change), f"update-{layer}-W")
    if plan.shape.trains_biases(layer):
        yield _moved(
            w.biases(layer, new=True),
            w.biases(layer),
            _product(numbers, slope and grouped(slope, "⊙")),
            f"update-{layer}-b",
        )


def _back(w: Writer, layer: int) -> tuple[list[Entry], Side | None]:
    """Return δ of a layer as the numbers in front and the matrices behind them; None where there are none."""
    if layer == len(w.q.neurons) - 1:
        return _at_outputs(w)
    numbers, after = _back(w, layer + 1)
    weights = w.way_back(layer + 1)
    back: Side = weights.transposed(transpose(weights.name))
    if after is not None:
        back = w.product(back, grouped(after, "⊙"))
    if w.q.sums[layer] == w.q.neurons[layer]:
        return numbers, back
    return numbers, Combined("⊙", grouped(back, "·"), w.local(layer))


def _at_outputs(w: Writer) -> tuple[list[Entry], Side | None]:
    """Return δ of the last layer: of one output all are numbers, of several there is a vector."""
    plan, last, (sums, outputs) = w.plan, len(w.q.neurons) - 1, (w.q.sums[-1], w.q.neurons[-1])
    of_sum = plan.shape.rule.of_sum
    is_whole = of_sum or sums == outputs
    slopes = [_slope(plan, gradient(quantity)) for quantity in (sums if of_sum else outputs)]
    if len(outputs) == 1:
        local = () if is_whole else (replace(entry, is_factor=True) for entry in w.local(last).rows[0])
        return [*slopes, *local], None
    name = bold("Δ", None) if has_delta(plan) else fraction("E", (w.sums if of_sum else w.neurons)(last).name)
    row = [replace(slope, is_factor=False) for slope in slopes]
    whole = Matrix(name, tuple((entry,) for entry in row) if w.as_columns else (tuple(row),))
    return [], whole if is_whole else Combined("⊙", whole, w.local(last))
