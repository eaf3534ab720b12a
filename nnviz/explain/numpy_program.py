"""A run of training as a program in NumPy, which anybody can run: as matrices, with a column for each sample."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from nnviz.algebra.arrays import Array
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.batches import Batches
from nnviz.engine.losses import LOSSES
from nnviz.engine.network import Layer, Network
from nnviz.text import say

DIGITS = 9  # that the program prints


def program(
    network: Network, inputs: ArrayLike, targets: ArrayLike, rate: float, iterations: int, batches: Batches,
    *, in_place: bool = False,
) -> str:  # fmt: skip
    """Return a program that makes so many iterations from a network, and prints the numbers of the last one.

    ``inputs`` are of shape (n_samples, n_in), ``targets`` of shape (n_samples, n_out). The mean over the samples is
    taken where the gradients are, so that each δ is of one sample alone. ``in_place`` makes the classic mistake.
    """
    x, y = np.asarray(inputs, dtype=float), np.asarray(targets, dtype=float)
    parts = [
        _given(network, x, y, rate),
        "\n".join(
            [
                f"for iteration in range(1, {iterations + 1}):",
                *_indented(_iteration(network, batches, len(x), in_place)),
            ]
        ),
        "\n".join(_printed(network)),
    ]
    sizes = "-".join(str(size) for size in (x.shape[1], *(len(layer.matrix) for layer in network.layers)))
    heading = f'"""{say("program.heading", sizes=sizes)}"""'
    return "\n\n".join([heading, "import numpy as np", *parts]) + "\n"


def _given(network: Network, x: Array, y: Array, rate: float) -> str:
    """Return the samples, the learning rate and the parameters."""
    lines = [_comment("program.samples"), f"X = {_matrix(x)}.T", f"Y = {_matrix(y)}.T", f"rate = {rate!r}", ""]
    for number, layer in enumerate(network.layers, start=1):
        lines += [
            _comment("program.layer", number=number, activation=say(f"activation.{layer.activation}")),
            f"W{number} = {_matrix(layer.matrix)}",
        ]
        if layer.vector is not None:
            lines.append(f"b{number} = {_matrix(layer.vector[np.newaxis])}.T")
    return "\n".join(lines)


def _iteration(network: Network, batches: Batches, n_samples: int, in_place: bool) -> Iterator[str]:
    """Yield the lines of an iteration."""
    last, loss = len(network.layers), LOSSES[network.loss]
    yield from _batch(batches, n_samples)
    yield "N = A0.shape[1]"
    yield ""
    yield _comment("program.forward")
    for number, layer in enumerate(network.layers, start=1):
        biases = "" if layer.vector is None else f" + b{number}"
        yield f"Z{number} = W{number} @ A{number - 1}{biases}"
        yield f"A{number} = {ACTIVATIONS[layer.activation].code.format(z=f'Z{number}')}"
    ends = {"output": f"A{last}", "target": "T"}
    yield f"E = np.sum({loss.code.format(**ends)}) / N"
    yield ""
    yield _comment("program.backward_in_place" if in_place else "program.backward")
    slope = loss.slope_code.format(**ends)
    for number, layer in reversed([*enumerate(network.layers, start=1)]):
        is_made_up = number == last and loss.of_sum  # the slopes of the loss and of σ make up one
        factor = ACTIVATIONS[layer.activation].slope_code.format(z=f"Z{number}", a=f"A{number}")
        is_alone = is_made_up or ACTIVATIONS[layer.activation].is_linear
        yield f"dZ{number} = {slope if is_alone else f'({slope}) * {factor}'}"
        yield f"dW{number} = dZ{number} @ A{number - 1}.T / N"
        if layer.vector is not None:
            yield f"db{number} = np.sum(dZ{number}, axis=1, keepdims=True) / N"
        if in_place:
            yield from _update(layer, number)
        slope = f"W{number}.T @ dZ{number}"
    if not in_place:
        yield ""
        yield _comment("program.update")
        for number, layer in enumerate(network.layers, start=1):
            yield from _update(layer, number)


def _batch(batches: Batches, n_samples: int) -> Iterator[str]:
    """Yield the lines that choose an iteration's samples."""
    if batches.size is None or batches.size >= n_samples:
        yield "A0, T = X, Y"
        return
    rounds, size = -(-n_samples // batches.size), batches.size
    order = f"np.arange({n_samples})"
    if batches.seed is not None:
        order = f"np.random.default_rng(({batches.seed}, epoch)).permutation({n_samples})"
    yield _comment("program.batch", size=size)
    yield f"epoch, part = divmod(iteration - 1, {rounds})"
    yield f"batch = {order}[part * {size}:(part + 1) * {size}]"
    yield "A0, T = X[:, batch], Y[:, batch]"


def _update(layer: Layer, number: int) -> Iterator[str]:
    yield f"W{number} = W{number} - rate * dW{number}"
    if layer.vector is not None and not layer.biases_fixed:
        yield f"b{number} = b{number} - rate * db{number}"


def _printed(network: Network) -> Iterator[str]:
    """Yield the lines that print the numbers of the last iteration, a line a layer."""
    yield f"np.set_printoptions(precision={DIGITS})"
    yield 'print("iteration", iteration, "E =", E)'
    for number, layer in enumerate(network.layers, start=1):
        sums, biases = not ACTIVATIONS[layer.activation].is_linear, layer.vector is not None
        names = [*["Z"] * sums, "A", "dZ", "dW", *["db"] * biases, "W", *["b"] * biases]
        numbers = ", ".join(f"{name}{number}={name}{number}" for name in names)
        yield f"for name, numbers in dict({numbers}).items():"
        yield '    print(name, numbers, sep="\\n")'


def _matrix(rows: Array) -> str:
    """Return a matrix as NumPy reads it, a row a line where there are several, all its bits in its digits."""
    texts = [f"[{', '.join(map(repr, row))}]" for row in rows.tolist()]
    between = ",\n    " if len(texts) > 1 else ""
    start, end = ("\n    ", ",\n") if len(texts) > 1 else ("", "")
    return f"np.array([{start}{between.join(texts)}{end}])"


def _comment(key: str, **values: object) -> str:
    return f"# {say(key, **values)}"


def _indented(lines: Iterator[str]) -> Iterator[str]:
    yield from (f"    {line}" if line else "" for line in lines)
