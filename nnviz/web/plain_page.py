"""The pages beside the lessons: without scripts, with the way to every other page."""

from nnviz.charts.theme import style_sheet
from nnviz.player.panels import TEMPLATES
from nnviz.player.site import address
from nnviz.text import LANGUAGE, say
from nnviz.web.registry import ENTRIES
from nnviz.web.static_files import StaticFiles

WORKSHEETS, RESULTS = "/worksheets", "/results"


def plain_page(name: str, files: StaticFiles, **facts: object) -> str:
    """Return a page by the name of its template, with what there is to say on it."""
    return TEMPLATES.get_template(f"web/templates/{name}.html").render(
        language=LANGUAGE.get(),
        style=address(f"{files.folder}appearance.css"),
        colours=style_sheet(),
        entries=ENTRIES,
        beside=((WORKSHEETS, say("page.worksheets")), (RESULTS, say("page.results"))),
        **facts,
    )
