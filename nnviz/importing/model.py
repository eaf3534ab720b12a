"""What other libraries call a model, as a chain of fully connected layers, and the network that it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnviz.algebra.arrays import Array
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.losses import BATCHMEAN, LOSSES, Reduction
from nnviz.engine.network import Layer, Network, finite_array
from nnviz.importing.losses import loss_for, loss_named
from nnviz.text import say

MOST_PARAMETERS = 1_000_000
IDENTITY, USUAL_HIDDEN = "identity", "relu"
NAMES = {  # of activations elsewhere, in lower case and without underscores
    "linear": IDENTITY,
    "identity": IDENTITY,
    "sigmoid": "sigmoid",
    "logistic": "sigmoid",
    "tanh": "tanh",
    "relu": USUAL_HIDDEN,
    "softmax": "softmax",
    "logsoftmax": "softmax",
    "leakyrelu": "leaky_relu",
    "softplus": "softplus",
    "gelu": "gelu",
    "elu": "elu",
}


class UnknownLayerError(ValueError):
    """A part of a model cannot be shown; the words say which one, and what can."""

    def __init__(self, where: str, given: object) -> None:
        what = where if f"({given})" in where else f"{where}: {given}"
        super().__init__(say("import.layer", what=what, shown=", ".join(ACTIVATIONS)))


@dataclass(frozen=True, eq=False)
class Dense:
    """A fully connected layer: weights of shape (n_out, n_in), biases (n_out,) or None, and the activation behind it.

    ``where`` is what it is called where it comes from. The activation is None where that does not say. A leaky ReLU has
    a ``negative_slope``.
    """

    where: str
    weights: Array
    biases: Array | None = None
    activation: str | None = None
    negative_slope: float | None = None

    @property
    def layer(self) -> Layer:
        """The layer. Raises ValueError where the biases do not fit."""
        more: dict[str, Any] = {} if self.negative_slope is None else {"negative_slope": self.negative_slope}
        try:
            return Layer(self.weights, self.biases, self.activation or IDENTITY, **more)
        except ValueError as problem:
            raise ValueError(say("import.wrong", where=self.where, problem=problem)) from problem


@dataclass(frozen=True)
class Model:
    """Layers from the inputs to the outputs, and the loss with its reduction, None where nothing says which.

    Raises ValueError where they do not fit each other, or there are more than MOST_PARAMETERS weights.
    """

    layers: tuple[Dense, ...]
    loss: str | None = None
    reduction: Reduction = BATCHMEAN

    def __post_init__(self) -> None:
        if sum(layer.weights.size for layer in self.layers) > MOST_PARAMETERS:
            raise ValueError(say("import.large", most=MOST_PARAMETERS))
        for before, layer in pairwise(self.layers):
            n_out = before.weights.shape[0]
            if layer.weights.shape[1] != n_out:
                facts = {"where": layer.where, "before": before.where, "given": layer.weights.shape}
                raise ValueError(say("import.chain", expected=n_out, **facts))

    @property
    def says_activations(self) -> bool:
        """Whether it is known what stands behind each layer."""
        return all(layer.activation is not None for layer in self.layers)

    def with_activations(self, names: Sequence[str]) -> "Model":
        """Return the model with activations, one for each layer. Raises ValueError where they are not as many."""
        if isinstance(names, str) or len(names) != len(self.layers):
            raise ValueError(say("import.activations", count=len(self.layers), given=names))
        return replace(
            self, layers=tuple(replace(layer, activation=name) for layer, name in zip(self.layers, names, strict=True))
        )

    def guessed(self) -> "Model":
        """Return the model with usual activations where it does not say them: ReLU, and behind the last layer none."""
        usual = [*[USUAL_HIDDEN] * (len(self.layers) - 1), IDENTITY]
        return self.with_activations([layer.activation or name for layer, name in zip(self.layers, usual, strict=True)])

    def with_loss(self, name: str, *, is_sum: bool = False, of_logits: bool = False) -> "Model":
        """Return the model with a loss that has its name here or elsewhere; elsewhere it may be a sum over all.

        One ``of_logits`` puts its activation behind the last layer. Raises ValueError where there is no such loss, or
        an activation is there already.
        """
        loss, reduction = loss_named(name, self.n_outputs, is_sum=is_sum)
        needed = LOSSES[loss].last_activation
        if not of_logits or needed is None or not self.layers:
            return replace(self, loss=loss, reduction=reduction)
        *others, last = self.layers
        if last.activation not in (None, IDENTITY):
            raise ValueError(say("import.logits", where=last.where, given=last.activation))
        return Model((*others, replace(last, activation=needed)), loss, reduction)

    @property
    def n_outputs(self) -> int:
        """The number of outputs, 1 where there is no layer."""
        return len(self.layers[-1].weights) if self.layers else 1

    @property
    def network(self) -> Network:
        """The network. Raises ValueError where there is no layer, or the loss does not fit the last one."""
        if not self.layers:
            raise ValueError(say("import.empty"))
        loss = self.loss or loss_for(self.layers[-1].activation or IDENTITY)
        return Network([layer.layer for layer in self.layers], loss, self.reduction)


class Chain:
    """A model that is put together, part by part; a part that cannot be shown raises UnknownLayerError."""

    def __init__(self) -> None:
        self._layers: list[Dense] = []

    def dense(self, where: str, weights: ArrayLike, biases: ArrayLike | None) -> None:
        """Add a fully connected layer, with weights of shape (n_out, n_in). Raises ValueError where they are none."""
        matrix = checked(where, weights, 2)
        vector = None if biases is None else checked(where, biases, 1)
        if self._layers and self._layers[-1].activation is None:
            self._layers[-1] = replace(self._layers[-1], activation=IDENTITY)
        self._layers.append(Dense(where, matrix, vector))

    def activation(self, where: str, name: str, negative_slope: float | None = None) -> None:
        """Put an activation, by its name elsewhere, behind the layer that was added last."""
        key = activation_of(where, name)
        if key == IDENTITY:
            return
        if not self._layers or self._layers[-1].activation not in (None, IDENTITY):
            raise ValueError(say("import.activation_alone", where=where, given=name))
        self._layers[-1] = replace(self._layers[-1], activation=key, negative_slope=negative_slope)

    def model(self, loss: str | None = None) -> Model:
        """Return the model, with nothing behind its last layer where nothing was put there."""
        return Model(tuple(replace(layer, activation=layer.activation or IDENTITY) for layer in self._layers), loss)

    @property
    def last(self) -> Dense | None:
        """The layer that was added last, if there is any."""
        return self._layers[-1] if self._layers else None


def activation_of(where: str, name: object) -> str:
    """Return the name here of an activation that has a name elsewhere. Raises UnknownLayerError for one not shown."""
    key = NAMES.get(str(name).lower().replace("_", ""), "")
    if key not in ACTIVATIONS:
        raise UnknownLayerError(where, name)
    return key


def checked(where: str, given: ArrayLike, n_dimensions: int) -> Array:
    """Return numbers as float64. Raises ValueError, with the place, where they are no such array of finite numbers."""
    return finite_array(numbers(given), n_dimensions, where)


def numbers(given: Any) -> Any:
    """Return an array as it is, or a tensor of PyTorch, of whatever precision, as one."""
    return np.asarray(given.detach().cpu().double()) if hasattr(given, "detach") else given


def names_of(thing: object) -> Iterator[str]:
    """Yield the names of a thing's class and of those that it is made from."""
    return (kind.__name__ for kind in type(thing).__mro__)
