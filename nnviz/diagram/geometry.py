"""Where everything of a network is drawn: nodes in columns, edges between their rims, each label on its own edge."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from nnviz.algebra.quantities import Place
from nnviz.charts.canvas import COMPACT, LARGEST_TEXT, SMALLEST_TEXT, WIDE, Frame, Room
from nnviz.charts.label_placement import Box, place_labels
from nnviz.charts.lines import Point, Segment, between_rims
from nnviz.charts.text_metrics import height
from nnviz.engine.naming import Quantities
from nnviz.engine.plan import Shape

HEIGHTS = 1.0, 1.1, 1.2, 1.3, 1.4  # of a roomy frame, where it is not high enough for its labels
TEXTS = (26, 23, 20, 18, 16, 15, 14, 13, 12, 11)  # pixels on the screen, of what is written in a room
LEAST_ROWS = 3  # for which a dense frame has room, as the target stands below E
WORTH = 1.35  # how much larger texts must be that marks take the place of whole names
MOST_LABELS = 24  # with more edges, only those that the step is about have one
FARTHEST = 1.5  # rows of a column that has room to spare, in the least distance that they need


Line = tuple[Point, ...]


@dataclass(frozen=True)
class Geometry:
    """Positions by a place's key, in a frame as large as the network needs.

    ``biases`` has the upper end of what is written below a neuron, in the middle. ``labels`` has the middle of each
    edge's label; in a dense frame, where only lit edges have one, it is empty. ``columns`` has the columns' x.
    ``links`` join each output and each target to E, past the other nodes.
    """

    frame: Frame
    nodes: dict[str, Point]
    names: dict[str, Point]
    biases: dict[str, Point]
    edges: dict[str, Segment]
    labels: dict[str, Point]
    links: tuple[Line, ...]
    columns: tuple[float, ...]


@lru_cache(maxsize=64)
def geometry(shape: Shape, nominal: Frame) -> Geometry:
    """Return where the parts of a network of that shape are drawn: roomy, where every label fits, or else dense."""
    for share in HEIGHTS:
        frame = replace(nominal, height=round(share * nominal.height))
        if _high_enough(shape, frame) == frame and (drawn := _labelled(shape, frame)) is not None:
            return drawn
    return _nodes_and_edges(shape, _dense(shape, nominal))


def _high_enough(shape: Shape, frame: Frame) -> Frame:
    """Return the frame so high that each column has room; E and several targets, without biases, stand in one."""
    n_targets = shape.sizes[-1]
    of_errors = 1 + n_targets if n_targets > 1 else 1
    return frame.with_rows(max(shape.sizes), any(shape.has_biases)).with_rows(of_errors, has_biases=False)


def _dense(shape: Shape, nominal: Frame, least_rows: int = 1) -> Frame:
    """Return the frame for a network that is too dense for every label, with room for so many rows at least."""
    rows = max(*shape.sizes, least_rows)
    return _high_enough(shape, nominal.dense(len(shape.sizes), rows, any(shape.has_biases)))


def is_crowded(shape: Shape) -> bool:
    """Whether a network has too many edges for all of them to have labels."""
    return len(shape.quantities().links) > MOST_LABELS


def _labelled(shape: Shape, frame: Frame) -> Geometry | None:
    """Return the geometry in a roomy frame, or None where not every label fits."""
    roomy = _nodes_and_edges(shape, frame)
    if max(y for _, y in roomy.nodes.values()) > frame.top:
        return None
    labels = place_labels(roomy.edges, list(roomy.nodes.values()), frame.radius, _boxes(roomy), frame.label)
    return None if labels is None else replace(roomy, labels=labels)


@lru_cache(maxsize=256)
def fitted(shape: Shape, room: Room) -> Geometry:
    """Return where the parts of a network of that shape are drawn so that it fits a room with texts as large as can be.

    Whole names where they have room, or marks where those are much larger, else labels only where the step is about
    them. What does not fit at SMALLEST_TEXT is drawn at that size, and larger than the room.
    """
    has_biases = any(shape.has_biases)

    def labelled(nominal: Frame, text: int) -> Geometry | None:
        frame = room.framed(nominal, text)
        is_roomy = _high_enough(shape, frame) == frame and frame.has_columns(len(shape.sizes), has_biases)
        return _labelled(shape, frame) if is_roomy else None

    if not is_crowded(shape):
        found = {}
        for nominal in (WIDE, COMPACT):
            first = bisect_left(TEXTS, True, key=lambda text: labelled(nominal, text) is not None)
            if first < len(TEXTS) and (drawn := labelled(nominal, TEXTS[first])) is not None:
                found[TEXTS[first] / (1 if nominal.spells_out else WORTH)] = drawn
        if found:
            return found[max(found)]
    least = _dense(shape, replace(WIDE, width=0, height=0), LEAST_ROWS)
    text = min(LARGEST_TEXT, max(SMALLEST_TEXT, least.font_size * room.scale(least)))
    frame = room.framed(least, text)
    return _nodes_and_edges(
        shape, replace(frame, width=max(frame.width, least.width), height=max(frame.height, least.height))
    )


def _nodes_and_edges(shape: Shape, frame: Frame) -> Geometry:
    """Return the geometry without labels."""
    quantities, has_biases = shape.quantities(), any(shape.has_biases)
    layers = quantities.neurons
    unit = (frame.width - 2 * frame.margin) / (len(layers) - 1 + frame.error_column)
    columns = (*(round(frame.margin + unit * layer, 2) for layer in range(len(layers))), frame.width - frame.margin)
    nodes: dict[str, Point] = {}
    for x, row in zip(columns, layers, strict=False):
        nodes |= {q.place.key: (x, y) for q, y in zip(row, _rows(len(row), frame, has_biases), strict=True)}
    nodes |= _errors(quantities, columns[-1], frame, has_biases)
    error = nodes[quantities.loss.place.key]
    ends = [nodes[q.place.key] for q in (*layers[-1], *quantities.targets)]
    edges = {
        place.key: (
            nodes[layers[place.layer - 1][place.source].place.key],
            nodes[layers[place.layer][place.unit].place.key],
        )
        for place in quantities.links
    }
    return Geometry(
        frame=frame,
        nodes=nodes,
        names=_names(nodes, columns[0], (frame.top + frame.bottom(has_biases)) / 2, frame),
        biases=_biases(shape, quantities, nodes, frame),
        edges=edges,
        labels={},
        links=tuple(_link(end, error, nodes.values(), frame) for end in ends),
        columns=columns,
    )


def _rows(size: int, frame: Frame, has_biases: bool) -> list[float]:
    """Return the y of a column's nodes, from the top."""
    top, bottom = frame.top, frame.bottom(has_biases)
    widest = FARTHEST * frame.pitch(has_biases) if frame.is_dense else 0.56 * frame.height
    gap = min(widest, (top - bottom) / max(size - 1, 1))
    return [round((top + bottom) / 2 + gap * ((size - 1) / 2 - position), 2) for position in range(size)]


