"""L2 weight decay: each weight is updated by ∂E/∂w + λ·w, as if ½λ·Σw² stood in the loss. Biases do not decay.

E itself has nothing added, so that losses with and without it can be compared.
"""

from nnviz.algebra.expressions import Ref, product, total
from nnviz.algebra.quantities import Letter, Quantity
from nnviz.engine.naming import gradient
from nnviz.engine.optimizers import Rule
from nnviz.engine.settings import NOT_NEGATIVE, setting

WEIGHT_DECAY = setting("weight_decay", "lambda", Letter("λ"), NOT_NEGATIVE)


def decayed(weight: Quantity) -> Quantity:
    """Return the slope that an optimizer is given of a weight that decays."""
    return Quantity(f"g_{weight.id}", Letter("g", of=weight.letter), "decayed-gradient", weight.place)


def decay_rule(weight: Quantity) -> Rule:
    """g = ∂E/∂w + λ·w."""
    return decayed(weight), total(Ref(gradient(weight)), product(Ref(WEIGHT_DECAY.quantity), Ref(weight)))
