"""A step in words: each has a title and a sentence, and the numbers in them are those of the step."""

import re
from fractions import Fraction

import pytest

import nnviz
from nnviz.engine.manner import PLAIN, Detail, Manner
from nnviz.explain.sentence import sentence, title
from tests.examples import MAZUR, STEP_BY_STEP, Example
from tests.naming import id_of
from tests.networks import DIVERGING, EXAMPLES, LEVEL, SHOWN

TOO_LARGE = "too large for a 64-bit float: the error has diverged"
NUMBER = re.compile(r"−?\d+(?:\.\d+)?(?:e−?\d+)?")


def told(example: Example, manner: Manner = PLAIN) -> list[tuple[nnviz.Step, str, str]]:
    """Return each step with its title and its sentence, told in steps of one quantity."""
    iteration = example.trace(manner)
    return [(step, title(iteration, n), sentence(iteration, n)) for n, step in enumerate(iteration.steps, start=1)]


def test_the_sentences_of_2_2_1_end_their_equations_with_the_worked_results() -> None:
    steps = told(STEP_BY_STEP)
    assert {step.name for step, _, _ in steps} == SHOWN.keys()
    for step, _, words in steps:
        equation = re.search(r"[=≈] (\S+?)\.(?: |$)", words)
        assert equation, words
        assert equation[1] == SHOWN[step.name], step.name


def test_a_chain_rule_is_told_factor_by_factor() -> None:
    iteration = STEP_BY_STEP.trace()
    words = sentence(iteration, iteration.position[id_of("∂E/∂w1")])
    assert "w1" in words
    assert "through h1, then ŷ: −0.809·0.14·2 = −0.22652." in words


def test_the_check_stands_beside_the_old_values() -> None:
    iteration = STEP_BY_STEP.trace()
    prediction = sentence(iteration, iteration.position[id_of("ŷ⁺")])
    error = sentence(iteration, iteration.position[id_of("E⁺")])
    assert "0.2557458" in prediction
    assert "0.191" in prediction
    assert "the target is 1" in prediction
    assert "0.2769572" in error
    assert "0.3272405: it fell" in error


@pytest.mark.parametrize("detail", ["neuron", "term"])
@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_every_step_has_a_title_and_a_sentence(example: Example, detail: Detail) -> None:
    for step, name, words in told(example, Manner(detail)):
        assert name, step.name
        assert words.endswith("."), step.name
        for text in (name, words):
            assert not re.search(r"[{}]|\b(nan|inf|None)\b|  |\w \.|^ | $", text), (step.name, text)


@pytest.mark.parametrize("detail", ["neuron", "term"])
@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_no_sentence_has_a_gap_where_words_are_missing(example: Example, detail: Detail) -> None:
    for step, name, words in told(example, Manner(detail)):
        for text in (name, words):
            assert not re.search(r" [:;,.]|[:,] [.,:]|\b(through|of|the|to) ?[.:,]", text), (step.name, text)


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_titles_and_sentences_name_the_steps_quantity(example: Example) -> None:
    for step, name, words in told(example):
        quantity = step.name.removeprefix("∂E/∂").removesuffix("⁺")
        assert re.search(rf"(?<!\w){quantity}(?!\w)", words), (step.name, words)
        if step.phase != "check":
            assert re.search(rf"(?<!\w){quantity}(?!\w)", name), (step.name, name)


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_titles_of_an_iteration_tell_its_steps_apart(example: Example) -> None:
    titles = [name for _, name, _ in told(example)]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_the_numbers_in_a_sentence_are_the_steps_own(example: Example) -> None:
    iteration = example.trace()
    for step, _, words in told(example):
        numbers = [float(Fraction(text.replace("−", "-"))) for text in NUMBER.findall(words)]
        assert float(f"{step.value:.7g}") in numbers, (step.name, words)
        for name, value in step.operands.items():
            if step.phase != "backward" and "ln" not in words:
                digits = [float(f"{value:.{room}g}") for room in range(7, 18)]
                assert any(digit in numbers for digit in digits), (step.name, name, words)
    assert iteration.overflow is None


def of_layers(example: Example, sample: int = 0) -> list[tuple[str, str]]:
    """Return the title and the sentence of each step where a step is a layer."""
    iteration = example.trace(Manner("layer"))
    return [(title(iteration, n), sentence(iteration, n, sample)) for n in range(1, len(iteration.pauses) + 1)]


