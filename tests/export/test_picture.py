"""The picture as SVG: an image by itself, with what is known at a step and nothing else."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest

import nnviz
from tests.examples import STEP_BY_STEP
from tests.networks import EXAMPLES

ITERATION = STEP_BY_STEP.trace()
SPACE = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    """Return the texts in a picture, which is an image that stands by itself."""
    tree = ET.fromstring(svg)
    assert tree.tag == f"{SPACE}svg"
    return [" ".join("".join(text.itertext()).split()) for text in tree.iter(f"{SPACE}text")]


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_network_is_an_image(example: str, theme: str) -> None:
    iteration = EXAMPLES[example].trace()
    for step in (iteration.steps[0], iteration.steps[-1]):
        found = texts(nnviz.to_svg(iteration, step, theme))
        assert len(found) > 3
    assert "var(" not in nnviz.to_svg(iteration, theme=theme)


def test_what_comes_after_the_step_is_not_there() -> None:
    after_h1 = texts(nnviz.to_svg(ITERATION, "h1"))
    assert "0.85" in after_h1
    assert "0.48" not in after_h1
    assert "0.48" in texts(nnviz.to_svg(ITERATION, ITERATION.by_name["h2"]))
    at_the_end = texts(nnviz.to_svg(ITERATION))
    assert "w1⁺ 0.12133" in at_the_end
    assert nnviz.to_svg(ITERATION) == nnviz.to_svg(ITERATION, "E+") == nnviz.to_svg(ITERATION, "E⁺")


def test_the_graph_and_the_numbers_of_a_sample_can_be_drawn() -> None:
    two = nnviz.trace(STEP_BY_STEP.network, [[2, 3], [1, 1]], [[1], [0]], 0.05)
    assert "0.32" in texts(nnviz.to_svg(two, "h1", sample=1))
    assert texts(nnviz.to_svg(ITERATION, diagram="graph")) != texts(nnviz.to_svg(ITERATION))


@pytest.mark.parametrize(
    ("asked", "error", "words"),
    [
        ({"step": "h9"}, KeyError, "step: it must be one of the iteration.*'h9'"),
        ({"theme": "blue"}, ValueError, "theme: allowed are light, dark"),
        ({"diagram": "tree"}, ValueError, "diagram: allowed are network, graph"),
        ({"sample": 1}, IndexError, "sample: it must be a whole number from 0 to 0"),
    ],
)
def test_what_there_is_not_is_refused_in_words(asked: dict[str, Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        nnviz.to_svg(ITERATION, **asked)
    with pytest.raises(TypeError, match="it is of the type Network"):
        nnviz.to_svg(STEP_BY_STEP.network)  # type: ignore[arg-type]
