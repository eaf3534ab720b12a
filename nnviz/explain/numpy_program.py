"""A run of training as a program in NumPy, which anybody can run: as matrices, with a column for each sample."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nnviz.algebra.arrays import Array
from nnviz.engine.batches import Batches
from nnviz.engine.losses import BATCHMEAN, MEAN, SUM
from nnviz.engine.manner import IN_PLACE, OUTPUT_FOR_INPUT, Manner, Mistake
from nnviz.engine.method import PLAIN_METHOD, Method
from nnviz.engine.network import Network
from nnviz.engine.optimizer_state import NOTHING_KEPT, OptimizerState
from nnviz.engine.plan import Shape, Stage
from nnviz.explain.activation_name import activation_name
from nnviz.explain.constraint_code import has_ties, mask, masked_in, masks, spread, sums, trained_in
from nnviz.explain.program_text import comment, digits, matrix_lines
from nnviz.text import say

COUNTED = {BATCHMEAN: ["N = A0.shape[1]"], MEAN: ["N = T.size"], SUM: []}  # what the sum of all parts is divided by
DIGITS = 9  # that the program prints
HEADINGS: dict[Mistake | None, str] = {
    None: "program.backward",
    IN_PLACE: "program.backward_in_place",
    OUTPUT_FOR_INPUT: "program.backward_output_for_input",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the program, and the stage of an iteration that it computes, if it computes one."""

    text: str
    stage: Stage | None = None


def program(
    network: Network, inputs: ArrayLike, targets: ArrayLike, rate: float, iterations: int, batches: Batches,
    *, in_place: bool = False, output_for_input: bool = False, method: Method = PLAIN_METHOD,
    state: OptimizerState = NOTHING_KEPT,
) -> list[Line]:  # fmt: skip
    """Return a program that makes so many iterations from a network, and prints the numbers of the last one.

    ``inputs`` are of shape (n_samples, n_in), ``targets`` of shape (n_samples, n_out). What E is divided by comes where
    the gradients are, so that each δ is of one sample alone. ``in_place`` and ``output_for_input`` make the classic
    mistakes of a ``Manner``, and ``method`` is how the network is updated, from a ``state`` on.
    """
    manner = Manner(in_place=in_place, output_for_input=output_for_input)
    x, y = np.asarray(inputs, dtype=float), np.asarray(targets, dtype=float)
    sizes = "-".join(str(size) for size in (x.shape[1], *(len(layer.matrix) for layer in network.layers)))
    first = state.updates + 1
    before = [
        f'"""{say("program.heading", sizes=sizes)}"""',
        "",
        *imports(network),
        "",
        *_given(network, x, y, rate),
        *_kept(network, method, state),
    ]
    loop = [
        Line(f"    {line.text}" if line.text else "", line.stage)
        for line in _iteration(network, batches, len(x), manner, method)
    ]
    after = ["", *_printed(network, method)]
    return [
        *(Line(text) for text in [*before, "", f"for iteration in range({first}, {first + iterations}):"]),
        *loop,
        *map(Line, after),
    ]


def imports(network: Network) -> Iterator[str]:
    """Yield the lines that import what the program needs."""
    yield from dict.fromkeys(layer.rule.imports for layer in network.layers if layer.rule.imports)
    yield "import numpy as np"


def _given(network: Network, x: Array, y: Array, rate: float) -> Iterator[str]:
    """Yield the samples, the learning rate, and the parameters."""
    yield comment("program.samples")
    yield from matrix_lines("X = np.array(", x, ").T")
    yield from matrix_lines("Y = np.array(", y, ").T")
    yield f"rate = {rate!r}"
    yield ""
    yield from parameters(network)
    yield from masks(network.shape)


def parameters(network: Network) -> Iterator[str]:
    """Yield the lines that give the weights and biases."""
    for number, layer in enumerate(network.layers, start=1):
        activation = activation_name(layer.activation, layer.negative_slope)
        yield comment("program.layer", number=number, activation=activation)
        yield from matrix_lines(f"W{number} = np.array(", layer.matrix, ")")
        if layer.vector is not None:
            yield from matrix_lines(f"b{number} = np.array(", layer.vector[np.newaxis], ").T")


def _kept(network: Network, method: Method, state: OptimizerState) -> Iterator[str]:
    """Yield what the optimizer has kept of what is trained: nothing yet, or what is in the state."""
    if not method.optimizer.keeps:
        return
    yield ""
    yield comment("program.kept", optimizer=say(f"optimizer.{method.optimizer.key}"))
    for kept in method.optimizer.keeps:
        for number in range(1, len(network.layers) + 1):
            of_layer = dict(zip("Wb", state.kept[kept.letter][number - 1] if state.kept else (None, None), strict=True))
            for name in trained_in(network.shape, number):
                called, array = f"{kept.letter}_{name}{number}", of_layer[name]
                if array is None:
                    yield f"{called} = np.zeros_like({name}{number})"
                else:
                    yield from matrix_lines(
                        f"{called} = np.array(", array if name == "W" else array[:, np.newaxis], ")"
                    )


def _iteration(network: Network, batches: Batches, n_samples: int, manner: Manner, method: Method) -> Iterator[Line]:
    """Yield the lines of an iteration."""
    yield from map(Line, _batch(batches, n_samples))
    count = COUNTED[network.rule.reduction]
    yield from map(Line, (*count, "", comment("program.forward")))
    yield from layers(network)
    yield from _loss(network)
    heading = "program.backward_by_rule" if network.shape.by_rule else HEADINGS[manner.mistake]
    yield from map(Line, ("", comment(heading)))
    if manner.in_place:
        yield from _rate(network, method)
    yield from _backward(network, manner, method)
    if not manner.in_place:
        yield from map(Line, ("", comment("program.update")))
        yield from _rate(network, method)
        for number in range(1, len(network.layers) + 1):
            yield from _update(network.shape, number, method)


