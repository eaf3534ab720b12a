"""A table as data: each of its numbers by id."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """A table: its caption, a hint, its columns' headers by key, that of the rows' headers at "", and its rows."""

    caption: str
    hint: str
    headers: dict[str, str]
    rows: "tuple[Row, ...]"


@dataclass(frozen=True)
class Row:
    """A row of a table: its place, its header, the kind of its header's colour, and its numbers' ids by column.

    A click on it ``opens`` the details of its place, or goes there. A ``remark`` stands where the other numbers lack.
    """

    place: str
    header: str
    kind: str
    numbers: dict[str, str]
    opens: bool = True
    remark: str = ""
