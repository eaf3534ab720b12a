"""Any network on the same screen: presets, networks built from nothing, their steps, stories, matrices and checks."""

import re

import pytest
from playwright.sync_api import expect

from nnviz.player.sources import ADDRESSES
from nnviz.presets import PRESETS
from nnviz.text import say
from tests.browser.conftest import Visitor
from tests.browser.visit import PHONE, Visit

WALKED = {"mazur": 1, "fahrenheit": 100}  # how many samples each has


def steps(visit: Visit) -> int:
    """Return how many steps the slider has."""
    return int(visit.slider.get_attribute("max") or 0)


def shows_number(visit: Visit, *numbers: str) -> None:
    """The network comes to show these numbers."""
    for number in numbers:
        expect(visit.graph).to_contain_text(number)


@pytest.mark.parametrize("key", WALKED)
def test_an_example_is_walked_from_end_to_end(visit: Visit, key: str) -> None:
    visit.choose("Example", say(f"preset.{key}.name"))
    about, source = visit.page.locator("#about"), PRESETS[key].source
    cited = say(f"source.{source}") if source else ""
    expect(about).to_contain_text(say(f"preset.{key}.source", source=cited))
    links = [ADDRESSES[source]] if source and ADDRESSES[source] else []
    assert [link.get_attribute("href") for link in about.get_by_role("link").all()] == links
    visit.link_has(preset=key)
    end = steps(visit)
    visit.at(0, end=end)
    assert end > 6
    for step in range(1, end + 1):
        visit.key("ArrowRight")
        visit.at(step, end=end)
        expect(visit.status).not_to_be_empty()
    expect(visit.page.locator("#weights .unknown")).to_have_count(0)
    if WALKED[key] > 1:
        expect(visit.page.locator("#meta")).to_contain_text(f"sample 1 of {WALKED[key]}")
    visit.press("Forward")
    visit.at(1, iteration=2, end=end)


def test_mazurs_numbers_are_there_to_the_digits_printed(visit: Visit) -> None:
    visit.choose("Example", "2-2-2, Mazur’s example")
    visit.go(9, end=42)
    visit.says("0.2983711")
    visit.go(42, end=42)
    visit.says("0.2910278")
    expect(visit.page.locator("#exact")).to_contain_text("0.29102777369")
    assert visit.cells("w5")["new value"] == "0.3589165"


def test_the_classic_mistake_stands_beside_the_right_number(visit: Visit) -> None:
    visit.choose("Example", "2-2-2, Mazur’s example")
    visit.unfold("Picture, steps, symbols and update")
    visit.choose("The update", "in place (wrong!)")
    visit.link_has(update="in-place")
    visit.go(42, end=42)
    visit.says("Wrong on purpose", "0.291027924", "0.291027774")
    visit.choose("The update", "after all gradients")
    expect(visit.status).not_to_contain_text("Wrong on purpose")


def test_a_network_is_built_from_nothing_and_stepped(visit: Visit) -> None:
    visit.unfold("Build a network")
    visit.page.locator("#layer1-neurons").fill("3")
    expect(visit.field("w9")).to_be_visible()
    expect(visit.page.locator("#layer1-neurons")).to_be_focused()
    visit.page.locator("#layer1-activation").select_option("sigmoid")
    visit.page.locator("#layer1-biases").select_option("trained")
    expect(visit.field("b3")).to_have_value("0")
    visit.press("Add a layer (up to 6)")
    expect(visit.page.locator("#layer3-neurons")).to_have_value("1")
    visit.press("Remove hidden layer 2")
    expect(visit.page.locator("#layer3-neurons")).to_have_count(0)
    for field, text in {"w1": "1", "w2": "-1", "b1": "0.5"}.items():
        visit.type(field, text)
        visit.link_has(**{field: text})
    visit.link_has(layers="3\\+sigmoid\\+trained%2C\\+1\\+identity\\+none".replace("\\", ""))
    visit.press("Forward")
    visit.has_result("−0.5")  # z1 = 2·1 + 3·(−1) + 0.5
    visit.press("Forward")
    visit.has_result("0.3775407")  # σ(−0.5)
    before = visit.page.locator("#formula").inner_text()
    visit.reload()
    expect(visit.page.locator("#formula")).to_have_text(re.compile(re.escape(before.split()[0])))
    visit.has_result("0.3775407")


