"""A fully connected network: frozen layers of weights, biases and an activation, and a loss beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import nan
from numbers import Real
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.algebra.arrays import Array
from nnviz.algebra.quantities import Place
from nnviz.engine.activations import ACTIVATIONS, BY_RULE, LAST_ONLY, LEAKY, USUAL_LEAK, Activation, activation_of
from nnviz.engine.constraints import Constraints, constrained, places_of
from nnviz.engine.losses import BATCHMEAN, LOSSES, REDUCTIONS, Loss, Reduction, loss_of
from nnviz.engine.plan import Shape
from nnviz.text import say

SHARES_OFF = 1e-9

PERCEPTRONS_LOSS = "half_squared_error"


@dataclass(frozen=True, eq=False, repr=False)
class Layer:
    """Weights of shape (n_out, n_in), biases (n_out,) or None, and an activation's name.

    A row of ``weights`` belongs to a neuron, and has a number for each of its inputs. A square matrix that is given
    transposed looks like any other, so it is taken as it is. With ``biases_fixed`` all of the layer's biases are among
    what is ``fixed`` in its network. A leaky ReLU has a ``negative_slope`` from 0 to 1, by which it multiplies
    what is below 0; 0.01 where none is given. Raises ValueError where the shapes do not fit, a number is not finite,
    the activation is unknown, or it has no such slope.
    """

    weights: ArrayLike
    biases: ArrayLike | None = None
    activation: str = "identity"
    biases_fixed: bool = False
    negative_slope: float | None = None

    def __post_init__(self) -> None:
        weights = finite_array(self.weights, 2, "weights")
        object.__setattr__(self, "weights", weights)
        if self.biases is not None:
            biases = finite_array(self.biases, 1, "biases")
            if len(biases) != len(weights):
                raise ValueError(say("error.biases", expected=len(weights), given=len(biases)))
            object.__setattr__(self, "biases", biases)
        if not isinstance(self.activation, str) or self.activation not in ACTIVATIONS:
            raise ValueError(say("error.activation", given=self.activation, allowed=", ".join(ACTIVATIONS)))
        if not isinstance(self.biases_fixed, bool):
            raise TypeError(say("error.switch", name="biases_fixed", given=self.biases_fixed))
        object.__setattr__(self, "negative_slope", _checked_slope(self.activation, self.negative_slope))

    def __repr__(self) -> str:
        n_out, n_in = self.matrix.shape
        facts = {"n_in": n_in, "n_out": n_out, "activation": self.activation_text}
        return say(f"repr.layer.{self.kind_of_biases}", **facts)

    def __reduce__(self) -> tuple[type["Layer"], tuple[object, ...]]:
        return Layer, (self.weights, self.biases, self.activation, self.biases_fixed, self.negative_slope)

    @property
    def matrix(self) -> Array:
        """The weights, (n_out, n_in)."""
        return cast(Array, self.weights)

    @property
    def vector(self) -> Array | None:
        """The biases, (n_out,), or None."""
        return cast(Array | None, self.biases)

    @property
    def rule(self) -> Activation:
        """The activation itself."""
        return activation_of(self.activation, self.negative_slope)

    @property
    def activation_text(self) -> str:
        """The activation’s name, and its slope below 0 where it is not the usual one."""
        if self.negative_slope in (None, USUAL_LEAK):
            return self.activation
        return f"{self.activation} {self.negative_slope}"

    @property
    def kind_of_biases(self) -> str:
        """What the biases are: "none", "fixed" or "trained"."""
        return "none" if self.biases is None else "fixed" if self.biases_fixed else "trained"

    def updated(self, weights: ArrayLike, biases: ArrayLike | None) -> "Layer":
        """Return the same layer with other weights and biases."""
        return Layer(weights, biases, self.activation, self.biases_fixed, self.negative_slope)


@dataclass(frozen=True, eq=False, repr=False)
class Network:
    """Layers from the inputs to the outputs, and the name of the loss.

    ``reduction`` says how E is put together: "batchmean", the sum over the outputs and the mean over the samples;
    "mean" over both; or "sum". With the loss "upstream_gradient" there is none: the targets are ∂E/∂ŷ itself, given
    from elsewhere. Weights and biases have numbered names, layer by layer, neuron by neuron, input by
    input: w1, w2, …, and b1, b2, … of neurons, whether or not their layer has biases. ``fixed`` ones keep their value
    in the update. ``absent`` weights are links that are not there; in ``layers`` they become 0. ``tied`` are rows of
    names of one and the same quantity, such as ("b1", "b2"), which has the name of the first; its gradient is the sum
    over all places. A tie of which a name is fixed is fixed.
    Raises TypeError where ``layers`` is no list of layers or a name is no text, and ValueError where there is no
    layer, one does not fit the one before, the loss or the reduction is unknown, the last activation is not the one
    that the loss is made for, or softmax has another loss, another place than the last, or a single output; where a
    name is unknown, in two ties, or absent beside something else; where a tie has but one name, weights beside biases,
    or numbers that differ; where a neuron or an input would be left without a link, or nothing would be trained.
    """

    layers: Sequence[Layer]
    loss: str = "half_squared_error"
    reduction: Reduction = BATCHMEAN
    fixed: Sequence[str] = ()
    absent: Sequence[str] = ()
    tied: Sequence[Sequence[str]] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.layers, Iterable) or isinstance(self.layers, str):
            raise TypeError(say("error.layers_type", given=_type_name(self.layers)))
        object.__setattr__(self, "layers", tuple(self.layers))
        for number, layer in enumerate(self.layers, start=1):
            if not isinstance(layer, Layer):
                raise TypeError(say("error.layer_type", number=number, given=_type_name(layer)))
        if not self.layers:
            raise ValueError(say("error.no_layers"))
        for number, (before, layer) in enumerate(zip(self.layers, self.layers[1:], strict=False), start=2):
            n_in, n_out = layer.matrix.shape[1], before.matrix.shape[0]
            if n_in != n_out:
                raise ValueError(say("error.layers", number=number, before=number - 1, expected=n_out, given=n_in))
        if not isinstance(self.loss, str) or self.loss not in LOSSES:
            raise ValueError(say("error.loss", given=self.loss, allowed=", ".join(LOSSES)))
        if not isinstance(self.reduction, str) or self.reduction not in REDUCTIONS:
            raise ValueError(say("error.reduction", given=self.reduction, allowed=", ".join(REDUCTIONS)))
        self._constrain()
        check_ends(self.shape)

    def _constrain(self) -> None:
        """Put the names in order, those of fixed layers among them, and make 0 of weights that are absent."""
        are_fixed = [layer.biases_fixed for layer in self.layers]
        if (self.fixed, self.absent, self.tied) == ((), (), ()) and not any(are_fixed):
            return
        places = places_of(self.sizes, tuple(layer.biases is not None for layer in self.layers))
        found = constrained(self.fixed, self.absent, self.tied, places, are_fixed)
        for name in ("fixed", "absent", "tied"):
            object.__setattr__(self, name, getattr(found, name))
        layers = list(self.layers)
        for place in map(places.__getitem__, found.absent):
            matrix = layers[place.layer - 1].matrix.copy()
            matrix[place.unit, place.source] = 0.0
            layers[place.layer - 1] = replace(layers[place.layer - 1], weights=matrix)
        for at, layer in enumerate(layers):
            own = {name for name, place in places.items() if place.part == "bias" and place.layer == at + 1}
            layers[at] = replace(layer, biases_fixed=bool(own) and own.issubset(found.fixed))
        object.__setattr__(self, "layers", tuple(layers))
        for first, *others in found.tied:
            for name in others:
                values = {"first": self.at(places[first]), "other": self.at(places[name])}
                if values["first"] != values["other"]:
                    raise ValueError(say("error.constraint.tied_values", name=name, tied_to=first, **values))

    def at(self, place: Place) -> float:
        """Return the weight or the bias at a place."""
        layer = self.layers[place.layer - 1]
        if place.part == "weight":
            return float(layer.matrix[place.unit, place.source])
        assert layer.vector is not None
        return float(layer.vector[place.unit])

    def __repr__(self) -> str:
        activations = ", ".join(layer.activation_text for layer in self.layers)
        loss = self.loss if self.reduction == BATCHMEAN else f"{self.loss}, {self.reduction}"
        return say("repr.network", sizes="-".join(map(str, self.sizes)), activations=activations, loss=loss)

    @property
    def rule(self) -> Loss:
        """The loss itself."""
        return loss_of(self.loss, self.reduction)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """The number of inputs, then of each layer's neurons."""
        return (self.layers[0].matrix.shape[1], *(layer.matrix.shape[0] for layer in self.layers))

    @cached_property
    def shape(self) -> Shape:
        """All but the numbers."""
        return Shape(
            sizes=self.sizes,
            activations=tuple(layer.activation for layer in self.layers),
            has_biases=tuple(layer.biases is not None for layer in self.layers),
            loss=self.loss,
            negative_slopes=tuple(layer.negative_slope for layer in self.layers),
            reduction=self.reduction,
            constraints=self.constraints,
        )

    @property
    def constraints(self) -> Constraints:
        """What of its weights and biases is not free."""
        return Constraints(tuple(self.fixed), tuple(self.absent), tuple(map(tuple, self.tied)))


