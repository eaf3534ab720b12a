"""A person's own table as the samples of a network, which gets as many inputs and outputs as the table has."""

from dataclasses import replace

from nnviz.engine.losses import LOSSES
from nnviz.lessons.network.csv_columns import PLAIN, Columns, Reading, Table, guessed, in_words, read, said_in, table_of
from nnviz.lessons.network.csv_samples import SamplesError
from nnviz.lessons.network.edits import USUAL, fitting, loss_and_output
from nnviz.lessons.network.own_names import named
from nnviz.lessons.network.setup import MOST_INPUTS, MOST_OUTPUTS, Setup
from nnviz.text import say

OF_CLASSES = next(name for name, rule in LOSSES.items() if rule.of_shares)


def with_table(setup: Setup, text: str, scale: str = PLAIN) -> Setup:
    """Return the setup with the samples of a table, and a network that fits them; what its first line says counts.

    Raises SamplesError where the table cannot be read so, and RefusedError where the network would not fit it.
    """
    _, _, reading = _read(text, scale)
    n_in, n_out = len(reading.inputs[0]), len(reading.targets[0])
    for given, most, key in ((n_in, MOST_INPUTS, "inputs"), (n_out, MOST_OUTPUTS, "outputs")):
        if given > most:
            raise SamplesError(say(f"columns.most.{key}", given=given, most=most))
    setup = loss_and_output(setup, _loss(setup, reading.is_class))
    sizes = (n_in, *setup.shape.sizes[1:-1], n_out)
    changed = setup.with_layers(range(len(setup.shape.activations)), sizes=sizes)
    manner = replace(setup.manner, names=named(reading.names, n_in))
    return fitting(replace(changed.with_samples(reading.inputs, reading.targets), sample=0, manner=manner))


def _loss(setup: Setup, is_class: bool) -> str:
    """Return the loss for classes, and for numbers the one that there is where that fits them."""
    if is_class:
        return OF_CLASSES
    return USUAL if LOSSES[setup.shape.loss].of_probabilities else setup.shape.loss


def proposal(text: str) -> str:
    """Return how a table would be read, in sentences. Raises SamplesError where it cannot be."""
    table, columns, reading = _read(text, PLAIN)
    return f"{in_words(table, columns, reading)} {say('columns.change', line=columns.line)}"


def words(text: str, scale: str) -> str:
    """Return how a table was read, in sentences."""
    return in_words(*_read(text, scale))


def _read(text: str, scale: str) -> tuple[Table, Columns, Reading]:
    table, said = table_of(text), said_in(text)
    columns = said or guessed(table)
    if scale != PLAIN:
        columns = replace(columns, scale=scale)
    return table, columns, read(table, columns)
