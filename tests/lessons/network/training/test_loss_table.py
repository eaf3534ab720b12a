"""The losses of each iteration as CSV, as the page asks for them, slice by slice."""

import csv
import io

import pytest

import nnviz
from nnviz.engine.batches import ALL
from nnviz.lessons.network.training import requests
from nnviz.lessons.network.training.loss_table import MOST_LISTED
from nnviz.presets import PRESETS
from tests.asking import Json
from tests.training_requests import curve, go_on, run_of, train, trained


def losses_of(preset: str, iterations: int, batches: nnviz.Batches = ALL) -> list[float]:
    """Return E before each iteration, from the training in matrices."""
    p = PRESETS[preset]
    return list(nnviz.train(p.network, p.inputs, p.targets, p.learning_rate, iterations - 1, batches).losses)


def listed(goal: int, since: int = 1, **changes: object) -> tuple[str, int, str]:
    """Return the CSV of all slices up to a goal, how many slices they were, and the words of the last one."""
    reply = train(**{"goal": goal, "since": since, "lists": True} | changes)
    text, count = reply["losses"]["csv"], 1
    while reply["end"] == "goes-on":
        run = (changes.get("run") or run_of()) | {
            "curve": reply["curve"],
            "overall": reply["overall"],
            "tested": reply["tested"],
        }  # type: ignore[operator]
        reply = go_on(reply, run=run, since=reply["at"], lists=True)
        assert not reply["losses"]["begins"]
        text, count = text + reply["losses"]["csv"], count + 1
    return text, count, reply["losses"]["words"]


def rows(text: str) -> list[tuple[int, float]]:
    """Return the iterations and their E in a CSV, as any other program reads it."""
    return [(int(number), float(error)) for number, error in list(csv.reader(io.StringIO(text)))[1:]]


@pytest.mark.parametrize("budget", [0.0, 1e9])
def test_each_iteration_is_listed_once_with_all_digits_however_it_is_cut(
    budget: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "SLICE", budget)
    text, count, words = listed(300)
    assert text.startswith("iteration,E\n1,")
    assert rows(text) == list(enumerate(losses_of("xor-learns", 300), start=1))
    assert (count > 5, count == 1) == (budget == 0.0, budget > 0.0)
    assert words == "300 iterations so far, each E with all of its digits."


def test_what_is_known_is_not_listed_again() -> None:
    first, done = listed(40)[0], trained(count="39")
    assert done["at"] == 40
    more = train(goal=60, since=41, lists=True, checkpoint=done["checkpoints"][-1])
    assert not more["losses"]["begins"]
    assert rows(first + more["losses"]["csv"]) == list(enumerate(losses_of("xor-learns", 60), start=1))


def test_of_the_longest_runs_the_points_of_the_curve_are_listed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(requests, "trained", fail)
    run: Json = run_of() | {"curve": curve([1, 4000, MOST_LISTED + 1], [0.7, 0.1 + 0.2, 1e-7])}
    reply = train(run=run, goal=MOST_LISTED + 1, lists=True)
    assert reply["losses"] == {
        "csv": "iteration,E\n1,0.7\n4000,0.30000000000000004\n12001,1e-07\n",
        "begins": True,
        "words": (
            "E of 3 of 12,001 iterations, with all of its digits: the first, the last, and the lowest and the highest "
            "of each stretch between. Up to iteration 12,000, all are listed."
        ),
    }
    assert (reply["end"], reply["words"]) == ("reached", "")


def test_in_batches_it_is_the_error_of_the_batch() -> None:
    text = listed(9, run=run_of(batches="2 in-order"))[0]
    assert text.startswith("iteration,E of the batch\n")
    assert rows(text) == list(enumerate(losses_of("xor-learns", 9, batches=nnviz.Batches(2)), start=1))


def test_a_run_that_diverges_is_listed_as_far_as_there_are_numbers() -> None:
    run = run_of("fahrenheit-diverges")
    done = trained(run=run, count="1000")
    assert done["end"] == "grown"
    listing = train(run=run, goal=done["at"], lists=True)["losses"]["csv"]
    assert rows(listing) == list(enumerate(losses_of("fahrenheit-diverges", done["at"]), start=1))


def test_nothing_is_listed_where_it_was_not_asked_for() -> None:
    assert train()["losses"] is None
    assert train(goal=None)["losses"] is None
    assert train(count="many", lists=True)["losses"] is None


def test_beside_a_test_each_iteration_has_both_losses() -> None:
    preset, run = PRESETS["fahrenheit"], run_of("fahrenheit", split="30 5")
    parts = nnviz.Split(0.3, seed=5).parts(preset.inputs, preset.targets)
    history = nnviz.train(
        preset.network, parts.inputs, parts.targets, preset.learning_rate, 299,
        test_inputs=parts.test_inputs, test_targets=parts.test_targets,
    )  # fmt: skip
    text, _, _ = listed(300, run=run)
    header, *found = csv.reader(io.StringIO(text))
    assert header == ["iteration", "training loss", "test loss"]
    told = [(float(loss), float(test)) for _, loss, test in found]
    assert told == list(zip(history.losses, history.test_losses, strict=True))


def test_of_the_longest_runs_there_are_the_points_of_both_curves() -> None:
    long = curve([1, 20_000], [2.0, 1.0])
    run = run_of("fahrenheit", split="30 5") | {"curve": long, "tested": curve([1, 9, 20_000], [4.0, 5.0, 3.0])}
    text = train(run=run, goal=20_000, lists=True)["losses"]["csv"]
    assert text == "iteration,training loss,test loss\n1,2.0,4.0\n9,,5.0\n20000,1.0,3.0\n"
