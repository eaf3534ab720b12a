"""How gradient descent on a curve is read: in words, as a picture, as a table of its iterations."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nnviz.draw.formula import MATHML, line, math, named
from nnviz.draw.hill import Hill, row_key
from nnviz.draw.look import Look
from nnviz.draw.passage import Walk
from nnviz.draw.rows import Row, Rows
from nnviz.draw.screen import Json, Reading
from nnviz.draw.sentence import equation
from nnviz.draw.values import Known, known_pauses, listed
from nnviz.engine.curves import NEW, RATE, SLOPE, UPDATED, Curve, X, Y
from nnviz.engine.plan import UPDATE
from nnviz.engine.solution import symbol_lines
from nnviz.engine.trace import Trace
from nnviz.text import say

ROWS = 40
QUANTITIES = (X, Y, SLOPE, NEW)


@dataclass(frozen=True)
class Descending(Walk):
    """An iteration of a descent, and all iterations before it; ``usual`` is the part of the x axis to draw at least."""

    curve: Curve
    earlier: tuple[Trace, ...]
    iteration: Trace
    is_last: bool
    usual: tuple[float, float]

    @property
    def number(self) -> int:  # type: ignore[override]
        """The number of the iteration, counted from 1."""
        return len(self.earlier) + 1


class DescentReading(Reading):
    """A reading of a descent."""

    def __init__(self, walk: Descending, look: Look) -> None:
        self.walk: Descending = walk
        self.look = look

    @cached_property
    def _hill(self) -> Hill:
        walk = self.walk
        points = [(_value(it, X.name), _value(it, Y.name)) for it in walk.earlier]
        return Hill(walk.curve, walk.iteration, points, walk.number, walk.usual, self.look)

    # The picture

    def figure(self, cursor: int, released: int) -> Json:
        hill = self._hill
        return {
            "data": hill.data(cursor),
            "layout": hill.layout(),
            "pointing": hill.pointing(),
            "hovers": self._hovers(released),
            "width": 0,
            "label": say("descent.picture"),
            "legend": say("descent.legend"),
        }

    def frame(self, cursor: int) -> Json:
        return self._hill.frame(cursor)

    def _hovers(self, released: int) -> dict[str, list[list[int | str]]]:
        found: dict[str, list[list[int | str]]] = {}
        for place, item in self._numbers():
            if item.since <= released and abs(item.value) < float("inf"):
                found.setdefault(place, []).append([item.since, f"{item.name} = {item.value!r}"])
        return found

    # Words

    def title(self, cursor: int) -> str:
        if cursor == 0:
            return say("descent.title.start")
        return say(f"descent.title.{self.phase(cursor)}")

    def sentence(self, cursor: int) -> str:
        iteration, overflow = self.walk.iteration, self.walk.iteration.overflow
        if cursor == 0:
            return say("descent.step.start", x=_text(iteration, X.name))
        [step] = self.steps(cursor)
        if overflow is not None and (step is overflow or not step.computed):
            words = say("step.too_large" if step is overflow else "step.not_computed")
            return say("descent.step.diverged", name=step.name, words=words)
        return say(f"descent.step.{step.phase}", equation=equation(step))

    def formula(self, cursor: int) -> str:
        """Return the formula of the step; that of the update begins with the rule of gradient descent."""
        text = super().formula(cursor)
        if cursor == 0 or self.phase(cursor) != UPDATE:
            return text
        [rule] = symbol_lines(UPDATED, MATHML)
        return line(math(named(NEW), '<mo form="infix">=</mo>'), *map(math, rule)) + text

    # Numbers and places

    def values(self, released: int) -> dict[str, list[Any]]:
        limit = min(released, known_pauses(self.walk.iteration))
        return listed((item for _, item in self._numbers()), limit)

    def at(self, cursor: int) -> list[str]:
        return [*super().at(cursor), row_key(self.walk.number)]

    def goals(self) -> dict[str, list[int]]:
        return {row_key(n): [n, self.walk.end] for n in self._listed}

    def rows(self) -> Rows:
        keys = [quantity.name for quantity in QUANTITIES]
        headers = {"": say("descent.table.iteration"), **{key: key for key in keys}}
        rows = tuple(
            Row(row_key(n), str(n), "weight", {key: _cell(key, n) for key in keys}, opens=False) for n in self._listed
        )
        return Rows(say("descent.table.caption"), say("descent.table.hint"), headers, rows)

    @property
    def _listed(self) -> range:
        """The numbers of the iterations in the table."""
        first = (self.walk.number - 1) // ROWS * ROWS + 1
        return range(first, first + ROWS)

    def _numbers(self) -> Iterator[tuple[str, Known]]:
        """Yield the numbers of the iterations so far, each with its place."""
        position = self.walk.iteration.position
        for number, iteration in enumerate((*self.walk.earlier, self.walk.iteration), start=1):
            is_now = number == self.walk.number
            for quantity in QUANTITIES:
                value = _value(iteration, quantity.name)
                since = position[quantity.name] if is_now else 0
                yield row_key(number), Known(_cell(quantity.name, number), value, quantity.kind, since)
                if is_now:
                    yield quantity.place.key, Known(quantity.name, value, quantity.kind, since)
        yield RATE.place.key, Known(RATE.name, _value(self.walk.iteration, RATE.name), RATE.kind, 0)


def _cell(name: str, number: int) -> str:
    """Return what a number of an iteration is called."""
    return say("descent.cell", name=name, number=number)


def _value(iteration: Trace, name: str) -> float:
    return float(iteration.values[name])


def _text(iteration: Trace, name: str) -> str:
    from nnviz.engine.numbers import approximately

    return approximately(_value(iteration, name))
