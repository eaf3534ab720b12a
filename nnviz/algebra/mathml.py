"""Formulas as MathML: each symbol and number says what it is and where in the network it lives."""

import re
from html import escape

from nnviz.algebra.difference import Compared
from nnviz.algebra.expressions import Expression, Partial, Ref
from nnviz.algebra.quantities import Derivative, Letter, Product, Quantity, Symbol
from nnviz.algebra.rounding import Shown, exactly, lacks_digits, shown
from nnviz.algebra.solution import leaf_name
from nnviz.algebra.writer import Leaf, Piece

INDEX = re.compile("([^−+]*)(?:([−+])(.*))?")


class MathML:
    """A notation (see engine.typeset) whose parts are MathML; ``values`` are the numbers' exact values by id."""

    opening, closing = '<mo stretchy="false">(</mo>', '<mo stretchy="false">)</mo>'

    def __init__(self, values: dict[str, float] | None = None) -> None:
        self.values = values or {}

    def symbol(self, symbol: Symbol, leaf: Leaf) -> str:
        return f"<mrow{_marks(leaf)}>{written(symbol)}</mrow>"

    def number(self, number: Shown, leaf: Leaf | None) -> str:
        if leaf is None:
            return decimal(number)
        value = self.values.get(leaf.id)
        exact = ""
        if value is not None and float(number.fraction) != value:
            exact = f' data-exact="{escape(leaf_name(leaf))} = {exactly(value)}"'
        return f"<mrow{_marks(leaf)}{exact}>{decimal(number)}</mrow>"

    def constant(self, text: str) -> str:
        return f"<mn>{text}</mn>"

    def sign(self, sign: str) -> str:
        return f'<mo form="infix">{sign.strip()}</mo>'

    def prefix(self, sign: str) -> str:
        return f'<mo form="prefix">{sign}</mo>'

    def noted(self, part: Expression, text: str) -> str:
        return text

    def squared(self, base: str) -> str:
        return f"<mrow>{base}<msup><mspace/><mn>2</mn></msup></mrow>"

    def raised(self, base: str, exponent: str) -> str:
        return f"<msup><mi>{base}</mi><mrow>{exponent}</mrow></msup>"

    def power(self, base: str, exponent: str) -> str:
        return f"<msup><mrow>{base}</mrow><mrow>{exponent}</mrow></msup>"

    def root(self, inner: str, is_single: bool) -> str:
        return f"<msqrt>{inner}</msqrt>"

    def floor(self, inner: str) -> str:
        return f'<mrow><mo stretchy="false">⌊</mo>{inner}<mo stretchy="false">⌋</mo></mrow>'

    def between_bars(self, inner: str) -> str:
        return f'<mrow><mo form="prefix">|</mo>{inner}<mo form="postfix">|</mo></mrow>'

    def fraction(self, top: Piece, bottom: Piece) -> str:
        return f"<mfrac><mrow>{top[0]}</mrow><mrow>{bottom[0]}</mrow></mfrac>"

    def parentheses(self, inner: str) -> str:
        return f"<mrow>{self.opening}{inner}{self.closing}</mrow>"


class MarkedMathML(MathML):
    """A notation in which the parts of an expression stand out that differ from those of another."""

    def __init__(self, compared: Compared, values: dict[str, float] | None = None) -> None:
        super().__init__(values)
        self._compared = compared

    def symbol(self, symbol: Symbol, leaf: Leaf) -> str:
        return self.noted(leaf, super().symbol(symbol, leaf))

    def number(self, number: Shown, leaf: Leaf | None) -> str:
        text = super().number(number, leaf)
        return text if leaf is None else self.noted(leaf, text)

    def noted(self, part: Expression, text: str) -> str:
        return f'<mrow class="differs">{text}</mrow>' if self._compared.has(part) else text


MATHML = MathML()


def math(*parts: str) -> str:
    """Return one formula that a line does not break."""
    return f"<math>{''.join(parts)}</math>"


def line(*parts: str, kind: str = "line") -> str:
    """Return a paragraph that may break between its parts."""
    return f'<p class="{kind}">{" ".join(parts)}</p>'


def written(symbol: Symbol) -> str:
    """Return a symbol as MathML."""
    if isinstance(symbol, Product):
        return "<mo>·</mo>".join(map(written, symbol.factors))
    if isinstance(symbol, Derivative):
        sign, of, wrt = f"<mi>{symbol.sign}</mi>", _letter(symbol.of), _letter(symbol.wrt)
        above = f"{_squared(sign)}{of}" if symbol.is_second else sign + of
        below = sign + (_squared(wrt) if symbol.is_second else wrt)
        return f"<mfrac><mrow>{above}</mrow><mrow>{below}</mrow></mfrac>"
    return _letter(symbol)


def named(quantity: Quantity) -> str:
    """Return a quantity's symbol, marked as what it is."""
    return f"<mrow{_marks(Ref(quantity))}>{written(quantity.symbol)}</mrow>"


def decimal(number: Shown) -> str:
    """Return a number as MathML: with a true minus sign, and a power of ten where it has one."""
    sign = '<mo form="prefix">−</mo>' if number.is_negative else ""
    digits = f"<mn>{number.digits.removeprefix('-')}</mn>"
    if not number.exponent:
        return sign + digits
    exponent = decimal(shown(number.exponent))
    return f"{sign}{digits}<mo>×</mo><msup><mn>10</mn><mrow>{exponent}</mrow></msup>"


def exact_note(name: str, value: float) -> str:
    """Return "name = all digits" of a number that is shown with fewer, else nothing."""
    return f"{name} = {exactly(value)}" if lacks_digits(value) else ""


def _letter(letter: Letter) -> str:
    base = f"<mi>{escape(letter.base)}</mi>"
    index = _index(letter.index) if letter.of is None else _letter(letter.of)
    upper = _index(letter.upper) + ("<mo>+</mo>" if letter.new else "")
    if index and upper:
        return f"<msubsup>{base}{index}<mrow>{upper}</mrow></msubsup>"
    if index:
        return f"<msub>{base}{index}</msub>"
    return f"<msup>{base}<mrow>{upper}</mrow></msup>" if upper else base


def _squared(symbol: str) -> str:
    return f"<msup>{symbol}<mn>2</mn></msup>"


def _index(text: str) -> str:
    """Return an index, or an exponent: 13, jk, l−1, −z."""
    before, sign, behind = INDEX.fullmatch(text).groups(default="")  # type: ignore[union-attr]  # it fits every text
    form = "infix" if before else "prefix"
    return _token(before) + (f'<mo form="{form}">{sign}</mo>' if sign else "") + _token(behind)


def _token(text: str) -> str:
    if not text:
        return ""
    return f"<mi>{text}</mi>" if text.isalpha() else f"<mn>{text}</mn>"


def _marks(leaf: Leaf) -> str:
    """Return the attributes that say what a leaf is, and where it lives."""
    if isinstance(leaf, Partial):
        return f' class="kind-{kind_of(leaf)}" data-at="{leaf.place.key}"'
    return f' class="kind-{leaf.quantity.kind}" data-at="{leaf.quantity.place.key}"'


def kind_of(factor: Partial) -> str:
    """Return the kind of what a local derivative equals: its colour."""
    return factor.equals.quantity.kind if isinstance(factor.equals, Ref) else "factor"
