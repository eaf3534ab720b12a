"""A network in the sums of a textbook, number by number: the forward pass, the loss, and central differences."""

import math
from collections.abc import Callable, Iterator, Sequence

import nnviz
from tests.oracles.functions import ACTIVATIONS, LOSSES
from tests.problems import Problem

Matrix = list[list[float]]
Parameters = list[tuple[Matrix, list[float] | None]]


def parameters_of(network: nnviz.Network) -> Parameters:
    """Return the weights and biases, layer by layer, as lists."""
    return [
        (layer.matrix.tolist(), None if layer.vector is None else layer.vector.tolist()) for layer in network.layers
    ]


def forward(problem: Problem, parameters: Parameters, x: Sequence[float]) -> Iterator[tuple[list[float], list[float]]]:
    """Yield z and a of each layer, for one sample."""
    a = list(x)
    for layer, (weights, biases) in zip(problem.network.layers, parameters, strict=True):
        z = [sum(w * v for w, v in zip(row, a, strict=True)) for row in weights]
        z = z if biases is None else [s + b for s, b in zip(z, biases, strict=True)]
        a = [ACTIVATIONS[layer.activation](s) for s in z]
        yield z, a


def error(problem: Problem, parameters: Parameters) -> float:
    """Return E: the mean over the samples of the sum over the outputs."""
    errors = []
    for x, targets in zip(problem.inputs, problem.targets, strict=True):
        *_, (z, a) = forward(problem, parameters, x)
        errors += [LOSSES[problem.network.loss](*of_output) for of_output in zip(z, a, targets, strict=True)]
    return math.fsum(errors) / len(problem.inputs)


def near_a_kink(problem: Problem) -> bool:
    """Return whether a small change may take some ReLU past 0, where it has no derivative."""
    passes = (forward(problem, parameters_of(problem.network), x) for x in problem.inputs)
    return any(
        layer.activation == "relu" and min(map(abs, z)) < 1e-3
        for layers in passes
        for layer, (z, _) in zip(problem.network.layers, layers, strict=True)
    )


def central_differences(problem: Problem, row: Callable[[Parameters], list[float]], step: float) -> list[float]:
    """Return (E(p + step) − E(p − step)) / 2·step for each parameter p of the row."""

    def moved(number: int, change: float) -> float:
        parameters = parameters_of(problem.network)
        row(parameters)[number] += change
        return error(problem, parameters)

    length = len(row(parameters_of(problem.network)))
    return [(moved(n, step) - moved(n, -step)) / (2 * step) for n in range(length)]
