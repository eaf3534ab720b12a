"""What was learned: each picture is of the networks' own outputs, and the words count what can be counted."""

import json
import re
import sys
from typing import Any
from xml.etree import ElementTree as ET

import plotly.graph_objects as go
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import nnviz
from nnviz.charts.axes import points, reach
from nnviz.charts.theme import DARK, LIGHT, Palette
from nnviz.lessons.network.training.predictions import predictions
from nnviz.presets import PRESETS
from nnviz.protocol import Predictions
from tests.examples import MAZUR
from tests.pictures import chart
from tests.problems import Problem, problems

Json = dict[str, Any]
HUGE = nnviz.Network([nnviz.Layer([[1e308, 1.0]]), nnviz.Layer([[1e308]])])
BITS = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
ANY = st.floats(allow_nan=False, allow_infinity=False)


def of_preset(
    name: str, iterations: int, rate: float | None = None, palette: Palette = LIGHT
) -> tuple[Predictions, nnviz.Network]:
    """Return what a preset has learned after so many iterations, and the network."""
    p = PRESETS[name]
    network = nnviz.train(p.network, p.inputs, p.targets, rate or p.learning_rate, iterations).network
    return predictions(p.network, network, p.inputs, p.targets, iterations + 1, palette), network


def traces(found: Predictions) -> dict[str, Json]:
    return {trace.get("name", "map"): trace for trace in chart(found)["data"]}


def predicted(network: nnviz.Network, rows: list[list[float]]) -> list[float]:
    return [float(row[0]) for row in nnviz.predict(network, rows)]


def body(html: str) -> list[list[str]]:
    """Return the texts of a table's rows, the header first."""
    root = ET.fromstring(html)
    return [["".join(cell.itertext()) for cell in row] for row in root.iter("tr")]


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_shape_of_the_data_chooses_what_is_drawn(preset: str, palette: Palette) -> None:
    found, network = of_preset(preset, 2, palette=palette)
    json.dumps(found, allow_nan=False)
    assert found["words"] in found["label"]
    n_in, n_out = network.sizes[0], network.sizes[-1]
    assert len(body(found["html"])) == 1 + len(PRESETS[preset].inputs)
    if found["figure"] is None:
        assert n_in > 2 or (n_out > 1 and preset != "three-classes")
        return
    go.Figure(found["figure"])
    types = {trace["type"] for trace in chart(found)["data"]}
    assert ("contour" in types, "heatmap" in types) == ((n_in, n_out) == (2, 1), n_out > 1)
    layout = chart(found)["layout"]
    assert layout["dragmode"] is False
    assert layout["xaxis"]["fixedrange"] is layout["yaxis"]["fixedrange"] is True
    assert layout["paper_bgcolor"] == palette.card
    assert layout["xaxis"]["title"]["text"] == "x1"


def test_three_classes_are_a_map_of_the_largest_output_with_each_sample_in_its_colour() -> None:
    found, network = of_preset("three-classes", 300)
    area, *marks = chart(found)["data"]
    grid = [[area["x"][column], area["y"][row]] for row in (0, 30, 60) for column in (0, 17, 60)]
    expected = nnviz.predict(network, grid).argmax(axis=1).tolist()
    assert [area["z"][row][column] for row in (0, 30, 60) for column in (0, 17, 60)] == expected
    assert {at for row in area["z"] for at in row} == {0, 1, 2}
    assert [mark["marker"]["color"] for mark in marks] == list(dict.fromkeys(c for _, c in area["colorscale"]))
    points = {mark["name"]: list(zip(mark["x"], mark["y"], strict=True)) for mark in marks}
    assert points["y1 = 1"] == [(0.8, 0.6), (0.4, 0.9), (1.0, 0.3)]
    assert "Classified correctly after 300 iterations: 9 of 9 samples." in found["words"]
    assert "in the colour of its own class" in found["label"]


