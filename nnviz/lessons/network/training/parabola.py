"""E of one linear layer is a parabola in what is trained: how low it gets, and how curved it is at most."""

from typing import NamedTuple

import numpy as np

from nnviz.algebra.arrays import Array
from nnviz.algebra.quantities import Place
from nnviz.engine.matrix import loss
from nnviz.engine.parameters import with_parameter
from nnviz.lessons.network.setup import Setup


def is_parabola(setup: Setup) -> bool:
    """Whether E is a parabola in the weights: of one layer without an activation, and a loss that is one in ŷ."""
    shape = setup.shape
    is_linear = len(shape.activations) == 1 and shape.activation(1).is_linear
    return is_linear and shape.rule.curvature is not None


class _Linear(NamedTuple):
    """ŷ of each output for each sample, (n_in + 1, n_out): of the inputs and 1 for the bias, and of what is trained.

    ``chosen`` has a column for each trained parameter, 1 where it is: a row for each output and each of its inputs.
    ``held`` has the numbers of what is not trained there.
    """

    inputs: Array
    chosen: Array
    held: Array
    places: list[Place]


def _linear(setup: Setup) -> _Linear:
    """Return the parts of a network of one linear layer."""
    network, q = setup.network, setup.shape.quantities()
    n_in, n_out = setup.shape.sizes
    inputs = np.column_stack([np.array(setup.training.inputs), np.ones(len(setup.training.inputs))])
    held = np.zeros((n_out, n_in + 1))
    chosen = []
    places = []
    for parameter in (*q.all_weights, *setup.shape.given_biases()):
        where = np.zeros((n_out, n_in + 1))
        for place in q.uses[parameter.place]:
            where[place.unit, place.source if place.part == "weight" else n_in] = 1.0
        if parameter.id in setup.shape.constraints.held:
            held += where * network.at(parameter.place)
        else:
            chosen.append(where.ravel())
            places.append(parameter.place)
    return _Linear(inputs, np.array(chosen).T, held, places)


def lowest_error(setup: Setup) -> float:
    """Return the least E that one linear layer can have, by least squares; 0 where its weights are no floats."""
    linear, network = _linear(setup), setup.network
    across, square = np.linalg.qr(linear.inputs)
    targets = across.T @ (np.array(setup.training.targets) - linear.inputs @ linear.held.T)
    rows = np.kron(np.eye(len(linear.held)), square) @ linear.chosen
    found = np.linalg.lstsq(rows, targets.T.ravel(), rcond=None)[0]
    if not np.isfinite(found).all():
        return 0.0
    for place, value in zip(linear.places, found.tolist(), strict=True):
        network = with_parameter(network, place, value)
    return loss(network, setup.training.inputs, setup.training.targets)


def largest_curvature(setup: Setup, divisor: int) -> float:
    """Return the largest second derivative of ½Σ(ŷ − y)² by what is trained, in any direction, by what E is divided."""
    linear = _linear(setup)
    square = np.linalg.qr(linear.inputs / np.sqrt(divisor), mode="r")
    rows = np.kron(np.eye(len(linear.held)), square) @ linear.chosen
    return float(np.linalg.svd(rows, compute_uv=False)[0] ** 2)
