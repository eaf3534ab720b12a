"""A reader's own numbers on the page: what became of each, the first wrong line, and the mistake that explains it."""

import html
import re

from nnviz.lessons.network.own_numbers import LONGEST
from tests.asking import Json, link, then

WRONG_INPUTS = "h1 = 0.85\nh2 = 0.48\nŷ = 0.191\n∂E/∂ŷ = -0.809\n∂E/∂w5 = -0.388\n∂E/∂w6 = -0.688"


def answered(text: str, typed: dict[str, str] | None = None) -> Json:
    home: Json = link(typed or {})
    found = then(home, numbers=text)["numbers"]
    assert isinstance(found, dict)
    return found


def told(text: str, typed: dict[str, str] | None = None) -> str:
    """Return what the page says of numbers, without its tags and without what formulas have between their signs."""
    found = re.sub("</math> <math>", "", answered(text, typed)["html"])
    found = re.sub("<math>.*?</math>", lambda math: re.sub("<[^>]+>", "", math[0]), found)
    return re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]+>", " ", found)))


def marked(text: str, typed: dict[str, str] | None = None) -> list[str]:
    """Return what is marked in the formulas, as text."""
    found = re.findall(r'<mrow class="differs">(.*?)</mrow>(?=<m|</math|</m)', answered(text, typed)["html"])
    return [re.sub("<[^>]+>", "", one) for one in found]


def test_right_numbers_are_said_to_be() -> None:
    words = told("h1 = 0,85\nh2 = 0,48\nŷ = 0,191")
    assert "3 numbers, and nothing is wrong." in words
    assert "h1 0,85 0.85 0.85 right: each input times its weight, added up" in words


def test_the_first_wrong_line_its_mistake_and_both_calculations_are_told() -> None:
    words = told(WRONG_INPUTS)
    assert "The first line that is wrong is ∂E/∂w5. Wrong in all: 2." in words
    assert "the input of another weight" in words
    assert "yours ∂E∂w5=∂E∂ŷ·h2=−0.809·0.48=−0.38832" in words
    assert "as it is ∂E∂w5=∂E∂ŷ·h1=−0.809·0.85=−0.68765" in words
    assert "What differs is marked: h2 where h1 belongs." in words


def test_what_differs_is_marked_in_both_calculations_in_the_picture_and_in_the_table() -> None:
    assert marked(WRONG_INPUTS) == ["h2", "0.48", "h1", "0.85"]
    found = answered(WRONG_INPUTS)
    assert found["html"].count('data-at="neuron-1-1-0"') == 2
    assert found["html"].count('data-at="neuron-1-0-0"') == 1
    assert "dyhat/dw5" in found["names"]
    pointing = link({})["figure"]["pointing"]
    [rings] = found["marks"]["data"]
    for place in ("neuron-1-0-0", "neuron-1-1-0"):
        [ring] = pointing[place]["data"]
        assert (ring["x"][0], ring["y"][0]) in zip(rings["x"], rings["y"], strict=True)
    assert set(rings["marker"]["opacity"]) == {1}
    assert found["marks"]["traces"] == pointing[""]["traces"]


def test_what_was_left_out_and_another_sign_are_marked() -> None:
    mazur = {"preset": "mazur"}
    assert marked("z1 = 0.0275; z2 = 0.0425", mazur) == ["b1", "0.35"]
    assert "What differs is marked: b1 is left out." in told("z1 = 0.0275; z2 = 0.0425", mazur)
    plus = "w5⁺ = 0.10561750; w6⁺ = 0.130584; w1⁺ = 0.098674"
    assert marked(f"∂E/∂w5 = -0.68765; ∂E/∂w6 = -0.38832; {plus}") == ["+", "+", "−", "−"]
    assert "What differs is marked." in told(f"∂E/∂w5 = -0.68765; ∂E/∂w6 = -0.38832; {plus}")


def test_several_that_differ_are_listed() -> None:
    back = "∂E/∂ŷ1 = 0.7414; ∂E/∂ŷ2 = -0.2171; ∂E/∂z3 = 0.1385; ∂E/∂z4 = -0.03810; ∂E/∂h1 = 0.1004; ∂E/∂h2 = 0.1004"
    assert "w5 and w7 are left out" in told(back, {"preset": "mazur"})
    z = "∂E/∂ŷ1 = 0.7414; ∂E/∂ŷ2 = -0.2171; ∂E/∂z3 = 0.7414; ∂E/∂z4 = -0.2171"
    assert "ŷ1·(1 − ŷ1) is left out" in told(z, {"preset": "mazur"})


def test_where_no_mistake_is_known_nothing_is_marked() -> None:
    assert marked("h1 = 0.9371") == []
    found = answered("h1 = 0.9371")
    assert (found["names"], found["marks"]) == ([], None)


def test_an_error_is_charged_once_and_the_rest_is_carried() -> None:
    words = told("h1 = 0.95; h2 = 0.48; ŷ = 0.205; ∂E/∂ŷ = -0.795")
    assert "The first line that is wrong is h1." in words
    assert "right as such: 2" in words
    assert "carried: right from your own earlier numbers (each input times its weight, added up)" in words
    assert "carried: right from your own earlier numbers (the derivative of E by ŷ, ŷ − y)" in words


def test_digits_that_a_mistake_would_have_too_are_asked_for_more() -> None:
    """w1⁺ is 0.11 + 0.004·0.22652 = 0.110906; with the ½ of E kept in its derivative it would be 0.110453."""
    words = told("w1⁺ = 0.1105", {"rate": "0.004"})
    assert "right as far as its digits go; but a mistake would give the same ones, so write one or two more" in words
    assert "1 number, and nothing is wrong. More digits are needed: 1." in words


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
