"""What a phone reads of a QR code that is drawn as SVG: dark squares in rows of strokes."""

import re

import numpy as np
import zxingcpp

PIXELS = 4  # a square
MOVE = re.compile(r"([Mmh])(-?[\d.]+)(?: ?(-?[\d.]+))?")
STROKE = re.compile(r'<path [^>]*d="(M[^"]*)"')


def read(svg: str) -> str:
    """Return the text of a QR code, whose path of dark strokes is the last one."""
    size = int(re.findall(r'viewBox="0 0 (\d+) \d+"', svg)[0])
    squares = np.full((size, size), 255, dtype=np.uint8)
    x, y = 0.0, 0.0
    for sign, first, second in MOVE.findall(STROKE.findall(svg)[-1]):
        if sign == "h":
            squares[int(y), int(x) : int(x + float(first))] = 0
            x += float(first)
        elif sign == "M":
            x, y = float(first), float(second)
        else:
            x, y = x + float(first), y + float(second)
    [code] = zxingcpp.read_barcodes(np.kron(squares, np.ones((PIXELS, PIXELS), dtype=np.uint8)))
    return str(code.text)
