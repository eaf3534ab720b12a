"""What the Python functions refuse."""

SENTENCES = {
    # What the Python functions refuse
    "error.manner": "{name}: allowed are {allowed}; not {given!r}",
    "error.manner_type": "manner: it must be an nnviz.Manner; it is of the type {given}",
    "error.theme": "theme: allowed are {allowed}; not {given!r}",
    "error.diagram": "diagram: allowed are {allowed}; not {given!r}",
    "error.diagram.tied": 'diagram: a "graph" has each weight and bias in one place, so none may be tied',
    "error.diagram.too_large": 'diagram: as a "graph" this network would be too large to read',
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
    "error.negative_slope": "negative_slope: it must be a number from 0 to 1; not {given!r}",
    "error.negative_slope.none": "negative_slope: only leaky_relu has one; the activation is {activation}",
    "error.mistakes": "{names}: allowed is one of them at a time",
    "error.switch": "{name}: allowed are True, False; not {given!r}",
    "error.layers_type": "layers: it must be a list of nnviz.Layer; it is of the type {given}",
    "error.layer_type": (
        "layers: layer {number} must be an nnviz.Layer, such as nnviz.Layer(weights=[[0.1, 0.2]]); "
        "it is of the type {given}"
    ),
    "error.no_layers": "layers: there must be at least one",
    "error.layers": (
        "layers: each row of weights of layer {number} must have a number for each neuron of layer {before}, "
        "{expected} in all; here it has {given}. The shape of weights is (n_out, n_in)"
    ),
    "error.loss": "loss: allowed are {allowed}; not {given!r}",
    "error.perceptron": "activation: step is allowed only in a network of one layer, with the loss half_squared_error",
    "error.reduction": "reduction: allowed are {allowed}; not {given!r}",
    "error.last_activation": (
        "loss: {loss} is allowed only where the last layer’s activation is {needed}; that of layer {number} is {given}"
    ),
    "error.network_type": "network: it must be an nnviz.Network; it is of the type {given}",
    "error.iteration_type": (
        "iteration: it must be what nnviz.trace(network, inputs, targets, learning_rate) returns; "
        "it is of the type {given}"
    ),
    "error.sample": "sample: it must be a whole number from 0 to {last}; not {given!r}",
    "error.batches": "{name}: it must be a whole number, {least} or more, or None; not {given!r}",
    "error.seed": "seed: it must be a whole number, 0 or more; not {given!r}",
    "error.test_problem": "samples of the test: {problem}",
    "error.share": "share: it must be a number from 0 to below 1, such as 0.2; not {given!r}",
    "error.split_counts": "there are {inputs} inputs and {targets} targets; a split needs as many of both",
    "error.split_type": "split: it must be an nnviz.Split, such as nnviz.Split(0.2, seed=1); it is of the type {given}",
    "error.page_split": "split: the page keeps a whole percentage from {least} to {most} % apart, or none; not {given}",
    "error.test_samples": "test_inputs and test_targets: one is given without the other",
    "error.batches_type": (
        "batches: it must be an nnviz.Batches, such as nnviz.Batches(size=10); it is of the type {given}"
    ),
    "error.inputs": "inputs: each row must have a number for each input, {expected} in all; here it has {given}",
    "error.targets": (
        "targets: the shape must be {expected}, a row for each sample with a number for each output; here it is {given}"
    ),
    "error.target_range": "targets: with {loss} each must lie from 0 to 1",
    "error.target_shares": "targets: with {loss} those of a sample must add up to 1, such as 0, 1, 0 for class 2",
    "error.classes": "targets: classes are whole numbers from 0 to {largest}; for anything else give a row a sample",
    "error.last_only": (
        "activation: {activation} is allowed only in the last layer, with the loss {loss}; here layer {number} has it"
    ),
    "error.one_share": (
        "activation: {activation} needs two outputs or more, as a single one would be 1 whatever the weights; "
        "for one output use sigmoid with binary_cross_entropy"
    ),
    "error.constraint.type": (
        "{name}: it must be names of weights and biases, such as fixed=('w1', 'b1'), absent=('w4',) or tied=(('b1', "
        "'b2'),); not {given!r}"
    ),
    "error.constraint.unknown": "{name}: there is no such weight or bias here; there are w1 to {last}{biases}",
    "error.constraint.absent_bias": (
        "{name}: only a weight can be absent; a bias that should not be there is fixed at 0, or its layer has none"
    ),
    "error.constraint.absent_and_more": "{name}: what is absent cannot be fixed or tied as well",
    "error.constraint.two_ties": "{name}: it is in more than one tie; put all that are one into one",
    "error.constraint.tie_of_one": "tied: a tie needs two names or more; {name!r} is alone",
    "error.constraint.mixed_tie": "{names}: weights can be tied to weights, and biases to biases",
    "error.constraint.tied_values": (
        "{name} is tied to {tied_to}, so both must begin with the same number; {tied_to} is {first}, {name} {other}"
    ),
    "error.constraint.no_input": "{name}: without this link its neuron would have no input left",
    "error.constraint.no_way_on": "{name}: without this link what it comes from would lead nowhere",
    "error.constraint.nothing_trained": "fixed: something must be left that is trained",
    "error.iterations": "iterations: it must be a whole number, 0 or more; not {given!r}",
    "error.rate": "learning rate: it must be a finite number greater than 0; not {given!r}",
}
