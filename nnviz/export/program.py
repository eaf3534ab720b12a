"""``nnviz.to_code``: a network, or an iteration of its training, as a program in NumPy or PyTorch."""

from collections.abc import Callable, Iterator

from nnviz.engine.batches import ALL
from nnviz.engine.naming import RATE
from nnviz.engine.network import Network
from nnviz.engine.trace import Iteration
from nnviz.explain import numpy_program, torch_parameters, torch_program
from nnviz.text import say


def to_code(told: Network | Iteration, language: str) -> str:
    """Return a program that computes what a network or an iteration does, in "numpy" or "torch".

    Of a network it has a function ``predict``, which takes inputs of shape (n_samples, n_in) to outputs of shape
    (n_samples, n_out). Of an iteration it makes that iteration from where it starts, and prints its numbers, as the
    page's program does; PyTorch finds the gradients by itself, without a classic mistake. Raises ValueError for another
    language, and TypeError where ``told`` is neither a network nor an iteration.
    """
    if language not in PREDICTIONS:
        raise ValueError(say("error.language", given=language, allowed=", ".join(PREDICTIONS)))
    if isinstance(told, Iteration):
        lines = ITERATIONS[language](told)
    elif isinstance(told, Network):
        lines = PREDICTIONS[language](told)
    else:
        raise TypeError(say("error.code_of", given=type(told).__name__))
    return "\n".join(lines) + "\n"


def _numpy_iteration(iteration: Iteration) -> Iterator[str]:
    q, manner = iteration.plan.quantities, iteration.plan.manner
    inputs, targets = (torch_program.samples(iteration, row) for row in (q.neurons[0], q.targets))
    rate = float(iteration.given[RATE.id])
    lines = numpy_program.program(
        iteration.start, inputs, targets, rate, 1, ALL,
        in_place=manner.in_place, output_for_input=manner.output_for_input,
        method=iteration.method, state=iteration.state_before,
    )  # fmt: skip
    return (line.text for line in lines)


def _torch_iteration(iteration: Iteration) -> Iterator[str]:
    return (line.text for line in torch_program.torch_program(iteration))


def _numpy_prediction(network: Network) -> Iterator[str]:
    yield from numpy_program.imports(network)
    yield ""
    yield from numpy_program.parameters(network)
    yield from _function(
        network, "np.asarray(inputs, dtype=float).T", (line.text for line in numpy_program.layers(network))
    )


def _torch_prediction(network: Network) -> Iterator[str]:
    yield "import torch"
    yield ""
    yield "torch.set_default_dtype(torch.float64)"
    yield from torch_parameters.parameters(network)
    lines = (line.text for line in torch_program.layers(network))
    yield from _function(network, "torch.as_tensor(inputs, dtype=torch.float64).T", lines)


def _function(network: Network, columns: str, lines: Iterator[str]) -> Iterator[str]:
    """Yield the function that returns the outputs; within it a sample is a column."""
    yield ""
    yield ""
    yield "def predict(inputs):"
    yield f'    """{say("program.predict", n_in=network.sizes[0], n_out=network.sizes[-1])}"""'
    yield f"    A0 = {columns}"
    yield from (f"    {line}" for line in lines)
    yield f"    return A{len(network.layers)}.T"


PREDICTIONS: dict[str, Callable[[Network], Iterator[str]]] = {"numpy": _numpy_prediction, "torch": _torch_prediction}
ITERATIONS: dict[str, Callable[[Iteration], Iterator[str]]] = {"numpy": _numpy_iteration, "torch": _torch_iteration}