def test_fahrenheit_is_a_line_that_was_far_from_the_samples_and_is_on_them() -> None:
    found, network = of_preset("fahrenheit", 10_000)
    shown = traces(found)
    assert list(shown) == ["line of the samples", "samples", "at the start", "now"]
    true, samples = shown["line of the samples"], shown["samples"]
    assert (true["x"], true["y"]) == ([-50, 49], pytest.approx([-58, 120.2]))
    assert true["line"]["width"] > samples["marker"]["size"] > shown["now"]["line"]["width"]
    assert samples["y"] == pytest.approx([1.8 * c + 32 for c in samples["x"]])
    assert len(samples["x"]) == 100
    for name, line in (("at the start", PRESETS["fahrenheit"].network), ("now", network)):
        assert shown[name]["y"] == pytest.approx(predicted(line, [[x] for x in shown[name]["x"]]), rel=1e-12)
        assert shown[name]["x"][0] < -55
        assert shown[name]["x"][-1] > 54
    assert shown["now"]["y"] == pytest.approx([1.8 * c + 32 for c in shown["now"]["x"]], abs=1e-4)
    assert shown["at the start"]["line"]["dash"] == "dash"
    assert "dash" not in shown["now"]["line"]
    largest = max(
        abs(p - y) for p, y in zip(predicted(network, [[x] for x in samples["x"]]), samples["y"], strict=True)
    )
    said = re.fullmatch(
        r"The largest error after 10,000 iterations is ≈ (\S+), for sample 100. At the start it was 95.2.",
        found["words"],
    )
    assert said
    assert float(said[1].replace("−", "-")) == pytest.approx(largest, rel=1e-6)
    assert "right" not in found["words"]


def test_before_training_there_is_no_line_of_the_start() -> None:
    found, _ = of_preset("fahrenheit", 0)
    assert list(traces(found)) == ["line of the samples", "samples", "now"]
    assert found["words"] == "The largest error at the start is 95.2, for sample 100."


@pytest.mark.parametrize("rows", [[[0, 1], [1, 3]], [[0, 1], [1, 3], [2, 5.001]], [[1, 1], [1, 2], [1, 3]]])
def test_there_is_no_true_line_where_samples_lie_on_none_or_on_any(rows: list[list[float]]) -> None:
    network = nnviz.Network([nnviz.Layer([[1.0]])])
    found = predictions(network, network, [[x] for x, _ in rows], [[y] for _, y in rows], 2, LIGHT)
    assert "line of the samples" not in traces(found)


def test_a_sample_tells_all_its_digits() -> None:
    found, network = of_preset("fahrenheit", 7)
    (output,) = predicted(network, [[-48.0]])
    told = traces(found)["samples"]["hovertext"][2].replace("−", "-")
    assert told == f"sample 3<br>x1 = -48<br>y = {-86.4 + 32}<br>ŷ = {output!r}"


def test_xor_is_a_map_that_is_parted_where_the_output_is_a_half() -> None:
    found, network = of_preset("xor-learns", 10_000)
    shown = traces(found)
    ground = shown["map"]
    assert found["words"].startswith("Classified correctly after 10,000 iterations: 4 of 4 samples. The largest")
    assert found["words"].endswith("The line on the map is where the output is 0.5.")
    for row, second in list(enumerate(ground["y"]))[::8]:
        expected = predicted(network, [[first, second] for first in ground["x"]])
        assert ground["customdata"][row] == pytest.approx(expected, rel=1e-12)
        assert ground["z"][row] == pytest.approx(expected, rel=1e-8)
    contours = ground["contours"]
    assert (contours["start"], contours["end"], contours["showlines"]) == (0.5, 0.5, True)
    assert (ground["zmin"] + ground["zmax"]) / 2 == 0.5
    assert ground["zmin"] <= min(map(min, ground["z"])) < max(map(max, ground["z"])) <= ground["zmax"]
    zeros, ones = shown["target 0"], shown["target 1"]
    assert sorted(zip(zeros["x"], zeros["y"], strict=True)) == [(0, 0), (1, 1)]
    assert sorted(zip(ones["x"], ones["y"], strict=True)) == [(0, 1), (1, 0)]
    assert zeros["marker"]["symbol"] != ones["marker"]["symbol"]
    assert zeros["marker"]["color"] != ones["marker"]["color"]
    assert all(told.endswith("<br>right") for told in (*zeros["hovertext"], *ones["hovertext"]))


def test_all_predictions_are_below_the_map_as_numbers_and_as_classes() -> None:
    found, network = of_preset("xor-learns", 100)
    header, *rows = body(found["html"])
    assert header == ["sample", "x1", "x2", "ŷ", "y", "class", "right?"]
    for number, ((a, b), output, row) in enumerate(zip(BITS, predicted(network, BITS), rows, strict=True), start=1):
        target, guess = int(a != b), int(output > 0.5)
        assert row[:3] == [str(number), str(int(a)), str(int(b))]
        assert float(row[3].removeprefix("≈ ")) == pytest.approx(output, rel=1e-6)
        assert row[4:] == [str(target), str(guess), "right" if guess == target else "wrong"]
    assert "after 100 iterations. The class is 1 where the output is above 0.5, else 0." in found["html"]


