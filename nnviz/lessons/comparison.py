"""Two runs beside each other: in what their settings differ."""

from nnviz.lessons.controls import Control, link, numbers
from nnviz.lessons.setup import Setup
from nnviz.text import say, shortened

MOST_NAMED, MOST_CHARACTERS = 2, 24


def differences(setup: Setup, other: Setup) -> str:
    """Return what is a setup's own beside another, in a few words."""
    theirs = {control.key: control.text for control in _told(other)}
    own = [control for control in _told(setup) if theirs.get(control.key) != control.text]
    named = [
        say(
            "compare.setting",
            label=control.label,
            text=shortened(_name(control.choices, control.text), MOST_CHARACTERS),
        )
        for control in own[:MOST_NAMED]
    ]
    if len(own) > MOST_NAMED:
        named.append(say("compare.many", count=len(own) - MOST_NAMED))
    return ", ".join(named) or say("compare.same")


def _told(setup: Setup) -> list[Control]:
    """Return what a comparison speaks of, what makes a run first: the numbers of its start come last."""
    groups, values = link(setup), numbers(setup)
    update = [control for control in groups["view"] if control.key == "update"]
    return [*values["training"], *update, *groups["preset"], *groups["network"], *values["weights"], *values["biases"]]


def _name(choices: tuple[tuple[str, str], ...], text: str) -> str:
    return dict(choices).get(text, text)
