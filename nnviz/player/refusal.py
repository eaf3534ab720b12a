"""What is not allowed is refused, in a sentence for whoever typed it; numbers are read, or asked about."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from nnviz.algebra.rounding import exactly
from nnviz.player.parsing import NumeralError, doubtful, parse, readings, whole
from nnviz.text import say

LARGEST_SEED = 10**9  # of numbers to practise with


class RefusedError(ValueError):
    """A text that is not allowed; the message is a sentence for whoever typed it.

    ``reason`` is the message without the number that is ``kept`` in place of what was typed. ``problems`` are the
    sentences by their places on the page, where that is not the place of what was pressed.
    """

    def __init__(self, reason: str, problems: Mapping[str, str] = MappingProxyType({}), kept: str = "") -> None:
        super().__init__(say("problem.kept", problem=reason, kept=kept) if kept else reason)
        self.reason, self.problems = reason, problems


def reason(problem: RefusedError) -> str:
    """Return what is wrong with a text of a link or a file, which is not in place of any number of the page."""
    return problem.reason


def number(text: str, kept: float, positive: bool = False) -> float:
    """Return the number that a text means. Raises RefusedError where it is none, or not one that is allowed."""
    try:
        return parse(text, positive)
    except NumeralError as problem:
        raise RefusedError(say(f"problem.{problem.reason}", question=question(text)), kept=exactly(kept)) from problem


def question(text: str) -> str:
    """Return what there is to ask about a text that may be one of two numbers, or nothing."""
    sign = {",": "comma", ".": "point"}.get(doubtful(text))
    decimal, thousands = readings(text)
    return say(f"doubt.{sign}", given=text.strip(), decimal=decimal, thousands=thousands) if sign else ""


def counted(text: str, least: int, most: int) -> int:
    """Return the whole number in a text. Raises RefusedError where it is none within the bounds."""
    try:
        return whole(text.strip(), least, most)
    except NumeralError as problem:
        raise RefusedError(wrong_with(problem, text, allowed_whole(least, most))) from problem


def seed_in(text: str) -> int:
    """Return the seed that a text begins with. Raises RefusedError where it is none from 0 to LARGEST_SEED."""
    return counted(text.partition(" ")[0], 0, LARGEST_SEED)


def allowed_whole(least: int, most: int) -> str:
    """Return which whole numbers are allowed."""
    return say("problem.only", only=most) if least == most else say("problem.whole", least=least, most=most)


def wrong_with(problem: NumeralError, text: str, allowed: str) -> str:
    """Return what is wrong with a text: a question where it may be one of two numbers, else what is allowed."""
    return question(text) if problem.reason == "doubtful" else allowed


def not_among(allowed: Iterable[str]) -> RefusedError:
    """Return what is raised for a text that is none of those allowed."""
    return RefusedError(say("problem.choice", allowed=", ".join(allowed)))