def test_of_several_classes_that_of_the_largest_output_is_predicted() -> None:
    # The outputs are the inputs: 0.4 is the largest of the first sample, although none is above 0.5.
    network = nnviz.Network([nnviz.Layer([[1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0]])])
    inputs = [[0.1, 0.4, 0.2], [0.9, 0.8, 0.7], [0.6, 0.1, 0.9]]
    found = predictions(network, network, inputs, [[0, 1, 0], [0, 1, 0], [0, 0, 1]], 2, LIGHT)
    assert body(found["html"]) == [
        ["sample", "ŷ1", "ŷ2", "ŷ3", "target", "class", "right?"],
        ["1", "0.1", "0.4", "0.2", "y2", "y2", "right"],
        ["2", "0.9", "0.8", "0.7", "y2", "y1", "wrong"],
        ["3", "0.6", "0.1", "0.9", "y3", "y3", "right"],
    ]
    named = predictions(network, network, inputs, [[0, 1, 0]] * 3, 2, LIGHT, ((), ("red", "green", "blue")))
    assert body(named["html"])[2][-3:] == ["green", "red", "wrong"]
    widths = [re.findall('data-width="(.*?)"', of_preset(key, 1)[0]["html"]) for key in ("xor", "three-classes")]
    assert widths == [["small"], ["large"]]
    assert "The class is that of the largest output." in found["html"]
    assert found["words"].startswith("Classified correctly after 1 iteration: 2 of 3 samples.")


def test_right_and_wrong_are_counted_as_the_sources_do() -> None:
    # XOR, as “Apa itu Backpropagation” prints it: predictions = (A2 > 0.5)
    found, network = of_preset("xor-learns", 100)
    outputs = predicted(network, BITS)
    right = [(p > 0.5) == (a != b) for p, (a, b) in zip(outputs, BITS, strict=True)]
    assert 0 < sum(right) < 4
    assert f"Classified correctly after 100 iterations: {sum(right)} of 4 samples." in found["words"]
    for trace in (traces(found)["target 0"], traces(found)["target 1"]):
        for x, y, told in zip(trace["x"], trace["y"], trace["hovertext"], strict=True):
            assert told.endswith("<br>right" if right[BITS.index([x, y])] else "<br>wrong")


def test_the_line_at_a_half_is_only_drawn_between_classes_and_where_it_is() -> None:
    flat = nnviz.Network([nnviz.Layer([[0.0, 0.0]], [0.25])])
    halfway = nnviz.Network([nnviz.Layer([[1.0, 0.0]], [0.0])])
    cases: list[tuple[nnviz.Network, list[list[float]], bool]] = [
        (flat, [[0], [1], [1], [0]], False),
        (halfway, [[0], [1], [1], [0]], True),
        (halfway, [[0], [1], [1], [0.2]], False),
    ]
    for network, targets, is_parted in cases:
        found = predictions(network, network, BITS, targets, 2, DARK)
        assert traces(found)["map"]["contours"]["showlines"] is is_parted
        assert ("is 0.5." in found["words"]) is is_parted


def test_targets_that_are_no_classes_have_one_symbol_and_the_colours_of_the_map() -> None:
    network = nnviz.Network([nnviz.Layer([[1.0, 2.0]])])
    found = predictions(network, network, [[0, 0], [1, 5]], [[3], [7]], 2, LIGHT)
    assert list(traces(found)) == ["map", "samples"]
    marker, ground = traces(found)["samples"]["marker"], traces(found)["map"]
    assert marker["color"] == [3.0, 7.0]
    assert (marker["cmin"], marker["cmax"]) == (ground["zmin"], ground["zmax"])
    assert marker["colorscale"] == ground["colorscale"]
    assert (ground["zmin"] + ground["zmax"]) / 2 == 5.0
    assert "right" not in found["words"]


def test_a_line_tells_classes_too() -> None:
    network = nnviz.Network([nnviz.Layer([[1.0]])])
    found = predictions(network, network, [[0.25], [0.75], [0.4]], [[0], [1], [1]], 2, LIGHT)
    assert "correctly after 1 iteration: 2 of 3 samples. The largest error is 0.6, for sample 3." in found["words"]
    shown = traces(found)
    assert shown["target 0"]["marker"]["symbol"] != shown["target 1"]["marker"]["symbol"]
    halfway = predictions(network, network, [[0.5], [0.5], [0.5]], [[0], [0], [1]], 2, LIGHT)
    assert "correctly after 1 iteration: 2 of 3 samples." in halfway["words"]


