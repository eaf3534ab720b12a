"""Models of PyTorch, and the files that it writes: the same outputs, losses and gradients."""

from collections import OrderedDict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from torch import nn

import nnviz

BETWEEN: dict[str, Any] = {
    "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "relu": nn.ReLU, "identity": nn.Identity, "gelu": nn.GELU, "elu": nn.ELU,
    "softplus": nn.Softplus, "leaky_relu": lambda: nn.LeakyReLU(0.2),
}  # fmt: skip
SIZES = [(1, 1), (3, 1), (2, 4, 1), (4, 5, 3, 2)]
CLOSE = 1e-12


def model(sizes: Sequence[int], between: str, last: Sequence[nn.Module] = (), seed: int = 7) -> nn.Sequential:
    """Return a model in double precision, every second layer of it without biases."""
    torch.manual_seed(seed)
    parts: list[nn.Module] = []
    for number, (n_in, n_out) in enumerate(pairwise(sizes)):
        parts += [nn.Linear(n_in, n_out, bias=number % 2 == 0), BETWEEN[between]()]
    return nn.Sequential(*parts[:-1], *last).double()


def samples(sizes: Sequence[int]) -> tuple[torch.Tensor, torch.Tensor]:
    random = np.random.default_rng(3)
    return torch.tensor(random.normal(size=(5, sizes[0]))), torch.tensor(random.uniform(size=(5, sizes[-1])))


def assert_same(network: nnviz.Network, of: nn.Module, loss: nn.Module, sizes: Sequence[int]) -> None:
    """Assert that loss and gradients are those of PyTorch."""
    x, y = samples(sizes)
    value = loss(of(x), y)
    value.backward()
    assert nnviz.loss(network, x.numpy(), y.numpy()) == pytest.approx(value.item(), rel=CLOSE)
    found = [part for pair in nnviz.gradients(network, x.numpy(), y.numpy()) for part in pair if part is not None]
    for array, parameter in zip(found, of.parameters(), strict=True):
        assert parameter.grad is not None
        np.testing.assert_allclose(array, parameter.grad.numpy(), rtol=CLOSE, atol=CLOSE)


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("between", BETWEEN)
def test_losses_and_gradients_are_those_of_pytorch(sizes: Sequence[int], between: str) -> None:
    plain, ended = model(sizes, between), model(sizes, between, [nn.Sigmoid()])
    cases: list[tuple[nn.Module, nn.Module]] = [
        (plain, nn.MSELoss()), (plain, nn.MSELoss(reduction="sum")), (plain, nn.L1Loss()),
        (ended, nn.MSELoss()), (ended, nn.BCELoss()), (plain, nn.BCEWithLogitsLoss()),
    ]  # fmt: skip
    for of, loss in cases:
        of.zero_grad()
        assert_same(nnviz.from_torch(of, loss), of, loss, sizes)


def test_softmax_and_cross_entropy_are_those_of_pytorch() -> None:
    of, classes = model((4, 5, 3), "tanh"), torch.tensor([0, 1, 2, 0, 1])
    logged = nn.Sequential(*of, nn.LogSoftmax(dim=1))
    x, targets = samples((4, 5, 3))[0], np.eye(3)[classes]
    for of_loss, loss in ((of, nn.CrossEntropyLoss()), (logged, nn.NLLLoss())):
        of.zero_grad()
        network = nnviz.from_torch(of_loss, loss)
        value = loss(of_loss(x), classes)
        value.backward()
        assert nnviz.loss(network, x.numpy(), targets) == pytest.approx(value.item(), rel=CLOSE)
        found = [part for pair in nnviz.gradients(network, x.numpy(), targets) for part in pair if part is not None]
        for array, parameter in zip(found, of.parameters(), strict=True):
            np.testing.assert_allclose(array, parameter.grad.numpy(), rtol=CLOSE, atol=CLOSE)
    with pytest.raises(ValueError, match="it has an activation of its own"):
        nnviz.from_torch(nn.Sequential(*of, nn.Softmax(dim=1)), nn.CrossEntropyLoss())


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_outputs_are_those_of_pytorch(sizes: Sequence[int]) -> None:
    of = model(sizes, "tanh")
    x, _ = samples(sizes)
    found = nnviz.predict(nnviz.from_torch(of, loss="half_squared_error"), x.numpy())
    np.testing.assert_allclose(found, of(x).detach().numpy(), rtol=CLOSE, atol=CLOSE)


