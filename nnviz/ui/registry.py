"""The lessons, an entry each: where it is on the site, what it is, and how its forms and tables are written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from nnviz.lessons.backpropagation import Backpropagation
from nnviz.lessons.descent import Descent
from nnviz.lessons.lesson import Lesson, PackedMark
from nnviz.lessons.sigmoid import Sigmoid
from nnviz.protocol import Panels, Understanding
from nnviz.ui import panels
from nnviz.ui.request import Request
from nnviz.ui.sigmoid_panels import of_sigmoid
from nnviz.ui.understanding import understanding

WritePanels = Callable[[Any, Any, Any, str], Panels | None]
More = Callable[[Any, Any, Request, Sequence[PackedMark]], Understanding]


def nothing_more(*_: object) -> Understanding:
    """Return what a page shows of a run that has nothing more than every lesson."""
    return {"mark": None, "learned": None, "ground": None, "beside": None}


@dataclass(frozen=True)
class Entry:
    """A lesson with the path of its page.

    ``panels`` returns the parts that follow the setup's shape, from the lesson, the setup, the reading, and the key
    of those that the page has; ``more`` what the page has beside the parts of every lesson, from the setup, the
    reading, the request, and the places of the run that the browser knows.
    """

    path: str
    lesson: Lesson[Any]
    panels: WritePanels = panels.plain
    more: More = nothing_more

    @property
    def name(self) -> str:
        """The lesson's name, in requests and in the keys of sentences."""
        return self.lesson.name


ENTRIES = (
    Entry("/", Backpropagation(), panels.of_network, understanding),
    Entry("/gradient-descent", Descent()),
    Entry("/sigmoid", Sigmoid(), of_sigmoid),
)
LESSONS = {entry.name: entry for entry in ENTRIES}
HOME = ENTRIES[0]


def entry_at(path: str) -> Entry | None:
    """Return the entry of a path on the site, or None where there is none."""
    return next((entry for entry in ENTRIES if entry.path == (path.rstrip("/") or "/")), None)
