"""What the player says at a cursor: which buttons are off, each with the reason, and what to do next."""

from nnviz.draw.passage import Passage
from nnviz.text import say


def refusals(passage: Passage, cursor: int) -> dict[str, str]:
    """Return the buttons that are off at a cursor, each with the reason."""
    off: dict[str, str] = {}
    if passage.forward_end <= cursor < passage.end:
        off["forward"] = say("refusal.forward_done")
    if cursor < passage.forward_end:
        off["backward"] = say("refusal.forward_first")
    if cursor == passage.end:
        off["backward"] = say("refusal.iteration_done", number=passage.number)
    if cursor == passage.end and not passage.can_go_on:
        off["forward"] = off["play"] = _no_more(passage)
    if not passage.can_go_on:
        off["next"] = _no_more(passage)
    if cursor == 0 and passage.number == 1:
        off["previous"] = off["restart"] = say("refusal.at_start")
    return off


def _no_more(passage: Passage) -> str:
    return say("refusal.last" if passage.iteration.overflow is None else "refusal.diverged", number=passage.number)


def hint(passage: Passage, cursor: int) -> str:
    """Return what to do next, and so why the other button is off."""
    if cursor == passage.end:
        return say("hint.end", number=passage.number) if passage.can_go_on else _no_more(passage)
    if cursor == passage.forward_end:
        return say("hint.backward")
    return say("hint.forward" if cursor < passage.forward_end else "hint.in_backward")
