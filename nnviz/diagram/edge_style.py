"""How edges are drawn: as wide as the weight is large, in the colour of its sign, and dashed where it is fixed."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from nnviz.charts.theme import Palette
from nnviz.engine.trace import Iteration

WIDTHS, MANY = 4, 30
FIXED_DASH = "dash"


@dataclass(frozen=True, slots=True, order=True)
class EdgeStyle:
    """Whether a weight is negative, how large in comparison, in a few sizes, and whether no update moves it."""

    is_negative: bool
    size: int
    is_fixed: bool = False

    def __str__(self) -> str:
        return f"{'negative' if self.is_negative else 'positive'} {self.size}{' fixed' if self.is_fixed else ''}"

    def line(self, palette: Palette, dim: bool) -> dict[str, str | float]:
        """Return the style as Plotly takes it."""
        if self.is_negative:
            colour = palette.negative_dim if dim else palette.negative
        else:
            colour = palette.positive_dim if dim else palette.positive
        dash = {"dash": FIXED_DASH} if self.is_fixed else {}
        return {"color": colour, "width": 1 + 1.25 * self.size, **dash}


@dataclass(frozen=True)
class EdgeStyles:
    """The styles of a network's edges as it is at an iteration's start."""

    iteration: Iteration

    @cached_property
    def by_edge(self) -> dict[str, EdgeStyle]:
        """The style of each edge by its place; many have fewer sizes, as each is a trace and costs a part of a step."""
        weights, fixed = self.iteration.plan.quantities.links, self.iteration.plan.shape.constraints.fixed
        values = {place.key: float(self.iteration.given[w.id]) for place, w in weights.items()}
        are_fixed = {place.key for place, w in weights.items() if w.id in fixed}
        largest = max(map(abs, values.values())) or 1.0
        apart = 2 if len(weights) > MANY else 1
        sizes = {key: apart * round(WIDTHS * abs(value / largest) / apart) for key, value in values.items()}
        return {key: EdgeStyle(value < 0, sizes[key], key in are_fixed) for key, value in values.items()}

    def grouped(self, edges: Iterable[str]) -> dict[EdgeStyle, list[str]]:
        """Return edges by their style, the thin ones first."""
        groups: dict[EdgeStyle, list[str]] = {}
        for key in edges:
            groups.setdefault(self.by_edge[key], []).append(key)
        return dict(sorted(groups.items()))
