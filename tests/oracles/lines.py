"""What a line of numbers comes to, as a person reads it."""

import re
from collections.abc import Callable
from typing import Any

from tests.oracles.functions import SIGNS

NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e−?\d+)?")
NAMES = {"step": SIGNS["ReLU′"], "ln_σ": SIGNS["ln σ"], **SIGNS}


def computed(numbers: str, number: Callable[[str], Any] = float) -> Any:
    """Return what a reader gets who computes with the numbers, such as ½·(0.191 − 1)², as this kind of number."""
    code = NUMBER.sub(lambda found: f'number("{found[0].replace("−", "-")}")', numbers.replace("e^(", "exp("))
    code = code.replace('ln(number("1") − σ(', "ln_σ(−(").replace("ln σ", "ln_σ")  # as 1 − σ(z) = σ(−z)
    for sign, python in {"½": 'number("0.5")', "²": "**2", "·": "*", "−": "-", "ReLU′": "step"}.items():
        code = code.replace(sign, python)
    return eval(code, {"__builtins__": {}}, {"number": number, **NAMES})
