"""The presets told in every detail and notation, each passage made once."""

from dataclasses import replace
from functools import cache
from itertools import product
from typing import Any

import numpy as np

from nnviz.draw.passage import Passage
from nnviz.engine.manner import DETAILS, Manner
from nnviz.engine.quantities import NOTATIONS
from nnviz.lessons.presets import PRESETS
from nnviz.lessons.run import passage
from nnviz.lessons.setup import of_preset

Telling = tuple[str, str, str]

TELLINGS: list[Telling] = list(product(PRESETS, DETAILS, NOTATIONS))


@cache
def told(preset: str, detail: str = "neuron", notation: str = "numbered", in_place: bool = False) -> Passage:
    """Return the first iteration of a preset, told in a manner."""
    return passage(replace(of_preset(preset), manner=Manner(detail, notation, in_place)), 1)


def identity(telling: Telling) -> str:
    """Return the name of a parametrised test."""
    return " ".join(telling)


def of_sample(value: Any, sample: int) -> float:
    """Return a sample's own number, or the one that all samples share."""
    return float(value[sample]) if np.ndim(value) else float(value)
