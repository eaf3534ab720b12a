"""``nnviz.to_html``: an iteration as one file that steps through it, without a server and without anything loaded."""

import json
import re
from importlib.resources import files

from nnviz.charts.animated import merged
from nnviz.charts.svg import Drawing
from nnviz.charts.theme import THEMES, style_sheet, variables
from nnviz.diagram.pictures import NETWORK, checked_picture
from nnviz.engine.trace import Iteration
from nnviz.explain.formula import formula
from nnviz.explain.parameter_table import table
from nnviz.explain.sentence import sentence, title
from nnviz.explain.values import as_json
from nnviz.player.table import Row, Table
from nnviz.text import LANGUAGE, say

LIGHT = "light"
BETWEEN_TAGS = re.compile("(?<=>)(?=<)")


def to_html(iteration: Iteration, sample: int = 0, diagram: str = NETWORK) -> str:
    """Return a document of HTML that steps through an iteration: its picture, its formulas and its table.

    It needs nothing else and follows the reader's light or dark theme; the address keeps the step, as in
    iteration.html#5. ``sample`` and ``diagram`` are as in ``nnviz.figure``, and so is what is raised.
    """
    from nnviz.player.panels import TEMPLATES, table_html

    drawing = checked_picture(iteration, LIGHT, sample, diagram)
    named = variables(THEMES[LIGHT])
    traces, layout = drawing.data(0), drawing.layout() | {"width": drawing.area.width}
    draw = Drawing(layout, lambda colour: named.get(colour, colour))
    views, pool = [], _Pool()
    for cursor in range(len(iteration.pauses) + 1):
        frame = drawing.frame(cursor)
        changed = zip(frame["traces"], frame["data"], strict=True)
        steps = iteration.pauses[cursor - 1] if cursor else ()
        views.append(
            {
                "title": title(iteration, cursor),
                "meta": _meta(iteration, cursor),
                "sentence": sentence(iteration, cursor, sample),
                "formula": formula(iteration, cursor, sample),
                "at": list(dict.fromkeys(step.quantity.place.key for step in steps)),
                "traces": {str(number): pool.of(draw.trace(merged(traces[number], part))) for number, part in changed},
            }
        )
    words = {"play": say("button.play"), "pause": say("button.pause"), "unknown": say("unknown")}
    given = {
        "views": views,
        "pieces": list(pool.pieces),
        "values": as_json(iteration, len(iteration.pauses), sample),
        "words": words,
    }
    rows = table(iteration.plan)
    listed = tuple(Row(p.place.key, p.name, p.kind, numbers) for p, numbers in rows.rows.items())
    shown = Table(say("table.caption"), "", {"": say("table.weight")} | rows.headers, listed)
    return TEMPLATES.get_template("export/templates/standalone.html").render(
        language=LANGUAGE.get(),
        heading=say("standalone.heading", sizes="-".join(map(str, iteration.start.sizes))),
        style=style_sheet() + _own("standalone.css"),
        script=_own("standalone.mjs"),
        picture=draw.figure(traces, "network"),
        table=table_html(shown)["table"],
        end=len(iteration.pauses),
        given=json.dumps(given, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
    )


class _Pool:
    """Pieces of SVG, each kept once, as most of a picture is the same at each step."""

    def __init__(self) -> None:
        self.pieces: dict[str, int] = {}

    def of(self, svg: str) -> list[int]:
        """Return the numbers of the pieces that make up a text."""
        return [self.pieces.setdefault(piece, len(self.pieces)) for piece in BETWEEN_TAGS.split(svg) if piece]


def _own(name: str) -> str:
    return (files("nnviz.export") / name).read_text(encoding="utf-8")


def _meta(iteration: Iteration, cursor: int) -> str:
    steps = iteration.pauses[cursor - 1] if cursor else iteration.pauses[0]
    facts = {"phase": say(f"phase.{steps[0].phase}"), "step": cursor, "steps": len(iteration.pauses)}
    return say("standalone.meta" if cursor else "standalone.meta.start", **facts)
