"""A reader's own numbers on the page: what became of each, the first wrong line, and the mistake that explains it."""

import html
import re

from nnviz.lessons.network.own_numbers import LONGEST
from tests.asking import Json, link, then


def told(text: str, typed: dict[str, str] | None = None) -> str:
    """Return what the page says of numbers, without its tags."""
    home: Json = link(typed or {})
    found = then(home, numbers=text)["numbers"]
    assert isinstance(found, str)
    return re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]+>", " ", found)))


def test_right_numbers_are_said_to_be() -> None:
    words = told("h1 = 0,85\nh2 = 0,48\nŷ = 0,191")
    assert "3 numbers, and nothing is wrong." in words
    assert "h1 0,85 0.85 0.85 right" in words


def test_the_first_wrong_line_its_mistake_and_both_calculations_are_told() -> None:
    words = told("h1 = 0.85\nh2 = 0.48\nŷ = 0.191\n∂E/∂ŷ = -0.809\n∂E/∂w5 = -0.388\n∂E/∂w6 = -0.688")
    assert "The first line that is wrong is ∂E/∂w5. Wrong in all: 2." in words
    assert "the input of another weight" in words
    assert "yours ∂E/∂w5 = ∂E/∂ŷ·h2 = −0.809·0.48 = −0.38832" in words
    assert "as it is ∂E/∂w5 = ∂E/∂ŷ·∂ŷ/∂w5 = −0.809·0.85 = −0.68765" in words


def test_an_error_is_charged_once_and_the_rest_is_carried() -> None:
    words = told("h1 = 0.95; h2 = 0.48; ŷ = 0.205; ∂E/∂ŷ = -0.795")
    assert "The first line that is wrong is h1." in words
    assert "right as such: 2" in words
    assert "carried: right from your own earlier numbers" in words


def test_digits_that_a_mistake_would_have_too_are_asked_for_more() -> None:
    """w1⁺ is 0.11 + 0.004·0.22652 = 0.110906; with the ½ of E kept in its derivative it would be 0.110453."""
    words = told("w1⁺ = 0.1105", {"rate": "0.004"})
    assert "right as far as its digits go; but a mistake would give the same ones, so write one or two more" in words
    assert "1 number, and nothing is wrong; 1 of them needs more digits." in words


def test_what_cannot_be_read_is_told_and_the_rest_is_checked() -> None:
    words = told("h1 = 0.85\nfoo = 1\nh2 = <b>x")
    assert "Line 2, “foo = 1”" in words
    assert "Line 3, “h2 = <b>x”" in words
    assert "1 number, and nothing is wrong." in words
    assert "No number could be read." in told("foo = 1")


def test_what_is_too_long_is_refused() -> None:
    assert "20,000 characters" in told("1\n" * LONGEST)


def test_with_several_samples_they_are_those_of_the_one_that_is_shown() -> None:
    words = told("z1 = 0.4", {"preset": "and", "sample": "3"})
    assert "1 number, and nothing is wrong." in words
    assert "wrong is z1" in told("z1 = 0.4", {"preset": "and", "sample": "1"})


def test_a_classic_mistake_that_is_switched_on_is_not_the_yardstick() -> None:
    right = "∂E/∂w5 = -0.68765\n∂E/∂w6 = -0.38832\n∂E/∂w1 = -0.22652"
    assert "nothing is wrong" in told(right, {"update": "output-for-input"})
    assert "the neuron’s own output" in told("∂E/∂ŷ = -0.809; ∂E/∂w5 = -0.154519; ∂E/∂w6 = -0.154519")


def test_which_iteration_and_sample_they_are_checked_by_is_told() -> None:
    assert told("E = 0.327").startswith(" Iteration 1: ")
    assert told("E = 0.327", {"preset": "and", "sample": "3"}).startswith(" Iteration 1, sample 3: ")


def test_of_many_lines_that_cannot_be_read_some_are_told() -> None:
    words = told("foo = 1\n" * 100)
    assert words.count("no step of this iteration") == 10
    assert "90 more lines could not be read." in words


def test_where_none_are_given_nothing_is_said_and_nothing_is_kept() -> None:
    home = link({})
    assert home["numbers"] is None
    assert "h1 = 0.85" not in str(then(home, numbers="h1 = 0.85")["kept"])


def test_in_the_smallest_steps_the_names_are_theirs() -> None:
    assert "nothing is wrong" in told("x1·w1 = 0.22\nh1 = 0.85", {"detail": "term"})
