"""The parts of the page that follow the network's shape, as HTML: the forms, the table, the matrices."""

from functools import lru_cache
from typing import Any
from zlib import crc32

from jinja2 import Environment, PackageLoader, StrictUndefined

from nnviz.draw.matrices import passes
from nnviz.draw.rows import Row, Rows
from nnviz.draw.screen import Reading
from nnviz.draw.table import table
from nnviz.draw.view import NetworkReading
from nnviz.engine.batches import ALL
from nnviz.engine.plan import Plan
from nnviz.lessons.controls import form, rows_shown
from nnviz.lessons.lesson import Lesson
from nnviz.lessons.samples import MOST_SAMPLES
from nnviz.lessons.setup import MOST_LAYERS, Setup
from nnviz.protocol import Panels, Table
from nnviz.text import say

TEMPLATES = Environment(
    loader=PackageLoader("nnviz.ui"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
TEMPLATES.globals["say"] = say


def of_network(_: Lesson[Setup], setup: Setup, reading: NetworkReading, present: str = "") -> Panels | None:
    """Return the network's panels, or None where the page has them: they hold no numbers, only places for them."""
    plan = reading.passage.iteration.plan
    batches = setup.batches
    is_batch, is_shuffled = batches.size is not None, batches.seed is not None
    samples = len(setup.inputs), plan.n_samples, rows_shown(setup)
    key = _key((setup.shape, setup.manner, samples, is_batch, is_shuffled))
    if key == present:
        return None
    settings = _settings(setup)
    return {**_table(plan), "key": key, "settings": settings, "matrices": passes(plan), "notes": "", "slider": ""}


def plain(lesson: Lesson[Any], setup: Any, reading: Reading, present: str = "") -> Panels | None:
    """Return the panels of a lesson without any of its own, or None where the page has them."""
    groups, rows, notes = lesson.form(setup), reading.rows(), reading.notes()
    fields = [(name, c.key, c.label, c.choices) for name, controls in groups.items() for c in controls]
    key = _key((lesson.name, fields, rows, notes))
    if key == present:
        return None
    named = {say(f"group.{name}"): controls for name, controls in groups.items()}
    settings = TEMPLATES.get_template("lesson.html").render(groups=named, is_run=lesson.last_iteration(setup) > 1)
    return {**written(rows), "key": key, "settings": settings, "matrices": None, "notes": notes, "slider": ""}


def _key(what: object) -> str:
    return f"{crc32(repr(what).encode()):08x}"


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
        in_batches=setup.batches != ALL,
        columns=[control.label for control in groups["sample"]],
        most_samples=MOST_SAMPLES,
    )


def _rows(setup: Setup, cells: list[Any]) -> list[tuple[int, list[Any]]]:
    """Return the rows of the data's table: each sample's number, counted from 1, and its controls."""
    width = setup.shape.sizes[0] + setup.shape.sizes[-1]
    return [(sample + 1, cells[width * row : width * (row + 1)]) for row, sample in enumerate(rows_shown(setup))]


@lru_cache(maxsize=16)
def _table(plan: Plan) -> Table:
    shown = table(plan)
    rows = tuple(Row(p.place.key, p.name, p.kind, names) for p, names in shown.rows.items())
    headers = {"": say("table.weight")} | shown.headers
    return written(Rows(say("table.caption"), say("table.hint"), headers, rows))


def written(rows: Rows | None) -> Table:
    """Return a table as HTML, with its caption and its hint."""
    if rows is None:
        return {"table": "", "caption": "", "hint": ""}
    html = TEMPLATES.get_template("table.html").render(table=rows)
    return {"table": html, "caption": rows.caption, "hint": rows.hint}
