"""The menus that say what each column of the samples is for, and how the inputs are scaled."""

from dataclasses import replace
from functools import partial

from nnviz.lessons.network.csv_columns import ROLES, SCALES
from nnviz.lessons.network.own_table import column_names, columns_of, with_columns
from nnviz.lessons.network.setup import Setup
from nnviz.player.form import Field, choice
from nnviz.player.refusal import RefusedError
from nnviz.text import say

COLUMN, SCALE = "column", "scale"


def menus(count: int) -> tuple[Field[Setup], ...]:
    """Return a field for what each of so many columns is for, and one for how the inputs are scaled."""
    scale = choice(SCALE, SCALE, SCALES, lambda setup: columns_of(setup).scale, _with_scale)
    return (*map(_menu, range(count)), scale)


def _menu(number: int) -> Field[Setup]:
    role = choice(f"{COLUMN}{number + 1}", COLUMN, ROLES, partial(_role, number), partial(_with_role, number))
    return replace(role, label=lambda setup: column_names(setup)[number])


def _role(number: int, setup: Setup) -> str:
    return columns_of(setup).roles[number]


def _with_role(number: int, setup: Setup, role: str) -> Setup:
    columns = columns_of(setup)
    if number >= len(columns.roles):
        raise RefusedError(say("problem.gone"))
    return with_columns(setup, columns.with_role(number, role))


def _with_scale(setup: Setup, scale: str) -> Setup:
    return with_columns(setup, replace(columns_of(setup), scale=scale))
