"""The names in a CSV's header stand wherever x1 and the target do, in links and files too; none of them does harm."""

import json
import re
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.lessons.network.own_names import named, names_text
from tests.asking import Json, ask, link, sentence, then, view

CSV = "celsius,fahrenheit\n10,50\n20,68\n"
HOUSES = "square feet;rooms;price in €\n0,5;1;2\n1;2;3\n"


def with_csv(text: str, preset: str = "2-2-1", **typed: str) -> Json:
    """Return the answer when a CSV was used on the page of a preset."""
    return then(then(link({"preset": preset}), action="csv", payload=text), typed)


def texts_in(reply: Json) -> set[str]:
    return {str(text) for trace in reply["figure"]["data"] for text in trace.get("text") or []}


def test_a_headers_names_stand_in_fields_picture_formula_table_and_sentence() -> None:
    reply = with_csv(HOUSES)
    assert reply["problems"] == {}
    assert {"square_feet", "rooms", "price_in"} <= texts_in(reply)
    assert not {"x1", "x2", "y"} & texts_in(reply)
    form = reply["panels"]["settings"]
    for key, name in (("x1", "square_feet"), ("x2", "rooms"), ("target", "price_in")):
        assert f'<label for="{key}">{name}</label>' in form
    assert '<th scope="col">square_feet</th>' in form
    assert "square_feet of sample 2" in form
    first = then(reply, step="1")
    assert "<mi>square_feet</mi>" in json.dumps(view(first))
    assert "<mi>x</mi>" not in json.dumps(view(first))
    assert {"x1", "x2", "y"} <= first["values"].keys()
    assert "h1" in first["values"]
    assert "<mi>square_feet</mi>" in json.dumps(first["panels"]["matrices"])


