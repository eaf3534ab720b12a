"""Training, by people who train, pause, step, go on, cancel and jump back, alone and two at once."""

import re
from pathlib import Path

from playwright.sync_api import expect

import nnviz
from nnviz.presets import PRESETS
from tests.browser.conftest import Visitor
from tests.browser.training import (
    CHART,
    END,
    curve,
    has_no_curve,
    learner,
    live,
    reaches,
    settled,
    shows_weights,
    train,
    weights_after,
    words,
    words_stay,
)
from tests.browser.visit import PHONE


def test_training_reaches_weights_curve_and_network_of_one_iteration(visitor: Visitor) -> None:
    visit = learner(visitor)
    expect(visit.page.locator("#losses-none")).to_be_visible()
    train(visit, 100)
    reaches(visit, 101)
    words(visit, r"^Trained up to iteration 101: E ≈ 0.6789509")
    shows_weights(visit, weights_after("xor-learns", 100))
    line, dot = curve(visit), curve(visit, 1)
    p = PRESETS["xor-learns"]
    losses = nnviz.train(p.network, p.inputs, p.targets, p.learning_rate, 100).losses
    assert (line["x"], line["y"]) == (list(range(1, 102)), list(losses))
    assert (dot["x"], dot["y"]) == ([101], [losses[-1]])
    visit.press("Forward")
    visit.at(1, iteration=101, end=END)
    visit.press("Next iteration")
    reaches(visit, 102)
    shows_weights(visit, weights_after("xor-learns", 101))


def test_jumping_back_brings_the_weights_back(visitor: Visitor) -> None:
    visit = learner(visitor)
    train(visit, 1000)
    reaches(visit, 1001)
    visit.type("Go to iteration", "437")
    visit.press("Show it")
    reaches(visit, 437)
    shows_weights(visit, weights_after("xor-learns", 436))
    assert curve(visit)["x"][-1] == 1001
    visit.press("Restart")
    reaches(visit, 1)
    visit.type("Go to iteration", "1002")
    visit.press("Show it")
    expect(visit.page.locator("#train-goto-problem")).to_contain_text("from 1 to 1,001")
    reaches(visit, 1)
    train(visit, 10)  # which the curve has already
    reaches(visit, 11)
    assert curve(visit)["x"][-1] == 1001


def test_a_click_on_the_curve_goes_there(visitor: Visitor) -> None:
    visit = learner(visitor)
    train(visit, 10)
    reaches(visit, 11)
    graph = visit.page.locator(CHART)
    graph.scroll_into_view_if_needed()
    at = graph.evaluate(
        """(graph) => {
            const {xaxis, yaxis} = graph._fullLayout, box = graph.getBoundingClientRect(), [line] = graph.data;
            return [box.x + xaxis._offset + xaxis.d2p(line.x[4]), box.y + yaxis._offset + yaxis.d2p(line.y[4])];
        }"""
    )
    visit.page.mouse.move(at[0] - 2, at[1])
    visit.page.mouse.move(*at)
    expect(graph.locator(".hoverlayer .hovertext")).to_contain_text("iteration 5: E = 0.69")
    visit.page.mouse.click(*at)
    reaches(visit, 5)


def test_pause_step_go_on_and_cancel(visitor: Visitor) -> None:
    visit = learner(visitor)
    visit.press("Forward")
    visit.type("or for this many iterations", "900000")
    visit.press("Train")
    live(visit, r"^Iteration [\d,]+ of 900,001, [\d,]+ left\.")
    expect(visit.page.get_by_role("progressbar", name="Progress of training")).to_be_visible()
    visit.press("Forward", "Forward")  # the page stays usable while it trains
    visit.at(3, end=END)
    live(visit, r"^Iteration [\d,]+ of 900,001")
    visit.press("Pause training")
    words(visit, r"^Trained up to iteration")
    paused = curve(visit)["x"][-1]
    visit.press("Previous")
    visit.at(2, end=END)
    assert curve(visit)["x"][-1] == paused
    visit.press("Go on")
    live(visit, r"^Iteration [\d,]+ of 900,001")
    expect(visit.page.locator(CHART)).to_be_visible()
    visit.page.wait_for_function(
        "([id, past]) => document.querySelector(id).data[0].x.at(-1) > past", arg=[CHART, paused]
    )
    visit.press("Cancel training")
    expect(visit.button("Train")).to_be_visible()
    has_no_curve(visit)
    visit.at(2, end=END)
    train(visit, 10)
    reaches(visit, 11)


def test_pausing_shows_where_training_is(visitor: Visitor) -> None:
    visit = learner(visitor)
    visit.type("or for this many iterations", "900000")
    visit.press("Train")
    live(visit, r"^Iteration")
    visit.press("Pause training")
    words(visit, r"^Trained up to iteration")
    at = curve(visit)["x"][-1]
    expect(visit.page.locator("#meta")).to_have_text(re.compile(rf"^Iteration {at:,} · not begun"))
    visit.press("Cancel training")
    visit.at(0, end=END)
    has_no_curve(visit)


