"""What becomes of a page where somebody practises: the card, how much may be shown, and nothing beside that tells."""

from dataclasses import replace
from typing import Any

from nnviz.player.lesson import Lesson
from nnviz.player.panels import key_of
from nnviz.player.request import ASSIGNMENT, PRACTICE, NotOursError, Practised, Request
from nnviz.player.view import Limit, View
from nnviz.practice.assignment import Assignment
from nnviz.practice.card import Card
from nnviz.practice.ways import HINTS
from nnviz.protocol import Panels
from nnviz.text import say, shortened
from nnviz.web.registry import SUBJECTS

MOST_QUOTED = 20


def practised_of(request: Request) -> tuple[Practised | None, list[str]]:
    """Return how somebody practises, as the page or its link says, and sentences where the link says it wrongly.

    Raises NotOursError where no page can have asked so.
    """
    if request.kept is not None:
        return request.practised, []
    asked = request.practised or Practised(request.typed.get(PRACTICE, ""), request.typed.get(ASSIGNMENT, ""))
    ways = SUBJECTS[request.lesson].ways
    if ASSIGNMENT in request.typed:
        try:
            way = Assignment.of(asked.assignment).way
        except ValueError:
            way = ""
        if way in ways:
            return asked, []
        given = shortened(asked.assignment, MOST_QUOTED)
        return None, [say("link.assignment", given=given, hints=HINTS)]
    if PRACTICE not in request.typed or asked.way in ways:
        return (asked if PRACTICE in request.typed else None), []
    return None, [say("link.practice", given=shortened(asked.way, MOST_QUOTED), allowed=", ".join(ways))]


def assigned(practised: Practised) -> Assignment | None:
    """Return the assignment that somebody practises for, if it is one. Raises NotOursError where it is none."""
    if not practised.assignment:
        return None
    try:
        found = Assignment.of(practised.assignment)
    except ValueError as problem:
        raise NotOursError(ASSIGNMENT) from problem
    if not 0 <= practised.number < found.count:
        raise NotOursError(ASSIGNMENT)
    return found


def to_practise(lesson: Lesson[Any], setup: Any, practised: Practised) -> Any:
    """Return the setup whose numbers are asked for. Raises RefusedError where there are none for an assignment."""
    assignment = assigned(practised)
    return lesson.to_practise(setup, None if assignment is None else assignment.seed_of(practised.number))


def card_of(practised: Practised, lesson: str, view: View, run: str) -> Card:
    """Return the card of a task, which is named by its run, its iteration, its sample and its way."""
    subject, assignment = SUBJECTS[lesson](view), assigned(practised)
    given = practised if assignment is None else replace(practised, way=assignment.way)
    way = given.way if given.way in subject.ways else ""
    return Card(subject, f"{run}-{view.run.number}-{view.sample}-{way}", given, assignment)


def limit_of(card: Card) -> Limit:
    """Return how much of an iteration may be shown."""
    return Limit(card.session.released, card.refusal(), card.places())


def without_more(request: Request) -> Request:
    """Return the request without what would tell more than the steps do."""
    return replace(request, views=frozenset(), numbers="", beside=None, chosen="", is_checked=False)


def without_notes(panels: Panels | None, request: Request) -> Panels | None:
    """Return panels without the notes, which name numbers, or None where the page that asks has them by their key."""
    if panels is None:
        return None
    key = key_of((PRACTICE, panels["key"]))
    return None if key == request.panels else {**panels, "key": key, "notes": "", "source": ""}
