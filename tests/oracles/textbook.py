"""A network in the sums of a textbook, number by number: the forward pass, the loss, gradients, and an update."""

import math
from collections.abc import Iterator, Sequence

import nnviz
from tests.oracles.constraints import is_held, places_of, places_of_one, spread
from tests.oracles.functions import DELTAS, KINKED, LOSSES, activation_of, divisor, slope_of, softmax
from tests.problems import Problem

Matrix = list[list[float]]
Parameters = list[tuple[Matrix, list[float] | None]]
Gradients = list[tuple[Matrix, list[float]]]
Passed = list[tuple[list[float], list[float]]]  # z and a, layer by layer


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
        a = softmax(z) if layer.activation == "softmax" else list(map(activation_of(layer), z))
        yield z, a


def error(problem: Problem, parameters: Parameters) -> float:
    """Return E: the sum over the samples and the outputs, divided as the reduction says."""
    errors = []
    for x, targets in zip(problem.inputs, problem.targets, strict=True):
        *_, (z, a) = forward(problem, parameters, x)
        errors += [LOSSES[problem.network.loss](*of_output) for of_output in zip(z, a, targets, strict=True)]
    return math.fsum(errors) / divisor(problem.network, len(problem.inputs))


def near_a_kink(problem: Problem) -> bool:
    """Return whether a small change may take some (leaky) ReLU or ELU, or an absolute error, past 0.

    There its derivative changes at once.
    """
    passes = [list(forward(problem, parameters_of(problem.network), x)) for x in problem.inputs]
    if problem.network.loss == "mean_absolute_error":
        for layers, targets in zip(passes, problem.targets, strict=True):
            if any(abs(a - t) < 1e-3 for a, t in zip(layers[-1][1], targets, strict=True)):
                return True
    return any(
        layer.activation in (*KINKED, "elu") and min(map(abs, z)) < 1e-3
        for layers in passes
        for layer, (z, _) in zip(problem.network.layers, layers, strict=True)
    )


def gradients(problem: Problem, parameters: Parameters, samples: Sequence[int]) -> Gradients:
    """Return ∂E/∂w and ∂E/∂b, layer by layer, of the loss of these samples: by the chain rule, neuron by neuron.

    What is tied has the sum over all its places; what is absent has 0.
    """
    found: Gradients = [([[0.0] * len(row) for row in weights], [0.0] * len(weights)) for weights, _ in parameters]
    divided_by = divisor(problem.network, len(samples))
    for sample in samples:
        x, layers = problem.inputs[sample], list(forward(problem, parameters, problem.inputs[sample]))
        deltas = deltas_of(problem, parameters, layers, problem.targets[sample])
        for number, (by_weights, by_biases) in enumerate(found):
            before = layers[number - 1][1] if number else x
            for unit, delta in enumerate(deltas[number]):
                by_biases[unit] += delta / divided_by
                for source, value in enumerate(before):
                    by_weights[unit][source] += delta * value / divided_by
    return over_ties(problem.network, found)


def over_ties(network: nnviz.Network, gradients: Gradients) -> Gradients:
    """Return gradients in which each place has the sum over all places of what is there."""
    own = {at: gradients[at[0]][1][at[1]] if at[2] is None else gradients[at[0]][0][at[1]][at[2]]
           for at in places_of(network).values()}  # fmt: skip
    for (layer, unit, source), total in spread(network, own).items():
        row, at = (gradients[layer][1], unit) if source is None else (gradients[layer][0][unit], source)
        row[at] = total
    return gradients


def deltas_of(problem: Problem, parameters: Parameters, layers: Passed, targets: Sequence[float]) -> Matrix:
    """Return ∂E/∂z of each neuron for one sample, layer by layer."""
    slopes = [[slope_of(layer)(s) for s in z] for layer, (z, _) in zip(problem.network.layers, layers, strict=True)]
    of_outputs = zip(layers[-1][1], targets, slopes[-1], strict=True)
    found = [[DELTAS[problem.network.loss](*of_output) for of_output in of_outputs]]
    for (weights, _), own in zip(parameters[:0:-1], slopes[-2::-1], strict=True):
        back = [
            math.fsum(d * w for d, w in zip(found[0], column, strict=True)) for column in zip(*weights, strict=True)
        ]
        found.insert(0, [b * slope for b, slope in zip(back, own, strict=True)])
    return found


def updated(problem: Problem, parameters: Parameters, samples: Sequence[int]) -> Parameters:
    """Return the parameters after an iteration with these samples."""

    def free(layer: int, unit: int, source: int | None) -> bool:
        return not is_held(problem.network, (layer, unit, source))

    new: Parameters = []
    steps = zip(problem.network.layers, parameters, gradients(problem, parameters, samples), strict=True)
    for number, (_, (weights, biases), (by_weights, by_biases)) in enumerate(steps):
        moved = [
            moved_by(problem, row, [slope * free(number, unit, source) for source, slope in enumerate(slopes)])
            for unit, (row, slopes) in enumerate(zip(weights, by_weights, strict=True))
        ]
        if biases is None:
            new.append((moved, None))
            continue
        free_slopes = [slope * free(number, unit, None) for unit, slope in enumerate(by_biases)]
        new.append((moved, moved_by(problem, biases, free_slopes)))
    return new


def moved_by(problem: Problem, row: list[float], slopes: list[float]) -> list[float]:
    return [value - problem.learning_rate * slope for value, slope in zip(row, slopes, strict=True)]


def central_differences(problem: Problem, layer: int, unit: int | None, step: float = 1e-5) -> list[float]:
    """Return (E(p + step) − E(p − step))/(2·step) for each weight p of a neuron, or bias of a layer without a unit.

    Layers and units count from 0. What is tied is moved in all places, and what is absent in none.
    """

    def moved(number: int, change: float) -> float:
        parameters = parameters_of(problem.network)
        at = (layer, number, None) if unit is None else (layer, unit, number)
        for own, row, source in places_of_one(problem.network, at):
            weights, biases = parameters[own]
            if source is not None:
                weights[row][source] += change
            elif biases is not None:
                biases[row] += change
        return error(problem, parameters)

    weights, biases = parameters_of(problem.network)[layer]
    length = len(biases or []) if unit is None else len(weights[unit])
    return [(moved(n, step) - moved(n, -step)) / (2 * step) for n in range(length)]
