"""The losses of other libraries, by the names that they have here."""

from nnviz.engine.losses import LOSSES
from nnviz.text import say

FITTING = {"sigmoid": "binary_cross_entropy", "softmax": "categorical_cross_entropy"}
OF_OUTPUTS = "_of_outputs"  # ends the names of losses that are a mean over the outputs
NAMES = {  # elsewhere, in lower case and without underscores: what it is here, a mean over the outputs
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


def loss_named(name: str, n_outputs: int) -> str:
    """Return the name here of a loss that has one elsewhere, or has it here.

    Elsewhere a loss is the mean over the outputs; categorical cross-entropy is a sum over them there too. Raises
    ValueError where there is no such loss here.
    """
    if name in LOSSES:
        return name
    key = NAMES.get(name.lower().replace("_", ""), "")
    if n_outputs > 1 and key != "categorical_cross_entropy":
        key += OF_OUTPUTS
    if key not in LOSSES:
        raise ValueError(say("import.loss", given=name, outputs=n_outputs, allowed=", ".join(LOSSES)))
    return key
