"""The card that sets the ways to the minimum beside each other, as HTML: their rules, and what they cost."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from nnviz.algebra.mathml import MATHML, line, math, named
from nnviz.algebra.rounding import exactly, is_rounded, shown
from nnviz.algebra.solution import symbol_lines
from nnviz.lessons.descent.comparison import EVALUATED, LOST, Way
from nnviz.lessons.descent.methods import METHODS, NEW
from nnviz.lessons.descent.setup import DescentSetup
from nnviz.player.panels import TEMPLATES
from nnviz.player.step_formula import EQUALS
from nnviz.text import say

FEW_DIGITS = 4


class Row(NamedTuple):
    """A way in the card: its name, its link, whether it is the one that is shown, its rule, its numbers, its end."""

    name: str
    link: str
    is_shown: bool
    rule: str
    numbers: tuple[str, ...]
    end: str


def card(ways: Sequence[Way], setup: DescentSetup, links: Mapping[str, str]) -> str:
    """Return the card; ``links`` lead to each way from the one that is shown."""
    rows = [
        Row(
            say(f"method.{way.method}"),
            links[way.method],
            way.method == setup.method,
            line(math(named(NEW)), EQUALS, *map(math, symbol_lines(METHODS[way.method].rule, MATHML)[0])),
            tuple(f"{count:,}" for count in (way.iterations, *(way.costs[quantity] for quantity in EVALUATED))),
            _end(way),
        )
        for way in ways
    ]
    headers = [say("ways.iterations"), *(quantity.name for quantity in EVALUATED)]
    return TEMPLATES.get_template("lessons/descent/templates/ways.html").render(
        rows=rows, headers=headers, until=say(f"ways.until.{setup.stop}", bound=exactly(setup.bound))
    )


def _end(way: Way) -> str:
    """Return where a way ends, in a sentence."""
    number = shown(way.x, FEW_DIGITS)
    x = f"{'≈' if is_rounded(number, way.x) else '='} {number}"
    words = say(f"ways.end.{way.end}", x=x, number=f"{way.iterations:,}")
    return f"{words} {say(f'ways.why.{way.method}')}" if way.end == LOST else words
