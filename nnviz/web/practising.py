"""What becomes of a page where somebody practises: the card, how much may be shown, and nothing beside that tells."""

from dataclasses import replace

from nnviz.player.panels import key_of
from nnviz.player.request import PRACTICE, Practised, Request
from nnviz.player.view import Limit, View
from nnviz.practice.card import Card
from nnviz.protocol import Panels
from nnviz.text import quoted, say
from nnviz.web.registry import SUBJECTS

MOST_QUOTED = 20


def practised_of(request: Request) -> tuple[Practised | None, list[str]]:
    """Return how somebody practises, as the page or its link says, and sentences where the link says it wrongly."""
    if request.practised is not None or request.kept is not None:
        return request.practised, []
    given = request.typed.get(PRACTICE)
    if given is None:
        return None, []
    allowed = SUBJECTS[request.lesson].ways
    if given in allowed:
        return Practised(given), []
    return None, [say("link.practice", given=quoted(given, MOST_QUOTED), allowed=", ".join(allowed))]


def card_of(practised: Practised, lesson: str, view: View, run: str) -> Card:
    """Return the card of a task, which is named by its run, its iteration, its sample and its way."""
    subject = SUBJECTS[lesson](view)
    way = practised.way if practised.way in subject.ways else ""
    return Card(subject, f"{run}-{view.run.number}-{view.sample}-{way}", practised)


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
