"""The base of the pictures of an iteration: what is told at each place, and how the picture lies in its frame."""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from nnviz.charts.animated import SILENT, Animated
from nnviz.charts.axes import HOVER_LABEL, layout
from nnviz.charts.canvas import Frame
from nnviz.charts.lines import Point
from nnviz.charts.text_metrics import width
from nnviz.charts.theme import Look
from nnviz.diagram.labels import Labels
from nnviz.engine.trace import Iteration
from nnviz.protocol import Line, Plotly
from nnviz.text import say

TELLING: Plotly = {"hovertemplate": "%{hovertext}<extra></extra>"}


@dataclass(frozen=True)
class IterationPicture(Animated):
    """An iteration as traces; ``frame(cursor)`` is what changes in the picture after so many pauses.

    Traces that tell something have the places of their points as ``customdata``, and what they tell is in ``hovers``.
    Of several samples, the numbers of one are shown, which is called by its ``number``; E is the mean of all, or of a
    batch. It is drawn for some ``cursors`` alone where these are given.
    """

    iteration: Iteration
    look: Look
    sample: int = 0
    number: int | None = None
    is_batch: bool = False
    cursors: range | None = None

    @property
    @abstractmethod
    def area(self) -> Frame:
        """The frame that the picture needs, at least as large as the look's."""

    @property
    @abstractmethod
    def is_crowded(self) -> bool:
        """Whether the picture needs more of the screen's height than others."""

    @abstractmethod
    def centre(self, cursor: int) -> Point:
        """Return where the middle of what is lit is, in shares of the width and, from the top, of the height."""

    def layout(self) -> Plotly:
        """Return the layout: fixed axes without ticks, no interaction but pointing and clicking."""
        frame, palette = self.area, self.look.palette
        axis = {"visible": False, "fixedrange": True}
        return layout(palette, frame.font_size, palette.text, margins=(0, 0, 0, 0)) | {
            "xaxis": axis | {"range": [0, frame.width]},
            "yaxis": axis | {"range": [0, frame.height]},
            "height": frame.height,
            "hoverlabel": HOVER_LABEL,
        }

    def hovers(self) -> dict[str, list[Line]]:
        """Return all that is known at each place, with all digits: after how many pauses which line is added.

        A line since −1 is for as long as there is no other.
        """
        return {key: [{"since": since, "text": text} for since, text in lines] for key, lines in self._told.items()}

    def hover(self, key: str, cursor: int) -> str:
        """Return all that is known at a place after so many pauses, as lines with all digits."""
        lines = self._told.get(key, [])
        known = [text for since, text in lines if 0 <= since <= cursor]
        return "<br>".join(known or [text for _, text in lines[:1]])

    @cached_property
    def _told(self) -> dict[str, list[tuple[int, str]]]:
        return self._labels.hovers

    @cached_property
    def _labels(self) -> Labels:
        return Labels(self.iteration, self.area, self.look.palette, self.sample, self._drawn)

    @cached_property
    def _drawn(self) -> range:
        return range(len(self.iteration.pauses) + 1) if self.cursors is None else self.cursors

    def _middle(self, spots: Iterable[Point]) -> Point:
        """Return the middle of points, in shares of the width and, from the top, of the height; of none, the start."""
        listed = list(spots)
        if not listed:
            return 0.0, 0.0
        x, y = ((min(along) + max(along)) / 2 for along in zip(*listed, strict=True))
        return x / self.area.width, 1 - y / self.area.height

    @property
    @abstractmethod
    def _unseen(self) -> Point:
        """Where the mark waits that must not be empty, as Plotly would paint it above all others then."""

    def _pointed(self) -> Plotly:
        p = self.look.palette
        ring = {"size": 0, "opacity": 0, "color": "rgba(0,0,0,0)", "line": {"width": 3, "color": p.pointed}}
        line, (x, y) = {"width": 4, "color": p.pointed}, self._unseen
        return {"x": [x], "y": [y], "mode": "lines+markers", "line": line, "marker": ring} | SILENT

    def _caption_of_sample(self) -> str:
        """Return what stands above the inputs: of several samples, whose numbers the circles have."""
        if self.iteration.plan.n_samples == 1:
            return say("figure.inputs")
        return say("figure.sample", number=self.number or self.sample + 1)

    def _caption_of_error(self) -> str:
        """Return what stands above E: of several samples, that it is of all."""
        count = self.iteration.plan.n_samples
        if count == 1:
            return say("figure.error.given" if self.iteration.plan.shape.rule.is_given else "figure.error")
        if self.is_batch:
            return say("figure.error.batch")
        return say("figure.error.all_of" if self.area.spells_out else "figure.error.all", count=count)

    def _in_sight(self, x: float, caption: str) -> float:
        """Return where the middle of a caption is, so that it ends within the frame."""
        half = width(len(caption), self.area.font_size) / 2
        return min(max(x, half), self.area.width - half)
