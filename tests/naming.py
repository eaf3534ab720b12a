"""From names, as people and sources write them, to the ids of quantities."""

from typing import Any

import nnviz
from nnviz.algebra.trace import Step

ASCII = str.maketrans({"∂": "d", "ŷ": "yhat", "⁺": "+", "α": "alpha", "·": "*", "σ": "sigma", "′": "'"})


def id_of(name: str) -> str:
    """Return the id of what is called so in the notation that numbers through: "dE/dw5" of "∂E/∂w5"."""
    return name.translate(ASCII)


def values_of(iteration: nnviz.Iteration) -> dict[str, Any]:
    """Return all values of an iteration by their names, in its own notation."""
    return {iteration.plan.by_id[key].name: value for key, value in iteration.values.items()}


def operands_of(iteration: nnviz.Iteration, step: Step) -> dict[str, Any]:
    """Return the operands of a step by their names, in the iteration's own notation."""
    return {iteration.plan.by_id[key].name: value for key, value in step.operands.items()}
