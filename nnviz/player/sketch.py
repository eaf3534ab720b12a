"""The picture of an answer as SVG, for where Plotly is not: all of it, and what is another at each cursor."""

from dataclasses import dataclass
from functools import cached_property

from nnviz.charts.animated import merged
from nnviz.charts.svg import Drawing
from nnviz.charts.theme import THEMES, variables
from nnviz.protocol import FrameData, Picture, Theme

SKETCH = "sketch"


@dataclass(frozen=True)
class Sketch:
    """A picture that was drawn in a theme, in colours that follow the reader's."""

    figure: Picture
    theme: Theme

    @property
    def whole(self) -> str:
        """All of it, as it is at the cursor of its answer."""
        return self._drawing.figure(self.figure["data"], SKETCH)

    def at(self, frame: FrameData) -> dict[str, str]:
        """Return those traces that a frame changes, by number."""
        traces = self.figure["data"]
        changed = zip(frame["traces"], frame["data"], strict=True)
        return {str(number): self._drawing.trace(merged(traces[number], part)) for number, part in changed}

    @cached_property
    def _drawing(self) -> Drawing:
        named = variables(THEMES[self.theme])
        return Drawing(self.figure["layout"], lambda colour: named.get(colour, colour))
