"""The story of a place wherever the cursor is: a chain rule factor by factor, a neuron, the check of a gradient."""

import re
from xml.etree import ElementTree as ET

import pytest

import nnviz
from nnviz.engine.manner import DETAILS, Detail, Manner
from nnviz.explain.details import Details
from nnviz.explain.values import known
from nnviz.player.values import known_pauses
from tests.examples import MAZUR, MAZUR_SLOPES, STEP_BY_STEP, Example
from tests.naming import id_of
from tests.networks import DIVERGING, EXAMPLES, place_of

NOT_YET = "= (not computed yet)"
SAMPLES = Example(STEP_BY_STEP.network, [[2, 3], [1, -1]], [[1], [0.5]], 0.05)


def story(iteration: nnviz.Iteration, released: int, whole: nnviz.Iteration | None = None, sample: int = 0) -> Details:
    """Return the stories of an iteration of which so many pauses are released."""
    since = {item.id: item.since for item in known(iteration, sample)}
    return Details(whole or iteration, since, min(released, known_pauses(iteration)), sample)


def lines(told: Details, place: str, cursor: int) -> list[str]:
    """Return what is told of a place at a cursor, line by line as plain text, as the browser puts it together."""
    return plain([part["html"] if part["since"] <= cursor else part["before"] for part in told.of(place)[1]])


def plain(html: list[str]) -> list[str]:
    """Return the lines of HTML as plain text."""
    tree = ET.fromstring(f"<div>{''.join(html)}</div>")
    for fraction in tree.iter("mfrac"):
        fraction[0].tail = "/"
    for new in (node for node in tree.iter("mo") if node.text == "+" and node.get("form") is None):
        new.text = "⁺"
    return [" ".join("".join(line.itertext()).split()) for line in tree if line.tag == "p"]


def of_weight(name: str, cursor: int, released: int) -> list[str]:
    return lines(story(STEP_BY_STEP.trace(), released), place_of(name, (2, 2, 1)), cursor)


def bare(line: str) -> str:
    return line.replace(" ", "")


def test_before_anything_is_computed_there_is_only_what_is_given() -> None:
    found = of_weight("w1", 0, 0)
    assert [bare(line) for line in found if NOT_YET not in line] == [
        "infull:∂E/∂w1=∂E/∂ŷ·∂ŷ/∂h1·∂h1/∂w1",
        "w1⁺=w1−α·∂E/∂w1",
    ]
    unknown = [bare(line.replace(NOT_YET, "")) for line in found if NOT_YET in line]
    assert unknown == ["∂E/∂w1=∂E/∂h1·x1", "∂E/∂ŷ=ŷ−y", "∂ŷ/∂h1=w5", "∂h1/∂w1=x1", "", ""]


def test_at_the_end_every_number_is_there() -> None:
    assert [bare(line) for line in of_weight("w1", 23, 23)] == [
        "∂E/∂w1=∂E/∂h1·x1=−0.11326·2=−0.22652",
        "infull:∂E/∂w1=∂E/∂ŷ·∂ŷ/∂h1·∂h1/∂w1",
        "∂E/∂ŷ=ŷ−y=−0.809",
        "∂ŷ/∂h1=w5=0.14",
        "∂h1/∂w1=x1=2",
        "=−0.809·0.14·2",
        "=−0.22652",
        "w1⁺=w1−α·∂E/∂w1",
        "=0.11−0.05·(−0.22652)",
        "=0.121326",
    ]


# A factor has its number from the first step on that uses it, as in the table.
@pytest.mark.parametrize(
    ("cursor", "numbers"),
    [(4, []), (5, ["−0.809"]), (8, ["−0.809", "0.14"]), (10, ["−0.22652", "−0.809", "0.14", "2", "−0.22652"])],
)
def test_numbers_come_in_as_the_steps_happen(cursor: int, numbers: list[str]) -> None:
    found = [bare(line) for line in of_weight("w1", cursor, 23)]
    assert [line.rpartition("=")[2] for line in found if re.search(r"=−?[\d.]+$", line)] == numbers
    assert bare(NOT_YET) in found[-1]


