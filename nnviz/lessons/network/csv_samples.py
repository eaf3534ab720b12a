"""A person's own samples as CSV text, read as it is meant; what is wrong is named by row and column."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from nnviz.player.parsing import NumeralError, decimal_sign, doubtful, parse, readings, unmistakable
from nnviz.text import elided, say, shortened

Samples = tuple[tuple[float, ...], ...]
Told = list[tuple[int, str]]  # lines, each with its number

MOST_SAMPLES = 5000
MOST_CHARACTERS = 20  # of a cell that a sentence quotes
MOST_NAMES = 4  # of inputs or targets that a sentence lists one by one
SEPARATORS = {";": "semicolon", "\t": "tab", "|": "bar", ",": "comma", " ": "blank"}
COMMENT = re.compile(
    r"\s*(%|#(?!N/A|[A-ZÄÖÜ0/]+[!?]|[A-Z/]+\s*[;\t|,]))"
)  # but not #N/A, #DIV/0! or #REF! of a spreadsheet
SEPARATOR_LINE = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
UNKNOWN, HEADER, A_SAMPLE = "", "header", "sample"  # what the first row is
LINE_END = re.compile(r"\r\n|\r|\n")
QUOTED = re.compile(r'"[^"]*"')
LETTER = re.compile(r"[^\W\d_]")
MEANT_AS_NUMBER = re.compile(r"[+−-]?(nan|inf|infinity|[\d.,]+e[+−-]?\d+)", re.IGNORECASE)


class SamplesError(ValueError):
    """The text is not samples; its words are the finished sentence that says where and why."""


class HeaderQuestionError(SamplesError):
    """The first row is of numbers and may be a header all the same; its words say so."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line of the text, and its number there, from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Habits:
    """How the cells are written: what separates them, their decimal sign if they show it, and the columns' names."""

    separator: str
    decimal: str
    names: Sequence[str]

    def number(self, cell: str) -> float:
        """Return the number in a cell. Raises NumeralError where it is none or may be two.

        Where commas separate, blanks that set thousands apart may as well separate, with decimal commas: 1,250 300,5.
        """
        if not self.decimal and self.separator != "," and doubtful(cell):
            raise NumeralError("doubtful")
        if self.separator == "," and len(cell.split()) > 1:
            raise NumeralError("not_a_number")
        return parse(cell, decimal=self.decimal)


def read_csv(text: str, n_in: int, n_out: int, first: str = UNKNOWN) -> tuple[Samples, tuple[str, ...]]:
    """Return the samples in the text, each with its inputs, then its targets, and the names that a header gives them.

    The first line with content says what separates the cells of all: "sep=;" names it, else it is a semicolon if one
    stands in it outside quotes, else a tab, else a bar, else a comma, else blanks. So a decimal comma is read as one
    wherever no comma separates, or within quotes. A first row of names is a header. Lines without content and comments
    are left out, and so are empty cells beyond the last one needed.

    1,234 and 1.234 may be one number or another: the other cells tell, if one shows which sign is the decimal one.
    A comma that separates lets a point be a decimal point.

    Raises SamplesError, in words for the person, where a row is not what the network needs or a number may be two;
    HeaderQuestionError where the first row counts up, as headers of unnamed columns do, and ``first`` does not say what
    it is.
    """
    try:
        return _samples(LINE_END.split(text.removeprefix("\ufeff")), n_in + n_out, first)
    except HeaderQuestionError:
        raise
    except SamplesError as problem:
        inputs, targets = _names(n_in, n_out)
        last = elided(targets, MOST_NAMES) if n_out > 1 else say("samples.the_target")
        needed = say("samples.needed", count=n_in + n_out, inputs=elided(inputs, MOST_NAMES), targets=last)
        raise SamplesError(f"{problem} {needed}") from None


def _samples(lines: Sequence[str], width: int, first: str) -> tuple[Samples, tuple[str, ...]]:
    told, separator, rows = rows_in(lines)
    may_be_header = first == UNKNOWN and len(rows) > 1 and _counts_up(rows[0])
    is_header = bool(rows) and (first == HEADER or may_be_header or (first == UNKNOWN and is_header_row(rows[0])))
    header = rows.pop(0) if is_header else None
    check_count(told, separator, rows, header is not None)
    names = header.cells if header and len(header.cells) >= width and is_header_row(header) else ()
    habits = Habits(separator, decimal_of(rows, width), names)
    samples = tuple(_sample(row, width, habits) for row in rows)
    if header and may_be_header:
        cells = elided(header.cells, MOST_NAMES)
        raise HeaderQuestionError(say("samples.counts", row=header.number, cells=cells))
    return samples, names[:width]


