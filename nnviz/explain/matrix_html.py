"""The equations of an iteration in matrix form as HTML: in names, small ones in symbols too, and in numbers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from nnviz.algebra.mathml import line, math, written
from nnviz.engine.plan import Plan, Stage
from nnviz.explain.matrices import staged
from nnviz.explain.matrix_equations import (
    COLUMNS,
    EQUALS,
    ROWS,
    SIGMA,
    SIGNS,
    Constant,
    Entry,
    Equation,
    Matrix,
    Part,
    Raised,
    parts,
)
from nnviz.text import say

MOST_SYMBOLS = 4


def html(plan: Plan, phase: str, stage: Stage) -> str:
    """Return the equations of a stage: in names, small ones in symbols too, and with a place for each number."""
    return "".join(map(equation_html, staged(plan).get((phase, stage), ())))


def equation_html(equation: Equation) -> str:
    """Return an equation: in names, where it is small in symbols too, and with a place for each number."""
    signs = [EQUALS, SIGMA] if equation.n_samples else [EQUALS]
    row: list[Part] = [equation.left, *signs, *parts(equation.right)]
    lines = [line(math(*(_written(part, lambda matrix: matrix.name) for part in row)))]
    if all(not isinstance(part, Matrix) or _is_small(part) for part in row):
        lines.append(line(math(*(_written(part, _symbols) for part in row))))
    is_long = any(entry.sample is not None for entry in equation.entries)
    lines.append(line(*map(_together, _in_numbers(equation)), kind="line sum" if is_long else "line"))
    return "".join(lines)


def passes(plan: Plan) -> dict[str, str]:
    """Return the equations of each pass as HTML, those of each stage under its name."""
    return by_pass(staged(plan))


def by_pass(equations: Mapping[tuple[str, Stage], Sequence[Equation]]) -> dict[str, str]:
    """Return the equations of stages as HTML by pass, those of each stage under its name."""
    found: dict[str, str] = {}
    for (phase, stage), of_stage in equations.items():
        if lines := "".join(map(equation_html, of_stage)):
            heading = f"<h3>{say(f'matrices.{stage.kind}', layer=stage.layer)}</h3>"
            found[phase] = found.get(phase, "") + heading + lines
    return found


def _in_numbers(equation: Equation) -> list[list[Part]]:
    """Return the line of numbers in groups of parts that stay together: each matrix, or each term of a sum.

    The sign between the sides is a place; a sum over the samples is written out.
    """
    sign, plus = sign_place(equation.sign), SIGNS["+"].written
    if not equation.n_samples:
        return _by_matrix([equation.left, sign, *parts(equation.right)])
    groups: list[list[Part]] = [[plus, *parts(term)] for term in equation.terms]
    groups[0][0] = sign
    if equation.is_elided:
        groups[-1][0] = f"{plus}<mo>…</mo>{plus}"
    return [[equation.left], *groups]


def sign_place(sign: str) -> str:
    """Return the place of the sign between the sides of an equation, by its id."""
    waiting = say("matrices.waiting")
    return f'<mo form="infix" data-value="{sign}" data-unknown="{waiting}">{waiting}</mo>'


def _by_matrix(parts: Iterable[Part]) -> list[list[Part]]:
    """Return each matrix with the signs before, the last one with those behind it too."""
    found: list[list[Part]] = []
    group: list[Part] = []
    for part in parts:
        group.append(part)
        if isinstance(part, Matrix):
            found.append(group)
            group = []
    found[-1] += group
    return found


def _written(part: Part, matrix: Callable[[Matrix], str]) -> str:
    """Return a part of an equation in symbols, where a matrix is written in one way or another."""
    if isinstance(part, Matrix):
        return matrix(part)
    if isinstance(part, Constant):
        return part.name
    if isinstance(part, Raised):
        return _raised(_written(part.base, matrix), _written(part.exponent, matrix))
    return f"<mrow{marks(part)}>{written(part.symbol)}</mrow>" if isinstance(part, Entry) else part


def _together(group: Iterable[Part]) -> str:
    """Return parts of a line of numbers within which it does not break."""
    return f'<span class="together">{"".join(map(math, map(_in_number, group)))}</span>'


def _in_number(part: Part) -> str:
    if isinstance(part, Matrix):
        return _table(part, _place)
    if isinstance(part, Constant):
        return part.digits
    if isinstance(part, Raised):
        return _raised(_place(part.base), _place(part.exponent))
    return _place(part) if isinstance(part, Entry) else part


def _raised(base: str, exponent: str) -> str:
    return f"<msup><mrow>{base}</mrow><mrow>{exponent}</mrow></msup>"


def _is_small(matrix: Matrix) -> bool:
    """Return whether a matrix is written in symbols too; those of all samples have none."""
    [[first, *_], *_] = matrix.rows
    return first.sample is None and len(matrix.rows) <= MOST_SYMBOLS and len(matrix.rows[0]) <= MOST_SYMBOLS


def _symbols(matrix: Matrix) -> str:
    return _table(matrix, lambda entry: f"<mrow{marks(entry)}>{written(entry.symbol)}</mrow>")


def _place(entry: Entry) -> str:
    """Return the place of a number, with the id of what it is a number of where that differs."""
    of = "" if entry.id == entry.of else f' data-of="{escape(entry.of)}"'
    return f'<mn{marks(entry)} data-value="{escape(entry.id)}"{of} data-few="">{say("unknown")}</mn>'


def marks(entry: Entry) -> str:
    """Return the attributes that say what a number is of, and where that lives."""
    return f' class="kind-{entry.kind}" data-at="{entry.place.key}"'


def _table(matrix: Matrix, write: Callable[[Entry], str]) -> str:
    cells = [[f"<mtd>{write(entry)}</mtd>" for entry in row] for row in matrix.rows]
    if matrix.elided == COLUMNS:
        cells = [[*row[:-1], _dots("…"), row[-1]] for row in cells]
    if matrix.elided == ROWS:
        cells[-1:] = [[_dots("⋮")] * len(cells[0]), cells[-1]]
    rows = "".join(f"<mtr>{''.join(row)}</mtr>" for row in cells)
    return f"<mrow><mo>[</mo><mtable>{rows}</mtable><mo>]</mo></mrow>"


def _dots(sign: str) -> str:
    return f"<mtd><mo>{sign}</mo></mtd>"
