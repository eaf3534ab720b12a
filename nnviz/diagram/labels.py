"""What is written in the drawing of the network, as far as it is known at a cursor."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from nnviz.algebra.quantities import KEPT, Product, Quantity
from nnviz.algebra.rounding import exactly, shown
from nnviz.algebra.solution import number
from nnviz.algebra.trace import Step
from nnviz.charts.canvas import Frame
from nnviz.charts.text_metrics import BLANK
from nnviz.charts.theme import Palette
from nnviz.diagram.uses import places_at
from nnviz.engine.naming import RATE
from nnviz.engine.trace import Iteration
from nnviz.text import say

NEVER_KNOWN = -1
PASSING = ("term", "gradient-term", "factor", "loss-part", *KEPT)
MARKS = {"gradient": "∂", "factor": "×", "term": "+", "gradient-term": "+"}
NEW, CHANGE = "→", "α∂"
LONGEST_NAME = 8


@dataclass(frozen=True)
class Labels:
    """The texts of an iteration's nodes, edges and biases at some cursors, with the numbers of one sample."""

    iteration: Iteration
    frame: Frame
    palette: Palette
    sample: int
    cursors: range

    def inside(self, node: Quantity, cursor: int) -> str:
        """Return what stands in a node: its value as the forward pass left it."""
        return self._inside[node.id] if self.iteration.position[node.id] <= cursor else self.unknown

    def own(self, parameter: Quantity) -> tuple[str, str]:
        """Return a weight's or a bias's name and value."""
        return parameter.name, self._short_after(parameter.name, parameter)

    def note(self, key: str, cursor: int) -> str:
        """Return the newest of a place besides its own value: what the step is about, or a gradient, or a new value."""
        quantity = self.of_step(cursor).get(key) or self._kept(key, cursor)
        return BLANK if quantity is None else self.written(quantity)

    def of_step(self, cursor: int) -> dict[str, Quantity]:
        """Return by place the newest of the steps' quantities that is none of the place's own."""
        return self._of_step[cursor]

    def has_own(self, key: str, cursor: int) -> bool:
        """Whether the step is about the value itself of what stands at the place."""
        return key in self._own_of_step[cursor]

    def written(self, quantity: Quantity) -> str:
        """Return a quantity's note: its name, or a mark in its place, and the value, in its kind's colour."""
        if quantity.id not in self._notes:
            self._notes[quantity.id] = self._note(quantity)
        return self._notes[quantity.id]

    @property
    def noted(self) -> frozenset[str]:
        """The places at which a note ever stands, while one of the steps is passed or since before them."""
        passing = {key for notes in self._of_step.values() for key in notes}
        return frozenset(passing | {key for key, (since, _) in self._lasting.items() if since[0] <= self.cursors[-1]})

    @cached_property
    def hovers(self) -> dict[str, list[tuple[int, str]]]:
        """All that is known at a place, with all digits: after how many pauses which line is added.

        A line of its own, since NEVER_KNOWN, says what is not known yet where nothing is known from the start.
        """
        hovers: dict[str, list[tuple[int, str]]] = {}
        for quantity_id, position in sorted(self.iteration.position.items(), key=lambda item: item[1]):
            quantity = self.iteration.plan.by_id[quantity_id]
            value = self.value(quantity)
            lines = hovers.setdefault(quantity.place.key, [])
            lines.append(
                (position, f"{quantity.name} = {self._missing(quantity) if value is None else exactly(value)}")
            )
        for node in self.iteration.plan.quantities.nodes:
            lines = hovers[node.place.key]
            if lines[0][0] > 0:
                lines.insert(0, (NEVER_KNOWN, say("figure.not_yet", name=node.name)))
        return hovers

    @cached_property
    def unknown(self) -> str:
        """What stands for a number that is not known."""
        return say("unknown")

    @cached_property
    def _inside(self) -> dict[str, str]:
        room = self.frame.digits + (1 if self.frame.is_dense else 2)
        return {q.id: self.short(q, room) for q in self.iteration.plan.quantities.nodes}

    @cached_property
    def _own(self) -> frozenset[str]:
        """The ids of what stands in the nodes, on the edges and at the biases itself."""
        q = self.iteration.plan.quantities
        return frozenset(quantity.id for quantity in (*q.nodes, *q.all_weights, *(b for row in q.biases for b in row)))

    @cached_property
    def _notes(self) -> dict[str, str]:
        return {}

    @cached_property
    def _steps(self) -> dict[int, list[tuple[str, Quantity]]]:
        """By cursor the places and the quantities there that the pause is about, the operands first."""
        by_id, q = self.iteration.plan.by_id, self.iteration.plan.quantities
        found: dict[int, list[tuple[str, Quantity]]] = {}
        for cursor in self.cursors:
            pause = self.iteration.pauses[cursor - 1] if cursor else ()
            pairs = [(step, by_id[key]) for step in pause for key in step.operands]
            pairs += [(step, step.quantity) for step in pause]
            places = [(place.key, quantity) for step, quantity in pairs for place in places_at(q, step, quantity)]
            found[cursor] = list(dict.fromkeys(places))
        return found

    @cached_property
    def _of_step(self) -> dict[int, dict[str, Quantity]]:
        return {
            cursor: {place: q for place, q in quantities if self._is_note(q)}
            for cursor, quantities in self._steps.items()
        }

    @cached_property
    def _own_of_step(self) -> dict[int, frozenset[str]]:
        return {
            cursor: frozenset(place for place, q in quantities if q.id in self._own)
            for cursor, quantities in self._steps.items()
        }

    def _is_note(self, quantity: Quantity) -> bool:
        return (
            quantity.id not in self._own
            and quantity.kind not in ("rate", "setting")
            and self.value(quantity) is not None
        )

    def _kept(self, key: str, cursor: int) -> Quantity | None:
        """Return the newest note at a place that stays when its step is over."""
        since, quantities = self._lasting.get(key, ([], []))
        newest = bisect_right(since, cursor)
        return quantities[newest - 1] if newest else None

    @cached_property
    def _lasting(self) -> dict[str, tuple[list[int], list[Quantity]]]:
        """By place: after how many pauses, and which quantity is then the newest one there."""
        notes: dict[str, tuple[list[int], list[Quantity]]] = {}
        for position, step in self._computed():
            if step.quantity.kind not in PASSING and self._is_note(step.quantity):
                for place in places_at(self.iteration.plan.quantities, step, step.quantity):
                    since, quantities = notes.setdefault(place.key, ([], []))
                    since.append(position)
                    quantities.append(step.quantity)
        return notes

    def _computed(self) -> Iterator[tuple[int, Step]]:
        for position, pause in enumerate(self.iteration.pauses, start=1):
            for step in pause:
                yield position, step

    def _note(self, quantity: Quantity) -> str:
        is_at_bias = quantity.place.part == "bias"
        is_spelt_out = self.frame.spells_out and not is_at_bias and len(quantity.name) <= LONGEST_NAME
        name = quantity.name if is_spelt_out else _mark(quantity)
        colour = self.palette.kinds[quantity.kind]
        return f"<span style='color:{colour}'>{name} {self._short_after(name, quantity)}</span>"

    def _short_after(self, name: str, quantity: Quantity) -> str:
        """Return the value as it is written in one line with a name."""
        line = self.frame.bias_line if quantity.place.part == "bias" else self.frame.line
        return self.short(quantity, min(self.frame.room, line - len(name) - 1))

    def short(self, quantity: Quantity, room: int) -> str:
        """Return the value with the digits that the frame has room for, and no more characters than ``room``."""
        value = self.value(quantity)
        if value is None:
            return self._missing(quantity)
        return fitting(value, self.frame.digits, room)

    def _missing(self, quantity: Quantity) -> str:
        """Return what stands for a value that is not a number: too large, or never computed."""
        overflow = self.iteration.overflow
        is_too_large = overflow is not None and overflow.id == quantity.id
        if not is_too_large:
            return self.unknown
        return say("figure.too_large.short" if self.frame.is_dense else "figure.too_large")

    def value(self, quantity: Quantity) -> float | None:
        """Return a value of the sample, or None where it is not a number."""
        value = number(self.iteration.values[quantity.id], self.sample)
        return value if abs(value) < float("inf") else None


@lru_cache(maxsize=4096)
def fitting(value: float, digits: int, room: int) -> str:
    """Return a value with as many digits as fit into so many characters, at least with one."""
    text = str(shown(value, digits))
    return text if len(text) <= room or digits == 1 else fitting(value, digits - 1, room)


def _mark(quantity: Quantity) -> str:
    """Return what stands for a quantity's name where there is no room for it."""
    if isinstance(quantity.symbol, Product) and RATE.symbol in quantity.symbol.factors:
        return CHANGE
    if quantity.kind in MARKS:
        return MARKS[quantity.kind]
    letter = quantity.letter
    if quantity.kind in KEPT:
        return f"{letter.base}{'⁺' if letter.new else ''}"
    if quantity.kind == "loss-part":
        return quantity.name
    return f"{letter.base}{'⁺' if letter.new else ''}" if quantity.kind == "sum" else NEW
