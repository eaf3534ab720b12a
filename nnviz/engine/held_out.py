"""E of samples that a network is not trained on, while it is trained on others."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from nnviz.algebra.arrays import Array
from nnviz.engine.matrix import Matrices, columns, error, forward
from nnviz.engine.network import Network, checked_samples
from nnviz.engine.tape import Tape, recorded


class HeldOut:
    """Samples kept apart from training: ``layers`` are those of the network, recorded, as training moves them.

    Raises ValueError where the samples do not fit.
    """

    def __init__(self, network: Network, layers: Sequence[Matrices], inputs: ArrayLike, targets: ArrayLike) -> None:
        x, y = checked_samples(network, inputs, targets)
        self._rule, self._layers = network.rule, layers
        self._x, self._y = columns(x), columns(y)
        self._error: Array = np.array(np.nan)
        self._forward = Tape(self._go_forward)

    @property
    def error(self) -> float:
        """E of these samples, of the network as it is."""
        self._forward.play()
        return float(self._error)

    def _go_forward(self) -> None:
        passed = forward(self._layers, recorded(self._x))
        self._error = error(self._rule, passed, recorded(self._y))
