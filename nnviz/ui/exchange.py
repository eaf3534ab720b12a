"""What the browser is answered: everything that the page shows, from the request alone."""

from typing import Any
from urllib.parse import urlencode

from nnviz.draw.screen import screen
from nnviz.lessons.desk import texts
from nnviz.lessons.lesson import Lesson
from nnviz.text import say
from nnviz.ui.outcome import MOST_STEPS, Outcome, outcome_of, whole_between
from nnviz.ui.registry import LESSONS
from nnviz.ui.request import ITERATION, Request

Json = dict[str, Any]


def answer(request: Request) -> Json:
    """Return everything that the page shows for a request. Raises NotOursError where no page can have sent it."""
    entry = LESSONS[request.lesson]
    lesson: Lesson[Any] = entry.lesson
    outcome = outcome_of(request, lesson)
    setup = outcome.setup
    last = lesson.last_iteration(setup)
    number, iteration_problem = whole_between(outcome.iteration, 1, last)
    reading = lesson.reading(setup, number, request.look, request.chosen, request.is_checked)
    walk = reading.walk
    cursor, step_problem = _cursor(outcome, lesson, walk.end)
    notices = list(outcome.notices)
    notices += [say("link.iteration_limit", limit=last)] if iteration_problem else []
    notices += [say("link.step_limit", limit=walk.end)] if step_problem else []
    notices += [say("link.diverged", number=walk.number)] if walk.number < number else []
    return {
        "serial": request.serial,
        "settings": texts(lesson.form(setup)),
        "kept": lesson.in_full(setup),
        "problems": outcome.problems,
        "notice": say("link.problem", details=" ".join(notices)) if notices else "",
        "query": urlencode(lesson.in_link(setup) | {ITERATION: walk.number}),
        "incomplete": lesson.in_file_only(setup),
        "cursor": cursor,
        "about": lesson.about(setup),
        "by_samples": lesson.aside(setup),
        "panels": entry.panels(lesson, setup, reading, request.panels),
        **screen(reading, cursor),
    }


def _cursor(outcome: Outcome, lesson: Lesson[Any], end: int) -> tuple[int, bool]:
    """Return the cursor, and whether the one asked for is not there; one that was there is followed."""
    if outcome.before is None:
        return whole_between(outcome.step, 0, end)
    step = whole_between(outcome.step, 0, MOST_STEPS)[0]
    return min(lesson.same_step(outcome.before, outcome.setup, step), end), False
