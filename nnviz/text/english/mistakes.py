"""The mistakes that students make in backpropagation: what each is called, and why it is one."""

SENTENCES = {
    "repr.mistake": "Mistake({mistake}: {name})",
    "error.iteration_type": "iteration must be what nnviz.trace returns, not a {given}.",
    "error.no_such_step": "“{given}” is no step of this iteration. Its steps have names such as “{example}”.",
    "error.numbers_of_step": "{name}: it has {expected} {expected:number|numbers}, one a sample, not {given}.",
    "error.no_exercise": "No numbers to practise with were found for this network: a smaller one has some.",
    "error.number_of_step": "{name}: “{given}” is no number, and no sum or product of numbers.",
    "mistake.bias-forgotten": "the bias left out",
    "mistake.bias-forgotten.why": "z is Σ w·x + b: the bias of the neuron is added to the products.",
    "mistake.activation-forgotten": "the activation left out",
    "mistake.activation-forgotten.why": "The neuron gives f(z) on, not z itself.",
    "mistake.activation-twice": "the activation applied twice",
    "mistake.activation-twice.why": "The neuron gives f(z) on; f of that again is one f too many.",
    "mistake.sign-in-sigmoid": "the minus in the sigmoid’s exponent left out",
    "mistake.sign-in-sigmoid.why": "σ(z) is 1/(1 + e^(−z)). Without the minus it is 1 − σ(z).",
    "mistake.softmax-not-normalized": "softmax not divided by the sum",
    "mistake.softmax-not-normalized.why": (
        "Each e^z is divided by the sum of all of them, so that the outputs are shares and add up to 1."
    ),
    "mistake.softmax-of-the-others": "its own term left out below the line of softmax",
    "mistake.softmax-of-the-others.why": "The sum below the line is that of all outputs, their own e^z included.",
    "mistake.sigmoid-for-softmax": "the sigmoid taken for softmax",
    "mistake.sigmoid-for-softmax.why": (
        "The sigmoid looks at one sum alone. Softmax compares all sums of the layer, and its outputs add up to 1."
    ),
    "mistake.weights-transposed": "rows and columns of the weights exchanged",
    "mistake.weights-transposed.why": (
        "A neuron’s sum takes the weights that lead into it, a row of the matrix, not those that lead out of the "
        "input of the same number."
    ),
    "mistake.half-forgotten": "the ½ of the error left out",
    "mistake.half-forgotten.why": "E is ½·Σ(ŷ − y)², so that its derivative is ŷ − y and not 2·(ŷ − y).",
    "mistake.half-kept": "the ½ of the error kept in its derivative",
    "mistake.half-kept.why": (
        "The derivative of ½·(ŷ − y)² is ŷ − y: the 2 that comes down cancels the ½. With two outputs, this is also "
        "the mean over the outputs where their sum is meant."
    ),
    "mistake.two-forgotten": "the 2 of the square left out of its derivative",
    "mistake.two-forgotten.why": "The derivative of (ŷ − y)² is 2·(ŷ − y): here no ½ cancels the 2.",
    "mistake.sum-instead-of-mean": "the samples summed where their mean is meant",
    "mistake.sum-instead-of-mean.why": "E is the mean over the samples, so each of them counts 1/N.",
    "mistake.mean-instead-of-sum": "the mean over the outputs where their sum is meant",
    "mistake.mean-instead-of-sum.why": "E sums over the outputs, so each of them counts in full.",
    "mistake.sign-of-loss": "the minus of cross-entropy left out",
    "mistake.sign-of-loss.why": "Logarithms of numbers below 1 are negative; the minus makes E positive.",
    "mistake.log-base-ten": "the logarithm taken to base 10",
    "mistake.log-base-ten.why": "The ln of cross-entropy is the natural logarithm, ln 10 ≈ 2.303 times as large.",
    "mistake.binary-cross-entropy": "binary cross-entropy of every class",
    "mistake.binary-cross-entropy.why": (
        "Categorical cross-entropy is −Σ y·ln ŷ: only the right class counts. The terms (1 − y)·ln(1 − ŷ) belong to "
        "outputs that are each by themselves right or wrong, behind sigmoids."
    ),
    "mistake.sign-of-error": "y − ŷ taken where it is ŷ − y",
    "mistake.sign-of-error.why": (
        "∂E/∂ŷ is ŷ − y: where the output is too small, a larger one lowers E, and the slope is negative. With the "
        "other sign the update goes uphill."
    ),
    "mistake.derivative-under-cross-entropy": "a derivative too many under cross-entropy",
    "mistake.derivative-under-cross-entropy.why": (
        "With cross-entropy behind a sigmoid or softmax, the derivative of the activation has cancelled already: δ is "
        "ŷ − y."
    ),
    "mistake.derivative-missing-at-output": "the derivative of the activation left out at the output",
    "mistake.derivative-missing-at-output.why": (
        "From ŷ back to z the error passes through the activation: ∂E/∂z is ∂E/∂ŷ·f′(z). ŷ − y alone is right with "
        "cross-entropy, or without an activation."
    ),
    "mistake.derivative-missing-at-hidden": "the derivative of the activation left out at hidden neurons",
    "mistake.derivative-missing-at-hidden.why": (
        "From h back to z the error passes through the activation: ∂E/∂z is ∂E/∂h·f′(z)."
    ),
    "mistake.derivative-of-z": "z put where the activation’s value belongs in its derivative",
    "mistake.derivative-of-z.why": "σ′(z) is a·(1 − a), and tanh′(z) is 1 − a², with a = f(z), not with z.",
    "mistake.derivative-of-activated": "the derivative taken at a instead of z",
    "mistake.derivative-of-activated.why": (
        "a·(1 − a) has the activation in it already: a is σ(z). Applying σ to a once more is one time too many."
    ),
    "mistake.half-a-derivative": "one factor of the activation’s derivative left out",
    "mistake.half-a-derivative.why": "σ′(z) is a·(1 − a), both factors of it; tanh′(z) is 1 − a², with its square.",
    "mistake.sign-of-derivative": "the activation’s derivative with the other sign",
    "mistake.sign-of-derivative.why": (
        "σ and tanh rise everywhere, so their derivatives are positive: a·(1 − a), and not a·(a − 1)."
    ),
    "mistake.other-derivative": "the derivative of another activation",
    "mistake.other-derivative.why": "σ′ is a·(1 − a), tanh′ is 1 − a², ReLU′ is 1 where z is above 0 and else 0.",
    "mistake.error-sent-back": "the output’s error sent back in place of its δ",
    "mistake.error-sent-back.why": (
        "What goes back through the weights is δ = ∂E/∂z of the output, which has the derivative of its activation in "
        "it, and not ŷ − y."
    ),
    "mistake.new-weights-backward": "the new weights used on the way back",
    "mistake.new-weights-backward.why": (
        "All gradients belong to the weights that the forward pass used. The update comes after all of them."
    ),
    "mistake.weights-missing-backward": "the weights left out on the way back",
    "mistake.weights-missing-backward.why": (
        "h acts on the next sum through its weight: ∂E/∂h is the sum of w·δ, not of δ alone."
    ),
    "mistake.path-dropped": "only one of several paths back",
    "mistake.path-dropped.why": (
        "h acts on E through every neuron behind it, and what is one number in several places from all of them; the "
        "parts of all these paths are added."
    ),
    "mistake.backward-index": "the transpose left out on the way back",
    "mistake.backward-index.why": (
        "Back to h go the weights that lead out of h, a column of the matrix, not the row of the same number."
    ),
    "mistake.other-input": "the input of another weight",
    "mistake.other-input.why": "∂E/∂w is δ of the neuron that w leads to, times the input that w comes from.",
    "mistake.other-neuron": "the δ of another neuron",
    "mistake.other-neuron.why": "∂E/∂w takes the δ of the neuron that w leads to.",
    "mistake.times-own-output": "the neuron’s own output where its input belongs",
    "mistake.times-own-output.why": "∂z/∂w is the input that w multiplies, not what comes out of the neuron.",
    "mistake.times-weight": "the weight itself where its input belongs",
    "mistake.times-weight.why": "z is w·x: by w its derivative is x; by x it would be w.",
    "mistake.delta-as-gradient": "the input left out of the weight’s gradient",
    "mistake.delta-as-gradient.why": "∂E/∂w is δ times the input; δ alone is the gradient of the bias.",
    "mistake.outer-product-transposed": "the gradients of two opposite weights exchanged",
    "mistake.outer-product-transposed.why": (
        "The matrix of the gradients has the shape of the weights: a row for each neuron, a column for each input."
    ),
    "mistake.averages-first": "means taken before multiplying",
    "mistake.averages-first.why": (
        "The gradient is the mean of the samples’ products δ·x; the product of the means is another number."
    ),
    "mistake.bias-gradient-times-input": "an input in the gradient of the bias",
    "mistake.bias-gradient-times-input.why": "z is Σ w·x + b, so ∂z/∂b is 1: ∂E/∂b is δ itself.",
    "mistake.bias-gradient-times-bias": "the bias itself in its gradient",
    "mistake.bias-gradient-times-bias.why": "z is Σ w·x + b, so ∂z/∂b is 1, not b: ∂E/∂b is δ itself.",
    "mistake.bias-gradient-zero": "0 taken for the gradient of the bias",
    "mistake.bias-gradient-zero.why": "The bias has no input, but it moves z one to one: ∂E/∂b is δ itself.",
    "mistake.plus-instead-of-minus": "plus in the update where it is minus",
    "mistake.plus-instead-of-minus.why": "The gradient points uphill, so the step is subtracted.",
    "mistake.rate-forgotten": "the learning rate left out",
    "mistake.rate-forgotten.why": "The step is α times the gradient, or times what the optimizer makes of it.",
    "mistake.rate-twice": "the learning rate multiplied in twice",
    "mistake.rate-twice.why": "The step has α once: α·∂E/∂w.",
    "mistake.step-instead-of-weight": "the step written for the new weight",
    "mistake.step-instead-of-weight.why": "The step is what a weight moves by; the new weight is the old one and that.",
    "mistake.rate-without-gradient": "the gradient left out of the update",
    "mistake.rate-without-gradient.why": "The step is α·∂E/∂w: how far, and which way, is up to the gradient.",
    "mistake.bias-not-updated": "the biases left as they were",
    "mistake.bias-not-updated.why": "A bias is a parameter as the weights are: b − α·∂E/∂b.",
    "mistake.decay-forgotten": "weight decay left out",
    "mistake.decay-forgotten.why": "With weight decay each weight is updated by ∂E/∂w + λ·w.",
    "mistake.other-gradient": "the gradient of another weight in the update",
    "mistake.other-gradient.why": "Each weight moves by its own gradient.",
    "mistake.rounded-on-the-way": "numbers rounded on the way",
    "mistake.rounded-on-the-way.why": (
        "Whoever goes on with two or three decimals loses digits at each step; go on with all that the calculator has."
    ),
    "mistake.shifted-point": "the decimal point in another place",
    "mistake.shifted-point.why": "The digits are right; the point is not.",
}
