"""Opening, saving and the buttons: what a link or a file says comes back whole, and a button does what it is called."""

import csv
import re
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.lessons.network.fields import edited, form
from nnviz.lessons.network.links import ACTIONS, LONGEST_QUERY, in_full, in_link, is_too_large, opened, pressed
from nnviz.lessons.network.setup import Setup, of_preset
from nnviz.player.refusal import RefusedError
from nnviz.presets import PRESETS
from tests.asking import link, then, view

HOME, XOR, FAHRENHEIT = of_preset("2-2-1"), of_preset("xor"), of_preset("fahrenheit")
NUMBERS = {"w1": "0.11", "w2": "0.21", "w3": "0.12", "w4": "0.08", "w5": "0.14", "w6": "0.15",
           "x1": "2", "x2": "3", "target": "1", "rate": "0.05"}  # fmt: skip


def edit(setup: Setup, **typed: str) -> Setup:
    """Return the setup after these texts, whose keys have _ for -, were typed and all taken."""
    changed, problems = edited(setup, {key.replace("_", "-"): text for key, text in typed.items()}, form(setup))
    assert problems == {}
    return changed


def refusal(setup: Setup, action: str, text: str = "") -> str:
    """Return the words with which a button refuses."""
    with pytest.raises(RefusedError) as caught:
        pressed(setup, action, text)
    return str(caught.value)


def test_without_any_text_the_first_example_is_opened() -> None:
    assert opened({}) == (HOME, {})


def test_the_link_of_2_2_1_has_its_numbers_and_nothing_else() -> None:
    assert in_link(HOME) == NUMBERS


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_comes_back_from_its_link_and_from_its_file(preset: str) -> None:
    setup = of_preset(preset)
    assert opened(in_link(setup)) == opened(in_full(setup)) == (setup, {})
    assert opened({"preset": preset}) == (setup, {})


@pytest.mark.parametrize(
    ("setup", "own"),
    [
        (edit(HOME, layer1_neurons="3"), {"layers": "3 identity none, 1 identity none"}),
        (edit(HOME, inputs="3"), {"inputs": "3", "x3": "1"}),
        (edit(HOME, detail="term", notation="indexed"), {"detail": "term", "notation": "indexed"}),
        (edit(HOME, diagram="graph"), {"diagram": "graph"}),
        (edit(HOME, update="in-place"), {"update": "in-place"}),
        pytest.param(edit(HOME, update="output-for-input"), {"update": "output-for-input"}, id="output-for-input"),
        (edit(HOME, start_rule="normal", start_seed="7"), {"start": "normal 1 7"}),
        (edit(HOME, layer1_biases="fixed"), {"layers": "2 identity fixed, 1 identity none", "b1": "0", "b2": "0"}),
        (edit(HOME, loss="mean_squared_error"), {"loss": "mean_squared_error"}),
    ],
    ids=lambda part: ", ".join(part) if isinstance(part, dict) else "",
)
def test_a_link_says_beside_its_numbers_what_is_not_the_presets(setup: Setup, own: dict[str, str]) -> None:
    found = in_link(setup)
    assert {key: text for key, text in found.items() if key not in NUMBERS and key[0] != "w"} == own
    assert opened(found) == (setup, {})


def test_of_one_sample_a_link_has_each_number_and_of_several_the_data() -> None:
    assert "data" not in in_link(edit(HOME, x1="5"))
    several = pressed(edit(HOME, x1="5"), "add-sample", "")
    assert in_link(several)["data"] == "5,3,1;5,3,1"
    assert not {"x1", "x2", "target"} & in_link(several).keys()
    single = pressed(FAHRENHEIT, "csv", "1,2")
    assert in_link(single)["data"] == "1,2"
    for setup in (several, single):
        assert opened(in_link(setup)) == (setup, {})


def test_and_opens_at_the_sample_whose_products_are_not_0() -> None:
    reply = link({"preset": "and"}, step="1")
    assert (reply["settings"]["sample"], reply["notice"]) == ("4", "")
    assert "1·0.3 + 1·(−0.1) + 0.1 = 0.3" in view(reply)["sentence"]
    assert "sample" not in dict(parse_qsl(reply["query"]))
    first = then(reply, {"sample": "1"})
    assert dict(parse_qsl(first["query"]))["sample"] == "1"
    assert opened(dict(parse_qsl(first["query"])))[0].sample == 0


