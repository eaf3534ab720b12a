"""Worksheets: always the same for a seed, each with other numbers, a key that is right, and a code that opens them."""

import re
from collections.abc import Iterable
from html import unescape
from itertools import product
from urllib.parse import parse_qsl, urlsplit

import pytest

import nnviz
from nnviz.engine.activations import ANYWHERE
from nnviz.engine.losses import LOSSES
from nnviz.engine.trace import Iteration
from nnviz.lessons.network.links import opened
from nnviz.worksheets.kinds import MOST_SHEETS, kind_of, read_code
from nnviz.worksheets.ways import ITERATION, WAYS, Way
from tests.oracles import qr_codes
from tests.oracles.by_hand import numbers
from tests.worksheets.sheets import NUMBER, lines, plain, problem_of, read, who

KINDS = {
    "2-2-1 sigmoid": ("2-2-1", "sigmoid", "half_squared_error"),
    "2-2-2 tanh": ("2-2-2", "tanh", "mean_squared_error"),
    "3-3-2 cross-entropy": ("3-3-2", ("tanh", "sigmoid"), "binary_cross_entropy"),
    "2-1 ReLU": ("2-1", "relu", "half_squared_error"),
}
ASKED = [*((kind, ITERATION) for kind in KINDS), *(("2-2-1 sigmoid", way) for way in WAYS if way != ITERATION)]
HOME = nnviz.Network([nnviz.Layer([[0.11, 0.21], [0.12, 0.08]]), nnviz.Layer([[0.14, 0.15]])])
GROUPS = {
    "forward": ("z", "h", "ŷ", "E"),
    "deltas": ("∂E/∂ŷ", "∂E/∂z", "∂E/∂h"),
    "gradients": ("∂E/∂w", "∂E/∂b"),
    "update": ("w", "b"),
}


def sheets_of(kind: str, count: int = 2, blanks: str = "iteration") -> nnviz.Worksheets:
    sizes, activation, loss = KINDS[kind]
    return nnviz.worksheet(sizes, 7, count, blanks, activation=activation, loss=loss)


def names_asked(html: str) -> list[str]:
    return re.findall('<tr><th scope="row">([^<]*)</th><td></td><td class="box"></td></tr>', html)


def test_a_seed_has_its_sheets_and_all_are_different() -> None:
    first, again, other = (nnviz.worksheet("2-1", seed, 5) for seed in (7, 7, 8))
    assert (first.html, first.key_html, first.moodle_xml) == (again.html, again.key_html, again.moodle_xml)
    assert [sheet.link for sheet in first] == [sheet.link for sheet in again]
    assert len({sheet.link for sheet in (*first, *other)}) == len({sheet.code for sheet in (*first, *other)}) == 10
    assert nnviz.worksheet("2-1", 7, 2)[1].link == first[1].link


def test_there_are_thirty_of_seed_seven_unless_others_are_asked_for() -> None:
    sheets = nnviz.worksheet("2-1")
    assert [(sheet.number, sheet.count, sheet.seed) for sheet in sheets] == [(n, 30, 7) for n in range(1, 31)]


@pytest.mark.parametrize("kind", KINDS)
def test_each_line_of_the_key_is_what_one_gets_by_hand(kind: str) -> None:
    for sheet in sheets_of(kind):
        found, expected = lines(sheet.key_html), numbers(problem_of(sheet.link))
        expected = {name: value for name, value in expected.items() if name in found}
        assert {name: found[name] for name in expected} == pytest.approx(expected, rel=2e-6)
        assert all(re.match("∂E/∂[ŷh]", name) for name in found.keys() - expected.keys())
        assert list(found) == names_asked(sheet.html)


@pytest.mark.parametrize(("kind", "blanks"), ASKED)
def test_a_sheet_gives_what_comes_before_and_nothing_of_what_is_asked(kind: str, blanks: str) -> None:
    [sheet] = sheets_of(kind, 1, blanks=blanks)
    asked, shown = lines(sheet.key_html), plain(sheet.html)
    prefixes = GROUPS.get(blanks) or sum(GROUPS.values(), ())
    assert asked
    assert all(name.startswith(prefixes) for name in asked)
    assert names_asked(sheet.html) == list(asked)
    before = list(GROUPS)[: list(GROUPS).index(blanks)] if blanks in GROUPS else []
    steps = [step for step in sheet.iteration.steps if step.phase != "check"]
    known = [step for step in steps if any(step.name.startswith(GROUPS[group]) for group in before)]
    for step in known:
        assert re.search(rf"{re.escape(step.name)} [=≈] [−\d]", shown), step.name
    given = in_short([*sheet.iteration.given.values(), *(step.value for step in known)])
    answers = in_short(asked.values())
    assert (in_short(map(read, NUMBER.findall(shown))) - given) & answers == set()
    assert answers <= in_short(map(read, NUMBER.findall(plain(sheet.key_html))))


