"""Formulas with places for numbers, which the page fills in as they are known."""

from html import escape

from nnviz.algebra.expressions import Ref
from nnviz.algebra.mathml import MathML, decimal
from nnviz.algebra.rounding import Shown, shown
from nnviz.algebra.writer import Leaf
from nnviz.text import say


class Places(MathML):
    """A notation whose numbers are places for them; where ``in_parentheses``, for what is so where it is negative."""

    def __init__(self, *, in_parentheses: bool = False) -> None:
        super().__init__()
        self._in_parentheses = in_parentheses

    def number(self, number: Shown, leaf: Leaf | None) -> str:
        return decimal(number) if leaf is None else self.place(leaf)

    def place(self, leaf: Leaf) -> str:
        """Return the place of a quantity's number."""
        assert isinstance(leaf, Ref)
        quantity = leaf.quantity
        name = f"({leaf.id})" if self._in_parentheses else leaf.id
        at = f'class="kind-{quantity.kind}" data-at="{quantity.place.key}"'
        return f'<mn {at} data-value="{escape(name)}">{say("unknown")}</mn>'


PLACES, FACTORS, PLACE = Places(), Places(in_parentheses=True), shown(1.0)
