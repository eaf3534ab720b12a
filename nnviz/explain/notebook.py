"""A network and an iteration as small tables, for a notebook."""

from collections.abc import Iterable
from html import escape

from nnviz.algebra.solution import equation_line
from nnviz.engine.network import Network
from nnviz.engine.trace import Iteration
from nnviz.text import say

MOST_ROWS = 60


def of_network(network: Network) -> str:
    """Return a network as HTML: a row for each layer."""
    rows = (
        (number, *reversed(layer.matrix.shape), layer.activation_text, say(f"notebook.biases.{layer.kind_of_biases}"))
        for number, layer in enumerate(network.layers, start=1)
    )
    sizes = "-".join(map(str, network.sizes))
    headers = ("layer", "inputs", "neurons", "activation", "biases")
    return _table(say("notebook.network", sizes=sizes, loss=network.loss), headers, rows)


def of_iteration(iteration: Iteration) -> str:
    """Return an iteration as HTML: a row for each step, of many those of the first ones."""
    rows = (
        (number, step.phase, equation_line(step)) for number, step in enumerate(iteration.steps[:MOST_ROWS], start=1)
    )
    caption = say("notebook.iteration", network=iteration.start, samples=iteration.plan.n_samples)
    table = _table(caption, ("step", "pass", "equation"), rows)
    more = len(iteration.steps) - MOST_ROWS
    return table + (f"<p>{escape(say('notebook.more', count=f'{more:,}'))}</p>" if more > 0 else "")


def _table(caption: str, headers: Iterable[str], rows: Iterable[tuple[object, ...]]) -> str:
    head = "".join(f'<th scope="col">{escape(say(f"notebook.{key}"))}</th>' for key in headers)
    body = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
