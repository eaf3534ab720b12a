"""All weights and biases of a network: where they are, what they are, and others in their places."""

from dataclasses import replace

import nnviz
from nnviz.algebra.quantities import Place


def bits(network: nnviz.Network) -> list[list[float]]:
    """Return all weights and biases."""
    arrays = (array for layer in network.layers for array in (layer.matrix, layer.vector))
    return [array.ravel().tolist() for array in arrays if array is not None]


def places(network: nnviz.Network) -> list[Place]:
    """Return where the weights and the biases of a network are."""
    found = []
    for number, layer in enumerate(network.layers, start=1):
        n_out, n_in = layer.matrix.shape
        found += [Place("weight", number, unit, source) for unit in range(n_out) for source in range(n_in)]
        found += [] if layer.vector is None else [Place("bias", number, unit) for unit in range(n_out)]
    return found


def rebuilt(network: nnviz.Network, values: dict[Place, float]) -> nnviz.Network:
    """Return the network with other parameters, written into plain lists."""
    layers = []
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
