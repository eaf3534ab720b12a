"""The lessons, an entry each: where it is on the site, what it is, and how its forms and tables are written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nnviz.lessons.backpropagation import Backpropagation
from nnviz.lessons.descent import Descent
from nnviz.lessons.lesson import Lesson
from nnviz.lessons.sigmoid import Sigmoid
from nnviz.ui import panels
from nnviz.ui.sigmoid_panels import of_sigmoid

Panels = Callable[[Any, Any, Any, str], dict[str, Any] | None]


@dataclass(frozen=True)
class Entry:
    """A lesson with the path of its page.

    ``panels`` returns the parts that follow the setup's shape, from the lesson, the setup, the reading, and the key
    of those that the page has.
    """

    path: str
    lesson: Lesson[Any]
    panels: Panels = panels.plain

    @property
    def name(self) -> str:
        """The lesson's name, in requests and in the keys of sentences."""
        return self.lesson.name


ENTRIES = (
    Entry("/", Backpropagation(), panels.of_network),
    Entry("/gradient-descent", Descent()),
    Entry("/sigmoid", Sigmoid(), of_sigmoid),
)
LESSONS = {entry.name: entry for entry in ENTRIES}
HOME = ENTRIES[0]


def entry_at(path: str) -> Entry:
    """Return the entry of a path on the site; the first one where there is none."""
    return next((entry for entry in ENTRIES if entry.path == (path.rstrip("/") or "/")), HOME)
