"""What is said of a step of a descent: its name, its sentence, what to do next and what cannot be done."""

from dataclasses import dataclass

import numpy as np

from nnviz.algebra.quantities import Quantity
from nnviz.algebra.rounding import approximately, equated, exactly, is_rounded, shown
from nnviz.algebra.trace import Step, Trace
from nnviz.engine.naming import RATE
from nnviz.engine.plan import UPDATE
from nnviz.explain.sentence import equation
from nnviz.lessons.descent import printed
from nnviz.lessons.descent.arrival import SLOPE_SMALL, STEP_SHORT, TOP, place
from nnviz.lessons.descent.curves import CURVATURE, SLOPE, X, Y
from nnviz.lessons.descent.methods import GRADIENT, GRID, NEW, NEW_LOWEST, divides_by_zero
from nnviz.lessons.descent.notes import of_factor
from nnviz.lessons.descent.regimes import regime, shrinking
from nnviz.lessons.descent.run import DescentRun, move_of, value_of
from nnviz.text import say

FEW_DIGITS = 3
STRIDE = 0.02  # of the part of the x axis that is drawn: a longer step does not creep
NEAR = 0.01  # of a step: as near it comes back to where it was before, when it is said to swing
STEPS = {Y.id: "height", SLOPE.id: "slope", CURVATURE.id: "curvature", NEW_LOWEST.id: "lowest"}


