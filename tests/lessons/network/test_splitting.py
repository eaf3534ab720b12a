"""Samples kept apart for a test on the page: what may be set of it, and that no step and no training uses them."""

import json

import numpy as np
import pytest

import nnviz
from nnviz.algebra.rounding import approximately
from nnviz.engine.split import NO_SPLIT
from nnviz.lessons.network.fields import edited, form
from nnviz.lessons.network.links import in_full, in_link, opened, pressed
from nnviz.lessons.network.own_network import setup_of
from nnviz.lessons.network.run import run_at
from nnviz.lessons.network.setup import Setup, of_preset
from nnviz.lessons.network.training.stopping import GRADIENT, Goal
from nnviz.lessons.network.training.verdict import verdict
from tests.asking import Json, ask, link
from tests.flowers import FLOWERS, NUMBERS
from tests.training import run

HOME, CELSIUS, FLOWER = of_preset("2-2-1"), of_preset("fahrenheit"), pressed(of_preset("2-2-1"), "csv-columns", FLOWERS)


def chosen(setup: Setup, **typed: str) -> Setup:
    found, problems = edited(setup, {key.replace("_", "-"): text for key, text in typed.items()}, form(setup))
    assert not problems
    return found


def test_the_share_and_the_seed_say_which_samples_are_kept_apart() -> None:
    setup = chosen(chosen(CELSIUS, test_share="20"), test_seed="7")
    assert setup.split == nnviz.Split(0.2, seed=7)
    trained, tested = setup.parts
    assert (len(trained), len(tested)) == (80, 20)
    assert setup.test.inputs == tuple(CELSIUS.inputs[at] for at in tested)
    assert setup.training.targets == tuple(CELSIUS.targets[at] for at in trained)
    assert (setup.inputs, setup.targets) == (CELSIUS.inputs, CELSIUS.targets)
    assert chosen(setup, test_share="0") == CELSIUS


@pytest.mark.parametrize("text", ["5", "51", "-10", "ten", "12.5", ""])
def test_other_shares_are_refused_with_what_is_allowed(text: str) -> None:
    found, problems = edited(CELSIUS, {"test-share": text}, form(CELSIUS))
    assert found == CELSIUS
    assert problems == {"test-share": "Allowed are 0, for no test, and whole numbers from 10 to 50."}


def test_one_sample_cannot_be_kept_apart() -> None:
    assert not {"test-share", "test-seed"} & form(HOME).texts(HOME).keys()
    assert opened({"split": "20 1"})[0].split == NO_SPLIT
    keys = form(CELSIUS).texts(CELSIUS).keys()
    assert "test-share" in keys
    assert "test-seed" not in keys


def test_links_and_files_hold_it_and_plain_ones_stay_as_they_were() -> None:
    setup = chosen(CELSIUS, test_share="30")
    assert in_full(setup)["split"] == in_link(setup)["split"] == "30 1"
    for texts in (in_full(setup), in_link(setup)):
        assert opened(texts) == (setup, {})
    assert "split" not in in_link(CELSIUS)
    assert opened({key: text for key, text in in_full(CELSIUS).items() if key != "split"}) == (CELSIUS, {})


@pytest.mark.parametrize("text", ["20", "20 1 2", "a b", "five 1", "9 1", "20 -1"])
def test_a_split_in_a_link_that_is_none_is_refused(text: str) -> None:
    setup, problems = opened({"preset": "fahrenheit", "split": text})
    assert setup == CELSIUS
    assert problems.keys() == {"split"}


def test_a_step_shows_and_sums_over_samples_that_are_trained_on() -> None:
    setup = chosen(CELSIUS, test_share="50")
    iteration = run_at(setup, 1)
    assert iteration.samples == setup.parts[0]
    right = nnviz.loss(setup.network, *setup.training)
    assert float(iteration.iteration.values["E"]) == right
    assert setup.sample in setup.parts[0]
    batched = run_at(setup.with_batches(nnviz.Batches(20, seed=1)), 3)
    last_of_epoch = nnviz.Batches(20, seed=1).of(3, 50)
    assert last_of_epoch is not None
    assert batched.samples == tuple(setup.parts[0][number] for number in last_of_epoch)
    assert len(batched.samples) == 10


def test_a_sample_of_the_test_is_not_shown() -> None:
    setup = chosen(CELSIUS, test_share="20")
    first = setup.parts[1][0] + 1
    _, problems = edited(setup, {"sample": str(first)}, form(setup))
    assert problems == {"sample": f"Sample {first} is kept apart for the test, so no step uses it. Choose another one."}
    shown = chosen(CELSIUS, sample=str(first))
    assert chosen(shown, test_share="20").sample == min(at for at in setup.parts[0] if at >= first)
    last = chosen(CELSIUS, sample="100")
    for seed in range(40):
        moved = last.with_split(nnviz.Split(0.5, seed))
        assert moved.sample == max(moved.parts[0])