def test_of_other_data_the_first_sample_is_shown_where_a_link_says_nothing() -> None:
    other = {"preset": "and", "data": "0,0,0;0,1,1;1,0,1;1,1,1"}
    assert opened(other)[0].sample == 0
    for sample in range(4):
        setup = edit(opened(other)[0], sample=str(sample + 1))
        assert opened(in_link(setup)) == (setup, {})
        assert opened(in_full(setup)) == (setup, {})


def test_what_is_wrong_in_a_link_is_said_and_the_rest_is_taken() -> None:
    setup, problems = opened(
        NUMBERS | {"layers": "11 relu none, 1 identity none", "w1": "abc", "w2": "5", "inputs": "0"}
    )
    assert setup == edit(HOME, w2="5")
    assert problems == {
        "layers": "A whole number from 1 to 10 is allowed.",
        "inputs": "A whole number from 1 to 16 is allowed.",
        "w1": "Not a number. Allowed are numbers such as 0.5 (or 0,5), −3, 2e-3 and 1/3.",
    }


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("layers", "", "A layer is a number of neurons"),
        ("layers", "2 identity", "A layer is a number of neurons"),
        ("layers", "2 swish none", "A layer is a number of neurons"),
        ("layers", "0 relu none", "A whole number from 1 to 10"),
        ("layers", "11 relu none", "A whole number from 1 to 10"),
        ("layers", "11 relu none, 1 relu none", "A whole number from 1 to 10"),
        ("layers", ", ".join(["1 relu none"] * 7), "There may be up to 6 layers"),
        ("layers", "1 leaky_relu 1.5 none", "The slope of a leaky ReLU below 0 is a number from 0 to 1."),
        ("layers", "1 leaky_relu x none", "Not a number."),
        ("layers", "1 tanh 0.1 none", "A layer is a number of neurons"),
        ("inputs", "17", "A whole number from 1 to 16"),
        ("data", "", "Up to 5,000 samples are allowed, each with 3 numbers"),
        ("data", "1,2", "Up to 5,000 samples are allowed, each with 3 numbers"),
        ("data", "1,2,3;", "Up to 5,000 samples are allowed, each with 3 numbers"),
        ("data", ";".join(["1,2,3"] * 5001), "Up to 5,000 samples are allowed, each with 3 numbers"),
        (
            "data",
            "1,2,x",
            "Up to 5,000 samples are allowed, each with 3 numbers, such as: 0,0,1;0,1,0. Sample 1 is “1,2,x”.",
        ),
        (
            "data",
            "1,2,3;4,5",
            "Up to 5,000 samples are allowed, each with 3 numbers, such as: 0,0,1;0,1,0. Sample 2 is “4,5”.",
        ),
        ("start", "", "A start is a rule"),
        ("start", "normal", "A start is a rule"),
        ("start", "hand  1", "A start is a rule"),
        ("start", "gauss 1 1", "A start is a rule"),
        ("start", "normal 1e308 1", "The factor may be up to 1,000,000."),
        ("start", "normal 1 -1", "A whole number from 0 to 4,294,967,295"),
        ("preset", "", "Allowed are 2-2-1, "),
        ("sample", "2", "Only 1 is allowed."),
        ("loss", "binary_cross_entropy", "Binary cross-entropy needs a sigmoid output."),
        ("reduction", "none", "Allowed are batchmean, mean, sum."),
    ],
)
def test_a_text_of_a_link_that_is_not_allowed_changes_nothing(key: str, text: str, words: str) -> None:
    setup, problems = opened({key: text})
    assert setup == HOME
    assert problems.keys() == {key}
    assert problems[key].startswith(words)


