"""Numbers as people type them, and as fields and links show them: every bit of them, in decimal, or as a fraction."""

import re
from math import isfinite

BLANKS = " \u00a0\u2009\u202f"
MINUS = str.maketrans("−–", "--")
NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
GROUPED = re.compile(
    rf"[+-]?[1-9]\d{{0,2}}(?P<group>[,.'’{BLANKS}])\d{{3}}((?P=group)\d{{3}})*"
    r"((?!(?P=group))(?P<decimal>[,.])\d*)?(e[+-]?\d+)?",
    re.ASCII | re.IGNORECASE,
)
DOUBTFUL = re.compile(r"[+-]?[1-9]\d{0,2}([,.])\d{3}", re.ASCII)
FRACTION = re.compile(r"([+-]?\d{1,99})/(\d{1,99})", re.ASCII)
WHOLE = re.compile(
    r"[0-9]+|[1-9][0-9]{0,2}((,[0-9]{3})+|(['’][0-9]{3})+|([ \u00a0\u2009\u202f][0-9]{3})+|(\.[0-9]{3}){2,})"
)
LONGEST = 2000  # characters of a number, more than any 64-bit float needs in full
NOT_ZERO = re.compile(r"[1-9]")


class NumeralError(ValueError):
    """A text is no number, not one that is allowed, or one of two, for a ``reason``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Quotient(float):
    """A number that was typed as a fraction; ``text`` is how fields, links and files go on showing it."""

    text: str


def written(number: float) -> str:
    """Return the number as it stands in fields and links."""
    return number.text if isinstance(number, Quotient) else repr(number).removesuffix(".0").replace("e+", "e")


def whole(text: str, least: int, most: int) -> int:
    """Return the whole number in a text, whose thousands may be set apart.

    Raises NumeralError where it is none within the bounds, or may be one or not: 1.000.
    """
    digits = re.sub(r"[^0-9]", "", text)
    is_within = 0 < len(digits) <= len(str(most)) and least <= int(digits) <= most
    if is_within and WHOLE.fullmatch(text):
        return int(digits)
    raise NumeralError("doubtful" if is_within and doubtful(text) else "whole")


def parse(text: str, positive: bool = False, decimal: str = "") -> float:
    """Return the number that a text means: a decimal comma is as good as a point, and thousands may be set apart.

    1,234 may be 1.234 or 1234: ``decimal``, the sign that is known to be the decimal one, says which; so 1.234, which
    is a point where nothing is known. Raises NumeralError where the text is no number, not one that is allowed, or one
    of two.
    """
    plain = _plain(text)
    if not plain:
        raise NumeralError("empty")
    if len(plain) > LONGEST:
        raise NumeralError("not_a_number")
    if not decimal and doubtful(plain) == ",":
        raise NumeralError("doubtful")
    number = _quotient(plain) if "/" in plain else _decimal(plain, decimal or ".")
    if positive and number <= 0:
        raise NumeralError("not_positive")
    return number


def doubtful(text: str) -> str:
    """Return the sign that may be the decimal one or set thousands apart, such as the comma of 1,234, or nothing."""
    doubt = DOUBTFUL.fullmatch(_plain(text))
    return doubt[1] if doubt else ""


def readings(text: str) -> tuple[str, str]:
    """Return the two numbers that a doubtful text may be: with the sign as a decimal point, and without it."""
    plain = text.strip()
    return plain.replace(",", "."), re.sub("[,.]", "", plain)


def unmistakable(decimal: str) -> str:
    """Return a number with three digits after its point in a form that nobody takes for thousands: 1.2340, 250.0."""
    short = decimal.rstrip("0")
    return f"{decimal}0" if short == decimal else f"{short}0" if short.endswith(".") else short


def decimal_sign(text: str) -> str:
    """Return the decimal sign of a number, where it shows beyond doubt which one that is, or nothing."""
    plain = _plain(text)
    if NUMBER.fullmatch(plain) and not doubtful(plain):
        return "".join(sign for sign in ",." if sign in plain)
    grouped = GROUPED.fullmatch(plain)
    if not grouped or doubtful(plain):
        return ""
    return {",": ".", ".": ","}.get(grouped["group"], grouped["decimal"] or "")


def _plain(text: str) -> str:
    return text.strip().translate(MINUS)


def _decimal(plain: str, decimal: str) -> float:
    if doubtful(plain) not in ("", decimal) or not NUMBER.fullmatch(plain):
        grouped = GROUPED.fullmatch(plain)
        if not grouped:
            raise NumeralError("not_a_number")
        plain = plain.replace(grouped["group"], "")
    number = float(plain.replace(",", "."))
    if not isfinite(number):
        raise NumeralError("too_large")
    if number == 0 and NOT_ZERO.search(plain.lower().partition("e")[0]):
        raise NumeralError("too_small")
    return number + 0.0


def _quotient(plain: str) -> Quotient:
    fraction = FRACTION.fullmatch(plain)
    if not fraction:
        raise NumeralError("not_a_number")
    above, below = map(int, fraction.groups())
    if not below:
        raise NumeralError("by_zero")
    number = Quotient(above / below)
    number.text = plain
    return number
