"""The weights and biases of a network in PyTorch: a matrix a layer, or where some are held or tied, a tensor each."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nnviz.algebra.arrays import Array
from nnviz.algebra.quantities import Quantity
from nnviz.engine.network import Network
from nnviz.explain.program_text import comment, matrix_lines

TRAINED = ", requires_grad=True)"


@dataclass(frozen=True)
class Tensor:
    """A tensor of the program: its name, its numbers in rows, and whose they are; it may be but ``is_one``."""

    name: str
    numbers: Array
    quantities: tuple[tuple[Quantity, ...], ...]
    is_trained: bool = True
    is_one: bool = False

    def lines(self, name: str, numbers: Array, end: str = ")") -> Iterator[str]:
        """Yield the lines that give a tensor such numbers."""
        if self.is_one:
            yield f"{name} = torch.tensor({numbers.item()!r}{end}"
        else:
            yield from matrix_lines(f"{name} = torch.tensor(", numbers, end)


def tensors(network: Network) -> list[Tensor]:
    """Return the tensors of a network, in order; biases are columns."""
    found = list[Tensor]()
    for name, rows, quantities in _of_layers(network):
        if not _is_apart(network, quantities):
            found.append(Tensor(name, rows, quantities, not _held(network).issuperset(_ids(quantities))))
            continue
        single = {
            q: value
            for own, values in zip(quantities, rows.tolist(), strict=True)
            for q, value in zip(own, values, strict=True)
            if q.id not in network.absent
        }
        known = {q for tensor in found if tensor.is_one for [q] in tensor.quantities}
        found += [
            Tensor(_single(q), np.array([[value]]), ((q,),), q.id not in network.fixed, is_one=True)
            for q, value in single.items()
            if q not in known
        ]
    return found


def parameters(network: Network) -> Iterator[str]:
    """Yield the lines that give the weights and biases; those that are trained need their gradients."""
    has_some = False
    for tensor in tensors(network):
        if tensor.is_one and not has_some:
            yield comment("torch.scalars")
            has_some = True
        yield from tensor.lines(tensor.name, tensor.numbers, TRAINED if tensor.is_trained else ")")
    for name, _, quantities in _of_layers(network):
        if _is_apart(network, quantities):
            rows = [f"torch.stack([{', '.join(_zero(q, network) or _single(q) for q in own)}])" for own in quantities]
            yield f"{name} = torch.stack(["
            yield from (f"    {row}," for row in rows)
            yield "])"


def _of_layers(network: Network) -> Iterator[tuple[str, Array, tuple[tuple[Quantity, ...], ...]]]:
    """Yield the weights and the biases of each layer: a name, the numbers and the quantities in rows."""
    q = network.shape.quantities()
    for number, layer in enumerate(network.layers, start=1):
        yield f"W{number}", layer.matrix, q.weights[number]
        if layer.vector is not None:
            yield f"b{number}", layer.vector[:, np.newaxis], tuple((bias,) for bias in q.biases[number])


def _is_apart(network: Network, quantities: tuple[tuple[Quantity, ...], ...]) -> bool:
    """Whether numbers of a matrix cannot be one tensor: some are held and some are not, or some are tied."""
    names, held = _ids(quantities), _held(network)
    tied = {name for tie in network.tied for name in tie}
    is_mixed = bool(held.intersection(names)) and not held.issuperset(names)
    return is_mixed or bool(tied.intersection(names) - held) or bool(set(network.absent).intersection(names))


def _held(network: Network) -> frozenset[str]:
    return network.constraints.held


def _ids(quantities: tuple[tuple[Quantity, ...], ...]) -> list[str]:
    return [quantity.id for row in quantities for quantity in row]


def _single(quantity: Quantity) -> str:
    """Return what the tensor of one number is called: w_1."""
    return f"{quantity.id[0]}_{quantity.id[1:]}"


def _zero(quantity: Quantity, network: Network) -> str:
    return "torch.tensor(0.0)" if quantity.id in network.absent else ""
