"""The pictures of an iteration that there are, by name."""

from typing import Literal

from nnviz.charts.theme import Look
from nnviz.diagram.computation import computation_of
from nnviz.diagram.diagram import Diagram
from nnviz.diagram.graph import ComputationGraph
from nnviz.diagram.graph_layout import is_drawable
from nnviz.diagram.iteration_picture import IterationPicture
from nnviz.engine.plan import Plan
from nnviz.engine.trace import Iteration

PictureKind = Literal["network", "graph"]
NETWORK: PictureKind = "network"
GRAPH: PictureKind = "graph"
PICTURES: dict[PictureKind, type[IterationPicture]] = {NETWORK: Diagram, GRAPH: ComputationGraph}


def offered(kind: PictureKind, plan: Plan) -> PictureKind:
    """Return what an iteration is drawn as that is to be of a kind: a graph that would be too large as its network."""
    return kind if kind != GRAPH or is_drawable(computation_of(plan)) else NETWORK


def picture_of(
    kind: PictureKind,
    iteration: Iteration,
    look: Look,
    sample: int = 0,
    number: int | None = None,
    is_batch: bool = False,
    cursors: range | None = None,
) -> IterationPicture:
    """Return an iteration as a picture of a kind, or as its network where it would be too large."""
    return PICTURES[offered(kind, iteration.plan)](iteration, look, sample, number, is_batch, cursors)