def rows_in(lines: Sequence[str]) -> tuple[Told, str, list[Row]]:
    """Return the lines that are no comments, what separates their cells, and as many rows as may be, and two more."""
    told = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not COMMENT.match(line)]
    separator = _separator(told)
    return told, separator, list(islice(_rows(told, separator), MOST_SAMPLES + 2))


def check_count(told: Told, separator: str, rows: Sequence[Row], has_header: bool) -> None:
    """Raise SamplesError where there is no row of a sample, or there are too many."""
    if not rows:
        raise SamplesError(say("samples.none"))
    if len(rows) > MOST_SAMPLES:
        given = sum(bool(line.strip(f'{separator}" \t')) for _, line in told) - has_header
        raise SamplesError(say("samples.many", given=given, limit=MOST_SAMPLES))


def _separator(told: list[tuple[int, str]]) -> str:
    """Return what separates the cells; a line that only says so is taken from the lines."""
    number, first = told[0] if told else (1, "")
    if named := SEPARATOR_LINE.fullmatch(first.strip(" ")):
        if named[1] not in SEPARATORS:
            raise SamplesError(say("samples.unknown_separator", row=number, sign=named[1], known=_known_separators()))
        told.pop(0)
        return named[1]
    outside = QUOTED.sub('""', first).strip()
    return next((separator for separator in SEPARATORS if separator in outside), " ")


def _known_separators() -> str:
    return ", ".join(say(f"samples.separator.{name}") for name in SEPARATORS.values())


def decimal_of(rows: Sequence[Row], width: int) -> str:
    """Return the decimal sign that the cells show, or nothing where they show none, or both."""
    signs = {decimal_sign(cell) for row in rows for cell in row.cells[:width]} - {""}
    return signs.pop() if len(signs) == 1 else ""


def _rows(told: Sequence[tuple[int, str]], separator: str) -> Iterator[Row]:
    """Yield the rows with content."""
    for number, line in told:
        one = " ".join(line.split()) if separator == " " else line
        try:
            cells = next(csv.reader([f"{one}\n"], delimiter=separator, skipinitialspace=True))
        except csv.Error:
            raise SamplesError(say("samples.long", row=number, limit=csv.field_size_limit())) from None
        if any("\n" in cell for cell in cells):
            raise SamplesError(say("samples.quote", row=number))
        if any(cell.strip() for cell in cells):
            yield Row(number, tuple(cell.strip() for cell in cells))


def is_header_row(row: Row) -> bool:
    """Return whether all cells are names: with a letter, and not meant as a number, such as 1e400 or NaN."""
    return all(LETTER.search(cell) and not MEANT_AS_NUMBER.fullmatch(cell) for cell in row.cells if cell)


def _counts_up(row: Row) -> bool:
    """Return whether the cells count up by one, from 0 or from 1."""
    return len(row.cells) > 1 and any(
        row.cells == tuple(map(str, range(start, start + len(row.cells)))) for start in (0, 1)
    )


def _sample(row: Row, width: int, habits: Habits) -> tuple[float, ...]:
    given = len(row.cells)
    while given > width and not row.cells[given - 1]:
        given -= 1
    if given != width:
        between = say(f"samples.separator.{SEPARATORS[habits.separator]}")
        known = _known_separators()
        raise SamplesError(say("samples.length", row=row.number, given=given, separator=between, known=known))
    return tuple(number_in(row, column, habits) for column in range(width))


def number_in(row: Row, column: int, habits: Habits) -> float:
    """Return the number in a cell of a row. Raises SamplesError, which names the place, where it is none."""
    cell = row.cells[column]
    try:
        return habits.number(cell)
    except NumeralError as problem:
        name = habits.names[column] if habits.names else ""
        key = "samples.column.named" if name else "samples.column"
        place = say(key, row=row.number, number=column + 1, name=quoted_cell(name))
        decimal, thousands = readings(quoted_cell(cell))
        words = {
            "place": place,
            "cell": quoted_cell(cell),
            "decimal": decimal,
            "thousands": thousands,
            "clear": unmistakable(decimal),
        }
        raise SamplesError(say(f"samples.cell.{problem.reason}", **words)) from None


def quoted_cell(text: str) -> str:
    """Return the beginning of the text, with a sign for what cannot be seen."""
    seen = "".join(sign if sign.isprintable() else "\ufffd" for sign in text[: MOST_CHARACTERS + 1])
    return shortened(seen, MOST_CHARACTERS)


def _names(n_in: int, n_out: int) -> tuple[list[str], list[str]]:
    """Return what the inputs and the targets are called."""
    target = say("settings.target")
    targets = [target] if n_out == 1 else [f"{target} {number}" for number in range(1, n_out + 1)]
    return [f"x{number}" for number in range(1, n_in + 1)], targets
