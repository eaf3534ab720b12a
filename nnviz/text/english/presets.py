"""The presets: name, source, and what to look at; and the sources’ names."""

SENTENCES = {
    # The sources
    "source.step-by-step": "hmkcode, “Backpropagation Step by Step”",
    "source.mazur": "Matt Mazur, “A Step by Step Backpropagation Example”",
    "source.single-neuron": "WebAlive, “Single Neuron Neural Network on Python – With Mathematical Intuition”",
    "source.role": "Data Science Stack Exchange, “Role derivative of sigmoid function in neural networks”",
    "source.any-layers": "“Apa itu Backpropagation” (in Indonesian)",
    "source.derivation": "“Sigmoidfunktionsavledning för neurala nätverk” (in Swedish)",
    # The presets
    "preset.title": "Example",
    "preset.2-2-1.name": "2-2-1, step by step",
    "preset.2-2-1.source": "{source}",
    "preset.2-2-1.look": (
        "Follow ŷ − y, which is −0.809 in iteration 1, from E back to each weight: every gradient has it as a factor."
    ),
    "preset.2-2-1-sigmoid.name": "2-2-1 with sigmoid and biases",
    "preset.2-2-1-sigmoid.source": "made for nnviz from the network of {source}",
    "preset.2-2-1-sigmoid.look": (
        "Each neuron now takes two steps, z and σ(z), and each gradient has a factor σ′(z), which is at most 0.25."
    ),
    "preset.mazur.name": "2-2-2, Mazur’s example",
    "preset.mazur.source": "{source}, with the biases fixed as printed",
    "preset.mazur.look": (
        "After the first update the error is 0.291027774. The source prints 0.291027924, which comes from updating the "
        "output layer first: choose the update “in place” under “Picture, steps, symbols and update” to get it."
    ),
    "preset.and.name": "One neuron learns AND",
    "preset.and.source": "the sigmoid neuron of {source}, with its loss (1/2N)Σ(ŷ − y)²",
    "preset.and.look": "Each gradient is a sum over the four samples. Choose another sample to see its part.",
    "preset.perceptron.name": "A perceptron learns AND",
    "preset.perceptron.source": "made for nnviz: a step for the activation, the perceptron’s rule for its slope",
    "preset.perceptron.look": (
        "Each iteration uses one sample, and moves the weights only where the output is wrong, first in iteration 4. "
        "After iteration 11 all four are right, and nothing moves any more."
    ),
    "preset.fahrenheit.name": "Fahrenheit from Celsius",
    "preset.fahrenheit.source": "{source}; x1 is its Celsius, w1 its weight, b1 its bias; its rate is not in the text",
    "preset.fahrenheit.look": (
        "In the first step w1 moves far and b1 hardly at all: the gradient of w1 has x1 as a factor. Train 10,000 "
        "iterations, and both arrive: 1.8 and 32."
    ),
    "preset.fahrenheit-slow.name": "Fahrenheit, rate 0.0001: too slow",
    "preset.fahrenheit-slow.source": "{source}, with the learning rate of its published programs",
    "preset.fahrenheit-slow.look": (
        "Train 10,000 iterations: w1 is nearly there, but b1 is at 27.7 of 32. The valley of E is steep across and "
        "almost flat along."
    ),
    "preset.fahrenheit-diverges.name": "Fahrenheit, rate 0.002: diverges",
    "preset.fahrenheit-diverges.source": "{source}, with too high a learning rate",
    "preset.fahrenheit-diverges.look": (
        "Train it: each step overshoots by more than the one before. Above a rate of about 0.0012 it diverges from "
        "practically any start."
    ),
    "preset.fahrenheit-one.name": "Fahrenheit, one sample: 42 is 107.6",
    "preset.fahrenheit-one.source": "{source}, with its one sample and its weight 0.8",
    "preset.fahrenheit-one.look": (
        "Should w1 go from 0.8 to 0.9, or to 0.7? Its gradient is negative, so E falls as w1 grows: up it goes. Train "
        "100 iterations, and 42 gives 107.6, with w1 at 2.549 and b1 at 0.5416: one sample leaves many such pairs."
    ),
    "preset.fahrenheit-two.name": "Fahrenheit, two samples",
    "preset.fahrenheit-two.source": "{source}, which takes two samples to find ∂E/∂ŷ; its numbers are made for nnviz",
    "preset.fahrenheit-two.look": (
        "∂E/∂ŷ is a number for each sample, 2·(ŷ − y)/2, and ∂E/∂w1 is the sum of both, each times its own x1. Two "
        "samples lie on one line only: train 10,000 iterations, and it is there, 1.8 and 32."
    ),
    "preset.xor.name": "XOR 2-3-1, as printed",
    "preset.xor.source": "{source}, weights normal · 0.1, learning rate 0.1",
    "preset.xor.look": (
        "All gradients are tiny: the four samples pull against each other. Train 10,000 iterations, and it still "
        "stands on a plateau, with E at ln 2."
    ),
    "preset.xor-learns.name": "XOR 2-3-1 that learns",
    "preset.xor-learns.source": "{source}, but with weights normal · 1 and learning rate 1",
    "preset.xor-learns.look": (
        "Larger weights make the hidden neurons differ, so their gradients differ too. Train 1,000 iterations, and "
        "look at the predictions."
    ),
    "preset.three-classes.name": "Three classes: softmax",
    "preset.three-classes.source": "made for nnviz",
    "preset.three-classes.look": (
        "The three outputs are shares and add up to 1. E is −ln of the share of the right class, and the gradient of "
        "each sum is simply ŷ − y: “For any layer” shows why. Train 300 iterations and see the map of classes."
    ),
    "preset.vanishing.name": "2-4-4-1, gradients that shrink",
    "preset.vanishing.source": "made for nnviz, tanh in every layer",
    "preset.vanishing.look": (
        "Compare the gradients of the three layers in iteration 1: towards the inputs they become several times "
        "smaller with each layer."
    ),
    "preset.dead-relu.name": "2-2-1 with a dead ReLU",
    "preset.dead-relu.source": "made for nnviz",
    "preset.dead-relu.look": "z1 is below 0, so h1 is 0 and so is its slope: no gradient reaches its weights.",
    # Notes on the sources
    "note.perceptron-rule": (
        "A step is level wherever it has a slope, so its derivative is 0, and backpropagation would move nothing. The "
        "perceptron’s rule takes 1 in its place: w⁺ = w − α·(ŷ − y)·x. It is a rule, and no derivative of E."
    ),
    "note.threshold": (
        "A threshold is a bias with the other sign: x1·w1 + x2·w2 is above 0.4 where x1·w1 + x2·w2 − 0.4 is above 0. "
        "So b1 begins at −0.4, and is trained as the threshold is."
    ),
    "note.title": "Notes on the source",
    "note.why-backward": (
        "Why Backward begins at ŷ: the target is fixed, so E can only shrink if ŷ changes. ŷ is made of inputs, which "
        "are fixed too, and of weights: ŷ = (x1·w1 + x2·w2)·w5 + (x1·w3 + x2·w4)·w6. So the weights must change. By "
        "how much, and in which direction, is what Backward computes."
    ),
    "note.hyperparameter": (
        "The learning rate α is a hyperparameter: training does not find it, so one tries several. What each size of "
        "it does is told on the page “Gradient descent”."
    ),
    "note.copied-operands": (
        "In its second forward pass the post prints under h1 and h2 the operands of the first pass. With its own new "
        "weights, 0.12, 0.23, 0.13 and 0.10, they give 0.93 and 0.56."
    ),
    "note.rounded-output": (
        "There the post prints ŷ = 0.26. From the numbers beside it, 0.92·0.17 + 0.56·0.17 is 0.2516: they were "
        "rounded before they were used. From exact ones ŷ is 0.2557."
    ),
    "note.sigma-minus": "The source prints σ(z) without a minus in its exponent; it is 1/(1 + e⁻ᶻ).",
    "note.factor-x": (
        "The source prints ∂ŷ/∂w = σ(z)·(1 − σ(z)); it is that times x, because z = w·x + b grows by x where w grows "
        "by 1."
    ),
    "note.half-of-mean": (
        "A loss with 1/(2N) in front is half of one with 1/N, so both have their minimum in the same place. The half "
        "cancels the 2 that the square leaves in the derivative."
    ),
    "note.sign-and-size": (
        "What a gradient says: its sign, in which direction a parameter must go (where it is positive, E grows with "
        "the parameter, which is therefore made smaller); its size, how steep E is there, and so how far one step "
        "goes."
    ),
    "note.up-or-down": (
        "The document asks whether 0.8 should become 0.9 or 0.7, and makes up an E of 123.45 for it. With b1 = 0.5, E "
        "is 5402.25 at 0.8, 4802.49 at 0.9 and 6037.29 at 0.7. The gradient tells without trying: it is negative."
    ),
    "note.divided-already": (
        "The document says that the sums for w1 and b1 need not be divided by the number of samples, as the learning "
        "rate makes them small anyway. They are divided already: the N is in ∂E/∂ŷ = 2·(ŷ − y)/N."
    ),
    "note.dependency-diagram": (
        "The source draws which number depends on which. For that picture, choose “as a computation graph” under "
        "“Picture, steps, symbols and update”."
    ),
    "note.random-start": (
        "The source’s program draws w1 and b1 at random from 0 to 1. To start so, choose that under “Weight "
        "initialization” in “Build a network”; a seed brings the same numbers back."
    ),
    "note.output-for-input": (
        "A published copy of the source’s program multiplies by the output where the input belongs, in the gradient "
        "of w1. From w1 = b1 = 0.5, at rate 0.0001, it ends after 10,000 iterations at 1.873 and 27.78, and looks "
        "trained. To see it, choose the update “output for input” under “Picture, steps, symbols and update”."
    ),
    "note.mean-at-weights": (
        "The source’s program takes the mean over the samples at the weights, dW = (1/m)·δ·aᵀ; here the mean is part "
        "of E, so that each δ has it already. The gradients are the same."
    ),
    "preset.own": "A network of your own",
    "preset.about": "{look} Source: {source}.",
    "preset.mistaken": (
        "This is “{name}” with a classic mistake, which can be switched off under “Picture, steps, symbols and "
        "update”. Its source: {source}."
    ),
    "preset.changed": "You have changed the numbers of “{name}”. Its source: {source}.",
}
