"""The losses of other libraries, by the names that they have here."""

from nnviz.engine.losses import BATCHMEAN, LOSSES, MEAN, SUM, Reduction
from nnviz.text import say

FITTING = {"sigmoid": "binary_cross_entropy", "softmax": "categorical_cross_entropy"}
NAMES = {  # elsewhere, in lower case and without underscores: what it is here
    "mseloss": "mean_squared_error",
    "mse": "mean_squared_error",
    "meansquarederror": "mean_squared_error",
    "l1loss": "mean_absolute_error",
    "mae": "mean_absolute_error",
    "meanabsoluteerror": "mean_absolute_error",
    "bceloss": "binary_cross_entropy",
    "bcewithlogitsloss": "binary_cross_entropy",
    "binarycrossentropy": "binary_cross_entropy",
    "crossentropyloss": "categorical_cross_entropy",
    "nllloss": "categorical_cross_entropy",
    "categoricalcrossentropy": "categorical_cross_entropy",
    "sparsecategoricalcrossentropy": "categorical_cross_entropy",
}


def loss_for(activation: str) -> str:
    """Return the loss that usually goes with the activation of the last layer."""
    return FITTING.get(activation, "mean_squared_error")


def loss_named(name: str, n_outputs: int, *, is_sum: bool = False) -> tuple[str, Reduction]:
    """Return the name here of a loss that has one elsewhere, or has it here, and how its parts are put together.

    Elsewhere it is the mean over outputs and samples, or the sum of all; over one output, or classes, the mean of
    sums is the same as the mean. Raises ValueError where there is no such loss here.
    """
    key = name if name in LOSSES else NAMES.get(name.lower().replace("_", ""), "")
    if key not in LOSSES:
        raise ValueError(say("import.loss", given=name, allowed=", ".join(LOSSES)))
    if is_sum:
        return key, SUM
    is_mean_of_sums = name in LOSSES or n_outputs == 1 or key == "categorical_cross_entropy"
    return key, BATCHMEAN if is_mean_of_sums else MEAN
