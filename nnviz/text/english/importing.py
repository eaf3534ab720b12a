"""Networks from elsewhere: what of them cannot be shown, and what can."""

SENTENCES = {
    "import.layer": (
        "{what} cannot be shown. What can: fully connected layers, each with one of these activations behind "
        "it: {shown}."
    ),
    "import.wrong": "{where}: {problem}",
    "import.empty": "There is no fully connected layer.",
    "import.chain": (
        "{where}: its weights have the shape {given}, but there {expected:is|are} {expected} "
        "{expected:number|numbers} behind {before}. The shape of weights is (n_out, n_in)."
    ),
    "import.large": "The network has more than {most:,} weights, and that many are not read.",
    "import.activation_alone": (
        "{where}: {given} must stand behind a fully connected layer that has no other activation."
    ),
    "import.activations": "activations: there must be a list of {count}, one for each layer; here is {given!r}",
    "import.which_activations": (
        "The file does not say the activations. Say them, one for each of its layers, {count} in all: "
        'from_file(path, activations=["tanh", …]).'
    ),
    "import.logits": (
        "loss: it has an activation of its own, so there must be none behind the last layer, {where}; here it is "
        "{given}."
    ),
    "import.loss": "loss: {given} is none that can be shown. Those that can: {allowed}.",
    "import.log_softmax": (
        "loss: {given} does not fit the last layer: NLLLoss belongs behind a LogSoftmax, and no other loss does."
    ),
    "import.loss_settings": (
        "loss: {given} can be shown as the mean or the sum of its parts, and without weights or smoothing of labels."
    ),
    "import.estimator": "{given} cannot be shown. Estimators that can: {shown}.",
    "import.loss_of": "{given} with the loss {loss} cannot be shown.",
    "import.pipeline": (
        "{given}: give its last step, pipeline[-1], and samples that the steps before have transformed. What can be "
        "shown: {shown}."
    ),
    "import.coefs": (
        "coefs_ and intercepts_ must be lists of equal length; here they are {coefs} and {intercepts} long."
    ),
    "import.unfitted": "{given} is not fitted yet, so it has no weights.",
    "import.no_module": "{given} is no model of PyTorch: a torch.nn.Module is needed.",
    "import.no_keras": "{given} is no model of Keras: a keras.Sequential or a keras.Model is needed.",
    "import.dropout": "{where}: it drops numbers at random. Call model.eval() first, and it passes them as they are.",
    "import.other_order": (
        "{given} does not compute its parts one after the other, in the order in which they were made, or there are "
        "functions between them that are no parts. Build it as a Sequential of layers and activations."
    ),
    "import.not_run": "{given} could not be run on rows of numbers, to see what it computes: {problem}",
    "import.kernel": (
        "{where}: a kernel of Keras has the shape (n_in, n_out), and here n_out is {units}; the shape here is {given}."
    ),
    "import.keras_weights": (
        "The weights are not those of the layers. Beside what model.to_json() writes, “weights” must be the list of "
        "the arrays of model.get_weights(), as lists."
    ),
    "import.no_state": "There are no arrays by name.",
    "import.state_name": (
        "{name}: this is no name of weights or biases. Such are fc1.weight, of shape (n_out, n_in), fc1.kernel, of "
        "shape (n_in, n_out), and fc1.bias."
    ),
    "import.state_twice": "{name}: its layer has two such arrays.",
    "import.state_biases": "{where}: there are biases without weights.",
    "import.state_shapes": (
        "{where}: weights of the shape {weights} need a bias for each row; the shape here is {biases}."
    ),
    "import.state_order": (
        "The layers do not fit each other in one order alone: {shapes}. Number their names in the order of the "
        "network, and give weights the shape (n_out, n_in)."
    ),
    "import.state_transposed": (
        "The weights seem to be transposed: {shapes}. Give them the shape (n_out, n_in), or call them “kernel”."
    ),
    "import.unknown": (
        "This is none of the files that are read, or it is damaged. Those that are: safetensors, ONNX, and JSON of a "
        "state dict, of scikit-learn or of Keras."
    ),
    "import.damaged": "This is no file of {format} that can be read: it is damaged, or of another kind.",
    "import.type": "{name}: numbers of the type {given} are not read. Those that are: {allowed}.",
    "import.array_size": "{name}: its numbers are not as many as the shape {shape} needs.",
    "import.onnx_ends": (
        "The graph must have one input and one output; here {inputs:is one input|are {inputs} inputs} and {outputs}."
    ),
    "import.onnx_chain": (
        "{where}: the graph goes on from it in a way that is no chain of layers, one after the other, with constant "
        "weights."
    ),
    "import.node": "node {number}",
    "import.file_large": "The file is larger than {most} MB, and that much is not read.",
    "import.file_empty": "The file is empty.",
    "import.zip": (
        "This is a ZIP archive, as PyTorch and Keras write by themselves; it is not unpacked. Save the model’s "
        "parameters as safetensors, the model as ONNX, or give it to nnviz.from_torch or nnviz.from_keras in Python."
    ),
    "import.hdf5": (
        "This is an HDF5 file, which is not read. Save the model as JSON with its weights, or give it to "
        "nnviz.from_keras in Python."
    ),
    "import.pickle": (
        "This is a pickle, which is never opened, as it may run anything. Save the parameters as safetensors, or give "
        "the model itself to nnviz.from_sklearn or nnviz.from_torch in Python."
    ),
    # On the page
    "import.opened": "Its network is {sizes}.",
    "import.guessed": (
        "It does not say the {count:activation|activations}, so {count:this is a guess|these are guesses}: {names}. "
        "Choose others under “Build a network”."
    ),
    "import.samples": "The samples that were here were made to fit.",
    # Matrices that are pasted
    "matrices.paste": "Or paste weights",
    "matrices.use": "Use these weights",
    "matrices.note": (
        "As NumPy, PyTorch, MATLAB, Python or JSON write them, a row for each neuron: W1 for the weights of the first "
        "layer, b1 for its biases. The weights of all layers may have other shapes than those that are here."
    ),
    "matrices.names": "Call matrices W1, b1, W2, …, by the layers here; those of all layers may have other names too.",
    "matrices.which": (
        "The shape {given} does not say which layer this is. Call it by its layer, as in W1 = …. The shapes here are "
        "{shapes}."
    ),
    "matrices.no_layer": "{name}: there {count:is|are} {count} {count:layer|layers} here.",
    "matrices.shape": (
        "{name}: the shape must be {expected}, a row for each neuron with a number for each of its inputs; here it is "
        "{given}."
    ),
    "matrices.turned": (
        "{name}: the shape must be {expected}; here it is {given}, so it may be transposed: a row belongs to a neuron, "
        "and has a number for each of its inputs."
    ),
    "matrices.biases": "{name}: there must be a row of {expected}, one for each neuron; here the shape is {given}.",
    "matrices.too_long": "The text has more than {most:,} characters. Paste the weights of the network alone.",
    "matrices.too_many": "There are more than {most:,} numbers. Paste the weights of the network alone.",
    "matrices.no_numbers": "There are no numbers. Such as: W1 = [[0.11, 0.21], [0.12, 0.08]].",
    "matrices.in_line": "the matrix in line {line}",
    "matrices.rows": (
        "Row {row} of {name} has {given:,} {given:number|numbers}, and the first row has {first:,}. All must be "
        "as long."
    ),
    "matrices.open": "Line {line}: the text ends within a bracket.",
    "matrices.finite": "Line {line}: {given} is no finite number.",
    "matrices.doubtful": (
        "Line {line}: before {given} it is not clear where one number ends and the next begins. Use points for "
        "decimals, and blanks or commas between numbers."
    ),
    "matrices.word": "Line {line}: “{given}” is no number.",
}
