"""The sentences in English."""

SENTENCES = {
    "step.too_large": "is too large for a 64-bit float: the error has diverged",
    "step.not_computed": "is not computed: the error has diverged",
    "error.diverged": "training diverged in iteration {iteration}: a number became too large for a 64-bit float",
}