def _batch(batches: Batches, n_samples: int) -> Iterator[str]:
    """Yield the lines that choose an iteration's samples."""
    if batches.size is None or batches.size >= n_samples:
        yield "A0, T = X, Y"
        return
    rounds, size = -(-n_samples // batches.size), batches.size
    order = f"np.arange({n_samples})"
    if batches.seed is not None:
        order = f"np.random.default_rng(({batches.seed}, epoch)).permutation({n_samples})"
    yield comment("program.batch", size=size)
    yield f"epoch, part = divmod(iteration - 1, {rounds})"
    yield f"batch = {order}[part * {size}:(part + 1) * {size}]"
    yield "A0, T = X[:, batch], Y[:, batch]"


def layers(network: Network) -> Iterator[Line]:
    """Yield the lines that take A0, a column for each sample, through all layers."""
    for number, layer in enumerate(network.layers, start=1):
        biases, stage = "" if layer.vector is None else f" + b{number}", Stage("forward", number)
        yield Line(f"Z{number} = W{number} @ A{number - 1}{biases}", stage)
        yield Line(f"A{number} = {layer.rule.code.format(z=f'Z{number}')}", stage)


def _loss(network: Network) -> Iterator[Line]:
    last = len(network.layers)
    value = network.rule.code.format(output=f"A{last}", target="T")
    yield Line(f"E = np.sum({value}){_by(network)}", Stage("loss", last))


def _backward(network: Network, manner: Manner, method: Method) -> Iterator[Line]:
    last, loss = len(network.layers), network.rule
    slope = loss.slope_code.format(output=f"A{last}", target="T")
    for number, layer in reversed([*enumerate(network.layers, start=1)]):
        is_made_up = number == last and loss.of_sum  # the slopes of the loss and of σ make up one
        factor = layer.rule.slope_code.format(z=f"Z{number}", a=f"A{number}")
        is_alone = is_made_up or not factor
        yield Line(f"dZ{number} = {slope if is_alone else f'({slope}) * {factor}'}", Stage("delta", number))
        of_weights = f"dZ{number} @ A{number - 1}.T"
        if manner.output_for_input:
            of_weights = f"np.sum(dZ{number} * A{number}, axis=1, keepdims=True)"
            if has_ties(network.shape, number):
                of_weights = f"np.ones_like(W{number}) * {of_weights}"
        yield from _gradient(network, number, "W", of_weights)
        if layer.vector is not None:
            yield from _gradient(network, number, "b", f"np.sum(dZ{number}, axis=1, keepdims=True)")
        yield from (Line(text, Stage("gradients", number)) for text in sums(network.shape, number))
        if manner.in_place:
            yield from _update(network.shape, number, method)
            kept = [kept.letter for kept in method.optimizer.keeps]
            yield from (Line(text, Stage("update", number)) for text in spread(network.shape, number, kept))
        slope = f"W{number}.T @ dZ{number}"


def _gradient(network: Network, number: int, letter: str, of_samples: str) -> Iterator[Line]:
    """Yield the line of dW or db of a layer, which is 0 where it is held beside what is trained."""
    is_masked = letter in masked_in(network.shape, number)
    factor = f"{mask(letter, number)} * " if is_masked else ""
    slopes = f"({of_samples})" if is_masked and "@" in of_samples else of_samples
    yield Line(f"d{letter}{number} = {factor}{slopes}{_by(network)}", Stage("gradients", number))


def _by(network: Network) -> str:
    """Return the division by what E is divided by."""
    return "" if network.rule.reduction == SUM else " / N"


def _rate(network: Network, method: Method) -> Iterator[Line]:
    """Yield the line of the iteration's learning rate, where a schedule changes it."""
    if not method.update.is_constant:
        code = method.schedule.code.format(t="iteration", **digits(method.schedule))
        yield Line(f"present_rate = {code}", Stage("rate", len(network.layers)))


def _update(shape: Shape, number: int, method: Method) -> Iterator[Line]:
    rate = "rate" if method.update.is_constant else "present_rate"
    for name in trained_in(shape, number):
        w = f"{name}{number}"
        names = {kept.letter: f"{kept.letter}_{w}" for kept in method.optimizer.keeps} | digits(method.optimizer)
        slope = f"d{w}"
        if method.weight_decay and name == "W":
            slope = f"g_{w}"
            factor = f"{mask(name, number)} * " if name in masked_in(shape, number) else ""
            yield Line(f"{slope} = d{w} + {factor}{method.weight_decay!r} * {w}", Stage("update", number))
        for code in method.optimizer.code:
            yield Line(code.format(w=w, g=slope, rate=rate, t="iteration", **names), Stage("update", number))


def _printed(network: Network, method: Method) -> Iterator[str]:
    """Yield the lines that print the numbers of the last iteration, those of a layer together."""
    yield f"np.set_printoptions(precision={DIGITS})"
    yield 'print("iteration", iteration, "E =", E)'
    for number, layer in enumerate(network.layers, start=1):
        sums, biases = not layer.rule.is_linear, layer.vector is not None
        kept = [f"{kept.letter}_{w}" for w in trained_in(network.shape, number) for kept in method.optimizer.keeps]
        kept = ["g_W"] * (method.weight_decay > 0 and network.shape.trains_weights(number)) + kept
        names = [*["Z"] * sums, "A", "dZ", "dW", *["db"] * biases, *kept, "W", *["b"] * biases]
        numbers = ", ".join(f"{name}{number}={name}{number}" for name in names)
        yield f"for name, numbers in dict({numbers}).items():"
        yield '    print(name, numbers, sep="\\n")'
