"""What explains the wrong lines of a sheet: how well each hypothesis does, and which do best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nnviz.practice.hypotheses import Hypothesis

Spot = tuple[str, int]  # the id of a step, and which sample's number


@dataclass(frozen=True, slots=True)
class Judged:
    """A hypothesis: which wrong lines it explains, and whether a right line contradicts it."""

    hypothesis: Hypothesis
    explains: tuple[bool, ...]
    is_contradicted: bool


@dataclass(frozen=True)
class Explanation:
    """The mistakes that explain what is wrong, others that would as well, and the hypothesis for each wrong line.

    That of a number with its point in another place is the empty one.
    """

    mistakes: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()
    of_lines: Mapping[Spot, Hypothesis] = field(default_factory=dict)


def best_of(judged: Sequence[Judged], least: int) -> list[Judged]:
    """Return the hypotheses that explain most of the wrong lines, so many at least, and that no right line contradicts.

    The likelier come first.
    """
    able = [one for one in judged if not one.is_contradicted and sum(one.explains) >= max(1, least)]
    most = max((sum(one.explains) for one in able), default=0)
    return [one for one in able if sum(one.explains) == most]