def test_a_step_of_a_layer_lists_its_results() -> None:
    assert of_layers(STEP_BY_STEP)[:6] == [
        ("Layer 1, forward", "Layer 1 computes its outputs: h1 = 0.85, h2 = 0.48."),
        (
            "Layer 2, forward",
            "The prediction ŷ adds up what comes in, each value times its weight: 0.85·0.14 + 0.48·0.15 = 0.191.",
        ),
        ("The error E", "The error E says how far the prediction is from the target: ½·(0.191 − 1)² = 0.3272405."),
        (
            "Layer 2: the error goes back",
            "How fast E changes with ŷ: 0.191 − 1 = −0.809. It is negative, so E falls as ŷ grows.",
        ),
        (
            "Layer 2: the gradients",
            "How fast E changes with each weight and bias of layer 2: ∂E/∂w5 = −0.68765, ∂E/∂w6 = −0.38832.",
        ),
        (
            "Layer 1: the error goes back",
            "How fast E changes with each neuron of layer 1: ∂E/∂h1 = −0.11326, ∂E/∂h2 = −0.12135.",
        ),
    ]
    titles = [name for name, _ in of_layers(STEP_BY_STEP)]
    assert len(set(titles)) == 12


def test_of_a_layer_with_many_results_the_first_two_and_the_last_are_listed() -> None:
    many = Example(nnviz.Network([nnviz.Layer([[n] for n in range(1, 10)])]), [[2]], [[0] * 9], 0.1)
    assert of_layers(many)[0][1].endswith(": ŷ1 = 2, ŷ2 = 4, …, ŷ9 = 18.")
    eight = Example(nnviz.Network([nnviz.Layer([[n] for n in range(1, 9)])]), [[2]], [[0] * 8], 0.1)
    assert of_layers(eight)[0][1].endswith("ŷ6 = 12, ŷ7 = 14, ŷ8 = 16.")


def test_a_layer_that_overflows_says_where() -> None:
    for _, words in of_layers(DIVERGING):
        assert "The number that became too large is ŷ." in words


def test_of_several_samples_the_chosen_ones_numbers_are_told_and_sums_are_written_out() -> None:
    samples = Example(STEP_BY_STEP.network, [[2, 3], [1, 1]], [[1], [0]], 0.05)
    iteration = samples.trace()
    assert "2·0.11 + 3·0.21 = 0.85." in sentence(iteration, 1, 0)
    assert "1·0.11 + 1·0.21 = 0.32." in sentence(iteration, 1, 1)
    words = sentence(iteration, iteration.position[id_of("∂E/∂w5")], 1)
    assert "added up over all 2 samples: −0.343825 + 0.011968 = −0.331857." in words
    assert of_layers(samples, 1)[0][1].endswith(": h1 = 0.32, h2 = 0.2.")


def test_the_smallest_steps_say_what_they_are_parts_of() -> None:
    words = {step.name: (name, words) for step, name, words in told(MAZUR, Manner("term"))}
    assert words["x1·w1"] == ("The product x1·w1", "x1·w1 is one of the terms that are added up: 0.05·0.15 = 0.0075.")
    assert words["E1"] == (
        "The error E1 of one output",
        "E1 is what one output adds to the error: ½·(0.7513651 − 0.01)² ≈ 0.2748111.",
    )
    assert words["∂z3/∂h1"] == ("The factor ∂z3/∂h1", "∂z3/∂h1 is one factor of the chain rule: w5 = 0.4.")


def test_before_the_first_step_nothing_is_computed() -> None:
    for example in EXAMPLES.values():
        iteration = example.trace()
        assert title(iteration, 0)
        assert "Nothing is computed yet" in sentence(iteration, 0)
        assert iteration.steps[0].name in sentence(iteration, 0)


def test_directions_follow_the_signs() -> None:
    for example in EXAMPLES.values():
        for step, _, words in told(example):
            if step.name.startswith("∂E/∂"):
                name = step.name.removeprefix("∂E/∂")
                up, down = f"It is positive, so E grows with {name}.", f"It is negative, so E falls as {name} grows."
                assert words.endswith(up if step.value > 0 else down), step.name


def test_a_zero_gradient_says_so() -> None:
    words = {step.name: words for step, _, words in told(LEVEL)}
    assert "It is 0: " in words["∂E/∂w1"]
    assert "w1 stays as it is" in words["w1⁺"]
    assert "it did not change" in words["E⁺"]


def test_overflow_is_told_in_words_and_no_later_step_has_a_number() -> None:
    steps = told(DIVERGING)
    assert steps[0][0].name == "ŷ"
    assert TOO_LARGE in steps[0][2]
    for step, _, words in steps[1:]:
        assert "is not computed: the error has diverged" in words, step.name
        assert "ŷ" in words
    for step, _, words in steps:
        bare = words.replace("64-bit", "").replace(step.name, "")
        assert not re.search(r"\d|\b(nan|inf)\b", bare), words
