"""Whether PyTorch finds the gradients that the page shows beside its program."""

import io
from contextlib import redirect_stdout
from typing import Any

import numpy as np

import nnviz
from nnviz.explain.torch_program import torch_program
from nnviz.presets import PRESETS


def largest_difference() -> float:
    """Return by how much PyTorch's gradients and ours differ at most, as a share of the largest one of the same kind.

    Of all examples; the program of each is run as it stands.
    """
    shares = []
    for preset in PRESETS.values():
        iteration = nnviz.trace(preset.network, preset.inputs, preset.targets, preset.learning_rate)
        names: dict[str, Any] = {}
        with redirect_stdout(io.StringIO()):
            exec("\n".join(line.text for line in torch_program(iteration)), names)
        ours = nnviz.gradients(preset.network, preset.inputs, preset.targets)
        for number, (of_weights, of_biases) in enumerate(ours, start=1):
            pairs = [(names[f"W{number}"], of_weights)]
            if of_biases is not None and preset.network.shape.trains_biases(number):
                pairs.append((names[f"b{number}"], of_biases[:, np.newaxis]))
            for tensor, slopes in pairs:
                off = np.abs(tensor.grad.numpy() - slopes).max()
                shares.append(float(off / (np.abs(slopes).max() or 1.0)))
    return max(shares)
