"""Everything that the screen shows of an iteration, prepared for every cursor of the passes that are released."""

from dataclasses import dataclass
from typing import Any

from nnviz.draw.card import card
from nnviz.draw.chain import chain
from nnviz.draw.figure import layout
from nnviz.draw.formula import exact_note
from nnviz.draw.look import Look
from nnviz.draw.losses import chart
from nnviz.draw.network import Drawing
from nnviz.draw.sentence import sentence, title
from nnviz.draw.table import as_json, known_steps, rows
from nnviz.engine.plan import FORWARD, PHASES
from nnviz.engine.quantities import LOSS
from nnviz.engine.solution import number
from nnviz.engine.trace import Iteration, Step
from nnviz.text import say

Json = dict[str, Any]


@dataclass(frozen=True)
class Passage:
    """An iteration of a run: its number, the losses of those before it, and whether another may follow."""

    iteration: Iteration
    number: int
    earlier_losses: tuple[float, ...]
    is_last: bool

    @property
    def forward_end(self) -> int:
        """The number of steps of the forward pass."""
        return sum(step.phase == FORWARD for step in self.iteration.steps)

    @property
    def end(self) -> int:
        """The number of steps of the iteration."""
        return len(self.iteration.steps)

    def released(self, cursor: int) -> int:
        """Return the number of steps that a browser gets whose cursor is there: whole passes, none before the first."""
        if cursor == 0:
            return 0
        return self.forward_end if cursor <= self.forward_end else self.end

    @property
    def can_go_on(self) -> bool:
        """Whether there is a next iteration."""
        return not self.is_last and self.iteration.overflow is None


def views(passage: Passage, cursor: int, look: Look, sample: int = 0) -> Json:
    """Return the readings of the passes that a cursor needs."""
    iteration, released = passage.iteration, passage.released(cursor)
    drawing, cells = Drawing(iteration, look, sample), rows(iteration, sample)
    return {
        "iteration": passage.number,
        "steps": passage.end,
        "released": released,
        "phases": [
            {"name": phase, "label": say(f"phase.{phase}"), "steps": sum(s.phase == phase for s in iteration.steps)}
            for phase in PHASES
        ],
        "figure": {"data": drawing.data(cursor), "layout": layout(look), "pointing": drawing.pointing()},
        "views": [_view(passage, drawing, position, sample) for position in range(released + 1)],
        "columns": {q.place.key: list(row) for q, row in cells.items()},
        "table": {q.place.key: as_json(row, iteration, released) for q, row in cells.items()},
        "chains": {
            q.place.key: {
                "title": say("chain.title", name=q.name),
                "parts": chain(iteration, q, min(released, known_steps(iteration)), sample),
            }
            for q in iteration.plan.trained
        },
        "losses": _losses(passage, released, look),
    }


def _view(passage: Passage, drawing: Drawing, cursor: int, sample: int) -> Json:
    iteration = passage.iteration
    phase = iteration.steps[cursor - 1].phase if cursor else FORWARD
    step = iteration.steps[cursor - 1] if cursor else None
    return {
        "meta": say(
            "meta.step" if cursor else "meta.start",
            iteration=passage.number,
            phase=say(f"phase.{phase}"),
            step=cursor,
            steps=passage.end,
        ),
        "title": title(iteration, cursor),
        "sentence": sentence(iteration, cursor, sample),
        "formula": card(iteration, cursor, sample),
        "note": _exact(step, sample),
        "at": step.quantity.place.key if step else "",
        "refusals": refusals(passage, cursor),
        "hint": _hint(passage, cursor),
        "frame": drawing.frame(cursor),
    }


def _exact(step: Step | None, sample: int) -> str:
    """Return all digits of the step's result where it is shown with fewer."""
    if step is None or not step.computed or step.overflowed:
        return ""
    note = exact_note(step.name, number(step.value, sample))
    return say("page.exact_result", note=note) if note else ""


def refusals(passage: Passage, cursor: int) -> dict[str, str]:
    """Return the buttons that are off at a cursor, each with the reason."""
    off: dict[str, str] = {}
    if passage.forward_end <= cursor < passage.end:
        off["forward"] = say("refusal.forward_done")
    if cursor < passage.forward_end:
        off["backward"] = say("refusal.forward_first")
    if cursor == passage.end:
        off["backward"] = say("refusal.iteration_done", number=passage.number)
    if cursor == passage.end and not passage.can_go_on:
        off["forward"] = off["play"] = _no_more(passage)
    if not passage.can_go_on:
        off["next"] = _no_more(passage)
    if cursor == 0 and passage.number == 1:
        off["previous"] = off["restart"] = say("refusal.at_start")
    return off


def _no_more(passage: Passage) -> str:
    return say("refusal.last" if passage.iteration.overflow is None else "refusal.diverged", number=passage.number)


def _hint(passage: Passage, cursor: int) -> str:
    """Return what to do next, and so why the other button is off."""
    if cursor == passage.end:
        return say("hint.end", number=passage.number) if passage.can_go_on else _no_more(passage)
    if cursor == passage.forward_end:
        return say("hint.backward")
    return say("hint.forward" if cursor < passage.forward_end else "hint.in_backward")


def _losses(passage: Passage, released: int, look: Look) -> list[Json]:
    """Return the chart without this iteration's E, and with it since its step."""
    palette, iteration = look.palette, passage.iteration
    charts = [{"since": 0, "figure": chart(passage.earlier_losses, palette)}]
    since = iteration.position[LOSS.name]
    if since <= min(released, known_steps(iteration)):
        error = float(iteration.values[LOSS.name])
        charts.append({"since": since, "figure": chart((*passage.earlier_losses, error), palette)})
    return charts