def test_several_outputs_are_a_table_of_predictions_beside_targets() -> None:
    network = nnviz.Network([nnviz.Layer([[1.0, 0.0, 0.0], [0.0, 1.0, 1 / 3]])])
    targets = [[1, 0], [0, 1], [0, 0], [1, 1]]
    found = predictions(
        network,
        network,
        [[0.75, 0.25, 0.0], [0.75, 0.25, 0.0], [0.25, 0.0, 1.0], [1.0, 0.0, 0.0]],
        targets,
        1234,
        LIGHT,
    )
    assert body(found["html"]) == [
        ["sample", "ŷ1", "y1", "ŷ2", "y2", "class", "right?"],
        ["1", "0.75", "1", "0.25", "0", "1 0", "right"],
        ["2", "0.75", "0", "0.25", "1", "1 0", "wrong: ŷ1, ŷ2"],
        ["3", "0.25", "0", "≈ 0.3333333", "0", "0 0", "right"],
        ["4", "1", "1", "0", "1", "1 0", "wrong: ŷ2"],
    ]
    root = ET.fromstring(found["html"])
    assert [cell.attrib["data-exact"] for cell in root.iter("td") if "data-exact" in cell.attrib] == [f"ŷ2 = {1 / 3!r}"]
    assert "".join(root.iterfind("caption").__next__().itertext()).startswith(
        "Samples 1 to 4 of 4, after 1,233 iterations. "
    )
    assert found["words"].startswith(
        "Classified correctly in every output after 1,233 iterations: 2 of 4 samples. "
        "The largest error is 1, for sample 4."
    )


def test_an_only_sample_is_not_counted_in_the_caption() -> None:
    network = nnviz.Network([nnviz.Layer([[1.0, 1.0, 1.0]])])
    html = predictions(network, network, [[1.0, 2.0, 3.0]], [[1.0]], 1, LIGHT)["html"]
    assert "<caption>The only sample, at the start. The class is 1" in html


def test_the_table_lists_the_first_of_many_samples() -> None:
    network = nnviz.Network([nnviz.Layer([[1.0, 1.0, 1.0]])])
    rows = [[float(n), 0.0, 0.0] for n in range(1000)]
    found = predictions(network, network, rows, [[n + 0.5] for n in range(1000)], 2, LIGHT)
    assert "Samples 1 to 100 of 1,000" in found["html"]
    header, *listed = body(found["html"])
    assert header == ["sample", "ŷ", "y"]
    assert listed == [[str(n + 1), str(n), str(n + 0.5)] for n in range(100)]


def test_mazur_s_outputs_are_the_published_ones() -> None:
    found = predictions(MAZUR.network, MAZUR.network, MAZUR.inputs, MAZUR.targets, 1, LIGHT)
    assert body(found["html"])[1] == ["1", "0.05", "0.1", "≈ 0.7513651", "0.01", "≈ 0.7729285", "0.99"]
    assert found["words"] == "The largest error at the start is ≈ 0.7413651, for sample 1."


@pytest.mark.parametrize("inputs", [[[2.0, 3.0]], [[5.0, 5.0]] * 3, [[0.0, 0.0]], [[1e9, -1e9]], [[0, 1], [0, 2]]])
def test_a_map_has_a_margin_around_the_samples(inputs: list[list[float]]) -> None:
    network = nnviz.Network([nnviz.Layer([[1e-3, 1e-3]])])
    found = predictions(network, network, inputs, [[0.3]] * len(inputs), 2, LIGHT)
    ground = traces(found)["map"]
    for column, name in enumerate("xy"):
        values = [row[column] for row in inputs]
        assert ground[name][0] < min(values) <= max(values) < ground[name][-1]
        assert len(set(ground[name])) == 41
        assert chart(found)["layout"][f"{name}axis"]["range"] == [ground[name][0], ground[name][-1]]


