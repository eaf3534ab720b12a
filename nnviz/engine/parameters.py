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


def parameter_at(network: Network, place: Place) -> float:
    """Return the weight or the bias at a place."""
    _, array, index = where(network.layers[place.layer - 1], place)
    return float(array[index])


def gradient_at(gradients: Gradients, place: Place) -> float:
    """Return ∂E by the weight or the bias at a place, out of the gradients of its network."""
    weights, biases = gradients[place.layer - 1]
    if place.part == "weight":
        return float(weights[place.unit, place.source])
    assert biases is not None
    return float(biases[place.unit])


def moved(network: Network, place: Place, by: float) -> Network:
    """Return the network with one parameter moved.

    Raises ValueError where it is too large to be moved.
    """
    layer = network.layers[place.layer - 1]
    name, array, index = where(layer, place)
    numbers = array.copy()
    numbers[index] += by
    layers = list(network.layers)
    changed: dict[str, Any] = {name: numbers}
    layers[place.layer - 1] = replace(layer, **changed)
    return replace(network, layers=layers)


def number_of_parameters(network: Network) -> int:
    """Return how many weights and biases a network has."""
    return sum(layer.matrix.size + (0 if layer.vector is None else layer.vector.size) for layer in network.layers)
