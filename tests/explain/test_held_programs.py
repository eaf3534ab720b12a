"""Programs of networks in which something is fixed, absent or tied: run, they give the new weights of the trace."""

import io
from contextlib import redirect_stdout
from typing import Any

import numpy as np
import pytest

import nnviz
from nnviz.engine.manner import MISTAKES, PLAIN, Mistake
from tests.networks import CONSTRAINED

ACROSS = nnviz.Network(
    [nnviz.Layer([[0.3, -0.5], [0.7, 0.3]], [0.1, 0.2], "tanh"), nnviz.Layer([[0.3, 0.4]], [0.1])],
    fixed=["w2"],
    tied=[["w1", "w4", "w5"], ["b1", "b3"]],
)
NETWORKS = {"within layers": (CONSTRAINED.network, [[0.1, 0.2]]), "across layers": (ACROSS, [[0.4]])}


@pytest.mark.parametrize("decay", [0.0, 0.1])
@pytest.mark.parametrize("mistake", [None, *MISTAKES])
@pytest.mark.parametrize("optimizer", [nnviz.GradientDescent(), nnviz.Momentum(0.9), nnviz.Adam()], ids=str)
@pytest.mark.parametrize("key", NETWORKS)
def test_the_program_in_numpy_makes_the_same_network(
    key: str, optimizer: Any, mistake: Mistake | None, decay: float
) -> None:
    network, targets = NETWORKS[key]
    told = {"manner": PLAIN.with_mistake(mistake), "optimizer": optimizer, "weight_decay": decay}
    first = nnviz.trace(network, [[0.7, -1.3]], targets, 0.2, **told)
    assert first.network is not None
    second = nnviz.trace(first.network, [[0.7, -1.3]], targets, 0.2, state=first.state, **told)
    assert second.network is not None
    names: dict[str, Any] = {}
    with redirect_stdout(io.StringIO()):
        exec(nnviz.to_code(second, "numpy"), names)
    for number, layer in enumerate(second.network.layers, start=1):
        np.testing.assert_allclose(names[f"W{number}"], layer.matrix, rtol=1e-9, atol=1e-12)
        assert layer.vector is not None
        np.testing.assert_allclose(names[f"b{number}"][:, 0], layer.vector, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("key", NETWORKS)
def test_the_function_that_predicts_does_so(key: str) -> None:
    network, _ = NETWORKS[key]
    names: dict[str, Any] = {}
    exec(nnviz.to_code(network, "numpy"), names)
    np.testing.assert_allclose(names["predict"]([[0.7, -1.3]]), nnviz.predict(network, [[0.7, -1.3]]), rtol=1e-14)


def test_in_pytorch_what_is_tied_is_one_tensor_and_what_is_fixed_needs_no_gradient() -> None:
    iteration = nnviz.trace(CONSTRAINED.network, CONSTRAINED.inputs, CONSTRAINED.targets, 0.1, weight_decay=0.1)
    code = nnviz.to_code(iteration, "torch")
    assert "w_1 = torch.tensor(0.137, requires_grad=True)" in code
    assert "w_5 = torch.tensor(0.317)" in code
    assert "    torch.stack([torch.tensor(0.0), w_1])," in code
    assert '{"params": [w_1, w_2, w_6, w_7, w_8], "weight_decay": 0.1}, {"params": [b_1, b_3]}' in code
