"""A network that was made in Python, as a setup of the page."""

import numpy as np
from numpy.typing import ArrayLike

from nnviz.engine.batches import ALL, Batches
from nnviz.engine.manner import PLAIN, Manner
from nnviz.engine.method import PLAIN_METHOD, Method
from nnviz.engine.network import Network, checked_rate, checked_samples
from nnviz.engine.split import NO_SPLIT, Split
from nnviz.lessons.network.csv_samples import MOST_SAMPLES
from nnviz.lessons.network.setup import MOST_INPUTS, MOST_LAYERS, MOST_NEURONS, MOST_OUTPUTS, Setup, of_preset
from nnviz.lessons.network.splitting import LEAST, MOST, is_of_page
from nnviz.player.refusal import RefusedError
from nnviz.presets import DEFAULT
from nnviz.text import say


def setup_of(
    network: Network,
    inputs: ArrayLike,
    targets: ArrayLike,
    learning_rate: float,
    manner: Manner = PLAIN,
    batches: Batches = ALL,
    method: Method = PLAIN_METHOD,
    split: Split = NO_SPLIT,
) -> Setup:
    """Return the setup of a network, samples, a learning rate, and how the network is told and updated.

    Raises RefusedError, a ValueError, where the page does not show as large a network, as many samples, or such a
    split, ValueError where they do not fit each other, and TypeError where the network or the split is none.
    """
    if not isinstance(split, Split):
        raise TypeError(say("error.split_type", given=type(split).__name__))
    if not is_of_page(split):
        raise RefusedError(say("error.page_split", least=LEAST, most=MOST, given=split))
    x, y = checked_samples(network, inputs, targets)
    rate = checked_rate(learning_rate)
    check_size(network.sizes)
    if len(x) > MOST_SAMPLES:
        raise RefusedError(say("error.page_samples", most=MOST_SAMPLES, given=len(x)))
    layers, start = network.layers, of_preset(DEFAULT)
    weights = np.concatenate([layer.matrix.ravel() for layer in layers])
    setup = Setup(
        preset=start.preset,
        shape=network.shape,
        weights=tuple(weights.tolist()),
        biases=tuple(number for layer in layers if layer.vector is not None for number in layer.vector.tolist()),
        inputs=tuple(map(tuple, x.tolist())),
        targets=tuple(map(tuple, y.tolist())),
        rate=rate,
        start=start.start,
        manner=manner,
        method=method,
    )
    return setup.with_split(split).with_batches(batches)


def check_size(sizes: tuple[int, ...]) -> None:
    """Raise RefusedError where the page shows no network of these sizes, that of the inputs first."""
    n_in, *hidden, n_out = sizes
    if (
        n_in > MOST_INPUTS
        or n_out > MOST_OUTPUTS
        or len(sizes) - 1 > MOST_LAYERS
        or any(size > MOST_NEURONS for size in hidden)
    ):
        facts = {"inputs": MOST_INPUTS, "layers": MOST_LAYERS, "neurons": MOST_NEURONS, "outputs": MOST_OUTPUTS}
        raise RefusedError(say("error.page_size", given="-".join(map(str, sizes)), **facts))
