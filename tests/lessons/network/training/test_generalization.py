"""What a test says of training: that what is learned holds for new samples, or is learned by heart; else nothing."""

import numpy as np
import pytest

import nnviz
from nnviz.algebra.rounding import approximately
from nnviz.engine.batches import Batches
from nnviz.lessons.network.links import opened
from nnviz.lessons.network.own_network import setup_of
from nnviz.lessons.network.setup import Setup, of_preset
from nnviz.lessons.network.training.generalization import judged
from nnviz.lessons.network.training.loss_history import Curve
from nnviz.lessons.network.training.verdict import error_name, verdict
from tests.training import run
from tests.training_requests import EMPTY, go_on, run_of, train

FALL, RISE = "Both losses have fallen", "learns its samples by heart (overfitting)"
SPLIT = nnviz.Split(0.3, seed=1)


def noisy(batches: nnviz.Batches = Batches(), rate: float = 0.3) -> Setup:  # noqa: B008 (frozen)
    """Return a network with far more weights than its few samples, whose classes are half noise, can tell apart."""
    rng = np.random.default_rng(3)
    x = rng.normal(size=(40, 2))
    y = (x[:, :1] * x[:, 1:] + 0.6 * rng.normal(size=(40, 1)) > 0).astype(float)
    layers = [
        nnviz.Layer(rng.normal(size=(10, 2)), np.zeros(10), "tanh"),
        nnviz.Layer(rng.normal(size=(1, 10)), [0.0], "sigmoid"),
    ]
    return setup_of(nnviz.Network(layers, "binary_cross_entropy"), x, y, rate, batches=batches, split=SPLIT)


def test_what_is_learned_by_heart_is_said_with_where_it_was_best() -> None:
    setup = noisy()
    parts = SPLIT.parts(setup.inputs, setup.targets)
    tests = nnviz.train(
        setup.network, parts.inputs, parts.targets, 0.3, 100,
        test_inputs=parts.test_inputs, test_targets=parts.test_targets,
    ).test_losses  # fmt: skip
    words = verdict(setup, run(setup, 100))
    assert words.startswith("Trained up to iteration 101: training loss ≈ ")
    assert f"On the 12 samples kept apart: test loss {approximately(tests[-1])}." in words
    lowest = tests.index(min(tests))
    assert f"as low as {approximately(tests[lowest])} at iteration {lowest + 1}, and has risen" in words
    assert RISE in words
    assert FALL not in words


def test_a_line_that_samples_lie_on_holds_for_others_too() -> None:
    setup = of_preset("fahrenheit").with_split(SPLIT)
    words = verdict(setup, run(setup, 50))
    assert "On the 30 samples kept apart: test loss ≈ " in words
    assert words.endswith(
        "Both losses have fallen: what the network has learned holds for samples that it has not seen, too."
    )


def test_before_any_training_nothing_is_judged_and_without_a_test_nothing_is_said() -> None:
    setup = of_preset("fahrenheit").with_split(SPLIT)
    celsius = np.array(setup.test.inputs)
    first = float((((0.5 * celsius + 0.5) - (1.8 * celsius + 32)) ** 2).mean())
    assert verdict(setup, run(setup, 0)).endswith(f"test loss {approximately(first)}.")
    assert "test" not in verdict(of_preset("fahrenheit"), run(of_preset("fahrenheit"), 50))


DOWN = [float(loss) for loss in range(40, 10, -1)]  # of 30 iterations
VALLEY = [20, 18, 16, 14, 12, 10, *(10 + step for step in range(1, 25))]  # lowest at iteration 6
LATE = [*(40 - step for step in range(20)), *(21 + step for step in range(10))]  # lowest at iteration 20
SWUNG = [20, 12, 25, *VALLEY[3:]]  # before its lowest it rose as far as ever after
SWAYING = [*VALLEY[:15], *(10 + step for step in range(1, 16))]  # since its lowest it fell by more than half its rise
UP_AGAIN = [*DOWN[:15], *(loss + 10 for loss in DOWN[15:])]  # rises by 9 between, and has fallen by 15 since 6


@pytest.mark.parametrize(
    ("trained", "tested", "words"),
    [
        ([9, 5, 2], [9, 6, 3], FALL),
        (DOWN, VALLEY, RISE),
        (DOWN, sorted(VALLEY), RISE),  # it has risen from the start on
        (DOWN, LATE, ""),  # for a third of the run
        (DOWN[:9], VALLEY[5:14], ""),  # for 8 iterations
        (DOWN, SWUNG, ""),
        (DOWN, SWAYING, ""),
        (UP_AGAIN, VALLEY, ""),
        (DOWN[::-1], VALLEY, ""),  # both rise: that is no learning by heart
        ([*DOWN[:5], *[35.0] * 24, 34.9], VALLEY, ""),  # the training loss stands
        ([9, 9, 9], [9, 6, 3], ""),  # by chance
        ([9, 5, 2], [9, 9, 9], ""),
        ([9, 1, 0], [9, 8, 8], ""),  # far less than the training loss
        ([9, 5, 2], [9, 3, 3.1], FALL),  # hardly risen
        ([9, 1e-9, 1e-20], [9, 1e-20, 3e-20], FALL),  # rounding
        ([9], [9], ""),
    ],
    ids=str,
)
def test_only_what_the_curves_show_is_said(trained: list[float], tested: list[float], words: str) -> None:
    iterations = tuple(range(1, 1 + len(trained)))
    curves = Curve(iterations, tuple(tested)), Curve(iterations, tuple(trained))
    found = judged(*curves, tested[-1], has_room=True)
    assert (words in found) if words else found == ""
    assert RISE not in judged(*curves, tested[-1], has_room=False)


