"""Networks and samples at random, for Hypothesis."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import strategies as st

import nnviz
from nnviz.engine.activations import ANYWHERE
from nnviz.engine.losses import LOSSES, REDUCTIONS
from nnviz.engine.manner import PLAIN
from nnviz.presets import PRESETS

MODERATE = st.floats(-1.0, 1.0, allow_subnormal=False)
PROBABILITIES = st.floats(0.0, 1.0, allow_subnormal=False)
MADE_FOR = {"binary_cross_entropy": "sigmoid", "categorical_cross_entropy": "softmax"}  # the last activation
SLOPES = (None, 0.1)  # of leaky ReLUs below 0
RATES = st.floats(0.001, 1.0)


Rows = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Problem:
    """A network and what it learns from."""

    network: nnviz.Network
    inputs: Rows
    targets: Rows
    learning_rate: float

    def trace(self, manner: nnviz.Manner = PLAIN) -> nnviz.Iteration:
        """Return the iteration, told in a manner."""
        return nnviz.trace(self.network, self.inputs, self.targets, self.learning_rate, manner)


def of_preset(key: str) -> Problem:
    """Return what a preset begins with."""
    preset = PRESETS[key]
    return Problem(preset.network, preset.inputs, preset.targets, preset.learning_rate)


@st.composite
def problems(
    draw: st.DrawFn,
    numbers: st.SearchStrategy[float] = MODERATE,
    *,
    max_layers: int = 4,
    min_samples: int = 1,
    max_samples: int = 5,
    activations: Sequence[str] = ANYWHERE,
    losses: Sequence[str] = tuple(LOSSES),
    rates: st.SearchStrategy[float] = RATES,
) -> Problem:
    """Draw a network of up to so many layers, of one to three neurons each, and as many samples."""

    def rows(n_rows: int, n_columns: int, of: st.SearchStrategy[float] = numbers) -> list[list[float]]:
        row = st.lists(of, min_size=n_columns, max_size=n_columns)
        return draw(st.lists(row, min_size=n_rows, max_size=n_rows))

    loss = draw(st.sampled_from(losses))
    n_layers, n_samples = draw(st.integers(1, max_layers)), draw(st.integers(min_samples, max_samples))
    sizes = draw(st.lists(st.integers(1, 3), min_size=n_layers + 1, max_size=n_layers + 1))
    sizes[-1] = max(sizes[-1], 2) if loss == "categorical_cross_entropy" else sizes[-1]
    layers = []
    for number, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        made_for = MADE_FOR.get(loss) if number == n_layers else None
        activation = made_for or draw(st.sampled_from(activations))
        biases = rows(1, n_out)[0] if draw(st.booleans()) else None
        slope = draw(st.sampled_from(SLOPES)) if activation == "leaky_relu" else None
        layers.append(nnviz.Layer(rows(n_out, n_in), biases, activation, draw(st.booleans()), slope))
    target = PROBABILITIES if loss in MADE_FOR else numbers
    targets = rows(n_samples, sizes[-1], of=target)
    if loss == "categorical_cross_entropy":
        targets = [_shares(row) for row in targets]
    return Problem(
        network=nnviz.Network(layers, loss, draw(st.sampled_from(REDUCTIONS))),
        inputs=rows(n_samples, sizes[0]),
        targets=targets,
        learning_rate=draw(rates),
    )


def _shares(row: list[float]) -> list[float]:
    """Return probabilities of classes: the row by its sum, or the first class where that is 0."""
    whole = sum(row)
    return [value / whole for value in row] if whole > 1e-3 else [float(at == 0) for at in range(len(row))]