def _errors(quantities: Quantities, x: float, frame: Frame, has_biases: bool) -> dict[str, Point]:
    """Return E beside a single output with the target below, both higher where the target has no room there.

    Among several targets E is in their column.
    """
    targets, loss = [target.place.key for target in quantities.targets], quantities.loss.place.key
    above = len(targets) // 2
    rows = _rows(len(targets) + 1, frame, has_biases and len(targets) == 1)
    if len(targets) == 1:
        middle, name = _rows(1, frame, has_biases)[0], 0 if frame.is_dense else 1.4 * frame.font_size
        apart = max(middle - rows[1], 2 * frame.rim + name + 4)
        lifted = max(0.0, frame.bottom(has_biases=False) + apart - middle)
        rows = [round(middle + lifted, 2), round(middle + lifted - apart, 2)]
    return {key: (x, y) for key, y in zip([*targets[:above], loss, *targets[above:]], rows, strict=True)}


def _link(end: Point, error: Point, nodes: Iterable[Point], frame: Frame) -> Line:
    """Return the line from an output or a target to E: straight, or around the targets that stand between them."""
    x, y = error
    between = [node for node in nodes if node[0] == end[0] == x and min(y, end[1]) < node[1] < max(y, end[1])]
    if not between:
        return between_rims(end, error, frame.radius)
    aside = x + (frame.rim + frame.margin) / 2
    return (x + frame.radius, end[1]), (aside, end[1]), (aside, y), (x + frame.radius, y)


def _names(nodes: dict[str, Point], first_column: float, middle: float, frame: Frame) -> dict[str, Point]:
    """Return a spot for each node's name: within it where that is dense, else below it.

    Those of the upper inputs are above them, out of the way of their edges.
    """
    if frame.is_dense:
        return {key: (x, y + 0.62 * frame.font_size) for key, (x, y) in nodes.items()}
    return {
        key: (x, y + (frame.beside_node if x == first_column and y > middle else -frame.beside_node))
        for key, (x, y) in nodes.items()
    }


def _biases(shape: Shape, quantities: Quantities, nodes: dict[str, Point], frame: Frame) -> dict[str, Point]:
    """Return the upper end of each bias's label, below its neuron."""
    pairs = (
        (Place("bias", layer, unit).key, nodes[neuron.place.key])
        for layer, has_biases in enumerate(shape.has_biases, start=1)
        if has_biases
        for unit, neuron in enumerate(quantities.neurons[layer])
    )
    return {key: (x, y - frame.below_node) for key, (x, y) in pairs}


def _boxes(g: Geometry) -> list[Box]:
    """Return what is written above and below the nodes."""
    frame = g.frame
    boxes: list[Box] = [((x, y + frame.beside_node), frame.note) for x, y in g.nodes.values() if x > frame.margin]
    boxes += [(name, (frame.font_size, frame.note[1])) for name in g.names.values()]
    half = height(2, frame.font_size) / 2
    return [*boxes, *(((x, top - half), (frame.bias_width, half)) for x, top in g.biases.values())]
