"""Networks and samples at random, for Hypothesis."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import strategies as st

import nnviz
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.losses import LOSSES
from nnviz.engine.manner import PLAIN
from nnviz.presets import PRESETS

MODERATE = st.floats(-1.0, 1.0, allow_subnormal=False)
PROBABILITIES = st.floats(0.0, 1.0, allow_subnormal=False)
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
    activations: Sequence[str] = tuple(ACTIVATIONS),
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
    layers = []
    for number, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        made_for_sigmoid = loss == "binary_cross_entropy" and number == n_layers
        activation = "sigmoid" if made_for_sigmoid else draw(st.sampled_from(activations))
        biases = rows(1, n_out)[0] if draw(st.booleans()) else None
        layers.append(nnviz.Layer(rows(n_out, n_in), biases, activation, biases_fixed=draw(st.booleans())))
    target = PROBABILITIES if loss == "binary_cross_entropy" else numbers
    return Problem(
        network=nnviz.Network(layers, loss),
        inputs=rows(n_samples, sizes[0]),
        targets=rows(n_samples, sizes[-1], of=target),
        learning_rate=draw(rates),
    )
