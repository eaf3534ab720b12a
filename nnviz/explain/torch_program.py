"""An iteration as a program in PyTorch, which finds the gradients by itself: three lines for Backward and Update."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.algebra.arrays import Array
from nnviz.algebra.quantities import Quantity
from nnviz.engine.naming import gradient
from nnviz.engine.network import Network
from nnviz.engine.optimizers import GRADIENT_DESCENT
from nnviz.engine.plan import Stage
from nnviz.engine.trace import Iteration
from nnviz.explain.program_text import comment, digits, matrix_lines
from nnviz.explain.torch_parameters import Tensor, parameters, tensors
from nnviz.text import say


@dataclass(frozen=True, slots=True)
class TorchLine:
    """A line of the program, the stages of an iteration that it computes, and the quantities whose numbers follow it.

    Those stand in rows, as a matrix.
    """

    text: str
    stages: tuple[Stage, ...] = ()
    rows: tuple[tuple[Quantity, ...], ...] = ()


def torch_program(iteration: Iteration) -> list[TorchLine]:
    """Return a program that makes an iteration from where it starts, with places for its gradients.

    With a classic mistake the page's gradients are not those of PyTorch, so there are no places for them.
    """
    return [*map(TorchLine, _given(iteration)), *_forward(iteration), *_by_itself(iteration), *_printed(iteration)]


def _given(iteration: Iteration) -> Iterator[str]:
    """Yield the samples, a column each, and the parameters, of which the trained ones need their gradients."""
    q, network = iteration.plan.quantities, iteration.start
    yield "import torch"
    yield ""
    yield "torch.set_default_dtype(torch.float64)"
    yield from matrix_lines("A0 = torch.tensor(", samples(iteration, q.neurons[0]), ").T")
    yield from matrix_lines("T = torch.tensor(", samples(iteration, q.targets), ").T")
    yield from parameters(network)
    yield from _optimizer(iteration)
    yield ""


def _optimizer(iteration: Iteration) -> Iterator[str]:
    """Yield the optimizer at the present rate, with what it has kept where it has made updates before."""
    optimizer, rate = iteration.method.optimizer, iteration.values[iteration.plan.method.rate.id]
    trained = _trained(iteration)
    settings = {"parameters": _groups(trained, iteration.method.weight_decay), "rate": repr(rate)}
    yield f"optimizer = torch.optim.{optimizer.torch.format(**settings, **digits(optimizer))}"
    if not iteration.updates or not optimizer.keeps:
        return
    yield comment("torch.state", optimizer=say(f"optimizer.{optimizer.key}"))
    for tensor in trained if optimizer.torch_counts else ():
        yield f'optimizer.state[{tensor.name}]["step"] = torch.tensor({float(iteration.updates)!r})'
    for kept, called in zip(optimizer.keeps, optimizer.torch_kept, strict=True):
        for tensor in trained:
            numbers = np.array([[iteration.given[kept.of(q).id] for q in row] for row in tensor.quantities])
            yield from tensor.lines(f'optimizer.state[{tensor.name}]["{called}"]', numbers)


def samples(iteration: Iteration, row: Sequence[Quantity]) -> Array:
    """Return the numbers of a row of inputs or targets of an iteration, (n_samples, n)."""
    return np.array([np.atleast_1d(iteration.given[quantity.id]) for quantity in row]).T


def _trained(iteration: Iteration) -> list[Tensor]:
    return [tensor for tensor in tensors(iteration.start) if tensor.is_trained]


def _groups(trained: Sequence[Tensor], decay: float) -> str:
    """Return what an optimizer is given: what is trained; the weights apart where they decay, as biases do not."""
    if not decay:
        return ", ".join(tensor.name for tensor in trained)
    weights, biases = (", ".join(t.name for t in trained if t.name[0].lower() == letter) for letter in ("w", "b"))
    of_weights = f'{{"params": [{weights}], "weight_decay": {decay!r}}}'
    return of_weights + (f', {{"params": [{biases}]}}' if biases else "")


def _forward(iteration: Iteration) -> Iterator[TorchLine]:
    network = iteration.start
    last, loss = len(network.layers), network.rule
    yield TorchLine(comment("program.forward"))
    yield from layers(network)
    value = loss.torch_code.format(sums=f"Z{last}", output=f"A{last}", target="T")
    divisor = loss.divisor(network.sizes[-1], iteration.plan.n_samples)
    by = "" if divisor == 1 else f" / {divisor}"
    yield TorchLine(f"E = torch.sum({value}){by}", (Stage("loss", last),))
    yield TorchLine("")


def layers(network: Network) -> Iterator[TorchLine]:
    """Yield the lines that take A0, a column for each sample, through all layers."""
    for number, layer in enumerate(network.layers, start=1):
        biases, stages = "" if layer.vector is None else f" + b{number}", (Stage("forward", number),)
        yield TorchLine(f"Z{number} = W{number} @ A{number - 1}{biases}", stages)
        yield TorchLine(f"A{number} = {layer.rule.torch_code.format(z=f'Z{number}')}", stages)


def _by_itself(iteration: Iteration) -> Iterator[TorchLine]:
    """Yield the three lines in the place of Backward and Update."""
    layers = range(1, len(iteration.start.layers) + 1)
    backward = tuple(stage for layer in layers for stage in (Stage("delta", layer), Stage("gradients", layer)))
    yield TorchLine(comment("torch.by_itself"))
    yield TorchLine(f"optimizer.zero_grad()  {comment('torch.zero')}")
    yield TorchLine(f"E.backward()           {comment('torch.backward')}", backward)
    yield TorchLine(f"optimizer.step()       {_step(iteration)}", tuple(Stage("update", layer) for layer in layers))
    yield TorchLine("")


def _step(iteration: Iteration) -> str:
    """Return what the step of the optimizer is, as a comment."""
    if iteration.method.optimizer == GRADIENT_DESCENT and not iteration.method.weight_decay:
        return comment("torch.step")
    return comment("torch.step.by", optimizer=say(f"optimizer.{iteration.method.optimizer.key}"))


def _printed(iteration: Iteration) -> Iterator[TorchLine]:
    """Yield the lines that print the gradients, each with the places for those that the page has."""
    has_mistake = iteration.plan.manner.mistake is not None
    for tensor in _trained(iteration):
        slopes = tuple(tuple(map(gradient, row)) for row in tensor.quantities)
        yield TorchLine(f"print({tensor.name}.grad)", rows=() if has_mistake else slopes)
