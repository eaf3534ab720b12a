"""How much room a text takes, without a screen to measure it on."""

import re

BLANK = "\u200b"  # Plotly does not draw a text that was empty and becomes one in a frame
CHARACTER_WIDTH, SMALL_WIDTH, LINE_HEIGHT = 0.62, 0.45, 1.3  # in font sizes, and rather too much than too little
_TAG = re.compile("<[^>]*>")
_SMALL = re.compile("[₀-₉⁰¹²³⁴-⁹]")


def text_size(text: str, font_size: int) -> tuple[float, float]:
    """Return about how wide and high a text with line breaks and tags is, in pixels; a blank one is nothing."""
    rows = _TAG.sub("", text.replace("<br>", "\n")).replace(BLANK, "").split("\n")
    if not rows[0]:
        return 0.0, 0.0
    return max(map(_width, rows)) * font_size + 4, height(len(rows), font_size)


def width(characters: int, font_size: int) -> float:
    """Return how wide the background of so many characters is."""
    return CHARACTER_WIDTH * font_size * characters + 4


def height(rows: int, font_size: int) -> float:
    """Return how high the background of so many lines is."""
    return LINE_HEIGHT * font_size * rows + 2


def _width(row: str) -> float:
    small = len(_SMALL.findall(row))
    return CHARACTER_WIDTH * (len(row) - small) + SMALL_WIDTH * small
