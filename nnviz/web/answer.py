"""What the browser is answered: everything that the page shows, from the request alone."""

from typing import Any
from urllib.parse import urlencode

from nnviz.player.lesson import Lesson
from nnviz.player.refusal import RefusedError
from nnviz.player.request import ITERATION, STEP, NotOursError, Request
from nnviz.player.view import screen
from nnviz.protocol import Answer
from nnviz.text import say
from nnviz.web.learning_path import place_of
from nnviz.web.practising import card_of, limit_of, practised_of, to_practise, without_more, without_notes
from nnviz.web.registry import LESSONS
from nnviz.web.resolve import MOST_STEPS, Outcome, outcome_of, whole_between
from nnviz.web.static_files import loaded


def answer(request: Request) -> Answer:
    """Return everything that the page shows for a request. Raises NotOursError where no page can have sent it."""
    lesson = LESSONS.get(request.lesson)
    if lesson is None:
        raise NotOursError("lesson")
    outcome = outcome_of(request, lesson)
    practised, practice_notices = practised_of(request)
    setup = outcome.setup
    if practised is not None:
        try:
            setup, request = to_practise(lesson, setup, practised), without_more(request)
        except RefusedError as problem:
            practised, practice_notices = None, [*practice_notices, str(problem)]
    last = lesson.last_iteration(setup)
    number, iteration_problem = whole_between(outcome.iteration, 1, last)
    is_same_run = outcome.keeps_run and request.run == lesson.run_name(setup)
    checkpoint = request.checkpoint if is_same_run else None
    try:
        view = lesson.view(setup, number, request.look, request.chosen, request.is_checked, checkpoint)
    except ValueError as problem:
        raise NotOursError("checkpoint") from problem
    run = view.run
    is_on_the_way = run.number < number and run.can_go_on
    cursor, step_problem = (0, False) if is_on_the_way else _cursor(outcome, lesson, run.end)
    notices = [*outcome.notices, *practice_notices]
    notices += [say("link.iteration_limit", limit=f"{last:,}")] if iteration_problem else []
    notices += [say("link.step_limit", limit=run.end)] if step_problem else []
    notices += [say("link.diverged", number=run.number)] if run.number < number and not is_on_the_way else []
    settings = lesson.form(setup).texts(setup)
    panels = lesson.panels(setup, view, request.panels if practised is None else "")
    about = lesson.about(setup)
    practice, limit = None, None
    if practised is not None:
        card = card_of(practised, request.lesson, view, lesson.run_name(setup))
        practice, limit = card.answer(), limit_of(card)
        is_asked = STEP in request.typed or request.kept is not None
        cursor = cursor if is_asked and cursor < limit.released else card.furthest
        panels, about = without_notes(panels, request), ()
    return {
        "serial": request.serial,
        "settings": settings,
        "kept": lesson.in_full(setup),
        "problems": outcome.problems,
        "notice": say(outcome.lead, details=" ".join(notices)) if notices else "",
        "query": urlencode(lesson.in_link(setup) | {ITERATION: run.number}),
        "incomplete": lesson.in_file_only(setup),
        "cursor": cursor,
        "iterations": last,
        "run": lesson.run_name(setup),
        "about": [{"text": text, "address": address} for text, address in about],
        "beyond": number if is_on_the_way else 0,
        "opened": outcome.is_opened,
        "replaces": outcome.replaces,
        "trained": outcome.trained,
        "other": outcome.other,
        "version": loaded().version,
        "by_samples": view.aside(),
        "place": place_of(request.lesson, settings),
        "panels": panels,
        "practice": practice,
        **screen(view, cursor, limit),
        **lesson.understanding(setup, view, request, request.path if is_same_run else ()),
    }


def _cursor(outcome: Outcome, lesson: Lesson[Any], end: int) -> tuple[int, bool]:
    """Return the cursor, and whether the one asked for is not there; one that was there is followed."""
    if outcome.before is None:
        return whole_between(outcome.step, 0, end)
    step = whole_between(outcome.step, 0, MOST_STEPS)[0]
    return min(lesson.same_step(outcome.before, outcome.setup, step), end), False
