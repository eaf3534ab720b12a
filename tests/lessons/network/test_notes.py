"""Notes on the sources: each example has its own, and the numbers in them are right."""

import re

import pytest

import nnviz
from nnviz.presets import PRESETS
from nnviz.text import say
from tests.asking import link, then


@pytest.mark.parametrize("preset", PRESETS)
def test_each_example_has_its_notes(preset: str) -> None:
    notes = link({"preset": preset})["panels"]["source"]
    assert re.findall("<p>(.*?)</p>", notes) == [say(f"note.{key}") for key in PRESETS[preset].notes]


def test_a_network_of_ones_own_has_none() -> None:
    home = link({})
    assert "hyperparameter" in home["panels"]["source"]
    changed = then(home, {"layer1-neurons": "3"}, panels=home["panels"]["key"])
    assert changed["panels"]["source"] == ""


def numbers(key: str) -> list[float]:
    return [float(text) for text in re.findall(r"(?<![\w.])\d+\.\d+", say(f"note.{key}"))]


def test_the_second_forward_pass_of_the_post() -> None:
    w1, w2, w3, w4, h1, h2 = numbers("copied-operands")
    assert (round(2 * w1 + 3 * w2, 2), round(2 * w3 + 3 * w4, 2)) == (h1, h2) == (0.93, 0.56)
    printed, first, w5, second, w6, product, exact = numbers("rounded-output")
    assert round(first * w5 + second * w6, 4) == product != printed
    home = PRESETS["2-2-1"]
    after = nnviz.trace(home.network, home.inputs, home.targets, home.learning_rate).network
    assert after is not None
    assert round(float(nnviz.predict(after, home.inputs)[0][0]), 4) == exact


def test_up_rather_than_down() -> None:
    assert numbers("up-or-down")[:3] == [0.8, 0.9, 0.7]
    made_up, b, *told = numbers("up-or-down")[3:]
    assert (made_up, b) == (123.45, 0.5)
    assert [(at, round((at * 42 + b - 107.6) ** 2, 2)) for at in told[1::2]] == list(
        zip(told[1::2], told[::2], strict=True)
    )


def test_the_program_with_the_output_for_the_input_ends_where_the_note_says() -> None:
    w = b = 0.5
    samples = [(float(c), c * 9 / 5 + 32) for c in range(-50, 50)]
    start, rate, at, end = numbers("output-for-input")
    assert start == w
    for _ in range(10_000):
        outputs = [w * c + b for c, _ in samples]
        slopes = [2 * (output - f) / len(samples) for output, (_, f) in zip(outputs, samples, strict=True)]
        w, b = w - rate * sum(s * o for s, o in zip(slopes, outputs, strict=True)), b - rate * sum(slopes)
    assert (round(w, 3), round(b, 2)) == (at, end)


def test_a_half_in_front_of_the_loss_leaves_the_minimum_where_it_is() -> None:
    text = say("note.half-of-mean")
    assert "half of one with 1/N" in text
    least = [min(range(-40, 41), key=lambda x: factor * ((x / 10 - 1) ** 2 + (x / 10 - 2) ** 2)) for factor in (0.5, 1)]
    assert least[0] == least[1] == 15
