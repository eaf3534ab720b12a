"""Two runs beside each other: in what their settings differ."""

from nnviz.lessons.network.fields import LINK, UPDATE, form, numbers
from nnviz.lessons.network.links import TABLE
from nnviz.lessons.network.setup import Setup
from nnviz.lessons.network.splitting import SPLIT
from nnviz.lessons.network.updating import DECAY, OPTIMIZER, SCHEDULE
from nnviz.player.form import Field
from nnviz.text import say, shortened

MOST_NAMED, MOST_CHARACTERS = 2, 24


def differences(setup: Setup, other: Setup) -> str:
    """Return what is a setup's own beside another, in a few words."""
    theirs = {field.key: field.read(other) for field in _told(other)}
    own = [field for field in _told(setup) if theirs.get(field.key) != field.read(setup)]
    named = [
        say(
            "compare.setting",
            label=field.label(setup),
            text=shortened(field.name_of(field.read(setup)), MOST_CHARACTERS),
        )
        for field in own[:MOST_NAMED]
    ]
    if len(own) > MOST_NAMED:
        named.append(say("compare.many", count=len(own) - MOST_NAMED))
    return ", ".join(named) or say("compare.same")


def _told(setup: Setup) -> list[Field[Setup]]:
    """Return what a comparison speaks of, what makes a run first: the numbers of its start come last."""
    values, page = numbers(setup), form(setup)
    of_page = [field for group in ("method", "schedule", "decay", "test") for field in page[group]]
    network = [field for field in LINK["network"] if field.key not in (OPTIMIZER, SCHEDULE, DECAY, SPLIT, TABLE)]
    run = [*values["training"], *of_page, UPDATE, *LINK["preset"], *network]
    return [*run, *LINK["held"], *values["weights"], *values["biases"]]
