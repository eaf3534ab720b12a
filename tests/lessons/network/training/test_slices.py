"""Training in slices: published ends, the same bits however it is cut, and what it stops at."""

import base64
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnviz
from nnviz.engine.batches import Batches
from nnviz.engine.manner import Manner
from nnviz.lessons.network.run import run_at
from nnviz.lessons.network.setup import of_preset
from nnviz.lessons.network.training.loss_history import Curve
from nnviz.lessons.network.training.slices import (
    BELOW,
    DIVERGED,
    GOES_ON,
    GROWN,
    REACHED,
    Checkpoint,
    Goal,
    start_of,
    trained,
)
from nnviz.lessons.network.training.verdict import judgement, verdict
from tests.parameters import bits
from tests.training import LONG, run, setup_of, weights

# Against the worked examples


@pytest.mark.parametrize(
    ("preset", "w", "b", "digits"), [("fahrenheit", 1.8, 32.0, 1e-7), ("fahrenheit-slow", 1.797439, 27.735126, 5e-7)]
)
def test_fahrenheit_after_10_000_iterations(preset: str, w: float, b: float, digits: float) -> None:
    done = run(of_preset(preset), 10_000)
    assert done.end == REACHED
    assert done.checkpoints[-1].iteration == 10_001
    assert weights(done) == [pytest.approx(w, abs=digits), pytest.approx(b, abs=digits)]


def test_fahrenheit_with_the_output_for_the_input_looks_trained() -> None:
    setup = setup_of("fahrenheit-slow", manner=Manner(output_for_input=True))
    w, b = weights(run(setup, 10_000))
    assert (f"{w:.3f}", f"{b:.2f}") == ("1.873", "27.78")


def test_fahrenheit_diverges_at_twice_its_rate() -> None:
    done = run(of_preset("fahrenheit-diverges"), 10_000)
    assert done.end == GROWN
    first, last = done.curve.losses[0], done.curve.losses[-1]
    assert last > 1e12 * first
    assert done.checkpoints[-1].iteration == done.curve.iterations[-1] < 100
    [before] = [done.curve.at(done.checkpoints[-1].iteration - 1)]
    assert before is not None
    assert before <= 1e12 * first


@pytest.mark.parametrize(("updates", "printed"), [(0, 0.191), (1, 0.2557457808), (2, 0.3323139301), (3, 0.4193728470)])
def test_the_first_outputs_of_the_home_example(updates: int, printed: float) -> None:
    setup = of_preset("2-2-1")
    network = run(setup, updates).checkpoints[-1].network
    assert nnviz.predict(network, setup.inputs).item() == pytest.approx(printed, abs=5e-11)


def test_xor_that_learns_learns() -> None:
    setup = of_preset("xor-learns")
    done = run(setup, 10_000)
    outputs = nnviz.predict(done.checkpoints[-1].network, setup.inputs)
    assert all(abs(output - target) < 0.01 for [output], [target] in zip(outputs, setup.targets, strict=True))
    assert judgement(setup, done.checkpoints[-1].network, done.curve) == ""


# Slices


BATCHES = st.builds(Batches, st.integers(1, 4), st.none() | st.integers(0, 9))


@given(st.lists(st.integers(1, 120), min_size=1, max_size=4), BATCHES)
def test_slices_of_any_size_give_the_bits_and_the_curve_of_one_run(sizes: list[int], batches: Batches) -> None:
    setup = setup_of("xor-learns", batches=batches)
    whole = run(setup, sum(sizes))
    checkpoint, curve = start_of(setup), Curve()
    for size in sizes:
        done = trained(setup, checkpoint, curve, Goal(checkpoint.iteration + size), LONG)
        checkpoint = Checkpoint.unpacked(setup, done.checkpoints[-1].iteration, done.checkpoints[-1].packed)
        curve = done.curve
    assert (checkpoint.iteration, checkpoint.packed) == (whole.checkpoints[-1].iteration, whole.checkpoints[-1].packed)
    assert curve == whole.curve


def test_a_slice_ends_when_its_time_is_over_and_the_next_one_goes_on() -> None:
    setup = of_preset("xor-learns")
    checkpoint, curve, parts = start_of(setup), Curve(), 0
    while True:
        done = trained(setup, checkpoint, curve, Goal(301), time_budget=0.0)
        checkpoint, curve, parts = done.checkpoints[-1], done.curve, parts + 1
        if done.end != GOES_ON:
            break
        assert checkpoint.iteration == 16 * parts + 1
    assert parts > 10
    assert checkpoint.packed == run(setup, 300).checkpoints[-1].packed
    assert curve == run(setup, 300).curve


