"""How fast training is beside other systems that make the same descent, with the same optimizer."""

import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
import torch
from micrograd.engine import Value
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor
from torch.nn import functional

import nnviz
from nnviz.engine.optimizers import GRADIENT_DESCENT, Optimizer
from nnviz.presets import PRESETS

RUN = 0.2  # seconds of CPU
RUNS = 5
RELATIVE, ABSOLUTE = 1e-9, 1e-12  # as far as rounding may take two systems apart
COMPARED = 60  # iterations: scikit-learn forgets what an optimizer keeps, and Adam makes much of a rounding
NO_EPSILON = 1e-30  # scikit-learn adds ε at another place, so it is to make no difference
# The others descend along (ŷ − y)², so the rate has what our losses have before it.
BEFORE_SQUARE = {"half_squared_error": 0.5, "mean_squared_error": 1.0}
TORCH_MODULES = {"relu": torch.nn.ReLU, "sigmoid": torch.nn.Sigmoid, "tanh": torch.nn.Tanh}
TORCH_FUNCTIONS = {"relu": torch.relu, "sigmoid": torch.sigmoid, "tanh": torch.tanh}
SCIKIT_NAMES = {"relu": "relu", "sigmoid": "logistic", "tanh": "tanh", "identity": "identity"}


@dataclass(frozen=True, eq=False)
class Case:
    """A network, what it learns from, how fast, and by which optimizer."""

    name: str
    network: nnviz.Network
    inputs: Any
    targets: Any
    rate: float
    optimizer: Optimizer = GRADIENT_DESCENT

    @property
    def rate_of_square(self) -> float:
        """The learning rate that belongs to the mean of (ŷ − y)²."""
        return self.rate * BEFORE_SQUARE[self.network.loss]

    @property
    def is_logistic(self) -> bool:
        return self.network.loss == "binary_cross_entropy"

    @property
    def has_classes(self) -> bool:
        return self.network.loss == "categorical_cross_entropy"

    @property
    def compared(self) -> int | None:
        """After how many iterations the weights are compared; None is all that were made."""
        return None if self.optimizer == GRADIENT_DESCENT else COMPARED


class Descender(Protocol):
    """A system that goes down from a case's weights, in full batches. Raises NotImplementedError where it cannot."""

    def __init__(self, case: Case) -> None: ...
    def go_on(self, iterations: int) -> None: ...
    def parameters(self) -> Sequence[Any]:
        """Return the weights and the biases of each layer."""


class Ours:
    """nnviz.train, with E of each iteration."""

    def __init__(self, case: Case) -> None:
        self.case, self.network = case, case.network
        self.state: nnviz.OptimizerState | None = None

    def go_on(self, iterations: int) -> None:
        of = self.case
        history = nnviz.train(
            self.network, of.inputs, of.targets, of.rate, iterations, optimizer=of.optimizer, state=self.state
        )
        self.network, self.state = history.network, history.state

    def parameters(self) -> Sequence[Any]:
        arrays = (array for layer in self.network.layers for array in (layer.matrix, layer.vector))
        return [array for array in arrays if array is not None]


class Torch:
    """PyTorch as its users write it: modules and an optimizer."""

    def __init__(self, case: Case) -> None:
        torch.set_num_threads(1)
        parts: list[torch.nn.Module] = []
        for layer in case.network.layers:
            n_out, n_in = layer.matrix.shape
            linear = torch.nn.Linear(n_in, n_out, bias=layer.vector is not None, dtype=torch.float64)
            for parameter, array in zip(linear.parameters(), (layer.matrix, layer.vector), strict=False):
                parameter.data = torch.tensor(array)
            is_alone = layer.activation in ("identity", "softmax")
            parts += [linear] if is_alone else [linear, TORCH_MODULES[layer.activation]()]
        self.loss: Callable[..., torch.Tensor] = functional.mse_loss
        self.rate = case.rate if case.is_logistic or case.has_classes else case.rate_of_square
        if case.is_logistic:
            self.loss, parts = functional.binary_cross_entropy_with_logits, parts[:-1]
        if case.has_classes:
            self.loss = functional.cross_entropy
        self.model = torch.nn.Sequential(*parts)
        self.optimizer = _torch_optimizer(case.optimizer, self.model, self.rate)
        self.x, self.y = (torch.tensor(rows, dtype=torch.float64) for rows in (case.inputs, case.targets))

    def go_on(self, iterations: int) -> None:
        for _ in range(iterations):
            self.optimizer.zero_grad()
            self.loss(self.model(self.x), self.y).backward()
            self.optimizer.step()

    def parameters(self) -> Sequence[Any]:
        return [parameter.detach().numpy() for parameter in self.model.parameters()]


def _torch_optimizer(optimizer: Optimizer, model: torch.nn.Module, rate: float) -> torch.optim.Optimizer:
    match optimizer:
        case nnviz.Momentum(momentum):
            return torch.optim.SGD(model.parameters(), lr=rate, momentum=momentum)
        case nnviz.Adam(beta1, beta2, epsilon):
            return torch.optim.Adam(model.parameters(), lr=rate, betas=(beta1, beta2), eps=epsilon)
    return torch.optim.SGD(model.parameters(), lr=rate)