def test_what_does_not_fit_is_said_where_it_was_typed(visit: Visit) -> None:
    field, text, message = "layer2-neurons", "11", "from 1 to 10"
    visit.go(3)
    visit.unfold("Build a network")
    visit.page.locator(f"#{field}").fill(text)
    expect(visit.page.locator(f"#{field}-problem")).to_contain_text(message)
    expect(visit.page.locator(f"#{field}")).to_have_attribute("aria-invalid", "true")
    visit.at(3)
    visit.has_result("0.191")


def test_cross_entropy_says_what_it_needs_and_then_has_it(visit: Visit) -> None:
    visit.unfold("Build a network")
    visit.page.locator("#loss").select_option("binary_cross_entropy")
    expect(visit.page.locator("#loss-problem")).to_contain_text("Choose sigmoid for the output layer")
    visit.page.locator("#layer2-activation").select_option("sigmoid")
    expect(visit.page.locator("#loss-problem")).to_be_empty()
    visit.link_has(loss="binary_cross_entropy")
    visit.type("target", "2")
    expect(visit.page.locator("#target-problem")).to_contain_text("targets from 0 to 1")


def test_start_weights_follow_the_rule_and_the_seed(visit: Visit) -> None:
    visit.unfold("Build a network")
    visit.page.locator("#start-rule").select_option("xavier")
    expect(visit.field("w1")).not_to_have_value("0.11")
    first = visit.field("w1").input_value()
    visit.press("Draw again")
    expect(visit.page.locator("#start-seed")).to_have_value("2")
    expect(visit.field("w1")).not_to_have_value(first)
    visit.page.locator("#start-seed").fill("1")
    expect(visit.field("w1")).to_have_value(first)
    visit.type("w1", "0.5")
    expect(visit.page.locator("#start-rule")).to_have_value("hand")


def test_another_detail_keeps_the_place(visit: Visit) -> None:
    visit.go(10)
    visit.has_result("−0.22652")
    visit.unfold("Picture, steps, symbols and update")
    visit.choose("Level of detail", "by term and factor")
    expect(visit.page.locator("#meta")).to_contain_text("of 49")
    expect(visit.page.locator("#formula")).to_contain_text("−0.2265")
    visit.choose("Level of detail", "by neuron")
    expect(visit.page.locator("#meta")).to_contain_text("of 23")


def test_the_computation_is_a_graph_at_the_same_place_until_it_is_too_large(visit: Visit) -> None:
    visit.go(10)
    visit.unfold("Picture, steps, symbols and update")
    visit.choose("Picture", "as a computation graph")
    visit.link_has(diagram="graph", step="10")
    expect(visit.page.locator("#picture")).to_have_attribute("aria-label", "The computation as a graph")
    visit.has_result("−0.22652")
    for text in ("× 0.22", "× 2", "∂ −0.23"):
        assert text in visit.texts_in_network()
    visit.point_in_network("weight-1-0-0")
    expect(visit.page.locator("#tip")).to_contain_text("x1·w1 = 0.22")
    visit.page.mouse.click(*visit.in_network("weight-1-0-0"))
    expect(visit.chain).to_contain_text("w1")
    visit.press("Backward")
    visit.at(11)
    visit.page.reload()
    visit.at(11)
    expect(visit.page.locator("#picture")).to_have_attribute("aria-label", "The computation as a graph")
    visit.choose("Example", "2-4-4-1, gradients that shrink")
    expect(visit.page.locator("#meta")).to_contain_text("too large to read as a graph")
    expect(visit.page.locator("#picture")).to_have_attribute("aria-label", "The network")


def test_a_layer_is_a_step_in_matrices(visit: Visit) -> None:
    visit.unfold("Picture, steps, symbols and update")
    visit.choose("Level of detail", "by layer, in matrices")
    visit.press("Forward")
    visit.at(1, end=12)
    for number in ("0.85", "0.48"):
        expect(visit.page.locator("#formula mtable").filter(has_text=number).first).to_be_visible()
    visit.says("h1 = 0.85", "h2 = 0.48")


def test_the_symbols_can_be_those_with_two_indices(visit: Visit) -> None:
    visit.go(10)
    visit.unfold("Picture, steps, symbols and update")
    visit.choose("Symbols", "w²₁₃, z, a, δ")
    visit.at(10)
    visit.has_result("−0.22652")
    expect(visit.row("w¹₁₁")).to_be_visible()
    expect(visit.field("w¹₁₁")).to_have_value("0.11")