def test_what_has_diverged_is_left_out_and_said() -> None:
    p = PRESETS["fahrenheit"]
    with pytest.warns(RuntimeWarning):
        network = nnviz.train(p.network, p.inputs, p.targets, 1.0, 1000).network
    grown = predictions(p.network, network, p.inputs, p.targets, 500, LIGHT)
    assert "e1" in grown["words"]
    steep = nnviz.Network([nnviz.Layer([[1e308]])])
    line = predictions(p.network, steep, p.inputs, p.targets, 500, LIGHT)
    assert "Samples with an output too large to draw: 99 of 100." in line["words"]
    assert "Where nothing is drawn" in line["words"]
    assert None in traces(line)["now"]["y"]
    assert None not in traces(line)["at the start"]["y"]
    flat = predictions(HUGE, HUGE, [[0, 0], [1, 0]], [[0], [1]], 3, LIGHT)
    assert "after 2 iterations: 1 of 2 samples. Samples with an output too large to draw: 1 of 2." in flat["words"]
    assert "ŷ = too large<br>wrong" in traces(flat)["target 1"]["hovertext"][0]
    undefined = nnviz.Network([nnviz.Layer([[1e308], [1e308]]), nnviz.Layer([[1.0, -1.0]])])
    neither = predictions(undefined, undefined, [[10.0]], [[0]], 3, LIGHT)
    assert "after 2 iterations: 0 of 1 sample. Samples with an output too large to draw: 1 of 1." in neither["words"]
    far = nnviz.Network([nnviz.Layer([[1e300]])])
    farthest = predictions(far, far, [[-1.0]], [[sys.float_info.max]], 3, LIGHT)
    assert farthest["words"].startswith("The largest error after 2 iterations is ≈ 1.797693e308")
    wide = nnviz.Network([nnviz.Layer([[1e308] * 3])])
    table = predictions(wide, wide, [[1, 1, 1]], [[1]], 3, LIGHT)
    assert body(table["html"])[1] == ["1", "too large", "1", "·", "wrong"]
    for found in (grown, line, flat, neither, farthest, table):
        json.dumps(found, allow_nan=False)


@given(problems(ANY, max_layers=2, max_samples=3), st.integers(1, 3))
def test_no_float_breaks_it(problem: Problem, iteration: int) -> None:
    found = predictions(problem.network, problem.network, problem.inputs, problem.targets, iteration, DARK)
    json.dumps(found, allow_nan=False)
    assert not re.search(r"\b(nan|inf)\b", found["words"] + found["html"], re.IGNORECASE)


@example([1e9, 1e9 + 2.0**-23], 0.1, 41)
@given(st.lists(ANY, min_size=1, max_size=5), st.floats(0.05, 0.3), st.integers(2, 60))
def test_an_axis_holds_its_numbers_on_points_that_are_shown_whole(
    values: list[float], margin: float, count: int
) -> None:
    low, high = reach(values, margin)
    inside = [value for value in values if abs(value) <= 1e299]
    assert all(low < value < high for value in inside)
    found = points(low, high, count)
    assert len(found) == count
    assert found == sorted(set(found))
    assert all(float(f"{point:.12g}") == point for point in found)
    step = (high / 2 - low / 2) / (count - 1) * 2
    assert found == pytest.approx([low + step * n for n in range(count)], abs=step * 0.01, rel=0)


@pytest.mark.parametrize(("preset", "tested"), [("fahrenheit", (2, 7)), ("xor", (1, 3)), ("three-classes", (0, 4))])
def test_samples_of_a_test_are_ringed_and_named(preset: str, tested: tuple[int, ...]) -> None:
    p = PRESETS[preset]
    found = predictions(p.network, p.network, p.inputs, p.targets, 1, LIGHT, tested=tested)
    rings = traces(found)["test samples"]
    ups = p.targets if preset == "fahrenheit" else [(row[1],) for row in p.inputs]
    assert (rings["x"], rings["y"]) == ([p.inputs[at][0] for at in tested], [ups[at][0] for at in tested])
    hovers = "".join(text for trace in chart(found)["data"] for text in trace.get("hovertext", ()))
    assert hovers.count("kept apart for the test") == len(tested)
    numbers = [row[0] for row in body(found["html"])[1:]]
    assert [at for at, number in enumerate(numbers) if number.endswith(" test")] == list(tested)
    go.Figure(chart(found))


def test_of_the_test_it_is_counted_too_which_are_right() -> None:
    found, _ = of_preset("xor-learns", 3000)
    assert "kept apart" not in found["words"]
    p = PRESETS["xor"]
    words = predictions(p.network, p.network, p.inputs, p.targets, 1, LIGHT, tested=(0, 1, 2))["words"]
    right = [
        (nnviz.predict(p.network, [x])[0, 0] > 0.5) == (y > 0.5) for x, (y,) in zip(p.inputs, p.targets, strict=True)
    ]
    assert f"{sum(right)} of 4 samples. Of the 3 samples kept apart for the test, {sum(right[:3])} " in words
