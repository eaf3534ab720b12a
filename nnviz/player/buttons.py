"""What the player says at a cursor: which buttons are off, each with the reason, and what to do next."""

from nnviz.player.run import Run
from nnviz.protocol import Button
from nnviz.text import say

BUTTONS: tuple[Button, ...] = ("forward", "backward", "previous", "play", "restart", "next")
SPEEDS = ("0.25", "0.5", "1", "2", "4", "8")


def refusals(run: Run, cursor: int) -> dict[Button, str]:
    """Return the buttons that are off at a cursor, each with the reason."""
    off: dict[Button, str] = {}
    if run.forward_end <= cursor < run.end:
        off["forward"] = say("refusal.forward_done")
    if cursor < run.forward_end:
        off["backward"] = say("refusal.forward_first", name=run.iteration.pauses[run.forward_end - 1][-1].name)
    if cursor == run.end:
        off["backward"] = say("refusal.iteration_done", number=run.number)
    if cursor == run.end and not run.can_go_on:
        off["forward"] = off["play"] = _no_more(run)
    if not run.can_go_on:
        off["next"] = _no_more(run)
    if cursor == 0 and run.number == 1:
        off["previous"] = off["restart"] = say("refusal.at_start")
    return off


def _no_more(run: Run) -> str:
    return say(run.end_of_all if run.iteration.overflow is None else "refusal.diverged", number=run.number)


def hint(run: Run, cursor: int) -> str:
    """Return what to do next, and so why the other button is off."""
    if cursor == run.end:
        return say("hint.end", number=run.number) if run.can_go_on else _no_more(run)
    if cursor == run.forward_end:
        return say("hint.backward")
    return say("hint.forward" if cursor < run.forward_end else "hint.in_backward")
