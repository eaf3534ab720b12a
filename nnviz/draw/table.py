"""The table of the parameters: value, chain-rule factors, gradient, change, new value, and when each is known."""

from dataclasses import dataclass, replace

from nnviz.draw.formula import exact_note
from nnviz.engine.expressions import Expression, Op, Partial, Ref, evaluate, leaves
from nnviz.engine.numbers import shown
from nnviz.engine.plan import Plan, Rule
from nnviz.engine.quantities import LOSS, Derivative, Letter, Quantity, gradient
from nnviz.engine.solution import leaf_name, number
from nnviz.engine.trace import Iteration
from nnviz.text import say

VALUE, CHANGE, NEW = "value", "change", "new"


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the table: what it is called, its value, its kind, and after how many steps it is known."""

    name: str
    value: float
    kind: str
    since: int


def columns(plan: Plan) -> dict[str, str]:
    """Return the columns' headers by key: the factors are those of all chain rules, without the quantities' numbers."""
    keys: dict[str, str] = {VALUE: say("table.value")}
    chains = sorted((_factors(rule) for rule in gradient_rules(plan).values()), key=len, reverse=True)
    keys |= {key: key for chain in chains for key in (column_of(factor) for factor in chain)}
    keys |= {key: key for key in (_gradient_column(parameter) for parameter in plan.trained)}
    return keys | {CHANGE: say("table.change"), NEW: say("table.new")}


def rows(iteration: Iteration, sample: int = 0) -> dict[Quantity, dict[str, Cell]]:
    """Return each parameter's cells by column; a factor that its chain rule lacks has none."""
    plan = iteration.plan
    found: dict[Quantity, dict[str, Cell]] = {}
    updates = {rule.quantity.name: rule for rule in plan.rules}
    for parameter, rule in gradient_rules(plan).items():
        slope, new = gradient(parameter), parameter.after_update()
        cells = {VALUE: _cell(iteration, parameter, sample)}
        for factor in _factors(rule):
            value = number(evaluate(factor, iteration.values), sample)
            kind = factor.quantity.kind if isinstance(factor, Ref) else kind_of(factor)
            since = plan.first_use if isinstance(factor, Partial) else iteration.position
            cells[column_of(factor)] = Cell(leaf_name(factor), value, kind, since[leaf_name(factor)])
        cells[_gradient_column(parameter)] = _cell(iteration, slope, sample)
        cells[CHANGE] = _change(iteration, updates[new.name], sample)
        cells[NEW] = _cell(iteration, new, sample)
        found[parameter] = cells
    return found


def gradient_rules(plan: Plan) -> dict[Quantity, Rule]:
    """Return the rule of ∂E/∂parameter for each trained parameter."""
    by_name = {rule.quantity.name: rule for rule in plan.rules}
    return {parameter: by_name[gradient(parameter).name] for parameter in plan.trained}


def column_of(factor: Ref | Partial) -> str:
    """Return the column of a chain-rule factor: ∂ŷ/∂h for ∂ŷ/∂h1."""
    symbol = factor.symbol if isinstance(factor, Partial) else factor.quantity.symbol
    assert isinstance(symbol, Derivative)
    return str(Derivative(Letter(symbol.of.base), Letter(symbol.wrt.base)))


def _gradient_column(parameter: Quantity) -> str:
    return str(Derivative(LOSS.letter, Letter(parameter.letter.base)))


def kind_of(factor: Partial) -> str:
    """Return the kind of what a local derivative equals: its colour."""
    return factor.equals.quantity.kind if isinstance(factor.equals, Ref) else "hidden"


def as_json(cells: dict[str, Cell], iteration: Iteration, released: int) -> dict[str, object]:
    """Return the cells that are known within so many steps, as the browser gets them."""
    limit = min(released, known_steps(iteration))
    return {
        column: {
            "text": str(shown(cell.value)),
            "exact": exact_note(cell.name, cell.value),
            "kind": cell.kind,
            "since": cell.since,
        }
        for column, cell in cells.items()
        if cell.since <= limit
    }


def known_steps(iteration: Iteration) -> int:
    """Return how many steps have a number for a value."""
    return len(iteration.steps) if iteration.overflow is None else iteration.position[iteration.overflow.name] - 1


def _factors(rule: Rule) -> list[Ref | Partial]:
    return list(leaves(rule.expression))


def _cell(iteration: Iteration, quantity: Quantity, sample: int) -> Cell:
    value = number(iteration.values[quantity.name], sample)
    return Cell(quantity.name, value, quantity.kind, iteration.position[quantity.name])


def _change(iteration: Iteration, update: Rule, sample: int) -> Cell:
    """Return −α·∂E/∂w, the part of the update's expression behind w."""
    assert isinstance(update.expression, Op)
    _, subtracted = update.expression.operands
    change: Expression = Op("negative", (subtracted,))
    value = number(evaluate(change, iteration.values), sample)
    name = say("table.change_of", name=str(replace(update.quantity.letter, new=False)))
    return Cell(name, value, "gradient", iteration.position[update.quantity.name])
