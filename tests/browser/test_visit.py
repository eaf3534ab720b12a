"""A visit to the 2-2-1 network: forward, backward, back again, with the mouse, the slider and the keys."""

import re
import time
from dataclasses import replace

import pytest
from playwright.sync_api import Route, expect

import nnviz
from tests.browser.conftest import Visitor
from tests.browser.visit import END, FORWARD_END, WEIGHTS, Visit
from tests.examples import STEP_BY_STEP, STEP_BY_STEP_PREDICTIONS
from tests.networks import SHOWN
from tests.oracles.textbook import error, forward, gradients, parameters_of, updated

STEPS = [
    "h1", "h2", "ŷ", "E",
    "∂E/∂ŷ", "∂E/∂w5", "∂E/∂w6", "∂E/∂h1", "∂E/∂h2", "∂E/∂w1", "∂E/∂w2", "∂E/∂w3", "∂E/∂w4",
    "w1⁺", "w2⁺", "w3⁺", "w4⁺", "w5⁺", "w6⁺",
    "h1⁺", "h2⁺", "ŷ⁺", "E⁺",
]  # fmt: skip


def by_textbook(weights: list[float]) -> list[float]:
    """Return the 23 results of an iteration of 2-2-1 with these weights."""
    w1, w2, w3, w4, w5, w6 = weights
    layers = [nnviz.Layer([[w1, w2], [w3, w4]]), nnviz.Layer([[w5, w6]])]
    problem = replace(STEP_BY_STEP, network=nnviz.Network(layers, "half_squared_error"))
    before = parameters_of(problem.network)
    slopes, after = gradients(problem, before, [0]), updated(problem, before, [0])
    by_weight = [number for rows, _ in slopes for row in rows for number in row]
    new = [number for rows, _ in after for row in rows for number in row]
    (_, hidden), (_, out) = forward(problem, before, problem.inputs[0])
    (_, hidden_after), (_, out_after) = forward(problem, after, problem.inputs[0])
    delta = out[0] - problem.targets[0][0]
    backward = [delta, *by_weight[4:], delta * w5, delta * w6, *by_weight[:4]]
    passes = [[*hidden, *out, error(problem, before)], [*hidden_after, *out_after, error(problem, after)]]
    return [*passes[0], *backward, *new, *passes[1]]


def written(number: float) -> str:
    return f"{number:.7g}".replace("-", "−")


def test_two_iterations_forward_and_back(visit: Visit) -> None:
    first = [SHOWN[name] for name in STEPS]
    start = [0.11, 0.21, 0.12, 0.08, 0.14, 0.15]
    assert [written(number) for number in by_textbook(start)] == first
    second = [written(number) for number in by_textbook([float(text) for text in (SHOWN[f"{w}⁺"] for w in WEIGHTS)])]
    assert second[2] == f"{float(STEP_BY_STEP_PREDICTIONS[1]):.7g}"
    assert second[21] == f"{float(STEP_BY_STEP_PREDICTIONS[2]):.7g}"

    for iteration, results in enumerate((first, second), start=1):
        for step, result in enumerate(results, start=1):
            if iteration == 1:
                visit.press("Forward" if step <= FORWARD_END else "Backward")
            else:
                visit.key("ArrowRight")
            visit.at(step, iteration)
            visit.has_result(result)
    for iteration, results in ((2, second), (1, first)):
        for step in range(END - 1, 0, -1):
            visit.key("ArrowLeft")
            visit.at(step, iteration)
            visit.has_result(results[step - 1])
        visit.press("Previous")
        visit.at(0, iteration)
        visit.says("Nothing is computed yet" if iteration == 1 else "In iteration 1, E = 0.3272405")
        if iteration == 2:
            visit.press("Previous")
            visit.at(END, 1)
    visit.is_off("Previous", "start")


def test_at_the_start_nothing_computed_is_shown(visit: Visit) -> None:
    visit.at(0)
    visit.says("Nothing is computed yet")
    texts = visit.texts_in_network()
    for given in ("x1", "w1", "0.11", "0.21", "0.12", "0.08", "0.14", "0.15", "·"):
        assert given in texts
    for result in SHOWN.values():
        assert result not in re.split(r"[^\d.−]+", texts), result
    for weight in WEIGHTS:
        cells = list(visit.cells(weight).values())
        assert set(cells[2:]) <= {"·", ""}, weight
        assert "·" in cells


