"""What is written in the drawing of the network, as far as it is known at a cursor."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from nnviz.draw.geometry import WIDE
from nnviz.draw.look import Look
from nnviz.engine.numbers import exactly, shown
from nnviz.engine.quantities import PARTIAL, Quantity, Row
from nnviz.engine.solution import number
from nnviz.engine.trace import Iteration
from nnviz.text import say

BLANK = "\u200b"  # Plotly does not draw a text that was empty and becomes one in a frame
CHARACTER_WIDTH, LINE_HEIGHT = 0.62, 1.3  # in font sizes, and rather too much than too little
_TAG = re.compile("<[^>]*>")


@dataclass(frozen=True)
class Labels:
    """The texts of an iteration's nodes and edges, with the numbers of one sample."""

    iteration: Iteration
    look: Look
    sample: int

    def inside(self, node: Quantity, cursor: int) -> str:
        """Return what stands in a node: its value as the forward pass left it."""
        return self._inside[node.name] if self.iteration.position[node.name] <= cursor else say("unknown")

    def note(self, quantity: Quantity, cursor: int) -> str:
        """Return the newest value at the quantity's place besides its own: its gradient, or its new value."""
        since, texts = self._notes.get(quantity.place.key, ([], []))
        newest = bisect_right(since, cursor)
        return texts[newest - 1] if newest else BLANK

    def is_noted(self, quantity: Quantity) -> bool:
        """Whether a note ever stands at the quantity's place."""
        return quantity.place.key in self._notes

    def edge(self, weight: Quantity, cursor: int) -> str:
        """Return a weight's name and value, and below them the note at its edge."""
        note = self.note(weight, cursor)
        return self._edges[weight.name] if note == BLANK else f"{self._edges[weight.name]}<br>{note}"

    def hover(self, quantity: Quantity, cursor: int) -> str:
        """Return all that is known at the quantity's place, with all digits."""
        since, texts = self._hovers[quantity.place.key]
        known = bisect_right(since, cursor)
        return "<br>".join(texts[:known]) if known else say("figure.not_yet", name=quantity.name)

    @property
    def _nodes(self) -> Row:
        return self.iteration.plan.quantities.nodes

    @property
    def _weights(self) -> Row:
        return self.iteration.plan.quantities.all_weights

    @cached_property
    def _inside(self) -> dict[str, str]:
        return {q.name: self._short(q, self.look.frame.digits + 2) for q in self._nodes}

    @cached_property
    def _edges(self) -> dict[str, str]:
        return {w.name: f"{w.name} {self._short(w, self.look.frame.room)}" for w in self._weights}

    @cached_property
    def _hovers(self) -> dict[str, tuple[list[int], list[str]]]:
        """By place: after how many steps which line with all digits is added."""
        hovers: dict[str, tuple[list[int], list[str]]] = {}
        for name, position in sorted(self.iteration.position.items(), key=lambda item: item[1]):
            quantity = self.iteration.plan.by_name[name]
            value = self._value(quantity)
            since, texts = hovers.setdefault(quantity.place.key, ([], []))
            since.append(position)
            texts.append(f"{name} = {self._missing(quantity) if value is None else exactly(value)}")
        return hovers

    @cached_property
    def _notes(self) -> dict[str, tuple[list[int], list[str]]]:
        """By place: after how many steps, and which text then stands there."""
        own = {q.name for q in self._nodes}
        notes: dict[str, tuple[list[int], list[str]]] = {}
        for position, step in enumerate(self.iteration.steps, start=1):
            quantity = step.quantity
            if quantity.name not in own and self._value(quantity) is not None:
                since, texts = notes.setdefault(quantity.place.key, ([], []))
                since.append(position)
                name = quantity.name if self.look.frame is WIDE else PARTIAL if quantity.with_respect_to else "→"
                colour = self.look.palette.kinds[quantity.kind]
                texts.append(
                    f"<span style='color:{colour}'>{name} {self._short(quantity, self.look.frame.room)}</span>"
                )
        return notes

    def _short(self, quantity: Quantity, room: int) -> str:
        """Return the value with the digits that the frame has room for, and no more characters than ``room``."""
        value = self._value(quantity)
        if value is None:
            return self._missing(quantity)
        texts = [str(shown(value, digits)) for digits in range(self.look.frame.digits, 0, -1)]
        return next((text for text in texts if len(text) <= room), texts[-1])

    def _missing(self, quantity: Quantity) -> str:
        """Return what stands for a value that is not a number: too large, or never computed."""
        overflow = self.iteration.overflow
        return say("figure.too_large" if overflow and overflow.name == quantity.name else "unknown")

    def _value(self, quantity: Quantity) -> float | None:
        """Return a value of the sample, or None where it is not a number."""
        value = number(self.iteration.values[quantity.name], self.sample)
        return value if abs(value) < float("inf") else None


def extent(text: str, font_size: int) -> tuple[float, float]:
    """Return about how wide and high a text with line breaks and tags is, in pixels; a blank one is nothing."""
    rows = _TAG.sub("", text.replace("<br>", "\n")).replace(BLANK, "").split("\n")
    if not rows[0]:
        return 0.0, 0.0
    return CHARACTER_WIDTH * font_size * max(map(len, rows)) + 4, LINE_HEIGHT * font_size * len(rows) + 2
