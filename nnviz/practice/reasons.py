"""Why a number is right, in a few words: the rule that it follows, with the names of what it is made of."""

from nnviz.algebra.expressions import references
from nnviz.algebra.writer import TEXT, in_symbols
from nnviz.engine.plan import Plan
from nnviz.practice.spot import Spot, shortest
from nnviz.text import say


def reason(plan: Plan, id_: str) -> str:
    """Return which rule a number follows in a plan whose steps are neurons', or nothing where it is none of these."""
    rule = plan.rule_of.get(id_)
    if rule is None:
        return ""
    spot = Spot(plan, rule)
    return say(f"reason.{_key(spot)}", **_names(spot))


def _key(spot: Spot) -> str:
    """Return the part of the sentence's key that says which rule it is."""
    match spot.role:
        case "sum" if any(quantity.kind == "bias" for quantity in references(spot.rule.expression)):
            return f"{spot.role}.bias"
        case "neuron-slope" if len(spot.q.neurons[spot.layer + 1]) == 1:
            return f"{spot.role}.one"
        case "weight-slope" | "bias-slope" if len(spot.q.uses[spot.of.place]) > 1:
            return "tied-slope"
        case "weight-slope" | "bias-slope" if spot.plan.n_samples > 1:
            return f"{spot.role}.samples"
    return spot.role


def _names(spot: Spot) -> dict[str, str]:
    """Return the names that the sentence has."""
    names = {"of": spot.of.name}
    if spot.role in ("activation", "sum-slope", "weight-slope", "bias-slope"):
        names["sum"] = spot.q.sums[spot.layer][spot.unit].name
        names["neuron"] = spot.q.neurons[spot.layer][spot.unit].name
    if spot.role == "output-slope":
        names["symbols"] = "".join(in_symbols(shortest(spot.rule), TEXT))
    if spot.role == "weight-slope":
        names["input"] = spot.q.neurons[spot.layer - 1][spot.source].name
    if spot.role == "neuron-slope":
        names["sum"] = spot.q.sums[spot.layer + 1][0].name
        names["weight"] = spot.q.weights[spot.layer + 1][0][spot.unit].name
    return names
