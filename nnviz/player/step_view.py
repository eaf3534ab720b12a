"""A step of a lesson, told: its name, its formula, its sentence, and the numbers that become known with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from nnviz.algebra.trace import Step


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a table: what it is called, its value, and its kind."""

    name: str
    value: float
    kind: str


@dataclass(frozen=True)
class StepView:
    """A step of a lesson as a person meets it.

    ``row`` is the row of a table that it is about. ``numbers`` are those that become known, by the ids of their places
    in the tables.
    """

    step: Step
    title: str
    sentence: str
    formula: str
    row: str = ""
    numbers: Mapping[str, Number] = field(default_factory=dict)
