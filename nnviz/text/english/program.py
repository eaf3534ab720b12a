"""The run as a program in NumPy."""

SENTENCES = {
    "fold.program": "As a program",
    "program.note": (
        "This run in NumPy, up to iteration {iteration:,}: it runs as it stands, and prints the numbers of that "
        "iteration. Samples are columns, so each line is that of all samples of an iteration at once."
    ),
    "program.copy": "Copy the program",
    "program.copied": "Program copied",
    "program.copy_failed": "Select it to copy it",
    "program.label": "The program",
    # In PyTorch
    "torch.title": "PyTorch does this by itself",
    "torch.label": "The program in PyTorch",
    "torch.note": (
        "Iteration {iteration:,} in PyTorch. Forward leaves a graph of what was computed from what; backward() goes "
        "through it the other way and multiplies by the chain rule. The gradients that it prints are those of this "
        "page: they stand below each line as they are computed."
    ),
    "torch.no_mistake": (
        "Iteration {iteration:,} in PyTorch. Forward leaves a graph of what was computed from what; backward() goes "
        "through it the other way and multiplies by the chain rule. It does not make the classic mistake of this page, "
        "so its gradients are others."
    ),
    "torch.by_itself": "In the place of Backward and Update",
    "torch.zero": "backward() adds to what is there",
    "torch.backward": "all gradients",
    "torch.step": "W = W - rate * W.grad, and b likewise",
    # What the program says of itself
    "program.heading": "Backpropagation in a {sizes} network.",
    "program.samples": "The samples, which become columns; the learning rate",
    "program.layer": "Layer {number}, {activation}: a row for each of its neurons",
    "program.masks": "1 is trained; 0 is fixed, or a link that is absent",
    "program.tied": "One and the same are {names}: each place has the sum",
    "torch.scalars": "Each a tensor of its own, as some are fixed, absent or in several places",
    "program.batch": "The samples of this iteration: {size} of them",
    "program.forward": "Forward",
    "program.backward": "Backward: all with the weights of the forward pass",
    "program.backward_by_rule": "The perceptron’s rule, which takes 1 for the slope of a step",
    "program.backward_in_place": "Backward, with the classic mistake: each layer is updated before the error goes on",
    "program.backward_output_for_input": (
        "Backward, with the classic mistake: each dW takes its layer’s outputs where its inputs belong"
    ),
    "program.update": "Update",
}
