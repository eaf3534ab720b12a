"""From Python to the page and back: the same bits, whatever the network; what is not allowed is refused in words."""

import json
import sys
import urllib.request
import webbrowser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnviz
from nnviz.presets import PRESETS
from nnviz.web import shown
from tests.asking import link, then
from tests.examples import STEP_BY_STEP
from tests.parameters import bits
from tests.problems import Problem, of_preset, problems

pytestmark = pytest.mark.each_case

ANY_FLOAT = st.floats(allow_nan=False, allow_infinity=False)
HOME = of_preset("2-2-1")
Parts = tuple[nnviz.Network, Any, Any, float]


def parts(problem: Problem) -> Parts:
    return problem.network, problem.inputs, problem.targets, problem.learning_rate


def assert_same(saved: nnviz.Saved, problem: Problem) -> None:
    """Assert that a network has come back to the last bit; −0 is 0, as it is on the page."""
    assert saved.network.shape == problem.network.shape
    assert bits(saved.network) == bits(problem.network)
    assert saved.inputs.tolist() == np.array(problem.inputs, dtype=float).tolist()
    assert saved.targets.tolist() == np.array(problem.targets, dtype=float).tolist()
    assert saved.learning_rate == problem.learning_rate


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("saved") / "network.json"


@given(problem=problems(numbers=ANY_FLOAT))
def test_a_file_brings_back_the_same_bits(path: Path, problem: Problem) -> None:
    nnviz.save(path, *parts(problem))
    assert_same(nnviz.load(path), problem)


@given(problem=problems(numbers=ANY_FLOAT, max_layers=3, max_samples=3))
def test_a_link_opens_on_the_page_and_what_that_saves_comes_back(path: Path, problem: Problem) -> None:
    answer = link(dict(parse_qsl(nnviz.link(*parts(problem)), keep_blank_values=True)))
    assert answer["notice"] == ""
    path.write_text(json.dumps({"lesson": "network", **answer["kept"]}))
    assert_same(nnviz.load(path), problem)


@given(problem=problems())
def test_a_file_opens_on_the_page_with_the_same_trace(path: Path, problem: Problem) -> None:
    nnviz.save(path, *parts(problem))
    answer = then(link({}), action="open", payload=path.read_text())
    assert answer["problems"] == {}
    assert answer["notice"] == ""
    error = float(problem.trace().by_id["E"].value)
    at_the_end = link(answer["kept"] | {"step": str(answer["steps"])})
    assert float(at_the_end["values"]["E"]["text"].replace("−", "-")) == pytest.approx(error, rel=1e-6)


@pytest.mark.parametrize("preset", PRESETS)
def test_every_example_comes_back_from_a_file_of_the_page(path: Path, preset: str) -> None:
    answer = link({"preset": preset, "iteration": "2", "step": "3"})
    path.write_text(json.dumps({"lesson": "network", "iteration": "2", "step": "3", **answer["kept"]}))
    saved = nnviz.load(path)
    assert_same(saved, of_preset(preset))
    assert saved.iteration == 2


def test_how_it_is_told_and_trained_comes_back(path: Path) -> None:
    manner = nnviz.Manner("term", "indexed", in_place=True, names=(("celsius",), ("fahrenheit",)))
    setting = of_preset("fahrenheit")
    batches = nnviz.Batches(10, seed=3)
    nnviz.save(path, *parts(setting), manner=manner, batches=batches)
    saved = nnviz.load(path)
    assert saved.manner == manner
    assert saved.batches == batches
    query = nnviz.link(*parts(setting), manner=manner, batches=batches)
    assert (
        dict(parse_qsl(query)).items() >= {"batches": "10 shuffled 3", "detail": "term", "update": "in-place"}.items()
    )


def test_samples_kept_apart_come_back_and_are_those_of_the_page(path: Path) -> None:
    celsius = of_preset("fahrenheit")
    split = nnviz.Split(0.3, seed=5)
    nnviz.save(path, *parts(celsius), split=split)
    saved = nnviz.load(path)
    assert_same(saved, celsius)
    assert saved.split == split
    answer = link(dict(parse_qsl(nnviz.link(*parts(celsius), split=split), keep_blank_values=True)))
    assert answer["kept"]["split"] == "30 5"
    trained, tested = split.numbers(100)
    assert answer["views"][0]["meta"].endswith(f"sample {trained[0] + 1} of 100, {len(tested)} of them kept apart")
    for share in (1 / 3, 0.05, 0.6):
        with pytest.raises(ValueError, match="a whole percentage from 10 to 50 % apart, or none"):
            nnviz.link(*parts(celsius), split=nnviz.Split(share))
    with pytest.raises(TypeError, match="split: it must be an nnviz"):
        nnviz.link(*parts(celsius), split=0.3)  # type: ignore[arg-type]