def check_ends(shape: Shape) -> None:
    """Raise ValueError where the loss is made for another last activation, or softmax or a step cannot be there."""
    needed, last = LOSSES[shape.loss].last_activation, shape.activations[-1]
    if needed not in (None, last):
        facts = {"number": len(shape.activations), "given": last}
        raise ValueError(say("error.last_activation", loss=shape.loss, needed=needed, **facts))
    for number, name in enumerate(shape.activations, start=1):
        if name in LAST_ONLY and (number < len(shape.activations) or needed != name):
            allowed = next(loss for loss, rule in LOSSES.items() if rule.last_activation == name)
            raise ValueError(say("error.last_only", activation=name, number=number, loss=allowed))
    if BY_RULE.intersection(shape.activations) and not is_perceptron(shape):
        raise ValueError(say("error.perceptron"))
    if last in LAST_ONLY and shape.sizes[-1] == 1:
        raise ValueError(say("error.one_share", activation=last))


def unpaired(loss: str, last: str) -> str | None:
    """Return the last activation that is made for one loss alone, where it and another one stand together, else None.

    It is the one that the loss needs, or the last one, which needs another loss.
    """
    needed = LOSSES[loss].last_activation
    return None if needed == last or (needed is None and last not in LAST_ONLY) else needed or last