def test_the_training_loss_is_that_where_the_test_loss_was_lowest_and_no_later_one() -> None:
    """It was looked at in iterations 1, 9 and 30 alone: that of iteration 6 is not known."""
    tested = Curve(tuple(range(1, 31)), tuple(VALLEY))
    assert judged(tested, Curve((1, 9, 30), (40, 32, 11)), VALLEY[-1], has_room=True) == ""
    assert RISE in judged(tested, Curve((1, 6, 9, 30), (40, 35, 32, 11)), VALLEY[-1], has_room=True)


@pytest.mark.parametrize("iterations", [9, 10, 11, 30])
def test_a_line_that_swings_learns_nothing_by_heart(iterations: int) -> None:
    setup = of_preset("fahrenheit").with_split(nnviz.Split(0.2, seed=2))
    words = verdict(setup, run(setup, iterations))
    assert RISE not in words
    assert "On the 20 samples kept apart: test loss ≈ " in words


@pytest.mark.parametrize("iterations", [98, 99, 100])
def test_in_batches_a_loss_that_swings_is_no_learning_by_heart(iterations: int) -> None:
    texts = {"preset": "fahrenheit", "split": "20 1", "batches": "7 shuffled 3", "weight-decay": "0.01"}
    setup, problems = opened(texts | {"optimizer": "momentum"})
    assert not problems
    assert RISE not in verdict(setup, run(setup, iterations))


def test_of_a_long_run_too_it_is_said_from_what_the_curves_keep() -> None:
    setup = noisy()
    done = run(setup, 2000)
    assert done.curve.at(2) is None
    assert RISE in verdict(setup, done)


def test_with_batches_the_training_loss_is_that_of_all_of_them() -> None:
    setup = noisy(Batches(7, seed=1))
    words = verdict(setup, run(setup, 200))
    done = nnviz.train(setup.network, *setup.training, 0.3, 200, Batches(7, seed=1)).network
    assert f"training loss of all batches {approximately(nnviz.loss(done, *setup.training))}." in words
    assert error_name(setup) == "training loss of the batch"
    assert RISE in words


def test_a_test_loss_that_is_too_large_is_said_to_be() -> None:
    network = nnviz.Network([nnviz.Layer([[1.0]])])
    setup = setup_of(network, [[1]] * 9 + [[1e200]], [[2]] * 10, 0.1)
    tested = next(changed for seed in range(99) if 9 in (changed := setup.with_split(nnviz.Split(0.1, seed))).parts[1])
    assert verdict(tested, run(tested, 5)).endswith("The test loss is too large for a number.")


def test_from_slice_to_slice_the_test_goes_on_and_is_drawn_with_its_name() -> None:
    run_ = run_of("fahrenheit", split="30 1")
    first = train(run=run_, count="900000")
    assert first["end"] == "goes-on"
    assert len(first["tested"]["iterations"]) > 100
    known = {name: first[name] for name in ("curve", "overall", "tested")}
    later = go_on(first, run=run_ | known, goal=first["at"] + 1)
    assert later["tested"]["iterations"][:100] == first["tested"]["iterations"][:100]
    assert later["tested"]["iterations"][-1] == first["at"] + 1
    *_, mine, _, tested = later["chart"]["data"]
    assert (mine["name"], tested["name"]) == ("training loss", "test loss")
    assert (tested["x"], tested["y"]) == (later["tested"]["iterations"], later["tested"]["losses"])
    assert later["chart"]["layout"]["showlegend"]
    plain = train(run=run_of("fahrenheit"), count="10")
    assert plain["tested"] == EMPTY
    assert not plain["chart"]["layout"]["showlegend"]


def test_beside_another_run_both_keep_their_names() -> None:
    reply = train(run=run_of("fahrenheit", split="30 1"), other=run_of("fahrenheit"), count="10")
    names = [line["name"] for line in reply["chart"]["data"] if line.get("name")]
    assert names == ["Other run: kept apart (%) 0", "This run: kept apart (%) 30, seed 1", "test loss"]


def test_with_a_given_gradient_nothing_is_judged() -> None:
    network = nnviz.Network([nnviz.Layer([[0.0]], [0.0])], "upstream_gradient")
    setup = setup_of(network, [[1.0]] * 10, [[1.0]] * 10, 0.1, split=SPLIT)
    words = verdict(setup, run(setup, 20))
    assert "On the 3 samples kept apart: test loss = −" in words
    assert FALL not in words
