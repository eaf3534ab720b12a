"""The numbers of one iteration by the names of their steps, each computed as in the sums of a textbook."""

from itertools import count

from tests.oracles.textbook import deltas_of, error, forward, gradients, parameters_of, updated
from tests.problems import Problem


def numbers(problem: Problem) -> dict[str, float]:
    """Return sums, activations, E, ∂E/∂z, gradients and new parameters of one sample, where no activation is linear."""
    parameters = parameters_of(problem.network)
    layers = list(forward(problem, parameters, problem.inputs[0]))
    found: dict[str, float] = {"E": error(problem, parameters)}
    z, w, b = count(1), count(1), count(1)
    steps = zip(
        layers,
        deltas_of(problem, parameters, layers, problem.targets[0]),
        gradients(problem, parameters, [0]),
        updated(problem, parameters, [0]),
        strict=True,
    )
    for layer, ((sums, outputs), deltas, (by_weights, by_biases), (new_weights, new_biases)) in enumerate(steps, 1):
        is_last = layer == len(layers)
        for unit, (total, output, delta) in enumerate(zip(sums, outputs, deltas, strict=True)):
            number = next(z)
            called = f"ŷ{unit + 1 if len(outputs) > 1 else ''}" if is_last else f"h{number}"
            found |= {f"z{number}": total, called: output, f"∂E/∂z{number}": delta}
            for slope, new in zip(by_weights[unit], new_weights[unit], strict=True):
                number = next(w)
                found |= {f"∂E/∂w{number}": slope, f"w{number}⁺": new}
            if new_biases is not None:
                number = next(b)
                found |= {f"∂E/∂b{number}": by_biases[unit], f"b{number}⁺": new_biases[unit]}
    return found
