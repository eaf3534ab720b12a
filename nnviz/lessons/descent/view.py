"""How gradient descent on a curve is read: in words, as a picture, as a table of its iterations."""

from collections.abc import Iterator
from functools import cached_property
from html import escape
from typing import Self

from nnviz.algebra import latex
from nnviz.algebra.mathml import MATHML, line, math, named
from nnviz.algebra.quantities import Quantity
from nnviz.algebra.rounding import exactly
from nnviz.algebra.solution import symbol_lines
from nnviz.algebra.trace import Step
from nnviz.charts.theme import Look
from nnviz.engine.naming import RATE
from nnviz.lessons.descent import printed
from nnviz.lessons.descent.curves import X, Y
from nnviz.lessons.descent.methods import COUNT, DOWNHILL, FIRST, GRADIENT, GRID, LOWEST, METHODS, NEW, SPACING
from nnviz.lessons.descent.notes import notes, solved, worked
from nnviz.lessons.descent.plot import DescentPlot, row_key
from nnviz.lessons.descent.run import DescentRun, value_of
from nnviz.lessons.descent.words import DescentWords
from nnviz.player.step_formula import EQUALS
from nnviz.player.table import Row, Table
from nnviz.player.values import Known, known_pauses, listed
from nnviz.player.view import View
from nnviz.protocol import Button, Drag, Line, Picture, Place, ShownNumber, StepFrame
from nnviz.text import say

ROWS, DRAGGED_BY, GRIP = 40, 0.01, 24.0
GIVEN = (RATE, FIRST, SPACING, COUNT, LOWEST)  # what a step may need besides x
LEADING_ON = ("forward", "play", "next")  # the buttons that lead to the next iteration


