"""How many exponentials the sigmoid takes in an iteration, and how many σ′ = σ·(1 − σ) saves: read from the plan."""

from dataclasses import dataclass

from nnviz.algebra.expressions import Call, Ref, product
from nnviz.algebra.quantities import Letter, Place, Quantity, derivative_id
from nnviz.algebra.trace import Step
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.plan import FORWARD, Plan

COUNT, SIGMOID = "count", "sigmoid"
FUNCTION = ACTIVATIONS[SIGMOID].written
SLOPES = Quantity("k", Letter("k"), "factor", Place("slopes"))
SAMPLES = Quantity("N", Letter("N"), "input", Place("samples"))
SAVED = Quantity("s", Letter("s"), "prediction", Place("saved"))


@dataclass(frozen=True, slots=True)
class Exponentials:
    """The exponentials of an iteration.

    ``forward`` is one for each σ(z) of each of the ``samples``; ``slopes`` is how many σ′(z) the backward pass of a
    sample has, each of which takes one more where it is computed from e⁻ᶻ, and none where it is computed from σ.
    """

    forward: int
    slopes: int
    samples: int

    @property
    def saved(self) -> int:
        """How many fewer exponentials the backward pass takes with σ′ = σ·(1 − σ)."""
        return self.slopes * self.samples

    @property
    def step(self) -> Step:
        """The number saved as a line of a worked solution."""
        operands = {SLOPES.id: float(self.slopes), SAMPLES.id: float(self.samples)}
        return Step(COUNT, SAVED, product(Ref(SLOPES), Ref(SAMPLES)), float(self.saved), operands)


ONE_NEURON = Exponentials(forward=1, slopes=1, samples=1)


def exponentials(plan: Plan) -> Exponentials:
    """Return the exponentials of an iteration; σ′ where E is differentiated by z at once is none that is computed."""
    q = plan.quantities
    activated = [
        derivative_id(a, z)
        for sums, neurons, activation in zip(q.sums[1:], q.neurons[1:], plan.shape.activations, strict=True)
        for z, a in zip(sums, neurons, strict=True)
        if activation == SIGMOID
    ]
    forward = [
        rule
        for rule in plan.rules
        if rule.phase == FORWARD and isinstance(rule.expression, Call) and rule.expression.function is FUNCTION
    ]
    slopes = [key for key in activated if key in plan.partials]
    return Exponentials(len(forward) * plan.n_samples, len(slopes), plan.n_samples)
