"""The parts of a page that follow the shape of what is set, as HTML from templates: the form, the table."""

from typing import NamedTuple
from zlib import crc32

from jinja2 import Environment, PackageLoader, StrictUndefined

from nnviz.player.form import Form, S
from nnviz.player.site import address
from nnviz.player.table import Table
from nnviz.player.view import View
from nnviz.protocol import Panels, TableHtml
from nnviz.text import say

TEMPLATES = Environment(
    loader=PackageLoader("nnviz", ""), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
TEMPLATES.globals |= {"say": say, "address": address}


def plain(lesson: str, form: Form[S], setup: S, view: View, present: str = "", *, is_run: bool) -> Panels | None:
    """Return the panels of a lesson by its name that has none of its own, or None where the page has them.

    ``is_run`` says that there is a run, which an edit begins again.
    """
    groups, table, notes = shown(form, setup), view.table(), view.notes()
    key = key_of((lesson, groups, table, notes))
    if key == present:
        return None
    settings = TEMPLATES.get_template("player/templates/lesson.html").render(
        groups=groups, is_run=is_run, opens_models=False
    )
    return {
        **table_html(table),
        "key": key,
        "settings": settings,
        "matrices": None,
        "matrix_choice": "",
        "notes": notes,
        "source": "",
        "slider": "",
    }


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


def paragraphs(*sentences: str) -> str:
    """Return sentences as HTML, a paragraph each."""
    return TEMPLATES.get_template("player/templates/paragraphs.html").render(sentences=sentences)


def key_of(what: object) -> str:
    """Return a short name that only panels of the same shape share."""
    return f"{crc32(repr(what).encode()):08x}"


def table_html(table: Table | None) -> TableHtml:
    """Return a table as HTML, with its caption and its hint."""
    if table is None:
        return {"table": "", "caption": "", "hint": ""}
    html = TEMPLATES.get_template("player/templates/table.html").render(table=table)
    return {"table": html, "caption": table.caption, "hint": table.hint}
