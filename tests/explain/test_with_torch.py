"""Optimizers beside PyTorch's own: the program that the page shows, run as it stands, and whole trainings."""

import io
from contextlib import redirect_stdout
from typing import Any

import numpy as np
import pytest
import torch

import nnviz
from nnviz.engine.method import Method
from nnviz.explain.torch_program import torch_program
from tests.methods import ALL_METHODS, MIXED, name_of, traces

ITERATIONS = 60  # later RMSprop is chaotic: of the 1e-15 of a rounding 1e-7 have come after 200
FALLING = nnviz.StepDecay(20, 0.5)
every_method = pytest.mark.parametrize("method", ALL_METHODS, ids=name_of)


@every_method
@pytest.mark.parametrize("number", [1, 2, 5])
def test_its_step_is_the_iterations(method: Method, number: int) -> None:
    *_, iteration = traces(MIXED, method, number)
    names: dict[str, Any] = {}
    with redirect_stdout(io.StringIO()):
        exec("\n".join(line.text for line in torch_program(iteration)), names)
    assert iteration.network is not None
    for layer, weights in zip(iteration.network.layers, (names["W1"], names["W2"]), strict=True):
        np.testing.assert_allclose(weights.detach().numpy(), layer.matrix, rtol=1e-12, atol=1e-15)


@every_method
def test_training_ends_where_pytorchs_does(method: Method) -> None:
    net = MIXED.network
    settings = {
        "optimizer": method.optimizer,
        "schedule": FALLING if method.schedule == nnviz.StepDecay() else method.schedule,
        "weight_decay": method.weight_decay,
    }
    ours = nnviz.train(net, MIXED.inputs, MIXED.targets, 0.05, ITERATIONS, **settings)  # type: ignore[arg-type]
    x, y = torch.tensor(MIXED.inputs, dtype=torch.float64), torch.tensor(MIXED.targets, dtype=torch.float64)
    w1, w2 = (torch.tensor(layer.matrix.copy(), requires_grad=True) for layer in net.layers)
    b1 = torch.tensor(net.layers[0].vector, requires_grad=True)
    b2 = torch.tensor(net.layers[1].vector)
    numbers = {
        part.quantity.id: repr(n) for part, n in zip(method.optimizer.settings, method.optimizer.given, strict=True)
    }
    groups = f"{{'params': [w1, w2], 'weight_decay': {method.weight_decay}}}, {{'params': [b1]}}"
    made = method.optimizer.torch.format(parameters=groups, rate="0.05", **numbers)
    optimizer = eval(f"torch.optim.{made}", {"torch": torch, "w1": w1, "b1": b1, "w2": w2})
    scheduler: Any = {
        "constant": lambda: torch.optim.lr_scheduler.ConstantLR(optimizer, factor=1.0),
        "step": lambda: torch.optim.lr_scheduler.StepLR(optimizer, FALLING.every, FALLING.factor),
        "exponential": lambda: torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.99),
    }[method.schedule.key]()
    for _ in range(ITERATIONS):
        optimizer.zero_grad()
        output = torch.tanh(x @ w1.T + b1) @ w2.T + b2
        (((output - y) ** 2).sum() / 2 / len(MIXED.inputs)).backward()
        optimizer.step()
        scheduler.step()
    for layer, weights in zip(ours.network.layers, (w1, w2), strict=True):
        np.testing.assert_allclose(weights.detach().numpy(), layer.matrix, rtol=1e-8, atol=1e-12)
