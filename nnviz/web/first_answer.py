"""What a page's address asks for, answered before the browser can ask: the document has it, and its pictures."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nnviz.charts.canvas import Room
from nnviz.charts.theme import THEMES, Look
from nnviz.player.request import LARGEST, SMALLEST, Request
from nnviz.player.sketch import Sketch
from nnviz.protocol import Answer, CursorView, First, GivenPanels, Theme
from nnviz.web.shared_answers import answer_to

Texts = tuple[tuple[str, str], ...]
COOKIE = re.compile(r"(light|dark)-(\d{3,4})x(\d{3,4})", re.ASCII)
LAPTOP, PHONE = (870, 340), (340, 300)  # pixels of the picture, where nobody has said how many there are
MOST_PICTURES = 75_000  # characters of those beside the one at the cursor


@dataclass(frozen=True)
class FirstAnswer:
    """The answer to an address, for a picture in a theme and a room."""

    answer: Answer
    theme: Theme
    room: tuple[int, int]

    @property
    def view(self) -> CursorView:
        """What is shown at the cursor."""
        return self.answer["views"][self.answer["cursor"] - self.answer["first"]]

    @property
    def picture(self) -> str:
        """The picture at the cursor, as SVG."""
        return self._sketch.whole

    def given(self) -> First:
        """Return what the scripts are given: the answer without what the document shows, and the pictures to come.

        Of many views there are those around the cursor; the page asks for others as it asks for other passes.
        """
        answer, here = self.answer, self.answer["cursor"] - self.answer["first"]
        start, pictures = here, [self._sketch.at(answer["views"][here]["frame"])]
        room = MOST_PICTURES
        for number in [*range(here + 1, len(answer["views"])), *range(here - 1, -1, -1)]:
            picture = self._sketch.at(answer["views"][number]["frame"])
            room -= sum(map(len, picture.values()))
            if room < 0:
                break
            start = min(start, number)
            pictures.insert(number - start, picture)
        panels = answer["panels"]
        there: GivenPanels | None = panels and {"key": panels["key"], "matrices": panels["matrices"]}
        views = answer["views"][start : start + len(pictures)]
        first = answer["first"] + start
        rest: Any = {**answer, "panels": None, "views": views, "first": first, "released": first + len(views) - 1}
        return {"answer": rest, "panels": there, "theme": self.theme, "room": self.room, "pictures": pictures}

    @cached_property
    def _sketch(self) -> Sketch:
        return Sketch(self.answer["figure"], self.theme)


def first_answer(lesson: str, texts: Texts, remembered: str, is_small: bool) -> FirstAnswer:
    """Return the answer to the texts of an address.

    ``remembered`` is what the page has written down of its theme and its picture's room, if it is; ``is_small`` says
    that the browser is one of a phone.
    """
    found = COOKIE.fullmatch(remembered)
    theme: Theme = "dark" if found and found[1] == "dark" else "light"
    room = (int(found[2]), int(found[3])) if found else PHONE if is_small else LAPTOP
    width, height = (min(max(side, SMALLEST), LARGEST) for side in room)
    typed: dict[str, str] = {}
    repeated = []
    for name, text in texts:
        if name in typed:
            repeated.append(name)
        typed.setdefault(name, text)
    look = Look.within(Room(width, height), THEMES[theme])
    request = Request(
        serial=0,
        typed=typed,
        kept=None,
        repeated=tuple(repeated),
        iteration=typed.get("iteration", "1"),
        step=typed.get("step", "0"),
        look=look,
        lesson=lesson,
    )
    return FirstAnswer(answer_to(request), theme, (width, height))
