"""A person's own table as the samples of a network, which gets as many inputs and outputs as the table has.

A setup keeps the table with its line of columns, so that a column can be made something else; where its samples are
others than those of the table, they are the table.
"""

from dataclasses import replace
from functools import lru_cache

from nnviz.engine.losses import LOSSES
from nnviz.engine.split import NO_SPLIT, Split
from nnviz.lessons.network import edits
from nnviz.lessons.network.columns_in_words import in_words
from nnviz.lessons.network.csv_columns import (
    INPUT,
    TARGET,
    Columns,
    Reading,
    Table,
    guessed,
    read,
    said_in,
    table_of,
    without_line,
)
from nnviz.lessons.network.csv_samples import SamplesError
from nnviz.lessons.network.own_names import named
from nnviz.lessons.network.setup import MOST_INPUTS, MOST_OUTPUTS, OwnTable, Setup
from nnviz.player.parsing import written
from nnviz.player.refusal import RefusedError
from nnviz.text import LANGUAGE, say

LONGEST_CSV = 1_000_000  # characters
OF_CLASSES = next(name for name, rule in LOSSES.items() if rule.of_shares)
MOST_KEPT = 4  # tables that are kept read, each of up to LONGEST_CSV


def with_table(setup: Setup, text: str) -> Setup:
    """Return the setup with the samples of a table, and a network that fits them; what its first line says counts.

    Raises SamplesError where the table cannot be read so, and RefusedError where the network would not fit it.
    """
    if len(text) > LONGEST_CSV:
        raise SamplesError(say("samples.too_large"))
    _, columns, reading = _read(text, setup.split)
    n_in, n_out = len(reading.inputs[0]), len(reading.targets[0])
    out = "classes" if reading.is_class else "outputs"
    for given, most, key in ((n_in, MOST_INPUTS, "inputs"), (n_out, MOST_OUTPUTS, out)):
        if given > most:
            raise SamplesError(say(f"columns.most.{key}", given=given, most=most))
    fitted = _with_loss(setup, reading)
    sizes = (n_in, *setup.shape.sizes[1:-1], n_out)
    if sizes != setup.shape.sizes:
        fitted = fitted.with_layers(range(len(setup.shape.activations)), sizes=sizes)
    manner = replace(setup.manner, names=named(reading.names, n_in))
    sample = setup.sample if len(setup.inputs) == len(reading.inputs) else 0
    changed = replace(fitted, sample=sample, manner=manner).with_samples(reading.inputs, reading.targets)
    table = OwnTable(f"{columns.line}\n{without_line(text)}")
    return edits.fitting(replace(changed, table=table))


def _with_loss(setup: Setup, reading: Reading) -> Setup:
    """Return the setup with the loss for classes; with numbers it stays where they fit it, as with the same targets."""
    if reading.targets == setup.targets:
        return setup
    loss, rule = setup.shape.loss, LOSSES[setup.shape.loss]
    if reading.is_class:
        loss = OF_CLASSES
    elif rule.of_shares or (rule.of_probabilities and not all(0 <= y <= 1 for row in reading.targets for y in row)):
        loss = edits.USUAL
    return setup if loss == setup.shape.loss else edits.loss_and_output(setup, loss)


def fitting(setup: Setup) -> Setup:
    """Return the setup with the samples of its table, where a column has been made something else.

    A table that its samples are no longer those of is forgotten. Raises RefusedError where the setup does not fit.
    """
    if setup.table is not None and not setup.table.is_read:
        return with_own_table(setup, setup.table.text)
    return edits.fitting(setup if _is_of_table(setup) else replace(setup, table=None))


def _is_of_table(setup: Setup) -> bool:
    if setup.table is None:
        return True
    _, _, reading = _read(setup.table.text, setup.split)
    return (reading.inputs, reading.targets) == (setup.inputs, setup.targets)


def table_text(setup: Setup) -> str:
    """Return the table of a setup as links and files have it, or nothing."""
    return "" if setup.table is None else setup.table.text


def with_own_table(setup: Setup, text: str) -> Setup:
    """Return the setup with the table in a text of a link or a file. Raises RefusedError where it cannot be read."""
    try:
        return with_table(setup, text)
    except SamplesError as problem:
        raise RefusedError(str(problem)) from problem


def columns_of(setup: Setup) -> Columns:
    """Return what the columns of a setup's table are for, or those of its samples where it has none."""
    if setup.table is not None:
        return _parsed(setup.table.text)[1]
    n_in, n_out = setup.ends
    return Columns((INPUT,) * n_in + (TARGET,) * n_out)


def with_columns(setup: Setup, columns: Columns) -> Setup:
    """Return the setup with other roles of its table's columns, or scaled in another way; ``fitting`` reads them."""
    return replace(setup, table=OwnTable(f"{columns.line}\n{without_line(_text(setup))}", is_read=False))


def column_names(setup: Setup) -> list[str]:
    """Return what the columns of a setup's table are called, or those of its samples where it has none."""
    if setup.table is not None:
        table, columns = _parsed(setup.table.text)
        return [table.name(number) for number in range(len(columns.roles))]
    q = setup.shape.quantities(names=setup.manner.names)
    return [quantity.name for quantity in (*q.neurons[0], *q.targets)]


def _text(setup: Setup) -> str:
    """Return the text of a setup's table; where it has none, that of its samples."""
    if setup.table is not None:
        return setup.table.text
    rows = (",".join(map(written, (*x, *y))) for x, y in zip(setup.inputs, setup.targets, strict=True))
    return "\n".join([columns_of(setup).line, ",".join(column_names(setup)), *rows])


def proposal(text: str) -> str:
    """Return how a table would be read, in sentences. Raises SamplesError where it cannot be."""
    return f"{_told(text, NO_SPLIT, LANGUAGE.get())} {say('columns.offer')}"


def words(setup: Setup) -> str:
    """Return how a setup's table was read, in sentences; nothing where it has none."""
    return "" if setup.table is None else _told(setup.table.text, setup.split, LANGUAGE.get())


def names(setup: Setup) -> tuple[tuple[str, ...], int]:
    """Return what a setup's table calls the inputs and the targets or classes, and how many of them are columns."""
    if setup.table is None:
        return (), 0
    reading = _read(setup.table.text, setup.split)[2]
    return reading.names, len(reading.inputs[0]) if reading.is_class else len(reading.names)


def beginnings(setup: Setup) -> list[str]:
    """Return the first cells of each column of a setup's table; nothing where it has none."""
    if setup.table is None:
        return []
    table, columns = _parsed(setup.table.text)
    return [table.beginning(number) for number in range(len(columns.roles))]


@lru_cache(maxsize=MOST_KEPT)
def _parsed(text: str) -> tuple[Table, Columns]:
    """Return a table, and what its columns are for, as it says or as is guessed."""
    table = table_of(text)
    return table, said_in(text) or guessed(table, MOST_INPUTS, MOST_OUTPUTS)


@lru_cache(maxsize=MOST_KEPT)
def _read(text: str, split: Split) -> tuple[Table, Columns, Reading]:
    """Return a table, what its columns are for, and its samples. Raises SamplesError where it cannot be read so."""
    table, columns = _parsed(text)
    return table, columns, read(table, columns, split.numbers(len(table.rows))[0])


@lru_cache(maxsize=MOST_KEPT)
def _told(text: str, split: Split, _language: str) -> str:
    """Return how a table is read, in sentences. Raises SamplesError where it cannot be read so."""
    return in_words(*_read(text, split), MOST_INPUTS, MOST_OUTPUTS)
