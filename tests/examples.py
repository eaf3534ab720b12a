"""Worked examples that others have printed: the networks, and the numbers as strings, digit by digit."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import nnviz
from nnviz.algebra.expressions import Value
from tests.problems import Problem


@dataclass(frozen=True)
class Example(Problem):
    """A problem, and what one iteration gives, by the quantity's name.

    ``exact`` holds every digit that there is; ``rounded`` is to be compared in as many decimals as are printed.
    """

    exact: Mapping[str, str] = field(default_factory=dict)
    rounded: Mapping[str, str] = field(default_factory=dict)


# hmkcode, "Backpropagation Step by Step" (https://hmkcode.com/ai/backpropagation-step-by-step/): the printed values,
# and the exact ones, worked out from them.
STEP_BY_STEP = Example(
    network=nnviz.Network(
        [nnviz.Layer([[0.11, 0.21], [0.12, 0.08]]), nnviz.Layer([[0.14, 0.15]])], loss="half_squared_error"
    ),
    inputs=[[2, 3]],
    targets=[[1]],
    learning_rate=0.05,
    exact={
        "h1": "0.85",
        "h2": "0.48",
        "ŷ": "0.191",
        "E": "0.3272405",
        "∂E/∂ŷ": "-0.809",
        "∂E/∂w1": "-0.22652",
        "∂E/∂w2": "-0.33978",
        "∂E/∂w3": "-0.2427",
        "∂E/∂w4": "-0.36405",
        "∂E/∂w5": "-0.68765",
        "∂E/∂w6": "-0.38832",
        "w1⁺": "0.121326",
        "w2⁺": "0.226989",
        "w3⁺": "0.132135",
        "w4⁺": "0.0982025",
        "w5⁺": "0.1743825",
        "w6⁺": "0.169416",
        "h1⁺": "0.923619",
        "h2⁺": "0.5588775",
    },
    rounded={
        "E": "0.327",
        "w1⁺": "0.12",
        "w2⁺": "0.23",
        "w3⁺": "0.13",
        "w4⁺": "0.10",
        "w5⁺": "0.17",
        "w6⁺": "0.17",
        "h1⁺": "0.92",
        "h2⁺": "0.56",
        "ŷ⁺": "0.2557457808",
        "E⁺": "0.2769571714",
    },
)
STEP_BY_STEP_CHANGES = {  # α·∂E/∂w, as the post prints them
    "w1": "-0.011",
    "w2": "-0.017",
    "w3": "-0.012",
    "w4": "-0.018",
    "w5": "-0.034",
    "w6": "-0.019",
}
STEP_BY_STEP_PREDICTIONS = ("0.1910000000", "0.2557457808", "0.3323139301", "0.4193728470")  # ŷ, iteration by iteration


def _mazur(biases_fixed: bool) -> nnviz.Network:
    return nnviz.Network(
        [
            nnviz.Layer([[0.15, 0.20], [0.25, 0.30]], [0.35, 0.35], "sigmoid", biases_fixed),
            nnviz.Layer([[0.40, 0.45], [0.50, 0.55]], [0.60, 0.60], "sigmoid", biases_fixed),
        ],
        loss="half_squared_error",
    )


# Mazur, "A Step by Step Backpropagation Example", whose biases stay as they are:
# https://mattmazur.com/2015/03/17/a-step-by-step-backpropagation-example/
MAZUR = Example(
    network=_mazur(biases_fixed=True),
    inputs=[[0.05, 0.10]],
    targets=[[0.01, 0.99]],
    learning_rate=0.5,
    exact={"z1": "0.3775"},
    rounded={
        "h1": "0.593269992",
        "h2": "0.596884378",
        "z3": "1.105905967",
        "ŷ1": "0.75136507",
        "ŷ2": "0.772928465",
        "E": "0.298371109",
        "∂E/∂ŷ1": "0.74136507",
        "∂E/∂z3": "0.138498562",
        "∂E/∂w5": "0.082167041",
        "∂E/∂h1": "0.036350306",
        "∂E/∂w1": "0.000438568",
        "w1⁺": "0.149780716",
        "w2⁺": "0.19956143",
        "w3⁺": "0.24975114",
        "w4⁺": "0.29950229",
        "w5⁺": "0.35891648",
        "w6⁺": "0.408666186",
        "w7⁺": "0.511301270",
        "w8⁺": "0.561370121",
        "E⁺": "0.291027774",
    },
)
MAZUR_ERRORS = {"ŷ1": "0.274811083", "ŷ2": "0.023560026"}  # the parts of E
MAZUR_SLOPES = {("ŷ1", "z3"): "0.186815602", ("h1", "z1"): "0.241300709"}  # the sigmoid's, ∂ŷ1/∂z3 and ∂h1/∂z1
# What each output sends back to h1. The second is printed as −0.019049119, a difference of two rounded numbers.
MAZUR_PATHS = ("0.055399425", "-0.0190491183")

MAZUR_WITH_BIASES = Example(
    network=_mazur(biases_fixed=False),
    inputs=MAZUR.inputs,
    targets=MAZUR.targets,
    learning_rate=MAZUR.learning_rate,
    rounded={"E⁺": "0.280471447"},
)


def in_decimals_of(printed: str, value: Value) -> str:
    """Return the value in as many decimals as the printed number has."""
    return f"{float(value):.{len(printed.partition('.')[2])}f}"
