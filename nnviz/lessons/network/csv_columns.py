"""What each column of a table is for: an input, a target, the class, or nothing; guessed, or said in its first line.

The line is a comment to any other program: ``# columns: -, input, input, class; scale: deviation``. A class becomes an
output for each of its names, 1 at a sample's own and 0 elsewhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nnviz.lessons.network.csv_samples import (
    LINE_END,
    Habits,
    Row,
    Samples,
    SamplesError,
    check_count,
    decimal_of,
    is_header_row,
    number_in,
    quoted_cell,
    rows_in,
)
from nnviz.player.parsing import NumeralError
from nnviz.text import listed, say

INPUT, TARGET, CLASS, LEFT_OUT = ROLES = ("input", "target", "class", "-")
PLAIN, DEVIATION, RANGE = SCALES = ("none", "deviation", "range")
SAID = re.compile(r"[ \t]*#[ \t]*columns:([^;\r\n]*)(?:;[ \t]*scale:[ \t]*(\w*))?[ \t]*", re.IGNORECASE)
MOST_COLUMNS = 100
INDEX_NAMES = ("", "id", "index", "no", "nr", "#", "unnamed: 0", "row")
CLASS_NAMES = ("class", "label", "target", "species", "variety", "kind", "type", "category", "y")
FEW_CLASSES, MOST_LISTED, FIRST_ROWS = 10, 6, 3


@dataclass(frozen=True, slots=True)
class Columns:
    """The role of each column, and how the inputs are scaled."""

    roles: tuple[str, ...]
    scale: str = PLAIN

    @property
    def line(self) -> str:
        """The line that says so."""
        return f"# columns: {', '.join(self.roles)}; scale: {self.scale}"

    def of(self, role: str) -> list[int]:
        """Return the columns with a role."""
        return [number for number, own in enumerate(self.roles) if own == role]

    def with_role(self, number: int, role: str) -> "Columns":
        """Return the same with another role of a column, counted from 0."""
        return replace(self, roles=(*self.roles[:number], role, *self.roles[number + 1 :]))


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table, all of the same length, the names of its columns, and how its cells are written."""

    rows: tuple[Row, ...]
    names: tuple[str, ...]
    habits: Habits

    def column(self, number: int) -> list[str]:
        """Return the cells of a column."""
        return [row.cells[number] for row in self.rows]

    def name(self, number: int) -> str:
        """Return what a column is called: by its header, or by its number."""
        return quoted_cell(self.names[number]) or say("columns.number", number=number + 1)

    def beginning(self, number: int) -> str:
        """Return the first cells of a column in a row."""
        cells = [quoted_cell(row.cells[number]) for row in self.rows[: FIRST_ROWS + 1]]
        return ", ".join(cells if len(cells) <= FIRST_ROWS else [*cells[:FIRST_ROWS], "…"])

    def listed(self, numbers: Sequence[int]) -> str:
        """Return what some columns are called, as a list in a sentence."""
        return listed([self.name(number) for number in numbers], MOST_LISTED)

    def is_numeric(self, number: int) -> bool:
        """Whether all cells of a column are numbers, or meant as such."""
        return all(self.is_number(cell) for cell in self.column(number))

    def is_number(self, cell: str) -> bool:
        """Whether a cell is a number, or meant as such; an empty one is none."""
        try:
            self.habits.number(cell)
        except NumeralError as problem:
            return problem.reason not in ("not_a_number", "empty")
        return True


@dataclass(frozen=True, slots=True)
class Reading:
    """A table read as samples: inputs and targets, what they are called, and whether the targets are those of classes.

    ``scaling`` says what was subtracted from each input and what it was divided by, which are those of a part of the
    samples where some are kept apart for a test.
    """

    inputs: Samples
    targets: Samples
    names: tuple[str, ...]
    is_class: bool
    scaling: tuple[tuple[float, float], ...]
    is_scaled_by_part: bool


def table_of(text: str) -> Table:
    """Return the table in a text. Raises SamplesError where there is none, or a row has another length."""
    told, separator, rows = rows_in(LINE_END.split(text.removeprefix("\ufeff")))
    header = rows.pop(0) if len(rows) > 1 and is_header_row(rows[0]) else None
    check_count(told, separator, rows, header is not None)
    width = len(rows[0].cells)
    if width > MOST_COLUMNS:
        raise SamplesError(say("columns.most", given=width, most=MOST_COLUMNS))
    for row in rows:
        if len(row.cells) != width:
            raise SamplesError(say("columns.width", row=row.number, given=len(row.cells), expected=width))
    names = header.cells if header and len(header.cells) == width else ("",) * width
    return Table(tuple(rows), names, Habits(separator, decimal_of(rows, width), names))


def without_line(text: str) -> str:
    """Return a text without the line that says what its columns are for, where it begins with one."""
    first, _, rest = text.removeprefix("\ufeff").lstrip("\r\n").partition("\n")
    return rest if SAID.fullmatch(first.rstrip("\r")) else text


