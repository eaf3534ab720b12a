"""Networks of other programs on the page: files that it opens, and matrices that are pasted."""

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import nnviz
from nnviz.importing.safetensors import written
from tests.asking import Json, link, then

pytestmark = pytest.mark.each_case

FILES = Path(__file__).parents[2] / "importing" / "files"
EXPECTED: dict[str, Any] = json.loads((FILES / "expected.json").read_text())


def in_base64(content: bytes) -> str:
    """Return a file as the browser sends one that is no JSON."""
    return f"data:application/octet-stream;base64,{base64.b64encode(content).decode()}"


def opened(content: bytes, before: Json | None = None) -> Json:
    """Return the answer when the page opens a file."""
    text = content.decode() if content.startswith(b"{") else in_base64(content)
    return then(before or link({}), action="open", payload=text)


def pasted(text: str, **before: str) -> Json:
    """Return the answer when matrices are pasted into the page of a link."""
    return then(link(before), action="paste", payload=text)


def weights(answer: Json) -> list[str]:
    """Return the weights and biases of an answer, as the page has them."""
    kept = answer["kept"].items()
    return [f"{key}={text}" for key, text in kept if key[0] in "wb" and key[1:].isdigit()]


# Files


@pytest.mark.parametrize("name", EXPECTED["files"])
def test_a_file_of_another_program_opens_with_its_weights(name: str) -> None:
    facts = EXPECTED["files"][name]
    answer = opened((FILES / name).read_bytes())
    assert answer["problems"] == {}
    assert answer["replaces"]
    network = nnviz.from_file(FILES / name, activations=facts.get("activations"))
    shown = [float(text.partition("=")[2]) for text in weights(answer)]
    parts = [layer.matrix.ravel() for layer in network.layers]
    parts += [layer.vector for layer in network.layers if layer.vector is not None]
    assert shown == np.concatenate(parts).tolist()
    assert ("It does not say the activations, so these are guesses: ReLU, ReLU and identity" in answer["notice"]) is (
        "activations" in facts
    )


def test_samples_are_kept_where_they_fit_and_made_to_fit_where_not() -> None:
    before = then(link({}), action="csv", payload="1,2,0\n3,4,1")
    same = opened(written({"1.weight": np.ones((3, 2)), "2.weight": np.ones((1, 3))}), before)
    assert same["kept"]["data"] == "1,2,0;3,4,1"
    assert "samples" not in same["notice"]
    wider = opened(written({"1.weight": np.ones((2, 3))}), before)
    assert wider["kept"]["data"] == "1,2,1,0,0;3,4,1,1,0"
    assert "The samples that were here were made to fit" in wider["notice"]


def test_targets_that_the_loss_does_not_allow_become_others() -> None:
    before = link({"preset": "fahrenheit"})
    answer = opened(
        json.dumps({"coefs_": [[[1.0]]], "intercepts_": [[0.0]], "out_activation_": "logistic"}).encode(), before
    )
    assert answer["problems"] == {}
    assert answer["kept"]["loss"] == "binary_cross_entropy"
    assert {row.split(",")[1] for row in answer["kept"]["data"].split(";")} == {"0"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"\x89PNG\r\n", "none of the files that are read"),
        (b"PK\x03\x04", "a ZIP archive"),
        (b"\x80\x04\x95", "a pickle, which is never opened"),
        (b'{"fc.weight": [[1, null]]}', "fc.weight: every number must be finite"),
        (b'{"fc.weight": [[NaN]]}', "fc.weight: every number must be finite"),
        (written({"fc.weight": np.ones((2, 50))}), "The page shows networks of up to"),
    ],
    ids=range(7),
)
def test_what_cannot_be_opened_changes_nothing_and_says_why(content: bytes, words: str) -> None:
    before = then(link({}), {"w1": "0.5"})
    answer = opened(content, before)
    assert answer["kept"] == before["kept"]
    assert words in answer["problems"]["open"]
    assert answer["problems"]["open"].startswith("This file could not be opened, so nothing has changed.")


def test_other_lessons_open_no_networks() -> None:
    answer = then(link({}, lesson="sigmoid"), lesson="sigmoid", action="open", payload='{"fc.weight": [[1]]}')
    assert answer["problems"] == {"open": "This is not a file that nnviz has saved. Nothing has changed."}