def test_the_matrices_fill_in_and_light_what_the_step_is_about(visit: Visit) -> None:
    visit.unfold("In matrices")
    visit.go(1)
    lit = visit.page.locator("#matrices .lit")
    expect(lit.first).to_be_visible()
    assert sorted(set(lit.all_text_contents())) == ["0.11", "0.21", "0.85", "2", "3"]
    expect(visit.page.locator("#matrices [data-value='h2']").first).to_have_text("·")
    sign = visit.page.locator("#matrices [data-value='forward-forward-1-0']")
    expect(sign).to_have_text("…")
    visit.go(2)
    expect(sign).to_have_text("=")
    visit.go(6)
    expect(visit.page.locator("#matrices [data-value='backward-gradients-2-0']")).to_have_text("…")
    visit.go(7)
    expect(visit.page.locator("#matrices [data-value='backward-gradients-2-0']")).to_have_text("≈")
    visit.go(14)
    expect(visit.page.locator("#matrices [data-value='alpha']").first).to_have_text("0.05")
    expect(visit.page.locator("#matrices [data-value='w1+']").first).to_have_text("0.1213")
    expect(visit.page.locator("#matrices [data-value='w2+']").first).to_have_text("·")


def test_a_sum_over_samples_is_written_out_in_matrices_and_lit_as_a_whole(visit: Visit) -> None:
    visit.choose("Example", "XOR 2-3-1, as printed")
    visit.unfold("In matrices")
    expect(visit.page.locator("#meta")).to_contain_text("51 steps")
    visit.go(14, end=51)
    terms = visit.page.locator("#matrices [data-of='dE/dz4']")
    # ŷ of sample 1 is 0.50511 and its target 0, of which the mean takes a quarter
    expect(visit.page.locator("#matrices [data-value='dE/dz4(1)']").first).to_have_text("0.1263")
    expect(terms).to_have_count(8)
    expect(visit.page.locator("#matrices [data-of='dE/dz4'].lit")).to_have_count(8)


def test_a_neuron_tells_its_story_with_its_curve(visit: Visit) -> None:
    visit.choose("Example", "2-2-1 with a dead ReLU")
    visit.at(0, end=steps(visit))
    visit.page.mouse.click(*visit.in_network("neuron-1-0-0"))
    expect(visit.chain).to_contain_text("All about h1")
    expect(visit.chain.locator("svg")).to_have_count(0)
    visit.go(4, end=steps(visit))
    expect(visit.chain.locator("svg")).to_be_visible()
    expect(visit.chain).to_contain_text("no gradient gets through")


def test_a_bias_tells_its_chain_rule(visit: Visit) -> None:
    visit.choose("Example", "2-2-1 with sigmoid and biases")
    visit.press("b1")
    expect(visit.chain).to_contain_text("The chain rule of b1")
    visit.go(38, end=38)
    expect(visit.chain).not_to_contain_text("not computed yet")


def test_a_gradient_is_checked_on_request(visit: Visit) -> None:
    visit.press("w1")
    visit.press("Check this gradient")
    expect(visit.chain).to_contain_text("as soon as the gradient is computed")
    expect(visit.chain).not_to_contain_text("Central difference")
    visit.go(10)
    expect(visit.chain).to_contain_text("Central difference")
    expect(visit.chain).to_contain_text("They agree")
    expect(visit.chain).to_contain_text("−0.22652")


def test_the_largest_network_is_stepped(visitor: Visitor) -> None:
    layers = ",+".join(["8+tanh+trained"] * 5 + ["4+identity+trained"])
    query = f"?inputs=8&layers={layers}&start=normal+0.5+1&detail=term"
    visit = visitor().open(query)
    end = steps(visit)
    assert end > 2500
    visit.go(end, end=end)
    expect(visit.status).not_to_be_empty()
    visit.press("Previous")
    visit.at(end - 1, end=end)


def test_on_a_phone_a_wide_network_is_moved_to_where_the_step_is(visitor: Visitor) -> None:
    visit = visitor(viewport=PHONE).open("?preset=vanishing")
    end = steps(visit)
    picture = visit.page.locator("#picture")
    visit.go(1, end=end)
    left = picture.evaluate("(node) => node.scrollLeft")
    visit.go(33, end=end)
    assert picture.evaluate("(node) => node.scrollLeft") > left
