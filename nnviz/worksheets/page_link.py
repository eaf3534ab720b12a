"""The link of the network's page that opens an iteration's numbers, with blanks to be filled in."""

from urllib.parse import urlencode
from zlib import crc32

from nnviz.algebra.solution import number
from nnviz.engine.losses import BATCHMEAN
from nnviz.engine.trace import Iteration
from nnviz.player.layer_text import layer_text
from nnviz.player.parsing import written
from nnviz.worksheets.ways import Way

PRACTICE = "practice"


def query(iteration: Iteration, way: Way | None = None) -> str:
    """Return the query of the address that opens an iteration of one sample: all of its numbers, and what is asked.

    Where nothing is asked, the page shows it step by step.
    """
    network, q, values = iteration.start, iteration.plan.quantities, iteration.given
    layers = (
        layer_text(len(layer.matrix), layer.activation, slope, layer.kind_of_biases)
        for layer, slope in zip(network.layers, network.shape.own_slopes, strict=True)
    )
    n_targets = len(q.targets)
    named = {quantity.id: quantity.id for quantity in (*q.all_weights, *network.shape.given_biases(), *q.neurons[0])}
    named |= {quantity.id: f"target{at if n_targets > 1 else ''}" for at, quantity in enumerate(q.targets, start=1)}
    named |= {"alpha": "rate"}
    texts = {"inputs": str(network.sizes[0]), "layers": ", ".join(layers), "loss": network.loss}
    texts |= {} if network.reduction == BATCHMEAN else {"reduction": network.reduction}
    texts |= {name: written(number(values[id_], 0)) for id_, name in named.items()}
    return urlencode(texts | ({PRACTICE: way} if way else {}))


def fingerprint(iteration: Iteration, way: Way) -> str:
    """Return a short name that follows from an iteration's numbers and from what is asked."""
    return f"{crc32(query(iteration, way).encode()):08x}"
