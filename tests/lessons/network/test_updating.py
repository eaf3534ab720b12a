"""Optimizers and schedules on the page: what may be set, what links and files hold, and how a run goes on."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnviz
from nnviz.engine.method import Method
from nnviz.lessons.network.links import in_link, opened
from nnviz.lessons.network.run import run_at
from nnviz.lessons.network.setup import of_preset
from nnviz.lessons.network.training.checkpoint import Checkpoint, start_of
from nnviz.lessons.network.training.comparison import differences
from nnviz.lessons.network.training.loss_history import Curve
from nnviz.lessons.network.training.slices import DIVERGED, descent_from, trained
from nnviz.lessons.network.training.stopping import GRADIENT, STEP, Goal, measured
from nnviz.lessons.network.training.verdict import stable_rate, verdict
from nnviz.practice.check import check
from nnviz.protocol import Measure
from tests.asking import link, then
from tests.methods import ALL_METHODS, METHODS, name_of
from tests.parameters import bits
from tests.training import LONG, run

every_method = pytest.mark.parametrize("method", ALL_METHODS, ids=name_of)


def test_another_optimizer_begins_with_its_usual_numbers() -> None:
    adam = then(link({}), {"optimizer-name": "adam"})
    assert adam["kept"]["optimizer"] == "adam 0.9 0.999 1e-08"
    assert adam["settings"].items() >= {"optimizer-beta1": "0.9", "optimizer-epsilon": "1e-08"}.items()
    changed = then(adam, {"optimizer-beta1": "0,5"})
    assert changed["kept"]["optimizer"] == "adam 0.5 0.999 1e-08"
    other = then(changed, {"optimizer-name": "momentum"})
    assert other["kept"]["optimizer"] == "momentum 0.9"
    assert "optimizer-beta1" not in other["settings"]


def test_a_schedule_has_its_numbers_and_a_fraction_stays_one() -> None:
    reply = then(link({}), {"schedule-name": "step"})
    assert reply["kept"]["schedule"] == "step 100 0.5"
    changed = then(reply, {"schedule-every": "3", "schedule-factor": "1/3"})
    assert changed["kept"]["schedule"] == "step 3 1/3"
    assert link({"schedule": "step 3 1/3"})["settings"]["schedule-factor"] == "1/3"


@pytest.mark.parametrize(
    ("typed", "field", "text", "problem"),
    [
        ({"optimizer": "adam"}, "optimizer-beta2", "1", "β2 must be a number from 0 to below 1. 0.999 is still"),
        ({"optimizer": "adam"}, "optimizer-epsilon", "0", "ε must be a finite number greater than 0. 1e-08 is still"),
        ({"optimizer": "momentum"}, "optimizer-momentum", "-0.1", "μ must be a number from 0 to below 1."),
        ({"optimizer": "momentum"}, "optimizer-momentum", "1,234", "Is 1,234 the number 1.234 or 1234?"),
        ({"schedule": "step"}, "schedule-every", "0", "A whole number from 1 to 1,000,000 is allowed."),
        ({"schedule": "exponential"}, "schedule-factor", "2", "γ must be a number above 0, up to 1."),
        ({}, "optimizer-name", "sgd", "Allowed are gradient_descent, momentum, nesterov, rmsprop, adam."),
    ],
)  # fmt: skip
def test_a_number_that_is_not_allowed_is_refused_where_it_is_typed(
    typed: dict[str, str], field: str, text: str, problem: str
) -> None:
    before = link(typed)
    reply = then(before, {field: text})
    assert reply["problems"][field].startswith(problem)
    assert reply["kept"] == before["kept"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"optimizer": "adamw 0.9"}, "An optimizer is its name and its numbers. Allowed are such as: gradient_descent"),
        ({"optimizer": "adam 0.9"}, "An optimizer is its name and its numbers."),
        ({"optimizer": "momentum 1"}, "μ must be a number from 0 to below 1."),
        ({"schedule": "cosine"}, "A schedule is its name and its numbers. Allowed are such as: constant, step 100 0.5"),
    ],
)
def test_what_a_link_may_not_hold_is_said(given: dict[str, str], said: str) -> None:
    reply = link(given)
    assert said in reply["notice"]
    assert (reply["kept"]["optimizer"], reply["kept"]["schedule"]) == ("gradient_descent", "constant")


@given(METHODS)
def test_links_and_files_bring_back_the_same_method(method: Method) -> None:
    setup = replace(of_preset("mazur"), method=method)
    assert opened(in_link(setup)) == (setup, {})


def test_gradient_descent_has_the_link_that_it_always_had() -> None:
    assert not in_link(of_preset("mazur")).keys() & {"optimizer", "schedule", "weight-decay"}


def test_another_example_begins_with_gradient_descent() -> None:
    reply = then(link({"optimizer": "adam"}), {"preset": "xor"})
    assert reply["kept"]["optimizer"] == "gradient_descent"


def test_from_python_to_the_page_and_back() -> None:
    preset = of_preset("mazur")
    query = nnviz.link(
        preset.network, preset.inputs, preset.targets, 0.5,
        optimizer=nnviz.Adam(0.8), schedule=nnviz.StepDecay(3, 0.25), weight_decay=0.125,
    )  # fmt: skip
    assert "optimizer=adam+0.8+0.999+1e-08&schedule=step+3+0.25&weight-decay=0.125" in query


def test_a_file_from_python_holds_the_method(tmp_path) -> None:  # type: ignore[no-untyped-def]
    preset, path = of_preset("mazur"), tmp_path / "network.json"
    nnviz.save(path, preset.network, preset.inputs, preset.targets, 0.5, optimizer=nnviz.RMSprop(0.5), weight_decay=0.1)
    assert json.loads(path.read_text())["optimizer"] == "rmsprop 0.5 1e-08"
    assert nnviz.load(path).optimizer == nnviz.RMSprop(0.5)
    assert nnviz.load(path).schedule == nnviz.ConstantRate()
    assert nnviz.load(path).weight_decay == 0.1


# A run


@every_method
def test_iterations_on_the_page_are_those_of_python(method: Method) -> None:
    setup = replace(of_preset("mazur"), method=method)
    settings = {"optimizer": method.optimizer, "schedule": method.schedule, "weight_decay": method.weight_decay}
    history = nnviz.train(setup.network, setup.inputs, setup.targets, setup.rate, 4, **settings)  # type: ignore[arg-type]
    iteration = run_at(setup, 5).iteration
    assert bits(iteration.start) == bits(history.network)
    assert iteration.updates == 4
    assert iteration.values["E"] == history.losses[-1]


@given(METHODS, st.lists(st.integers(1, 40), min_size=1, max_size=3))
def test_slices_of_any_size_give_the_bits_of_one_run(method: Method, sizes: list[int]) -> None:
    setup = replace(of_preset("2-2-1-sigmoid"), method=method)
    whole, checkpoint, curve = run(setup, sum(sizes)), start_of(setup), Curve()
    if whole.end == DIVERGED:
        return
    for size in sizes:
        done = trained(setup, checkpoint, curve, Goal(checkpoint.iteration + size), LONG)
        checkpoint = Checkpoint.unpacked(setup, done.checkpoints[-1].iteration, done.checkpoints[-1].packed)
        curve = done.curve
    assert (checkpoint.iteration, checkpoint.packed) == (whole.checkpoints[-1].iteration, whole.checkpoints[-1].packed)
    again = run_at(setup, checkpoint.iteration, checkpoint).iteration
    assert dict(again.given) == dict(run_at(setup, checkpoint.iteration).iteration.given)


def test_a_place_of_another_optimizers_run_is_refused() -> None:
    plain, adam = of_preset("2-2-1"), replace(of_preset("2-2-1"), method=Method(nnviz.Adam()))
    packed = {name: run(setup, 3).checkpoints[-1].packed for name, setup in (("plain", plain), ("adam", adam))}
    with pytest.raises(ValueError):  # noqa: PT011
        Checkpoint.unpacked(adam, 4, packed["plain"])
    with pytest.raises(ValueError):  # noqa: PT011
        Checkpoint.unpacked(plain, 4, packed["adam"])
    assert Checkpoint.unpacked(adam, 4, packed["adam"]).state.updates == 3


def test_a_place_with_running_means_that_are_no_numbers_is_refused() -> None:
    adam = replace(of_preset("2-2-1"), method=Method(nnviz.RMSprop()))
    start = start_of(adam)
    start.state.kept["v"][0][0][0, 0] = float("inf")
    with pytest.raises(ValueError, match="not finite"):
        Checkpoint.unpacked(adam, 2, start.packed)


@pytest.mark.parametrize("measure", [GRADIENT, STEP])
def test_looking_at_the_next_step_leaves_the_running_means_alone(measure: Measure) -> None:
    setup = replace(of_preset("2-2-1"), method=Method(nnviz.Adam()))
    stops = trained(setup, start_of(setup), Curve(), Goal(6, 1e-300, measure), LONG)
    assert stops.checkpoints[-1].packed == run(setup, 5).checkpoints[-1].packed


def test_the_first_step_of_adam_is_as_long_as_the_rate() -> None:
    setup = replace(of_preset("2-2-1"), method=Method(nnviz.Adam()))
    assert measured(descent_from(setup, start_of(setup)), STEP) == pytest.approx(setup.rate, rel=1e-6)


def test_no_rate_is_called_safe_that_is_so_for_gradient_descent_alone() -> None:
    plain = of_preset("fahrenheit-diverges")
    assert stable_rate(plain) is not None
    fast = replace(plain, method=Method(nnviz.Momentum(0.99)))
    assert stable_rate(fast) is None
    words = verdict(fast, run(fast, 2000))
    assert "does not diverge" not in words


def test_two_runs_beside_each_other_are_told_apart_by_their_optimizers() -> None:
    plain = of_preset("2-2-1")
    adam, other = (replace(plain, method=Method(nnviz.Adam(beta))) for beta in (0.9, 0.8))
    assert differences(plain, adam) == "optimizer gradient descent"
    assert differences(adam, plain) == "optimizer Adam, β1 0.9, 2 more"
    assert differences(other, adam) == "β1 0.8"


# Numbers that somebody has calculated


@every_method
def test_right_numbers_are_right_by_any_method(method: Method) -> None:
    iteration = run_at(replace(of_preset("mazur"), method=method), 2).iteration
    found = check(iteration, {step.name: repr(float(step.value)) for step in iteration.steps})
    assert [line for line in found.lines if line.verdict != "ok"] == []
    assert found.mistakes == ()


@every_method
def test_a_wrong_number_of_an_update_is_wrong_and_no_mistake_of_gradient_descent(method: Method) -> None:
    if method.update.is_plain:
        return
    iteration = run_at(replace(of_preset("2-2-1"), method=method), 2).iteration
    parameter = iteration.plan.trained[0]
    slope, new = iteration.values[f"dE/d{parameter.id}"], iteration.values[parameter.after_update().id]
    plain = iteration.values[parameter.id] - 0.05 * slope
    name = parameter.after_update().name
    found = check(iteration, {name: repr(float(plain) + 0.0123)})
    assert [line.verdict for line in found.lines] == ["wrong"]
    assert found.mistakes == ()
    assert found.lines[0].expected == new


# The steps of the first update of w1 in 2-2-1, from its gradient −0.22652 and, with decay, λ·w1 = 0.1·0.11.
FIRST_STEPS = {
    Method(nnviz.Momentum()): 0.05 * -0.22652,
    Method(nnviz.Nesterov(0.9)): 0.05 * 1.9 * -0.22652,
    Method(nnviz.RMSprop(0.75, 1e-30)): 0.05 * -2.0,
    Method(nnviz.Adam(epsilon=1e-30)): 0.05 * -1.0,
    Method(weight_decay=0.1): 0.05 * (-0.22652 + 0.011),
}


@pytest.mark.parametrize("method", FIRST_STEPS, ids=name_of)
def test_a_mistake_with_a_step_is_named_whatever_makes_the_step(method: Method) -> None:
    iteration, step = run_at(replace(of_preset("2-2-1"), method=method), 1).iteration, FIRST_STEPS[method]
    given = {"right": 0.11 - step, "plus-instead-of-minus": 0.11 + step, "rate-forgotten": 0.11 - step / 0.05}
    for mistake, number in given.items():
        found = check(iteration, {"∂E/∂w1": "-0.22652", "w1⁺": repr(number)})
        assert found.mistakes == (() if mistake == "right" else (mistake,)), mistake


def test_weight_decay_that_is_left_out_is_named() -> None:
    iteration = run_at(replace(of_preset("2-2-1"), method=Method(nnviz.Momentum(), weight_decay=0.1)), 1).iteration
    assert check(iteration, {"g(w1)": "-0.22652", "w1⁺": "0.121326"}).mistakes == ("decay-forgotten",)


def test_what_is_kept_has_no_mistakes_of_the_update() -> None:
    # Who leaves the old velocity out has not written “the step for the new weight”.
    iteration = run_at(replace(of_preset("2-2-1"), method=Method(nnviz.Momentum())), 2).iteration
    found = check(iteration, {"v⁺(w1)": repr(float(iteration.values["dE/dw1"]))})
    assert ([line.verdict for line in found.lines], found.mistakes) == (["wrong"], ())


def test_a_velocity_may_be_typed_as_it_is_written_or_by_its_id() -> None:
    iteration = run_at(replace(of_preset("2-2-1"), method=Method(nnviz.Momentum())), 1).iteration
    for name in ("v⁺(w1)", "v_w1+"):
        [line] = check(iteration, {name: "-0.22652"}).lines
        assert (line.name, line.verdict) == ("v⁺(w1)", "ok")


def test_numbers_after_a_slip_in_the_running_mean_are_carried() -> None:
    iteration = run_at(replace(of_preset("2-2-1"), method=Method(nnviz.Momentum())), 1).iteration
    found = check(iteration, {"v⁺(w1)": "-0.3", "w1⁺": "0.125"})
    assert [line.verdict for line in found.lines] == ["wrong", "carried"]


@pytest.mark.parametrize("way", ["update", "iteration", "guess", "step"])
def test_an_update_by_adam_can_be_practised(way: str) -> None:
    reply = link({"optimizer": "adam", "practice": way})
    assert reply["kept"]["optimizer"] == "adam 0.9 0.999 1e-08"
