"""The first iteration of the presets, told in every detail and notation, each made once.

Presets of one shape and as many samples are told by one plan: what is said of the telling is proved on the first of
each, what is said of the numbers on all of them.
"""

from dataclasses import replace
from functools import cache
from itertools import product
from typing import Any

import numpy as np

from nnviz.engine.batches import ALL
from nnviz.engine.manner import DETAILS, MISTAKES, NEURON, Detail, Manner, Mistake
from nnviz.engine.naming import NOTATIONS, NUMBERED, Notation
from nnviz.lessons.network.run import NetworkRun, run_at
from nnviz.lessons.network.setup import of_preset
from nnviz.presets import PRESETS

Telling = tuple[str, Detail, Notation]

UPDATES: tuple[Mistake | None, ...] = (None, *MISTAKES)
BY_PLAN = {(preset.network.shape, len(preset.inputs)): key for key, preset in reversed(PRESETS.items())}
PLANS = [key for key in PRESETS if key in BY_PLAN.values()]
TELLINGS: list[Telling] = list(product(PLANS, DETAILS, NOTATIONS))
TELLINGS_OF_ALL: list[Telling] = TELLINGS + [(key, NEURON, NUMBERED) for key in PRESETS if key not in PLANS]


@cache
def told(
    preset: str, detail: Detail = NEURON, notation: Notation = NUMBERED, mistake: Mistake | None = None
) -> NetworkRun:
    """Return an iteration of a preset over all samples, told in a manner, with a classic mistake where one is given."""
    manner = Manner(detail, notation).with_mistake(mistake)
    return run_at(replace(of_preset(preset), manner=manner, batches=ALL), 1)


def identity(telling: Telling) -> str:
    """Return the name of a parametrised test."""
    return " ".join(telling)


def of_sample(value: Any, sample: int) -> float:
    """Return a sample's own number, or the one that all samples share."""
    return float(value[sample]) if np.ndim(value) else float(value)
