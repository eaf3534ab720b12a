"""What is said of an example: a hint that is true of the numbers that are there, and a source with its address."""

import re
from dataclasses import replace

import pytest

from nnviz.engine.manner import Manner
from nnviz.lessons.descent.lesson import Descent
from nnviz.lessons.descent.setup import on_curve
from nnviz.lessons.network.lesson import Backpropagation
from nnviz.lessons.network.setup import Setup, of_preset
from nnviz.lessons.sigmoid.lesson import Sigmoid, SigmoidSetup
from nnviz.player.sources import ADDRESSES
from nnviz.presets import PRESETS
from nnviz.text import say


def about(setup: Setup) -> str:
    return "".join(text for text, _ in Backpropagation().about(setup))


@pytest.mark.parametrize("preset", PRESETS)
def test_the_hint_of_an_example_is_said_only_while_its_numbers_are_there(preset: str) -> None:
    setup, look = of_preset(preset), say(f"preset.{preset}.look")
    for same in (setup, replace(setup, manner=Manner("term", "indexed", in_place=True)), replace(setup, sample=0)):
        assert about(same).startswith(look)
    first, *others = setup.weights
    rows = ((setup.inputs[0][0] + 1, *setup.inputs[0][1:]), *setup.inputs[1:])
    for other in (
        replace(setup, weights=(first + 1, *others)),
        replace(setup, rate=2 * setup.rate),
        replace(setup, inputs=rows),
        replace(setup, targets=tuple((0.25,) * len(row) for row in setup.targets)),
    ):
        assert look not in about(other)
        assert say(f"preset.{preset}.name") in about(other)


@pytest.mark.parametrize(
    ("preset", "name", "address"),
    [("2-2-1", "Backpropagation Step by Step", "https://hmkcode.com/ai/backpropagation-step-by-step/"),
     ("mazur", "Matt Mazur", "https://mattmazur.com/2015/03/17/a-step-by-step-backpropagation-example/")],
)  # fmt: skip
def test_a_source_is_named_with_its_address(preset: str, name: str, address: str) -> None:
    [cited] = [text for text, link in Backpropagation().about(of_preset(preset)) if link == address]
    assert name in cited


def test_addresses_are_of_the_web_and_every_source_is_cited() -> None:
    assert all(re.fullmatch(r"https://[\w.-]+/\S*|", address) for address in ADDRESSES.values())
    pages = [Backpropagation().about(of_preset(key)) for key in PRESETS]
    pages += [Descent().about(on_curve("parabola")), Sigmoid().about(SigmoidSetup())]
    cited = {text for page in pages for text, _ in page}
    assert {say(f"source.{key}") for key in ADDRESSES} <= cited
    links = {link for page in pages for _, link in page if link}
    assert links == {address for address in ADDRESSES.values() if address}


def test_targets_of_fahrenheit_are_those_of_the_program() -> None:
    samples = dict(zip(PRESETS["fahrenheit"].inputs, PRESETS["fahrenheit"].targets, strict=True))
    assert str(samples[42.0,]) == "(107.6,)"
