"""How an iteration of a network's training is shown: the network, the words, the details of a place."""

from functools import cached_property
from typing import Self

from nnviz.algebra.expressions import references
from nnviz.algebra.rounding import equated, shown
from nnviz.algebra.solution import number
from nnviz.charts.lines import Point
from nnviz.charts.theme import Look
from nnviz.diagram.iteration_picture import IterationPicture
from nnviz.diagram.pictures import GRAPH, NETWORK, PictureKind, offered, picture_of
from nnviz.engine.naming import LOSS
from nnviz.explain.any_layer import instances
from nnviz.explain.batch_matrices import batch_values
from nnviz.explain.details import Details
from nnviz.explain.formula import formula
from nnviz.explain.sentence import sentence, title
from nnviz.explain.values import as_json
from nnviz.lessons.network.role_choice import role_choices, spoken_of
from nnviz.lessons.network.run import NetworkRun
from nnviz.player.values import known_pauses
from nnviz.player.view import View, screen
from nnviz.protocol import OtherPicture, Picture, PlaceDetails, Plotly, Screen, ShownNumber, StepFrame
from nnviz.text import elided, say

MISTAKE_DIGITS, MOST_NAMED = 9, 6


def screen_of(run: NetworkRun, cursor: int, look: Look, chosen: str = "", is_checked: bool = False) -> Screen:
    """Return what the screen shows at a cursor, with the details of a chosen place."""
    return screen(NetworkView(run, look, chosen, is_checked), cursor)


class NetworkView(View):
    """How a run of a network is shown, with the details of a chosen place.

    ``as_batch`` says that matrices are those of all samples of the iteration, where there are several.
    """

    def __init__(
        self,
        run: NetworkRun,
        look: Look,
        chosen: str = "",
        is_checked: bool = False,
        cursors: range | None = None,
        picture: PictureKind = NETWORK,
        as_batch: bool = False,
    ) -> None:
        self.run: NetworkRun = run
        self.look, self.sample, self.chosen, self.is_checked = look, run.sample, chosen, is_checked
        self.cursors, self.picture, self.as_batch = cursors, picture, as_batch and len(run.samples) > 1

    def within(self, window: range) -> Self:
        return type(self)(self.run, self.look, self.chosen, self.is_checked, window, self.picture, self.as_batch)

    @cached_property
    def drawing(self) -> IterationPicture:
        """The iteration as a picture."""
        samples = self.run.samples
        is_batch = len(samples) < self.run.n_samples
        number = samples[self.sample] + 1
        return picture_of(self.picture, self.run.iteration, self.look, self.sample, number, is_batch, self.cursors)

    def figure(self, cursor: int, released: int) -> Picture:
        drawing = self.drawing
        hovers = {
            place: [line for line in lines if line["since"] <= released] for place, lines in drawing.hovers().items()
        }
        return {
            "data": [_silent(trace) for trace in drawing.data(cursor)],
            "layout": drawing.layout() | {"width": drawing.area.width},
            "crowded": drawing.is_crowded,
            "least": drawing.area.least_scale,
            "pointing": drawing.pointing(),
            "hovers": hovers,
            "label": say(f"diagram.{self._shown}.label"),
            "legend": self._legend,
        }

    @cached_property
    def _shown(self) -> PictureKind:
        """What the iteration is drawn as, which is its network where another picture would be too large."""
        return offered(self.picture, self.run.iteration.plan)

    @property
    def _legend(self) -> str:
        """What the marks of the picture mean, after a word where it is not the one that was asked for."""
        if self._shown == GRAPH:
            return say("diagram.graph.legend")
        marks = say("page.legend" if self.drawing.area.spells_out else "page.legend_marks")
        plan = self.run.iteration.plan
        if plan.shape.constraints.held.intersection(w.id for w in plan.quantities.all_weights):
            marks = f"{marks} {say('page.legend_fixed')}"
        return marks if self.picture == NETWORK else f"{say(f'diagram.{self._why_not}')} {marks}"

    @property
    def _why_not(self) -> str:
        """Why the iteration is not drawn as a graph, as the end of sentences' keys."""
        return "tied" if self.run.iteration.plan.shape.constraints.tied else "too_large"

    def frame(self, cursor: int) -> StepFrame:
        return self.drawing.frame(cursor)

    def stages(self, cursor: int) -> list[str]:
        rule_of = self.run.iteration.plan.rule_of
        stages = (rule_of[step.id].stage for step in self.steps(cursor))
        return list(dict.fromkeys(f"{stage.kind}-{stage.layer}" for stage in stages))

    def equations(self, cursor: int) -> list[str]:
        return list(instances(self.run.iteration.plan)[cursor].equations)

    def instance(self, cursor: int) -> str:
        indices = instances(self.run.iteration.plan)[cursor].indices
        return say("any_layer.instance", indices=indices) if indices else ""

    def centre(self, cursor: int) -> Point:
        return self.drawing.centre(cursor)

    def title(self, cursor: int) -> str:
        if cursor == 0 and self.run.number > 1:
            return say("title.ready", iteration=f"{self.run.number:,}")
        return title(self.run.iteration, cursor)

    def sentence(self, cursor: int) -> str:
        if cursor == 0 and self.run.number > 1:
            return _ready(self.run)
        words = sentence(self.run.iteration, cursor, self.sample)
        return " ".join(filter(None, [words, _mistake(self.run, cursor)]))

    def formula(self, cursor: int) -> str:
        return formula(self.run.iteration, cursor, self.sample)

    def meta(self, cursor: int) -> str:
        run, where = self.run, super().meta(cursor)
        if run.n_samples > 1:
            where += say("meta.sample", number=run.samples[self.sample] + 1, count=run.n_samples + run.n_tested)
            where += say("meta.tested", count=run.n_tested) if run.n_tested else ""
        if len(run.samples) < run.n_samples:
            where += say("meta.batch", numbers=elided([str(n + 1) for n in run.samples], MOST_NAMED))
        where += say(f"meta.{self._why_not}") if self._shown != self.picture else ""
        mistake = run.iteration.plan.manner.mistake
        return where + (say(f"meta.{mistake}") if mistake else "")

    def aside(self) -> str:
        samples = self.run.samples
        if len(samples) == 1:
            return ""
        return say("page.by_samples", number=samples[self.sample] + 1, count=len(samples))

    def values(self, released: int) -> dict[str, ShownNumber]:
        found = as_json(self.run.iteration, released, self.sample)
        return found | batch_values(self.run.iteration, released) if self.as_batch else found

    def details(self, released: int) -> PlaceDetails | None:
        return _details(self.run, released, self.chosen, self.is_checked)

    def still(self, cursor: int, title: str) -> OtherPicture:
        """Return the picture at a cursor that stands there without a player, below a title, and where that is."""
        cursor = min(cursor, self.run.end)
        drawing = self.within(self.run.window(cursor)).drawing
        return {
            "data": [_silent(trace) for trace in drawing.data(cursor)],
            "layout": drawing.layout() | {"width": drawing.area.width},
            "title": title,
            "meta": self.meta(cursor),
        }


