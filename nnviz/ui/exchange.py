"""What the browser is answered: everything that the page shows, from the request alone."""

from typing import Any
from urllib.parse import urlencode
from zlib import crc32

from nnviz.draw.passage import Passage
from nnviz.draw.view import views
from nnviz.engine.plan import Plan, plan_of, same_place
from nnviz.lessons.controls import form
from nnviz.lessons.desk import MOST_DATA_IN_LINK, in_full, in_link, is_too_large, texts
from nnviz.lessons.run import passage
from nnviz.lessons.setup import Setup
from nnviz.lessons.training import LAST_ITERATION, Mark
from nnviz.text import say
from nnviz.ui.outcome import MOST_STEPS, Outcome, outcome_of, whole_between
from nnviz.ui.panels import panels
from nnviz.ui.request import ITERATION, NotOursError, Request
from nnviz.ui.understanding import understanding

Json = dict[str, Any]


def answer(request: Request) -> Json:
    """Return everything that the page shows for a request. Raises NotOursError where no page can have sent it."""
    outcome = outcome_of(request)
    setup = outcome.setup
    number, iteration_problem = whole_between(outcome.iteration, 1, LAST_ITERATION)
    shown = passage(setup, number, _mark(request, outcome))
    is_on_the_way = shown.number < number and not shown.is_last
    cursor, step_problem = (0, False) if is_on_the_way else _cursor(outcome, shown)
    notices = list(outcome.notices)
    notices += [say("link.iteration_limit", limit=f"{LAST_ITERATION:,}")] if iteration_problem else []
    notices += [say("link.step_limit", limit=shown.end)] if step_problem else []
    notices += [say("link.diverged", number=shown.number)] if shown.number < number and shown.is_last else []
    place = Mark(shown.number, shown.iteration.start)
    return {
        "serial": request.serial,
        "settings": texts(form(setup)),
        "kept": in_full(setup),
        "problems": outcome.problems,
        "notice": say("link.problem", details=" ".join(notices)) if notices else "",
        "query": urlencode(in_link(setup) | {ITERATION: shown.number}),
        "incomplete": say("link.data_too_large", most=MOST_DATA_IN_LINK) if is_too_large(setup) else "",
        "cursor": cursor,
        "run": f"{crc32(repr(setup.run).encode()):08x}",
        "mark": [place.iteration, place.packed],
        "beyond": number if is_on_the_way else 0,
        "other": outcome.other,
        "about": _about(setup),
        "by_samples": _by_samples(shown),
        "panels": panels(setup, shown.iteration, request.panels),
        **views(shown, cursor, request.look, request.chosen, request.is_checked),
        **understanding(setup, place, request, request.path if outcome.keeps_run else ()),
    }


def _mark(request: Request, outcome: Outcome) -> Mark | None:
    """Return the mark that the browser sent, where it is still one of the run."""
    if request.mark is None or not outcome.keeps_run:
        return None
    try:
        return Mark.unpacked(outcome.setup, *request.mark)
    except ValueError as problem:
        raise NotOursError("mark") from problem


def _about(setup: Setup) -> str:
    """Return what to look at in the preset, and where it comes from; of another network there is nothing to say."""
    if setup.is_own:
        return say("preset.own")
    key = f"preset.{setup.preset}"
    return say("preset.about", look=say(f"{key}.look"), source=say(f"{key}.source"))


def _by_samples(shown: Passage) -> str:
    count = len(shown.samples)
    return say("page.by_samples", number=shown.samples[shown.sample] + 1, count=count) if count > 1 else ""


def _cursor(outcome: Outcome, shown: Passage) -> tuple[int, bool]:
    """Return the cursor, and whether the one asked for is not there; one that was there is followed."""
    if outcome.before is None:
        return whole_between(outcome.step, 0, shown.end)
    old, new = _plan(outcome.before), shown.iteration.plan
    step = min(whole_between(outcome.step, 0, MOST_STEPS)[0], len(old.pauses))
    return (step if old is new else same_place(old, step, new)), False


def _plan(setup: Setup) -> Plan:
    return plan_of(setup.shape, len(setup.inputs), setup.manner)
