"""Nothing of the future is in what the browser is given, in no pass and in no step."""

import re
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

import nnviz
from nnviz.draw.look import Look
from nnviz.draw.passage import Passage
from nnviz.draw.view import views
from nnviz.engine.manner import Manner
from nnviz.lessons.presets import PRESETS
from tests.examples import STEP_BY_STEP, Example
from tests.networks import EXAMPLES

NUMBER = re.compile(r"[−-]?\d+(?:\.\d+)?(?:e[−-]?\d+)?")
AND = PRESETS["and"]
# Numbers odd enough that those of no two samples look alike.
SAMPLES = Example(AND.network, [[0.713, 0.291], [1.37, -0.883]], [[0.17], [0.59]], 0.37)
TOLD = {name: (example, Manner()) for name, example in EXAMPLES.items()} | {
    "2-2-1 by layer": (STEP_BY_STEP, Manner("layer")),
    "2-2-1 by term": (STEP_BY_STEP, Manner("term")),
    "2-2-2 sigmoid by layer": (EXAMPLES["2-2-2 sigmoid"], Manner("layer")),
    "2-2-2 sigmoid by term": (EXAMPLES["2-2-2 sigmoid"], Manner("term")),
    "2-2-2 cross-entropy indexed": (EXAMPLES["2-2-2 cross-entropy"], Manner(notation="indexed")),
    "2-2-2 sigmoid in place": (EXAMPLES["2-2-2 sigmoid"], Manner(in_place=True)),
    "two samples": (SAMPLES, Manner()),
    "two samples by layer": (SAMPLES, Manner("layer")),
}  # fmt: skip
every_telling = pytest.mark.parametrize(("example", "manner"), TOLD.values(), ids=TOLD)


def passage_of(example: Example, manner: Manner) -> Passage:
    iteration = example.trace(manner)
    whole = example.trace(Manner(notation=manner.notation, in_place=manner.in_place))
    return Passage(iteration, whole, 1)


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
    """Return what may not be known yet, rounded to 4 digits and more, by value; what is known already left out.

    That ∂z/∂b is 1 is no secret.
    """
    known = roundings(1.0) | {r for value in iteration.given.values() for r in roundings_of(value)}
    known |= {r for pause in iteration.pauses[:released] for step in pause for r in roundings_of(step.value)}
    later = {r: step.name for pause in iteration.pauses[released:] for step in pause for r in roundings_of(step.value)}
    return {value: name for value, name in later.items() if value not in known}


def roundings_of(value: object) -> set[float]:
    return {r for number in np.ravel(value).tolist() for r in roundings(float(number))}


@cache
def roundings(value: float) -> set[float]:
    """Return a value, and it rounded, with both signs."""
    found = {value, *(float(f"{value:.{digits}g}") for digits in range(4, 17))}
    return found | {-rounded for rounded in found}


@every_telling
def test_the_browser_is_given_no_number_of_a_later_pass(example: Example, manner: Manner) -> None:
    passage = passage_of(example, manner)
    iteration, end = passage.iteration, passage.forward_end
    for cursor, released in [(0, 0), (1, end), (end, end)]:
        hidden = secrets(iteration, released)
        assert hidden
        for place in ("", iteration.plan.trained[0].place.key, iteration.plan.quantities.neurons[1][0].place.key):
            given = numbers_in(views(passage, cursor, Look(), chosen=place))
            leaked = {hidden[number] for number in given & hidden.keys()}
            assert leaked <= curve_slope(iteration, place), (cursor, place, leaked)


def curve_slope(iteration: nnviz.Iteration, place: str) -> set[str]:
    """Return the one factor that the story of a neuron shows with its output: the slope of its curve at z."""
    sums, neurons = (rows[1][0] for rows in (iteration.plan.quantities.sums, iteration.plan.quantities.neurons))
    return {f"∂{neurons.name}/∂{sums.name}"} if place == neurons.place.key and sums != neurons else set()


@every_telling
def test_each_view_has_no_number_of_a_later_step(example: Example, manner: Manner) -> None:
    passage = passage_of(example, manner)
    end = passage.forward_end
    for cursor in dict.fromkeys((1, end, end + 1, passage.end)):
        everything = views(passage, cursor, Look())
        for position, view in enumerate(everything["views"], start=everything["first"]):
            hidden = secrets(passage.iteration, position)
            leaked = {hidden[number] for number in numbers_in(view) & hidden.keys()}
            assert not leaked, (position, leaked)


@every_telling
def test_each_number_is_given_with_the_step_that_it_is_known_after(example: Example, manner: Manner) -> None:
    passage = passage_of(example, manner)
    iteration = passage.iteration
    values = views(passage, passage.end, Look())["values"]
    assert {step.name for step in iteration.steps} <= values.keys()
    for name, (since, *_) in values.items():
        if name in iteration.position:
            assert since == iteration.position[name], name
        hidden = secrets(iteration, since)
        leaked = {hidden[number] for number in numbers_in(values[name][1:]) & hidden.keys()}
        assert not leaked, (name, since, leaked)


def test_a_leak_would_be_found() -> None:
    hidden = secrets(STEP_BY_STEP.trace(), 4)
    assert numbers_in({"a": ["so −0.809."]}) & hidden.keys()
    assert numbers_in({"a": {"b": 0.2557457808}}) & {0.2557457808}
    assert numbers_in('<math><mo form="prefix">−</mo><mn>0.22652</mn></math>') & hidden.keys()
    assert not numbers_in({"a": ["0.3272405"]}) & hidden.keys()


def test_what_is_released_is_whole_passes() -> None:
    passage = passage_of(STEP_BY_STEP, Manner())
    assert [passage.window(cursor) for cursor in (0, 1, 4, 5, 23)] == [
        range(1), range(5), range(5), range(24), range(24),
    ]  # fmt: skip