def is_perceptron(shape: Shape) -> bool:
    """Whether the perceptron’s rule trains it: one layer of steps, with the loss whose slope is ŷ − y."""
    return len(shape.activations) == 1 and shape.activations[0] in BY_RULE and shape.loss == PERCEPTRONS_LOSS


def _checked_slope(activation: str, given: float | None) -> float | None:
    """Return the slope of a leaky ReLU below 0, and None of any other activation."""
    if given is None:
        return USUAL_LEAK if activation == LEAKY else None
    if activation != LEAKY:
        raise ValueError(say("error.negative_slope.none", activation=activation))
    if isinstance(given, bool) or not isinstance(given, Real) or not 0 <= given <= 1:
        raise ValueError(say("error.negative_slope", given=given))
    return float(given)


def finite_array(given: ArrayLike, n_dimensions: int, name: str) -> Array:
    """Return a read-only float64 copy.

    Raises ValueError where it is not a table of finite numbers of so many dimensions, or empty.
    """
    try:
        array = np.array(_of_numbers(np.asarray(given)), dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(say("error.numbers", name=name)) from error
    if array.ndim != n_dimensions or array.size == 0:
        raise ValueError(say("error.dimensions", name=name, expected=n_dimensions, given=array.shape))
    if not np.all(np.isfinite(array)):
        raise ValueError(say("error.finite", name=name))
    array.setflags(write=False)
    return array


def checked_samples(network: Network, inputs: ArrayLike, targets: ArrayLike) -> tuple[Array, Array]:
    """Return the samples as arrays (n_samples, n_in) and (n_samples, n_out).

    Where the loss is of classes, the targets may be their numbers, (n_samples,), counted from 0. Raises ValueError
    where they do not fit the network, each other, or the loss.
    """
    x = checked_inputs(network, inputs)
    if network.rule.of_shares and np.ndim(targets) == 1:
        targets = one_hot(targets, network.sizes[-1])
    y = finite_array(targets, 2, "targets")
    if y.shape != (len(x), network.sizes[-1]):
        raise ValueError(say("error.targets", expected=(len(x), network.sizes[-1]), given=y.shape))
    if network.rule.of_probabilities and not np.all((y >= 0) & (y <= 1)):
        raise ValueError(say("error.target_range", loss=network.loss))
    if network.rule.of_shares and not np.all(are_shares(y)):
        raise ValueError(say("error.target_shares", loss=network.loss))
    return x, y


def one_hot(classes: ArrayLike, n_classes: int) -> Array:
    """Return of classes, counted from 0, (n_samples,), a row each with 1 at the class and 0 elsewhere.

    Raises ValueError where one is no whole number below ``n_classes``.
    """
    numbers = finite_array(classes, 1, "targets")
    if not np.all((numbers >= 0) & (numbers < n_classes) & (numbers == np.floor(numbers))):
        raise ValueError(say("error.classes", largest=n_classes - 1))
    return np.asarray(np.eye(n_classes)[numbers.astype(np.intp)])


def are_shares(targets: Array) -> NDArray[np.bool_]:
    """Return of each row of targets from 0 to 1 whether they add up to 1, as far as rounded numbers can."""
    return np.asarray(np.abs(targets.sum(axis=1) - 1.0) <= SHARES_OFF)


def checked_inputs(network: Network, inputs: ArrayLike) -> Array:
    """Return the inputs as an array (n_samples, n_in).

    Raises ValueError where they do not fit the network, and TypeError where it is none.
    """
    if not isinstance(network, Network):
        raise TypeError(say("error.network_type", given=_type_name(network)))
    x = finite_array(inputs, 2, "inputs")
    if x.shape[1] != network.sizes[0]:
        raise ValueError(say("error.inputs", expected=network.sizes[0], given=x.shape[1]))
    return x


def checked_rate(learning_rate: float) -> float:
    """Return the learning rate as a float.

    Raises ValueError where it is not a finite number above 0; text is none, nor is a list of one number.
    """
    try:
        rate = nan if isinstance(learning_rate, str | bytes | bool) or np.ndim(learning_rate) else float(learning_rate)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(say("error.rate", given=learning_rate)) from error
    if not 0.0 < rate < float("inf"):
        raise ValueError(say("error.rate", given=learning_rate))
    return rate


def _type_name(given: object) -> str:
    return type(given).__name__


def _of_numbers(array: NDArray[Any]) -> NDArray[Any]:
    """Return the array. Raises TypeError where it has text or complex numbers, which NumPy would make floats of."""
    kind = array.dtype.kind
    if kind not in "biufO" or (kind == "O" and any(isinstance(one, str) for one in array.flat)):
        raise TypeError(array.dtype)
    return array
