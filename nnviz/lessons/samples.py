"""A person's own samples as CSV text, read as it is meant; what is wrong is named by row and column."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nnviz.lessons.numerals import parse
from nnviz.text import elided, say, shortened

Samples = tuple[tuple[float, ...], ...]

MOST_SAMPLES = 1000
MOST_CHARACTERS = 20  # of a cell that a sentence quotes
MOST_NAMES = 4  # of inputs or targets that a sentence lists one by one
SEPARATORS = {";": "semicolon", "\t": "tab", ",": "comma", " ": "blank"}
LINE_END = re.compile(r"\r\n|\r|\n")
QUOTED = re.compile(r'"[^"]*"')
LETTER = re.compile(r"[^\W\d_]")
MEANT_AS_NUMBER = re.compile(r"[+−-]?(nan|inf|infinity|[\d.,]+e[+−-]?\d+)", re.IGNORECASE)


class SamplesError(ValueError):
    """The text is not samples; its words are the finished sentence that says where and why."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line of the text, and its number there, from 1."""

    number: int
    cells: tuple[str, ...]


def read_csv(text: str, n_in: int, n_out: int) -> Samples:
    """Return the samples in the text, each with its inputs, then its targets.

    The first line that is not blank says what separates the cells of all: a semicolon if one stands in it outside
    quotes, else a tab, else a comma, else blanks. So a decimal comma is read as one wherever no comma separates,
    or within quotes. A first row of names is a header. Lines without content are left out, and so are empty cells
    beyond the last one needed.

    Raises SamplesError, in words for the person, where a row is not what the network needs.
    """
    try:
        return _samples(LINE_END.split(text.removeprefix("\ufeff")), n_in + n_out)
    except SamplesError as problem:
        inputs, targets = _names(n_in, n_out)
        last = elided(targets, MOST_NAMES) if n_out > 1 else say("samples.the_target")
        needed = say("samples.needed", count=n_in + n_out, inputs=elided(inputs, MOST_NAMES), targets=last)
        raise SamplesError(f"{problem} {needed}") from None


def _samples(lines: Sequence[str], width: int) -> Samples:
    separator = _separator(lines)
    rows = list(_rows(lines, separator))
    header = rows.pop(0).cells if rows and _is_header(rows[0]) else ()
    if not rows:
        raise SamplesError(say("samples.none"))
    if len(rows) > MOST_SAMPLES:
        raise SamplesError(say("samples.many", given=len(rows), limit=MOST_SAMPLES))
    return tuple(_sample(row, header, width, separator) for row in rows)


def _separator(lines: Sequence[str]) -> str:
    """Return what separates the cells: the first of the separators that stands in the first line with content."""
    first = next((line for line in lines if line.strip()), "")
    outside = QUOTED.sub('""', first).strip()
    return next((separator for separator in SEPARATORS if separator in outside), " ")


def _rows(lines: Sequence[str], separator: str) -> Iterator[Row]:
    """Yield the rows with content."""
    for number, line in enumerate(lines, 1):
        one = " ".join(line.split()) if separator == " " else line
        try:
            cells = next(csv.reader([f"{one}\n"], delimiter=separator, skipinitialspace=True))
        except csv.Error:
            raise SamplesError(say("samples.long", row=number, limit=csv.field_size_limit())) from None
        if any("\n" in cell for cell in cells):
            raise SamplesError(say("samples.quote", row=number))
        if any(cell.strip() for cell in cells):
            yield Row(number, tuple(cell.strip() for cell in cells))


def _is_header(row: Row) -> bool:
    """Return whether all cells are names: with a letter, and not meant as a number, such as 1e400 or NaN."""
    return all(LETTER.search(cell) and not MEANT_AS_NUMBER.fullmatch(cell) for cell in row.cells if cell)


def _sample(row: Row, header: Sequence[str], width: int, separator: str) -> tuple[float, ...]:
    given = len(row.cells)
    while given > width and not row.cells[given - 1]:
        given -= 1
    if given != width:
        between = say(f"samples.separator.{SEPARATORS[separator]}")
        raise SamplesError(say("samples.length", row=row.number, given=given, separator=between))
    return tuple(_number(row, column, header if len(header) >= width else ()) for column in range(width))


def _number(row: Row, column: int, header: Sequence[str]) -> float:
    cell = row.cells[column]
    try:
        return parse(cell)
    except ValueError as problem:
        name = header[column] if header else ""
        key = "samples.column.named" if name else "samples.column"
        place = say(key, row=row.number, number=column + 1, name=_short(name))
        reason = str(problem).removeprefix("problem.")
        raise SamplesError(say(f"samples.cell.{reason}", place=place, cell=_short(cell))) from None


def _short(text: str) -> str:
    """Return the beginning of the text, with a sign for what cannot be seen."""
    seen = "".join(sign if sign.isprintable() else "\ufffd" for sign in text[: MOST_CHARACTERS + 1])
    return shortened(seen, MOST_CHARACTERS)


def _names(n_in: int, n_out: int) -> tuple[list[str], list[str]]:
    """Return what the inputs and the targets are called."""
    target = say("settings.target")
    targets = [target] if n_out == 1 else [f"{target} {number}" for number in range(1, n_out + 1)]
    return [f"x{number}" for number in range(1, n_in + 1)], targets
