"""How a number is shown: rounded to a few digits, in this one place and nowhere else."""

from dataclasses import dataclass
from fractions import Fraction

DIGITS = 7
EXACT = 17
FLOAT_DIGITS = 15
SUBSCRIPTS = str.maketrans("0123456789−e", "₀₁₂₃₄₅₆₇₈₉₋ₑ")


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as it is shown: decimal ``digits`` such as "-0.85", times ten to the ``exponent``."""

    digits: str
    exponent: int = 0

    def __str__(self) -> str:
        digits = self.digits.replace("-", "−")
        return f"{digits}e{str(self.exponent).replace('-', '−')}" if self.exponent else digits

    @property
    def fraction(self) -> Fraction:
        """The shown number itself, exactly."""
        return Fraction(self.digits) * Fraction(10) ** self.exponent

    @property
    def value(self) -> float:
        """The float nearest to the shown number."""
        return float(f"{self.digits}e{self.exponent}")

    @property
    def is_negative(self) -> bool:
        """Whether it begins with a minus sign."""
        return self.digits.startswith("-")


def shown(value: float, digits: int = DIGITS) -> Shown:
    """Return a finite number rounded to so many significant digits; to EXACT digits: every bit of it."""
    if value == 0:
        return Shown("0")
    text = repr(float(value)) if digits >= EXACT else f"{value:.{digits}g}"
    mantissa, _, exponent = text.partition("e")
    return Shown(mantissa.removesuffix(".0"), int(exponent or 0))


def exactly(value: float) -> str:
    """Return a finite number's every digit, as people write it."""
    return str(shown(value, EXACT))


def subscript(value: float) -> str:
    """Return a finite number's every digit as an index in plain text."""
    return exactly(value).translate(SUBSCRIPTS)


def lacks_digits(value: float) -> bool:
    """Whether the number as it is shown is not the number itself."""
    return shown(value).value != value


def is_rounded(number: Shown, value: float) -> bool:
    """Whether the number, which is how the value is shown, was rounded.

    A difference in the last two of a float's 17 digits comes from binary fractions and is no rounding of ours.
    """
    return number.fraction not in (shown(value, FLOAT_DIGITS).fraction, shown(value, EXACT).fraction)


def equated(name: str, value: float) -> str:
    """Return "name = number", or "name ≈ number" where the number is shown rounded."""
    number = shown(value)
    return f"{name} {'≈' if is_rounded(number, value) else '='} {number}"


def approximately(value: float) -> str:
    """Return a finite number as it is shown, behind "≈ " where it was rounded."""
    number = shown(value)
    return f"≈ {number}" if is_rounded(number, value) else str(number)
