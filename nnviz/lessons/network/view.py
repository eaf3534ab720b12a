"""How an iteration of a network's training is read: the network, the words, the story of a place."""

from functools import cached_property

from nnviz.algebra.expressions import references
from nnviz.algebra.rounding import equated, shown
from nnviz.algebra.solution import number
from nnviz.charts.lines import Point
from nnviz.charts.theme import Look
from nnviz.diagram.diagram import Diagram
from nnviz.diagram.geometry import is_crowded
from nnviz.engine.naming import LOSS
from nnviz.explain.details import Details
from nnviz.explain.formula import formula
from nnviz.explain.sentence import sentence, title
from nnviz.explain.values import as_json
from nnviz.lessons.network.run import NetworkRun
from nnviz.player.values import known_pauses
from nnviz.player.view import View, screen
from nnviz.protocol import OtherPicture, Picture, PlaceDetails, Plotly, Screen, ShownNumber, StepFrame
from nnviz.text import elided, say

MISTAKE_DIGITS, MOST_NAMED = 9, 6


def views(passage: NetworkRun, cursor: int, look: Look, chosen: str = "", is_checked: bool = False) -> Screen:
    """Return the readings of the passes that a cursor needs, and the story of a chosen place."""
    return screen(NetworkView(passage, look, chosen, is_checked), cursor)


class NetworkView(View):
    """A reading of a passage, with the story of a chosen place."""

    def __init__(self, passage: NetworkRun, look: Look, chosen: str = "", is_checked: bool = False) -> None:
        self.walk = self.passage = passage
        self.look, self.sample, self.chosen, self.is_checked = look, passage.sample, chosen, is_checked

    @cached_property
    def _drawing(self) -> Diagram:
        samples = self.passage.samples
        is_batch = len(samples) < self.passage.n_samples
        return Diagram(self.passage.iteration, self.look, self.sample, samples[self.sample] + 1, is_batch)

    def figure(self, cursor: int, released: int) -> Picture:
        drawing = self._drawing
        hovers = {
            place: [line for line in lines if line["since"] <= released] for place, lines in drawing.hovers().items()
        }
        return {
            "data": [_silent(trace) for trace in drawing.data(cursor)],
            "layout": drawing.layout() | {"width": drawing.area.width},
            "crowded": is_crowded(self.passage.iteration.plan.shape),
            "least": drawing.area.least_scale,
            "pointing": drawing.pointing(),
            "hovers": hovers,
            "label": say("page.network"),
            "legend": say("page.legend" if drawing.area.spells_out else "page.legend_marks"),
        }

    def frame(self, cursor: int) -> StepFrame:
        return self._drawing.frame(cursor)

    def centre(self, cursor: int) -> Point:
        return self._drawing.centre(cursor)

    def title(self, cursor: int) -> str:
        if cursor == 0 and self.passage.number > 1:
            return say("title.ready", iteration=f"{self.passage.number:,}")
        return title(self.passage.iteration, cursor)

    def sentence(self, cursor: int) -> str:
        if cursor == 0 and self.passage.number > 1:
            return _ready(self.passage)
        words = sentence(self.passage.iteration, cursor, self.sample)
        return " ".join(filter(None, [words, _mistake(self.passage, cursor)]))

    def formula(self, cursor: int) -> str:
        return formula(self.passage.iteration, cursor, self.sample)

    def meta(self, cursor: int) -> str:
        passage, where = self.passage, super().meta(cursor)
        if passage.n_samples > 1:
            where += say("meta.sample", number=passage.samples[self.sample] + 1, count=passage.n_samples)
        if len(passage.samples) < passage.n_samples:
            where += say("meta.batch", numbers=elided([str(n + 1) for n in passage.samples], MOST_NAMED))
        return where + (say("meta.in_place") if passage.iteration.plan.manner.in_place else "")

    def aside(self) -> str:
        samples = self.passage.samples
        if len(samples) == 1:
            return ""
        return say("page.by_samples", number=samples[self.sample] + 1, count=len(samples))

    def values(self, released: int) -> dict[str, ShownNumber]:
        return as_json(self.passage.iteration, released, self.sample)

    def story(self, released: int) -> PlaceDetails | None:
        return _story(self.passage, released, self.chosen, self.is_checked)

    def still(self, cursor: int, title: str) -> OtherPicture:
        """Return the picture at a cursor that stands there without a player, below a title, and where that is."""
        cursor = min(cursor, self.walk.end)
        return {
            "data": [_silent(trace) for trace in self._drawing.data(cursor)],
            "layout": self._drawing.layout() | {"width": self._drawing.area.width},
            "title": title,
            "meta": self.meta(cursor),
        }


def _ready(passage: NetworkRun) -> str:
    """Return where a reader is before an iteration that is not the first: what the one before it came to and left."""
    facts = {"before": f"{passage.number - 1:,}", "first": passage.iteration.steps[0].name}
    if passage.before is None:
        return say("step.ready.unknown", **facts)
    name = say("losses.error" if len(passage.samples) == passage.n_samples else "losses.error_of_batch")
    return say("step.ready", error=equated(name, passage.before), **facts)


def _silent(trace: Plotly) -> Plotly:
    """Return a trace that reports what is pointed at, and leaves it to the page to tell of it."""
    return {"hoverinfo": "none"} | {key: value for key, value in trace.items() if key != "hovertemplate"}


def _story(passage: NetworkRun, released: int, chosen: str, is_checked: bool) -> PlaceDetails | None:
    """Return what can be told of a place as far as it is known; None where there is nothing."""
    if not chosen:
        return None
    limit = min(released, known_pauses(passage.iteration))
    story = Details(passage.whole, _told_since(passage), limit, passage.sample)
    try:
        name, parts = story.of(chosen)
    except KeyError:
        return None
    is_trained = any(p.place.key == chosen for p in passage.whole.plan.trained)
    checked = story.check(chosen) if is_checked and is_trained else []
    return {"place": chosen, "title": name, "parts": [*parts, *checked], "checkable": is_trained}


def _told_since(passage: NetworkRun) -> dict[str, int]:
    """Return after how many pauses a story tells a number: a factor without a step of its own with its operands."""
    position, found = passage.iteration.position, dict(passage.iteration.position)
    for key, (partial, _) in passage.whole.plan.partials.items():
        operands = (position[quantity.id] for quantity in references(partial.equals))
        found.setdefault(key, max(operands, default=0))
    return found


def _mistake(passage: NetworkRun, cursor: int) -> str:
    """Return, where the classic mistake was made and has shown, what had been right."""
    iteration = passage.iteration
    new_loss = LOSS.after_update().id
    if passage.rightly is None or iteration.position[new_loss] != cursor or iteration.overflow is not None:
        return ""
    wrong = number(iteration.values[new_loss], 0)
    right, given = (str(shown(value, MISTAKE_DIGITS)) for value in (passage.rightly, wrong))
    words = say("step.in_place", right=right, wrong=given)
    return f"{words} {say('step.in_place.lower')}" if wrong < passage.rightly else words
