"""Our pictures as SVG: well-formed, the same in each theme, in the page's colours; what cannot be drawn is refused."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest

from nnviz.charts.svg import Drawing
from nnviz.charts.theme import DARK, LIGHT, THEMES, variables
from nnviz.presets import PRESETS
from tests.asking import Json, link

LESSONS = [
    *(("network", {"preset": preset}) for preset in PRESETS),
    ("network", {"diagram": "graph"}),
    ("network", {"preset": "xor", "diagram": "graph"}),
    ("descent", {}),
    ("sigmoid", {}),
]
SVG = "{http://www.w3.org/2000/svg}"
every_lesson = pytest.mark.parametrize(("lesson", "typed"), LESSONS, ids=str)


def figures(lesson: str, typed: dict[str, str], theme: str = "light") -> Iterator[Json]:
    """Yield the figures of a lesson at some steps."""
    for step in ("0", "2", "9"):
        yield link(typed, lesson=lesson, step=step, theme=theme)["figure"]


def drawn(figure: Json, theme: str) -> str:
    named = variables(THEMES[theme])
    return Drawing(figure["layout"], lambda colour: named.get(colour, colour)).figure(figure["data"], "sketch")


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


@every_lesson
def test_every_text_of_a_figure_is_there(lesson: str, typed: dict[str, str]) -> None:
    for figure in figures(lesson, typed):
        svg = parsed(drawn(figure, "light"))
        groups = svg.findall(f"{SVG}g[@data-trace]")
        assert len(groups) == len(figure["data"])
        for group, trace in zip(groups, figure["data"], strict=True):
            rows = [row for text in trace.get("text", []) for row in text.split("<br>") if row.strip("\u200b")]
            texts = ["".join(text.itertext()) for text in group.iter(f"{SVG}text")]
            assert len(texts) == len(rows)
            assert all(text in row for text, row in zip(texts, rows, strict=True))


@every_lesson
def test_a_picture_is_the_same_for_every_theme(lesson: str, typed: dict[str, str]) -> None:
    both = [[drawn(figure, theme) for figure in figures(lesson, typed, theme)] for theme in THEMES]
    assert both[0] == both[1]
    assert not [svg for svg in both[0] if re.search('["(]#[0-9a-f]{6}', svg)]


def test_colours_have_the_names_that_the_style_sheet_gives_them() -> None:
    assert variables(LIGHT)[LIGHT.lit_soft] == "var(--lit-soft)"
    assert variables(DARK)[DARK.kinds["gradient"]] == "var(--kind-gradient)"
    assert LIGHT.warning not in variables(LIGHT)


@pytest.mark.parametrize(
    "changes",
    [{"marker": {"symbol": "star", "color": "#000000"}}, {"line": {"dash": "longdash", "color": "#000000"}},
     {"textposition": "top center"}],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(changes: Json) -> None:
    layout = {"width": 100, "height": 100, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}, "font": {"color": "#000000"},
              "xaxis": {"range": [0, 1]}, "yaxis": {"range": [0, 1]}}  # fmt: skip
    trace = {"mode": "lines+markers+text", "x": [0], "y": [0], "text": ["a"], "line": {"color": "#000000"},
             "marker": {"color": "#000000"}, "textfont": {"size": 12}}  # fmt: skip
    drawing = Drawing(layout, str)
    assert drawing.trace(trace)
    with pytest.raises(KeyError):
        drawing.trace(trace | changes)


def test_texts_are_texts_and_lines_have_gaps() -> None:
    layout = {"width": 100, "height": 200, "margin": {"l": 10, "r": 10, "t": 20, "b": 20}, "font": {"color": "#000000"},
              "xaxis": {"range": [0, 8]}, "yaxis": {"range": [-1, 1]}}  # fmt: skip
    written = Drawing(layout, str).trace(
        {"mode": "text", "x": [4], "y": [0], "text": ["<b>a</b> &amp; 1 < 2"], "textfont": {"size": 10}}
    )
    assert written.endswith('<tspan font-weight="bold">a</tspan> &amp; 1 &lt; 2</text>')
    assert 'x="50" y="102.5"' in written  # the baseline is a quarter of the size below the middle
    line = {"mode": "lines", "x": [0, 8, None, 8], "y": [-1, 1, None, 0], "line": {"color": "#123456"}}
    assert 'd="M10,180L90,20M90,100"' in Drawing(layout, str).trace(line)
