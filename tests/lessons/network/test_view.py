"""Nothing of the future is in what the browser is given, in no pass and in no step."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import ArrayLike

import nnviz
from nnviz.charts.theme import Look
from nnviz.engine.manner import Manner
from nnviz.lessons.network.run import NetworkRun
from nnviz.lessons.network.view import screen_of
from nnviz.presets import PRESETS
from tests.examples import STEP_BY_STEP, Example
from tests.networks import EXAMPLES
from tests.tellings import told

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
    "2-2-1 to the inputs": (STEP_BY_STEP, Manner(input_gradients=True)),
    "2-2-2 sigmoid to the inputs by layer": (EXAMPLES["2-2-2 sigmoid"], Manner("layer", input_gradients=True)),
    "two samples": (SAMPLES, Manner()),
    "two samples by layer": (SAMPLES, Manner("layer")),
}  # fmt: skip
every_telling = pytest.mark.parametrize("telling", TOLD)


@cache
def run_of(telling: str) -> NetworkRun:
    example, manner = TOLD[telling]
    return NetworkRun(example.trace(manner), 1)


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


@cache
def known_since(telling: str) -> dict[float, tuple[int, str]]:
    """Return after how many pauses each number is known first, rounded to 4 digits and more too, and by which step.

    That ∂z/∂b is 1 is known from the start.
    """
    iteration = run_of(telling).iteration
    found = {r: (0, "") for value in (1.0, *iteration.given.values()) for r in roundings_of(value)}
    for number, pause in enumerate(iteration.pauses, start=1):
        for step in pause:
            for rounded in roundings_of(step.value):
                found.setdefault(rounded, (number, step.name))
    return found


def leaked(data: object, telling: str, released: int) -> set[str]:
    """Return the steps whose numbers are in data for the browser and may not be known after so many pauses."""
    since = known_since(telling)
    found = (since[number] for number in numbers_in(data) & since.keys())
    return {name for position, name in found if position > released}


def roundings_of(value: ArrayLike) -> set[float]:
    return {r for number in np.ravel(value).tolist() for r in roundings(float(number))}


@cache
def roundings(value: float) -> set[float]:
    """Return a value, and it rounded, with both signs."""
    found = {value, *(float(f"{value:.{digits}g}") for digits in range(4, 17))}
    return found | {-rounded for rounded in found}


@every_telling
def test_the_browser_is_given_no_number_of_a_later_pass(telling: str) -> None:
    run = run_of(telling)
    iteration, end = run.iteration, run.forward_end
    for cursor, released in [(0, end), (1, end), (end, end)]:
        for place in ("", iteration.plan.trained[0].place.key, iteration.plan.quantities.neurons[1][0].place.key):
            found = leaked(screen_of(run, cursor, Look(), chosen=place), telling, released)
            assert found <= curve_slope(iteration, place), (cursor, place, found)


def curve_slope(iteration: nnviz.Iteration, place: str) -> set[str]:
    """Return the one factor that the story of a neuron shows with its output: the slope of its curve at z."""
    sums, neurons = (rows[1][0] for rows in (iteration.plan.quantities.sums, iteration.plan.quantities.neurons))
    return {f"∂{neurons.name}/∂{sums.name}"} if place == neurons.place.key and sums != neurons else set()


@every_telling
def test_each_view_has_no_number_of_a_later_step(telling: str) -> None:
    run = run_of(telling)
    end = run.forward_end
    for cursor in dict.fromkeys((1, end, end + 1, run.end)):
        everything = screen_of(run, cursor, Look())
        for position, view in enumerate(everything["views"], start=everything["first"]):
            assert not leaked(view, telling, position), position


@every_telling
def test_each_number_is_given_with_the_step_that_it_is_known_after(telling: str) -> None:
    run = run_of(telling)
    iteration = run.iteration
    values = screen_of(run, run.end, Look())["values"]
    assert {step.id for step in iteration.steps} <= values.keys()
    for name, number in values.items():
        since = number["since"]
        if name in iteration.position:
            assert since == iteration.position[name], name
        assert not leaked([number["text"], number["few"], number.get("exact", "")], telling, since), (name, since)


@every_telling
def test_each_pass_has_numbers_that_would_be_a_leak_before(telling: str) -> None:
    run = run_of(telling)
    positions = {position for position, _ in known_since(telling).values()}
    starts = [0, *(end for _, end in run.passes)]
    assert all(positions & set(range(start + 1, end + 1)) for start, end in pairwise(starts))


def test_a_leak_would_be_found() -> None:
    assert leaked({"a": ["so −0.809."]}, "2-2-1", 4) == {"∂E/∂ŷ"}
    assert leaked({"a": ["so −0.809."]}, "2-2-1", 5) == set()
    assert leaked({"a": {"b": 0.2557457808}}, "2-2-1", 21) == {"ŷ⁺"}
    assert leaked('<math><mo form="prefix">−</mo><mn>0.22652</mn></math>', "2-2-1", 4) == {"∂E/∂w1"}
    assert leaked({"a": ["0.3272405"]}, "2-2-1", 4) == set()


def test_what_is_released_is_whole_passes() -> None:
    run = run_of("2-2-1")
    assert [run.window(cursor) for cursor in (0, 1, 4, 5, 23)] == [
        range(5), range(5), range(5), range(24), range(24),
    ]  # fmt: skip


def test_of_a_long_iteration_the_views_around_the_cursor_are_released_and_none_of_a_later_pass() -> None:
    run = told("vanishing", "term")
    (_, forward), (_, backward), *_, (_, end) = run.passes
    assert forward < 80
    assert end > 150
    for cursor in range(end + 1):
        window = run.window(cursor)
        last = next(last for _, last in run.passes if cursor <= last)
        assert (window[0], window[-1]) == (max(0, cursor - 40), min(last, cursor + 80))
    assert run.window(backward)[-1] == backward
