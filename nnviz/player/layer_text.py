"""A layer as links and files have it: 3 leaky_relu 0.1 trained."""

from nnviz.player.parsing import written


def layer_text(neurons: int, activation: str, own_slope: float | None, biases: str) -> str:
    """Return a layer as links and files have it; ``own_slope`` is that of a leaky ReLU, None for the usual one."""
    slope = () if own_slope is None else (written(own_slope),)
    return " ".join((str(neurons), activation, *slope, biases))
