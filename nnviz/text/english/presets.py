"""The presets: name, source, and what to look at."""

SENTENCES = {
    # The presets
    "preset.title": "Example",
    "preset.2-2-1.name": "2-2-1, step by step",
    "preset.2-2-1.source": "hmkcode, “Backpropagation Step by Step”",
    "preset.2-2-1.look": "Follow −0.809 from E back to each weight: every gradient has it as a factor.",
    "preset.2-2-1-sigmoid.name": "2-2-1 with sigmoid and biases",
    "preset.2-2-1-sigmoid.source": "made for nnviz from the network of “Backpropagation Step by Step”",
    "preset.2-2-1-sigmoid.look": (
        "Each neuron is now two steps, z and σ(z), and each gradient has a factor σ′(z) that is at most 0.25."
    ),
    "preset.mazur.name": "2-2-2, Mazur’s example",
    "preset.mazur.source": "Matt Mazur, “A Step by Step Backpropagation Example”, biases fixed as printed",
    "preset.mazur.look": (
        "The error after the update is 0.291027774. The printed 0.291027924 comes from updating the output layer "
        "first: choose “in place” under “How it is told” to get it."
    ),
    "preset.and.name": "One neuron learns AND",
    "preset.and.source": "the sigmoid neuron of “Fungsi kerugian” (seeds/000), C = (1/2N)Σ(ŷ − y)²",
    "preset.and.look": "Each gradient is a sum over the four samples. Choose another sample to see its part.",
    "preset.fahrenheit.name": "Fahrenheit from Celsius",
    "preset.fahrenheit.source": "“Jaringan Saraf Neuron Tunggal dengan Python” (seeds/003), samples from −50 to 49 °C",
    "preset.fahrenheit.look": (
        "w moves far in the first step, b hardly: the gradient of w has c as a factor. Train 10,000 iterations, "
        "and both are there: 1.8 and 32."
    ),
    "preset.fahrenheit-slow.name": "Fahrenheit, rate 0.0001: too slow",
    "preset.fahrenheit-slow.source": (
        "“Jaringan Saraf Neuron Tunggal dengan Python” (seeds/003), with a tenth of its rate"
    ),
    "preset.fahrenheit-slow.look": (
        "Train 10,000 iterations: w is nearly there, b is not, at 27.7 of 32. The valley is steep across and "
        "flat along."
    ),
    "preset.fahrenheit-diverges.name": "Fahrenheit, rate 0.002: diverges",
    "preset.fahrenheit-diverges.source": (
        "“Jaringan Saraf Neuron Tunggal dengan Python” (seeds/003), with twice its rate"
    ),
    "preset.fahrenheit-diverges.look": (
        "Train it: each step overshoots by more than the last. Above about 0.0012 no start is near enough."
    ),
    "preset.xor.name": "XOR 2-3-1, as printed",
    "preset.xor.source": "“Apa itu Backpropagation” (seeds/004), weights normal · 0.1, rate 0.1",
    "preset.xor.look": (
        "All gradients are tiny: the four samples pull against each other. Train 10,000 iterations, and it still "
        "stands on a plateau, with E at ln 2."
    ),
    "preset.xor-learns.name": "XOR 2-3-1 that learns",
    "preset.xor-learns.source": "“Apa itu Backpropagation” (seeds/004), but weights normal · 1, rate 1",
    "preset.xor-learns.look": (
        "Larger weights make the hidden neurons differ, so that their gradients differ too. Train 1,000 "
        "iterations, and see what was learned."
    ),
    "preset.vanishing.name": "2-4-4-1, gradients that shrink",
    "preset.vanishing.source": "made for nnviz, tanh in every layer",
    "preset.vanishing.look": (
        "Compare the gradients of the three layers: each is several times smaller than that of the layer behind it."
    ),
    "preset.dead-relu.name": "2-2-1 with a dead ReLU",
    "preset.dead-relu.source": "made for nnviz",
    "preset.dead-relu.look": "z1 is below 0, so h1 is 0 and so is its slope: no gradient reaches its weights.",
    "preset.own": "A network of your own",
    "preset.about": "{look} Source: {source}.",
}
