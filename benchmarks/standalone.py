"""How large the player is where no page is around it, and how long Python takes for it: a file, and a widget."""

from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Any, NamedTuple

import nnviz
from nnviz.presets import PRESETS

EXAMPLES = ("2-2-1", "three-classes", "vanishing")  # the first, a classifier, and the one with the most steps
ROUNDS = 3


class Standalone(NamedTuple):
    """An example: its steps, the sizes of its file and of an answer to a widget, and how long they take."""

    name: str
    steps: int
    file_kb: float
    file_ms: float
    answer_kb: float
    answer_ms: float


def standalone() -> list[Standalone]:
    """Return what examples take, each the least of several rounds."""
    found = []
    for name in EXAMPLES:
        preset = PRESETS[name]
        given: tuple[Any, ...] = (preset.network, preset.inputs, preset.targets, preset.learning_rate)
        iteration = nnviz.trace(*given)
        widget = nnviz.Widget(*given)
        other = [[[number + 0.01 for number in row] for row in matrix] for matrix in widget.weights]
        file_ms = least(partial(nnviz.to_html, iteration))
        answer_ms = least(partial(edit, widget, [other, widget.weights]))
        file_kb = len(nnviz.to_html(iteration).encode()) / 1000
        answer_kb = len(widget.get_state("_answered")["_answered"]["packed"]) / 1000
        found.append(Standalone(name, len(iteration.pauses), file_kb, file_ms, answer_kb, answer_ms))
        widget.close()
    return found


def edit(widget: Any, pair: list[Any]) -> None:
    """Set other weights than the widget has."""
    widget.weights = next(weights for weights in pair if weights != widget.weights)


def least(act: Callable[[], object]) -> float:
    """Return the fewest milliseconds that it took."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        act()
        times.append(perf_counter() - start)
    return 1000 * min(times)
