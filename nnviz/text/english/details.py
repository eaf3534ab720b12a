"""The table, the chain rules, the matrices, the activation curve."""

SENTENCES = {
    # The table and the chain rule
    "table.caption": "The weights, factor by factor",
    "table.weight": "weight",
    "table.value": "value",
    "table.change": "−α·∂E/∂w",
    "table.or_bias": "{header}, b",
    "table.change_of": "−α·∂E/∂{name}",
    "table.new": "new value",
    "table.fixed": "fixed: no update changes it",
    "table.absent": "absent: there is no such link",
    "table.hint": "Choose a weight for its whole chain rule. · means not computed yet.",
    "chain.title": "The chain rule of {name}",
    "chain.neuron": "All about {name}",
    "chain.given": "{name} is given by the sample: {value}.",
    "chain.fixed": "{name} is fixed: it takes part in the forward pass, but no update changes it.",
    "chain.absent_title": "No link {name}",
    "chain.absent": "{name} is absent: there is no such link, so it is in no sum, and no error goes back through it.",
    "chain.tied": (
        "{name} is one number in {count} places. So E changes with it along {count} paths, and its gradient is their "
        "sum."
    ),
    "chain.output_for_input": (
        "Wrong on purpose: ∂{sum}/∂{name} is the input {input}; the output {output} stands in its place."
    ),
    "chain.not_yet": "(not computed yet)",
    "chain.close": "Close",
    "chain.region": "Chain rule",
    "check.button": "Check this gradient",
    "check.losses": "ε is {epsilon}. At {name} + ε, E is {above}; at {name} − ε, E is {below}.",
    "check.slope": "Central difference (E({name} + ε) − E({name} − ε))/2ε: {slope}.",
    "check.error": "Backpropagation: {gradient}. Relative error: {error}.",
    "check.too_large": "There is nothing to compare: a number is too large for a 64-bit float.",
    "check.agrees": "They agree.",
    "check.differs": (
        "They do not agree: the gradient is wrong, as it is with a classic mistake, or E has a kink here."
    ),
    "check.level": "They agree as far as can be told: E is so flat here that its rounding hides the rest.",
    "check.by_rule": (
        "There is nothing to compare: E has no slope here, as a step is level. The perceptron’s rule takes the error "
        "times the input in its place, which is no derivative."
    ),
    "check.waits": "The check appears here as soon as the gradient is computed.",
    # The matrices
    "matrices.title": "In matrices",
    "matrices.waiting": "…",
    "matrices.none": "Nothing of this pass is a matrix.",
    "matrices.forward": "Layer {layer}, forward",
    "matrices.delta": "Layer {layer}, the error",
    "matrices.inputs": "The inputs, the error",
    "matrices.gradients": "Layer {layer}, gradients",
    "matrices.update": "Layer {layer}, update",
    "matrix.title": "Matrices of",
    "matrix.sample": "the sample that is shown",
    "matrix.batch": "all samples, a column each",
    "matrix.note.batchmean": (
        "As programs have it, each column is a sample. E is the mean over the samples; its 1/m, with m = {divisor:,}, "
        "comes where weights and biases add them up: so dZ is m times ∂E/∂z."
    ),
    "matrix.note.mean": (
        "As programs have it, each column is a sample. E is the mean over samples and outputs; its 1/m, with m = "
        "{divisor:,}, comes where weights and biases add the samples up: so dZ is m times ∂E/∂z."
    ),
    "matrix.note.mask": "M has 1 where a number is trained, and 0 where it is fixed or absent, so that it stays.",
    "matrix.note.tie": "tie(…) adds up what is one and the same, and puts the sum in all of its places.",
    "matrix.note.sum": "As programs have it, each column is a sample. E is their sum, so dZ is ∂E/∂z.",
    # All updates together
    "fold.updates": "All updates",
    "why.target": "The target {target} is fixed, so E can only shrink if the output changes.",
    "why.upstream": (
        "How fast E changes with the output is given, {target}, so E can only shrink if the output changes."
    ),
    "why.output": "The output {output} is made of inputs, which are fixed too, and of weights:",
    "why.weights": "So the weights must change, and biases that are trained: here {count:,} {count:number|numbers}.",
    "why.backward": "By how much, and in which direction, is what Backward computes; the update then makes it so:",
    "updates.layer": "Layer {layer}",
    "updates.elided": "The others are like these. Choose a weight in the table or in the network for its own.",
    # The equations for any layer
    "fold.any_layer": "For any layer",
    "any_layer.forward": "Forward",
    "any_layer.backward": "Backward and update",
    "any_layer.step": "step {number}",
    "any_layer.instance": "Now: {indices}",
    "any_layer.L": "the number of layers, the inputs not counted: {layers} here",
    "any_layer.N": "the number of neurons in layer l: {sizes} here, after {inputs} {inputs:input|inputs}",
    "any_layer.w": "the weight from neuron k of layer l−1 to neuron j of layer l",
    "any_layer.b": "the bias of neuron j in layer l, where there is one",
    "any_layer.z": "the weighted sum of neuron j in layer l",
    "any_layer.a": "its activation, or output; in layer 0 those are the inputs, in layer L the predictions",
    "any_layer.f": "the activation function of layer l: {functions} here",
    "any_layer.delta": "the error term of neuron j in layer l: ∂E/∂z",
    "any_layer.E": "the loss: {loss} here. Many texts write L for it, which is the number of layers too",
    "any_layer.alpha": "the learning rate",
    "any_layer.of_one.batchmean": (
        "These are the equations of one sample. E is the mean over {count:,}: step 1 is divided by {count:,}, and in "
        "steps 4 and 5 the samples are added up."
    ),
    "any_layer.of_one.mean": (
        "These are the equations of one sample. E is the mean over samples and outputs: step 1 is divided by "
        "{divisor:,}, and in steps 4 and 5 the samples are added up."
    ),
    "any_layer.of_one.sum": (
        "These are the equations of one sample. E is the sum over {count:,}: in steps 4 and 5 they are added up."
    ),
    "any_layer.by_rule": (
        "The step’s own f′(z) is 0, with which nothing would be learned. The perceptron’s rule takes 1 in its place: δ "
        "is ŷ − y, and w⁺ = w − α·(ŷ − y)·x. That is a rule, and no derivative of E."
    ),
    "any_layer.linear": "Without an activation function f(z) = z: a is z, and f′(z) = 1.",
    "any_layer.melted": "How steps 1 and 2 melt into one",
    "any_layer.melted_why": (
        "What step 1 divides by, step 2 multiplies by, and only the difference is left. It is computed as that "
        "difference at once, which holds too where a sigmoid is so near 0 or 1 that step 1 would divide by 0."
    ),
    "any_layer.shares": (
        "With softmax each output depends on all sums of the layer: one that grows takes its share from the others. So "
        "the derivatives are a matrix, a row for each output and a column for each sum:"
    ),
    "any_layer.melted_shares": (
        "The targets add up to 1, so of all these products only the difference of output and target is left. It is "
        "computed as that difference at once, which holds too where an output is so small that step 1 divides by 0."
    ),
    # The activation curve
    "curve.label": "The activation {activation}: z is {z}, {name} is {a}, and the slope there is {slope}.",
    "curve.label.softmax": (
        "The softmax with the other sums of the layer as they are: z is {z}, {name} is {a}, and the slope there is "
        "{slope}."
    ),
    "curve.slope": "slope {slope}",
    "curve.of_sample": "Sample {number}: {words}",
    "curve.saturated": "Saturated: the slope here is {slope}, so less than a hundredth of the gradient gets through.",
    "curve.flat": "The slope here is {slope}, so less than a hundredth of the gradient gets through.",
    "curve.by_rule": (
        "A step is level wherever it has a slope, so no gradient gets through. The perceptron’s rule takes 1 in its "
        "place."
    ),
    "curve.rounded": "The slope here is too small for a 64-bit float, which makes it 0: no gradient gets through.",
    "curve.dead": "The slope here is 0, so no gradient gets through.",
}
