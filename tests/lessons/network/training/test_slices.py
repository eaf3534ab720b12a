"""Training in slices: published ends, the same bits however it is cut, and what it stops at."""

import base64
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnviz
from nnviz.engine.batches import Batches
from nnviz.engine.constraints import Constraints
from nnviz.engine.manner import PLAIN, Manner, Mistake
from nnviz.lessons.network.run import run_at
from nnviz.lessons.network.setup import Setup, of_preset
from nnviz.lessons.network.training.checkpoint import Checkpoint, start_of
from nnviz.lessons.network.training.loss_history import Curve
from nnviz.lessons.network.training.slices import (
    BELOW,
    DIVERGED,
    GOES_ON,
    GROWN,
    REACHED,
    trained,
)
from nnviz.lessons.network.training.stopping import Goal
from nnviz.lessons.network.training.verdict import judgement, verdict
from nnviz.protocol import Measure
from tests.parameters import bits
from tests.tellings import UPDATES
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
    assert verdict(setup, done, Goal(10_001, 0.1)).startswith("E is below 0.1 at iteration 423: E")


def test_in_batches_the_error_of_all_samples_is_to_be_below() -> None:
    setup = setup_of("xor-learns", batches=Batches(1, 1))
    done = run(setup, 10_000, below=0.2)
    assert done.end == BELOW
    assert nnviz.loss(done.checkpoints[-1].network, setup.inputs, setup.targets) < 0.2
    assert min(done.curve.losses[:-1]) < 0.2  # a single sample's was so before


def largest(setup: Setup, at: int, measure: Measure) -> tuple[float, float]:
    """Return the largest gradient, or step, of an iteration and of the one before it, from their traces."""
    found = []
    for number in (at, at - 1):
        shown = run_at(setup, number).iteration
        of = [f"dE/d{p.id}" if measure == "gradient" else p.id for p in shown.plan.trained]
        values = [float(shown.values[key]) for key in of]
        if measure == "step":
            values = [float(shown.values[f"{key}+"]) - v for key, v in zip(of, values, strict=True)]
        found.append(max(map(abs, values)))
    return found[0], found[1]


@pytest.mark.parametrize("mistake", UPDATES)
@pytest.mark.parametrize(("measure", "bound"), [("gradient", 0.02), ("step", 0.02)])
@pytest.mark.parametrize("time_budget", [LONG, 0.0])
def test_training_stops_as_soon_as_every_gradient_or_step_is_below_a_bound(
    measure: Measure, bound: float, time_budget: float, mistake: Mistake | None
) -> None:
    """However it is cut into slices; in a network some of whose biases are fixed, whose gradients do not count."""
    fixed = replace(of_preset("xor-learns").shape, constraints=Constraints(fixed=("b4",)))
    setup = setup_of(
        "xor-learns", shape=fixed, rate=0.7, manner=PLAIN.with_mistake(mistake), biases=(0.0, 0.0, 0.0, 0.6)
    )
    goal = Goal(3001, bound, measure)
    done = trained(setup, start_of(setup), Curve(), goal, time_budget)
    while done.end == GOES_ON:
        done = trained(setup, done.checkpoints[-1], done.curve, goal, time_budget)
    assert done.end == BELOW
    here, before = largest(setup, done.checkpoints[-1].iteration, measure)
    assert here < bound <= before
    words = verdict(setup, done, goal)
    assert f"at iteration {done.checkpoints[-1].iteration:,} every {measure} is below {bound}, the largest is" in words
    assert f"{here:.7g}" in words


def test_where_training_stopped_it_stops_again_and_goes_on_with_a_smaller_bound() -> None:
    setup = of_preset("fahrenheit")
    done = run(setup, 10_000, 0.01, measure="gradient")
    again = trained(setup, done.checkpoints[-1], done.curve, Goal(10_001, 0.01, "gradient"), LONG)
    assert (again.end, again.checkpoints[-1].iteration) == (BELOW, done.checkpoints[-1].iteration)
    on = trained(setup, done.checkpoints[-1], done.curve, Goal(10_001, 0.001, "gradient"), LONG)
    assert bits(on.checkpoints[-1].network) == bits(
        run(setup, 10_000, 0.001, measure="gradient").checkpoints[-1].network
    )


def test_in_batches_the_gradients_of_all_samples_are_to_be_below() -> None:
    data = {"inputs": ((0.0,), (1.0,)), "targets": ((0.5,), (3.0,))}  # 0.5·0 + 0.5 is right, 0.5·1 + 0.5 is not
    setup = setup_of("fahrenheit", rate=0.1, batches=Batches(1), **data)
    done = run(setup, 10_000, below=0.01, measure="gradient")
    assert done.curve.losses[0] == 0
    assert done.end == BELOW
    [(of_weights, of_biases)] = nnviz.gradients(done.checkpoints[-1].network, setup.inputs, setup.targets)
    assert of_biases is not None
    assert max(abs(of_weights.item()), abs(of_biases.item())) < 0.01
    assert done.checkpoints[-1].iteration > 10


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