@pytest.mark.parametrize(
    ("key", "text", "means"),
    [
        ("layers", "2 sigmoid trained,1 identity none", "2 sigmoid trained, 1 identity none"),
        ("layers", " 3  relu none ,  1 identity fixed", "3 relu none, 1 identity fixed"),
        ("layers", "3 leaky_relu  0.1 none, 1 leaky_relu none", "3 leaky_relu 0.1 none, 1 leaky_relu none"),
        ("layers", "3 leaky_relu 1/3 none, 1 leaky_relu .01 none", "3 leaky_relu 1/3 none, 1 leaky_relu none"),
        ("start", "normal  0,1 7 ", "normal 0.1 7"),
        ("batches", " all", "all"),
        ("data", "1,2,3; 4, 5,1 000.5", "1,2,3;4,5,1000.5"),
    ],
)
def test_blanks_more_or_less_change_nothing(key: str, text: str, means: str) -> None:
    setup, problems = opened({key: text})
    assert problems == {}
    assert in_full(setup)[key] == means


def test_the_largest_network_of_all_comes_back_from_its_link() -> None:
    layers = ", ".join(["10 tanh trained"] * 5 + ["10 sigmoid trained"])
    setup, problems = opened(
        {"inputs": "16", "layers": layers, "loss": "binary_cross_entropy", "data": ",".join("1" * 26)}
    )
    assert problems == {}
    assert setup.shape.sizes == (16, 10, 10, 10, 10, 10, 10)
    assert len(setup.weights) == 160 + 5 * 100
    assert opened(in_link(setup)) == (setup, {})


def test_a_reduction_and_a_slope_come_back_from_links_and_files() -> None:
    given = {"layers": "2 leaky_relu 1/3 none, 2 identity none", "reduction": "mean", "loss": "mean_absolute_error"}
    setup, problems = opened(given | {"data": "1,2,3,4;5,6,7,8"})
    assert problems == {}
    assert (setup.network.reduction, setup.network.layers[0].negative_slope) == ("mean", 1 / 3)
    assert in_link(setup).items() >= given.items()
    assert opened(in_link(setup)) == opened(in_full(setup)) == (setup, {})
    assert "reduction" not in in_link(HOME)


def test_texts_that_are_only_allowed_together_are_taken_together() -> None:
    setup, problems = opened(in_full(XOR) | {"preset": "fahrenheit"})
    assert problems == {}
    assert replace(setup, preset="xor") == XOR


def test_too_many_samples_for_a_link_are_said_to_be_in_a_file() -> None:
    rows = "\n".join(f"{n}.123456,{n}" for n in range(1000))
    setup = pressed(FAHRENHEIT, "csv", rows)
    assert is_too_large(setup)
    assert in_link(setup)["data"] == "in-a-file"
    assert len(urlencode(in_link(setup))) <= LONGEST_QUERY
    assert opened(in_full(setup)) == (setup, {})
    assert not is_too_large(FAHRENHEIT)


LONG = "-1.2345678901234567e-108"
LARGEST = {"inputs": "16", "layers": ", ".join(["10 tanh trained"] * 6)}
NAMES = ",".join(f"{letter * 18}{number}" for number, letter in enumerate("αβγδεζηθικλμνξοπρστυφχψωжд"))


@pytest.mark.parametrize("count", [1, 3, 5000])
@pytest.mark.parametrize("start", ["hand 1 1", "normal 0.1 7"])
def test_the_longest_link_is_short_enough_for_any_server(count: int, start: str) -> None:
    data = ";".join([",".join([LONG] * 26)] * count)
    texts = LARGEST | {"data": data, "names": NAMES, "start": start}
    by_hand = {f"w{n + 1}": LONG for n in range(660)} if start.startswith("hand") else {}
    setup, problems = opened(texts | {f"b{n + 1}": LONG for n in range(60)} | by_hand)
    assert problems == {}
    told = in_link(setup)
    assert len(urlencode(told)) <= LONGEST_QUERY
    assert (told.get("data") == "in-a-file") == (count > 3)
    assert (told.get("start") == "in-a-file") == bool(by_hand)
    again, problems = opened(told)
    assert problems.keys() == {key for key, text in told.items() if text == "in-a-file"}
    assert (again.shape, again.biases) == (setup.shape, setup.biases)
    assert (again.weights == setup.weights) == (not by_hand)


