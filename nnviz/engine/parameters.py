"""The weights and biases of a network by their places."""

from dataclasses import replace
from typing import Any

from nnviz.algebra.arrays import Array
from nnviz.algebra.quantities import Place
from nnviz.engine.matrix import Gradients
from nnviz.engine.network import Layer, Network

Index = tuple[int, ...]


def where(layer: Layer, place: Place) -> tuple[str, Array, Index]:
    """Return in which part of its layer a weight or a bias is: the part's name, its numbers, and the index there."""
    if place.part == "weight":
        return "weights", layer.matrix, (place.unit, place.source)
    assert layer.vector is not None
    return "biases", layer.vector, (place.unit,)


def gradient_at(gradients: Gradients, place: Place) -> float:
    """Return ∂E by the weight or the bias at a place, out of the gradients of its network."""
    weights, biases = gradients[place.layer - 1]
    if place.part == "weight":
        return float(weights[place.unit, place.source])
    assert biases is not None
    return float(biases[place.unit])


def moved(network: Network, place: Place, by: float) -> Network:
    """Return the network with one parameter moved. Raises ValueError where it is too large to be moved."""
    return with_parameter(network, place, network.at(place) + by)


def with_parameter(network: Network, place: Place, value: float) -> Network:
    """Return the network with another number for a parameter, in all places where it is; ``place`` is any of them.

    Raises ValueError where it is not finite.
    """
    layers, q = list(network.layers), network.shape.quantities()
    for own in q.uses.get(q.owners.get(place, place), (place,)):
        layer = layers[own.layer - 1]
        name, array, index = where(layer, own)
        numbers = array.copy()
        numbers[index] = value
        changed: dict[str, Any] = {name: numbers}
        layers[own.layer - 1] = replace(layer, **changed)
    return replace(network, layers=layers)


def number_of_parameters(network: Network) -> int:
    """Return how many weights and biases a network has; what is tied counts once."""
    return len(network.shape.quantities().all_weights) + len(network.shape.given_biases())
