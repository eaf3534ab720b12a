"""Networks and samples at random, for Hypothesis."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hypothesis import strategies as st

import nnviz
from nnviz.engine.activations import ANYWHERE
from nnviz.engine.losses import LOSSES, REDUCTIONS
from nnviz.engine.manner import PLAIN
from nnviz.presets import PRESETS
from tests.oracles.constraints import At, places_of

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
    is_free: bool = False,
) -> Problem:
    """Draw a network of up to so many layers, of one to three neurons each, and as many samples.

    Some of its weights and biases are fixed, absent or tied, unless it ``is_free``.
    """

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
    network = nnviz.Network(layers, loss, draw(st.sampled_from(REDUCTIONS)))
    return Problem(
        network=network if is_free or draw(st.booleans()) else draw(constrained(network)),
        inputs=rows(n_samples, sizes[0]),
        targets=targets,
        learning_rate=draw(rates),
    )


@st.composite
def constrained(draw: st.DrawFn, network: nnviz.Network) -> nnviz.Network:
    """Draw which weights and biases of a network are fixed, absent or tied, as far as that is allowed."""
    places = places_of(network)
    roles = [draw(st.sampled_from(["", "", "", "fixed", "absent", "tie 1", "tie 2"])) for _ in places]
    named = {role: [name for name, own in zip(places, roles, strict=True) if own == role] for role in set(roles)}
    absent = [name for name in named.get("absent", []) if name[0] == "w"]
    ties = [[name for name in named.get(tie, []) if name[0] == letter] for tie in ("tie 1", "tie 2") for letter in "wb"]
    ties = [tie for tie in ties if len(tie) > 1]
    alike = network
    for first, *others in ties:
        alike = with_numbers(alike, dict.fromkeys(map(places.__getitem__, others), number_at(alike, places[first])))
    try:
        return replace(alike, fixed=named.get("fixed", []), absent=absent, tied=ties)
    except ValueError:
        return network


def number_at(network: nnviz.Network, at: At) -> float:
    """Return the weight or bias at a place."""
    layer, unit, source = at
    weights, biases = network.layers[layer].matrix, network.layers[layer].vector
    if source is not None:
        return float(weights[unit, source])
    assert biases is not None
    return float(biases[unit])


def with_numbers(network: nnviz.Network, numbers: dict[At, float]) -> nnviz.Network:
    """Return the network with other weights and biases at some places."""
    layers = [
        (layer.matrix.copy(), None if layer.vector is None else layer.vector.copy(), layer) for layer in network.layers
    ]
    for (at, unit, source), number in numbers.items():
        weights, biases, _ = layers[at]
        if source is not None:
            weights[unit, source] = number
        elif biases is not None:
            biases[unit] = number
    return replace(network, layers=[layer.updated(weights, biases) for weights, biases, layer in layers])


def _shares(row: list[float]) -> list[float]:
    """Return probabilities of classes: the row by its sum, or the first class where that is 0."""
    whole = sum(row)
    return [value / whole for value in row] if whole > 1e-3 else [float(at == 0) for at in range(len(row))]
