"""A weight's whole chain rule wherever the cursor is, and nothing of the future in what the browser is given."""

import re
from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree as ET

import pytest

import nnviz
from nnviz.draw.chain import chain
from nnviz.draw.look import Look
from nnviz.draw.view import Passage, views
from nnviz.engine.quantities import Quantity
from tests.examples import STEP_BY_STEP, Example
from tests.networks import DIVERGING, EXAMPLES

NOT_YET = "= (not computed yet)"
NUMBER = re.compile(r"[−-]?\d+(?:\.\d+)?(?:e[−-]?\d+)?")
FORWARD_END = {name: sum(step.phase == "forward" for step in e.trace().steps) for name, e in EXAMPLES.items()}


def parameter(iteration: nnviz.Iteration, name: str) -> Quantity:
    return next(quantity for quantity in iteration.plan.trained if quantity.name == name)


def html(iteration: nnviz.Iteration, name: str, cursor: int, released: int) -> str:
    """Return the chain rule as the browser puts it together."""
    parts = chain(iteration, parameter(iteration, name), released)
    return "".join(part["html"] if part["since"] <= cursor else part["before"] for part in parts)


def lines(iteration: nnviz.Iteration, name: str, cursor: int, released: int) -> list[str]:
    """Return the chain rule's lines as plain text."""
    tree = ET.fromstring(f"<div>{html(iteration, name, cursor, released)}</div>")
    for fraction in tree.iter("mfrac"):
        fraction[0].tail = "/"
    for new in (node for node in tree.iter("mo") if node.text == "+" and node.get("form") is None):
        new.text = "⁺"
    return [" ".join("".join(line.itertext()).split()) for line in tree]


def bare(line: str) -> str:
    return line.replace(" ", "")


def test_before_anything_is_computed_there_is_only_what_is_given() -> None:
    found = lines(STEP_BY_STEP.trace(), "w1", 0, 0)
    assert [bare(line) for line in found if NOT_YET not in line] == [
        "∂E/∂w1=∂E/∂ŷ·∂ŷ/∂h1·∂h1/∂w1",
        "∂ŷ/∂h1=w5=0.14",
        "∂h1/∂w1=x1=2",
        "w1⁺=w1−α·∂E/∂w1",
    ]
    assert [bare(line.replace(NOT_YET, "")) for line in found if NOT_YET in line] == ["∂E/∂ŷ=ŷ−y", "", ""]
    assert NOT_YET in lines(STEP_BY_STEP.trace(), "w5", 0, 0)[2], "h1 is not given"


def test_at_the_end_every_number_is_there() -> None:
    assert [bare(line) for line in lines(STEP_BY_STEP.trace(), "w1", 23, 23)] == [
        "∂E/∂w1=∂E/∂ŷ·∂ŷ/∂h1·∂h1/∂w1",
        "∂E/∂ŷ=ŷ−y=−0.809",
        "∂ŷ/∂h1=w5=0.14",
        "∂h1/∂w1=x1=2",
        "=−0.809·0.14·2",
        "=−0.22652",
        "w1⁺=w1−α·∂E/∂w1",
        "=0.11−0.05·(−0.22652)",
        "=0.121326",
    ]


@pytest.mark.parametrize(
    ("cursor", "known"),
    [(4, ["0.14", "2"]), (5, ["−0.809", "0.14", "2"]), (10, ["−0.809", "0.14", "2", "−0.22652"])],
)
def test_numbers_come_in_as_the_steps_happen(cursor: int, known: list[str]) -> None:
    found = [bare(line) for line in lines(STEP_BY_STEP.trace(), "w1", cursor, 23)]
    assert [line.rpartition("=")[2] for line in found if re.search(r"=−?[\d.]+$", line)] == known
    assert bare(NOT_YET) in found[-1]