def said_in(text: str) -> Columns | None:
    """Return what the first line with content says, or None where it says nothing of columns.

    Raises SamplesError where it names a role or a scale that there is not.
    """
    found = SAID.fullmatch(next((line for line in LINE_END.split(text) if line.strip()), ""))
    if found is None:
        return None
    roles = tuple(part.strip().lower() for part in found[1].split(","))
    scale = (found[2] or PLAIN).lower()
    for given, allowed in (*((role, ROLES) for role in roles), (scale, SCALES)):
        if given not in allowed:
            raise SamplesError(say("columns.unknown", given=quoted_cell(given), allowed=", ".join(allowed)))
    return Columns(roles, scale)


def guessed(table: Table, most_inputs: int, most_outputs: int) -> Columns:
    """Return what the columns seem to be for: the last one that can be is the target, or the class.

    The others are inputs, as many as may be; an index, words, what has an empty cell and what is more are left out.
    """
    count = len(table.rows[0].cells)
    numeric = [table.is_numeric(number) for number in range(count)]
    names = [set(table.column(number)) for number in range(count)]
    ends = [at for at in range(count) if numeric[at] or ("" not in names[at] and 1 < len(names[at]) <= most_outputs)]
    end = ends[-1] if ends else count - 1
    numbers = [at for at in range(count) if at != end and numeric[at] and not (at == 0 and _is_index(table))]
    roles = [INPUT if number in numbers[:most_inputs] else LEFT_OUT for number in range(count)]
    return Columns(tuple(roles)).with_role(end, CLASS if not numeric[end] or _is_class(table, end) else TARGET)


def _is_index(table: Table) -> bool:
    """Whether the first column numbers the rows, by its name and its numbers."""
    cells = table.column(0)
    counts = any(cells == [str(start + at) for at in range(len(cells))] for start in (0, 1))
    has_names = any(table.names)
    return counts and (table.names[0].casefold() in INDEX_NAMES if has_names else len(cells) > 2)


def _is_class(table: Table, column: int) -> bool:
    """Whether a column of numbers is called a class, and has few whole ones."""
    cells = set(table.column(column))
    is_few = 2 < len(cells) <= FEW_CLASSES and all(cell.isdecimal() for cell in cells)
    return is_few and table.names[column].casefold() in CLASS_NAMES


def read(table: Table, columns: Columns, trained: NDArray[np.int64]) -> Reading:
    """Return the samples of a table whose columns are said, scaled by those that are trained on, counted from 0.

    Raises SamplesError where they cannot be read so.
    """
    width, given = len(table.rows[0].cells), len(columns.roles)
    if given != width:
        raise SamplesError(say("columns.count", given=given, expected=width))
    inputs, targets, classes = (columns.of(role) for role in (INPUT, TARGET, CLASS))
    _check_roles(table, columns)
    x, scaling = _scaled(_numbers(table, inputs), columns.scale, trained)
    if classes:
        names = _classes(table.column(classes[0]))
        if len(names) == 1:
            raise SamplesError(say("columns.one_class", name=quoted_cell(names[0])))
        y: Samples = tuple(tuple(float(cell == name) for name in names) for cell in table.column(classes[0]))
    else:
        names, y = [table.names[number] for number in targets], _numbers(table, targets)
    return Reading(
        x, y, (*(table.names[number] for number in inputs), *names), bool(classes), scaling, len(trained) < len(x)
    )


def _check_roles(table: Table, columns: Columns) -> None:
    """Raise SamplesError where no samples come of the roles, as one lacks or two do not go together."""
    targets, classes = columns.of(TARGET), columns.of(CLASS)
    if not columns.of(INPUT):
        raise SamplesError(say("columns.no_input"))
    if not (targets or classes):
        raise SamplesError(say("columns.no_target"))
    if len(classes) > 1:
        raise SamplesError(say("columns.two_classes", names=table.listed(classes)))
    if targets and classes:
        names = table.listed(targets)
        raise SamplesError(
            say("columns.class_and_target", name=table.name(classes[0]), count=len(targets), names=names)
        )


def _numbers(table: Table, columns: Sequence[int]) -> Samples:
    return tuple(tuple(number_in(row, column, table.habits) for column in columns) for row in table.rows)


def _classes(cells: Sequence[str]) -> list[str]:
    """Return the names of classes, numbers in their order."""
    names = sorted(set(cells))
    return sorted(names, key=int) if all(name.isdecimal() for name in names) else names


def _scaled(rows: Samples, scale: str, trained: NDArray[np.int64]) -> tuple[Samples, tuple[tuple[float, float], ...]]:
    """Return the inputs scaled, and of each what was subtracted and what it was divided by."""
    x = np.array(rows)
    if scale == PLAIN:
        return rows, ()
    with np.errstate(all="ignore"):
        seen = x[trained]
        start, unit = (
            (seen.mean(axis=0), seen.std(axis=0)) if scale == DEVIATION else (seen.min(axis=0), np.ptp(seen, axis=0))
        )
        unit = np.where(unit > 0, unit, 1.0)
        scaled = (x - start) / unit
    if not (np.isfinite(scaled).all() and np.isfinite(unit).all()):
        raise SamplesError(say("columns.too_large"))
    return tuple(map(tuple, scaled.tolist())), tuple(zip(start.tolist(), unit.tolist(), strict=True))