def test_what_was_loaded_is_traced_as_it_is(path: Path) -> None:
    nnviz.save(path, *parts(HOME))
    saved = nnviz.load(path)
    assert str(nnviz.trace(*saved[:5]).steps[3]) == "forward  E = ½·(ŷ − y)² = ½·(0.191 − 1)² = 0.3272405"


def test_networks_that_the_page_does_not_show_are_refused_with_what_it_shows(path: Path) -> None:
    wide = nnviz.Network([nnviz.Layer(np.ones((2, 50)))])
    with pytest.raises(ValueError, match=r"The page shows networks of up to \d+ inputs.*this one is 50-2"):
        nnviz.link(wide, np.ones((1, 50)), [[1, 1]], 0.1)
    with pytest.raises(ValueError, match=r"The page shows up to [\d,]+ samples; here are 9,000"):
        nnviz.save(path, HOME.network, np.ones((9000, 2)), np.ones((9000, 1)), 0.1)


def test_numbers_that_do_not_fit_are_refused_as_by_trace() -> None:
    with pytest.raises(ValueError, match="inputs: each row must have a number for each input"):
        nnviz.link(HOME.network, [[1]], [[1]], 0.1)
    with pytest.raises(ValueError, match="learning rate"):
        nnviz.link(HOME.network, [[1, 1]], [[1]], 0)


def test_what_a_link_cannot_hold_is_left_to_a_file(path: Path) -> None:
    many = np.random.default_rng(1).normal(size=(500, 3))
    with pytest.raises(ValueError, match=r"may be 8,000 characters long. Use nnviz.save"):
        nnviz.link(HOME.network, many[:, :2], many[:, 2:], 0.1)
    nnviz.save(path, HOME.network, many[:, :2], many[:, 2:], 0.1)
    assert nnviz.load(path).inputs.tolist() == many[:, :2].tolist()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is not a file that nnviz has saved"),
        ("w1 = 3", "is not a file that nnviz has saved"),
        ("[1, 2]", "is not a file that nnviz has saved"),
        ("[" * 100_000, "is not a file that nnviz has saved"),
        ("{}", "is not a file that nnviz has saved"),
        ('{"lesson": "descent", "x": "3"}', "was saved on another page, “descent”"),
        ('{"w1": "abc"}', "w1: "),
        ('{"w1": 1, "w1": 2}', "Given more than once: w1"),
        ('{"w1": 1, "w77": 2}', "Unknown: w77"),
        ('{"w1": NaN}', "w1: "),
        ('{"w1": 1, "iteration": "-1"}', "iteration: it must be a whole number"),
        ('{"data": "1,2"}', "data: "),
        (" " * 8_000_001, "more than 8 MB"),
    ],
    ids=range(13),
)
def test_files_that_are_none_are_refused_in_words(path: Path, content: str, words: str) -> None:
    path.write_text(content)
    with pytest.raises(ValueError, match=words):
        nnviz.load(path)


def test_bytes_that_are_no_text_are_refused_in_words(path: Path) -> None:
    path.write_bytes(b"\x80\x04\x95\xff")
    with pytest.raises(ValueError, match="is not a file that nnviz has saved"):
        nnviz.load(path)


def test_the_page_is_served_and_opened_where_nobody_serves_it(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setattr(shown, "USUAL", "http://127.0.0.1:9")  # where nobody listens
    address = nnviz.show(*parts(HOME), block=False)
    assert opened == [address]
    assert urlsplit(address).query == nnviz.link(*parts(HOME))
    with urllib.request.urlopen(address, timeout=30) as answer:
        assert "Backpropagation" in answer.read().decode()
    again = nnviz.show(*parts(HOME), block=False)
    assert urlsplit(again).netloc == urlsplit(address).netloc
    site = address.partition("/?")[0]
    monkeypatch.setattr(shown, "USUAL", site)
    assert nnviz.show(STEP_BY_STEP.network, [[1, 1]], [[1]], 0.1).startswith(f"{site}/?")
    assert nnviz.show(*parts(HOME), base="https://example.org/nnviz/").startswith("https://example.org/nnviz/?")


def test_a_script_waits_and_a_notebook_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda _: True)
    monkeypatch.setattr(shown, "_is_ours", lambda _: False)
    monkeypatch.setattr(shown, "_served", lambda: "http://127.0.0.1:9")
    monkeypatch.setattr(shown, "_wait", lambda: waited.append("yes"))
    nnviz.show(*parts(HOME))
    assert waited == ["yes"]
    monkeypatch.setattr(sys, "ps1", ">>> ", raising=False)
    nnviz.show(*parts(HOME))
    assert waited == ["yes"]