@pytest.mark.parametrize("example", [*EXAMPLES.values(), DIVERGING], ids=[*EXAMPLES, "diverging"])
def test_every_parameter_has_a_chain_at_every_cursor(example: Example) -> None:
    iteration = example.trace()
    n_steps = len(iteration.steps)
    released = n_steps if iteration.overflow is None else iteration.position[iteration.overflow.name] - 1
    for quantity in iteration.plan.trained:
        for cursor in (0, 1, n_steps // 2, n_steps):
            text = " ".join(lines(iteration, quantity.name, cursor, released))
            assert f"∂E/∂{quantity.name}" in bare(text)
            assert not re.search(r"\b(nan|inf)\b", text)
            is_done = cursor >= iteration.position[f"{quantity.name}⁺"] and iteration.overflow is None
            assert (NOT_YET in text) != is_done, (quantity.name, cursor)


def leaves(data: object) -> Iterator[str | float]:
    """Yield every text and number in data for the browser."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from (str(key), *leaves(value))
    elif isinstance(data, list | tuple):
        for value in data:
            yield from leaves(value)
    elif isinstance(data, str | float):
        yield data


def numbers_in(data: object) -> set[float]:
    """Return every number in data for the browser, those in its texts included."""
    found: set[float] = set()
    for leaf in leaves(data):
        if isinstance(leaf, float):
            found.add(leaf)
        else:
            plain = re.sub(r"<(?!/?m).*?>", " ", leaf.replace('<mo form="prefix">−</mo><mn>', "<mn>−"))
            found |= {float(text.replace("−", "-")) for text in NUMBER.findall(plain)}
    return found


def secrets(iteration: nnviz.Iteration, released: int) -> dict[float, str]:
    """Return what may not be known yet, rounded to 4 digits and more, by value; what is known already left out."""
    known = {r for value in iteration.given.values() for r in roundings(float(value))}
    known |= {r for step in iteration.steps[:released] for r in roundings(float(step.value))}
    later = {r: step.name for step in iteration.steps[released:] for r in roundings(float(step.value))}
    return {value: name for value, name in later.items() if value not in known}


@cache
def roundings(value: float) -> set[float]:
    """Return a value, and it rounded, with both signs."""
    found = {value, *(float(f"{value:.{digits}g}") for digits in range(4, 17))}
    return found | {-rounded for rounded in found}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_browser_is_given_no_number_of_a_later_pass(name: str) -> None:
    iteration, end = EXAMPLES[name].trace(), FORWARD_END[name]
    passage = Passage(iteration, 1, (), is_last=False)
    for cursor, released in [(0, 0), (1, end), (end, end)]:
        given = numbers_in(views(passage, cursor, Look()))
        hidden = secrets(iteration, released)
        assert hidden
        leaked = {hidden[number] for number in given & hidden.keys()}
        assert not leaked, (cursor, leaked)


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_view_has_no_number_of_a_later_step(name: str) -> None:
    iteration = EXAMPLES[name].trace()
    everything = views(Passage(iteration, 1, (), is_last=False), len(iteration.steps), Look())
    assert len(everything["views"]) == len(iteration.steps) + 1
    for cursor, view in enumerate(everything["views"]):
        hidden = secrets(iteration, cursor)
        leaked = {hidden[number] for number in numbers_in(view) & hidden.keys()}
        assert not leaked, (cursor, leaked)


def test_a_leak_would_be_found() -> None:
    iteration = STEP_BY_STEP.trace()
    hidden = secrets(iteration, 4)
    assert numbers_in({"a": ["so −0.809."]}) & hidden.keys()
    assert numbers_in({"a": {"b": 0.2557457808}}) & {0.2557457808}
    assert numbers_in('<math><mo form="prefix">−</mo><mn>0.22652</mn></math>') & hidden.keys()
    assert not numbers_in({"a": ["0.3272405"]}) & hidden.keys()


def test_what_is_released_is_whole_passes() -> None:
    passage = Passage(STEP_BY_STEP.trace(), 1, (), is_last=False)
    assert [passage.released(cursor) for cursor in (0, 1, 4, 5, 23)] == [0, 4, 4, 23, 23]
