"""Two runs side by side: both can be stepped, and what is trained of one is never shown of the other."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

import nnviz
from nnviz.presets import PRESETS
from tests.browser.conftest import Visitor
from tests.browser.training import (
    CHART,
    END,
    curve,
    learner,
    live,
    reaches,
    settled,
    shows_weights,
    train,
    weights_after,
)
from tests.browser.visit import MUCH_DATA


def test_two_runs_stand_side_by_side_and_both_can_be_stepped(visitor: Visitor) -> None:
    visit = learner(visitor)
    train(visit, 100)
    reaches(visit, 101)
    visit.press("Compare with this run")
    other = visit.page.locator("#other-card")
    expect(other).to_contain_text("Other run: the same settings")
    visit.type("learning rate", "3")
    visit.link_has(rate="3")
    train(visit, 100)
    reaches(visit, 101)
    theirs, mine = curve(visit, 0), curve(visit, 1)
    assert (theirs["name"], mine["name"]) == ("Other run: learning rate 1", "This run: learning rate 3")
    assert theirs["x"] == mine["x"]
    assert mine["y"][-1] < theirs["y"][-1]
    visit.press("Forward", "Forward")
    visit.at(2, iteration=101, end=END)
    expect(visit.page.locator("#losses .legendtext")).to_have_text([theirs["name"], mine["name"]])
    expect(other).to_contain_text("Iteration 101 · not begun")
    expect(other.locator("svg").first).to_contain_text(f"w1 {float(weights_after('xor-learns', 100)[0]):.5g}")
    visit.press("Switch to this run")
    reaches(visit, 101)
    shows_weights(visit, weights_after("xor-learns", 100))
    expect(visit.field("learning rate")).to_have_value("1")
    visit.press("Forward")
    visit.at(1, iteration=101, end=END)
    visit.press("Switch to this run")
    visit.at(2, iteration=101, end=END)
    shows_weights(visit, weights_after("xor-learns", 100, rate=3.0))
    visit.reload()
    visit.at(2, iteration=101, end=END)
    expect(visit.button("Switch to this run")).to_be_visible()
    expect(visit.button("Train")).to_be_visible()
    visit.page.wait_for_function("(id) => document.querySelector(id)?.data?.length === 3", arg=CHART)
    visit.press("Switch to this run")
    visit.at(1, iteration=101, end=END)
    visit.press("Stop comparing")
    visit.page.wait_for_function("(id) => document.querySelector(id).data.length === 2", arg=CHART)
    assert "other" not in visit.link()


@pytest.mark.parametrize("what", ["edit", "swap"])
def test_what_was_trained_of_one_run_is_never_shown_of_another(visitor: Visitor, what: str) -> None:
    visit = learner(visitor)
    train(visit, 10)
    reaches(visit, 11)
    visit.press("Compare with this run")
    visit.type("learning rate", "3")
    visit.link_has(rate="3")
    visit.type("or for this many iterations", "900000")
    visit.press("Train")
    live(visit, r"^Iteration")
    visit.page.locator("#train-fold > summary").click()
    if what == "edit":
        visit.type("learning rate", "1")
        visit.link_has(rate="1")
    else:
        visit.press("Switch to this run")
        reaches_or_folded = re.compile(r"^Iteration 11 · not begun")
        expect(visit.page.locator("#meta")).to_have_text(reaches_or_folded)
    settled(visit)
    visit.unfold("Training")
    train(visit, 10)
    p = PRESETS["xor-learns"]
    losses = nnviz.train(p.network, p.inputs, p.targets, p.learning_rate, 20).losses
    reaches(visit, 11 if what == "edit" else 21)
    mine = curve(visit, 1)
    assert mine["y"] == list(losses)[: len(mine["x"])]


def test_a_file_with_much_data_brings_both_runs_back(visitor: Visitor, tmp_path: Path) -> None:
    visit = learner(visitor)
    visit.unfold("Data")
    visit.type("Or paste CSV, one row per sample", MUCH_DATA)
    visit.press("Use this CSV")
    visit.link_has(data="in-a-file")
    train(visit, 10)
    reaches(visit, 11)
    visit.press("Compare with this run")
    visit.type("learning rate", "0.5")
    visit.link_has(rate="0.5")
    visit.unfold("Save and open")
    with visit.page.expect_download() as download:
        visit.press("Save as a file")
    file = tmp_path / "run.json"
    download.value.save_as(file)
    other = visitor().open()
    other.unfold("Save and open")
    other.page.locator("#open-file").set_input_files(file)
    other.link_has(rate="0.5")
    expect(other.page.locator("#other-card")).to_contain_text("Iteration 11")
    expect(other.page.locator("#open-problem")).to_be_empty()


def test_two_runs_that_are_too_long_for_one_link_are_said_to_be_and_come_back_here(visitor: Visitor) -> None:
    visit = learner(visitor)
    visit.unfold("Data")
    visit.type("Or paste CSV, one row per sample", "\n".join(MUCH_DATA.splitlines()[:100]))
    visit.press("Use this CSV")
    train(visit, 10)
    reaches(visit, 11)
    visit.press("Compare with this run")
    visit.type("learning rate", "0.5")
    visit.link_has(rate="0.5")
    link = visit.link()
    assert "other" not in link
    assert link["data"] != "in-a-file"
    visit.press("Copy link")
    expect(visit.notice).to_contain_text("Both runs together are too long for a link")
    visit.reload()
    expect(visit.page.locator("#other-card")).to_contain_text("Iteration 11")
    visit.link_has(rate="0.5")


def test_comparing_can_be_ended_while_the_other_run_is_restored(visitor: Visitor) -> None:
    theirs = "preset%3Dxor-learns%26rate%3D3%26trained%3D900000"
    visit = visitor().open(f"?preset=xor-learns&other={theirs}")
    visit.press("Stop comparing")
    expect(visit.button("Train")).to_be_visible()
    train(visit, 10)
    reaches(visit, 11)
