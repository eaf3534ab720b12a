"""All weights and biases of a network: where they are, what they are, and others in their places."""

from dataclasses import replace

import nnviz
from nnviz.algebra.quantities import Place
from tests.oracles.constraints import At, places_of, places_of_one


def bits(network: nnviz.Network) -> list[list[float]]:
    """Return all weights and biases."""
    arrays = (array for layer in network.layers for array in (layer.matrix, layer.vector))
    return [array.ravel().tolist() for array in arrays if array is not None]


def places(network: nnviz.Network) -> list[Place]:
    """Return where the weights and the biases of a network are, of what is tied the first place."""
    return [_place(at) for at in places_of(network).values() if places_of_one(network, at)[:1] == [at]]


def everywhere(network: nnviz.Network, place: Place) -> list[Place]:
    """Return all places of the weight or bias that is at a place."""
    at = place.layer - 1, place.unit, place.source if place.part == "weight" else None
    return [_place(own) for own in places_of_one(network, at)]


def _place(at: At) -> Place:
    layer, unit, source = at
    return Place("bias", layer + 1, unit) if source is None else Place("weight", layer + 1, unit, source)


def rebuilt(network: nnviz.Network, values: dict[Place, float]) -> nnviz.Network:
    """Return the network with other parameters, written into plain lists."""
    layers = []
    values = {place: value for own, value in values.items() for place in everywhere(network, own)}
    for number, layer in enumerate(network.layers, start=1):
        weights = layer.matrix.tolist()
        biases = None if layer.vector is None else layer.vector.tolist()
        for place, value in values.items():
            if place.layer == number and place.part == "weight":
                weights[place.unit][place.source] = value
            elif place.layer == number and biases is not None:
                biases[place.unit] = value
        layers.append(layer.updated(weights, biases))
    return replace(network, layers=layers)
