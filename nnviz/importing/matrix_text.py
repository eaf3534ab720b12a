"""Matrices as people paste them: as NumPy, PyTorch, MATLAB, Python, JSON or a table write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from nnviz.text import say, shortened

LONGEST, MOST_NUMBERS, MOST_QUOTED = 200_000, 10_000, 20
TOKEN = re.compile(
    r"(?P<comment>[#%][^\n]*)"
    r"|(?P<number>[+−-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+−-]?\d+)?(?![\w.]))"
    r"|(?P<name>[^\W\d][\w.]*|\"[^\"\n]*\"|'[^'\n]*')"
    r"|(?P<going_on>\.\.\.[^\n]*\n)"
    r"|(?P<line>\n)"
    r"|(?P<blank>[ \t\r\f\v\u00a0]+)"
    r"|(?P<sign>.)",
    re.ASCII | re.DOTALL,
)
WRAPPERS = {"np", "numpy", "torch", "array", "matrix", "tensor", "Parameter", "containing", "float32", "float64"}
BRACKETS, PARENTHESES = {"[": 1, "]": -1}, {"(": 1, ")": -1}
PASSED = set("=:{}")


class MatrixTextError(ValueError):
    """A text is none of matrices; the words say in which line, and why."""


@dataclass
class Pasted:
    """A matrix, or a row of numbers, with the name that stands before it, "" where there is none."""

    name: str
    line: int
    rows: list[list[float]] = field(default_factory=list)

    @property
    def shape(self) -> tuple[int, int]:
        """The number of rows, and that of their numbers."""
        return len(self.rows), len(self.rows[0])


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    line: int


def matrices_in(text: str) -> list[Pasted]:
    """Return the matrices in a text, each with rows of equal length, in order.

    Raises MatrixTextError, in words, where there are none, or what stands there is no number or may be two.
    """
    if len(text) > LONGEST:
        raise MatrixTextError(say("matrices.too_long", most=LONGEST))
    found = _Reader().read(text)
    if not found:
        raise MatrixTextError(say("matrices.no_numbers"))
    for matrix in found:
        for number, row in enumerate(matrix.rows, start=1):
            if len(row) != len(matrix.rows[0]):
                facts = {"name": _called(matrix), "row": number, "given": len(row), "first": len(matrix.rows[0])}
                raise MatrixTextError(say("matrices.rows", **facts))
    return found


def _called(matrix: Pasted) -> str:
    return matrix.name or say("matrices.in_line", line=matrix.line)


class _Reader:
    """Goes through the parts of a text, and keeps what is under way."""

    def __init__(self) -> None:
        self.found: list[Pasted] = []
        self.name, self.row, self.separators = "", list[float](), list[str]()
        self.depth = self.parentheses = self.count = 0
        self.present: Pasted | None = None
        self.before = ""  # what stands between the last number and here
        self.is_setting = False  # such as dtype=float32

    def read(self, text: str) -> list[Pasted]:
        tokens = [*_tokens(text), _Token("line", "\n", text.count("\n") + 1)]
        for token, following in zip(tokens, [*tokens[1:], tokens[-1]], strict=True):
            self._take(token, following)
        if self.depth:
            raise MatrixTextError(say("matrices.open", line=tokens[-1].line))
        self._end_matrix()
        return [matrix for matrix in self.found if matrix.rows]

    def _take(self, token: _Token, following: _Token) -> None:
        if self.is_setting:
            self.is_setting = not (token.kind == "sign" and token.text in ",)")
            if self.is_setting:
                return
        if token.kind == "number":
            self._number(token)
        elif token.kind == "name":
            self._word(token, following)
        elif token.kind == "line":
            self._line()
        elif token.kind == "sign":
            self._sign(token)
        elif token.kind == "blank":
            self.before += " "

    def _number(self, token: _Token) -> None:
        self.count += 1
        if self.count > MOST_NUMBERS:
            raise MatrixTextError(say("matrices.too_many", most=MOST_NUMBERS))
        value = float(token.text.replace("−", "-"))
        if value in (float("inf"), -float("inf")):
            raise MatrixTextError(say("matrices.finite", line=token.line, given=_short(token.text)))
        if self.row:
            self.separators.append("tight" if self.before == "," else "comma" if "," in self.before else "blank")
            if not self.before or {"tight", "blank"} <= set(self.separators):
                raise MatrixTextError(say("matrices.doubtful", line=token.line, given=_short(token.text)))
        self.row.append(value)
        self.before = ""
        if self.present is None:
            self.present = Pasted(self.name, token.line)

    def _word(self, token: _Token, following: _Token) -> None:
        word = token.text.strip("\"'")
        if token.text.lower() in ("nan", "inf", "infinity"):
            raise MatrixTextError(say("matrices.finite", line=token.line, given=_short(token.text)))
        if self.parentheses and following.text == "=":
            self.is_setting = True
        elif word.split(".")[-1] in WRAPPERS:
            return
        elif self.depth:
            raise MatrixTextError(say("matrices.word", line=token.line, given=_short(token.text)))
        else:
            self._end_matrix()
            self.name = word

    def _line(self) -> None:
        """End a row, but within two brackets, where a row of NumPy may go on, and behind a comma."""
        if self.depth < 2 and "," not in self.before:
            self._end_row()
        else:
            self.before += " "

    def _sign(self, token: _Token) -> None:
        sign = token.text
        if sign in BRACKETS:
            self._bracket(token)
        elif sign == ";":
            if self.depth == 0 and "tight" in self.separators:  # decimal commas, with semicolons between numbers
                raise MatrixTextError(say("matrices.doubtful", line=token.line, given=sign))
            self._end_row()
        elif sign == ",":
            self.before += ","
        elif sign in PARENTHESES:
            self.parentheses = max(0, self.parentheses + PARENTHESES[sign])
        elif sign not in PASSED:
            raise MatrixTextError(say("matrices.word", line=token.line, given=_short(sign)))

    def _bracket(self, token: _Token) -> None:
        if token.text == "[" and self.depth == 0:
            name = self.name if self.present is None else ""
            self._end_matrix()
            self.name = name
        self._end_row()
        self.depth += BRACKETS[token.text]
        if self.depth < 0:
            raise MatrixTextError(say("matrices.word", line=token.line, given=token.text))
        if self.depth == 0:
            self._end_matrix()

    def _end_row(self) -> None:
        if self.row and self.present is not None:
            self.present.rows.append(self.row)
        self.row, self.separators, self.before = [], [], ""

    def _end_matrix(self) -> None:
        self._end_row()
        if self.present is not None:
            self.found.append(self.present)
        self.present, self.name = None, ""


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for found in TOKEN.finditer(text):
        kind, part = found.lastgroup or "sign", found[0]
        if kind not in ("comment", "going_on"):
            yield _Token(kind, part, line)
        line += part.count("\n")


def _short(text: str) -> str:
    return shortened(text, MOST_QUOTED)
