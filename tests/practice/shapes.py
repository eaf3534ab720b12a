"""Shapes of networks to practise with."""

from nnviz.engine.plan import Shape


def shape(sizes: tuple[int, ...], *activations: str, loss: str = "half_squared_error") -> Shape:
    """Return a shape with trained biases everywhere."""
    every = (True,) * len(activations)
    return Shape(sizes, activations, every, loss)


TWO_TWO_ONE = shape((2, 2, 1), "sigmoid", "sigmoid")
TWO_TWO_TWO = shape((2, 2, 2), "sigmoid", "sigmoid")
TWO_THREE_ONE = shape((2, 3, 1), "tanh", "tanh", loss="mean_squared_error")
THREE_THREE_TWO = shape((3, 3, 2), "tanh", "sigmoid", loss="binary_cross_entropy")
WITH_RELU = shape((2, 2, 1), "relu", "identity")
ALL = (TWO_TWO_ONE, TWO_TWO_TWO, TWO_THREE_ONE, THREE_THREE_TWO, WITH_RELU)

KINDS = {
    "2-2-2 sigmoid": TWO_TWO_TWO,
    "2-2-1 sigmoid": TWO_TWO_ONE,
    "2-2-1 tanh": shape((2, 2, 1), "tanh", "tanh"),
    "2-2-1 ReLU": WITH_RELU,
    "3-3-2 tanh": shape((3, 3, 2), "tanh", "tanh"),
    "3-3-2 cross-entropy": THREE_THREE_TWO,
}
