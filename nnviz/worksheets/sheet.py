"""Worksheets: each has an exercise, what is asked of it, and what can be made of that; made only as it is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nnviz.engine.trace import Iteration
from nnviz.text import say
from nnviz.worksheets.page_link import query
from nnviz.worksheets.telltales import Marked, marked
from nnviz.worksheets.ways import Grouped, Way, asked, given

SHEETS, KEYS, MOODLE = "sheets.html", "keys.html", "moodle.xml"


@dataclass(frozen=True, eq=False)
class Worksheet:
    """A worksheet: the numbers of an iteration, of which ``blanks`` says what is to be filled in.

    ``code`` names it, ``address`` is a short one that opens the same as the ``link``, where there is such a one, and
    ``seed`` is what it was drawn from, if it was. ``number`` of ``count`` sheets; the key says what each mistake comes
    to if it ``has_mistakes``.
    """

    iteration: Iteration
    blanks: Way
    code: str
    base: str
    seed: int | None = None
    number: int = 1
    count: int = 1
    address: str = ""
    has_mistakes: bool = True

    def __repr__(self) -> str:
        return say("repr.sheet", code=self.code, blanks=self.blanks)

    @cached_property
    def link(self) -> str:
        """The link of the page that checks this very sheet."""
        return f"{self.base}/?{query(self.iteration, self.blanks)}"

    @cached_property
    def shown_link(self) -> str:
        """The link of the page that shows the same iteration step by step."""
        return f"{self.base}/?{query(self.iteration)}"

    @cached_property
    def asked(self) -> Grouped:
        """The steps whose numbers are to be filled in, by group."""
        return asked(self.iteration, self.blanks)

    @cached_property
    def given(self) -> Grouped:
        """The steps before them, whose numbers are printed, by group."""
        return given(self.iteration, self.blanks)

    @cached_property
    def marked(self) -> dict[str, Marked]:
        """What tells right from wrong in each step, by id."""
        return marked(self.iteration)

    @property
    def html(self) -> str:
        """The sheet as an HTML document to print."""
        return Worksheets([self]).html

    @property
    def key_html(self) -> str:
        """Its key as an HTML document to print: each step with its numbers, and what mistakes come to."""
        return Worksheets([self]).key_html

    @property
    def moodle_xml(self) -> str:
        """The sheet as a question for Moodle, in its XML: a cloze question in which mistakes have feedback."""
        return Worksheets([self]).moodle_xml


class Worksheets(tuple[Worksheet, ...]):
    """Sheets, each with other numbers; what can be made of one can be made of all together."""

    __slots__ = ()

    @property
    def html(self) -> str:
        """All sheets as one HTML document to print, each on pages of its own."""
        from nnviz.worksheets.pages import document

        return document(self, "sheet")

    @property
    def key_html(self) -> str:
        """The keys of all sheets as one HTML document to print, each on pages of its own."""
        from nnviz.worksheets.pages import document

        return document(self, "key")

    @property
    def moodle_xml(self) -> str:
        """A question for each sheet, in the XML of Moodle."""
        from nnviz.worksheets.moodle import quiz

        return quiz(self)

    def save(self, folder: str | Path, overwrite: bool = False) -> tuple[Path, ...]:
        """Write the sheets, their keys and the questions for Moodle into a folder; return the files.

        Raises FileExistsError where one of them is there already, unless it may be overwritten, and OSError where they
        cannot be written.
        """
        folder = Path(folder)
        made = {folder / SHEETS: self.html, folder / KEYS: self.key_html, folder / MOODLE: self.moodle_xml}
        there: Sequence[Path] = [file for file in made if file.exists() and not overwrite]
        if there:
            raise FileExistsError(say("error.files_there", files=", ".join(map(str, there))))
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in made.items():
            file.write_text(text, encoding="utf-8")
        return tuple(made)
