"""What a lesson is to the page: what may be set, the run that follows from it, and how that is read."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic
from zlib import crc32

from nnviz.charts.theme import Look
from nnviz.player.form import Form, S
from nnviz.player.panels import plain
from nnviz.player.refusal import RefusedError, reason
from nnviz.player.request import EXERCISE, NotOursError, PackedCheckpoint, Request
from nnviz.player.sources import Parts
from nnviz.player.view import View
from nnviz.protocol import Panels, TrainingSlice, Understanding
from nnviz.text import say

NOTHING: Understanding = {
    "checkpoint": None,
    "predictions": None,
    "loss_surface": None,
    "program": None,
    "updates": None,
    "any_layer": None,
    "numbers": None,
    "beside": None,
}


class Lesson(ABC, Generic[S]):
    """A lesson: pure functions of its setup S, which is all that a person has set.

    Its sentences are ``lesson.NAME.link`` in the navigation, ``.heading`` on the page, ``.title`` and
    ``.description`` for the browser. A field with choices says what is stepped through, the others are its numbers.
    """

    name: str

    # What may be set

    @abstractmethod
    def begun(self, given: Mapping[str, str]) -> S:
        """Return the setup that a link or a file begins with: the usual one of what its texts choose."""

    @abstractmethod
    def form(self, setup: S) -> Form[S]:
        """Return the fields of the page, by group; a group's legend is the sentence ``group.GROUP``."""

    def link(self, setup: S) -> Form[S]:
        """Return the fields of links and files that are choices."""
        return self.form(setup).only(lambda field: bool(field.choices))

    def numbers(self, setup: S) -> Form[S]:
        """Return the fields of links and files that are numbers."""
        return self.form(setup).only(lambda field: not field.choices)

    def typed_in(self, setup: S, typed: Mapping[str, str]) -> Form[S]:
        """Return the fields of the page whose texts count: beside another choice its own numbers, not those typed."""
        choices = self.link(setup)
        return choices if choices.changed(setup, typed) else self.form(setup)

    def edited(self, setup: S, typed: Mapping[str, str]) -> tuple[S, dict[str, str]]:
        """Return the setup that typed texts ask for, and a message for each that is not allowed."""
        return self.typed_in(setup, typed).edited(setup, typed)

    def opened(self, given: Mapping[str, str]) -> tuple[S, dict[str, str]]:
        """Return the setup of a link or a file, and for each text that is not allowed why."""
        base = self.begun(given)
        setup, problems = self.link(base).edited(base, given, told=reason)
        setup, more = self.numbers(setup).edited(setup, given, told=reason)
        return setup, problems | more

    def from_elsewhere(self, setup: S, text: str) -> tuple[S, list[str]]:
        """Return the setup in a file of another program, and what is to be said of it, in sentences.

        Raises RefusedError with the message where it is none, which is so in most lessons.
        """
        raise RefusedError(say("file.not_ours"))

    def in_full(self, setup: S) -> dict[str, str]:
        """Return all texts of a setup, as files have them."""
        return self.link(setup).texts(setup) | self.numbers(setup).texts(setup)

    def in_link(self, setup: S) -> dict[str, str]:
        """Return the texts of a setup that a link needs: all numbers, and the choices that are not the usual ones."""
        base = self.begun({})
        usual = self.link(base).texts(base)
        own = {key: text for key, text in self.link(setup).texts(setup).items() if text != usual[key]}
        return own | self.numbers(setup).texts(setup)

    def pressed(self, setup: S, action: str, text: str) -> S:
        """Return what a button makes of a setup.

        Raises RefusedError with the message, KeyError for a button that there is not.
        """
        if action == EXERCISE:
            return self.drawn(setup, text)
        return {"": setup, "defaults": self.begun(self.link(setup).texts(setup))}[action]

    @abstractmethod
    def drawn(self, setup: S, seed: str) -> S:
        """Return the setup with other numbers to practise with, always the same ones for a seed from 0 to LARGEST_SEED.

        Behind the seed may be the mistake that they are to show. Raises RefusedError where there are no such numbers,
        or the text is no seed.
        """

    def remarks(self, setup: S, given: Mapping[str, str]) -> list[str]:
        """Return what is to be said of a setup, in sentences, where it is not quite what was given.

        What was given are the texts of a link or a file, or that of a button by its action.
        """
        return []

    def about(self, setup: S) -> Parts:
        """Return what to look at with these numbers, and the source."""
        return ()

    def given_twice(self, setup: S, given: Mapping[str, str]) -> set[str]:
        """Return the keys of numbers that other texts of a link or a file give too."""
        return set()

    def in_a_file(self, given: Mapping[str, str]) -> tuple[str, ...]:
        """Return the keys of what a link does not hold, but says to be in a file."""
        return ()

    def in_file_only(self, setup: S) -> str:
        """Return why a link does not hold all of a setup, where that is so."""
        return ""

    def to_practise(self, setup: S, seed: int | None = None) -> S:
        """Return the setup whose numbers somebody who practises is asked for, drawn from a seed where there is one.

        Raises RefusedError where there are no such numbers.
        """
        return setup if seed is None else self.drawn(setup, str(seed))

    # The run

    def is_other(self, before: S, setup: S, typed: Mapping[str, str]) -> bool:
        """Whether what was typed leads to something else, whose run begins at its start."""
        return self.link(before).texts(before) != self.link(setup).texts(setup)

    def replaces(self, before: S, setup: S) -> bool:
        """Whether a change makes so much another at once that people may want to go back."""
        return False

    def still_said(self, problems: dict[str, str], before: S, setup: S) -> dict[str, str]:
        """Return the problems whose fields are there after a change."""
        return problems

    def run_setup(self, setup: S) -> S:
        """Return the setup with all that makes no difference to the run as it is at first."""
        return setup

    def run_name(self, setup: S) -> str:
        """Return a name that only runs with the same numbers share."""
        return f"{crc32(repr(self.run_setup(setup)).encode()):08x}"

    @abstractmethod
    def last_iteration(self, setup: S) -> int:
        """Return the number of the last iteration that is computed."""

    @abstractmethod
    def view(
        self,
        setup: S,
        number: int,
        look: Look,
        chosen: str = "",
        is_checked: bool = False,
        checkpoint: PackedCheckpoint | None = None,
    ) -> View:
        """Return how iteration ``number`` is shown, or the one before it in which a number becomes too large.

        Where it takes too long to reach, it is one on the way. ``chosen`` is the place whose details are shown, and
        ``is_checked`` says that it is to be checked. ``checkpoint`` is a place of the run from which less is
        to be done. Raises ValueError where it is none.
        """

    # The page

    @property
    def page_facts(self) -> Mapping[str, object]:
        """What the templates of the page need to know of this lesson, by name."""
        return {}

    def panels(self, setup: S, view: Any, present: str) -> Panels | None:
        """Return what of the page follows the setup's shape, or None where the page has that, by its key."""
        return plain(self.name, self.form(setup), setup, view, present, is_run=self.last_iteration(setup) > 1)

    def understanding(self, setup: S, view: Any, request: Request, path: Sequence[PackedCheckpoint]) -> Understanding:
        """Return what the page shows of a run where it is asked for; ``path`` are places of it that the browser knows.

        Raises NotOursError where no page can have asked so.
        """
        return NOTHING

    def slice_of_training(self, asked: object, yield_turn: Callable[[], None], is_full: bool) -> TrainingSlice:
        """Return what a slice of training leaves that the page asks for.

        ``yield_turn`` is called every few iterations; where the server ``is_full``, the slice is short. Raises
        NotOursError where no page can have asked so.
        """
        raise NotOursError("training")

    # From one setup to another

    def same_step(self, before: S, setup: S, step: int) -> int:
        """Return the cursor that shows after a change what ``step`` showed before; the page keeps it in bounds."""
        return step