@pytest.mark.parametrize("detail", DETAILS)
def test_the_whole_chain_rule_is_told_whatever_a_step_is(detail: Detail) -> None:
    iteration, end = STEP_BY_STEP.trace(Manner(detail)), 999
    told = story(iteration, end, whole=STEP_BY_STEP.trace())
    assert lines(told, "weight-1-0-0", end) == of_weight("w1", 23, 23)
    at = iteration.position[id_of("∂E/∂w1")]
    assert "=−0.22652" in map(bare, lines(told, "weight-1-0-0", at))
    assert "=−0.22652" not in map(bare, lines(told, "weight-1-0-0", at - 1))


@pytest.mark.parametrize("example", [*EXAMPLES.values(), DIVERGING], ids=[*EXAMPLES, "diverging"])
def test_every_parameter_has_a_chain_at_every_cursor(example: Example) -> None:
    iteration = example.trace()
    n_steps = len(iteration.steps)
    told = story(iteration, n_steps)
    for quantity in iteration.plan.trained:
        assert told.of(quantity.place.key)[0] == f"The chain rule of {quantity.name}"
        for cursor in (0, 1, n_steps // 2, n_steps):
            text = " ".join(lines(told, quantity.place.key, cursor))
            assert f"∂E/∂{quantity.name}" in bare(text)
            assert not re.search(r"\b(nan|inf)\b", text)
            is_done = cursor >= iteration.position[id_of(f"{quantity.name}⁺")] and iteration.overflow is None
            assert (NOT_YET in text) != is_done, (quantity.name, cursor)


@pytest.mark.parametrize("example", [*EXAMPLES.values(), MAZUR], ids=[*EXAMPLES, "fixed biases"])
def test_every_place_of_a_network_has_a_story(example: Example) -> None:
    iteration = example.trace()
    told = story(iteration, len(iteration.steps))
    q = iteration.plan.quantities
    for quantity in [*q.nodes, *q.all_weights, *(bias for row in q.biases for bias in row)]:
        if quantity.id in iteration.values:
            title, parts = told.of(quantity.place.key)
            assert quantity.name in title
            assert parts
    for place in ("", "weight-9-0-0", "rate-0-0-0", "bias-0-0-0"):
        with pytest.raises(KeyError):
            told.of(place)


def test_a_bias_that_is_fixed_says_so() -> None:
    assert lines(story(MAZUR.trace(), 0), "bias-1-0-0", 0) == [
        "b1 is fixed: it takes part in the forward pass, but no update changes it."
    ]


def test_a_neuron_tells_what_goes_in_and_what_comes_back() -> None:
    told = story(STEP_BY_STEP.trace(), 23)
    assert [bare(line) for line in lines(told, "neuron-1-0-0", 23)] == [
        "h1=x1·w1+x2·w2",
        "=2·0.11+3·0.21",
        "=0.85",
        "∂E/∂h1=∂E/∂ŷ·∂ŷ/∂h1",
        "=−0.809·0.14",
        "=−0.11326",
    ]
    assert bare(lines(told, "neuron-1-0-0", 1)[-1]) == bare(NOT_YET)
    assert [bare(line) for line in lines(told, "loss-0-0-0", 4)] == ["E=½·(ŷ−y)2", "=½·(0.191−1)2", "=0.3272405"]


def test_a_neuron_with_an_activation_shows_its_curve_once_its_output_is_known() -> None:
    iteration = MAZUR.trace()
    told, end = story(iteration, len(iteration.steps)), len(iteration.steps)
    html = "".join(part["html"] for part in told.of("neuron-1-0-0")[1])
    [label] = re.findall(r'aria-label="(The activation[^"]*)"', html)
    slope = f"{float(MAZUR_SLOPES['h1', 'z1']):.4g}"
    assert "z is 0.3775" in label
    assert f"the slope there is {slope}" in label.replace("≈ ", "")
    before = "".join(
        part["html"] if part["since"] < iteration.position["h1"] else part["before"]
        for part in told.of("neuron-1-0-0")[1]
    )
    assert "<svg" in html
    assert "<svg" not in before
    text = bare(" ".join(lines(told, "neuron-1-0-0", end)))
    assert "h1=σ(z1)=σ(0.3775)≈0.59327" in text
    assert "∂E/∂h1" in text
    assert "≈0.03635031" in text


def test_of_several_samples_the_chosen_ones_factors_and_the_sum_are_told() -> None:
    iteration = SAMPLES.trace()
    # By hand: h1 = 2·0.11 + 3·0.21 and 0.11 − 0.21; ŷ = 0.191 and −0.1·0.14 + 0.04·0.15 = −0.008;
    # ∂E/∂ŷ = (ŷ − y)/2 = −0.4045 and −0.254; ∂E/∂w5 = −0.4045·0.85 − 0.254·(−0.1) = −0.343825 + 0.0254.
    for sample, slope, h1 in ((0, "−0.4045", "0.85"), (1, "−0.254", "−0.1")):
        found = [bare(line) for line in lines(story(iteration, 99, sample=sample), "weight-2-0-0", 99)]
        assert found[0] == "∂E/∂w5=Σ(∂E/∂ŷ·∂ŷ/∂w5)"
        assert found[1].endswith(f"={slope}")
        assert found[2].endswith(f"h1={h1}")
        assert any(line.startswith(f"sample{sample + 1}:") for line in found), found
        assert "=−0.343825+0.0254" in found
        assert "=−0.318425" in found


def checked(iteration: nnviz.Iteration, place: str) -> str:
    told = story(iteration, 999)
    return " ".join(plain([part["html"] for part in told.check(place)]))


# The published gradients; E is a parabola in each of the six weights, so that the difference has only rounding errors.
@pytest.mark.parametrize("name", [f"w{number}" for number in range(1, 7)])
def test_the_central_difference_stands_beside_the_gradient(name: str) -> None:
    text = checked(STEP_BY_STEP.trace(), place_of(name, (2, 2, 1)))
    expected = float(STEP_BY_STEP.exact[f"∂E/∂{name}"])
    h, above, below, slope = (
        float(number.replace("−", "-"))
        for number in re.findall(r"(?:ε is ≈ |E is |/2ε: ≈ )(−?\d+(?:\.\d+)?(?:e−\d+)?)", text)
    )
    assert (above - below) / (2 * h) == pytest.approx(expected, rel=1e-6)
    assert slope == pytest.approx(expected, rel=1e-6)
    assert f"Backpropagation: {expected:.7g}".replace("-", "−") in text
    assert text.endswith("They agree.")


def test_a_check_is_over_all_samples() -> None:
    text = checked(SAMPLES.trace(), "weight-2-0-0")
    assert "Backpropagation: −0.318425." in text
    assert text.endswith("They agree.")


def test_a_gradient_that_went_through_new_weights_does_not_agree() -> None:
    iteration = MAZUR.trace(Manner(in_place=True))
    assert "They agree." in checked(iteration, "weight-2-0-0")
    assert "They do not agree: the gradient is wrong" in checked(iteration, "weight-1-0-0")


def test_an_output_for_an_input_is_told_and_does_not_agree() -> None:
    iteration = MAZUR.trace(Manner(output_for_input=True))
    assert "They do not agree: the gradient is wrong" in checked(iteration, "weight-1-0-1")
    told = str(story(iteration, 40).of("weight-1-0-1")[1])
    assert "Wrong on purpose: ∂z1/∂w2 is the input x2; the output h1 stands in its place." in told
    q = iteration.plan.quantities
    for right in (q.neurons[1][0], q.biases[1][0]):
        assert "Wrong" not in str(story(iteration, 40).of(right.place.key)[1])
    assert "Wrong" not in str(story(MAZUR.trace(), 40).of("weight-1-0-1")[1])


def test_a_check_does_not_tell_the_gradient_before_it_is_computed() -> None:
    before, after = (story(STEP_BY_STEP.trace(), released).check("weight-1-0-0") for released in (4, 23))
    assert "Backpropagation" not in str(before)
    assert [part["since"] for part in after if "Backpropagation: −0.22652" in part["html"]] == [10]


def test_a_check_of_numbers_that_are_too_large_says_so() -> None:
    assert checked(DIVERGING.trace(), "weight-1-0-0") == (
        "There is nothing to compare: a number is too large for a 64-bit float."
    )
    largest = nnviz.Network([nnviz.Layer([[1.7976931348623157e308]])])
    assert "There is nothing to compare" in checked(nnviz.trace(largest, [[1e-300]], [[1]], 0.1), "weight-1-0-0")


def test_a_place_that_is_not_trained_cannot_be_checked() -> None:
    for place in ("neuron-1-0-0", "bias-1-0-0", ""):
        with pytest.raises((KeyError, StopIteration)):
            story(MAZUR.trace(), 999).check(place)
