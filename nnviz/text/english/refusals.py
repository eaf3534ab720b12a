"""What the Python functions refuse."""

SENTENCES = {
    # What the Python functions refuse
    "error.manner": "{name}: allowed are {allowed}; not {given!r}",
    "error.theme": "theme: allowed are {allowed}; not {given!r}",
    "error.diverged": "training diverged in iteration {iteration}: a number became too large for a 64-bit float",
    "error.numbers": "{name}: only numbers are allowed, in a list, or in a list of rows of equal length",
    "error.dimensions": (
        "{name}: the number of dimensions must be {expected} (1 is a list of numbers, 2 a list of rows of numbers), "
        "and none may be empty; the shape here is {given}"
    ),
    "error.finite": "{name}: every number must be finite, neither NaN nor infinite",
    "error.biases": (
        "biases: there must be {expected}, one for each of the layer’s neurons; there {given:is|are} {given}"
    ),
    "error.activation": "activation: allowed are {allowed}; not {given!r}",
    "error.no_layers": "layers: there must be at least one",
    "error.layers": (
        "layers: each row of weights of layer {number} must have {expected} {expected:number|numbers}, one for each "
        "neuron of the layer before; there {given:is|are} {given}"
    ),
    "error.loss": "loss: allowed are {allowed}; not {given!r}",
    "error.last_activation": "loss: {loss} is allowed only where the last layer's activation is {needed}",
    "error.inputs": (
        "inputs: each row must have {expected} {expected:number|numbers}, one for each input; there {given:is|are} "
        "{given}"
    ),
    "error.targets": (
        "targets: the shape must be {expected}, a row for each sample with a number for each output; here it is {given}"
    ),
    "error.target_range": "targets: with binary_cross_entropy each must lie from 0 to 1",
    "error.iterations": "iterations: it must be a whole number, 0 or more; not {given!r}",
    "error.rate": "learning rate: it must be a finite number greater than 0; not {given!r}",
}
