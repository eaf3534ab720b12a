"""Backpropagation for any layer l of any network, in the notation of textbooks, and what of it a step is.

An equation is named by what it gives: "z", "a", "E", or by its number among the steps of backpropagation, "1" to "5",
with "6w" and "6b" for the update; "inputs" is ∂E/∂x. "share" is the a of the last layer where that is a softmax.
"melted" is what the first two make together where the loss is made for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nnviz.algebra.expressions import Expression, Ref, product
from nnviz.algebra.quantities import Derivative, Kind, Letter, Place, Quantity, derivative_id
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.losses import divided
from nnviz.engine.plan import Plan, StagedRule

MELTED, SHARE, INPUTS = "melted", "share", "inputs"
PARTS = ("term", "factor", "gradient-term", "loss-part")  # kinds of what comes before a quantity in a step of its own
ANYWHERE = Place("any")


def of_any(base: str, kind: Kind, index: str, upper: str) -> Quantity:
    """Return a quantity of any layer: w^l_jk."""
    letter = Letter(base, index, upper=upper)
    return Quantity(str(letter), letter, kind, ANYWHERE)


def slope(of: Quantity, wrt: Quantity, kind: Kind = "gradient") -> Quantity:
    """Return ∂of/∂wrt, which lives where wrt lives."""
    return Quantity(derivative_id(of, wrt), Derivative(of.letter, wrt.letter), kind, wrt.place)


W, B = of_any("w", "weight", "jk", "l"), of_any("b", "bias", "j", "l")
W_AFTER = of_any("w", "weight", "kj", "l+1")
Z, Z_LAST, Z_OTHER = (of_any("z", "sum", index, upper) for index, upper in (("j", "l"), ("j", "L"), ("k", "L")))
A, A_BEFORE = (of_any("a", "hidden", index, upper) for index, upper in (("j", "l"), ("k", "l−1")))
A_LAST, A_OTHER = (of_any("a", "prediction", index, "L") for index in "jk")
DELTA, DELTA_AFTER, DELTA_LAST = (
    of_any("δ", "gradient", index, upper) for index, upper in (("j", "l"), ("k", "l+1"), ("j", "L"))
)
X, W_FIRST = of_any("x", "input", "k", ""), of_any("w", "weight", "jk", "1")
DELTA_FIRST = of_any("δ", "gradient", "j", "1")
F, F_LAST = (of_any("f", "factor", "", upper) for upper in ("l", "L"))
Y = of_any("y", "target", "j", "")
G = of_any("g", "target", "j", "")  # where ∂E/∂ŷ is given


@dataclass(frozen=True, slots=True)
class Melting:
    """∂E/∂a of the last layer, the slope of its activation, and their product δ, which is less than both.

    As expressions of one output and its target: the slope of the loss, f′, their product, and what is left.
    """

    loss_slope: Expression
    own_slope: Expression
    multiplied: Expression
    left: Expression


def melting(plan: Plan, output: Quantity, target: Quantity) -> Melting | None:
    """Return what becomes of the first two equations where the loss is made for the last activation, else None."""
    loss = plan.shape.rule
    if loss.in_outputs is None or loss.in_outputs.as_fraction is None or loss.last_activation is None:
        return None
    a, y = Ref(output), Ref(target)

    def of_samples(expression: Expression) -> Expression:
        return divided(expression, loss.divisor(plan.shape.sizes[-1], plan.n_samples))

    own = ACTIVATIONS[loss.last_activation].slope_written(a, a)
    fraction = loss.in_outputs.as_fraction(a, y)
    return Melting(
        of_samples(fraction),
        own,
        of_samples(product(fraction, own)),
        of_samples(loss.term_slope(a, y)),
    )


def loss_in_outputs(plan: Plan) -> tuple[Expression, tuple[Expression, ...]]:
    """Return one output's part of E, and its slope in one or two forms, of the last layer's a and its target."""
    loss, output = plan.shape.rule, Ref(A_LAST)
    target = Ref(G if loss.is_given else Y)
    if loss.in_outputs is not None:
        forms = filter(None, (loss.in_outputs.slope, loss.in_outputs.as_fraction))
        return loss.in_outputs.term(output, target), tuple(form(output, target) for form in forms)
    term = loss.term(output, target)
    return term if loss.factor is None else product(loss.factor, term), (loss.term_slope(output, target),)


# What a step is an instance of


@dataclass(frozen=True, slots=True)
class Instance:
    """What a step is: these equations, with these indices ("l = 2, j = 1, k = 3")."""

    equations: tuple[str, ...] = ()
    indices: str = ""


@lru_cache(maxsize=16)
def instances(plan: Plan) -> tuple[Instance, ...]:
    """Return what each step is an instance of, by cursor; at the start it is none."""
    owners = _owners(plan)
    return (Instance(), *(_instance(plan, [owners[rule.quantity.id] for rule in plan.rules[p]]) for p in plan.pauses))


def _owners(plan: Plan) -> dict[str, StagedRule]:
    """Return by a quantity's id the rule that it belongs to: a product or a factor to that of what it is a part of."""
    found: dict[str, StagedRule] = {}
    owner = plan.rules[-1]
    for rule in reversed(plan.rules):
        owner = owner if rule.quantity.kind in PARTS else rule
        found[rule.quantity.id] = owner
    return found


def _instance(plan: Plan, rules: list[StagedRule]) -> Instance:
    equations = dict.fromkeys(key for rule in rules for key in _equations(plan, rule))
    return Instance(tuple(equations), ", ".join(f"{letter} = {number}" for letter, number in _indices(rules)))


ALONE = {"loss": "E", "inputs": INPUTS, "rate": "rate"}  # stages that are of one equation


def _equations(plan: Plan, rule: StagedRule) -> tuple[str, ...]:
    """Return the equations that a rule is an instance of: without an activation, a is z, and its slope is δ."""
    quantity, of, layer = rule.quantity, rule.quantity.with_respect_to, rule.stage.layer
    match rule.stage.kind:
        case "forward" if quantity.kind != "sum":
            q = plan.quantities
            if layer == len(plan.shape.activations) and plan.shape.activation(layer).of_layer:
                return (SHARE,)
            return ("z", "a") if q.sums[layer] == q.neurons[layer] else ("a",)
        case "forward":
            return ("z",)
        case "loss" | "inputs" | "rate":
            return (ALONE[rule.stage.kind],)
        case "delta" if layer < len(plan.shape.activations):
            return ("3",)
        case "delta" if plan.shape.rule.of_sum:
            return ("1", "2", MELTED)
        case "delta":
            is_whole = of in plan.quantities.sums[-1]
            return ("1", "2") if is_whole and of in plan.quantities.neurons[-1] else ("2",) if is_whole else ("1",)
        case "gradients":
            return ("5",) if quantity.place.part == "bias" else ("4",)
    return ("6b",) if quantity.place.part == "bias" else ("6w",)


def _indices(rules: list[StagedRule]) -> Iterator[tuple[str, int]]:
    """Yield the layer l that a step is about, the neuron j in it, and k in the layer before, as far as it is one."""
    places = [rule.quantity.place for rule in rules if rule.stage.kind not in ("loss", "rate")]
    units = [("l", [p.layer for p in places]), ("j", [p.unit + 1 for p in places])]
    if all(place.part == "weight" for place in places):
        units.append(("k", [p.source + 1 for p in places]))
    for letter, numbers in units:
        if len(set(numbers)) == 1:
            yield letter, numbers[0]