def _ready(run: NetworkRun) -> str:
    """Return where a reader is before an iteration that is not the first: what the one before it came to and left."""
    facts = {"before": f"{run.number - 1:,}", "first": run.iteration.steps[0].name}
    if run.before is None:
        return say("step.ready.unknown", **facts)
    name = say("losses.error" if len(run.samples) == run.n_samples else "losses.error_of_batch")
    return say("step.ready", error=equated(name, run.before), **facts)


def _silent(trace: Plotly) -> Plotly:
    """Return a trace that reports what is pointed at, and leaves it to the page to tell of it."""
    return {"hoverinfo": "none"} | {key: value for key, value in trace.items() if key != "hovertemplate"}


def _details(run: NetworkRun, released: int, chosen: str, is_checked: bool) -> PlaceDetails | None:
    """Return what can be told of a place as far as it is known; None where there is nothing."""
    if not chosen:
        return None
    limit = min(released, known_pauses(run.iteration))
    details = Details(run.whole, _told_since(run), limit, run.sample)
    chosen = spoken_of(run.whole.plan, chosen)
    try:
        name, parts = details.of(chosen)
    except KeyError:
        return None
    is_trained = any(p.place.key == chosen for p in run.whole.plan.trained)
    checked = details.check(chosen) if is_checked and is_trained else []
    choices = role_choices(run.whole.plan, chosen)
    return {
        "place": chosen, "title": name, "parts": [*parts, *checked], "checkable": is_trained, "choices": choices,
    }  # fmt: skip


def _told_since(run: NetworkRun) -> dict[str, int]:
    """Return after how many pauses the details tell a number: a factor without a step of its own with its operands."""
    position, found = run.iteration.position, dict(run.iteration.position)
    for key, (partial, _) in run.whole.plan.partials.items():
        operands = (position[quantity.id] for quantity in references(partial.equals))
        found.setdefault(key, max(operands, default=0))
    return found


def _mistake(run: NetworkRun, cursor: int) -> str:
    """Return, where a classic mistake was made and has shown, what had been right."""
    iteration = run.iteration
    new_loss = LOSS.after_update().id
    if run.rightly is None or iteration.position[new_loss] != cursor or iteration.overflow is not None:
        return ""
    wrong = number(iteration.values[new_loss], 0)
    right, given = (str(shown(value, MISTAKE_DIGITS)) for value in (run.rightly, wrong))
    key = f"step.{iteration.plan.manner.mistake}"
    words = say(key, right=right, wrong=given)
    return f"{words} {say(f'{key}.lower')}" if wrong < run.rightly else words
