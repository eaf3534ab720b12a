"""Equations between matrices, read from their HTML and computed with."""

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np

from tests.oracles.functions import OF_ARRAYS

Parts = list[str | list[list[str]]]  # of an equation or of a side of one: signs, and matrices of the numbers' names

WRITTEN = {"·": "@", "⊙": "*", "−": "-"}
NUMBER_TIMES = re.compile(r"(N\d+)@")
ROW_SUMS = re.compile(r"Σ(M\d+)")
CONSTANT = re.compile(r"\d+(/\d+)?")

FIXED = ("0", "1")  # what is no number's name

SAMPLE = re.compile(r"\((\d+)\)$")  # at the end of the id of one sample's number


def equations(html: str) -> Iterator[Parts]:
    """Yield the equations with a place for each number: signs, and matrices of the numbers' ids."""
    for _, parts in signed(html):
        yield parts


def signed(html: str) -> Iterator[tuple[str, Parts]]:
    """Yield the equations, each behind the id of the sign between its sides."""
    for line in ET.fromstring(f"<div>{html}</div>").iter("p"):
        parts: Parts = []
        sign = line.find(".//mo[@data-value]")
        for math in line.iter("math"):
            place = math.find("*[@data-value]")
            if math.find("mrow/mtable") is not None:
                rows = math.findall("mrow/mtable/mtr")
                parts.append([[_name(cell[0]) for cell in row] for row in rows])
            elif place is None:
                parts += [mark.text or "/".join(mark.itertext()) for mark in math]
            else:
                parts.append("=" if place is sign else place.attrib["data-value"])
        if sign is not None:
            yield sign.attrib["data-value"], parts


def _name(cell: ET.Element) -> str:
    """Return the id of a number, a constant as it is, or nothing where numbers are left out."""
    return cell.attrib.get("data-value", cell.text if cell.tag == "mn" and cell.text else "")


def summed(right: Parts) -> tuple[Parts, list[int]]:
    """Return a term of a sum over samples as it is for any sample, and the samples whose terms are written out."""
    terms: list[Parts] = [[]]
    for part in right:
        if part == "+":
            terms.append([])
        else:
            terms[-1].append(part)
    names = [
        [name for part in term if not isinstance(part, str) for row in part for name in row if name not in FIXED]
        for term in terms
    ]
    if not all(SAMPLE.search(name) for own in names for name in own):
        return right, []
    without = [[SAMPLE.sub("", name) for name in own] for own in names]
    assert all(own in (without[0], []) for own in without), right
    samples = [{int(number) for name in own for number in SAMPLE.findall(name)} for own in names]
    assert [term for term in terms if term == ["…"]] == [["…"]] * samples.count(set())
    numbers = [number for own in samples for number in own]
    assert len(numbers) == len(terms) - samples.count(set())
    term: Parts = [
        part if isinstance(part, str) else [[SAMPLE.sub("", name) for name in row] for row in part] for part in terms[0]
    ]
    return term, numbers


def worth(parts: Parts, of_sample: Mapping[str, Any], functions: Mapping[str, object] = OF_ARRAYS) -> np.ndarray:
    """Return what a side of an equation comes to; a factor in parentheses is the number without them."""
    found: dict[str, object] = dict(functions) | {"Σ": lambda rows: rows.sum(axis=1, keepdims=True)}
    exactly = any(isinstance(value, Fraction) for value in of_sample.values())
    code = ""
    for number, part in enumerate(parts):
        if isinstance(part, str) and (name := part.strip("()")) in of_sample:
            found[f"N{number}"] = of_sample[name]
            code += f"N{number}"
        elif isinstance(part, str) and CONSTANT.fullmatch(part):
            found[f"N{number}"] = Fraction(part) if exactly else float(Fraction(part))
            code += f"N{number}"
        elif part == "Σ":
            code += "Σ"
        elif isinstance(part, str):
            code += part
        else:
            found[f"M{number}"] = np.array(
                [[int(name) if name in FIXED else of_sample[name] for name in row] for row in part]
            )
            code += f"M{number}"
    for sign, python in WRITTEN.items():
        code = code.replace(sign, python)
    code = ROW_SUMS.sub(r"Σ(\1)", NUMBER_TIMES.sub(r"\1*", code))
    return np.asarray(eval(code, {"__builtins__": {}}, found))


def only_at(exact: dict[int, Fraction]) -> Callable[[Any], Any]:
    """Return a function that is a fraction only at some numbers; elsewhere what is shown cannot give its value."""
    return np.vectorize(lambda z: exact.get(z, Fraction(10) ** 9 + 7), otypes=[object])


IN_FRACTIONS = {
    "σ": only_at({0: Fraction(1, 2)}),
    "tanh": only_at({0: Fraction(0)}),
    "step": np.vectorize(lambda z: Fraction(z > 0), otypes=[object]),
    "ReLU": np.vectorize(lambda z: max(z, Fraction(0)), otypes=[object]),
    "softmax": only_at({}),
}
