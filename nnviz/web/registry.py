"""The lessons, a row each, with their addresses on the site."""

from dataclasses import dataclass
from typing import Any

from nnviz.lessons.descent.lesson import PATH as DESCENT
from nnviz.lessons.descent.lesson import Descent
from nnviz.lessons.network.lesson import Backpropagation
from nnviz.lessons.network.subject import NetworkSubject
from nnviz.lessons.sigmoid.lesson import Sigmoid
from nnviz.player.lesson import Lesson
from nnviz.practice.subject import Subject


@dataclass(frozen=True)
class Entry:
    """A lesson with the path of its page, and what practises a view of it."""

    path: str
    lesson: Lesson[Any]
    subject: type[Subject] = Subject

    @property
    def name(self) -> str:
        """The lesson's name, in requests and in the keys of sentences."""
        return self.lesson.name


ENTRIES = (
    Entry("/", Backpropagation(), NetworkSubject),
    Entry(DESCENT, Descent()),
    Entry("/sigmoid", Sigmoid()),
)
LESSONS = {entry.name: entry.lesson for entry in ENTRIES}
SUBJECTS = {entry.name: entry.subject for entry in ENTRIES}
HOME = ENTRIES[0]


def entry_at(path: str) -> Entry | None:
    """Return the entry of a path on the site, or None where there is none."""
    return next((entry for entry in ENTRIES if entry.path == (path.rstrip("/") or "/")), None)
