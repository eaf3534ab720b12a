"""The iterations that follow from settings: a pure function, so nothing is kept for anybody."""

from functools import lru_cache

import numpy as np

from nnviz.draw.view import Passage
from nnviz.engine.network import Network
from nnviz.engine.quantities import LOSS
from nnviz.engine.trace import Iteration, trace
from nnviz.lessons.presets import TWO_TWO_ONE, Preset
from nnviz.lessons.settings import Settings

PRESET = TWO_TWO_ONE
LAST_ITERATION = 1000


def passage(settings: Settings, number: int) -> Passage:
    """Return iteration ``number`` of the run that the settings start, or the one before it in which it diverges."""
    losses: list[float] = []
    for earlier in range(1, number):
        done = _iteration(settings, earlier)
        if done.overflow is not None:
            return Passage(done, earlier, tuple(losses), is_last=True)
        losses.append(float(done.values[LOSS.name]))
    return Passage(_iteration(settings, number), number, tuple(losses), is_last=number >= LAST_ITERATION)


@lru_cache(maxsize=2 * LAST_ITERATION)
def _iteration(settings: Settings, number: int) -> Iteration:
    """Return an iteration; those before it have been asked for already, so this never goes deep."""
    numbers = settings.by_key
    network = _start(PRESET, settings) if number == 1 else _iteration(settings, number - 1).network
    assert network is not None
    q = network.shape.quantities
    inputs = [[numbers[x.name] for x in q.neurons[0]]]
    targets = [[numbers[f"target{y.letter.index}"] for y in q.targets]]
    return trace(network, inputs, targets, numbers["rate"])


def _start(preset: Preset, settings: Settings) -> Network:
    """Return the preset's network with the weights of the settings."""
    numbers, layers = settings.by_key, []
    for layer, rows in zip(preset.network.layers, preset.network.shape.quantities.weights[1:], strict=True):
        weights = np.array([[numbers[w.name] for w in row] for row in rows])
        layers.append(layer.updated(weights, layer.vector))
    return Network(layers, preset.network.loss)
