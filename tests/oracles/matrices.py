"""Equations between matrices, read from their HTML and computed with."""

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

import numpy as np

from tests.oracles.functions import OF_ARRAYS

Parts = list[str | list[list[str]]]  # of an equation or of a side of one: signs, and matrices of the numbers' names

WRITTEN = {"·": "@", "⊙": "*", "−": "-", "α@": "α*"}


def equations(html: str) -> Iterator[Parts]:
    """Yield the equations that have a place for each number."""
    tree = ET.fromstring(f"<div>{html.replace(' data-few', '')}</div>")
    for line in tree.iter("p"):
        parts: Parts = []
        for math in line.iter("math"):
            if math.find("mrow/mtable") is None:
                parts.append("".join(math.itertext()))
            elif math.find(".//mn[@data-value]") is not None:
                rows = math.findall("mrow/mtable/mtr")
                parts.append([[cell[0].attrib["data-value"] for cell in row] for row in rows])
        if any(isinstance(part, list) for part in parts):
            yield parts


def worth(parts: Parts, of_sample: Mapping[str, float]) -> np.ndarray:
    """Return what a side of an equation comes to with a sample's numbers."""
    found: dict[str, object] = {**OF_ARRAYS, "α": of_sample["α"]}
    code = ""
    for number, part in enumerate(parts):
        if isinstance(part, str):
            code += part
        else:
            found[f"M{number}"] = np.array([[of_sample[name] for name in row] for row in part])
            code += f"M{number}"
    for sign, python in WRITTEN.items():
        code = code.replace(sign, python)
    return np.asarray(eval(code, {"__builtins__": {}}, found))
