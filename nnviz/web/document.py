"""The document of a lesson's page: it can be read before any script, and has what the first scripts need."""

import json
import re
from collections.abc import Mapping

from nnviz import __version__
from nnviz.charts.theme import THEMES, style_sheet
from nnviz.player.buttons import BUTTONS, SPEEDS
from nnviz.player.filling import filled
from nnviz.player.panels import TEMPLATES
from nnviz.player.request import LARGEST_BODY, LONGEST_ADDRESS, MEGABYTE
from nnviz.player.site import address
from nnviz.protocol import Given
from nnviz.text import LANGUAGE, say
from nnviz.web.bundle import EARLY, MAIN
from nnviz.web.first_answer import FirstAnswer
from nnviz.web.learning_path import PATH, after
from nnviz.web.registry import ENTRIES
from nnviz.web.static_files import PLOTLY, StaticFiles

KEYS = {
    "→": "right",
    "←": "left",
    "Space": "space",
    "Home": "home",
    "End": "end",
    "N": "n",
    "R": "r",
    "P": "present",
    "Esc": "escape",
    "?": "help",
}
SCRIPT = re.compile(r'<script src="([^"]+)"></script>')
UNUSED = re.compile("/(?:html|dash_table)/")  # of Dash, what no page shows


def document(
    lesson: str, parts: Mapping[str, str], files: StaticFiles, first: FirstAnswer, alone: str | None = None
) -> str:
    """Return the document of a lesson's page with its first answer, and with the parts that Dash needs, by name.

    Where the page is within somebody else's, ``alone`` is the query of the same by itself; else None.
    """
    folder = address(files.folder)
    later = [folder + PLOTLY, *(address for address in SCRIPT.findall(parts["scripts"]) if not UNUSED.search(address))]
    given: Given = {"words": words(), "first": first.given()}
    html = TEMPLATES.get_template("web/templates/page.html").render(
        lesson=lesson,
        alone=alone,
        version=__version__,
        page_version=files.version,
        language=LANGUAGE.get(),
        dash=parts,
        styles=[folder + name for name in files.ending(".css")],
        modules=[folder + name for name in files.ending(".mjs") if name != EARLY],
        main=folder + MAIN,
        later=later,
        early=files.early,
        given=json.dumps(given, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
        answer=first.answer,
        view=first.view,
        picture=first.picture,
        colours=style_sheet(),
        most_megabytes=LARGEST_BODY // MEGABYTE,
        longest_address=LONGEST_ADDRESS,
        entries=ENTRIES,
        path=PATH,
        onward=after(first.answer["place"]),
        themes=("system", *THEMES),
        buttons=BUTTONS,
        speeds=SPEEDS,
        keys=KEYS,
        **{name: fact for entry in ENTRIES for name, fact in entry.lesson.page_facts.items()},
    )
    return filled(html, first.answer)


def words() -> dict[str, str]:
    """Return the few sentences that the browser shows by itself."""
    keys = ("practice.erase_sure", "button.present", "button.present_end", "button.play", "button.pause", "button.copy",
            "button.copied",
            "button.copy_failed", "invitation.mouse", "invitation.touch",
            "invitation.network_mouse", "invitation.network_touch",
            "page.waiting", "unknown", "page.failed", "page.failed_once", "page.slow", "page.too_large",
            "page.error", "page.renewed", "page.outdated", "page.not_understood", "matrices.none", "training.pause",
            "training.go_on", "samples.workbook", "samples.pdf", "samples.image", "samples.binary", "samples.too_large",
            "file.too_large", "link.other_too_long", "losses.unlisted",
            "program.copy", "program.copied", "program.copy_failed",
            "latex.copy", "latex.copied", "latex.copy_failed")  # fmt: skip
    return {key: say(key, most="{most}", size="{size}") for key in keys}
