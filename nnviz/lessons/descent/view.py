"""How gradient descent on a curve is read: in words, as a picture, as a table of its iterations."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from nnviz.algebra.mathml import MATHML, line, math, named
from nnviz.algebra.quantities import Quantity
from nnviz.algebra.rounding import approximately, exactly
from nnviz.algebra.solution import symbol_lines
from nnviz.algebra.trace import Step, Trace
from nnviz.charts.theme import Look
from nnviz.engine.naming import RATE
from nnviz.engine.plan import UPDATE
from nnviz.explain.sentence import equation
from nnviz.lessons.descent.curves import NEW, SLOPE, UPDATED, Curve, X, Y
from nnviz.lessons.descent.notes import notes, of_factor, solved, worked
from nnviz.lessons.descent.plot import DescentPlot, row_key
from nnviz.lessons.descent.regimes import regime, shrinking
from nnviz.player.run import Run
from nnviz.player.step_formula import EQUALS
from nnviz.player.table import Row, Table
from nnviz.player.values import Known, known_pauses, listed
from nnviz.player.view import View
from nnviz.protocol import Button, Line, Picture, Place, ShownNumber, StepFrame
from nnviz.text import say

ROWS = 40
STRIDE = 0.02  # of the part of the x axis that is drawn: a longer step does not creep
NEAR = 0.01  # of a step: as near it comes back to where it was before, when it is said to swing
LEADING_ON = ("forward", "play", "next")  # the buttons that lead to the next iteration
QUANTITIES = (X, Y, SLOPE, NEW)


@dataclass(frozen=True)
class DescentRun(Run):
    """An iteration of a descent on a kind of curve, and all iterations before it.

    ``usual`` is the part of the x axis to draw at least.
    """

    curve: Curve
    kind: str
    earlier: tuple[Trace, ...]
    iteration: Trace
    is_last: bool
    usual: tuple[float, float]

    @property
    def number(self) -> int:  # type: ignore[override]
        """The number of the iteration, counted from 1."""
        return len(self.earlier) + 1


class DescentView(View):
    """How a descent is shown, which is told in many short iterations."""

    plays_on = True

    def __init__(self, run: DescentRun, look: Look) -> None:
        self.run: DescentRun = run
        self.look = look

    @cached_property
    def _plot(self) -> DescentPlot:
        run = self.run
        points = [(_value(it, X), _value(it, Y)) for it in run.earlier]
        return DescentPlot(run.curve, run.iteration, points, run.number, run.usual, self.look)

    # The picture

    def figure(self, cursor: int, released: int) -> Picture:
        plot = self._plot
        return {
            "data": plot.data(cursor),
            "layout": plot.layout(),
            "least": self.look.frame.least_scale,
            "pointing": plot.pointing(),
            "hovers": self._hovers(released),
            "label": say("descent.picture"),
            "legend": say("descent.legend"),
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
        if cursor == 0 and self.run.earlier:
            return say("title.ready", iteration=f"{self.run.number:,}")
        if cursor == 0:
            return say("descent.title.start")
        return say(f"descent.title.{self.phase(cursor)}")

    def sentence(self, cursor: int) -> str:
        iteration, overflow = self.run.iteration, self.run.iteration.overflow
        if cursor == 0 and self.run.earlier:
            before = {"before": f"{self.run.number - 1:,}", "y": _text(self.run.earlier[-1], Y)}
            return say("descent.step.ready", x=_text(iteration, X), **before)
        if cursor == 0:
            return say("descent.step.start", x=_text(iteration, X))
        [step] = self.steps(cursor)
        if overflow is not None and (step is overflow or not step.computed):
            state = "too_large" if step is overflow else "not_computed"
            return say(f"descent.step.{state}", name=step.name, culprit=overflow.name, advice=self._advice(overflow))
        words = say(f"descent.step.{step.phase}", equation=equation(step), direction=self._direction())
        return f"{words} {self._regime()}".rstrip() if step.phase == UPDATE else words

    def _advice(self, overflow: Step) -> str:
        """Return what keeps the numbers in range: another start where no step has been taken, else another rate."""
        is_far_out = self.run.number == 1 and overflow.phase != UPDATE
        return say(f"descent.advice.{'start' if is_far_out else 'rate'}")

    def _direction(self) -> str:
        """Return which way the slope points."""
        slope = _value(self.run.iteration, SLOPE)
        return say(f"descent.direction.{'up' if slope > 0 else 'down' if slope < 0 else 'level'}")

    def _regime(self) -> str:
        """Return what the learning rate does here, in a sentence."""
        run, moves = self.run, [_move(iteration) for iteration in self.run.earlier[-1:]]
        before, now = moves[-1] if moves else None, _move(run.iteration)
        key = regime(run.curve, before, run.iteration)
        if key == "observed.creeps" and abs(now) > STRIDE * (run.usual[1] - run.usual[0]):
            key = "observed.strides"
        a, rate = run.curve.coefficients[0] if run.curve.coefficients else 0.0, _value(run.iteration, RATE)
        words = say(f"descent.regime.{key}", factor=of_factor(abs(shrinking(a, rate))))
        is_back = before is not None and run.curve.coefficients is None and 0 < abs(before + now) <= NEAR * abs(now)
        return f"{words} {say('descent.regime.observed.again')}" if is_back else words

    def formula(self, cursor: int) -> str:
        """Return the formula of the step; that of the update begins with the rule of gradient descent."""
        if cursor == 0:
            return ""
        [step] = self.steps(cursor)
        if step.phase != UPDATE or step.expression is UPDATED:
            return "".join(worked(step))
        [rule], [written_out] = symbol_lines(UPDATED, MATHML), symbol_lines(step.expression, MATHML)
        first = line(math(named(NEW), '<mo form="infix">=</mo>'), *map(math, rule))
        return "".join([first, line(EQUALS, *map(math, written_out)), *solved(step)])

    def refusals(self, cursor: int) -> dict[Button, str]:
        off, ended = super().refusals(cursor), self.run.iteration.overflow is not None
        last = say("descent.refusal.diverged", number=self.run.number)
        return {button: last if ended and button in LEADING_ON else reason for button, reason in off.items()}

    def hint(self, cursor: int) -> str:
        is_over = cursor == self.run.end and self.run.iteration.overflow is not None
        return say("descent.refusal.diverged", number=self.run.number) if is_over else super().hint(cursor)

    def notes(self) -> str:
        return notes(self.run.curve, self.run.kind, _value(self.run.iteration, RATE))

    # Numbers and places

    def values(self, released: int) -> dict[str, ShownNumber]:
        limit = min(released, known_pauses(self.run.iteration))
        return listed((item for _, item in self._numbers()), limit)

    def at(self, cursor: int) -> list[str]:
        return [*super().at(cursor), row_key(self.run.number)]

    def goals(self) -> dict[str, Place]:
        return {row_key(n): {"iteration": n, "cursor": self.run.end} for n in self._listed}

    def table(self) -> Table:
        headers = {"": say("descent.table.iteration"), **{quantity.id: quantity.name for quantity in QUANTITIES}}
        rows = tuple(
            Row(row_key(n), str(n), "weight", {q.id: _cell(q, n) for q in QUANTITIES}, opens=False)
            for n in self._listed
        )
        return Table(say("descent.table.caption"), say("descent.table.hint"), headers, rows)

    @property
    def _listed(self) -> range:
        """The numbers of the iterations in the table."""
        first = (self.run.number - 1) // ROWS * ROWS + 1
        return range(first, first + ROWS)

    def _numbers(self) -> Iterator[tuple[str, Known]]:
        """Yield the numbers of the iterations so far, each with its place."""
        position = self.run.iteration.position
        for number, iteration in enumerate((*self.run.earlier, self.run.iteration), start=1):
            is_now = number == self.run.number
            for quantity in QUANTITIES:
                value = _value(iteration, quantity)
                since = position[quantity.id] if is_now else 0
                yield row_key(number), _known(quantity, value, since, number)
                if is_now:
                    yield quantity.place.key, _known(quantity, value, since)
        yield RATE.place.key, _known(RATE, _value(self.run.iteration, RATE), 0)


def _cell(quantity: Quantity, number: int) -> str:
    """Return the id of an iteration's number in the table."""
    return f"{quantity.id}@{number}"


def _known(quantity: Quantity, value: float, since: int, number: int | None = None) -> Known:
    """Return a quantity's number, or its number in the table's row of an iteration."""
    if number is None:
        return Known(quantity.id, quantity.name, value, quantity.kind, since)
    name = say("descent.cell", name=quantity.name, number=number)
    return Known(_cell(quantity, number), name, value, quantity.kind, since)


def _value(iteration: Trace, quantity: Quantity) -> float:
    return float(iteration.values[quantity.id])


def _move(iteration: Trace) -> float:
    """Return how far an iteration moves along x."""
    return _value(iteration, NEW) - _value(iteration, X)


def _text(iteration: Trace, quantity: Quantity) -> str:
    return approximately(_value(iteration, quantity))
