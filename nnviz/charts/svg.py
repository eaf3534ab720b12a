"""A figure of Plotly as SVG, with everything where Plotly draws it: for the page before Plotly is there.

It draws what our pictures are made of: scatter traces of lines, markers and texts, rectangles and texts of the layout,
and axes whose numbers are listed. All else is refused with a KeyError, so that nothing is left out in silence.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from html import escape, unescape
from itertools import groupby
from math import sqrt
from typing import Any

from nnviz.charts.text_metrics import BLANK
from nnviz.protocol import Plotly

LINE_SPACING, BASELINE, MIDDLE = 1.3, 0.75, 0.35  # in font sizes, as Plotly sets text
BESIDE = {"left": (-1, "end"), "center": (0, "middle"), "right": (1, "start")}
DASHES = {"dot": 1, "dash": 3}  # how long they and their gaps are, in widths of at least 3 pixels
LEVEL = 1.4  # how many radii a level line reaches to either side
TAGS, COLOUR = re.compile("(<[^>]*>)"), re.compile("#[0-9a-f]{6}")


@dataclass(frozen=True)
class Drawing:
    """A layout of Plotly, as what draws traces of its figure; ``paint`` says how a colour is written in SVG."""

    layout: Plotly
    paint: Callable[[str], str]

    def figure(self, data: Sequence[Plotly], name: str) -> str:
        """Return all of a figure, each of its traces in a group that ``data-trace`` numbers; ``name`` is its id."""
        width, height = self.layout["width"], self.layout["height"]
        left, top, right, bottom = self._area
        clip = f'<clipPath id="{name}-area"><path d="M{left},{top}H{right}V{bottom}H{left}Z"/></clipPath>'
        clipped = [f' clip-path="url(#{name}-area)"' * (trace.get("cliponaxis") is not False) for trace in data]
        traces = "".join(
            f'<g data-trace="{number}"{clip_path}>{self.trace(trace)}</g>'
            for number, (trace, clip_path) in enumerate(zip(data, clipped, strict=True))
        )
        font = self.layout["font"]
        return (
            f'<svg id="{name}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" aria-hidden="true" '
            f'font-family="{escape(font["family"])}">{clip}{"".join(self._behind())}{traces}{"".join(self._above())}</svg>'
        )

    def trace(self, trace: Plotly) -> str:
        """Return what a scatter trace shows."""
        modes = trace["mode"].split("+")
        points = [
            None if x is None else (_short(self._across(x)), _short(self._down(y)))
            for x, y in zip(trace["x"], trace["y"], strict=True)
        ]
        parts = []
        if "lines" in modes:
            parts.append(self._line(trace["line"], points))
        if "markers" in modes:
            parts += self._markers(trace["marker"], points)
        if "text" in modes:
            parts += self._texts(trace, points)
        shown = "".join(parts)
        return f'<g opacity="{trace["opacity"]}">{shown}</g>' if trace.get("opacity", 1) != 1 else shown

    # Where things are

    @cached_property
    def _area(self) -> tuple[float, float, float, float]:
        """The left, top, right and bottom of the part that the axes are of."""
        m = self.layout["margin"]
        return m["l"], m["t"], self.layout["width"] - m["r"], self.layout["height"] - m["b"]

    def _across(self, x: float) -> float:
        left, _, right, _ = self._area
        low, high = self.layout["xaxis"]["range"]
        return float(left + (x - low) / (high - low) * (right - left))

    def _down(self, y: float) -> float:
        _, top, _, bottom = self._area
        low, high = self.layout["yaxis"]["range"]
        return float(bottom - (y - low) / (high - low) * (bottom - top))

    # The parts of a trace

    def _line(self, line: Plotly, points: Sequence[tuple[str, str] | None]) -> str:
        pieces = (list(piece) for is_there, piece in groupby(points, lambda point: point is not None) if is_there)
        path = "".join("M" + "L".join(",".join(point) for point in piece if point) for piece in pieces)
        return f'<path d="{path}" fill="none" {self._stroke(line)}/>'

    def _stroke(self, line: Plotly) -> str:
        width = line.get("width", 2)
        stroke = f'stroke="{self.paint(line["color"])}" stroke-width="{width}"'
        if "dash" not in line:
            return stroke
        length = DASHES[line["dash"]] * max(width, 3)
        return f'{stroke} stroke-dasharray="{length},{length}"'

    def _markers(self, marker: Plotly, points: Sequence[tuple[str, str] | None]) -> Iterator[str]:
        outline = marker.get("line", {})
        for number, point in enumerate(points):
            size = _of(marker.get("size", 6), number)
            if point is None or not size or not marker.get("opacity", 1):
                continue
            shape, width = SHAPES[_of(marker.get("symbol", "circle"), number)], _of(outline.get("width", 0), number)
            colour = self.paint(_of(marker["color"], number))
            edge = self.paint(_of(outline["color"], number)) if "color" in outline else colour
            ink = f'fill="none" stroke="{colour}"' if shape is _level else f'fill="{colour}" stroke="{edge}"'
            stroke = f'{ink} stroke-width="{width}"' if width else f'fill="{colour}"'
            yield f'<path transform="translate({point[0]},{point[1]})" d="{shape(size / 2)}" {stroke}/>'

    def _texts(self, trace: Plotly, points: Sequence[tuple[str, str] | None]) -> Iterator[str]:
        font = {**self.layout["font"], **trace.get("textfont", {})}
        vertical, horizontal = trace.get("textposition", "middle center").split()
        if vertical != "middle":
            raise KeyError(vertical)
        aside, anchor = BESIDE[horizontal]
        sizes = trace.get("marker", {}).get("size", 0) if "markers" in trace["mode"] else 0
        for number, (point, text) in enumerate(zip(points, trace["text"], strict=True)):
            if point is None or text in ("", BLANK):
                continue
            size, radius = _of(font["size"], number), _of(sizes, number) / 2
            x = float(point[0]) + (aside * (radius / 0.8 + 1) if radius else 0)
            yield self._text(
                text, x, float(point[1]), size, _of(font["color"], number), anchor,
                weight=_of(font.get("weight", "normal"), number), shadow=font.get("shadow", ""),
            )  # fmt: skip

    def _text(
        self, text: str, x: float, y: float, size: float, colour: str, anchor: str, weight: str = "normal",
        shadow: str = "",
    ) -> str:  # fmt: skip
        """Return a text with line breaks whose middle is at a height."""
        rows = text.split("<br>")
        first = y + BASELINE * size - ((len(rows) - 1) * LINE_SPACING + 1) * size / 2
        bold = ' font-weight="bold"' if weight == "bold" else ""
        style = f' style="text-shadow:{self._shadow(shadow)}"' if shadow else ""
        attributes = f'font-size="{size}" fill="{self.paint(colour)}" text-anchor="{anchor}"{bold}{style}'
        return "".join(
            f'<text x="{_short(x)}" y="{_short(first + row * LINE_SPACING * size)}" {attributes}>'
            f"{self._tagged(content)}</text>"
            for row, content in enumerate(rows)
            if content
        )

    def _tagged(self, row: str) -> str:
        """Return a row of a text with Plotly's tags, of which we use those for bold and for a colour."""
        return "".join(
            self._tag(part) if part.startswith("<") else escape(unescape(part), quote=False) for part in TAGS.split(row)
        )

    def _tag(self, tag: str) -> str:
        if tag in ("</b>", "</span>"):
            return "</tspan>"
        if tag == "<b>":
            return '<tspan font-weight="bold">'
        [colour] = COLOUR.findall(tag)
        return f'<tspan fill="{self.paint(colour)}">'

    def _shadow(self, shadow: str) -> str:
        return COLOUR.sub(lambda found: self.paint(found[0]), shadow)

    # The layout

    def _behind(self) -> Iterator[str]:
        """Yield what the layout has behind the traces."""
        _, top, _, bottom = self._area
        for shape in self.layout.get("shapes", []):
            x0, x1 = self._across(shape["x0"]), self._across(shape["x1"])
            yield (
                f'<path d="M{_short(x0)},{top}H{_short(x1)}V{bottom}H{_short(x0)}Z" '
                f'fill="{self.paint(shape["fillcolor"])}" opacity="{shape["opacity"]}"/>'
            )
        if self.layout["xaxis"].get("visible") is not False:
            yield from self._grid()
            yield from self._ticks()

    def _grid(self) -> Iterator[str]:
        left, top, right, bottom = self._area
        x, y = self.layout["xaxis"], self.layout["yaxis"]
        path = "".join(f"M{_short(self._across(value))},{top}V{bottom}" for value in x["tickvals"])
        path += "".join(f"M{left},{_short(self._down(value))}H{right}" for value in y["tickvals"])
        yield f'<path d="{path}" stroke="{self.paint(x["gridcolor"])}" shape-rendering="crispEdges"/>'

    def _ticks(self) -> Iterator[str]:
        """Yield the numbers along the axes."""
        left, _, _, bottom = self._area
        x, y = self.layout["xaxis"], self.layout["yaxis"]
        for axis in (x, y):
            font = {**self.layout["font"], **axis["tickfont"]}
            for value, text in zip(axis["tickvals"], axis["ticktext"], strict=True):
                if axis is x:
                    place = self._across(value), bottom + font["size"] - (BASELINE - 0.5) * font["size"] + 0.5
                else:
                    place = left - 1, self._down(value) + (MIDDLE - BASELINE + 0.5) * font["size"]
                yield self._text(text, *place, font["size"], font["color"], "middle" if axis is x else "end")

    def _above(self) -> Iterator[str]:
        """Yield what the layout has above the traces."""
        for note in self.layout.get("annotations", []):
            font, turn = note["font"], note.get("textangle", 0)
            x, y = self._place(note)
            attributes = f'font-size="{font["size"]}" fill="{self.paint(font["color"])}" text-anchor="middle"'
            transform = f"translate({_short(x)},{_short(y)})" + (f" rotate({turn})" if turn else "")
            text = self._tagged(note["text"])
            yield f'<text transform="{transform}" dominant-baseline="central" {attributes}>{text}</text>'

    def _place(self, note: Plotly) -> tuple[float, float]:
        """Return where the middle of an annotation is."""
        if note.get("xref") != "paper":
            return self._across(note["x"]), self._down(note["y"])
        left, top, right, bottom = self._area
        x, y = left + note["x"] * (right - left), bottom - note["y"] * (bottom - top)
        return x + note.get("xshift", 0), y - note.get("yshift", 0)


def _circle(r: float) -> str:
    return f"M{r},0A{r},{r} 0 1,1 0,-{r}A{r},{r} 0 0,1 {r},0Z"


def _level(r: float) -> str:
    return f"M{_short(LEVEL * r)},0H{_short(-LEVEL * r)}"


def _triangle(way: int, r: float) -> str:
    half = 2 * r / sqrt(3)
    return f"M{_short(-way * r / 2)},{_short(-half)}V{_short(half)}L{_short(way * r)},0Z"


SHAPES: Mapping[str, Callable[[float], str]] = {
    "circle": _circle, "line-ew-open": _level, "triangle-right": partial(_triangle, 1),
    "triangle-left": partial(_triangle, -1),
}  # fmt: skip


def _of(value: Any, number: int) -> Any:
    """Return what is meant for a point: all may have one, or each its own."""
    return value[number] if isinstance(value, list) else value


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
