"""Optimizers and schedules: as steps against their papers, in matrices against the steps, and what is refused."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnviz
from nnviz.algebra.quantities import Place
from nnviz.engine.batches import Batches
from nnviz.engine.manner import DETAILS, Manner
from nnviz.engine.matrix import loss
from nnviz.engine.method import PLAIN_METHOD, Method
from nnviz.engine.naming import NOTATIONS, gradient
from nnviz.engine.parameters import moved
from nnviz.engine.trainer import Descent
from tests.examples import STEP_BY_STEP
from tests.methods import ALL_METHODS, METHODS, MIXED, name_of, traces
from tests.oracles.optimizers import rate_of, step
from tests.parameters import bits
from tests.problems import Problem, problems
from tests.tellings import UPDATES

HOME = STEP_BY_STEP
ITERATIONS = 4
MANNERS = st.builds(
    lambda detail, notation, mistake: Manner(detail, notation).with_mistake(mistake),
    st.sampled_from(DETAILS),
    st.sampled_from(NOTATIONS),
    st.sampled_from(UPDATES),
)

# Computed in float64 by a program of a few lines, with momentum as PyTorch's SGD has it.
PRINTED = {
    nnviz.Momentum(0.9): (
        [0.3272405, 0.2769571714, 0.1768170158],
        [0.179606694315, 0.314410041472, 0.189193274411, 0.183789911616, 0.330421150161, 0.263297410965],
    ),
    nnviz.Adam(0.9, 0.999, 1e-8): (
        [0.3272405, 0.2080125033, 0.0927885037],
        [0.259786009454, 0.359786011628, 0.269715219831, 0.229715221875, 0.289571656887, 0.29999203108],
    ),
}


def kept(state: nnviz.OptimizerState | None) -> dict[str, list[Any]]:
    """Return what was kept, every bit of it."""
    assert state is not None
    return {
        letter: [(w.tolist(), None if b is None else b.tolist()) for w, b in layers]
        for letter, layers in state.kept.items()
    }


@pytest.mark.parametrize("optimizer", PRINTED, ids=lambda optimizer: type(optimizer).__name__)
def test_three_updates_of_the_home_example(optimizer: nnviz.Momentum | nnviz.Adam) -> None:
    errors, weights = PRINTED[optimizer]
    found = list(traces(HOME, Method(optimizer), 3))
    assert [iteration.values["E"] for iteration in found] == pytest.approx(errors, abs=5e-11)
    assert found[-1].network is not None
    assert [number for row in bits(found[-1].network) for number in row] == pytest.approx(weights, abs=5e-13)


@given(problems(rates=st.floats(0.001, 0.1)), METHODS)
def test_each_update_is_that_of_its_paper(problem: Problem, method: Method) -> None:
    slopes: dict[str, list[float]] = {}
    for number, iteration in enumerate(traces(problem, method, ITERATIONS), start=1):
        rate = rate_of(method.schedule, problem.learning_rate, number)
        for w in iteration.plan.trained:
            so_far = slopes.setdefault(w.id, [])
            decay = method.weight_decay * float(iteration.values[w.id]) if w.kind == "weight" else 0.0
            so_far.append(float(iteration.values[gradient(w).id]) + decay)
            expected = iteration.values[w.id] - step(method.optimizer, so_far, rate)
            assert iteration.values[w.after_update().id] == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_a_slope_with_its_decay_is_that_of_e_and_half_of_the_squared_weights() -> None:
    network, x, y, decay, epsilon = MIXED.network, MIXED.inputs, MIXED.targets, 0.3, 1e-5
    iteration = nnviz.trace(network, x, y, MIXED.learning_rate, weight_decay=decay)

    def penalized(place: Place, by: float) -> float:
        changed = moved(network, place, by)
        return loss(changed, x, y) + decay / 2 * sum(float((layer.matrix**2).sum()) for layer in changed.layers)

    for w in iteration.plan.quantities.all_weights:
        slope = (penalized(w.place, epsilon) - penalized(w.place, -epsilon)) / (2 * epsilon)
        assert iteration.values[f"g_{w.id}"] == pytest.approx(slope, rel=1e-8)
    assert iteration.values["E"] == loss(network, x, y)
    assert [key for key in iteration.by_id if key.startswith("g_b")] == []


@pytest.mark.parametrize("method", ALL_METHODS, ids=name_of)
def test_the_rate_of_each_update_is_that_of_its_schedule(method: Method) -> None:
    for number, iteration in enumerate(traces(HOME, method, 5), start=1):
        rate = iteration.values[iteration.plan.method.rate.id]
        assert rate == pytest.approx(rate_of(method.schedule, HOME.learning_rate, number), rel=1e-14)
    assert ("alpha_t" in iteration.by_id) == (method.schedule.key != "constant")


@given(problems(max_samples=7, rates=st.floats(0.001, 0.1)), METHODS, MANNERS, st.data())
def test_training_has_the_bits_of_the_traces(
    problem: Problem, method: Method, manner: Manner, data: st.DataObject
) -> None:
    batches = Batches(data.draw(st.integers(1, len(problem.inputs))), data.draw(st.none() | st.integers(0, 5)))
    descent = Descent(
        problem.network, problem.inputs, problem.targets, problem.learning_rate, batches,
        method=method, in_place=manner.in_place, output_for_input=manner.output_for_input,
    )  # fmt: skip
    for iteration in traces(problem, method, ITERATIONS, manner, batches):
        assert descent.error == iteration.values["E"]
        assert descent.go_on() == (iteration.network is not None)
        if iteration.network is None:
            return
        assert bits(descent.network) == bits(iteration.network)
        assert kept(descent.state) == kept(iteration.state)


@given(problems(max_samples=6, rates=st.floats(0.001, 0.1)), METHODS, st.integers(0, 7), st.data())
def test_training_that_stops_and_goes_on_is_as_if_it_had_not_stopped(
    problem: Problem, method: Method, stop: int, data: st.DataObject
) -> None:
    settings: dict[str, Any] = {
        "learning_rate": problem.learning_rate,
        "batches": Batches(data.draw(st.integers(1, 6)), data.draw(st.none() | st.integers(0, 5))),
        "optimizer": method.optimizer,
        "schedule": method.schedule,
    }
    x, y = problem.inputs, problem.targets
    whole = nnviz.train(problem.network, x, y, iterations=8, **settings)
    first = nnviz.train(problem.network, x, y, iterations=stop, **settings)
    state = pickle.loads(pickle.dumps(first.state))
    second = nnviz.train(first.network, x, y, iterations=8 - stop, state=state, **settings)
    assert bits(second.network) == bits(whole.network)
    assert kept(second.state) == kept(whole.state)
    assert second.state.updates == whole.state.updates == 8
    assert first.losses[:-1] + second.losses == whole.losses


@pytest.mark.parametrize("method", ALL_METHODS, ids=name_of)
def test_an_iteration_told_in_another_manner_has_the_same_numbers(method: Method) -> None:
    *_, iteration = traces(HOME, method, 3)
    for detail in DETAILS:
        *_, other = traces(HOME, method, 3, Manner(detail, "indexed"))
        assert {key: other.values[key] for key in iteration.values} == iteration.values
    assert kept(iteration.state_before) != kept(iteration.state) or not method.optimizer.keeps
    assert copy.copy(iteration).values == iteration.values


@pytest.mark.parametrize("detail", DETAILS)
def test_gradient_descent_is_told_as_if_there_were_no_other(detail: nnviz.engine.manner.Detail) -> None:
    plain, chosen = HOME.trace(Manner(detail)), next(traces(HOME, PLAIN_METHOD, 1, Manner(detail)))
    assert list(map(str, plain.steps)) == list(map(str, chosen.steps))
    assert dict(plain.given) == dict(chosen.given)
    assert plain.plan is chosen.plan


def test_adam_is_written_as_its_paper_writes_it() -> None:
    *_, iteration = traces(HOME, Method(nnviz.Adam(), nnviz.StepDecay(1, 0.5)), 2)
    lines = [str(step) for step in iteration.steps if step.phase == "update"][:6]
    # ŷ = 0.355, Δ = −0.645, ∂E/∂w1 = −0.645·0.19·2 = −0.2451; m = −0.0203868 − 0.02451, v = 0.00005126 + 0.00006007.
    assert lines == [
        "update   αt = α·γ^(⌊(t − 1)/n⌋) = 0.05·0.5^(⌊(2 − 1)/1⌋) = 0.025",
        "update   m⁺(w1) = β1·m(w1) + (1 − β1)·∂E/∂w1 = 0.9·(−0.022652) + (1 − 0.9)·(−0.2451) = −0.0448968",
        "update   v⁺(w1) = β2·v(w1) + (1 − β2)·(∂E/∂w1)² = 0.999·5.131131e−5 + (1 − 0.999)·(−0.2451)² ≈ 0.000111334",
        "update   m̂(w1) = m⁺(w1)/(1 − β1^t) = (−0.0448968)/(1 − 0.9^2) ≈ −0.2362989",
        "update   v̂(w1) = v⁺(w1)/(1 − β2^t) = 0.000111334/(1 − 0.999^2) ≈ 0.05569485",
        "update   w1⁺ = w1 − αt·m̂(w1)/(√v̂(w1) + ε) = 0.16 − 0.025·(−0.2362989)/(√0.05569485 + 1e−8) ≈ 0.1850319",
    ]


def test_in_the_smallest_steps_each_product_of_an_update_is_one() -> None:
    iteration = next(traces(HOME, Method(nnviz.Momentum(0.5)), 1, Manner("term")))
    names = [step.name for step in iteration.steps if step.phase == "update"][:4]
    assert names == ["μ·v(w1)", "v⁺(w1)", "α·v⁺(w1)", "w1⁺"]


def test_a_rate_that_changes_is_a_step_of_its_own_where_a_step_is_a_layer() -> None:
    iteration = next(traces(HOME, Method(nnviz.Adam(), nnviz.ExponentialDecay(0.9)), 1, Manner("layer")))
    assert [[step.phase for step in pause].count("update") for pause in iteration.pauses] == [
        0, 0, 0, 0, 0, 0, 0, 1, 20, 10, 0, 0, 0
    ]  # fmt: skip


def test_in_place_the_rate_is_known_before_the_first_layer_is_updated() -> None:
    manner = Manner(in_place=True)
    iteration = next(traces(HOME, Method(nnviz.Momentum(), nnviz.ExponentialDecay(0.9)), 1, manner))
    updates = [step.id for step in iteration.steps if step.phase == "update"]
    assert updates[:3] == ["alpha_t", "v_w5+", "w5+"]


def test_fixed_biases_keep_nothing() -> None:
    layer = nnviz.Layer([[0.5]], [0.25], biases_fixed=True)
    iteration = nnviz.trace(nnviz.Network([layer]), [[1]], [[0]], 0.1, optimizer=nnviz.Adam())
    assert iteration.state is not None
    assert [biases for _, biases in iteration.state.kept["m"]] == [None]
    assert "m_b1" not in iteration.values


def test_where_only_what_is_kept_is_too_large_the_iteration_ends_there_too() -> None:
    # g = 1e200, so v = 1e397 is no float, and a weight would stay where it is: w − α·g/∞.
    network = nnviz.Network([nnviz.Layer([[1e100]])])
    iteration = nnviz.trace(network, [[1e100]], [[0]], 0.1, optimizer=nnviz.RMSprop())
    assert iteration.overflow is not None
    assert iteration.overflow.name == "E"
    small = nnviz.Network([nnviz.Layer([[1.0]])])
    iteration = nnviz.trace(small, [[1e80]], [[0]], 0.1, optimizer=nnviz.RMSprop())
    assert iteration.overflow is not None
    assert iteration.overflow.id == "v_w1+"
    assert (iteration.network, iteration.state) == (None, None)
    with np.errstate(over="ignore", invalid="ignore"), pytest.warns(RuntimeWarning, match="iteration 1"):
        history = nnviz.train(small, [[1e80]], [[0]], 0.1, 5, optimizer=nnviz.RMSprop())
    assert (history.diverged_at, bits(history.network), history.state.updates) == (1, [[1.0]], 0)


def test_a_corrected_mean_that_is_too_large_ends_the_iteration_in_training_too() -> None:
    # v = 0.999·1e306 is a float, and v/(1 − β₂) = 1e309 is none, though the weight would stay where it is.
    network = nnviz.Network([nnviz.Layer([[1.0]])])
    kept = {"m": ((np.zeros((1, 1)), None),), "v": ((np.array([[1e306]]), None),)}
    state = nnviz.OptimizerState(0, kept)
    iteration = nnviz.trace(network, [[1.0]], [[0.0]], 0.1, optimizer=nnviz.Adam(), state=state)
    assert iteration.overflow is not None
    assert iteration.overflow.id == "vhat_w1"
    descent = Descent(network, [[1.0]], [[0.0]], 0.1, method=Method(nnviz.Adam()), state=state)
    with np.errstate(over="ignore", invalid="ignore"):
        assert not descent.go_on()
    assert bits(descent.network) == [[1.0]]


def with_(**given: Any) -> Callable[[], object]:
    """Return a call of trace, and one of train, that is right but for what is given."""

    def call() -> object:
        return nnviz.trace(HOME.network, HOME.inputs, HOME.targets, HOME.learning_rate, **given)

    return call


ADAMS = nnviz.train(HOME.network, HOME.inputs, HOME.targets, 0.05, 1, optimizer=nnviz.Adam()).state
OTHERS = nnviz.train(nnviz.Network([nnviz.Layer([[1.0]])]), [[1]], [[0]], 0.05, 1, optimizer=nnviz.Adam()).state
REFUSED: dict[str, tuple[Callable[[], object], type[Exception], str]] = {
    "momentum 1": (lambda: nnviz.Momentum(1), ValueError, "momentum: .*from 0 to below 1; not 1"),
    "momentum below 0": (lambda: nnviz.Nesterov(-0.1), ValueError, "momentum: .*not -0.1"),
    "momentum NaN": (lambda: nnviz.Momentum(float("nan")), ValueError, "momentum: .*not nan"),
    "momentum as text": (lambda: nnviz.Momentum("0.9"), ValueError, "momentum: .*not '0.9'"),  # type: ignore[arg-type]
    "momentum True": (lambda: nnviz.Momentum(True), ValueError, "momentum: .*not True"),
    "beta 1": (lambda: nnviz.RMSprop(1.0), ValueError, "beta: .*from 0 to below 1"),
    "beta2 1": (lambda: nnviz.Adam(0.9, 1.0), ValueError, "beta2: .*from 0 to below 1"),
    "epsilon 0": (lambda: nnviz.Adam(epsilon=0), ValueError, "epsilon: .*greater than 0; not 0"),
    "factor 0": (lambda: nnviz.ExponentialDecay(0), ValueError, "factor: .*above 0, up to 1; not 0"),
    "factor above 1": (lambda: nnviz.StepDecay(10, 1.5), ValueError, "factor: .*above 0, up to 1; not 1.5"),
    "every 0": (lambda: nnviz.StepDecay(0), ValueError, "every: .*whole number, 1 or more; not 0"),
    "every a half": (lambda: nnviz.StepDecay(1.5), ValueError, "every: .*whole number.*not 1.5"),  # type: ignore[arg-type]
    "a name": (with_(optimizer="adam"), TypeError, r"optimizer: .*nnviz.Adam\(\); it is of the type str"),
    "a class": (with_(optimizer=nnviz.Adam), TypeError, "optimizer: .*it is of the type type"),
    "a decay below 0": (with_(weight_decay=-0.1), ValueError, "weight_decay: .*0 or more; not -0.1"),
    "a decay that no float can be": (with_(weight_decay=10**400), ValueError, "weight_decay: .*finite"),
    "a decay as text": (with_(weight_decay="1"), ValueError, "weight_decay: .*not '1'"),
    "a number": (with_(schedule=0.99), TypeError, "schedule: .*it is of the type float"),
    "a state as a dict": (with_(state={}), TypeError, "state: .*it is of the type dict"),
    "the state of another optimizer": (with_(optimizer=nnviz.Momentum(), state=ADAMS), ValueError, "state: .*Momentum"),
    "the state of another network": (with_(optimizer=nnviz.Adam(), state=OTHERS), ValueError, "state: .*Adam"),
    "the state of another network in training": (
        lambda: nnviz.train(HOME.network, HOME.inputs, HOME.targets, 0.1, 1, optimizer=nnviz.Adam(), state=OTHERS),
        ValueError,
        "state: .*this network",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_allowed_is_refused_in_words(case: str) -> None:
    call, kind, message = REFUSED[case]
    with pytest.raises(kind, match=message):
        call()


def test_numbers_of_numpy_are_taken_as_plain_ones() -> None:
    given = [nnviz.Momentum(np.float64(0.5)).momentum, nnviz.ExponentialDecay(np.float64(0.5)).factor]
    assert [*map(repr, given), repr(Method(weight_decay=np.float64(0.1)).weight_decay)] == ["0.5", "0.5", "0.1"]


def test_a_state_shows_itself_in_a_line() -> None:
    assert repr(ADAMS) == "OptimizerState(updates: 1, kept: m, v)"
    assert repr(nnviz.OptimizerState(3)) == "OptimizerState(updates: 3, nothing kept)"
