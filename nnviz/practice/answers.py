"""An answer: a number as a student typed it, and whether it is right, or right in too few digits."""

import re
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from nnviz.algebra.arrays import Array
from nnviz.player.parsing import NumeralError
from nnviz.practice.calculation import calculated, last_place, significant_digits

TOLERANCE = 0.005  # of the right number
DIGITS = 3  # that are needed to go on with
NOTHING = 5e-5  # of the largest number of the pass: where 0 is right
SAME = 1e-9  # of a number: where all of its digits are there
NAMING = 0.001  # of a mistake's number: how near to it an answer has to be
SAFE = 4  # digits that show of a right number that it is no mistake's
SURE = 5  # digits that show of a mistake's number that it is not the right one


@dataclass(frozen=True, slots=True)
class Answer:
    """A number as ``given``, with the worth of half of its last digit, and how many digits it has that count."""

    given: str | float
    number: float
    half: float
    digits: int

    def is_right(self, exact: float, scale: float) -> bool:
        """Whether it is near enough to the exact number, where the largest of the pass has a size."""
        if exact == 0:
            return abs(self.number) <= max(NOTHING * scale, 0.0)
        return abs(self.number - exact) <= max(TOLERANCE * abs(exact), self.half * 1.000001)

    def is_fine(self, exact: float) -> bool:
        """Whether a right one has enough digits to go on with, or all that the exact number has."""
        return self.digits >= DIGITS or abs(self.number - exact) <= 1e-9 * abs(exact)

    def has_digits_of(self, right: float) -> bool:
        """Whether it is the right number but for its last digit, and has enough of them to show it, or all."""
        near = 3 * self._half if self.digits >= SAFE else SAME * abs(self.number)
        return abs(self.number - right) <= near

    def may_be_of(self, values: Array) -> bool:
        """Whether it is one of these numbers in all digits that were typed."""
        return bool((np.abs(self.number - values) <= self._half).any())

    @property
    def _half(self) -> float:
        return max(self.half * 1.000001, SAME * abs(self.number))


def answered(given: object) -> Answer:
    """Return an answer as it was typed, or from a number. Raises NumeralError where it is no finite number."""
    if isinstance(given, str):
        return _of(given, calculated(given), given)
    number = float(given)  # type: ignore[arg-type]
    if not isfinite(number):
        raise NumeralError("too_large")
    return _of(number, number, repr(number))


def _of(given: str | float, number: float, text: str) -> Answer:
    """Return an answer; a 0 without decimals is meant as just that."""
    is_all = number == 0 and not (isinstance(given, str) and re.search("[.,]", given))
    return Answer(given, number, 0.0 if is_all else last_place(text) / 2, significant_digits(text))


def is_near(answer: Answer, values: Array, scale: float, naming: float = NAMING) -> NDArray[np.bool_]:
    """Return of each value whether the answer may have come from it."""
    far = np.maximum(np.maximum(naming * np.abs(values), 1.5 * answer.half), NOTHING * scale * (values == 0))
    return np.asarray(np.abs(answer.number - values) <= far)


def tells(answer: Answer, values: Array, scale: float, naming: float = NAMING) -> NDArray[np.bool_]:
    """Return of each value whether the answer shows that it came from it: few digits do so where they are all."""
    if answer.digits >= DIGITS:
        return is_near(answer, values, scale, naming)
    return np.asarray(np.abs(answer.number - values) <= SAME * np.abs(values))