def test_batches_and_samples_that_come_and_go_keep_to_the_rest() -> None:
    setup = chosen(CELSIUS, test_share="50", batch_size="50")
    assert setup.batches.size is None, "all fifty are no batch"
    assert chosen(CELSIUS, test_share="50", batch_size="49").batches.size == 49
    for action in ("add-sample", "remove-sample"):
        changed = pressed(setup, action, "")
        assert changed.sample in changed.parts[0]
        assert len(changed.parts[0]) + len(changed.parts[1]) == len(changed.inputs)


def test_training_has_the_bits_of_training_on_the_rest_and_tests_the_others() -> None:
    setup = chosen(chosen(CELSIUS, test_share="20"), test_seed="3")
    parts = nnviz.Split(0.2, seed=3).parts(CELSIUS.inputs, CELSIUS.targets)
    history = nnviz.train(
        setup.network, parts.inputs, parts.targets, setup.rate, 300,
        test_inputs=parts.test_inputs, test_targets=parts.test_targets,
    )  # fmt: skip
    done = run(setup, 300)
    assert done.error == history.losses[-1]
    assert done.curve.at(301) == history.losses[300]
    found = dict(zip(done.tested.iterations, done.tested.losses, strict=True))
    assert {1, 2, 3, 100, 301} <= found.keys()
    assert all(error == history.test_losses[number - 1] for number, error in found.items())
    assert run(CELSIUS, 300).tested.iterations == ()


def test_scaling_is_by_the_samples_that_are_trained_on() -> None:
    setup = chosen(chosen(FLOWER, test_share="50", scale="deviation"), test_seed="4")
    given, seen = np.array(NUMBERS), np.array(NUMBERS)[list(setup.parts[0])]
    assert len(seen) == 3
    assert np.array(setup.inputs) == pytest.approx((given - seen.mean(axis=0)) / seen.std(axis=0))
    assert (
        "mean and standard deviation of the samples that are trained on, about" in answer(setup)["panels"]["settings"]
    )
    assert "standard deviation, about" in answer(chosen(setup, test_share="0"))["panels"]["settings"]
    assert opened(in_full(setup)) == (setup, {})
    assert chosen(setup, test_share="0", scale="none").inputs == FLOWER.inputs


def answer(setup: Setup, **changes: object) -> Json:
    return ask(typed={}, kept=in_full(setup), **changes)


def test_the_page_marks_what_is_kept_apart() -> None:
    setup = chosen(CELSIUS, test_share="20")
    shown = answer(setup, views=["predictions"])
    first = next(at for at in setup.parts[1] if at < 10) + 1
    settings = shown["panels"]["settings"]
    assert f'<th scope="row">{first} test</th>' in settings
    assert f'data-sample="{first}"' not in settings
    assert settings.count("data-sample=") == sum(at < 10 for at in setup.parts[0])
    assert shown["views"][0]["meta"].endswith("of 100, 20 of them kept apart")
    assert json.dumps(shown["predictions"]["figure"]).count("kept apart for the test") == 20


def test_an_exercise_has_one_sample_and_no_test() -> None:
    assert pressed(chosen(CELSIUS, test_share="20"), "exercise", "7").split == NO_SPLIT


def test_what_is_said_of_all_that_are_trained_on_is_not_said_of_all_samples() -> None:
    surface = link({"preset": "fahrenheit", "split": "20 2"}, views=["loss_surface"])["loss_surface"]
    parts = CELSIUS.with_split(nnviz.Split(0.2, seed=2)).training
    error = approximately(nnviz.loss(CELSIUS.network, *parts))
    assert f"; for all samples that are trained on E {error}. " in surface["words"]
    whole = link({"preset": "fahrenheit"}, views=["loss_surface"])["loss_surface"]["words"]
    assert "; for all samples E = 2359.915. " in whole


def test_right_and_dead_is_said_of_the_samples_that_are_trained_on() -> None:
    inputs, targets = [[1.0], [2.0], [3.0], [-4.0]], [[1.0], [1.0], [1.0], [0.0]]
    wide = nnviz.Network([nnviz.Layer([[40.0]], [0.0], "sigmoid")], "binary_cross_entropy")
    right = setup_of(wide, inputs, targets, 1e-9, split=nnviz.Split(0.5, seed=1))
    words = verdict(right, run(right, 1500), Goal(1501, 1e-3, GRADIENT))
    assert "Every sample that is trained on is classified correctly" in words
    layers = [nnviz.Layer([[-1.0], [1.0]], [0.0, 0.0], "relu"), nnviz.Layer([[1.0, 1.0]])]
    seed = next(s for s in range(99) if right.with_split(nnviz.Split(0.3, s)).parts[1] == (3,))
    dead = setup_of(nnviz.Network(layers), inputs, targets, 1e-4, split=nnviz.Split(0.3, seed))
    assert "h1 is dead: 0 for every sample that is trained on, so" in verdict(dead, run(dead, 5))
