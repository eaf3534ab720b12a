"""As much of PyTorch, on NumPy, as E of a program takes: tensors without gradients, which may be moved a little."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import numpy as np

from tests.oracles.functions import ACTIVATIONS, LOSSES, leaky_relu, softmax_of_layer

SMALL = 1e-6


def error(program: str, moved: tuple[int, int, float] | None = None) -> float:
    """Return E of a program in PyTorch, of which only what is before its optimizer's first step is run.

    ``moved`` says which number of which trained tensor is another, in order from 0, and by how much.
    """
    trained: list[Any] = []

    def tensor(rows: Any, requires_grad: bool = False) -> Any:
        found = np.array(rows, dtype=np.float64)
        if requires_grad:
            trained.append(found)
            if moved is not None and moved[0] == len(trained) - 1:
                found.flat[moved[1]] += moved[2]
        return found

    def cross_entropy(sums: Any, targets: Any, reduction: str) -> Any:
        assert reduction == "none"
        return np.vectorize(lambda z, y: LOSSES["binary_cross_entropy"](z, None, y))(sums, targets)

    torch = SimpleNamespace(
        float64=np.float64,
        set_default_dtype=lambda kind: kind,
        tensor=tensor,
        stack=np.stack,
        softmax=lambda z, dim: softmax_of_layer(z),
        log_softmax=lambda z, dim: np.log(softmax_of_layer(z)),
        sigmoid=lambda z: 1 / (1 + np.exp(-z)),
        tanh=np.tanh,
        relu=lambda z: np.where(z > 0, z, 0),
        sum=np.sum,
        abs=np.abs,
        sign=np.sign,
        detach=lambda tensor: tensor,
        optim=SimpleNamespace(SGD=lambda parameters, lr: same(parameters, trained)),
        nn=SimpleNamespace(
            functional=SimpleNamespace(
                binary_cross_entropy_with_logits=cross_entropy,
                leaky_relu=np.vectorize(leaky_relu),
                elu=np.vectorize(ACTIVATIONS["elu"], otypes=[float]),
                softplus=np.vectorize(ACTIVATIONS["softplus"], otypes=[float]),
                gelu=np.vectorize(ACTIVATIONS["gelu"], otypes=[float]),
            )
        ),
    )
    names: dict[str, Any] = {"torch": torch}
    before, _, _ = program.partition("optimizer.zero_grad()")
    exec(before.replace("import torch\n", ""), names)
    return float(names["E"])


def same(parameters: Iterable[Any], trained: list[Any]) -> None:
    """Raise AssertionError where an optimizer does not get all that is trained, in order."""
    assert [id(part) for part in parameters] == [id(part) for part in trained]


def slope(program: str, number: int, place: int) -> float:
    """Return the central difference of E by one number of a trained tensor."""
    above, below = (error(program, (number, place, step)) for step in (SMALL, -SMALL))
    return (above - below) / (2 * SMALL)
