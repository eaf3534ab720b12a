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
        "output layer first: choose the update “in place” under “Steps, symbols and update” to get it."
    ),
    "preset.and.name": "One neuron learns AND",
    "preset.and.source": "the sigmoid neuron of {source}, with its loss (1/2N)Σ(ŷ − y)²",
    "preset.and.look": "Each gradient is a sum over the four samples. Choose another sample to see its part.",
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
    "preset.vanishing.name": "2-4-4-1, gradients that shrink",
    "preset.vanishing.source": "made for nnviz, tanh in every layer",
    "preset.vanishing.look": (
        "Compare the gradients of the three layers in iteration 1: towards the inputs they become several times "
        "smaller with each layer."
    ),
    "preset.dead-relu.name": "2-2-1 with a dead ReLU",
    "preset.dead-relu.source": "made for nnviz",
    "preset.dead-relu.look": "z1 is below 0, so h1 is 0 and so is its slope: no gradient reaches its weights.",
    "preset.own": "A network of your own",
    "preset.about": "{look} Source: {source}.",
    "preset.changed": "You have changed the numbers of “{name}”. Its source: {source}.",
}
