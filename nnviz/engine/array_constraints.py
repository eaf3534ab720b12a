"""Constraints on matrices of weights and biases: what is held has no slope, and what is tied has one sum for all."""

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import groupby
from operator import add

import numpy as np

from nnviz.algebra.arrays import Array
from nnviz.algebra.quantities import Place
from nnviz.engine.constraints import places_of
from nnviz.engine.network import Network
from nnviz.engine.plan import Shape

Pair = tuple[Array, Array | None]
Of = tuple[Array, Array, Array | None]  # δ of a layer, what comes in, and what is taken for that, (units, n_samples)
ZERO = np.zeros(())


class ArrayConstraints:
    """What the constraints of a network do to its matrices; ``held`` are the names of what has no slope.

    Nothing that it computes is anything but a universal function, so a tape can record it.
    """

    def __init__(self, shape: Shape, held: frozenset[str]) -> None:
        self._shape = shape
        places = places_of(shape.sizes, shape.has_biases)
        self._ties = [[places[name] for name in tie] for tie in shape.constraints.tied if tie[0] not in held]
        self._held = [places[name] for name in held]
        self._without = [*self._held, *(place for tie in self._ties for place in tie[1:])]

    def slopes(self, layer: int, pair: Pair, layers: dict[int, Of]) -> Pair:
        """Return ∂E/∂W and ∂E/∂b of a layer, counted from 1: 0 where they are held, and at all places of a tie but one.

        The first place of a tie has the sum, of the layers from its own on, which ``layers`` has by their number.
        """
        without = [place for place in self._without if place.layer == layer]
        ties = [tie for tie in self._ties if tie[0].layer == layer]
        if not (without or ties):
            return pair
        weights, biases = pair
        n_in, n_out = self._shape.sizes[layer - 1], self._shape.sizes[layer]
        found = weights * np.ones((n_out, n_in)), None if biases is None else np.positive(biases)
        for place in without:
            np.positive(ZERO, out=_at(found, place))
        for tie in ties:
            terms = [_term(list(own), layers) for _, own in groupby(tie, key=lambda place: (place.layer, place.unit))]
            total, end = reduce(add, terms), _at(found, tie[0])
            np.positive(np.add.reduce(total) if total.size > 1 else total, out=end)
        return found

    def hold(self, layers: Sequence[Pair], numbers: Mapping[Place, Array]) -> None:
        """Give what is held these numbers again, where there are such weights and biases, or 0."""
        for place in self._held:
            if place.part == "weight" or layers[place.layer - 1][1] is not None:
                np.positive(numbers.get(place, ZERO), out=_at(layers[place.layer - 1], place))

    def spread(self, layers: Sequence[Pair]) -> None:
        """Give all places of each tie the number of the first, in the weights and biases of all layers."""
        for first, *others in self._ties:
            for place in others:
                np.positive(_at(layers[first.layer - 1], first), out=_at(layers[place.layer - 1], place))


def held_numbers(network: Network) -> dict[Place, Array]:
    """Return the numbers of what is held in a network, by place."""
    places = places_of(network.sizes, network.shape.has_biases)
    return {places[name]: np.array(network.at(places[name])) for name in network.constraints.held}


def _at(pair: Pair, place: Place) -> Array:
    """Return the view of one number."""
    weights, biases = pair
    if place.part == "weight":
        return np.asanyarray(weights[place.unit, place.source : place.source + 1])
    assert biases is not None
    return np.asanyarray(biases[place.unit])


def _term(places: Sequence[Place], layers: dict[int, Of]) -> Array:
    """Return ∂E/∂z·∂z/∂parameter of one neuron for each sample; its links of one tie have the sum of their inputs."""
    (delta, inputs, instead), unit = layers[places[0].layer], places[0].unit
    if places[0].part == "bias":
        return np.asanyarray(delta[unit])
    rows = [inputs[place.source] if instead is None else instead[unit] for place in places]
    return np.asanyarray(delta[unit] * reduce(add, rows))
