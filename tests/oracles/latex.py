"""LaTeX of formulas, read back and computed, so that what is written can be compared with what was meant."""

import math
import re
from collections.abc import Mapping

from tests.oracles.functions import log_sigmoid, relu, sigmoid

ROW_END = " \\\\\n"
FUNCTIONS = {r"\ln \sigma": "log_sigmoid", r"\sigma": "sigmoid", r"\tanh": "tanh", r"\ln": "log",
             r"\operatorname{ReLU}'": "relu_slope",
             r"\operatorname{ReLU}": "relu", r"\sum": "total"}  # fmt: skip
CALLABLE = {"log_sigmoid": log_sigmoid, "sigmoid": sigmoid, "tanh": math.tanh, "log": math.log, "relu": relu,
            "relu_slope": lambda z: float(z > 0), "exp": math.exp, "total": lambda term: term}  # fmt: skip
SYMBOL = re.compile(r"(\\hat\{y\}|\\alpha|[a-zE])(?:_\{(\d+)\})?(\^\{\+\})?")
FRACTION = re.compile(r"\\frac\{\\partial ([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}\{\\partial ([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
LETTERS = {r"\hat{y}": "yhat", r"\alpha": "alpha"}


def rows_of(latex: str) -> list[str]:
    """Return the rows of an aligned environment."""
    assert latex.startswith("\\begin{aligned}\n")
    assert latex.endswith("\n\\end{aligned}")
    assert latex.count("{") == latex.count("}")
    assert latex.count(r"\left(") == latex.count(r"\right)")
    return [
        row.strip() for row in latex.removeprefix("\\begin{aligned}\n").removesuffix("\n\\end{aligned}").split(ROW_END)
    ]


def name_of(symbol: str) -> str:
    r"""Return the id of what a symbol stands for: dE/dw5 for \frac{\partial E}{\partial w_{5}}."""
    if fraction := FRACTION.fullmatch(symbol):
        return f"d{name_of(fraction[1])}/d{name_of(fraction[2])}"
    found = SYMBOL.fullmatch(symbol)
    assert found is not None, symbol
    base, index, new = found.groups(default="")
    return f"{LETTERS.get(base, base)}{index}{'+' if new else ''}"


def derivatives_in(latex: str) -> set[str]:
    """Return the ids of all derivatives in a formula."""
    return {name_of(found[0]) for found in FRACTION.finditer(latex)}


def worth(latex: str, values: Mapping[str, float] | None = None) -> float:
    """Return what a formula comes to; symbols have their values by id."""
    text = latex.strip()
    text = re.sub(r"([-\d.]+) \\times 10\^\{(-?\d+)\}", r"\1e\2", text)
    text = text.replace(r"\tfrac{1}{2}", "0.5").replace(r"\cdot", "*").replace(r"\left", "").replace(r"\right", "")
    for sign, function in FUNCTIONS.items():
        text = re.sub(re.escape(sign) + r"\s*(?=\()", function, text)
    known = dict(values or {})

    def put(found: re.Match[str]) -> str:
        return f"({known[name_of(found[0])]!r})"

    text = re.sub(r"(?<![A-Za-z\\])e\^", "exp", text)
    text = FRACTION.sub(put, text)
    text = re.sub(rf"(?<![A-Za-z\\_]){SYMBOL.pattern}(?![A-Za-z_(])", put, text)
    text = re.sub(r"\^\{2\}", "**2", text).replace("{", "(").replace("}", ")")
    text = text.replace(r"\frac", "").replace(")(", ")/(")
    return float(eval(text, {"__builtins__": {}}, CALLABLE))