@pytest.mark.parametrize("text", [";" * 900_000, "1,2,3;" * 150_000, "1," * 450_000, "," * 900_000])
def test_much_more_data_than_is_allowed_is_refused_before_any_of_it_is_read(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_number(text: str) -> float:
        raise AssertionError(text)

    monkeypatch.setattr("nnviz.lessons.network.edits.parse", no_number)
    setup, problems = opened({"data": text})
    assert setup == HOME
    assert problems["data"].startswith("Up to 5,000 samples are allowed, each with 3 numbers")


def test_much_more_csv_than_is_allowed_is_refused_after_the_rows_that_are_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read, reader = list[object](), csv.reader

    def counted(lines: Any, **habits: Any) -> Any:
        read.append(lines)
        return reader(lines, **habits)

    monkeypatch.setattr("nnviz.lessons.network.csv_samples.csv.reader", counted)
    assert refusal(HOME, "csv", "5,1,1\n" * 150_000).startswith("There are 150,000 samples, and 5,000 are the most")
    assert len(read) <= 2 * 5002  # once as it is needed, and once as it might be meant
    assert refusal(HOME, "csv", "1" * 1_000_001) == "This is more than 1 MB; 5,000 samples are the most."


def test_rows_without_content_behind_all_samples_do_no_harm() -> None:
    assert len(pressed(FAHRENHEIT, "csv", "2;1\n" * 5000 + ";;\n" * 500).inputs) == 5000
    assert "5,001 samples" in refusal(FAHRENHEIT, "csv", "x;y\n" + "2;1\n" * 5001 + ";;\n" * 500)


def test_a_layer_is_added_before_the_last_like_the_first_one() -> None:
    added = pressed(of_preset("dead-relu"), "add-layer", "")
    assert added.shape.sizes == (2, 2, 2, 1)
    assert added.shape.activations == ("relu", "relu", "identity")
    assert added.shape.has_biases == (True, True, True)
    assert added.matrices[0].tolist() == [[0.4, -0.6], [0.3, 0.2]]
    assert added.matrices[2].tolist() == [[0.5, -0.4]]
    assert pressed(added, "remove-layer2", "").matrices[1].tolist() == [[0.5, -0.4]]


def test_there_are_up_to_six_layers_and_always_the_output_layer() -> None:
    setup = HOME
    for _ in range(4):
        setup = pressed(setup, "add-layer", "")
    assert setup.shape.sizes == (2, 2, 2, 2, 2, 2, 1)
    assert refusal(setup, "add-layer") == "There may be up to 6 layers after the inputs."
    assert refusal(setup, "remove-layer6") == "The output layer cannot be removed."
    alone = pressed(HOME, "remove-layer1", "")
    assert alone.shape.sizes == (2, 1)
    assert refusal(alone, "remove-layer1") == refusal(HOME, "remove-layer5") == "The output layer cannot be removed."


def test_drawing_again_takes_the_next_seed_and_begins_to_draw_where_weights_were_set_by_hand() -> None:
    first = pressed(HOME, "draw", "")
    assert (first.start.rule, first.start.seed) == ("uniform", 2)
    assert len(set(first.weights + HOME.weights)) == 12
    assert pressed(XOR, "draw", "").start == replace(XOR.start, seed=2)
    last = edit(HOME, start_rule="he", start_seed="4294967295")
    assert pressed(last, "draw", "").start.seed == 0


def test_a_bias_that_was_drawn_and_is_typed_is_set_by_hand_and_stays() -> None:
    drawn = edit(XOR, start_rule="unit", start_scale="1", start_seed="3")
    assert min(drawn.biases) > 0
    typed = edit(drawn, b1="0.25")
    assert (typed.start.rule, typed.weights, typed.biases) == ("hand", drawn.weights, (0.25, *drawn.biases[1:]))
    assert edit(typed, layer1_neurons="2").biases == (*typed.biases[:2], typed.biases[3])
    assert edit(edit(XOR, start_rule="normal"), b1="0.25").start.rule == "normal"


def test_what_unit_has_drawn_opens_as_it_was() -> None:
    drawn = edit(XOR, start_rule="unit", start_scale="1", start_seed="3")
    for texts in (in_link(drawn), in_full(drawn)):
        assert opened(texts) == (drawn, {})
    short = {key: text for key, text in in_full(drawn).items() if not re.fullmatch(r"[wb]\d+", key)}
    assert opened(short) == (drawn, {})


def test_a_sample_is_added_behind_the_chosen_one_as_its_copy_and_chosen_and_removed() -> None:
    added = pressed(edit(XOR, sample="2"), "add-sample", "")
    assert added.inputs == ((0, 0), (0, 1), (0, 1), (1, 0), (1, 1))
    assert added.targets == ((0,), (1,), (1,), (1,), (0,))
    assert added.sample == 2
    assert pressed(edit(added, sample="1"), "remove-sample", "").inputs == added.inputs[1:]
    assert pressed(edit(added, sample="5"), "remove-sample", "").sample == 3
    assert refusal(HOME, "remove-sample") == "This is the only sample, so it cannot be removed."


def test_five_thousand_samples_are_allowed_and_no_more() -> None:
    full = pressed(FAHRENHEIT, "csv", "2,1\n" * 5000)
    assert len(full.inputs) == 5000
    assert refusal(full, "add-sample") == "There may be up to 5,000 samples."
    assert "5,001 samples" in refusal(FAHRENHEIT, "csv", "2,1\n" * 5001)


def test_csv_is_read_as_samples_of_this_network() -> None:
    setup = pressed(edit(XOR, sample="4"), "csv", "a;b;y\n0,5;1;0\n2;3;1")
    assert (setup.inputs, setup.targets, setup.sample) == (((0.5, 1.0), (2.0, 3.0)), ((0.0,), (1.0,)), 0)
    assert refusal(XOR, "csv", "1,2").startswith("Row 1: the number of cells is 2")
    assert refusal(XOR, "csv", "").startswith("There is no sample")
    assert refusal(XOR, "csv", "1,2,3").startswith("Cross-entropy needs targets from 0 to 1; that of sample 1 is 3.")


def test_who_is_asked_about_a_first_row_answers_with_a_button() -> None:
    text = "0,1,2\n0,0,0\n0,1,1"
    with pytest.raises(RefusedError) as asked:
        pressed(XOR, "csv", text)
    assert asked.value.problems == {
        "csv": "Row 1 is 0, 1, 2: it counts up, as the header of columns without names does.",
        "csv-first": "Is it a header or a sample? Nothing is changed yet.",
    }
    assert pressed(XOR, "csv-header", text).inputs == ((0, 0), (0, 1))
    assert pressed(HOME, "csv-sample", text).targets == ((2,), (0,), (1,))
    for button in ("csv-header", "csv-sample"):
        with pytest.raises(RefusedError) as refused:
            pressed(XOR, button, "1,2")
        assert refused.value.problems.keys() == {"csv", "csv-columns"}
    with pytest.raises(RefusedError) as refused:
        pressed(XOR, "csv-sample", text)
    assert refused.value.problems["csv"].startswith("Cross-entropy needs targets from 0 to 1; that of sample 1 is 2.")


def test_the_original_numbers_are_the_presets_whatever_was_done() -> None:
    changed = pressed(edit(XOR, w1="5", detail="layer", rate="9", sample="3"), "add-layer", "")
    assert pressed(changed, "defaults", "") == replace(XOR, manner=replace(XOR.manner, detail="layer"))


def test_a_button_that_there_is_not_is_an_error() -> None:
    with pytest.raises(KeyError):
        pressed(HOME, "explode", "")


STEPS = st.lists(st.tuples(st.sampled_from(sorted(ACTIONS)), st.integers(0, 2**31)), max_size=6)


@given(st.sampled_from(sorted(PRESETS)), STEPS)
def test_whatever_is_pressed_and_chosen_comes_back_from_a_link_and_a_file(
    preset: str, steps: list[tuple[str, int]]
) -> None:
    setup = of_preset(preset)
    for action, number in steps:
        offered = [(c.key, text) for c in form(setup) for text in c.choices]
        key, text = offered[number % len(offered)]
        setup, _ = edited(setup, {key: text}, form(setup))
        with suppress(RefusedError):
            setup = pressed(setup, action, f"{number},{number},0.5")
    assert opened(in_link(setup)) == (setup, {})
    assert opened(in_full(setup)) == (setup, {})