def test_every_mark_has_the_weights_of_its_iteration() -> None:
    setup = of_preset("xor-learns")
    done = run(setup, 500)
    numbers = [checkpoint.iteration for checkpoint in done.checkpoints]
    assert numbers == sorted(set(numbers))
    assert numbers[:15] == list(range(2, 17))
    assert all(later - earlier <= max(1, earlier // 8) for earlier, later in pairwise(numbers))
    for checkpoint in done.checkpoints[::7]:
        history = nnviz.train(setup.network, setup.inputs, setup.targets, setup.rate, checkpoint.iteration - 1)
        assert bits(checkpoint.network) == bits(history.network)


@pytest.mark.parametrize("batches", [Batches(), Batches(3, 7)], ids=["all", "in batches"])
@pytest.mark.parametrize("iteration", [2, 16, 17, 100, 333])
def test_the_page_shows_the_iteration_that_training_reached(
    iteration: int, batches: Batches, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnviz.lessons.network.run.TIME_BUDGET", LONG)  # however slow the machine
    setup = setup_of("xor-learns", batches=batches)
    done = run(setup, iteration - 1)
    for checkpoint in (None, done.checkpoints[len(done.checkpoints) // 2], done.checkpoints[-1]):
        shown = run_at(setup, iteration, checkpoint)
        assert shown.number == iteration
        assert bits(shown.iteration.start) == bits(done.checkpoints[-1].network)
        assert float(shown.iteration.values["E"]) == done.curve.losses[-1]


def test_a_mark_behind_the_iteration_is_not_used() -> None:
    setup = of_preset("2-2-1")
    late = run(setup, 20).checkpoints[-1]
    assert bits(run_at(setup, 3, late).iteration.start) == bits(run_at(setup, 3).iteration.start)


def test_marks_keep_every_bit() -> None:
    setup = of_preset("mazur")
    checkpoint = run(setup, 37).checkpoints[-1]
    again = Checkpoint.unpacked(setup, checkpoint.iteration, checkpoint.packed)
    assert (
        again.before == checkpoint.before == nnviz.train(setup.network, setup.inputs, setup.targets, 0.5, 36).losses[36]
    )
    assert Checkpoint.unpacked(setup, 1, start_of(setup).packed).before is None
    assert bits(again.network) == bits(checkpoint.network)
    assert [layer.biases_fixed for layer in again.network.layers] == [True, True]


@pytest.mark.parametrize(
    "packed",
    ["", "x", "AAAA", base64.b64encode(np.full(6, np.nan).tobytes()).decode(),
     base64.b64encode(np.ones(6).tobytes()).decode(), base64.b64encode(np.ones(8).tobytes()).decode()],
)  # fmt: skip
def test_a_mark_that_is_none_of_this_network_is_refused(packed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Checkpoint.unpacked(of_preset("2-2-1"), 2, packed)


# Where it stops


def test_training_stops_as_soon_as_the_error_is_below_a_value() -> None:
    setup = of_preset("xor-learns")
    done = run(setup, 10_000, below=0.1)
    at = done.checkpoints[-1].iteration
    losses = nnviz.train(setup.network, setup.inputs, setup.targets, setup.rate, at).losses
    assert done.end == BELOW
    assert losses[at - 1] < 0.1 <= min(losses[: at - 1])
    assert verdict(setup, done, 0.1).startswith("E is below 0.1 at iteration 423: E")


def test_in_batches_the_error_of_all_samples_is_to_be_below() -> None:
    setup = setup_of("xor-learns", batches=Batches(1, 1))
    done = run(setup, 10_000, below=0.2)
    assert done.end == BELOW
    assert nnviz.loss(done.checkpoints[-1].network, setup.inputs, setup.targets) < 0.2
    assert min(done.curve.losses[:-1]) < 0.2  # a single sample's was so before


def test_training_ends_before_numbers_become_too_large() -> None:
    setup = setup_of("2-2-1", rate=1e200)
    done = run(setup, 100)
    assert done.end == DIVERGED
    assert done.checkpoints[-1].iteration == 1
    shown = run_at(setup, 5)
    assert (shown.number, shown.is_last) == (1, True)
    assert "Diverged" in verdict(setup, done)


def test_where_no_error_is_a_number_there_is_no_curve() -> None:
    setup = setup_of("2-2-1", weights=(1e200,) * 6)
    done = run(setup, 10)
    assert (done.end, done.curve) == (DIVERGED, Curve())
    assert "too large for a number before any training" in verdict(setup, done)


def test_training_in_batches_keeps_the_error_of_all_at_its_marks() -> None:
    setup = setup_of("xor-learns", batches=Batches(1, 1))
    done = run(setup, 300)
    assert done.overall.iterations[0] == 1
    assert set(done.overall.iterations[1:]) == {checkpoint.iteration for checkpoint in done.checkpoints}
    assert done.overall.at(301) == nnviz.loss(done.checkpoints[-1].network, setup.inputs, setup.targets)
    assert run(of_preset("xor-learns"), 300).overall == Curve()
