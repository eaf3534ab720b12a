"""What leaves nnviz for other programs."""

SENTENCES = {
    "latex.copy": "Copy as LaTeX",
    "latex.copied": "LaTeX copied",
    "latex.copy_failed": "It could not be copied",
    "program.predict": "Return the outputs, (n_samples, {n_out}), of inputs, (n_samples, {n_in}).",
    "error.step": "step: it must be one of the iteration, or its name or id; not {given!r}",
    "standalone.heading": "One iteration of a {sizes} network",
    "standalone.mouse": "Point at a number for all its digits. Choose a weight in the table for its whole chain rule.",
    "standalone.touch": "Choose a weight in the table for its whole chain rule.",
    "standalone.end": "This is the end; there is one iteration in this file. Restart goes back to its start.",
    "widget.title": "One iteration of a {sizes} network, step by step",
    "error.widget_shape": "The network of the widget stays as large as it is: its weights are of shapes {shapes}.",
    "error.widget_number": "{name}: it must be a whole number from {least} to {most:,}; not {given}",
    "error.widget_extra": "nnviz.Widget needs {name}, which is not installed: pip install anywidget jinja2",
    "notebook.now": "The network at this step",
    "notebook.picture": "The network when all gradients are known",
    "error.page_size": (
        "The page shows networks of up to {inputs} inputs, {layers} layers of up to {neurons} neurons, and {outputs} "
        "outputs; this one is {given}."
    ),
    "error.page_samples": "The page shows up to {most:,} samples; here are {given:,}.",
    "error.link_too_long": (
        "These are too many numbers for a link, which may be {most:,} characters long. Use nnviz.save(path, …) and "
        "open the file on the page."
    ),
    "error.no_file": "{path} is not a file that nnviz has saved.",
    "error.file_elsewhere": "This file was saved on another page, “{lesson}”; only those of the network can be loaded.",
    "error.file_unknown": "Unknown: {names}.",
    "error.file": "{path} could not be loaded. {details}",
    "error.file_iteration": "iteration: it must be a whole number from 1 to {most:,}",
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
