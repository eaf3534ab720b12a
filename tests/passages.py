"""The presets told in every detail and notation, each passage made once; and what shown numbers are worth."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, reduce
from itertools import product
from operator import mul
from typing import Any

import numpy as np

from nnviz.draw.passage import Passage
from nnviz.engine.expressions import Expression, Num, Op, Partial, Ref
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


def sigmoid(z: float) -> float:
    """Return 1/(1 + e^(−z))."""
    return 1 / (1 + math.exp(-z))


FUNCTIONS: dict[str, Callable[..., float]] = {
    "+": lambda *terms: math.fsum(terms),
    "−": lambda a, b: a - b,
    "·": lambda *factors: reduce(mul, factors),
    "/": lambda a, b: a / b,
    "negative": lambda x: -x,
    "square": lambda x: x**2,
    "σ": sigmoid,
    "tanh": math.tanh,
    "ReLU": lambda z: max(z, 0.0),
    "ReLU′": lambda z: float(z > 0),
    "ln σ": lambda z: math.log(sigmoid(z)),
    "ln(1 − σ)": lambda z: math.log(1 - sigmoid(z)),
}


def of_sample(value: Any, sample: int) -> float:
    """Return a sample's own number, or the one that all samples share."""
    return float(value[sample]) if np.ndim(value) else float(value)


def recomputed(expression: Expression, known: Mapping[str, Any], n_samples: int, sample: int = 0) -> float:
    """Return a sample's value of the expression from known values, in plain floats and with exact sums."""
    match expression:
        case Num(value):
            return value
        case Ref(quantity):
            return of_sample(known[quantity.name], sample)
        case Partial(_, equals):
            return recomputed(equals, known, n_samples, sample)
        case Op("Σ", (inner,)):
            return math.fsum(recomputed(inner, known, n_samples, one) for one in range(n_samples))
        case Op(operator, operands):
            return FUNCTIONS[operator](*(recomputed(operand, known, n_samples, sample) for operand in operands))


WRITTEN = [
    ("−", "-"),
    ("·", "*"),
    ("²", "**2"),
    ("½", "0.5"),
    ("ReLU′", "step"),
    ("ReLU", "relu"),
    ("ln(1 - σ", "ln(1 - sigmoid"),
]
NAMES = {
    "sigmoid": sigmoid,
    "ln": math.log,
    "tanh": math.tanh,
    "relu": FUNCTIONS["ReLU"],
    "step": FUNCTIONS["ReLU′"],
}


def worth(text: str) -> float:
    """Return what a line of numbers, such as ½·(0.191 − 1)², comes to as a person reads it."""
    for sign, python in WRITTEN:
        text = text.replace(sign, python)
    text = re.sub(r"ln σ\(([^()]*)\)", r"ln(sigmoid(\1))", text).replace("σ", "sigmoid")
    return float(eval(text, {"__builtins__": {}}, NAMES))
