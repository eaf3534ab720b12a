"""How an iteration of a network's training is read: the network, the words, the story of a place."""

from functools import cached_property

from nnviz.draw.card import card
from nnviz.draw.chain import Story
from nnviz.draw.figure import layout
from nnviz.draw.geometry import is_crowded
from nnviz.draw.lines import Point
from nnviz.draw.look import Look
from nnviz.draw.network import Drawing
from nnviz.draw.passage import Passage
from nnviz.draw.screen import Reading, screen
from nnviz.draw.sentence import sentence, title
from nnviz.draw.values import as_json, known_pauses
from nnviz.engine.expressions import references
from nnviz.engine.numbers import equated, shown
from nnviz.engine.quantities import LOSS
from nnviz.engine.solution import number
from nnviz.protocol import OtherPicture, Picture, Plotly, Screen, ShownNumber, StepFrame
from nnviz.protocol import Story as Told
from nnviz.text import elided, say

MISTAKE_DIGITS, MOST_NAMED = 9, 6


def views(passage: Passage, cursor: int, look: Look, chosen: str = "", is_checked: bool = False) -> Screen:
    """Return the readings of the passes that a cursor needs, and the story of a chosen place."""
    return screen(NetworkReading(passage, look, chosen, is_checked), cursor)


class NetworkReading(Reading):
    """A reading of a passage, with the story of a chosen place."""

    def __init__(self, passage: Passage, look: Look, chosen: str = "", is_checked: bool = False) -> None:
        self.walk = self.passage = passage
        self.look, self.sample, self.chosen, self.is_checked = look, passage.sample, chosen, is_checked

    @cached_property
    def _drawing(self) -> Drawing:
        samples = self.passage.samples
        is_batch = len(samples) < self.passage.n_samples
        return Drawing(self.passage.iteration, self.look, self.sample, samples[self.sample] + 1, is_batch)

    def figure(self, cursor: int, released: int) -> Picture:
        drawing = self._drawing
        hovers = {
            place: [line for line in lines if line["since"] <= released] for place, lines in drawing.hovers().items()
        }
        return {
            "data": [_silent(trace) for trace in drawing.data(cursor)],
            "layout": layout(drawing) | {"width": drawing.area.width},
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
        return card(self.passage.iteration, cursor, self.sample)

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

    def story(self, released: int) -> Told | None:
        return _story(self.passage, released, self.chosen, self.is_checked)

    def still(self, cursor: int, title: str) -> OtherPicture:
        """Return the picture at a cursor that stands there without a player, below a title, and where that is."""
        cursor = min(cursor, self.walk.end)
        return {
            "data": [_silent(trace) for trace in self._drawing.data(cursor)],
            "layout": layout(self._drawing) | {"width": self._drawing.area.width},
            "title": title,
            "meta": self.meta(cursor),
        }


def _ready(passage: Passage) -> str:
    """Return where a reader is before an iteration that is not the first: what the one before it came to and left."""
    facts = {"before": f"{passage.number - 1:,}", "first": passage.iteration.steps[0].name}
    if passage.before is None:
        return say("step.ready.unknown", **facts)
    name = say("losses.error" if len(passage.samples) == passage.n_samples else "losses.error_of_batch")
    return say("step.ready", error=equated(name, passage.before), **facts)


def _silent(trace: Plotly) -> Plotly:
    """Return a trace that reports what is pointed at, and leaves it to the page to tell of it."""
    return {"hoverinfo": "none"} | {key: value for key, value in trace.items() if key != "hovertemplate"}


def _story(passage: Passage, released: int, chosen: str, is_checked: bool) -> Told | None:
    """Return what can be told of a place as far as it is known; None where there is nothing."""
    if not chosen:
        return None
    limit = min(released, known_pauses(passage.iteration))
    story = Story(passage.whole, _told_since(passage), limit, passage.sample)
    try:
        name, parts = story.of(chosen)
    except KeyError:
        return None
    is_trained = any(p.place.key == chosen for p in passage.whole.plan.trained)
    checked = story.check(chosen) if is_checked and is_trained else []
    return {"place": chosen, "title": name, "parts": [*parts, *checked], "checkable": is_trained}


def _told_since(passage: Passage) -> dict[str, int]:
    """Return after how many pauses a story tells a number: a factor without a step of its own with its operands."""
    position, found = passage.iteration.position, dict(passage.iteration.position)
    for name, (partial, _) in passage.whole.plan.partials.items():
        operands = (position[quantity.name] for quantity in references(partial.equals))
        found.setdefault(name, max(operands, default=0))
    return found


def _mistake(passage: Passage, cursor: int) -> str:
    """Return, where the classic mistake was made and has shown, what had been right."""
    iteration = passage.iteration
    new_loss = LOSS.after_update().name
    if passage.rightly is None or iteration.position[new_loss] != cursor or iteration.overflow is not None:
        return ""
    wrong = number(iteration.values[new_loss], 0)
    right, given = (str(shown(value, MISTAKE_DIGITS)) for value in (passage.rightly, wrong))
    words = say("step.in_place", right=right, wrong=given)
    return f"{words} {say('step.in_place.lower')}" if wrong < passage.rightly else words