# Matrices


HOME = ["w1=0.11", "w2=0.21", "w3=0.12", "w4=0.08", "w5=0.14", "w6=0.15"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[1, 2], [3, 4]]", ["w1=1", "w2=2", "w3=3", "w4=4", *HOME[4:]]),
        ("[5 6]", [*HOME[:4], "w5=5", "w6=6"]),
        ("W2 = [5 6]", [*HOME[:4], "w5=5", "w6=6"]),
        ("W1 = [1 2; 3 4]; b1 = [7 8];", ["w1=1", "w2=2", "w3=3", "w4=4", *HOME[4:], "b1=7", "b2=8"]),
        ("b2 = 0.5", [*HOME, "b3=0.5"]),
        ("W1 = [1 2 3]; b1 = 4; W2 = 5;", ["w1=1", "w2=2", "w3=3", "w4=5", "b1=4"]),
        ('{"fc1.weight": [[1, 2, 3]], "fc1.bias": [4], "fc2.weight": [[5]]}', ["w1=1", "w2=2", "w3=3", "w4=5", "b1=4"]),
    ],
    ids=range(7),
)
def test_pasted_matrices_are_the_weights_of_their_layers(text: str, expected: list[str]) -> None:
    answer = pasted(text)
    assert answer["problems"] == {}
    assert weights(answer) == expected
    assert answer["replaces"]


def test_what_is_not_pasted_stays_as_it_was_typed() -> None:
    answer = pasted("W2 = [5 6]", w1="1/3", preset="2-2-1-sigmoid")
    assert answer["kept"]["w1"] == "1/3"
    assert answer["kept"]["layers"] == link({"preset": "2-2-1-sigmoid"})["kept"]["layers"]
    assert pasted("W2 = [5 6; 7 8]", preset="mazur")["kept"]["layers"] == link({"preset": "mazur"})["kept"]["layers"]


def test_pasted_weights_keep_the_slope_of_a_leaky_relu() -> None:
    leaky = {"layers": "2 leaky_relu 0.25 none, 1 leaky_relu 0.5 none"}
    before = link(leaky)["kept"]["layers"]
    assert "0.25" in before
    assert pasted("W2 = [5 6]", **leaky)["kept"]["layers"] == before
    assert pasted("W1 = [1 2]; W2 = 3", **leaky)["kept"]["layers"] == before.replace("2 leaky", "1 leaky")
    assert pasted("W1 = [1 2]; W2 = 3; W3 = 4", **leaky)["kept"]["layers"].endswith("1 leaky_relu 0.5 none")


def test_another_network_has_the_activations_that_were_there() -> None:
    answer = pasted("W1 = [1 2 3]; b1 = 0; W2 = 4; b2 = 0", preset="xor")
    assert answer["kept"]["layers"] == "1 sigmoid trained, 1 sigmoid trained"
    deeper = pasted("W1 = [1 2]; W2 = 3; W3 = 4", preset="xor")
    assert deeper["kept"]["layers"] == "1 relu none, 1 relu none, 1 sigmoid none"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[1; 2; 3]", "The shape (3, 1) does not say which layer this is"),
        ("W2 = [1; 2]", "W2: the shape must be (1, 2); here it is (2, 1), so it may be transposed"),
        ("W1 = [1 2 3]", "W1: the shape must be (2, 2), a row for each neuron"),
        ("b1 = [1 2 3]", "b1: there must be a row of 2, one for each neuron; here the shape is (1, 3)"),
        ("W3 = [1]", "W3: there are 2 layers here"),
        ("W1 = [1 2; 3 4]\nW1 = [1 2; 3 4]", "W1: its layer has two"),
        ("[1 2] [3 4]", "Call matrices W1, b1, W2"),
        ("fc.weight = [1 2]", "Call matrices W1, b1, W2"),
        ("W1 = [0,5 0,6]", "it is not clear where one number ends"),
        ("", "There are no numbers"),
        ("W1 = [" + "1 " * 60 + "]; W2 = 1;", "The page shows networks of up to"),
    ],
    ids=range(11),
)
def test_matrices_that_do_not_fit_change_nothing_and_say_why(text: str, words: str) -> None:
    answer = pasted(text)
    assert words in answer["problems"]["paste"]
    assert weights(answer) == HOME
