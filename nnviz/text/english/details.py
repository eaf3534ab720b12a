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
    "table.hint": "Choose a weight for its whole chain rule. · means not computed yet.",
    "chain.title": "The chain rule of {name}",
    "chain.neuron": "All about {name}",
    "chain.given": "{name} is given by the sample: {value}.",
    "chain.fixed": "{name} is fixed: it takes part in the forward pass, but no update changes it.",
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
    "check.waits": "The check appears here as soon as the gradient is computed.",
    # The matrices
    "matrices.title": "In matrices",
    "matrices.waiting": "…",
    "matrices.none": "Nothing of this pass is a matrix.",
    "matrices.forward": "Layer {layer}, forward",
    "matrices.delta": "Layer {layer}, the error",
    "matrices.gradients": "Layer {layer}, gradients",
    "matrices.update": "Layer {layer}, update",
    # All updates together
    "fold.updates": "All updates",
    "updates.layer": "Layer {layer}",
    # The activation curve
    "curve.label": "The activation {activation}: z is {z}, {name} is {a}, and the slope there is {slope}.",
    "curve.slope": "slope {slope}",
    "curve.of_sample": "Sample {number}: {words}",
    "curve.saturated": "Saturated: the slope here is {slope}, so less than a hundredth of the gradient gets through.",
    "curve.rounded": "The slope here is too small for a 64-bit float, which makes it 0: no gradient gets through.",
    "curve.dead": "The slope here is 0, so no gradient gets through.",
}
