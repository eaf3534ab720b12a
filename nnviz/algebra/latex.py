r"""Expressions and steps as LaTeX: \frac{\partial E}{\partial w_{5}}, for papers, notes and notebooks."""

import re
import unicodedata
from collections.abc import Iterable

from nnviz.algebra.expressions import Expression, Num
from nnviz.algebra.quantities import Derivative, Letter, Product, Symbol
from nnviz.algebra.rounding import Shown
from nnviz.algebra.solution import Solution, Solvable, read, solve, symbol_lines
from nnviz.algebra.writer import Leaf, Piece
from nnviz.text import say

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "η": "eta", "λ": "lambda", "μ": "mu",
    "ν": "nu", "π": "pi", "ρ": "rho", "σ": "sigma", "φ": "varphi", "Δ": "Delta", "Φ": "Phi", "Σ": "sum",
}  # fmt: skip
ACCENTS = {"\N{COMBINING CIRCUMFLEX ACCENT}": "hat", "\N{COMBINING TILDE}": "tilde", "\N{COMBINING MACRON}": "bar"}
KNOWN = {"exp", "ln", "log", "max", "min", "tanh"}  # functions that LaTeX has a name for
SIGNS = {
    "½": r"\tfrac{1}{2}", "¼": r"\tfrac{1}{4}", "…": r"\dots", "∂": r"\partial", "·": r" \cdot ", "−": "-", "′": "'",
    "≈": r"\approx",
    "(": r"\left(", ")": r"\right)", "|": r"\vert ", "²": "^{2}", "√": r"\surd ", "≥": r"\geq ", "⊙": r"\odot ",
    **{letter: rf"\{name} " for letter, name in GREEK.items()},
}  # fmt: skip
PARTS = re.compile(r"[₀-₉](?:[₀-₉.]|e−?(?=[₀-₉]))*|[^\W\d_₀-₉]{2,}|.", re.DOTALL)
LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉−", "0123456789-")
BLANKS = re.compile(" +")
SPECIAL = re.compile(r"([_&%$#{}])")


class LaTeX:
    """A notation (see ``writer.Notation``) whose parts are LaTeX, for math mode; it needs amsmath."""

    opening, closing = r"\left(", r"\right)"

    def symbol(self, symbol: Symbol, leaf: Leaf) -> str:
        return written(symbol)

    def number(self, number: Shown, leaf: Leaf | None) -> str:
        return decimal(number)

    def constant(self, text: str) -> str:
        return _signs(text)

    def sign(self, sign: str) -> str:
        return _signs(sign)

    def prefix(self, sign: str) -> str:
        return _signs(sign)

    def noted(self, part: Expression, text: str) -> str:
        return text

    def squared(self, base: str) -> str:
        return f"{{{base}}}^{{2}}"

    def raised(self, base: str, exponent: str) -> str:
        return f"{base}^{{{exponent}}}"

    def power(self, base: str, exponent: str) -> str:
        return f"{{{base}}}^{{{exponent}}}"

    def root(self, inner: str, is_single: bool) -> str:
        return rf"\sqrt{{{inner}}}"

    def floor(self, inner: str) -> str:
        return rf"\left\lfloor {inner} \right\rfloor"

    def between_bars(self, inner: str) -> str:
        return rf"\left\vert {inner} \right\vert "

    def fraction(self, top: Piece, bottom: Piece) -> str:
        return rf"\frac{{{top[0]}}}{{{bottom[0]}}}"

    def parentheses(self, inner: str) -> str:
        return f"{self.opening}{inner}{self.closing}"


LATEX = LaTeX()


def worked(step: Solvable, sample: int = 0, solution: Solution | None = None) -> list[str]:
    """Return a step's name, then its readings: in derivatives, in symbols, with numbers; then its result.

    Each but the name begins with & and = or ≈. Where there are several samples, numbers of samples are those of one,
    counted from 0. A ``solution`` may have other numbers than those that the step is usually shown with.
    """
    solution = solution or solve(step, sample)
    numbers = read(solution, LATEX)
    readings = [*symbol_lines(step.expression, LATEX), *([] if numbers is None else [numbers])]
    lines = [written(step.quantity.symbol), *(f"&= {''.join(pieces)}" for pieces in readings)]
    if solution.result is None:
        words = say("step.too_large" if step.computed else "step.not_computed")
        return [*lines, rf"& \quad \text{{{words}}}"]
    if isinstance(step.expression, Num):
        return lines
    return [*lines, f"&{_signs(solution.relation)} {decimal(solution.result)}"]


def aligned(steps: Iterable[list[str]]) -> str:
    """Return worked steps as LaTeX for math mode, all signs of equality below each other."""
    rows = list[str]()
    for name, first, *others in steps:
        rows += [f"{name} {first}", *others]
    body = " \\\\\n".join(f"  {row}" for row in rows)
    return f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}"


def written(symbol: Symbol) -> str:
    """Return a symbol as LaTeX."""
    if isinstance(symbol, Product):
        return r" \cdot ".join(map(written, symbol.factors))
    if isinstance(symbol, Derivative):
        sign = _signs(symbol.sign)
        order = "^{2}" if symbol.is_second else ""
        return rf"\frac{{{sign}{order} {_letter(symbol.of)}}}{{{sign} {_letter(symbol.wrt)}{order}}}"
    return _letter(symbol)


def decimal(number: Shown) -> str:
    """Return a number as LaTeX, with a power of ten where it has one."""
    return rf"{number.digits} \times 10^{{{number.exponent}}}" if number.exponent else number.digits


def _letter(letter: Letter) -> str:
    upper = _signs(letter.upper) + ("+" if letter.new else "")
    index = _signs(letter.index) if letter.of is None else _letter(letter.of)
    below, above = f"_{{{index}}}" if index else "", f"^{{{upper}}}" if upper else ""
    return f"{_base(letter.base)}{below}{above}"


def _base(base: str) -> str:
    """Return the letter of a symbol, or the name that a person has given to a quantity."""
    plain = base.rstrip("′")
    if plain != base:
        return _base(plain) + "'" * (len(base) - len(plain))
    parts = unicodedata.normalize("NFD", base)
    if len(parts) == 2 and parts[1] in ACCENTS:
        return rf"\{ACCENTS[parts[1]]}{{{parts[0]}}}"
    if len(base) == 1:
        return _signs(base).strip()
    return rf"\textit{{{_escaped(base)}}}"


def _signs(text: str) -> str:
    """Return signs, letters and names of functions as LaTeX."""
    return BLANKS.sub(" ", "".join(map(_sign, PARTS.findall(text))))


def _sign(part: str) -> str:
    if part[0] in "₀₁₂₃₄₅₆₇₈₉":
        return f"_{{{part.translate(LOWERED)}}}"
    if len(part) == 1:
        return SIGNS.get(part, part)
    return rf"\{part} " if part in KNOWN else rf"\operatorname{{{_escaped(part)}}}"


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text)