def in_short(values: Iterable[object]) -> set[str]:
    """Return numbers, as they are shown, to three digits, without their signs."""
    return {f"{float(f'{abs(float(value)):.7g}'):.3g}" for value in values}  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "blanks"), ASKED)
def test_the_code_on_the_sheet_is_the_link_which_opens_its_numbers(kind: str, blanks: Way) -> None:
    sizes, activation, loss = KINDS[kind]
    sheets = nnviz.worksheet(
        sizes, 3, 2, blanks, activation=activation, loss=loss, base="https://school.example/nnviz/"
    )
    for sheet in sheets:
        [code] = re.findall('<svg[^>]*class="segno".*?</svg>', sheet.html)
        assert qr_codes.read(code) == sheet.link
        assert sheet.link.startswith("https://school.example/nnviz/?")
        texts = dict(parse_qsl(urlsplit(sheet.link).query, strict_parsing=True))
        assert texts.pop("practice") == blanks
        setup, problems = opened(texts)
        assert problems == {}
        again = nnviz.trace(setup.network, setup.inputs, setup.targets, setup.rate)
        assert dict(again.values) == dict(sheet.iteration.values)


@pytest.mark.parametrize(("kind", "blanks"), ASKED)
@pytest.mark.parametrize("biases", [True, False])
def test_the_code_says_which_sheet_it_is(kind: str, blanks: Way, biases: bool) -> None:
    sizes, activation, loss = KINDS[kind]
    [_, sheet] = nnviz.worksheet(sizes, 12, 2, blanks, activation=activation, loss=loss, biases=biases)
    found, seed, number = read_code(sheet.code)
    assert found == kind_of(sizes, activation, loss, biases, blanks)
    assert (seed, number) == (12, 2)
    assert found.drawn(seed, number).iteration.values == sheet.iteration.values
    assert sheet.address == f"http://127.0.0.1:8050/worksheets/{sheet.code}"


def test_codes_are_short_and_read_as_people_write_them() -> None:
    [*_, third] = nnviz.worksheet("2-2-1", 7, 3)
    assert third.code == "2-2-1.7-3"
    assert third.address in plain(third.html)
    assert read_code(" 2-2-1.TANH.7-3 ") == (kind_of("2-2-1", "tanh"), 7, 3)


@pytest.mark.parametrize(
    "code", ["", "2-2-1", "2-2-1.7", "2-2-1.7-0", "2-2-1.7-61", "9-2-1.7-1", "2-2-1.x.7-1", "2-2-1.7-1.8-1", "7-1", "."]
)
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r"such as|allowed are"):
        read_code(code)


@pytest.mark.parametrize("activation", ANYWHERE)
@pytest.mark.parametrize(
    ("sizes", "loss"),
    [
        (sizes, loss)
        for sizes, loss in product(["1-1", "3-2", "1-1-1", "3-3-2"], LOSSES)
        if not (LOSSES[loss].of_shares and sizes.endswith("-1"))
    ],
)
@pytest.mark.parametrize("biases", [True, False])
def test_there_are_sheets_of_every_kind(sizes: str, activation: str, loss: str, biases: bool) -> None:
    activations = [activation] * sizes.count("-")
    activations[-1] = LOSSES[loss].last_activation or activation
    [sheet] = nnviz.worksheet(sizes, 1, 1, activation=activations, loss=loss, biases=biases)
    assert [step for steps in sheet.asked.values() for step in steps] == by_group(sheet.iteration)


def by_group(iteration: Iteration) -> list[nnviz.Step]:
    stages = {"forward": 0, "loss": 0, "delta": 1, "gradients": 2, "update": 3}
    steps = [step for step in iteration.steps if step.phase != "check"]
    return sorted(steps, key=lambda step: stages[iteration.plan.rule_of[step.id].stage.kind])