def test_until_the_error_is_below(visitor: Visitor) -> None:
    visit = learner(visitor)
    visit.type("is below", "nothing")
    train(visit, 10_000)
    expect(visit.page.locator("#train-below-problem")).to_contain_text("Type a number above 0")
    expect(visit.field("is below")).to_have_attribute("aria-invalid", "true")
    visit.at(0, end=END)
    visit.type("is below", "0.1")
    train(visit, 10_000)
    reaches(visit, 423)
    words_stay(visit, r"^E is below 0\.1 at iteration 423: E ≈ 0.09950493")


def test_until_every_gradient_is_below(visitor: Visitor) -> None:
    visit = learner(visitor, "?preset=fahrenheit-one")
    visit.page.get_by_label("but stop once").select_option("every gradient")
    visit.type("is below", "1e-6")
    train(visit, 1000)
    visit.at(0, end=9, iteration=53)
    words(visit, r"^It has arrived: at iteration 53 every gradient is below 1e−6, the largest is ≈ 9\.069619e−7, and E")


def test_the_error_of_each_iteration_as_a_table_and_as_a_file(visitor: Visitor, tmp_path: Path) -> None:
    visit = learner(visitor)
    visit.unfold("E of each iteration")
    rows, said = visit.page.locator("#losses-table tr"), visit.page.locator("#losses-words")
    expect(said).to_have_text("No iteration is done yet.")
    expect(visit.page.locator("#save-losses")).to_be_hidden()
    train(visit, 1000)
    expect(said).to_have_text("1,001 iterations so far, each E with all of its digits.")
    expect(rows).to_have_count(1002)
    reaches(visit, 1001)
    with visit.page.expect_download() as download:
        visit.press("Save as CSV")
    download.value.save_as(tmp_path / "losses.csv")
    assert download.value.suggested_filename == "nnviz-losses.csv"
    p = PRESETS["xor-learns"]
    losses = nnviz.train(p.network, p.inputs, p.targets, p.learning_rate, 1000).losses
    expected = ["iteration,E", *(f"{number},{error!r}" for number, error in enumerate(losses, start=1))]
    assert (tmp_path / "losses.csv").read_text(encoding="utf-8").splitlines() == expected
    expect(rows.last).to_have_text(expected[-1].replace(",", ""))
    visit.type("w1", "0.5")
    expect(said).to_have_text("No iteration is done yet.")
    expect(rows.first).to_be_hidden()


def test_a_count_is_typed_as_the_page_writes_it(visitor: Visitor) -> None:
    visit = learner(visitor)
    visit.type("or for this many iterations", "many")
    visit.press("Train")
    expect(visit.page.locator("#train-count-problem")).to_contain_text("whole number from 1 to 999,999")
    visit.type("or for this many iterations", "1,000")
    visit.press("Train")
    reaches(visit, 1001)
    words(visit, "^Trained up to iteration 1,001")
    visit.type("or for this many iterations", "1.5")
    visit.press("Train")
    expect(visit.page.locator("#train-count-problem")).to_contain_text("whole number from 1 to 998,999")
    words(visit, "^Trained up to iteration 1,001")
    visit.press("Restart")
    visit.at(0, end=END)
    visit.type("Go to iteration", "1,001")
    visit.press("Show it")
    reaches(visit, 1001)


def test_fahrenheit_learns_at_one_rate_and_diverges_at_another(visitor: Visitor) -> None:
    for preset, said in (
        ("fahrenheit", r"^Trained up to iteration 10,001"),
        (
            "fahrenheit-diverges",
            r"^Diverging: at iteration \d+ .*Any learning rate below ≈ 0\.001199\d+ is stable: try 0\.001\.",
        ),
    ):
        visit = learner(visitor, f"?preset={preset}")
        visit.unfold("What was learned")
        train(visit, 10_000)
        words_stay(visit, said)
        if preset != "fahrenheit-diverges":
            reaches(visit, 10_001, end=9)
            shows_weights(visit, weights_after(preset, 10_000))
            expect(visit.page.locator("#predictions-words")).to_contain_text("after 10,000 iterations")
            names = visit.page.locator("#predictions .js-plotly-plot").evaluate(
                "(graph) => graph.data.map((t) => t.name)"
            )
            assert {"samples", "at the start"} < set(names)


def test_a_plateau_is_said(visitor: Visitor) -> None:
    visit = learner(visitor, "?preset=xor")
    train(visit, 10_000)
    reaches(visit, 10_001)
    words(visit, "It is not learning: for [0-9,]+ iterations E has stayed within 0.1 % of ≈ 0.693147")


def test_the_map_and_the_ground_follow_the_iteration(visitor: Visitor) -> None:
    visit = learner(visitor)
    visit.unfold("What was learned")
    expect(visit.page.locator("#predictions-words")).to_contain_text("at the start")
    train(visit, 1000)
    reaches(visit, 1001)
    expect(visit.page.locator("#predictions-words")).to_contain_text("4 of 4")
    visit.unfold("Loss surface")
    expect(visit.page.locator("#loss-surface-words")).to_contain_text("Iteration 1,001: w1")
    visit.choose("up", "w9")
    expect(visit.page.locator("#loss-surface-words")).to_contain_text("w9 ≈")
    visit.choose("across", "w9")
    expect(visit.page.locator("#loss-surface-words")).to_contain_text(re.compile("Iteration 1,001: w9 .*, w1 "))
    visit.press("Restart")
    expect(visit.page.locator("#loss-surface-words")).to_contain_text("Iteration 1:")