class BareTorch(Torch):
    """PyTorch without modules and without an optimizer: the least that it does for such small networks."""

    def __init__(self, case: Case) -> None:
        _only_descends(case, "bare PyTorch")
        super().__init__(case)
        self.all = list(self.model.parameters())
        linear = [part for part in self.model if isinstance(part, torch.nn.Linear)]
        functions = [TORCH_FUNCTIONS.get(layer.activation) for layer in case.network.layers]
        if case.is_logistic:
            functions[-1] = None
        self.layers = [(part.weight, part.bias, f) for part, f in zip(linear, functions, strict=True)]

    def go_on(self, iterations: int) -> None:
        for _ in range(iterations):
            a = self.x
            for weights, biases, function in self.layers:
                a = functional.linear(a, weights, biases)
                a = a if function is None else function(a)
            slopes = torch.autograd.grad(self.loss(a, self.y), self.all)
            with torch.no_grad():
                for parameter, slope in zip(self.all, slopes, strict=True):
                    parameter.sub_(slope, alpha=self.rate)


class ScikitLearn:
    """MLPRegressor, or MLPClassifier for cross-entropy.

    It always trains biases. Without them, each sample stands there a second time with the signs of inputs and targets
    changed: in a network without activations the biases' slopes are then 0, and those of the weights are the same.
    """

    def __init__(self, case: Case) -> None:
        self.layers = case.network.layers
        self.x, self.y = np.array(case.inputs), np.array(case.targets)[:, 0]
        if case.has_classes:
            self.y = np.argmax(case.targets, axis=1)
        if self.layers[0].vector is None:
            self.x, self.y = np.concatenate([self.x, -self.x]), np.concatenate([self.y, -self.y])
        has_square = not (case.is_logistic or case.has_classes)
        self.model = (MLPRegressor if has_square else MLPClassifier)(
            hidden_layer_sizes=[len(layer.matrix) for layer in self.layers[:-1]],
            activation=SCIKIT_NAMES[self.layers[0].activation],
            learning_rate_init=2.0 * case.rate_of_square if has_square else case.rate,  # of ½(ŷ − y)²
            **_scikit_optimizer(case.optimizer), alpha=0.0, batch_size=len(self.x), shuffle=False,
            tol=0.0, n_iter_no_change=10**9, warm_start=True, max_iter=1,
        )  # fmt: skip
        self.go_on(1)  # makes the model's own start, which gives way to the case's
        self.model.coefs_ = [layer.matrix.T.copy() for layer in self.layers]
        self.model.intercepts_ = [
            np.zeros(len(layer.matrix)) if layer.vector is None else layer.vector.copy() for layer in self.layers
        ]

    def go_on(self, iterations: int) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            self.model.set_params(max_iter=iterations).fit(self.x, self.y)

    def parameters(self) -> Sequence[Any]:
        found = []
        for layer, weights, biases in zip(self.layers, self.model.coefs_, self.model.intercepts_, strict=True):
            found += [weights.T] if layer.vector is None else [weights.T, biases]
        return found


def _scikit_optimizer(optimizer: Optimizer) -> dict[str, Any]:
    match optimizer:
        case nnviz.Adam(beta1, beta2, epsilon):
            return {"solver": "adam", "beta_1": beta1, "beta_2": beta2, "epsilon": epsilon}
        case nnviz.Momentum(momentum):
            return {"solver": "sgd", "momentum": momentum, "nesterovs_momentum": False}
    return {"solver": "sgd", "momentum": 0.0, "nesterovs_momentum": False}


def _only_descends(case: Case, system: str) -> None:
    if case.optimizer != GRADIENT_DESCENT:
        raise NotImplementedError(f"{system} has no optimizer")


class Micrograd:
    """micrograd: a graph of numbers each iteration, sample by sample, as a graph of 1,000 is too deep for it."""

    def __init__(self, case: Case) -> None:
        _only_descends(case, "micrograd")
        if any(layer.activation not in ("identity", "relu") for layer in case.network.layers):
            raise NotImplementedError("micrograd has ReLU, and neither σ nor tanh nor a logarithm")
        self.layers = [
            (_values(layer.matrix), None if layer.vector is None else _values(layer.vector), layer.activation == "relu")
            for layer in case.network.layers
        ]
        self.samples = [([float(x) for x in xs], float(y)) for xs, (y,) in zip(case.inputs, case.targets, strict=True)]
        self.rate = case.rate_of_square / len(self.samples)
        rows = [row for weights, biases, _ in self.layers for row in (*weights, biases or [])]
        self.all = [value for row in rows for value in row]

    def go_on(self, iterations: int) -> None:
        for _ in range(iterations):
            for parameter in self.all:
                parameter.grad = 0
            for inputs, target in self.samples:
                ((self.output(inputs) - target) ** 2).backward()
            for parameter in self.all:
                parameter.data -= self.rate * parameter.grad

    def output(self, a: Sequence[Any]) -> Any:
        for weights, biases, is_relu in self.layers:
            sums = [sum((w * x for w, x in zip(row[1:], a[1:], strict=True)), row[0] * a[0]) for row in weights]
            sums = sums if biases is None else [z + b for z, b in zip(sums, biases, strict=True)]
            a = [z.relu() for z in sums] if is_relu else sums
        return a[0]

    def parameters(self) -> Sequence[Any]:
        arrays = [array for weights, biases, _ in self.layers for array in (weights, biases) if array is not None]
        return [np.vectorize(lambda value: value.data)(array) for array in arrays]


