"""Training, by people who train, pause, step, go on, cancel, jump back, compare and reload, alone and two at once."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

import nnviz
from nnviz.presets import PRESETS
from tests.browser.conftest import Visitor
from tests.browser.visit import MUCH_DATA, PHONE, Visit

LEARNS, END = "?preset=xor-learns", 51
CHART = "#losses .js-plotly-plot"


def weights_after(preset: str, updates: int, rate: float | None = None) -> list[str]:
    """Return the weights and biases after so many updates, as the page shows them, in the order of the table."""
    p = PRESETS[preset]
    network = nnviz.train(p.network, p.inputs, p.targets, rate or p.learning_rate, updates).network
    shown = []
    for layer in network.layers:
        assert layer.vector is not None
        for row, bias in zip(layer.matrix, layer.vector, strict=True):
            shown += [float(f"{number:.7g}") for number in (*row, bias)]
    return [repr(number).removesuffix(".0").replace("-", "−").replace("e−0", "e−") for number in shown]


def shows_weights(visit: Visit, expected: list[str]) -> None:
    """The table has these weights and biases."""
    for row, number in enumerate(expected):
        expect(visit.page.locator("#weights tbody tr").nth(row).locator("td").first).to_have_text(number)


def learner(visitor: Visitor, query: str = LEARNS, **options: Any) -> Visit:
    visit = visitor(**options).open(query)
    visit.unfold("Training")
    return visit


def live(visit: Visit, pattern: str) -> None:
    """Training is under way, and says where."""
    expect(visit.page.locator("#train-live")).to_have_text(re.compile(pattern))


def words(visit: Visit, pattern: str) -> None:
    expect(visit.page.locator("#train-words")).to_have_text(re.compile(pattern))


def curve(visit: Visit, number: int = 0) -> dict[str, Any]:
    """Return a line of the chart."""
    found: dict[str, Any] = visit.page.locator(CHART).evaluate(
        "(graph, n) => ({x: [...graph.data[n].x], y: [...graph.data[n].y], name: graph.data[n].name})", number
    )
    return found


def has_no_curve(visit: Visit) -> None:
    visit.page.wait_for_function("(id) => document.querySelector(id).data[0].x.length === 0", arg=CHART)
    words(visit, "^$")


def ignore_lost_requests(visit: Visit) -> None:
    """A request that the visitor or the test has cut off is no fault of the page."""
    lost = ("ERR_ABORTED", "ERR_FAILED", "Callback failed: the server did not respond", "Failed to fetch")
    visit.problems[:] = [problem for problem in visit.problems if not any(sign in problem for sign in lost)]


def reaches(visit: Visit, iteration: int, end: int = END) -> None:
    """Training has stopped, and everything speaks of this iteration."""
    expect(visit.button("Train")).to_be_visible()
    expect(visit.page.locator("#meta")).to_have_text(re.compile(rf"^Iteration {iteration:,} · not begun · {end} steps"))
    visit.link_has(iteration=str(iteration), step="0")


def words_stay(visit: Visit, pattern: str) -> None:
    """What training came to is still said when the chart has been drawn anew."""
    words(visit, pattern)
    visit.choose("scale of E", "logarithmic")
    visit.page.wait_for_function("(id) => document.querySelector(id)._fullLayout.yaxis.type === 'log'", arg=CHART)
    words(visit, pattern)


def train(visit: Visit, count: int) -> None:
    visit.press(f"Train {count:,} iterations")


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
    visit.type("but stop as soon as E is below", "nothing")
    train(visit, 10_000)
    expect(visit.page.locator("#train-below-problem")).to_contain_text("Type a number above 0")
    expect(visit.field("but stop as soon as E is below")).to_have_attribute("aria-invalid", "true")
    visit.at(0, end=END)
    visit.type("but stop as soon as E is below", "0.1")
    train(visit, 10_000)
    reaches(visit, 423)
    words_stay(visit, r"^E is below 0\.1 at iteration 423: E ≈ 0.09950493")


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
            expect(visit.page.locator("#learned-words")).to_contain_text("after 10,000 iterations")
            names = visit.page.locator("#learned .js-plotly-plot").evaluate("(graph) => graph.data.map((t) => t.name)")
            assert {"samples", "at the start"} < set(names)


def test_a_plateau_is_said(visitor: Visitor) -> None:
    visit = learner(visitor, "?preset=xor")
    train(visit, 10_000)
    reaches(visit, 10_001)
    words(visit, "It is not learning: for [0-9,]+ iterations E has stayed within 0.1 % of ≈ 0.693147")


def test_the_map_and_the_ground_follow_the_iteration(visitor: Visitor) -> None:
    visit = learner(visitor)
    visit.unfold("What was learned")
    expect(visit.page.locator("#learned-words")).to_contain_text("at the start")
    train(visit, 1000)
    reaches(visit, 1001)
    expect(visit.page.locator("#learned-words")).to_contain_text("4 of 4")
    visit.unfold("Loss surface")
    expect(visit.page.locator("#ground-words")).to_contain_text("Iteration 1,001: w1")
    visit.choose("up", "w9")
    expect(visit.page.locator("#ground-words")).to_contain_text("w9 ≈")
    visit.choose("across", "w9")
    expect(visit.page.locator("#ground-words")).to_contain_text(re.compile("Iteration 1,001: w9 .*, w1 "))
    visit.press("Restart")
    expect(visit.page.locator("#ground-words")).to_contain_text("Iteration 1:")


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


def test_a_reload_comes_back_to_the_same_weights_and_curve(visitor: Visitor) -> None:
    visit = learner(visitor)
    train(visit, 1000)
    reaches(visit, 1001)
    visit.type("Go to iteration", "700")
    visit.press("Show it")
    reaches(visit, 700)
    visit.press("Forward")
    visit.at(1, iteration=700, end=END)
    visit.link_has(trained="1001", step="1")
    before = curve(visit)
    visit.reload()
    visit.page.wait_for_function("(id) => document.querySelector(id)?.data?.[0]?.x.at(-1) === 1001", arg=CHART)
    expect(visit.page.locator("#meta")).to_have_text(re.compile("^Iteration 700 · .*step 1 of 51"))
    shows_weights(visit, weights_after("xor-learns", 699))
    assert curve(visit) == before


def test_a_reload_in_the_middle_of_training(visitor: Visitor) -> None:
    visit = learner(visitor)
    visit.type("or for this many iterations", "900000")
    visit.press("Train")
    visit.page.wait_for_function("(id) => document.querySelector(id)?.data?.[0]?.x.at(-1) > 1000", arg=CHART)
    visit.reload()
    words(visit, r"^Trained up to iteration")
    visit.link_has(iteration="1", step="0")
    assert str(curve(visit)["x"][-1]) == visit.link()["trained"]
    ignore_lost_requests(visit)


def test_a_link_far_away_is_trained_up_to(visitor: Visitor) -> None:
    visit = visitor().open("?preset=xor-learns&iteration=20000&step=2&trained=20000")
    expect(visit.page.locator("#meta")).to_have_text(re.compile("^Iteration 20,000 · .*step 2 of 51"), timeout=60_000)
    shows_weights(visit, weights_after("xor-learns", 19_999))


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
    expect(visit.page.locator("#ground-words")).to_contain_text("iteration 1,001")
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    visit.choose("scale of E", "logarithmic")
    visit.page.wait_for_function("(id) => document.querySelector(id)._fullLayout.yaxis.type === 'log'", arg=CHART)


def slices(visit: Visit) -> int:
    """Return how many requests for training went over the wire."""
    return sum("train-request" in post for post in visit.posts)


def settled(visit: Visit) -> int:
    """Return the number of training requests once no more of them come."""
    visit.page.wait_for_load_state("networkidle")
    return slices(visit)


def test_stepping_asks_for_little(visitor: Visitor) -> None:
    visit = learner(visitor)
    visit.press("Next iteration")
    reaches(visit, 2)
    expect(visit.page.locator(f"{CHART} .point")).to_have_count(1)
    assert settled(visit) <= 3


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


def test_training_pressed_right_after_an_edit_is_of_what_was_typed(visitor: Visitor) -> None:
    visit = learner(visitor)
    visit.type("learning rate", "2")
    train(visit, 100)
    reaches(visit, 101)
    shows_weights(visit, weights_after("xor-learns", 100, rate=2.0))


def test_a_slice_that_is_not_answered_leaves_training_paused(visitor: Visitor) -> None:
    visit = learner(visitor)
    visit.type("or for this many iterations", "900000")
    visit.press("Train")
    live(visit, r"^Iteration")
    visit.page.route("**/_dash-update-component*", lambda route: route.abort())
    expect(visit.button("Go on")).to_be_visible()
    expect(visit.notice).to_contain_text("did not answer")
    asked = slices(visit)
    visit.page.unroute("**/_dash-update-component*")
    visit.press("Go on")
    visit.page.wait_for_function("document.getElementById('train-pause').textContent === 'Pause training'")
    live(visit, r"^Iteration")
    assert slices(visit) - asked < 20
    visit.press("Cancel training")
    expect(visit.button("Train")).to_be_visible()
    ignore_lost_requests(visit)


def test_after_an_outage_training_goes_on_by_itself(visitor: Visitor) -> None:
    visit = learner(visitor)
    visit.type("or for this many iterations", "900000")
    visit.press("Train")
    live(visit, r"^Iteration")
    visit.page.route("**/_dash-update-component*", lambda route: route.abort())
    expect(visit.notice).to_contain_text("goes on by itself")
    visit.page.unroute("**/_dash-update-component*")
    expect(visit.button("Pause training")).to_be_visible()
    live(visit, r"^Iteration")
    expect(visit.notice).to_be_hidden()
    visit.press("Cancel training")
    expect(visit.button("Train")).to_be_visible()
    ignore_lost_requests(visit)


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


def test_a_reader_who_goes_on_while_a_link_is_restored_stays_there(visitor: Visitor) -> None:
    visit = visitor().open("?preset=xor-learns&trained=9000&iteration=20&step=3")
    visit.press("Next iteration")
    visit.at(0, iteration=21, end=END)
    words(visit, r"^Trained up to iteration 9,000")
    visit.at(0, iteration=21, end=END)


def test_comparing_can_be_ended_while_the_other_run_is_restored(visitor: Visitor) -> None:
    theirs = "preset%3Dxor-learns%26rate%3D3%26trained%3D900000"
    visit = visitor().open(f"?preset=xor-learns&other={theirs}")
    visit.press("Stop comparing")
    expect(visit.button("Train")).to_be_visible()
    train(visit, 10)
    reaches(visit, 11)


def test_a_jump_right_after_an_edit_shows_the_numbers_of_what_was_typed(visitor: Visitor) -> None:
    visit = visitor().open()
    visit.type("w5", "0.5")
    visit.slider.fill("3")
    visit.link_has(w5="0.5", step="3")
    visit.says("0.85·0.5 + 0.48·0.15 = 0.497")
