"""The document of a player that needs no server: everything is in it, and nothing is loaded."""

from dataclasses import dataclass
from functools import cache

from nnviz.charts.theme import style_sheet
from nnviz.diagram.pictures import PictureKind
from nnviz.engine.trace import Iteration
from nnviz.lessons.network.panels import table_of
from nnviz.lessons.network.run import NetworkRun
from nnviz.lessons.network.view import NetworkView
from nnviz.player.assets import ASSETS
from nnviz.player.buttons import BUTTONS, SPEEDS
from nnviz.player.filling import filled
from nnviz.player.panels import TEMPLATES
from nnviz.protocol import Answer, StandaloneAnswer, StandaloneGiven, StandalonePicture
from nnviz.standalone.joining import joined
from nnviz.standalone.prepared import look_for, packed, pictured, prepared
from nnviz.text import LANGUAGE, say

ROOM, SMALL_ROOM = (870, 340), (340, 300)  # pixels of the picture in a laptop's window, and on a phone
STYLES = ("appearance.css", "layout.css")
WORDS = {  # those that the browser shows by itself, by the names that it has for them
    **{key: key for key in ("unknown", "button.play", "button.pause", "page.waiting")},
    "invitation.network_mouse": "standalone.mouse",
    "invitation.network_touch": "standalone.touch",
}


@dataclass(frozen=True)
class OnlyRun(NetworkRun):
    """An iteration that none follows."""

    end_of_all = "standalone.end"


def of_iteration(iteration: Iteration, sample: int, diagram: PictureKind) -> str:
    """Return the document of an iteration by itself, which shows the numbers of a sample."""
    count = iteration.plan.n_samples
    run = OnlyRun(iteration, 1, is_last=True, sample=sample, samples=tuple(range(count)), n_samples=count)
    view, small = (NetworkView(run, look_for(*room), picture=diagram) for room in (ROOM, SMALL_ROOM))
    return document(view, prepared(view, 0), small=pictured(small))


def document(
    view: NetworkView, first: StandaloneAnswer, settings: str = "", small: StandalonePicture | None = None
) -> str:
    """Return the document of a player with its first answer.

    ``settings`` is the HTML of what may be set, and ``small`` the picture for where the first one has no room.
    """
    plan, start = view.run.iteration.plan, view.run.iteration.start
    given: StandaloneGiven = {"words": {name: say(key) for name, key in WORDS.items()}, "first": first, "small": small}
    panels = table_of(plan)
    answer: Answer = {
        **first["answer"],
        "panels": {
            **panels,
            "key": "",
            "settings": settings,
            "notes": "",
            "source": "",
            "matrices": None,
            "matrix_choice": "",
            "slider": "",
        },
    }
    html = TEMPLATES.get_template("standalone/templates/standalone.html").render(
        language=LANGUAGE.get(),
        heading=say("standalone.heading", sizes="-".join(map(str, start.sizes))),
        is_settable=bool(settings),
        style=style_sheet() + _styles(),
        early=_script("early.mjs"),
        script=_script("standalone.mjs"),
        picture=first["picture"],
        answer=answer,
        view=answer["views"][answer["cursor"] - answer["first"]],
        given=packed(given),
        lesson="network",
        dash={"app_entry": ""},
        alone=None,
        onward=None,
        buttons=BUTTONS,
        speeds=SPEEDS,
    )
    return filled(html, answer)


@cache
def _styles() -> str:
    return "".join((ASSETS / name).read_text(encoding="utf-8") for name in STYLES)


@cache
def _script(name: str) -> str:
    return joined(ASSETS, name)
