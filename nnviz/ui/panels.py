"""The parts of the page that follow the network's shape, as HTML: the forms, the table, the matrices."""

from functools import lru_cache
from typing import Any
from zlib import crc32

from jinja2 import Environment, PackageLoader, StrictUndefined

from nnviz.draw.matrices import passes
from nnviz.draw.table import table
from nnviz.engine.plan import Plan
from nnviz.engine.trace import Iteration
from nnviz.lessons.controls import form, rows_shown
from nnviz.lessons.samples import MOST_SAMPLES
from nnviz.lessons.setup import MOST_LAYERS, Setup
from nnviz.text import say

TEMPLATES = Environment(
    loader=PackageLoader("nnviz.ui"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
TEMPLATES.globals["say"] = say


def panels(setup: Setup, iteration: Iteration, present: str = "") -> dict[str, Any] | None:
    """Return the panels with their key, or None where the page has them: they hold no numbers, only places for them."""
    plan = iteration.plan
    batches = setup.batches
    what = (setup.shape, setup.manner, len(setup.inputs), rows_shown(setup), plan.n_samples,
            batches.size is None, batches.seed is None)  # fmt: skip
    key = f"{crc32(repr(what).encode()):08x}"
    if key == present:
        return None
    return {"key": key, "settings": _settings(setup), "table": _table(plan), "matrices": passes(plan)}


def _settings(setup: Setup) -> str:
    groups = form(setup)
    inputs, *layers, loss = groups["architecture"]
    return TEMPLATES.get_template("settings.html").render(
        groups=groups,
        inputs=inputs,
        layers=[layers[start : start + 3] for start in range(0, len(layers), 3)],
        loss=loss,
        most_layers=MOST_LAYERS,
        rows=_rows(setup, groups["samples"]),
        count=len(setup.inputs),
        columns=[control.label for control in groups["sample"]],
        most_samples=MOST_SAMPLES,
    )


def _rows(setup: Setup, cells: list[Any]) -> list[tuple[int, list[Any]]]:
    """Return the rows of the data's table: each sample's number, counted from 1, and its controls."""
    width = setup.shape.sizes[0] + setup.shape.sizes[-1]
    return [(sample + 1, cells[width * row : width * (row + 1)]) for row, sample in enumerate(rows_shown(setup))]


@lru_cache(maxsize=16)
def _table(plan: Plan) -> str:
    shown = table(plan)
    return TEMPLATES.get_template("table.html").render(headers=shown.headers, rows=shown.rows)
