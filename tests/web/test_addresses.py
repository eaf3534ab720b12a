"""A link holds everything; of one that is not in order, what is good is used and what is not is named."""

from urllib.parse import parse_qs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.presets import PRESETS
from tests.asking import KEPT, START, Json, link, place, then

BAD_WHOLES = ["-1", "1.5", "", "abc", "1e1", "٣", "²", " 1", "9" * 999]
KEYS = ["layers", "data", "start", "preset", "inputs", "loss", "reduction", "sample", "diagram", "detail", "notation",
        "update", "iteration", "step", "w1", "b1", "x1", "target", "rate", "fixed", "absent", "tied"]  # fmt: skip
TEXTS = [*PRESETS, *KEPT.values(), "8 tanh fixed, 4 sigmoid trained", "1 relu none",
         "2 leaky_relu 0.1 none", "mean", "binary_cross_entropy", "he 1 3",
         "0,0,0;0,1,1", "in-a-file", "9", "0", "-1", "1e308", "term", "layer", "indexed", "in-place",
         "graph", "w1", "w2,w4", "b1,b2;w1,w4", "3 tanh one, 1 identity none"]  # fmt: skip


def query_of(reply: Json) -> dict[str, str]:
    """Return what the address says, in which no key stands twice."""
    found = parse_qs(reply["query"], strict_parsing=True, keep_blank_values=True)
    assert all(len(texts) == 1 for texts in found.values())
    return {key: text for key, [text] in found.items()}


def opens_the_same(reply: Json) -> bool:
    """Whether the address of an answer gives the same answer, at the same place."""
    opened = reply | {"notice": "", "opened": True, "replaces": False}
    return link(query_of(reply) | {"step": str(reply["cursor"])}) == opened


def test_the_page_without_a_link_shows_the_preset_and_no_notice() -> None:
    reply = link({})
    assert reply["kept"] == KEPT
    assert reply["settings"].items() >= START.items()
    assert reply["notice"] == ""
    assert (reply["iteration"], reply["cursor"], reply["first"], reply["released"], reply["steps"]) == (1, 0, 0, 4, 23)


def test_a_link_holds_everything() -> None:
    typed = START | {"w1": "0.30000000000000004", "rate": "0.1", "iteration": "3", "step": "7"}
    reply = link(typed)
    assert reply["notice"] == ""
    assert place(reply) == (3, 7)
    assert query_of(reply) == {key: value for key, value in typed.items() if key != "step"}
    assert opens_the_same(reply)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_name_of_an_example_is_a_link_to_it(preset: str) -> None:
    reply = link({"preset": preset, "step": "3"})
    assert reply["notice"] == ""
    assert reply["kept"]["preset"] == preset
    assert place(reply) == (1, 3)
    assert opens_the_same(reply)


@pytest.mark.parametrize(
    "typed",
    [
        {"preset": "xor", "row2-x1": "0.5", "sample": "3"},
        {"preset": "mazur", "update": "in-place", "notation": "indexed"},
        {"layer1-neurons": "4", "layer1-activation": "tanh", "layer1-biases": "trained", "detail": "term"},
        {"preset": "fahrenheit", "diagram": "graph"},
        {"start-rule": "xavier", "start-seed": "9", "layer2-neurons": "3"},
        {"preset": "fahrenheit", "inputs": "2"},
    ],
    ids=", ".join,
)
def test_what_was_edited_is_in_the_link(typed: dict[str, str]) -> None:
    reply = link({"preset": typed.pop("preset", "2-2-1")})
    reply = then(reply, typed, step="5")
    assert reply["problems"] == {}
    assert reply["settings"].items() >= typed.items()
    assert opens_the_same(reply)


@pytest.mark.parametrize(
    ("changes", "named", "used"),
    [
        ({"w1": "abc"}, ["w1 cannot be “abc”: 0.11 is used instead. Not a number."], {"w1": "0.11"}),
        ({"w1": "1,234"}, ["0.11 is used instead. Is 1,234 the number 1.234 or 1234?"], {"w1": "0.11"}),
        ({"data": "2,3,1", "x1": "5"}, ["x1 cannot be “5”: 2 is used instead. The data have 2 there"], {"x1": "2"}),
        ({"rate": "-1"}, ["Learning rate cannot be “-1”: 0.05 is used"], {"rate": "0.05"}),
        ({"target": ""}, ["Target cannot be “”"], {"target": "1"}),
        ({"x1": "1e400"}, ["x1", "“1e400”", "2"], {"x1": "2"}),
        ({"x1": "nan"}, ["x1", "“nan”"], {"x1": "2"}),
        ({"layers": "11 relu none, 1 relu none"}, ["Layers cannot be", "“11 relu none, 1 rel…”"], {}),
        ({"inputs": "0"}, ["Inputs cannot be “0”: 2 is used instead"], {}),
        ({"diagram": "map"}, ["Diagram", "“map”", "network", "Allowed are network, graph"], {"diagram": "network"}),
        ({"detail": "atom"}, ["Detail", "“atom”", "neuron", "Allowed are layer, neuron"], {"detail": "neuron"}),
        ({"layers": "2 identity none,1 identity none"}, [], {}),
        ({"constructor": "1", "__proto__": "1"}, ["ignored: “constructor”, “__proto__”"], {}),
        ({"loss": "binary_cross_entropy"}, ["Loss", "half_squared_error"], {}),
        ({"preset": "7"}, ["Example", "“7”", "2-2-1"], {"preset": "2-2-1"}),
        ({"w9": "1"}, ["“w9”"], {}),
        ({"<script>": "1"}, ["“<script>”"], {}),
        ({"w2": "0,5"}, [], {"w2": "0.5"}),
    ],
)
def test_of_a_link_what_is_good_is_used_and_what_is_not_is_named(
    changes: dict[str, str], named: list[str], used: dict[str, str]
) -> None:
    reply = link(START | {"w3": "7"} | changes)
    assert reply["kept"] == KEPT | {"w3": "7"} | used
    assert all(words in reply["notice"] for words in named), reply["notice"]
    assert bool(reply["notice"]) == bool(named)
    assert reply["problems"] == {}


