"""What each column of a table is for, in sentences."""

from nnviz.algebra.rounding import shown
from nnviz.lessons.network.csv_columns import (
    CLASS,
    INPUT,
    LEFT_OUT,
    MOST_LISTED,
    TARGET,
    Columns,
    Reading,
    Table,
)
from nnviz.lessons.network.csv_samples import quoted_cell
from nnviz.text import elided, listed, say

AS_CHOSEN, EMPTY, NO_NUMBER, NAMES, INPUTS = REASONS = ("", ".empty", ".no_number", ".names", ".inputs")


def in_words(table: Table, columns: Columns, reading: Reading, most_inputs: int, most_classes: int) -> str:
    """Return what the columns are for, why others are left out where a cell or a limit is why, and the scaling."""
    inputs, targets = columns.of(INPUT), columns.of(TARGET)
    words = [say("columns.inputs", count=len(inputs), names=table.listed(inputs))]
    if reading.is_class:
        [column] = columns.of(CLASS)
        names = [quoted_cell(name) for name in reading.names[len(inputs) :]]
        words.append(say("columns.class", name=table.name(column), names=listed(names, MOST_LISTED)))
    else:
        words.append(say("columns.targets", count=len(targets), names=table.listed(targets)))
    words += _left_out(table, columns, most_inputs, most_classes)
    if reading.scaling:
        forms = [
            say("columns.scaled", name=table.name(column), start=shown(start), unit=shown(unit))
            for column, (start, unit) in zip(inputs, reading.scaling, strict=True)
        ]
        part = f" {say('columns.of_training')}" if reading.is_scaled_by_part else ""
        words.append(say(f"columns.scale.{columns.scale}", part=part, forms=elided(forms, MOST_LISTED)))
    return " ".join(words)


def _left_out(table: Table, columns: Columns, most_inputs: int, most_classes: int) -> list[str]:
    """Return a sentence on the columns that are left out for each reason, with the first cell that is one."""
    is_full = len(columns.of(INPUT)) >= most_inputs
    found: dict[str, list[tuple[int, int]]] = {reason: [] for reason in REASONS}
    for column in columns.of(LEFT_OUT):
        reason, row = _why(table, column, most_classes, is_full=is_full)
        found[reason].append((column, row))
    words = []
    for reason, places in found.items():
        if places:
            column, row = min(places, key=lambda place: place[1])
            facts = {"row": table.rows[row].number, "cell": quoted_cell(table.rows[row].cells[column])}
            most = most_inputs if reason == INPUTS else most_classes
            names = table.listed([number for number, _ in places])
            words.append(say(f"columns.left_out{reason}", count=len(places), names=names, most=most, **facts))
    return words


def _why(table: Table, column: int, most_classes: int, *, is_full: bool) -> tuple[str, int]:
    """Return why a column can be neither an input nor a target nor the class, and the row of the cell that is why."""
    cells = table.column(column)
    if "" in cells:
        return EMPTY, cells.index("")
    are_numbers = [table.is_number(cell) for cell in cells]
    if all(are_numbers):
        return (INPUTS if is_full else AS_CHOSEN), 0
    if any(are_numbers):
        return NO_NUMBER, are_numbers.index(False)
    return (NAMES if len(set(cells)) > most_classes else AS_CHOSEN), 0
