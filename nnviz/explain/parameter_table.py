"""The table of the parameters: value, factors, gradient, change, new value; each cell by its number's id."""

from dataclasses import dataclass, replace

from nnviz.algebra.expressions import Op, Partial, leaves
from nnviz.algebra.quantities import KEPT, Derivative, Letter, Quantity, Symbol
from nnviz.engine.method import ANY_WEIGHT
from nnviz.engine.naming import LOSS, gradient
from nnviz.engine.plan import Plan, StagedRule
from nnviz.explain.matrices import HELD
from nnviz.explain.values import change_id
from nnviz.player.table import Row
from nnviz.text import say


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the factors of one meaning; where a chain rule has several such ones, each with its ``number``."""

    meaning: str
    number: int

    @property
    def key(self) -> str:
        """The column's name among the others."""
        return self.meaning if self.number == 1 else f"{self.meaning} {self.number}"


VALUE, GRADIENT, CHANGE, NEW = "value", "gradient", "change", "new"
FIXED, ABSENT = "fixed", "absent"


@dataclass(frozen=True)
class ParameterTable:
    """The columns' headers by key, and of each parameter the ids of its numbers by column.

    Of what is not trained there is no more than its value, and ``held`` says why: "fixed", or "absent", without one.
    """

    headers: dict[str, str]
    rows: dict[Quantity, dict[str, str]]
    held: dict[Quantity, str]


def table(plan: Plan) -> ParameterTable:
    """Return the table of an iteration, neuron by neuron.

    A parameter lacks the factors that its chain rule does not have, and all of them where it has several, as of a tie.
    """
    rules = _chain_rules(plan)
    factors = {parameter: _factors(rule) for parameter, rule in rules.items()}
    longest_first = sorted(factors.values(), key=len, reverse=True)
    columns: list[Column] = []
    for chain in longest_first:
        _take_in(columns, list(chain))
    has_biases = any(parameter.kind == "bias" for parameter in rules)
    column_of = {quantity.kind: quantity.id for quantity in _kept(plan, ANY_WEIGHT)}
    headers = {
        VALUE: say("table.value"),
        **{column.key: _with_biases(column.meaning, has_biases) for column in columns},
        GRADIENT: _with_biases(str(Derivative(LOSS.letter, Letter("w"))), has_biases),
        **{quantity.id: _short(quantity) for quantity in _kept(plan, ANY_WEIGHT)},
        CHANGE: say("table.change" if plan.method.is_plain else "table.step"),
        NEW: say("table.new"),
    }
    rows = {
        parameter: {VALUE: parameter.id}
        | {column.key: key for column, key in factors[parameter].items()}
        | {GRADIENT: gradient(parameter).id, CHANGE: change_id(parameter), NEW: parameter.after_update().id}
        | {column_of[kept.kind]: kept.id for kept in _kept(plan, parameter)}
        for parameter in rules
    }
    held = _held(plan)
    rows |= {parameter: {} if why == ABSENT else {VALUE: parameter.id} for parameter, why in held.items()}
    return ParameterTable(headers, dict(sorted(rows.items(), key=_position)), held)


def table_rows(given: ParameterTable) -> tuple[Row, ...]:
    """Return the rows of a table as the page shows them, with a remark where a parameter is held."""
    return tuple(
        Row(p.place.key, p.name, HELD if p in given.held else p.kind, numbers, remark=_remark(given, p))
        for p, numbers in given.rows.items()
    )


def _remark(given: ParameterTable, parameter: Quantity) -> str:
    return say(f"table.{given.held[parameter]}") if parameter in given.held else ""


def _held(plan: Plan) -> dict[Quantity, str]:
    """Return the weights and biases that no update moves, and why."""
    q, given = plan.quantities, plan.shape.constraints
    rows = (*q.biases, *(row for layer in q.weights for row in layer))
    parameters = dict.fromkeys(quantity for row in rows for quantity in row)
    return {p: ABSENT if p.id in given.absent else FIXED for p in parameters if p.id in given.held}


def _position(row: tuple[Quantity, object]) -> tuple[int, int, bool, int]:
    """Return where a parameter is among the others: neuron by neuron, the weights first."""
    place = row[0].place
    return place.layer, place.unit, place.part == "bias", place.source


def _kept(plan: Plan, parameter: Quantity) -> list[Quantity]:
    """Return what an optimizer keeps of a parameter, as it is after the update, and what it makes of that."""
    return [quantity for quantity, _ in plan.method.rules(parameter) if quantity.kind in KEPT]


def _short(quantity: Quantity) -> str:
    """Return the symbol of what is kept, without that of which parameter."""
    return str(replace(quantity.letter, of=None))


def _take_in(columns: list[Column], chain: list[Column]) -> None:
    """Add a chain's factors to the columns, each before the next one of the chain that is there already."""
    for position, column in enumerate(chain):
        if column not in columns:
            following = (columns.index(later) for later in chain[position:] if later in columns)
            columns.insert(next(following, len(columns)), column)


def _chain_rules(plan: Plan) -> dict[Quantity, StagedRule]:
    """Return the rule of ∂E/∂parameter for each trained parameter, with the whole chain in it."""
    whole = plan.by_neuron(n_samples=1)
    return {parameter: whole.rule_of[gradient(parameter).id] for parameter in whole.trained}


def _factors(rule: StagedRule) -> dict[Column, str]:
    """Return the ids of a chain rule's factors by column: ∂ŷ/∂h, and where it has several such ones the second."""
    found: dict[Column, str] = {}
    if isinstance(rule.expression, Op) and rule.expression.operator == "+":
        return found
    for leaf in leaves(rule.expression):
        base = _base(leaf.symbol if isinstance(leaf, Partial) else leaf.quantity.symbol)
        found[Column(base, 1 + sum(column.meaning == base for column in found))] = leaf.id
    return found


def _base(symbol: Symbol) -> str:
    """Return a factor's symbol without the quantities' numbers; a bias's is that of a weight."""
    if isinstance(symbol, Letter):
        return symbol.base
    assert isinstance(symbol, Derivative)
    wrt = symbol.wrt.base
    return str(Derivative(Letter(symbol.of.base), Letter("w" if wrt == "b" else wrt)))


def _with_biases(header: str, has_biases: bool) -> str:
    return say("table.or_bias", header=header) if has_biases and header.endswith("w") else header
