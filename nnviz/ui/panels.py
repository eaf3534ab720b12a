"""The parts of the page that follow the network's shape, as HTML: the forms, the table, the matrices."""

from functools import lru_cache
from typing import Any, NamedTuple
from zlib import crc32

from jinja2 import Environment, PackageLoader, StrictUndefined

from nnviz.draw.matrices import passes
from nnviz.draw.rows import Row, Rows
from nnviz.draw.screen import Reading
from nnviz.draw.table import table
from nnviz.draw.view import NetworkReading
from nnviz.engine.batches import ALL
from nnviz.engine.plan import Plan
from nnviz.lessons.fields import form, rows_shown
from nnviz.lessons.lesson import Lesson
from nnviz.lessons.samples import MOST_SAMPLES
from nnviz.lessons.setup import MOST_LAYERS, Setup
from nnviz.player.form import Form, S
from nnviz.text import say

TEMPLATES = Environment(
    loader=PackageLoader("nnviz.ui"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
TEMPLATES.globals["say"] = say


Json = dict[str, Any]


def of_network(_: Lesson[Setup], setup: Setup, reading: NetworkReading, present: str = "") -> Json | None:
    """Return the network's panels, or None where the page has them: they hold no numbers, only places for them."""
    plan = reading.passage.iteration.plan
    batches = setup.batches
    is_batch, is_shuffled = batches.size is not None, batches.seed is not None
    samples = len(setup.inputs), plan.n_samples, rows_shown(setup)
    key = _key((setup.shape, setup.manner, samples, is_batch, is_shuffled))
    if key == present:
        return None
    return {"key": key, "settings": _settings(setup), **_table(plan), "matrices": passes(plan), "notes": ""}


def plain(lesson: Lesson[Any], setup: Any, reading: Reading, present: str = "") -> Json | None:
    """Return the panels of a lesson without any of its own, or None where the page has them."""
    groups, rows, notes = shown(lesson.form(setup), setup), reading.rows(), reading.notes()
    key = _key((lesson.name, groups, rows, notes))
    if key == present:
        return None
    named = {say(f"group.{name}"): fields for name, fields in groups.items()}
    settings = TEMPLATES.get_template("lesson.html").render(groups=named, is_run=lesson.last_iteration(setup) > 1)
    return {"key": key, "settings": settings, **written(rows), "matrices": None, "notes": notes}


class ShownField(NamedTuple):
    """A field as the page shows it: its key, its label, and its choices, each a text and a name."""

    key: str
    label: str
    choices: tuple[tuple[str, str], ...]


def shown(form: Form[S], setup: S) -> dict[str, list[ShownField]]:
    """Return the fields of a form as the page shows them, by group."""
    return {
        name: [
            ShownField(field.key, field.label(setup), tuple((text, field.name_of(text)) for text in field.choices))
            for field in group
        ]
        for name, group in form.groups.items()
    }


def _key(what: object) -> str:
    return f"{crc32(repr(what).encode()):08x}"


def _settings(setup: Setup) -> str:
    groups = shown(form(setup), setup)
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
        columns=[field.label for field in groups["sample"]],
        most_samples=MOST_SAMPLES,
    )


def _rows(setup: Setup, cells: list[ShownField]) -> list[tuple[int, list[ShownField]]]:
    """Return the rows of the data's table: each sample's number, counted from 1, and its fields."""
    width = setup.shape.sizes[0] + setup.shape.sizes[-1]
    return [(sample + 1, cells[width * row : width * (row + 1)]) for row, sample in enumerate(rows_shown(setup))]


@lru_cache(maxsize=16)
def _table(plan: Plan) -> Json:
    shown = table(plan)
    rows = tuple(Row(p.place.key, p.name, p.kind, numbers) for p, numbers in shown.rows.items())
    headers = {"": say("table.weight")} | shown.headers
    return written(Rows(say("table.caption"), say("table.hint"), headers, rows))


def written(rows: Rows | None) -> Json:
    """Return a table as HTML, with its caption and its hint."""
    if rows is None:
        return {"table": "", "caption": "", "hint": ""}
    html = TEMPLATES.get_template("table.html").render(table=rows)
    return {"table": html, "caption": rows.caption, "hint": rows.hint}
