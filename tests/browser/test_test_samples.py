"""Samples kept apart for a test: chosen in the settings, a second line of the curve, and marked where they stand."""

import re

from playwright.sync_api import expect

import nnviz
from nnviz.presets import PRESETS
from tests.browser.conftest import Visitor
from tests.browser.training import curve, learner, reaches, train, words


def test_samples_are_kept_apart_and_their_loss_is_a_line_of_its_own(visitor: Visitor) -> None:
    visit = learner(visitor, "?preset=fahrenheit")
    visit.unfold("Samples for a test")
    visit.type("kept apart (%)", "20")
    visit.link_has(split="20+1")
    expect(visit.page.locator("#meta")).to_contain_text("of 100, 20 of them kept apart")
    visit.page.locator("#test-seed").fill("3")
    visit.link_has(split="20+3")
    train(visit, 10)
    reaches(visit, 11, end=9)
    words(visit, "test loss ≈ .* Both losses have fallen")
    p = PRESETS["fahrenheit"]
    parts = nnviz.Split(0.2, seed=3).parts(p.inputs, p.targets)
    history = nnviz.train(
        p.network, parts.inputs, parts.targets, p.learning_rate, 10,
        test_inputs=parts.test_inputs, test_targets=parts.test_targets,
    )  # fmt: skip
    trained, tested = curve(visit), curve(visit, 2)
    assert (trained["name"], trained["y"]) == ("training loss", list(history.losses))
    assert (tested["name"], tested["y"]) == ("test loss", list(history.test_losses))
    visit.unfold("E of each iteration")
    expect(visit.page.locator("#losses-table th[scope=col]")).to_have_text(["iteration", "training loss", "test loss"])
    expect(visit.page.locator("#losses-table tbody tr")).to_have_count(11)
    visit.unfold("What was learned")
    expect(visit.page.locator("#predictions-table th").filter(has_text=re.compile(" test$"))).to_have_count(20)
    visit.type("kept apart (%)", "0")
    expect(visit.page.locator("#meta")).to_have_text(re.compile("sample 1 of 100$"))
    assert "split" not in visit.link()