def test_a_network_has_the_one_sheet_with_its_own_numbers() -> None:
    [sheet] = nnviz.worksheet(HOME, inputs=[[2, 3]], targets=[[1]], learning_rate=0.05, blanks="gradients")
    assert "h1 = 0.85" in plain(sheet.html)
    assert lines(sheet.key_html)["∂E/∂w5"] == -0.68765
    assert dict(parse_qsl(urlsplit(sheet.link).query))["practice"] == "gradients"
    assert (sheet.seed, sheet.number, sheet.count, sheet.address) == (None, 1, 1, "")
    assert f'href="{sheet.link.removesuffix("&practice=gradients")}"' in unescape(sheet.key_html)
    [other] = nnviz.worksheet(HOME, inputs=[[2, 4]], targets=[[1]], learning_rate=0.05, blanks="gradients")
    assert sheet.code != other.code
    assert sheet.code in plain(sheet.html)
    assert sheet.code in plain(sheet.key_html)


def test_each_of_several_hidden_layers_has_its_activation_named() -> None:
    layers = [nnviz.Layer([[0.3]], None, name) for name in ("tanh", "relu", "sigmoid")]
    [sheet] = nnviz.worksheet(nnviz.Network(layers), inputs=[[0.7]], targets=[[0.9]], learning_rate=0.3)
    assert "hidden layer 1: tanh hidden layer 2: ReLU output: sigmoid" in plain(sheet.html)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"network_or_kind": "4-2-1"}, "inputs .1 to 3.*such as 2-2-1"),
        ({"network_or_kind": "2-2-3"}, "outputs .1 to 2"),
        ({"network_or_kind": "2-2-2-1"}, "such as 2-2-1"),
        ({"network_or_kind": "two"}, "such as 2-2-1"),
        ({"seed": -1}, "seed must be a whole number from 0 to 999,999, not -1"),
        ({"count": 0}, "count must be a whole number from 1 to 60, not 0"),
        ({"count": MOST_SHEETS + 1}, "from 1 to 60, not 61"),
        ({"blanks": "backward"}, "blanks must be one of forward, deltas, gradients, update, iteration, not 'backward'"),
        ({"activation": "step"}, "activation: allowed are identity"),
        ({"activation": ("tanh",)}, "as many as there are layers: 2, not 1"),
        ({"loss": "hinge"}, "loss: allowed are"),
        ({"loss": "binary_cross_entropy", "activation": "tanh"}, "layer 2 is tanh"),
        ({"network_or_kind": HOME}, "inputs, targets and learning_rate"),
        (
            {"network_or_kind": HOME, "inputs": [[1, 2]] * 2, "targets": [[1]] * 2, "learning_rate": 1.0},
            "one sample, not 2",
        ),
        (
            {"network_or_kind": HOME, "inputs": [[1e200, 1e200]], "targets": [[1]], "learning_rate": 1.0},
            "too large for a float",
        ),
    ],
)
def test_what_is_not_allowed_is_refused_with_what_is(arguments: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        nnviz.worksheet(**({"network_or_kind": "2-2-1", "count": 1} | arguments))  # type: ignore[arg-type]


def test_a_key_without_mistakes_has_the_lines_alone() -> None:
    [sheet] = nnviz.worksheet("2-2-1", count=1, mistakes=False)
    assert lines(sheet.key_html)
    assert who(sheet.key_html) == {}


def test_nothing_in_a_document_comes_from_elsewhere() -> None:
    sheets = nnviz.worksheet("2-2-1", count=2)
    for html in (sheets.html, sheets.key_html):
        assert not re.search(r"<(?:script|link|img|iframe)\b|url\(['\"]?http|@import", html)
        assert html.count("<article") == 2


def test_files_are_written_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("made") / "new" / "folder"
    sheets = nnviz.worksheet("2-1", count=2)
    files = sheets.save(folder)
    assert [file.name for file in files] == ["sheets.html", "keys.html", "moodle.xml"]
    assert [file.read_text(encoding="utf-8") for file in files] == [sheets.html, sheets.key_html, sheets.moodle_xml]
    (folder / "sheets.html").write_text("mine", encoding="utf-8")
    (folder / "keys.html").unlink()
    with pytest.raises(FileExistsError, match=re.escape(str(folder / "sheets.html"))):
        sheets.save(folder)
    assert (folder / "sheets.html").read_text(encoding="utf-8") == "mine"
    assert not (folder / "keys.html").exists()
    sheets.save(folder, overwrite=True)
    assert (folder / "sheets.html").read_text(encoding="utf-8") == sheets.html
