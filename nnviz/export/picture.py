"""``nnviz.to_svg``: the picture of an iteration after one of its steps, as an image that stays sharp."""

from zlib import crc32

from nnviz.algebra.trace import Step
from nnviz.charts.svg import Drawing
from nnviz.diagram.iteration_picture import IterationPicture
from nnviz.diagram.pictures import NETWORK, checked_picture
from nnviz.engine.trace import Iteration
from nnviz.text import say

SPACE = ' xmlns="http://www.w3.org/2000/svg"'


def to_svg(
    iteration: Iteration, step: Step | str | None = None, theme: str = "light", sample: int = 0, diagram: str = NETWORK
) -> str:
    """Return the picture of an iteration as SVG, as it is after a step, which its name or its id tells as well.

    Without a step it is that of the end. ``theme``, ``sample`` and ``diagram`` are as in ``nnviz.figure``. Raises
    TypeError where it is no iteration, KeyError for a step that it has not, ValueError for an unknown theme or diagram
    or a graph that would be too large, and IndexError for an unknown sample.
    """
    drawing = checked_picture(iteration, theme, sample, diagram)
    return _svg(drawing, _cursor(iteration, step))


def svg_at(iteration: Iteration, cursor: int, sample: int = 0) -> str:
    """Return the picture of an iteration as SVG after so many pauses. Raises as ``to_svg`` does."""
    return _svg(checked_picture(iteration, "light", sample, NETWORK), cursor)


def _svg(drawing: IterationPicture, cursor: int) -> str:
    traces = drawing.data(cursor)
    layout = drawing.layout() | {"width": drawing.area.width}
    name = f"nnviz-{crc32(repr((traces, layout)).encode()):08x}"
    svg = Drawing(layout, lambda colour: colour).figure(traces, name)
    start, end = svg.index(">"), len("<svg")
    ground = f'<rect width="100%" height="100%" fill="{drawing.look.palette.card}"/>'
    return f"{svg[:end]}{SPACE}{svg[end:start]}>{ground}{svg[start + 1 :]}"


def _cursor(iteration: Iteration, step: Step | str | None) -> int:
    """Return after how many pauses a step has happened. Raises KeyError where there is no such one."""
    if step is None:
        return len(iteration.pauses)
    key = step.id if isinstance(step, Step) else step
    found = iteration.by_name.get(key) or iteration.by_id.get(key)
    if found is None:
        raise KeyError(say("error.step", given=key))
    return iteration.position[found.id]
