"""Numbers as people type them, and as fields and links show them: every bit of them, in decimal."""

import re
from math import isfinite

NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")
NOT_ZERO = re.compile(r"[1-9]")


def written(number: float) -> str:
    """Return the number as it stands in fields and links."""
    return repr(number).removesuffix(".0").replace("e+", "e")


def whole(text: str, least: int, most: int) -> int:
    """Return the whole number in a text. Raises ValueError where it is none within the bounds."""
    plain = text.replace(",", "") if THOUSANDS.fullmatch(text) else text
    if not (plain.isascii() and plain.isdigit() and len(plain) <= len(str(most)) and least <= int(plain) <= most):
        raise ValueError(text)
    return int(plain)


def parse(text: str, positive: bool = False) -> float:
    """Return the number that a text means; a decimal comma is as good as a point.

    Raises ValueError, with the key of the message, where it is none, or not one that is allowed.
    """
    plain = text.strip().replace("−", "-")
    if not plain:
        raise ValueError("problem.empty")
    if not NUMBER.fullmatch(plain):
        raise ValueError("problem.not_a_number")
    number = float(plain.replace(",", "."))
    if not isfinite(number):
        raise ValueError("problem.too_large")
    if number == 0 and NOT_ZERO.search(plain.lower().partition("e")[0]):
        raise ValueError("problem.too_small")
    if positive and number <= 0:
        raise ValueError("problem.not_positive")
    return number + 0.0
