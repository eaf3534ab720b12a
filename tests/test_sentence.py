"""A step in words: each has a title and a sentence, and the numbers in them are those of the step."""

import re
from fractions import Fraction

import pytest

import nnviz
from nnviz.draw.sentence import sentence, title
from tests.examples import STEP_BY_STEP, Example
from tests.networks import DIVERGING, EXAMPLES, LEVEL, SHOWN

TOO_LARGE = "too large for a 64-bit float: the error has diverged"
NUMBER = re.compile(r"−?\d+(?:\.\d+)?(?:e−?\d+)?")


def walk(example: Example) -> list[tuple[nnviz.Step, str, str]]:
    """Return each step with its title and its sentence."""
    iteration = example.trace()
    return [(step, title(iteration, n), sentence(iteration, n)) for n, step in enumerate(iteration.steps, start=1)]


def test_the_sentences_of_2_2_1_end_their_equations_with_the_worked_results() -> None:
    steps = walk(STEP_BY_STEP)
    assert {step.name for step, _, _ in steps} == SHOWN.keys()
    for step, _, words in steps:
        equation = re.search(r"[=≈] (\S+?)\.(?: |$)", words)
        assert equation, words
        assert equation[1] == SHOWN[step.name], step.name


def test_a_chain_rule_is_told_factor_by_factor() -> None:
    iteration = STEP_BY_STEP.trace()
    words = sentence(iteration, iteration.position["∂E/∂w1"])
    assert "w1" in words
    assert "through h1, then ŷ: −0.809·0.14·2 = −0.22652." in words


def test_the_check_stands_beside_the_old_values() -> None:
    iteration = STEP_BY_STEP.trace()
    prediction = sentence(iteration, iteration.position["ŷ⁺"])
    error = sentence(iteration, iteration.position["E⁺"])
    assert "0.2557458" in prediction
    assert "0.191" in prediction
    assert "the target is 1" in prediction
    assert "0.2769572" in error
    assert "0.3272405: it fell" in error


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_every_step_has_a_title_and_a_sentence(example: Example) -> None:
    for step, name, words in walk(example):
        assert name, step.name
        assert words.endswith("."), step.name
        for text in (name, words):
            assert not re.search(r"[{}]|\b(nan|inf|None)\b|  |\w \.|^ | $", text), (step.name, text)


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_no_sentence_has_a_gap_where_words_are_missing(example: Example) -> None:
    for step, name, words in walk(example):
        for text in (name, words):
            assert not re.search(r" [:;,.]|[:,] [.,:]|\b(through|of|the|to) ?[.:,]", text), (step.name, text)


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_titles_and_sentences_name_the_steps_quantity(example: Example) -> None:
    for step, name, words in walk(example):
        quantity = step.name.removeprefix("∂E/∂").removesuffix("⁺")
        assert re.search(rf"(?<!\w){quantity}(?!\w)", words), (step.name, words)
        if step.phase != "check":
            assert re.search(rf"(?<!\w){quantity}(?!\w)", name), (step.name, name)


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_titles_of_an_iteration_tell_its_steps_apart(example: Example) -> None:
    titles = [name for _, name, _ in walk(example)]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_the_numbers_in_a_sentence_are_the_steps_own(example: Example) -> None:
    iteration = example.trace()
    for step, _, words in walk(example):
        numbers = [float(Fraction(text.replace("−", "-"))) for text in NUMBER.findall(words)]
        assert float(f"{step.value:.7g}") in numbers, (step.name, words)
        for name, value in step.operands.items():
            if step.phase != "backward" and "ln" not in words:
                digits = [float(f"{value:.{room}g}") for room in range(7, 18)]
                assert any(digit in numbers for digit in digits), (step.name, name, words)
    assert iteration.overflow is None


def test_before_the_first_step_nothing_is_computed() -> None:
    for example in EXAMPLES.values():
        iteration = example.trace()
        assert title(iteration, 0)
        assert "Nothing is computed yet" in sentence(iteration, 0)
        assert iteration.steps[0].name in sentence(iteration, 0)


def test_directions_follow_the_signs() -> None:
    for example in EXAMPLES.values():
        for step, _, words in walk(example):
            if step.name.startswith("∂E/∂"):
                sign = "positive" if step.value > 0 else "negative"
                assert f"It is {sign}: E falls when" in words, step.name
                assert ("falls." if step.value > 0 else "grows.") in words, step.name


def test_a_zero_gradient_says_so() -> None:
    words = {step.name: words for step, _, words in walk(LEVEL)}
    assert "It is zero" in words["∂E/∂w1"]
    assert "w1 stays as it is" in words["w1⁺"]
    assert "it did not change" in words["E⁺"]


def test_overflow_is_told_in_words_and_no_later_step_has_a_number() -> None:
    steps = walk(DIVERGING)
    assert steps[0][0].name == "ŷ"
    assert TOO_LARGE in steps[0][2]
    for step, _, words in steps[1:]:
        assert "is not computed: the error has diverged" in words, step.name
        assert "ŷ" in words
    for step, _, words in steps:
        bare = words.replace("64-bit", "").replace(step.name, "")
        assert not re.search(r"\d|\b(nan|inf)\b", bare), words