class DescentView(View):
    """How a descent is shown, which is told in many short iterations; ``ways`` is a card of its notes, as HTML.

    Of the iteration as much is drawn as comes within ``most`` pauses, where that is not all.
    """

    def __init__(self, run: DescentRun, look: Look, ways: str, most: int | None = None) -> None:
        self.run: DescentRun = run
        self.look, self.ways, self.most = look, ways, most
        self._words = DescentWords(run)
        self.plays_on = run.rest != run.number

    @cached_property
    def _plot(self) -> DescentPlot:
        run = self.run
        points = [(value_of(it, X), value_of(it, Y)) for it in run.earlier]
        return DescentPlot(
            run.curve, run.method, run.iteration, points, run.number, run.usual, self.look, bool(run.printed), self.most
        )

    def hiding(self, released: int) -> Self:
        return type(self)(self.run, self.look, self.ways, released)

    # The picture

    def figure(self, cursor: int, released: int) -> Picture:
        plot = self._plot
        found: Picture = {
            "data": plot.data(cursor),
            "layout": plot.layout(),
            "least": self.look.frame.least_scale,
            "pointing": plot.pointing(),
            "hovers": self._hovers(released),
            "label": say("descent.picture"),
            "legend": say(f"descent.legend.{self.run.method}"),
        }
        return found if self.run.method == GRID else {**found, "drag": self._drag}

    @property
    def _drag(self) -> Drag:
        """The point, which takes the start with it, within what is usually drawn."""
        left, right = self.run.usual
        return {
            "field": X.id,
            "least": min(left, self.run.start),
            "most": max(right, self.run.start),
            "step": DRAGGED_BY,
            "at": value_of(self.run.iteration, X),
            "grip": GRIP,
        }

    def frame(self, cursor: int) -> StepFrame:
        return self._plot.frame(cursor)

    def _hovers(self, released: int) -> dict[str, list[Line]]:
        found: dict[str, list[Line]] = {}
        for place, item in self._numbers():
            if item.since <= released and abs(item.value) < float("inf"):
                text = f"{item.name} = {exactly(item.value)}"
                found.setdefault(place, []).append({"since": item.since, "text": text})
        return found

    # Words

    def title(self, cursor: int) -> str:
        return self._words.title(self._step(cursor))

    def sentence(self, cursor: int) -> str:
        return self._words.sentence(self._step(cursor))

    def _step(self, cursor: int) -> Step | None:
        """Return the step that the cursor has just passed, if it has passed any."""
        return next(iter(self.steps(cursor)), None)

    def formula(self, cursor: int) -> str:
        """Return the formula of the step; that of an update begins with the method’s rule."""
        step = self._step(cursor)
        if step is None:
            return ""
        if step.quantity != NEW or self.run.method != GRADIENT or step.expression is DOWNHILL:
            return "".join(worked(step))
        [rule], [written_out] = symbol_lines(DOWNHILL, MATHML), symbol_lines(step.expression, MATHML)
        first = line(math(named(NEW), '<mo form="infix">=</mo>'), *map(math, rule))
        solution = printed.solved(step) if self.run.printed else None
        lines = [first, line(EQUALS, *map(math, written_out)), *solved(step, solution)]
        word = printed.word(step, is_documents=self.run.printed == "document") if self.run.printed else ""
        return "".join([*lines, *([line(escape(word), kind="note")] if word else [])])

    def latex(self, cursor: int) -> str:
        step = self._step(cursor)
        if step is None or not self.run.printed or step.quantity != NEW:
            return super().latex(cursor)
        return latex.aligned([latex.worked(step, solution=printed.solved(step))])

    def refusals(self, cursor: int) -> dict[Button, str]:
        off, no_more = super().refusals(cursor), self._words.no_more()
        found: dict[Button, str] = {button: no_more if no_more and button in LEADING_ON else why
                                    for button, why in off.items()}  # fmt: skip
        return found | ({"backward": say("descent.refusal.no_slope")} if self.run.method == GRID else {})

    def hint(self, cursor: int) -> str:
        if cursor == self.run.end and (told := self._words.no_more() or self._words.at_rest()):
            return told
        return say("descent.refusal.no_slope") if self._has_no_backward(cursor) else super().hint(cursor)

    def _has_no_backward(self, cursor: int) -> bool:
        return self.run.method == GRID and cursor < self.run.end

    def notes(self) -> str:
        run = self.run
        rate = value_of(run.iteration, RATE) if run.method == GRADIENT else None
        return notes(run.curve, run.kind, rate, self.ways)

    # Numbers and places

    def values(self, released: int) -> dict[str, ShownNumber]:
        limit = min(released, known_pauses(self.run.iteration))
        known = [item for _, item in self._numbers()]
        return printed.over(listed(known, limit), known) if self.run.printed else listed(known, limit)

    def at(self, cursor: int) -> list[str]:
        return [*super().at(cursor), row_key(self.run.number)]

    def goals(self) -> dict[str, Place]:
        return {row_key(n): {"iteration": n, "cursor": len(self._computed(n))} for n in self._listed}

    def table(self) -> Table:
        quantities = METHODS[self.run.method].quantities
        headers = {"": say("descent.table.iteration"), **{quantity.id: quantity.name for quantity in quantities}}
        rows = tuple(
            Row(row_key(n), str(n), "weight", {q.id: _cell(q, n) for q in (X, *self._computed(n))}, opens=False)
            for n in self._listed
        )
        return Table(say("descent.table.caption"), say("descent.table.hint"), headers, rows)

    @property
    def _listed(self) -> range:
        """The numbers of the iterations in the table."""
        first = (self.run.number - 1) // ROWS * ROWS + 1
        return range(first, min(first + ROWS, self.run.most + 1))

    def _computed(self, number: int) -> tuple[Quantity, ...]:
        """Return what an iteration computes; the last point of a grid has no next one."""
        run = self.run
        computed = METHODS[run.method].quantities[1:]
        return computed[:-1] if run.method == GRID and number == run.most else computed

    def _numbers(self) -> Iterator[tuple[str, Known]]:
        """Yield the numbers of the iterations so far, each with its place."""
        run, position = self.run, self.run.iteration.position
        quantities = METHODS[run.method].quantities
        for number, iteration in enumerate((*run.earlier, run.iteration), start=1):
            is_now = number == run.number
            for quantity in quantities:
                if quantity.id not in iteration.values:
                    continue
                value = value_of(iteration, quantity)
                since = position[quantity.id] if is_now else 0
                yield row_key(number), _known(quantity, value, since, number)
                if is_now:
                    yield quantity.place.key, _known(quantity, value, since)
        for quantity in GIVEN:
            if quantity.id in run.iteration.given:
                yield quantity.place.key, _known(quantity, value_of(run.iteration, quantity), 0)


def _cell(quantity: Quantity, number: int) -> str:
    """Return the id of an iteration's number in the table."""
    return f"{quantity.id}@{number}"


def _known(quantity: Quantity, value: float, since: int, number: int | None = None) -> Known:
    """Return a quantity's number, or its number in the table's row of an iteration."""
    if number is None:
        return Known(quantity.id, quantity.name, value, quantity.kind, since)
    name = say("descent.cell", name=quantity.name, number=number)
    return Known(_cell(quantity, number), name, value, quantity.kind, since)