def test_steps_within_a_pass_ask_nothing(visit: Visit) -> None:
    counts, asked_ahead = [], len(visit.ahead)
    for step in range(1, END + 1):
        visit.press("Forward" if step <= FORWARD_END else "Backward")
        visit.at(step)
        counts.append(len(visit.posts))
    assert len(set(counts[:FORWARD_END])) == len(set(counts[FORWARD_END:])) == 1
    visit.key(*["ArrowLeft"] * END)
    visit.at(0)
    visit.go(15)
    visit.go(3)
    visit.key("End", "Home", "ArrowRight")
    visit.at(1)
    assert len(visit.posts) == counts[-1]
    assert len(visit.ahead) - asked_ahead <= 3  # one for each answer that was shown


def test_the_network_and_the_table_fill_in_as_the_steps_happen(visit: Visit) -> None:
    visit.press("Forward", "Forward", "Forward")
    visit.at(3)
    for text in ("0.85", "0.48", "0.191"):
        expect(visit.graph).to_contain_text(text)
    visit.go(10)
    row = visit.cells("w1")
    assert [row[column] for column in ("value", "∂E/∂ŷ", "∂ŷ/∂h", "∂h/∂w", "∂E/∂w")] == [
        "0.11", "−0.809", "0.14", "2", "−0.22652"]  # fmt: skip
    assert row["new value"] == "·"
    assert visit.cells("w2")["∂E/∂w"] == "·"
    visit.go(END)
    assert {w: visit.cells(w)["new value"] for w in WEIGHTS} == {w: SHOWN[f"{w}⁺"] for w in WEIGHTS}
    assert {w: visit.cells(w)["∂E/∂w"] for w in WEIGHTS} == {w: SHOWN[f"∂E/∂{w}"] for w in WEIGHTS}
    assert visit.cells("w5")["∂ŷ/∂h"] == ""
    assert visit.cells("w1")["∂ŷ/∂w"] == ""


def test_the_chain_rule_is_written_out(visit: Visit) -> None:
    visit.go(10)
    formula = re.sub(r"\s", "", visit.page.locator("#formula").inner_text())
    assert "−0.809·0.14·2" in formula
    assert formula.endswith("=−0.22652")
    visit.says("−0.809·0.14·2 = −0.22652")


def test_a_button_that_is_off_says_why_and_does_nothing(visit: Visit) -> None:
    visit.is_off("Backward", "first compute everything")
    visit.is_off("Previous", "start")
    visit.press_though_off("Backward")
    visit.at(0)
    expect(visit.page.locator("#hint")).to_have_text(
        "Backward comes after the forward pass: first compute everything up to E."
    )
    visit.go(FORWARD_END)
    visit.is_on("Backward")
    visit.is_off("Forward", "Backward goes on")
    visit.press_though_off("Forward")
    visit.at(FORWARD_END)
    visit.press("Backward")
    visit.is_off("Forward")
    visit.go(END)
    visit.is_on("Forward")
    visit.is_off("Backward", "Iteration 1 is done")


def test_forward_and_next_iteration_begin_the_next_one(visit: Visit) -> None:
    visit.go(END)
    visit.press("Forward")
    visit.at(1, iteration=2)
    visit.has_result("0.923619")
    visit.press("Next iteration")
    visit.at(0, iteration=3)
    for _ in range(3):
        visit.press("Forward")
    visit.at(3, iteration=3)
    visit.has_result(f"{float(STEP_BY_STEP_PREDICTIONS[2]):.7g}")


def test_restart_returns_to_the_same_start(visit: Visit) -> None:
    before = visit.everything()
    visit.press("Next iteration")
    visit.at(0, iteration=2)
    visit.press("Forward")
    visit.at(1, iteration=2)
    visit.press("Restart")
    visit.at(0, iteration=1)
    assert visit.everything() == before


def test_play_walks_on_and_pause_stops(visit: Visit) -> None:
    visit.page.get_by_label("Speed", exact=True).select_option("2")
    visit.press("Play")
    expect(visit.button("Pause")).to_be_visible()
    expect(visit.status).to_contain_text("−0.809")
    visit.press("Pause")
    expect(visit.button("Play")).to_be_visible()
    place = visit.slider.input_value()
    visit.page.wait_for_timeout(1100)  # two steps long: what is shown must have stayed
    assert visit.slider.input_value() == place


