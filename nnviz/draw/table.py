"""The table of the parameters: value, factors, gradient, change, new value; each cell by its number's name."""

from dataclasses import dataclass, replace

from nnviz.draw.values import change_name
from nnviz.engine.expressions import Partial, leaves
from nnviz.engine.manner import NEURON
from nnviz.engine.plan import Plan, Rule, plan_of
from nnviz.engine.quantities import LOSS, Derivative, Letter, Quantity, Symbol, gradient
from nnviz.engine.solution import leaf_name
from nnviz.text import say

VALUE, GRADIENT, CHANGE, NEW = "value", "gradient", "change", "new"


@dataclass(frozen=True)
class Table:
    """The columns' headers by key, and of each parameter the names of its numbers by column."""

    headers: dict[str, str]
    rows: dict[Quantity, dict[str, str]]


def table(plan: Plan) -> Table:
    """Return the table of an iteration: a parameter lacks the factors that its chain rule does not have."""
    rules = _chain_rules(plan)
    factors = {parameter: _factors(rule) for parameter, rule in rules.items()}
    longest_first = sorted(factors.values(), key=len, reverse=True)
    columns: list[str] = []
    for chain in longest_first:
        _take_in(columns, list(chain))
    has_biases = any(parameter.kind == "bias" for parameter in rules)
    headers = {
        VALUE: say("table.value"),
        **{key: _with_biases(_header(key), has_biases) for key in columns},
        GRADIENT: _with_biases(str(Derivative(LOSS.letter, Letter("w"))), has_biases),
        CHANGE: say("table.change"),
        NEW: say("table.new"),
    }
    rows = {
        parameter: {VALUE: parameter.name}
        | factors[parameter]
        | {GRADIENT: gradient(parameter).name, CHANGE: change_name(parameter), NEW: parameter.after_update().name}
        for parameter in rules
    }
    return Table(headers, rows)


def _take_in(columns: list[str], chain: list[str]) -> None:
    """Add a chain's factors to the columns, each before the next one of the chain that is there already."""
    for position, key in enumerate(chain):
        if key not in columns:
            following = (columns.index(later) for later in chain[position:] if later in columns)
            columns.insert(next(following, len(columns)), key)


def _chain_rules(plan: Plan) -> dict[Quantity, Rule]:
    """Return the rule of ∂E/∂parameter for each trained parameter, with the whole chain in it."""
    whole = plan_of(plan.shape, 1, replace(plan.manner, detail=NEURON))
    return {parameter: whole.rule_of[gradient(parameter).name] for parameter in whole.trained}


def _factors(rule: Rule) -> dict[str, str]:
    """Return the names of a chain rule's factors by column: ∂ŷ/∂h, or ∂ŷ/∂h#2 where it is the second such one."""
    found: dict[str, str] = {}
    for leaf in leaves(rule.expression):
        base = _base(leaf.symbol if isinstance(leaf, Partial) else leaf.quantity.symbol)
        count = 1 + sum(_header(key) == base for key in found)
        found[base if count == 1 else f"{base}#{count}"] = leaf_name(leaf)
    return found


def _base(symbol: Symbol) -> str:
    """Return a factor's symbol without the quantities' numbers; a bias's is that of a weight."""
    if isinstance(symbol, Letter):
        return symbol.base
    assert isinstance(symbol, Derivative)
    wrt = symbol.wrt.base
    return str(Derivative(Letter(symbol.of.base), Letter("w" if wrt == "b" else wrt)))


def _header(key: str) -> str:
    return key.partition("#")[0]


def _with_biases(header: str, has_biases: bool) -> str:
    return say("table.or_bias", header=header) if has_biases and header.endswith("w") else header
