"""Worksheets as their readers see them: what a sheet and its key say, without tags."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import numpy as np

import nnviz
from tests.problems import Problem

NUMBER = re.compile(r"[−-]?\d+(?:\.\d+)?(?:e[−-]?\d+)?")


def plain(html: str) -> str:
    """Return the text of a page, without styles and what belongs to pictures."""
    shown = re.sub("<(style|head)[ >].*?</\\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", " ", shown)))


def lines(key: str) -> dict[str, float]:
    """Return the results of a key's worked lines by name."""
    found = {}
    for line in re.findall("<li>(.*?)</li>", key):
        name, *_ = line.partition(" = ")
        found[name] = read(re.split("[=≈]", line)[-1].strip())
    return found


def who(key: str) -> dict[str, dict[float, str]]:
    """Return what the key says of wrong numbers: by step and number what those did who have it."""
    found: dict[str, dict[float, str]] = {}
    name = ""
    for row in re.findall("<tr>(.*?)</tr>", key):
        headers, cells = re.findall("<th[^>]*rowgroup[^>]*>(.*?)</th>", row), re.findall("<td>(.*?)</td>", row)
        name = headers[0] if headers else name
        if len(cells) == 2:
            found.setdefault(name, {}).update(dict.fromkeys(map(read, NUMBER.findall(cells[0])), unescape(cells[1])))
    return found


def read(number: str) -> float:
    return float(number.replace("−", "-"))


def problem_of(link: str) -> Problem:
    """Return what a link holds of a network with biases in all layers, read without the page's own reader."""
    given = {name: texts[0] for name, texts in parse_qs(urlsplit(link).query).items()}
    sizes, layers, w, b = [int(given["inputs"])], [], 0, 0
    for text in given["layers"].split(", "):
        neurons, activation, _ = text.split()
        size = sizes[-1] * int(neurons)
        weights = np.array([float(given[f"w{w + n}"]) for n in range(1, size + 1)]).reshape(int(neurons), -1)
        biases = [float(given[f"b{b + n}"]) for n in range(1, int(neurons) + 1)]
        layers.append(nnviz.Layer(weights, biases, activation))
        sizes, w, b = [*sizes, int(neurons)], w + size, b + int(neurons)
    inputs = [float(given[f"x{n}"]) for n in range(1, sizes[0] + 1)]
    targets = (
        [float(given[f"target{n}"]) for n in range(1, sizes[-1] + 1)] if sizes[-1] > 1 else [float(given["target"])]
    )
    return Problem(nnviz.Network(layers, given["loss"]), [inputs], [targets], float(given["rate"]))
