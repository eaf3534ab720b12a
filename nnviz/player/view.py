"""Everything that the screen shows of a run, prepared for every cursor that is released."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from nnviz.algebra.latex import aligned, worked
from nnviz.algebra.mathml import exact_note
from nnviz.algebra.solution import number
from nnviz.algebra.trace import Step
from nnviz.charts.animated import together
from nnviz.charts.lines import Point
from nnviz.player.buttons import hint, refusals
from nnviz.player.run import Run
from nnviz.player.step_formula import formula_lines
from nnviz.player.table import Table
from nnviz.protocol import Button, CursorView, Phase, Picture, Place, PlaceDetails, Screen, ShownNumber, StepFrame
from nnviz.text import say


class View(ABC):
    """How a lesson shows a run: its picture, its words and its numbers, each at a cursor.

    What most lessons have in common is here; a lesson overrides what it says in another way.
    """

    run: Run
    sample: int = 0
    plays_on = False
    """Whether Play goes on into the next iteration, where it would stop at the end of this one."""

    def within(self, window: range) -> Self:
        """Return the view for these cursors and no others."""
        return self

    def hiding(self, released: int) -> Self:
        """Return the view for somebody who is not to know what comes after so many pauses."""
        return self

    # The picture

    @abstractmethod
    def figure(self, cursor: int, released: int) -> Picture:
        """Return the picture at a cursor."""

    @abstractmethod
    def frame(self, cursor: int) -> StepFrame:
        """Return the Plotly frame of a cursor: what the traces that change become."""

    def centre(self, cursor: int) -> Point:
        """Return where the middle of what is lit is, in shares of the width and, from the top, of the height."""
        return 0.0, 0.0

    # Words

    @abstractmethod
    def title(self, cursor: int) -> str:
        """Return the name of what the cursor has just passed."""

    @abstractmethod
    def sentence(self, cursor: int) -> str:
        """Return what the cursor has just passed as a sentence, with its numbers."""

    def formula(self, cursor: int) -> str:
        """Return the formula of what the cursor has just passed, as HTML."""
        return "".join(text for step in self.steps(cursor) for text in formula_lines(step, self.sample))

    def latex(self, cursor: int) -> str:
        """Return what the cursor has just passed as LaTeX, for math mode."""
        steps = self.steps(cursor)
        return aligned(worked(step, self.sample) for step in steps) if steps else ""

    def meta(self, cursor: int) -> str:
        """Return where the cursor is: iteration, pass, step."""
        return say(
            "meta.step" if cursor else "meta.start",
            iteration=f"{self.run.number:,}",
            phase=say(f"phase.{self.phase(cursor)}"),
            step=cursor,
            steps=self.run.end,
        )

    def refusals(self, cursor: int) -> dict[Button, str]:
        """Return the buttons that are off at a cursor, each with the reason."""
        return refusals(self.run, cursor)

    def hint(self, cursor: int) -> str:
        """Return what to do next."""
        return hint(self.run, cursor)

    # Numbers and places

    @abstractmethod
    def values(self, released: int) -> dict[str, ShownNumber]:
        """Return by id the numbers that are known within so many pauses (see ``values.listed``)."""

    def at(self, cursor: int) -> list[str]:
        """Return the places that the step is about."""
        return list(dict.fromkeys(step.quantity.place.key for step in self.steps(cursor)))

    def names(self, cursor: int) -> list[str]:
        """Return the ids of the step's numbers and of those that it needs."""
        return list(dict.fromkeys(key for step in self.steps(cursor) for key in (step.id, *step.operands)))

    def stages(self, cursor: int) -> list[str]:
        """Return the stages of an iteration that the step is of, as a program names them."""
        return []

    def equations(self, cursor: int) -> list[str]:
        """Return the equations for any layer that the step is an instance of."""
        return []

    def instance(self, cursor: int) -> str:
        """Return for which layer and neuron those are."""
        return ""

    def table(self) -> Table | None:
        """Return the table, if there is one."""
        return None

    def notes(self) -> str:
        """Return what stands beside the steps and is the same for all of them, as HTML."""
        return ""

    def aside(self) -> str:
        """Return a word on the table."""
        return ""

    def goals(self) -> dict[str, Place]:
        """Return by place where in the run a click on it goes."""
        return {}

    def details(self, released: int) -> PlaceDetails | None:
        """Return what is told of the chosen place, if one is chosen and there is anything to tell of it."""
        return None

    # What the others are made of

    def steps(self, cursor: int) -> tuple[Step, ...]:
        """Return the steps that the cursor has just passed."""
        return self.run.iteration.pauses[cursor - 1] if cursor else ()

    def phase(self, cursor: int) -> str:
        """Return the pass that the cursor is in."""
        steps = self.steps(cursor)
        return steps[0].phase if steps else self.run.passes[0][0]


