"""Answers as a whole class asks for them: each computed once, large ones in turn, the newest kept."""

from dataclasses import dataclass, field, replace
from functools import lru_cache

from nnviz.player.request import Request
from nnviz.protocol import Answer
from nnviz.text import LANGUAGE
from nnviz.web.answer import answer
from nnviz.web.priority import Priority

PRIORITY = Priority()
LARGE = 150  # texts of a setup: mostly weights, each of which takes its time
MOST_KEPT, LONGEST_KEPT = 100, 6000  # answers, and characters of a request whose answer is kept


@dataclass(frozen=True)
class Shared:
    """A request as many may make it: who asks the same in the same language gets the same answer."""

    text: str
    language: str
    request: Request = field(compare=False)


def answer_to(request: Request) -> Answer:
    """Return the answer to a request; one with somebody's own numbers, or their record, is not kept.

    Raises NotOursError where no page can have sent it.
    """
    shared = Shared(repr(replace(request, serial=0)), LANGUAGE.get(), request)
    is_kept = len(shared.text) <= LONGEST_KEPT and not request.numbers and request.practised is None
    found = answered(shared) if is_kept else answered.__wrapped__(shared)
    return {**found, "serial": request.serial}


@lru_cache(MOST_KEPT)
def answered(shared: Shared) -> Answer:
    """Return the answer to a request; the newest ones are kept."""
    request = shared.request
    with PRIORITY.quick(is_large=len(request.kept or request.typed) > LARGE):
        return answer(request)
