"""A spot in an iteration: a rule, what there is around it, and what a student may have done there instead.

A *variant* is a function of a spot and its expression, as a student would write it or as another variant has left it.
It returns another expression, or None where the rule is none that it varies.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from nnviz.algebra.expressions import Call, Expression, Num, Ref
from nnviz.algebra.quantities import Quantity
from nnviz.algebra.rewriting import partials
from nnviz.engine import losses
from nnviz.engine.activations import Activation
from nnviz.engine.losses import Loss
from nnviz.engine.naming import Quantities, gradient
from nnviz.engine.plan import CHECK, UPDATE, Plan, StagedRule

Role = Literal[
    "sum", "activation", "loss", "given-loss", "output-slope", "given-slope", "sum-slope", "neuron-slope",
    "weight-slope", "bias-slope", "update", "step", "decayed", "kept",
]  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """A rule of a plan, and what there is around it."""

    plan: Plan
    rule: StagedRule

    @cached_property
    def q(self) -> Quantities:
        """The quantities of the rule's pass: those after the update in the check."""
        q = self.plan.quantities
        return q.after_update(frozenset(self.plan.trained)) if self.rule.phase == CHECK else q

    @cached_property
    def of(self) -> Quantity:
        """What the rule is about: of a gradient or a new value, the quantity whose that is."""
        quantity = self.rule.quantity
        return quantity.with_respect_to or (quantity.before if self.rule.phase == UPDATE else None) or quantity

    @property
    def layer(self) -> int:
        return self.of.place.layer

    @property
    def unit(self) -> int:
        return self.of.place.unit

    @property
    def source(self) -> int:
        return self.of.place.source

    @property
    def activation(self) -> Activation:
        """The activation of the layer that the rule is of."""
        return self.plan.shape.activation(self.layer)

    @property
    def loss(self) -> Loss:
        return self.plan.shape.rule

    @property
    def half(self) -> Num | None:
        """The ½ before the squares of E, where there is one."""
        return losses.HALF if self.loss.factor == losses.HALF else None

    @property
    def is_last(self) -> bool:
        """Whether the layer is the output's."""
        return self.layer == len(self.q.neurons) - 1

    @cached_property
    def role(self) -> Role:
        """What kind of rule it is; another method than gradient descent has a step of its own, and what leads to it."""
        rule, kind = self.rule, self.of.kind
        if rule.phase == UPDATE and self.plan.method.is_plain:
            return "update"
        if rule.phase == UPDATE:
            if kind in ("weight", "bias"):
                return "step"
            return "decayed" if kind == "decayed-gradient" else "kept"
        if rule.quantity.kind != "gradient":
            if kind == "loss":
                return "given-loss" if self.loss.is_given else "loss"
            is_called = isinstance(rule.expression, Call) or self.activation.of_layer is not None
            return "activation" if is_called and kind != "sum" else "sum"
        if kind in ("weight", "bias"):
            return "weight-slope" if kind == "weight" else "bias-slope"
        if rule.stage.kind == "delta" and self.is_last and not any(partials(shortest(rule))):
            return "given-slope" if self.loss.is_given else "output-slope"
        return "sum-slope" if kind == "sum" else "neuron-slope"

    @cached_property
    def is_square(self) -> bool:
        """Whether the layer has as many neurons as inputs, and more than one."""
        return len(self.q.neurons[self.weights_layer]) == len(self.q.neurons[self.weights_layer - 1]) > 1

    @property
    def weights_layer(self) -> int:
        """The layer whose weights the rule has: of the way back to a neuron, the one behind it."""
        return self.layer + 1 if self.role == "neuron-slope" else self.layer

    def delta(self, layer: int, unit: int) -> Ref:
        """Return ∂E/∂z of a neuron."""
        return Ref(gradient(self.q.sums[layer][unit]))


Variant = Callable[[Spot, Expression], Expression | None]


def shortest(rule: StagedRule) -> Expression:
    """Return a rule's expression in the fewest factors, as a student writes it."""
    return rule.expression if rule.short is None else rule.short


def in_role(*roles: Role) -> Callable[[Variant], Variant]:
    """Return a decorator that lets a variant be asked in these roles alone."""

    def decorate(variant: Variant) -> Variant:
        def asked(spot: Spot, expression: Expression) -> Expression | None:
            return variant(spot, expression) if spot.role in roles else None

        return asked

    return decorate