def test_an_edit_ends_training(visitor: Visitor) -> None:
    visit = learner(visitor)
    visit.type("or for this many iterations", "900000")
    visit.press("Train")
    live(visit, r"^Iteration")
    visit.type("learning rate", "2")
    visit.link_has(rate="2", iteration="1")
    expect(visit.button("Train")).to_be_visible()
    assert "trained" not in visit.link()
    train(visit, 10)
    reaches(visit, 11)
    shows_weights(visit, weights_after("xor-learns", 10, rate=2.0))


def test_batches_are_named_where_they_are_used(visitor: Visitor) -> None:
    visit = learner(visitor)
    visit.type("batch size", "2")
    visit.choose("order", "shuffled each epoch")
    expect(visit.page.locator("#batch-seed")).to_have_value("1")
    expect(visit.page.locator("#meta")).to_have_text(re.compile(r"batch: \d, \d$"))
    assert visit.link()["batches"] == "2 shuffled 1"
    train(visit, 100)
    reaches_batch = re.compile(r"^Iteration 101 · not begun · \d+ steps .*batch: \d, \d$")
    expect(visit.page.locator("#meta")).to_have_text(reaches_batch)
    p = PRESETS["xor-learns"]
    network = nnviz.train(p.network, p.inputs, p.targets, p.learning_rate, 100, nnviz.Batches(2, 1)).network
    first = f"{network.layers[0].matrix[0, 0]:.7g}".replace("-", "−")
    expect(visit.page.locator("#weights tbody tr").first.locator("td").first).to_have_text(first)
    words(visit, "^Trained up to iteration 101: E of all samples ≈ ")
    expect(visit.page.locator("#losses")).to_contain_text("E of the batch")
    expect(visit.page.locator("#settings")).to_contain_text("The steps show a sample of the batch.")
    visit.type("batch size", "9")
    expect(visit.page.locator("#batch-size-problem")).to_contain_text("from 1 to 4")


def test_one_trains_while_another_steps(visitor: Visitor) -> None:
    trainer, stepper = learner(visitor), visitor().open()
    trainer.type("or for this many iterations", "900000")
    trainer.press("Train")
    live(trainer, r"^Iteration")
    stepper.go(4)
    stepper.press("Backward")
    stepper.at(5)
    stepper.has_result("−0.809")
    expect(trainer.button("Pause training")).to_be_visible()
    trainer.press("Cancel training")
    expect(trainer.button("Train")).to_be_visible()


def test_training_on_a_phone(visitor: Visitor) -> None:
    visit = learner(visitor, viewport=PHONE)
    train(visit, 1000)
    reaches(visit, 1001)
    visit.unfold("What was learned")
    visit.unfold("Loss surface")
    expect(visit.page.locator("#loss-surface-words")).to_contain_text("iteration 1,001")
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(visit.page.locator("#predictions .legend")).to_be_visible()
    expect(visit.page.locator("#predictions-table tbody tr")).to_have_count(4)
    visit.choose("scale of E", "logarithmic")
    visit.page.wait_for_function("(id) => document.querySelector(id)._fullLayout.yaxis.type === 'log'", arg=CHART)


def test_stepping_asks_for_little(visitor: Visitor) -> None:
    visit = learner(visitor)
    visit.press("Next iteration")
    reaches(visit, 2)
    expect(visit.page.locator(f"{CHART} .point")).to_have_count(1)
    assert settled(visit) <= 3


def test_training_pressed_right_after_an_edit_is_of_what_was_typed(visitor: Visitor) -> None:
    visit = learner(visitor)
    visit.type("learning rate", "2")
    train(visit, 100)
    reaches(visit, 101)
    shows_weights(visit, weights_after("xor-learns", 100, rate=2.0))


def test_the_focus_goes_to_the_button_in_place(visitor: Visitor) -> None:
    visit = learner(visitor)
    visit.type("or for this many iterations", "900000")
    visit.button("Train").focus()
    visit.key("Enter")
    expect(visit.button("Pause training")).to_be_focused()
    visit.button("Cancel training").focus()
    visit.key("Enter")
    expect(visit.button("Train")).to_be_focused()
    visit.button("Compare with this run").focus()
    visit.key("Enter")
    expect(visit.button("Stop comparing")).to_be_focused()


def test_a_jump_right_after_an_edit_shows_the_numbers_of_what_was_typed(visitor: Visitor) -> None:
    visit = visitor().open()
    visit.type("w5", "0.5")
    visit.slider.fill("3")
    visit.link_has(w5="0.5", step="3")
    visit.says("0.85·0.5 + 0.48·0.15 = 0.497")
