"""What a person may set, read from what they typed or from a link, and never lost to a slip of the finger."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from nnviz.engine.numbers import exactly
from nnviz.lessons.presets import Preset
from nnviz.text import say

NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
NOT_ZERO = re.compile(r"[1-9]")


@dataclass(frozen=True, slots=True)
class Field:
    """One number that may be set: its key in links, its label, its group on the page, and its bounds."""

    key: str
    label: str
    group: str
    positive: bool = False


@dataclass(frozen=True)
class Settings:
    """The numbers of all fields, by key."""

    numbers: tuple[tuple[str, float], ...]

    @property
    def by_key(self) -> dict[str, float]:
        """The numbers by their fields' keys."""
        return dict(self.numbers)

    @property
    def texts(self) -> dict[str, str]:
        """The numbers as they stand in fields and links: every bit of them, in decimal."""
        return {key: repr(number).removesuffix(".0").replace("e+", "e") for key, number in self.numbers}


def fields(preset: Preset) -> list[Field]:
    """Return what may be set of a preset: weights, inputs, targets, learning rate."""
    q = preset.network.shape.quantities
    weights = [Field(w.name, w.name, "weights") for rows in q.weights for row in rows for w in row]
    inputs = [Field(x.name, x.name, "sample") for x in q.neurons[0]]
    targets = [
        Field(f"target{y.letter.index}", f"{say('settings.target')} {y.letter.index}".strip(), "sample")
        for y in q.targets
    ]
    return [*weights, *inputs, *targets, Field("rate", say("settings.rate"), "training", positive=True)]


def original(preset: Preset) -> Settings:
    """Return the preset's own numbers."""
    weights = [w for layer in preset.network.layers for w in layer.matrix.ravel().tolist()]
    numbers = [*weights, *preset.inputs, *preset.targets, preset.learning_rate]
    return Settings(tuple((field.key, number) for field, number in zip(fields(preset), numbers, strict=True)))


def read(preset: Preset, typed: Mapping[str, str], kept: Settings) -> tuple[Settings, dict[str, str]]:
    """Return the settings that the typed texts ask for, and a message for each that is not allowed.

    A field that was not typed in, or whose text is not allowed, keeps its number.
    """
    numbers, problems = kept.by_key, {}
    for field in fields(preset):
        if field.key not in typed:
            continue
        try:
            numbers[field.key] = parse(typed[field.key], field.positive)
        except ValueError as problem:
            problems[field.key] = say(str(problem), kept=exactly(numbers[field.key]))
    return Settings(tuple(numbers.items())), problems


def parse(text: str, positive: bool = False) -> float:
    """Return the number that a text means; a decimal comma is as good as a point.

    Raises ValueError, with the key of the message, where it is none, or not one that is allowed.
    """
    plain = text.strip().replace("−", "-")
    if not plain:
        raise ValueError("problem.empty")
    if not NUMBER.fullmatch(plain):
        raise ValueError("problem.not_a_number")
    number = float(plain.replace(",", "."))
    if not isfinite(number):
        raise ValueError("problem.too_large")
    if number == 0 and NOT_ZERO.search(plain.lower().partition("e")[0]):
        raise ValueError("problem.too_small")
    if positive and number <= 0:
        raise ValueError("problem.not_positive")
    return number + 0.0