@dataclass(frozen=True)
class Limit:
    """How many pauses may be shown to somebody who practises, why no more, and which places are asked about then."""

    released: int
    refusal: str
    asked: tuple[str, ...] = ()


def screen(view: View, cursor: int, limit: Limit | None = None, *, is_whole: bool = False) -> Screen:
    """Return the views of the passes that a cursor needs, or of the whole iteration, within the limit if any."""
    window = range(view.run.end + 1) if is_whole else view.run.window(cursor)
    if limit is not None:
        window = range(window.start, min(window.stop, limit.released + 1))
        view = view.hiding(limit.released)
    view, released = view.within(window), window[-1]
    return {
        "iteration": view.run.number,
        "steps": view.run.end,
        "plays_on": view.plays_on,
        "first": window[0],
        "released": released,
        "phases": _phases(view.run),
        "figure": _figure(view, cursor, released, limit),
        "views": [_cursor_view(view, position, limit) for position in window],
        "values": view.values(released),
        "goals": view.goals(),
        "details": view.details(released),
    }


def _figure(view: View, cursor: int, released: int, limit: Limit | None) -> Picture:
    """Return the picture, with what somebody who practises is asked about marked."""
    figure = view.figure(cursor, released)
    pointing = figure["pointing"]
    frames = [pointing[place] for place in limit.asked if place in pointing] if limit else []
    if not limit or not frames:
        return figure
    return {**figure, "asked": list(limit.asked), "pointing": {**pointing, "asked": together(frames)}}


def _phases(run: Run) -> list[Phase]:
    ends = [0, *(end for _, end in run.passes)]
    return [
        {"name": phase, "label": say(f"phase.{phase}"), "steps": end - start}
        for (phase, end), start in zip(run.passes, ends, strict=False)
    ]


def _cursor_view(view: View, cursor: int, limit: Limit | None) -> CursorView:
    off, hint = view.refusals(cursor), view.hint(cursor)
    if limit is not None and cursor >= limit.released:
        hint = limit.refusal
        off |= dict.fromkeys(("forward", "backward", "play", "next"), hint)
    return {
        "phase": view.phase(cursor),
        "meta": view.meta(cursor),
        "title": view.title(cursor),
        "sentence": view.sentence(cursor),
        "formula": view.formula(cursor),
        "latex": view.latex(cursor),
        "note": _exact(view.steps(cursor), view.sample),
        "at": view.at(cursor),
        "names": view.names(cursor),
        "stages": view.stages(cursor),
        "equations": view.equations(cursor),
        "instance": view.instance(cursor),
        "refusals": off,
        "hint": hint,
        "frame": view.frame(cursor),
        "centre": view.centre(cursor),
    }


def _exact(steps: Sequence[Step], sample: int) -> str:
    """Return all digits of a step's result where it is shown with fewer."""
    if len(steps) != 1 or not steps[0].computed or steps[0].overflowed:
        return ""
    [step] = steps
    note = exact_note(step.name, number(step.value, sample))
    return say("page.exact_result", note=note) if note else ""
