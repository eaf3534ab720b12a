"""The mistakes that a check has recognized, in words: what each is called, in which line it is, why it is one."""

from dataclasses import dataclass

from nnviz.practice.check import WRONG, Check
from nnviz.practice.mistakes import MISTAKES
from nnviz.text import say


@dataclass(frozen=True)
class Named:
    """A mistake that was recognized: what is said of it, and why it is one."""

    words: str
    why: str


def named(found: Check) -> list[Named]:
    """Return what is said of each mistake, with the line that it is in where that is not the first wrong one."""
    return [Named(_words(found, key), MISTAKES[key].explanation) for key in found.mistakes]


def _words(found: Check, key: str) -> str:
    name = MISTAKES[key].name
    first = next((line for line in found.lines if line.verdict == WRONG and key in line.mistakes), None)
    if first is None or first == found.first_wrong:
        return say("numbers.mistake", name=name)
    return say("numbers.mistake_in", line=first.name, name=name)