def test_play_stops_at_the_end_and_then_goes_on_with_the_next_iteration(visit: Visit) -> None:
    visit.page.get_by_label("Speed", exact=True).select_option("8")
    visit.go(END - 2)
    visit.press("Play")
    visit.at(END)
    expect(visit.button("Play")).to_be_visible()
    visit.press("Play")
    visit.at(END, iteration=2)
    expect(visit.button("Play")).to_be_visible()


def test_the_slider_goes_anywhere_and_marks_the_passes(visit: Visit) -> None:
    for step in (17, 2, END, 0, 9):
        visit.go(step)
    visit.has_result(SHOWN["∂E/∂h2"])
    assert visit.page.locator(".passes span").all_inner_texts() == ["forward", "backward", "update", "check"]


def test_the_keys(visit: Visit) -> None:
    visit.key("ArrowRight")
    visit.at(1)
    visit.key("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight")
    visit.at(5)
    visit.key("ArrowLeft")
    visit.at(4)
    visit.key("End")
    visit.at(END)
    visit.key("Home")
    visit.at(0)
    visit.key("n")
    visit.at(0, iteration=2)
    visit.key("N")
    visit.at(0, iteration=3)
    visit.key("r")
    visit.at(0)
    visit.key(" ")
    expect(visit.button("Pause")).to_be_visible()
    visit.at(1)
    visit.key(" ")
    expect(visit.button("Play")).to_be_visible()


def test_the_list_of_keys(visit: Visit) -> None:
    visit.key("?")
    dialog = visit.page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    for key in ("→", "←", "Space", "Home", "End", "N", "R", "?"):
        expect(dialog.get_by_text(key, exact=True)).to_be_visible()
    visit.key("ArrowRight")
    visit.key("Escape")
    expect(dialog).to_be_hidden()
    visit.at(0)
    visit.press("Keys")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()


def test_keys_do_nothing_while_a_number_is_typed(visit: Visit) -> None:
    visit.go(2)
    field = visit.field("w1")
    field.focus()
    visit.key("End", "ArrowLeft", "ArrowRight", "Home", "n", "r", " ", "?")
    expect(visit.page.get_by_role("dialog")).to_be_hidden()
    visit.at(2)
    expect(field).to_have_value("nr ?0.11")
    expect(visit.button("Play")).to_be_visible()


def test_space_after_a_click_plays_and_does_not_click_again(visit: Visit) -> None:
    visit.press("Forward")
    visit.at(1)
    visit.key(" ")
    expect(visit.button("Pause")).to_be_visible()
    visit.key(" ")
    expect(visit.button("Play")).to_be_visible()
    visit.press("Play")
    expect(visit.button("Pause")).to_be_visible()
    visit.key(" ")
    expect(visit.button("Play")).to_be_visible()


def test_the_chart_of_the_error_is_folded_away_and_then_grows(visit: Visit) -> None:
    chart = visit.page.locator("#losses .js-plotly-plot")
    expect(chart).to_be_hidden()
    visit.unfold("Training")
    expect(chart).to_be_visible()
    expect(visit.page.locator("#losses-none")).to_be_visible()
    visit.press("Next iteration")
    visit.at(0, iteration=2)
    expect(visit.page.locator("#losses-none")).to_be_hidden()
    expect(chart.locator(".point")).to_have_count(1)
    visit.press("Next iteration")
    visit.at(0, iteration=3)
    expect(chart.locator(".point")).to_have_count(2)
    assert chart.evaluate("(chart) => [...chart.data[0].y]") == pytest.approx([0.3272405, 0.2769571714])


def test_scripts_that_come_late_are_there_before_dash_calls_them(visitor: Visitor) -> None:
    def late(route: Route) -> None:
        time.sleep(1)
        route.continue_()

    visit = visitor()
    visit.page.route("**/page.mjs", late)
    visit.load()
    visit.press("Forward")
    visit.at(1)


def test_nothing_of_ours_is_on_the_window_but_what_dash_calls(visit: Visit) -> None:
    assert visit.page.evaluate("() => Object.keys(window.dash_clientside.nnviz)") == [
        "begin",
        "receive",
        "receiveSlice",
    ]
    assert visit.page.evaluate("() => 'nnviz' in window || !fetch.toString().includes('[native code]')") is False
