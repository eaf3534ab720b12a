"""Numbers that an optimizer or a schedule is set by: what each is called, and what it may be."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from math import isfinite
from numbers import Real
from typing import Any, ClassVar

import numpy as np

from nnviz.algebra.quantities import Letter, Place, Quantity
from nnviz.text import say

PLACE = Place("rate")  # beside the learning rate


@dataclass(frozen=True, slots=True, eq=False)
class Range:
    """What a number may be; ``key`` is that of the words that say so."""

    key: str
    allows: Callable[[float], bool]


BELOW_ONE = Range("below_one", lambda number: 0 <= number < 1)
FACTOR = Range("factor", lambda number: 0 < number <= 1)
NOT_NEGATIVE = Range("not_negative", lambda number: number >= 0)
POSITIVE = Range("positive", lambda number: number > 0)
COUNT = Range("count", lambda number: number >= 1 and number == int(number))


@dataclass(frozen=True, slots=True)
class Setting:
    """A number that is set: the ``name`` of its field, the quantity that it is in formulas, and what it may be."""

    name: str
    quantity: Quantity
    range: Range


def setting(name: str, id_: str, letter: Letter, range_: Range) -> Setting:
    """Return a setting whose quantity has an id and a letter."""
    return Setting(name, Quantity(id_, letter, "setting", PLACE), range_)


@dataclass(frozen=True)
class Configured:
    """What is set by numbers: each of its fields is the number of a setting, in their order.

    Raises ValueError where one is not allowed.
    """

    key: ClassVar[str]
    settings: ClassVar[tuple[Setting, ...]] = ()

    def __post_init__(self) -> None:
        for part in self.settings:
            object.__setattr__(self, part.name, checked(part, getattr(self, part.name)))

    @property
    def numbers(self) -> dict[str, float]:
        """The numbers of the settings by the ids of their quantities."""
        return {part.quantity.id: float(getattr(self, part.name)) for part in self.settings}

    @property
    def given(self) -> tuple[float, ...]:
        """The numbers as they were given, in order."""
        return tuple(getattr(self, field.name) for field in fields(self))


def checked(part: Setting, given: Any) -> float:
    """Return a number of a setting: a whole one where it counts, else a float, or one that knows more than that.

    Raises ValueError where it is not allowed.
    """
    if not _is_finite(given) or not part.range.allows(given):
        allowed = say(f"range.{part.range.key}")
        raise ValueError(say("error.setting", name=part.name, allowed=allowed, given=given))
    if part.range is COUNT:
        return int(given)
    return given if isinstance(given, float) and not isinstance(given, np.generic) else float(given)


def _is_finite(given: Any) -> bool:
    """Whether something is a number that a float can be."""
    try:
        return isinstance(given, Real) and not isinstance(given, bool) and isfinite(given)
    except OverflowError:
        return False