def own(name: str, forward: Any) -> Any:
    """Return a module of one's own that has three parts."""
    made = type(name, (nn.Module,), {"forward": forward})()
    made.hidden, made.act, made.out = nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1)
    return made


def test_modules_of_ones_own_are_shown_where_they_go_through_their_parts() -> None:
    through = own("Own", lambda self, x: self.out(self.act(self.hidden(x))))
    assert nnviz.from_torch(through).sizes == (3, 4, 1)
    with pytest.raises(ValueError, match="Other does not compute its parts one after the other"):
        nnviz.from_torch(own("Other", lambda self, x: self.out(torch.relu(self.hidden(x)))))
    with pytest.raises(ValueError, match=r"^conv \(Conv2d\) cannot be shown"):
        nnviz.from_torch(nn.Sequential(OrderedDict(fc=nn.Linear(2, 2), conv=nn.Conv2d(1, 1, 1))))


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.float16, torch.bfloat16], ids=str)
def test_its_safetensors_are_read_to_the_last_bit(tmp_path: Path, dtype: torch.dtype) -> None:
    of = model((4, 5, 3, 2), "tanh").to(dtype)
    save_file(of.state_dict(), tmp_path / "m.safetensors")
    found = nnviz.from_file(tmp_path / "m.safetensors", ["tanh", "tanh", "identity"], "half_squared_error")
    directly = nnviz.from_state_dict(of.state_dict(), ["tanh", "tanh", "identity"], "half_squared_error")
    for layer, again, linear in zip(found.layers, directly.layers, of[::2], strict=True):
        expected = linear.weight.detach().double().numpy()
        np.testing.assert_array_equal(layer.weights, expected)
        np.testing.assert_array_equal(again.weights, expected)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("is_new", [True, False])
def test_its_onnx_is_read(tmp_path: Path, is_new: bool) -> None:
    of = model((4, 5, 3, 1), "relu", [nn.Sigmoid()]).float().eval()
    x = samples((4, 5, 3, 1))[0].float()
    options: dict[str, Any] = (
        {"dynamo": True, "external_data": False, "verbose": False} if is_new else {"dynamo": False}
    )
    torch.onnx.export(of, (x,), tmp_path / "m.onnx", **options)
    network = nnviz.from_file(tmp_path / "m.onnx")
    assert network.loss == "binary_cross_entropy"
    np.testing.assert_allclose(nnviz.predict(network, x.numpy()), of(x).detach().numpy(), rtol=1e-5)


def test_its_own_files_are_not_opened(tmp_path: Path) -> None:
    torch.save(model((2, 1), "tanh").state_dict(), tmp_path / "m.pt")
    with pytest.raises(ValueError, match=r"is not unpacked. Save the model’s parameters as safetensors"):
        nnviz.from_file(tmp_path / "m.pt")


def test_the_code_that_is_exported_runs_in_pytorch() -> None:
    of = model((2, 3, 1), "tanh", [nn.Sigmoid()])
    network = nnviz.from_torch(of)
    x, y = samples((2, 3, 1))
    predicting: dict[str, Any] = {}
    exec(nnviz.to_code(network, "torch"), predicting)
    np.testing.assert_allclose(predicting["predict"](x).detach().numpy(), of(x).detach().numpy(), rtol=CLOSE)
    iteration = nnviz.trace(network, x.numpy(), y.numpy(), 0.1)
    stepping: dict[str, Any] = {}
    exec(nnviz.to_code(iteration, "torch"), stepping)
    torch.set_default_dtype(torch.float32)
    assert iteration.network is not None
    for number, layer in enumerate(iteration.network.layers, start=1):
        np.testing.assert_allclose(stepping[f"W{number}"].detach().numpy(), layer.matrix, rtol=CLOSE)