@dataclass(frozen=True)
class DescentWords:
    """What is said of a run."""

    run: DescentRun

    def title(self, step: Step | None) -> str:
        """Return the name of a step, or of what is there before the first one."""
        if step is None and self.run.earlier:
            return say("title.ready", iteration=f"{self.run.number:,}")
        return say(f"descent.title.{'start' if step is None else self._key(step)}")

    def sentence(self, step: Step | None) -> str:
        """Return a step as a sentence with its numbers, or what is there before the first one."""
        run, iteration, overflow = self.run, self.run.iteration, self.run.iteration.overflow
        if step is None and run.earlier:
            before = {"before": f"{run.number - 1:,}", "y": _text(run.earlier[-1], Y)}
            return say("descent.step.ready", x=self._x(), **before)
        if step is None:
            return say("descent.step.start", x=self._x())
        if overflow is not None and (step is overflow or not step.computed):
            if divides_by_zero(iteration):
                return say("descent.step.by_zero")
            state = "too_large" if step is overflow else "not_computed"
            return say(f"descent.step.{state}", name=step.name, culprit=overflow.name, advice=self._advice(overflow))
        solution = printed.solved(step) if run.printed else None
        words = say(f"descent.step.{self._key(step)}", equation=equation(step, solution=solution))
        remark, rest = self._remark(step), self._rest(step)
        says_enough = rest and run.rest == run.number and move_of(iteration) != 0
        return " ".join(filter(None, [words, "" if says_enough else remark, rest]))

    def _x(self) -> str:
        """Return x and its value as they are written in a sentence."""
        value = value_of(self.run.iteration, X)
        return f"{X.name} = {printed.about(value)}" if self.run.printed else equated(X.name, value)

    def _key(self, step: Step) -> str:
        return STEPS.get(step.id, self.run.method)

    def _remark(self, step: Step) -> str:
        """Return what is to be seen in a step."""
        if step.id == SLOPE.id:
            return say(f"descent.direction.{_sign(float(np.sign(step.value)))}")
        if step.id == CURVATURE.id:
            return say(f"descent.bend.{_sign(float(np.sign(step.value)))}")
        if step.id == NEW_LOWEST.id:
            return self._best()
        if step.id == NEW.id and self.run.method != GRID:
            return self._regime() if self.run.method == GRADIENT else self._vertex()
        return ""

    def _advice(self, overflow: Step) -> str:
        """Return what keeps the numbers in range: another start where no step has been taken, else another rate."""
        is_far_out = self.run.number == 1 and overflow.phase != UPDATE
        return say(f"descent.advice.{'rate' if self.run.method == GRADIENT and not is_far_out else 'start'}")

    def _best(self) -> str:
        """Return where the lowest point of a grid is so far, and at its end that it is the end."""
        run = self.run
        points = [*run.earlier, run.iteration]
        best = min(points, key=lambda point: value_of(point, Y))
        facts = {"x": _text(best, X), "y": _text(best, Y), "count": run.number}
        return say(f"descent.best.{'last' if run.is_last else 'so_far'}", **facts)

    def _regime(self) -> str:
        """Return what the learning rate does here, in a sentence."""
        run, moves = self.run, [move_of(iteration) for iteration in self.run.earlier[-1:]]
        before, now = moves[-1] if moves else None, move_of(run.iteration)
        key = regime(run.curve, before, run.iteration)
        if key == "observed.creeps" and abs(now) > STRIDE * (run.usual[1] - run.usual[0]):
            key = "observed.strides"
        a, rate = run.curve.coefficients[0] if run.curve.coefficients else 0.0, value_of(run.iteration, RATE)
        words = say(f"descent.regime.{key}", factor=of_factor(abs(shrinking(a, rate))))
        is_back = before is not None and run.curve.coefficients is None and 0 < abs(before + now) <= NEAR * abs(now)
        return f"{words} {say('descent.regime.observed.again')}" if is_back else words

    def _vertex(self) -> str:
        """Return where a step of Newton’s method leads, in a sentence."""
        run = self.run
        x, y, slope, bend, new = (value_of(run.iteration, q) for q in (X, Y, SLOPE, CURVATURE, NEW))
        if new == x:
            return say("descent.vertex.level" if slope == 0 else "descent.regime.stuck")
        if run.curve.coefficients is not None:
            return say(f"descent.vertex.parabola.{_sign(bend)}")
        if bend < 0:
            return say("descent.vertex.top")
        [landed] = run.curve.heights(np.array([new])).tolist()
        return say(f"descent.vertex.{'lower' if landed <= y else 'higher'}")

    def _rest(self, step: Step) -> str:
        """Return at the step that shows it that the run has come to rest, and where."""
        run, rule, shows = self.run, self.run.rule, {STEP_SHORT: NEW, SLOPE_SMALL: SLOPE}
        if run.rest is None or rule is None or step.quantity != shows[rule.what]:
            return ""
        if run.rest < run.number:
            return say("descent.rest.before", number=run.rest)
        is_step = rule.what == STEP_SHORT
        size = _few(abs(move_of(run.iteration)) if is_step else value_of(run.iteration, SLOPE))
        measured = say(f"descent.rest.{rule.what}", size=size, bound=exactly(rule.bound))
        return self._where(value_of(run.iteration, NEW if is_step else X), rule.what, measured)

    def _where(self, x: float, what: str, measured: str) -> str:
        """Return where the run has come to rest, in a sentence."""
        run, facts = self.run, {"number": self.run.number, "measured": measured}
        found = place(run.curve, run.usual, run.start, x)
        if not run.curve.minima:
            return say(f"descent.rest.{'top' if found == TOP else 'none'}", **facts)
        nearest = min(run.curve.minima, key=lambda minimum: abs(minimum - x))
        facts |= {"minimum": _few(nearest), "distance": _few(abs(x - nearest)), "why": say(f"descent.rest.why.{what}")}
        return say(f"descent.rest.{'exact' if x == nearest else found}", **facts)

    # What to do next

    def at_rest(self) -> str:
        """Return that Play stops here as the run has come to rest, or nothing where it has not."""
        return say("descent.rest.hint") if self.run.rest == self.run.number else ""

    def no_more(self) -> str:
        """Return why there is no iteration after this one, or nothing where there is one."""
        run = self.run
        if run.iteration.overflow is not None:
            return say(
                f"descent.refusal.{'by_zero' if divides_by_zero(run.iteration) else 'diverged'}", number=run.number
            )
        return say("descent.refusal.grid", count=run.number) if run.is_last and run.method == GRID else ""


def _sign(value: float) -> str:
    return "up" if value > 0 else "down" if value < 0 else "level"


def _few(value: float) -> str:
    """Return a number with a few digits, behind "≈ " where it was rounded."""
    number = shown(value, FEW_DIGITS)
    return f"≈ {number}" if is_rounded(number, value) else str(number)


def _text(iteration: Trace, quantity: Quantity) -> str:
    return approximately(value_of(iteration, quantity))
