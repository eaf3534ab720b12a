"""A sheet of numbers as people paste it: lines such as h1 = 0,85, or a column in the order of the iteration."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.algebra.trace import Trace
from nnviz.player.parsing import NumeralError, doubtful
from nnviz.practice.calculation import calculated

MOST_LINES = 500
LONGEST = 200  # characters of a line
BEGINNING = re.compile(r"(?:^|(?<=[\s,]))([^\s=≈:,]+)\s*[=≈:]")
MARKS = ("-", "–", "•", "*")
NAMED = re.compile(r"(?P<name>.+?)\s*(?:[=≈:\t]|\s)\s*(?P<value>.*)", re.DOTALL)
LETTERS = (("∂", "d"), ("ŷ", "yhat"), ("−", "-"), ("′", "+"), ("'", "+"))


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that could not be read: its number, its text, and why.

    That is "name", "number", "doubtful" where it may be one of two numbers, or "more".
    """

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The numbers of a sheet as they were typed, by the ids of their steps, and the lines that could not be read."""

    numbers: dict[str, str]
    problems: tuple[Problem, ...]


def read_sheet(text: str, iteration: Trace, first: str = "") -> Sheet:
    """Return the numbers in a text, a line or a piece between semicolons each; where a step comes twice, the last.

    A name may be that of the step or its id, with d for ∂ and + for ⁺; behind it a calculation may stand, whose result
    comes last: h1 = 2·0.11 + 3·0.21 = 0.85. A line without a name is of the step that follows the one before it, or
    of the ``first``, by its id, where there is none.
    """
    order = [step.id for step in iteration.steps]
    known = {spelled: step.id for step in iteration.steps for spelled in (_spelled(step.name), _spelled(step.id))}
    numbers: dict[str, str] = {}
    problems: list[Problem] = []
    following = order.index(first) if first in order else 0
    pieces = [part for piece in _pieces(text, known) for part in _apart(piece, known)][:MOST_LINES]
    for line, piece in enumerate(pieces, start=1):
        name, value = _split(piece, known)
        if name is None:
            problems.append(Problem(line, piece[:LONGEST], "name"))
            continue
        at = order.index(known[name]) if name else following
        if at >= len(order):
            problems.append(Problem(line, piece[:LONGEST], "more"))
        elif doubtful(value) == ",":
            problems.append(Problem(line, value, "doubtful"))
        elif not _is_number(value):
            problems.append(Problem(line, piece[:LONGEST], "number"))
        else:
            numbers[order[at]], following = value, at + 1
    return Sheet(numbers, tuple(problems))


def of_sample(numbers: Mapping[str, str], iteration: Trace, sample: int) -> dict[str, str | list[str | None]]:
    """Return numbers by the ids of their steps as they are checked, with nothing for the samples that are not shown."""
    found: dict[str, str | list[str | None]] = {}
    for id_, text in numbers.items():
        count = np.size(iteration.by_id[id_].value)
        found[id_] = text if count == 1 else [text if at == sample else None for at in range(count)]
    return found


def _pieces(text: str, known: Collection[str]) -> list[str]:
    """Return what stands in a text: its lines, or the cells of those that are rows, each with its name."""
    pieces: list[str] = []
    names: list[str] = []
    for line in re.split(r"[\n\r]", text):
        cells = _cells(line.strip())
        if len(cells) > 1 and all(_spelled(cell) in known for cell in cells):
            names = cells  # of the row below
            continue
        if len(cells) == len(names) and all(map(_is_number, cells)):
            cells = [f"{name} = {cell}" for name, cell in zip(names, cells, strict=True)]
        names = []
        pieces += _joined(cells, known)
    return pieces


def _cells(line: str) -> list[str]:
    """Return the cells of a row, between tabs or semicolons; or between commas or blanks, where all are numbers."""
    cells = [cell.strip() for cell in re.split(r"[\t;]", line) if cell.strip()]
    if len(cells) != 1 or _is_number(line):
        return cells
    parts = [part for part in re.split(r",\s+|\s+", line) if part not in MARKS]
    return parts if len(parts) > 1 and all(map(_is_number, parts)) else cells


def _joined(cells: Sequence[str], known: Collection[str]) -> list[str]:
    """Return the cells with each name and the number behind it as one."""
    found: list[str] = []
    for cell in cells:
        if found and _spelled(found[-1]) in known and _is_number(cell):
            found[-1] = f"{found[-1]} = {cell}"
        else:
            found.append(cell)
    return found


def _apart(piece: str, known: dict[str, str]) -> list[str]:
    """Return what stands on a line, each part from a name that is followed by a sign: h1 = 0.85, h2 = 0.48."""
    starts = [found.start(1) for found in BEGINNING.finditer(piece) if _spelled(found[1]) in known]
    parts = [piece[start:end] for start, end in zip([0, *starts], [*starts, len(piece)], strict=True)]
    return [part.strip(" ,\t") for part in parts if part.strip(" ,\t") not in ("", *MARKS)]


def _split(piece: str, known: dict[str, str]) -> tuple[str | None, str]:
    """Return the name and the number of a line; the name is "" where there is none, and None where it is unknown."""
    parts = [part.strip() for part in re.split("[=≈]", piece)]
    if _is_number(parts[0]):
        return "", parts[-1]
    named = NAMED.fullmatch(piece)
    if named is None:
        return ("" if _spelled(piece) not in known else _spelled(piece)), ""
    name = _spelled(named["name"])
    value = re.split("[=≈]", named["value"])[-1].strip()
    return (name if name in known else None), value


def _is_number(text: str) -> bool:
    try:
        calculated(text)
    except NumeralError:
        return False
    return True


def _spelled(name: str) -> str:
    """Return a name as all its spellings are alike: ∂E/∂w5, dE/dw5 and DE/DW5; w5⁺ and w5+."""
    plain = unicodedata.normalize("NFC", name)
    for letter, other in LETTERS:
        plain = plain.replace(letter, other)
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", plain)).casefold()
