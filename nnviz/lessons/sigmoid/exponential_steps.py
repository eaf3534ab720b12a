"""Why σ′ is written in σ: the exponentials that it saves, told of one neuron and of a network, and as a table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nnviz.lessons.sigmoid.exponentials import COUNT, ONE_NEURON, SAVED, Exponentials
from nnviz.player.step_formula import formula_lines
from nnviz.player.step_view import Number, StepView
from nnviz.player.table import Row, Table
from nnviz.text import say

COLUMNS = ("forward", "from-decay", "from-sigma", "saved")
NEURON, NETWORK = ROWS = ("neuron", "network")


@dataclass(frozen=True)
class Counts:
    """The exponentials of one neuron, and of a network with its name."""

    network: str
    of_network: Exponentials

    def step_views(self) -> Iterator[StepView]:
        """Yield a step for one neuron and one for the network."""
        for row, counted in ((NEURON, ONE_NEURON), (NETWORK, self.of_network)):
            step = counted.step
            facts = {"forward": counted.forward, "slopes": counted.slopes, "samples": counted.samples,
                     "saved": counted.saved, "network": self.network}  # fmt: skip
            yield StepView(
                step,
                title=say(f"count.title.{row}", network=self.network),
                sentence=" ".join(say(f"count.{key}", **facts) for key in _words(row, counted)),
                formula="".join(formula_lines(step)),
                row=f"{COUNT}-{row}",
                numbers=_numbers(row, counted),
            )


def table() -> Table:
    """Return the table of the counts, which holds no numbers."""
    headers = {"": say("count.header.of")} | {column: say(f"count.header.{column}") for column in COLUMNS}
    rows = [
        Row(
            f"{COUNT}-{row}",
            say(f"count.row.{row}"),
            SAVED.kind,
            {column: place_of(row, column) for column in COLUMNS},
            opens=False,
        )
        for row in ROWS
    ]
    return Table(say("count.caption"), "", headers, tuple(rows))


def place_of(row: str, column: str) -> str:
    """Return the id of a number in the table."""
    return f"{COUNT}-{row}-{column}"


def _words(row: str, counted: Exponentials) -> list[str]:
    """Return the parts of the keys of what is said of a row."""
    if not counted.saved:
        return ["none"]
    return [row, "direct"] if counted.saved < counted.forward else [row]


def _numbers(row: str, counted: Exponentials) -> Mapping[str, Number]:
    values = (counted.forward, counted.saved, 0, counted.saved)
    kinds = ("input", "input", "input", SAVED.kind)
    return {
        place_of(row, column): Number(say(f"count.header.{column}"), float(value), kind)
        for column, value, kind in zip(COLUMNS, values, kinds, strict=True)
    }
