"""What a text makes of which weights and biases are fixed, absent, or one with others."""

from collections.abc import Iterable
from dataclasses import replace

from nnviz.engine.constraints import Names
from nnviz.engine.plan import Shape
from nnviz.lessons.network.bias_kinds import FIXED, TRAINED, replaced, said_by_kinds
from nnviz.lessons.network.setup import Setup
from nnviz.player.refusal import RefusedError
from nnviz.text import say

ABSENT = "absent"
KINDS = (TRAINED, FIXED, ABSENT)
ROLE = "role"  # the action that sets what a weight or a bias is


def fixed(setup: Setup, text: str) -> Setup:
    """Return the setup with weights and biases fixed as "w1,b2" says, beside those of layers whose biases are."""
    given = setup.shape.constraints
    return _with(setup, (*said_by_kinds(setup.shape).fixed, *_names(text)), given.absent, given.tied)


def fixed_text(setup: Setup) -> str:
    """Return what is fixed beside the biases of whole layers, as links and files have it: w1,b2."""
    said = said_by_kinds(setup.shape).fixed
    return ",".join(name for name in setup.shape.constraints.fixed if name not in said)


def absent(setup: Setup, text: str) -> Setup:
    """Return the setup without the links that "w2,w4" names, and with all others."""
    given = setup.shape.constraints
    return _with(setup, given.fixed, _names(text), given.tied)


def absent_text(setup: Setup) -> str:
    """Return which links are absent, as links and files have it: w2,w4."""
    return ",".join(setup.shape.constraints.absent)


def tied(setup: Setup, text: str) -> Setup:
    """Return the setup with weights and biases tied as "b1,b2;w1,w4" says, beside layers that have one bias."""
    given, ties = setup.shape.constraints, [_names(part) for part in text.split(";") if part.strip()]
    return _with(setup, given.fixed, given.absent, (*said_by_kinds(setup.shape).tied, *ties))


def tied_text(setup: Setup) -> str:
    """Return what is tied beside the biases of whole layers, as links and files have it: b1,b2;w1,w4."""
    said = said_by_kinds(setup.shape).tied
    return ";".join(",".join(tie) for tie in setup.shape.constraints.tied if tie not in said)


def role_of(shape: Shape, name: str) -> str:
    """Return what a weight or a bias is: a kind, or the name of another one that it is the same as."""
    given = shape.constraints
    for tie in given.tied:
        if name in tie:
            return next(other for other in tie if other != name)
    return ABSENT if name in given.absent else FIXED if name in given.fixed else TRAINED


def with_role(setup: Setup, text: str) -> Setup:
    """Return the setup in which a weight or a bias is what "w4 fixed", "w4 absent", "w4 trained" or "w4 w1" says.

    The last one makes it the same as another, whose number it takes. Raises RefusedError where that is not allowed.
    """
    name, _, kind = text.partition(" ")
    given, values = setup.shape.constraints, setup.by_name
    if name not in values or not (kind in KINDS or kind in values) or name == kind:
        raise RefusedError(say("problem.gone"))
    joined = next((tie for tie in given.tied if kind in tie and name not in tie), () if kind in KINDS else (kind,))
    if not joined and kind not in KINDS:
        return setup
    ties = [tuple(other for other in tie if other != name) for tie in given.tied if tie != joined]
    ties = [tie for tie in ties if len(tie) > 1] + ([(*joined, name)] if joined else [])
    held = [other for other in given.fixed if other != name] + ([name] if kind == FIXED else [])
    gone = [other for other in given.absent if other != name] + ([name] if kind == ABSENT else [])
    if joined:
        values[name] = values[joined[0]]
    row = tuple(values.values())
    changed = replace(setup, weights=row[: len(setup.weights)], biases=row[len(setup.weights) :])
    return _with(changed, held, gone, ties)


def _with(setup: Setup, held: Iterable[str], gone: Iterable[str], ties: Iterable[Names]) -> Setup:
    return replace(setup, shape=replaced(setup.shape, tuple(held), tuple(gone), tuple(ties)))


def _names(text: str) -> Names:
    return tuple(filter(None, (part.strip() for part in text.split(","))))
