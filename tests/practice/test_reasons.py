"""Why a number is right is said in a few words, of every rule, with the names of the network."""

import pytest

import nnviz
from nnviz.practice.reasons import reason
from nnviz.presets import PRESETS
from tests.examples import MAZUR_WITH_BIASES

EXAMPLE = MAZUR_WITH_BIASES
PLAN = nnviz.trace(EXAMPLE.network, EXAMPLE.inputs, EXAMPLE.targets, EXAMPLE.learning_rate).plan


@pytest.mark.parametrize(
    ("id_", "words"),
    [
        ("z1", "each input times its weight, added up, and the bias"),
        ("h1", "the activation of z1"),
        ("E", "how far the output is from its target, by the rule of E"),
        ("dE/dyhat1", "the derivative of E by ŷ1, ŷ1 − y1"),
        ("dE/dz3", "the gradient of ŷ1 times the slope of the activation at z3"),
        ("dE/dw5", "the gradient of z3 times the input h1"),
        ("dE/db3", "that of z3, which the bias moves one to one"),
        ("dE/dh1", "the gradients behind h1, each times the weight to it, added up"),
        ("dE/dw2", "the gradient of z1 times the input x2"),
        ("w5+", "w5 minus α times its gradient"),
        ("yhat1+", "the activation of z3⁺"),
    ],
)
def test_a_rule_is_told_by_what_it_is_made_of(id_: str, words: str) -> None:
    assert reason(PLAN, id_) == words


def test_with_one_neuron_behind_it_a_neuron_has_one_weight() -> None:
    p = PRESETS["2-2-1"]
    plan = nnviz.trace(p.network, p.inputs, p.targets, p.learning_rate).plan
    assert reason(plan, "dE/dh2") == "the gradient of ŷ times the weight w6"


@pytest.mark.parametrize("preset", PRESETS)
def test_every_step_has_a_reason(preset: str) -> None:
    p = PRESETS[preset]
    plan = nnviz.trace(p.network, p.inputs, p.targets, p.learning_rate).plan
    assert all(reason(plan, rule.quantity.id) for rule in plan.rules)


def test_what_is_a_part_of_a_rule_has_none() -> None:
    assert reason(PLAN, "x1·w1") == ""
