"""The choice of what a weight or a bias is: trained, fixed, absent, or the same as another one; beside its story."""

from dataclasses import replace

from nnviz.algebra.quantities import Place, Quantity
from nnviz.engine.constraints import FREE, places_of
from nnviz.engine.naming import Notation
from nnviz.engine.plan import Plan, Shape
from nnviz.lessons.network.bias_kinds import FIXED, TRAINED
from nnviz.lessons.network.constraining import ABSENT, ROLE, role_of
from nnviz.player.panels import TEMPLATES
from nnviz.text import say


def role_choices(plan: Plan, place: str) -> str:
    """Return the choices for all that is one at a place, as HTML; nothing where there is neither weight nor bias."""
    shape = plan.shape
    places = places_of(shape.sizes, shape.has_biases)
    own = next((name for name, at in places.items() if at.key == place), None)
    if own is None:
        return ""
    tie = next((tie for tie in shape.constraints.tied if own in tie), (own,))
    called = _called(shape, plan.manner.notation)
    choices = [(name, called[name], role_of(shape, name), _options(shape, name, called)) for name in tie]
    return TEMPLATES.get_template("lessons/network/templates/role.html").render(choices=choices, action=ROLE)


def spoken_of(plan: Plan, place: str) -> str:
    """Return the place by which what is at a place is spoken of: of what is tied the first."""
    return next((own.key for at, own in plan.quantities.owners.items() if at.key == place), place)


def _options(shape: Shape, name: str, called: dict[str, str]) -> list[tuple[str, str]]:
    """Return what a weight or a bias may become, each as a text and what it is called."""
    kinds = [TRAINED, FIXED, *([ABSENT] if name.startswith("w") else [])]
    others = (other for other in called if other[0] == name[0] and other not in (name, *shape.constraints.absent))
    return [
        *((kind, say(f"role.{kind}")) for kind in kinds),
        *((other, say("role.same", name=called[other])) for other in others),
    ]


def _called(shape: Shape, notation: Notation) -> dict[str, str]:
    """Return what each weight and bias is called by itself, by its numbered name."""
    q = replace(shape, constraints=FREE).quantities(notation)

    def quantity(place: Place) -> Quantity:
        if place.part == "bias":
            return q.biases[place.layer][place.unit]
        return q.weights[place.layer][place.unit][place.source]

    return {name: quantity(place).name for name, place in places_of(shape.sizes, shape.has_biases).items()}
