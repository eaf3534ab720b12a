"""Where in the picture a quantity of a step is: a weight or a bias that is tied is in several places."""

from nnviz.algebra.expressions import Partial, leaves, references
from nnviz.algebra.quantities import Place, Quantity
from nnviz.algebra.trace import Step
from nnviz.engine.naming import Quantities

ELSEWHERE = ("factor", "gradient-term")  # kinds of what is in one place, whatever it is made of
GIVEN = ("weight", "bias", "term")  # kinds of what a step goes through in some of its places


def places_at(q: Quantities, step: Step, quantity: Quantity) -> tuple[Place, ...]:
    """Return the places of a quantity of a step: of what is tied all, or those that the step goes through."""
    uses = q.uses.get(quantity.place, (quantity.place,))
    if len(uses) == 1 or quantity.kind in ELSEWHERE:
        return (quantity.place,)
    if quantity.kind not in GIVEN:
        return uses
    if step.quantity.kind == "factor":
        return (step.quantity.place,)
    at = step.quantity.place
    if step.quantity.kind == "term":
        inputs = {use: q.neurons[use.layer - 1][use.source] for use in uses if use.part == "weight"}
        found = [use for use, a in inputs.items() if step.operands.keys() & {a.id, a.after_update().id}]
    elif at.part == "neuron" and step.quantity.with_respect_to is None:
        found = [use for use in uses if (use.layer, use.unit) == (at.layer, at.unit)]
    else:
        partials = (leaf for leaf in leaves(step.expression) if isinstance(leaf, Partial))
        through = {leaf.place for leaf in partials if quantity in references(leaf.equals)}
        found = [use for use in uses if use in through]
    return tuple(found) or uses
