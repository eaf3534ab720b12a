"""What is tied is drawn in each of its places: there it is lit where a step goes through it, and spoken of as one."""

from nnviz.charts.theme import Look
from nnviz.diagram.diagram import Diagram
from nnviz.engine.manner import DETAILS, Manner
from tests.naming import id_of
from tests.networks import CONSTRAINED
from tests.pictures import by_name

FIRST, SECOND, GONE = "weight-1-0-0", "weight-1-1-1", "weight-1-1-0"
BIASES = "bias-1-0-0", "bias-1-1-0"


def lit(name: str) -> set[str]:
    """Return which places of w1, the absent link, and b1 are lit at a step."""
    iteration = CONSTRAINED.trace()
    found = Diagram(iteration, Look()).lit(iteration.position[id_of(name)])
    return set(found & {FIRST, SECOND, GONE, *BIASES})


def test_a_step_lights_the_places_that_it_goes_through() -> None:
    assert lit("z1") == {FIRST, BIASES[0]}
    assert lit("z2") == {SECOND, BIASES[1]}
    assert lit("∂E/∂w1") == lit("w1⁺") == {FIRST, SECOND}
    assert lit("∂E/∂b1") == lit("b1⁺") == set(BIASES)
    assert lit("z2⁺") == {SECOND, BIASES[1]}


def test_each_product_lights_its_own_link() -> None:
    iteration = CONSTRAINED.trace(Manner("term"))
    drawing = Diagram(iteration, Look())
    for name, place in (("x1·w1", FIRST), ("x2·w1", SECOND), ("∂z1/∂w1", FIRST), ("∂z2/∂w1", SECOND)):
        position = next(n for n, pause in enumerate(iteration.pauses, start=1) if pause[0].name == name)
        assert drawing.lit(position) & {FIRST, SECOND} == {place}, name


def test_both_edges_have_the_one_name_and_speak_of_the_first() -> None:
    iteration = CONSTRAINED.trace()
    drawing = Diagram(iteration, Look())
    labels = by_name(drawing.data(0), "labels")
    texts = [text for text, key in zip(labels["text"], labels["customdata"], strict=True) if key == FIRST]
    assert texts == ["w1 0.137", "w1 0.137"]
    edges = {key for trace in drawing.data(0) if "edges" in trace["name"] for key in trace["customdata"]}
    assert FIRST in edges
    assert not edges & {SECOND, GONE}


def test_pointing_marks_all_places() -> None:
    pointing = Diagram(CONSTRAINED.trace(), Look()).pointing()
    assert SECOND not in pointing
    assert pointing[FIRST]["data"][0]["x"].count(None) == 1  # two lines, with a gap between them
    assert pointing[BIASES[0]]["data"][0]["x"].count(None) == 1


def test_a_fixed_edge_is_dashed() -> None:
    drawing = Diagram(CONSTRAINED.trace(), Look())
    dashed = [
        trace for trace in drawing.data(0) if trace.get("line", {}).get("dash") == "dash" and "edges" in trace["name"]
    ]
    assert [{key for key in trace["customdata"] if key} for trace in dashed] == [{"weight-2-0-0"}]


def test_every_detail_can_be_drawn_at_every_step() -> None:
    for detail in DETAILS:
        iteration = CONSTRAINED.trace(Manner(detail))
        drawing = Diagram(iteration, Look())
        assert all(drawing.data(cursor) for cursor in range(len(iteration.pauses) + 1))