SYSTEMS: dict[str, type[Descender]] = {
    "nnviz": Ours,
    "PyTorch": Torch,
    "bare PyTorch": BareTorch,
    "scikit-learn": ScikitLearn,
    "micrograd": Micrograd,
}


@dataclass
class Attempt:
    """A system at a case: how many iterations it made in all, how many it makes a run, and the least seconds of one."""

    system: Descender
    made: int = 0
    a_run: int = 1
    least: float = field(default=float("inf"))

    def run(self) -> float:
        """Return the seconds of CPU that a run took."""
        start = time.process_time()
        self.system.go_on(self.a_run)
        spent = time.process_time() - start
        self.made += self.a_run
        return spent

    def warm_up(self) -> None:
        """Find how many iterations a run of RUN seconds has; a system's very first one takes longer than any other."""
        self.run()
        while (spent := self.run()) < RUN / 8:
            self.a_run *= 2
        self.a_run = max(1, round(self.a_run * RUN / spent))


def cases() -> list[Case]:
    """Return what is trained, by which optimizer: presets, a classifier of 4-5-3, and 8-8-8-1 with 1,000 samples."""
    names = {"2-2-1": "2-2-1", "xor-learns": "XOR, 2-3-1", "fahrenheit": "Fahrenheit, 1-1"}
    presets = [(name, PRESETS[key]) for key, name in names.items()]
    random, sizes = np.random.default_rng(1), (8, 8, 8, 1)
    layers = [
        nnviz.Layer(random.normal(size=(n_out, n_in)) / n_in**0.5, [0.0] * n_out, "identity" if n_out == 1 else "relu")
        for n_in, n_out in pairwise(sizes)
    ]
    inputs = random.normal(size=(1000, 8))
    large = nnviz.Network(layers, "mean_squared_error")
    xor = PRESETS["xor-learns"]
    classes = np.arange(150) % 3
    flowers = random.normal(size=(3, 4))[classes] + 0.7 * random.normal(size=(150, 4))
    classifier = nnviz.Network(
        [
            nnviz.Layer(random.normal(size=(5, 4)) / 2, [0.0] * 5, "tanh"),
            nnviz.Layer(random.normal(size=(3, 5)) / 2, [0.0] * 3, "softmax"),
        ],
        "categorical_cross_entropy",
    )
    methods: dict[str, Optimizer] = {
        "": GRADIENT_DESCENT, ", momentum": nnviz.Momentum(0.9), ", Adam": nnviz.Adam(epsilon=NO_EPSILON),
    }  # fmt: skip
    return [
        *(Case(name, p.network, p.inputs, p.targets, p.learning_rate) for name, p in presets),
        Case("XOR, 2-3-1, Adam", xor.network, xor.inputs, xor.targets, 0.01, methods[", Adam"]),
        *(
            Case(f"softmax, 4-5-3{name}", classifier, flowers, np.eye(3)[classes], 0.01, optimizer)
            for name, optimizer in methods.items()
        ),
        Case("8-8-8-1", large, inputs, np.sin(inputs.sum(axis=1, keepdims=True)), 0.01),
    ]


def rates(case: Case) -> dict[str, float | str]:
    """Return each system's iterations a second of CPU, or why it has none.

    Raises ArithmeticError where its weights are not those of nnviz.
    """
    attempts, found = {}, {}
    for name, system in SYSTEMS.items():
        try:
            attempts[name] = Attempt(system(case))
        except NotImplementedError as problem:
            found[name] = str(problem)
            continue
        attempts[name].warm_up()
    for _ in range(RUNS):
        for attempt in attempts.values():
            attempt.least = min(attempt.least, attempt.run())
    for name, attempt in attempts.items():
        _check(case, name, attempt)
    return found | {name: attempt.a_run / attempt.least for name, attempt in attempts.items()}


def _check(case: Case, name: str, attempt: Attempt) -> None:
    expected, system, made = Ours(case), attempt.system, attempt.made
    if case.compared is not None:
        system, made = SYSTEMS[name](case), case.compared
        system.go_on(made)
    expected.go_on(made)
    for ours, theirs in zip(expected.parameters(), system.parameters(), strict=True):
        if not np.allclose(ours, theirs, rtol=RELATIVE, atol=ABSOLUTE):
            raise ArithmeticError(f"{name}, {case.name}, {made} iterations: {theirs}, not {ours}")


def _values(numbers: Any) -> list[Any]:
    return [_values(number) if np.ndim(number) else Value(float(number)) for number in numbers]
