"""What leaves nnviz for other programs."""

SENTENCES = {
    "latex.copy": "Copy as LaTeX",
    "latex.copied": "LaTeX copied",
    "latex.copy_failed": "It could not be copied",
    "program.predict": "Return the outputs, (n_samples, {n_out}), of inputs, (n_samples, {n_in}).",
    "error.told": (
        "It must be an iteration, as nnviz.trace(network, inputs, targets, learning_rate) returns it, or one of its "
        "steps; it is of the type {given}"
    ),
    "error.code_of": (
        "It must be an nnviz.Network, or an iteration, as nnviz.trace(network, inputs, targets, learning_rate) returns "
        "it; it is of the type {given}"
    ),
    "error.language": "language: allowed are {allowed}; not {given!r}",
}