def test_missing_values_are_named_and_fall_back_to_the_preset() -> None:
    reply = link({"w1": "5", "iteration": "2", "step": "1"})
    assert reply["kept"] == KEPT | {"w1": "5"}
    assert reply["notice"] == (
        "Not everything in this link could be used as it is. Left out, and filled in: w2 = 0.21, w3 = 0.12, w4 = 0.08, "
        "w5 = 0.14, w6 = 0.15, x1 = 2, x2 = 3, target = 1, learning rate = 0.05."
    )
    assert place(reply) == (2, 1)


def test_repeated_values_are_named() -> None:
    assert "Given more than once, so that the first value is used: “w1”." in link(START, repeated=["w1"])["notice"]


@pytest.mark.parametrize("text", [*BAD_WHOLES, "0", "1000001"])
def test_a_bad_iteration_is_named_and_the_first_one_shown(text: str) -> None:
    reply = link(START | {"iteration": text, "step": "3"})
    assert place(reply) == (1, 3)
    assert "iteration must be a whole number from 1 to 1,000,000" in reply["notice"]


@pytest.mark.parametrize("text", [*BAD_WHOLES, "24"])
def test_a_bad_step_is_named_and_the_start_shown(text: str) -> None:
    reply = link(START | {"iteration": "2", "step": text})
    assert place(reply) == (2, 0)
    assert "step must be a whole number from 0 to 23" in reply["notice"]


def test_a_link_behind_a_divergence_shows_where_it_happens() -> None:
    reply = link(START | {"rate": "1e6", "iteration": "900", "step": "1"})
    assert 1 < reply["iteration"] < 900
    assert f"diverges in iteration {reply['iteration']}" in reply["notice"]


def test_samples_that_are_too_many_for_a_link_are_said_to_be_in_a_file() -> None:
    rows = "\n".join(f"{n}.123456,{n}" for n in range(1000))
    reply = then(link({"preset": "fahrenheit"}), action="csv", payload=rows)
    assert len(reply["kept"]["data"].split(";")) == 1000
    assert query_of(reply)["data"] == "in-a-file"
    assert "too many numbers for a link, which may be 8,000 characters long" in reply["incomplete"]
    again = link(query_of(reply))
    assert again["notice"] == (
        "Not everything in this link could be used as it is. There were too many numbers for this link. Open the file "
        "that was saved with them."
    )
    assert len(again["kept"]["data"].split(";")) == 100
    assert again["incomplete"] == ""


@given(
    st.fixed_dictionaries({key: st.floats(allow_nan=False, allow_infinity=False) for key in START}), st.integers(0, 23)
)
def test_every_number_survives_a_link(numbers: dict[str, float], step: int) -> None:
    texts = {key: repr(abs(value) or 1.0 if key == "rate" else value) for key, value in numbers.items()}
    reply = link(texts | {"iteration": "1", "step": str(step)})
    assert reply["notice"] == ""
    found = {key: float(reply["kept"][key]) for key in texts}
    assert found == {key: float(text) for key, text in texts.items()}
    assert opens_the_same(reply)


@given(
    st.dictionaries(
        st.sampled_from(KEYS) | st.text(max_size=8), st.sampled_from(TEXTS) | st.text(max_size=12), max_size=6
    ),
    st.lists(st.text(max_size=8), max_size=3),
)
@example({"preset": "vanishing", "layers": "1 relu none", "w9": "1", "loss": "binary_cross_entropy"}, [])
@example({"data": "in-a-file", "inputs": "8"}, [])
@example({"start": "normal 1e308 1"}, [])
@example({"start": "hand 1000000 0", "inputs": "8"}, [])
@example({"\ud800": "\ud800"}, ["\ud800"])
def test_any_link_is_answered_in_words_and_its_answer_has_a_link(typed: dict[str, str], repeated: list[str]) -> None:
    reply = link(typed, repeated=repeated)
    good = then(reply)
    assert (good["kept"], good["problems"], good["notice"]) == (reply["kept"], {}, "")
    assert opens_the_same(reply)
    for key in typed.keys() - {"iteration", "step", *reply["kept"]}:
        assert "Unknown, and ignored" in reply["notice"], key
