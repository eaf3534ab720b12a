"""What the browser is answered: everything that the page shows, from the request alone."""

from typing import Any
from urllib.parse import urlencode

from nnviz.draw.passage import Passage
from nnviz.draw.view import views
from nnviz.engine.plan import Plan, plan_of, same_place
from nnviz.lessons.controls import form
from nnviz.lessons.desk import MOST_DATA_IN_LINK, in_full, in_link, is_too_large, texts
from nnviz.lessons.run import last_iteration, passage
from nnviz.lessons.setup import Setup
from nnviz.text import say
from nnviz.ui.outcome import MOST_STEPS, Outcome, outcome_of, whole_between
from nnviz.ui.panels import panels
from nnviz.ui.request import ITERATION, Request

Json = dict[str, Any]


def answer(request: Request) -> Json:
    """Return everything that the page shows for a request. Raises NotOursError where no page can have sent it."""
    outcome = outcome_of(request)
    setup = outcome.setup
    last = last_iteration(setup)
    number, iteration_problem = whole_between(outcome.iteration, 1, last)
    shown = passage(setup, number)
    cursor, step_problem = _cursor(outcome, shown)
    notices = list(outcome.notices)
    notices += [say("link.iteration_limit", limit=last)] if iteration_problem else []
    notices += [say("link.step_limit", limit=shown.end)] if step_problem else []
    notices += [say("link.diverged", number=shown.number)] if shown.number < number else []
    return {
        "serial": request.serial,
        "settings": texts(form(setup)),
        "kept": in_full(setup),
        "problems": outcome.problems,
        "notice": say("link.problem", details=" ".join(notices)) if notices else "",
        "query": urlencode(in_link(setup) | {ITERATION: shown.number}),
        "incomplete": say("link.data_too_large", most=MOST_DATA_IN_LINK) if is_too_large(setup) else "",
        "cursor": cursor,
        "about": _about(setup),
        "by_samples": _by_samples(setup),
        "panels": panels(setup, shown.iteration, request.panels),
        **views(shown, cursor, request.look, request.chosen, request.is_checked),
    }


def _about(setup: Setup) -> str:
    """Return what to look at in the preset, and where it comes from; of another network there is nothing to say."""
    if setup.is_own:
        return say("preset.own")
    key = f"preset.{setup.preset}"
    return say("preset.about", look=say(f"{key}.look"), source=say(f"{key}.source"))


def _by_samples(setup: Setup) -> str:
    count = len(setup.inputs)
    return say("page.by_samples", number=setup.sample + 1, count=count) if count > 1 else ""


def _cursor(outcome: Outcome, shown: Passage) -> tuple[int, bool]:
    """Return the cursor, and whether the one asked for is not there; one that was there is followed."""
    if outcome.before is None:
        return whole_between(outcome.step, 0, shown.end)
    old, new = _plan(outcome.before), shown.iteration.plan
    step = min(whole_between(outcome.step, 0, MOST_STEPS)[0], len(old.pauses))
    return (step if old is new else same_place(old, step, new)), False


def _plan(setup: Setup) -> Plan:
    return plan_of(setup.shape, len(setup.inputs), setup.manner)
