"""The pictures of an iteration that there are, by name."""

from numbers import Integral
from typing import Literal, cast

from nnviz.charts.theme import THEMES, Look
from nnviz.diagram.computation import computation_of
from nnviz.diagram.diagram import Diagram
from nnviz.diagram.graph import ComputationGraph
from nnviz.diagram.graph_layout import is_drawable
from nnviz.diagram.iteration_picture import IterationPicture
from nnviz.engine.plan import Plan
from nnviz.engine.trace import Iteration
from nnviz.text import say

PictureKind = Literal["network", "graph"]
NETWORK: PictureKind = "network"
GRAPH: PictureKind = "graph"
PICTURES: dict[PictureKind, type[IterationPicture]] = {NETWORK: Diagram, GRAPH: ComputationGraph}


def offered(kind: PictureKind, plan: Plan) -> PictureKind:
    """Return what an iteration is drawn as that is to be of a kind.

    A graph that would be too large, or in which weights or biases are tied, is drawn as its network.
    """
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


def checked_picture(iteration: Iteration, theme: str, sample: int, diagram: str) -> IterationPicture:
    """Return an iteration as a picture that somebody asks for in Python.

    Raises TypeError for what is no iteration, ValueError for an unknown theme or diagram and for a graph that would be
    too large to read or has tied weights or biases, IndexError for an unknown sample.
    """
    if not isinstance(iteration, Iteration):
        raise TypeError(say("error.iteration_type", given=type(iteration).__name__))
    if not isinstance(sample, Integral) or sample not in range(iteration.plan.n_samples):
        raise IndexError(say("error.sample", last=iteration.plan.n_samples - 1, given=sample))
    if not isinstance(theme, str) or theme not in THEMES:
        raise ValueError(say("error.theme", given=theme, allowed=", ".join(THEMES)))
    if diagram not in PICTURES:
        raise ValueError(say("error.diagram", given=diagram, allowed=", ".join(PICTURES)))
    kind = cast(PictureKind, diagram)
    if offered(kind, iteration.plan) != kind:
        why = "tied" if iteration.plan.shape.constraints.tied else "too_large"
        raise ValueError(say(f"error.diagram.{why}"))
    return picture_of(kind, iteration, Look(THEMES[theme]), sample)
