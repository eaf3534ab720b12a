"""What the activation of a layer is called."""

from nnviz.algebra.rounding import exactly
from nnviz.text import say


def activation_name(name: str, negative_slope: float | None = None) -> str:
    """Return what an activation is called, the leaky ReLU with its slope below 0."""
    called = say(f"activation.{name}")
    return called if negative_slope is None else say("activation.sloping", name=called, slope=exactly(negative_slope))
