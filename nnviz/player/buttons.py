"""What the player says at a cursor: which buttons are off, each with the reason, and what to do next."""

from nnviz.player.run import Run
from nnviz.protocol import Button
from nnviz.text import say


def refusals(walk: Run, cursor: int) -> dict[Button, str]:
    """Return the buttons that are off at a cursor, each with the reason."""
    off: dict[Button, str] = {}
    if walk.forward_end <= cursor < walk.end:
        off["forward"] = say("refusal.forward_done")
    if cursor < walk.forward_end:
        off["backward"] = say("refusal.forward_first", name=walk.iteration.pauses[walk.forward_end - 1][-1].name)
    if cursor == walk.end:
        off["backward"] = say("refusal.iteration_done", number=walk.number)
    if cursor == walk.end and not walk.can_go_on:
        off["forward"] = off["play"] = _no_more(walk)
    if not walk.can_go_on:
        off["next"] = _no_more(walk)
    if cursor == 0 and walk.number == 1:
        off["previous"] = off["restart"] = say("refusal.at_start")
    return off


def _no_more(walk: Run) -> str:
    return say("refusal.last" if walk.iteration.overflow is None else "refusal.diverged", number=walk.number)


def hint(walk: Run, cursor: int) -> str:
    """Return what to do next, and so why the other button is off."""
    if cursor == walk.end:
        return say("hint.end", number=walk.number) if walk.can_go_on else _no_more(walk)
    if cursor == walk.forward_end:
        return say("hint.backward")
    return say("hint.forward" if cursor < walk.forward_end else "hint.in_backward")
