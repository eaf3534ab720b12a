"""What may be set: fields that read and write one setting each, declared once for all setups of a shape."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from nnviz.player.refusal import RefusedError, not_among
from nnviz.text import say

S = TypeVar("S")


@dataclass(frozen=True)
class Field(Generic[S]):
    """One thing that may be set, by its key in fields, links and files.

    ``read`` returns its text in a setup, and ``write`` the setup that another text makes; it raises RefusedError where
    that is not allowed. ``label`` returns what it is called in a setup. ``choices`` are the allowed texts where they
    are few, and ``names`` the beginning of the keys of the sentences that name them: ``NAMES.TEXT``, with ``ENDING``.
    """

    key: str
    label: Callable[[S], str]
    read: Callable[[S], str]
    write: Callable[[S, str], S]
    choices: tuple[str, ...] = ()
    names: str = ""
    ending: str = ""

    def name_of(self, text: str) -> str:
        """Return what a choice is called; a text that is none is its own name."""
        return say(f"{self.names}.{text}{self.ending}") if text in self.choices else text


@dataclass(frozen=True)
class Form(Generic[S]):
    """The fields of setups of one shape, by group."""

    groups: Mapping[str, tuple[Field[S], ...]]

    def __iter__(self) -> Iterator[Field[S]]:
        return (field for group in self.groups.values() for field in group)

    def __getitem__(self, group: str) -> tuple[Field[S], ...]:
        return self.groups[group]

    def texts(self, setup: S) -> dict[str, str]:
        """Return the text of each field by its key."""
        return {field.key: field.read(setup) for field in self}

    def changed(self, setup: S, typed: Mapping[str, str]) -> list[Field[S]]:
        """Return the fields for which another text was typed than they have."""
        return [field for field in self if field.key in typed and typed[field.key] != field.read(setup)]

    def only(self, is_wanted: Callable[[Field[S]], bool]) -> "Form[S]":
        """Return the form with some of its fields."""
        return Form({name: tuple(filter(is_wanted, group)) for name, group in self.groups.items()})

    def edited(
        self,
        setup: S,
        typed: Mapping[str, str],
        fitting: Callable[[S], S] = lambda setup: setup,
        told: Callable[[RefusedError], str] = str,
    ) -> tuple[S, dict[str, str]]:
        """Return the setup that typed texts ask for, and a message for each that is not allowed.

        What is not allowed stays as it is, also where it is not ``fitting``, which raises RefusedError. Refused texts
        are tried once more behind the others, and then all at once, as some are only allowed together. ``told`` returns
        the message.
        """
        problems: dict[str, str] = {}
        pending = self.changed(setup, typed)
        for _ in range(2):
            refused = []
            for field in pending:
                try:
                    setup = fitting(field.write(setup, typed[field.key]))
                    problems.pop(field.key, None)
                except RefusedError as problem:
                    problems[field.key] = told(problem)
                    refused.append(field)
            pending = refused
        try:
            together = setup
            for field in pending:
                together = field.write(together, typed[field.key])
            return fitting(together), {}
        except RefusedError:
            return setup, problems


def labelled(key: str) -> Callable[[Any], str]:
    """Return the label of a field that is called by the same sentence in every setup."""
    return lambda _: say(key)


def choice(
    key: str, name: str, allowed: Iterable[str], read: Callable[[S], str], write: Callable[[S, str], S]
) -> Field[S]:
    """Return a field with few allowed texts; its label is the sentence ``NAME.title``, their names ``NAME.TEXT``."""
    texts = tuple(allowed)

    def checked(setup: S, given: str) -> S:
        if given not in texts:
            raise not_among(texts)
        return write(setup, given)

    return Field(key, labelled(f"{name}.title"), read, checked, texts, name)