@pytest.mark.parametrize("detail", ["layer", "neuron", "term"])
@pytest.mark.parametrize("notation", ["numbered", "indexed"])
def test_the_names_are_all_that_is_other(detail: str, notation: str) -> None:
    told = {"detail": detail, "notation": notation}
    called, plain = with_csv(HOUSES, **told), with_csv(HOUSES.partition("\n")[2], **told)
    assert called["steps"] == plain["steps"]
    for step in (1, called["steps"] // 2, called["steps"]):
        there, here = then(called, step=str(step)), then(plain, step=str(step))
        numbers = re.findall(r"[\d.]+", re.sub(r"x1|x2|\bx_1|square_feet|rooms", "", sentence(there)))
        assert numbers == re.findall(r"[\d.]+", re.sub(r"x1|x2|\bx_1", "", sentence(here)))
    assert called["run"] == plain["run"]


def test_the_names_stand_in_what_was_learned() -> None:
    reply = then(with_csv(CSV, "fahrenheit"), views=["predictions"])
    assert reply["predictions"]["figure"]["layout"]["xaxis"]["title"]["text"] == "celsius"
    assert "fahrenheit" in reply["predictions"]["figure"]["layout"]["yaxis"]["title"]["text"]


def test_the_story_of_an_input_has_its_name() -> None:
    assert then(with_csv(CSV, "fahrenheit"), chosen="neuron-0-0-0")["details"]["title"] == "All about celsius"


def test_names_come_back_from_a_link_and_a_file() -> None:
    reply = with_csv(CSV, "fahrenheit")
    assert dict(parse_qsl(reply["query"]))["names"] == "celsius,fahrenheit"
    by_link = link(dict(parse_qsl(reply["query"])))
    by_file = then(ask(typed={}, kept=None), action="open", payload=json.dumps(reply["kept"]))
    for after in (by_link, by_file):
        assert (after["kept"], after["notice"], after["problems"]) == (reply["kept"], "", {})
        assert "celsius" in texts_in(after)


def test_names_that_are_too_many_or_too_few_are_refused() -> None:
    reply = link({"names": "celsius"})
    assert reply["notice"] == (
        "Not everything in this link could be used as it is. Names cannot be “celsius”, which is left out. "
        "There must be 3 names, with commas between them: those of the inputs, then those of the targets."
    )
    assert reply["kept"]["names"] == ""


def test_other_samples_or_another_example_have_no_such_names() -> None:
    reply = with_csv(CSV, "fahrenheit")
    assert then(reply, action="csv", payload="2,1\n4,3")["kept"]["names"] == ""
    assert then(reply, {"preset": "mazur"})["kept"]["names"] == ""
    assert then(reply, action="defaults")["kept"]["names"] == ""
    assert then(reply, action="add-sample")["kept"]["names"] == "celsius,fahrenheit"
    wider = then(reply, {"inputs": "2"})
    assert wider["kept"]["names"] == "celsius,,fahrenheit"
    assert {"celsius", "x2", "fahrenheit"} <= texts_in(wider)
    assert then(wider, {"inputs": "1"})["kept"]["names"] == "celsius,fahrenheit"


@pytest.mark.parametrize(
    ("header", "names"),
    [
        (["x1", "x2", "y"], ""),
        (["x2", "x1", "target"], ""),
        (["w1", "h1", "E"], ""),
        (["a", "b", "c"], "a,,c"),
        (["same", "same", "other"], ",,other"),
        (["0", "1", "2"], ""),
        (["m²", "Größe", "Preis"], "m²,Größe,Preis"),
        (["<b>bold</b>", "a&b", '"q"'], "b_bold_b,a_b,q"),
        (["neighbourhood", "x", "neighbourhoods"], ""),
        (["per capita income", "rooms", "price"], "per_capita_…,rooms,price"),
    ],
)
def test_a_name_is_made_fit_or_left_out(header: list[str], names: str) -> None:
    assert names_text(named(header, 2), 2, 1) == names


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("x1,x2,y", ""),
        ("X_1;x 2;Target", ""),
        ("rooms,area,price", ""),
        (
            "b,area,E",
            "“b” and “E” cannot name columns here: such a name is one of the network’s own symbols, stands twice, or "
            "has no letters. The columns are called x1 and y.",
        ),
        (
            "rooms,x1,price",
            "“x1” cannot name a column here: such a name is one of the network’s own symbols, stands twice, or has no "
            "letters. The column is called x2.",
        ),
        (
            "x;y;z",
            "“x”, “y” and “z” cannot name columns here: such a name is one of the network’s own symbols, stands twice, "
            "or has no letters. The columns are called x1, x2 and y.",
        ),
        ("x;x2;target", ""),
        (
            "same,same,same",
            "“same”, “same” and “same” cannot name columns here: such a name is one of the network’s own symbols, "
            "stands twice, or has no letters. The columns are called x1, x2 and y.",
        ),
    ],
)
def test_a_name_that_cannot_be_used_is_said_to_be_left_out(header: str, words: str) -> None:
    rows = f"{header}\n2,3,1\n4,5,6".replace(",", ";" if ";" in header else ",")
    used = then(link({}), action="csv", payload=rows)
    assert used["kept"]["data"] == "2,3,1;4,5,6"
    assert used["notice"] == (f"The samples are in use. {words}" if words else "")
    if ";" in header:
        return
    by_link = link({"names": header})
    assert by_link["notice"].removeprefix("Not everything in this link could be used as it is. ") == words
    by_file = then(by_link, action="open", payload=json.dumps(by_link["kept"] | {"names": header}))
    assert by_file["notice"].removeprefix("The file is open. ") == words


@given(st.lists(st.text(max_size=20), min_size=3, max_size=3))
def test_no_name_can_do_harm_and_what_is_fit_stays_so(header: list[str]) -> None:
    names = named(header, 2)
    text = names_text(names, 2, 1)
    assert re.fullmatch(r"[\w.…,]*", text)
    assert names_text(named(text.split(","), 2), 2, 1) == text


def test_within_a_small_circle_a_name_is_cut() -> None:
    layers = "8 sigmoid none, 8 sigmoid none, 1 sigmoid none"
    reply = link({"layers": layers, "names": "temperature,rooms,price"})
    assert {"temp…", "rooms", "price"} <= texts_in(reply)
    assert any("temperature = " in str(lines) for lines in reply["figure"]["hovers"].values())
