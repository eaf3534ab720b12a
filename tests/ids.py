"""The answers of every lesson to a few requests, and the ids in them."""

import re
from collections.abc import Iterator

from tests.asking import Json, link

TYPED: dict[str, list[dict[str, str]]] = {
    "network": [{}, {"preset": "xor", "w1": "x"}, {"preset": "mazur", "detail": "term", "notation": "indexed"}],
    "descent": [{}, {"curve": "valleys", "x": "-"}],
    "sigmoid": [{}, {"activation": "tanh", "z": "1e"}],
}
STEPS = ("0", "2", "9999")
CHOSEN = {"network": "weight-1-0-0", "descent": "", "sigmoid": "sigma-0-0-0"}
LISTS = ("names", "at", "place", "pair", "field", "kind")  # parts that are ids or hold some
IN_HTML = re.compile(r'data-(?:value|at|row|place|field)="([^"]*)"')


def answers() -> list[Json]:
    return [
        link(
            typed,
            lesson=lesson,
            step=step,
            chosen=CHOSEN[lesson],
            views=["predictions", "loss_surface", "updates", "any_layer"],
        )
        for lesson, texts in TYPED.items()
        for typed in texts
        for step in STEPS
    ]


def ids(part: object, name: str = "") -> Iterator[str]:
    """Yield the names of all parts of an answer, the ids that the parts hold, and those in HTML."""
    match part:
        case dict():
            for key, value in part.items():
                yield key
                yield from ids(value, key)
        case list():
            for value in part:
                yield from ids(value, name)
        case str():
            yield from [part] if name in LISTS else IN_HTML.findall(part)
