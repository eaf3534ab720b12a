"""Networks of several shapes, and by hand where their quantities live and what each step is made of."""

from collections.abc import Iterator
from itertools import pairwise

import nnviz
from tests.examples import MAZUR_WITH_BIASES, STEP_BY_STEP, Example
from tests.problems import MADE_FOR

# The weights, inputs and targets below are odd enough that no two numbers of an iteration look alike.
TANH = Example(
    network=nnviz.Network(
        [
            nnviz.Layer(
                [[0.137, -0.721, 0.293], [0.419, 0.057, -0.883], [-0.361, 0.647, 0.183], [0.773, -0.239, 0.541]],
                activation="tanh",
            ),
            nnviz.Layer([[0.317, -0.587, 0.149, 0.863], [-0.673, 0.227, 0.491, -0.113]], activation="tanh"),
        ]
    ),
    inputs=[[0.713, -1.39, 2.17]],
    targets=[[0.37, -0.59]],
    learning_rate=0.17,
)
ONE_WEIGHT = Example(nnviz.Network([nnviz.Layer([[-0.731]])]), [[1.37]], [[0.59]], 0.17)
THREE_LAYERS = Example(
    network=nnviz.Network(
        [
            nnviz.Layer([[0.613, -0.271], [0.149, 0.587], [-0.353, 0.911]], [0.071, -0.043, 0.019], "relu"),
            nnviz.Layer([[0.439, 0.823, -0.167], [-0.719, 0.383, 0.241], [0.557, -0.131, 0.673]]),
            nnviz.Layer([[0.947, -0.463, 0.179]], [0.029]),
        ],
        loss="mean_squared_error",
    ),
    inputs=[[1.73, 0.877]],
    targets=[[0.691]],
    learning_rate=0.083,
)
CROSS_ENTROPY = Example(
    network=nnviz.Network(
        [
            nnviz.Layer([[0.131, -0.277], [0.389, 0.463]], [0.097, 0.211], "sigmoid"),
            nnviz.Layer([[0.173, -0.239], [0.347, 0.421]], [0.127, 0.223], "sigmoid"),
        ],
        loss="binary_cross_entropy",
    ),
    inputs=[[1.19, 2.33]],
    targets=[[0.17, 0.83]],
    learning_rate=0.57,
)
SOFTMAX = Example(
    network=nnviz.Network(
        [
            nnviz.Layer([[0.2, -0.4], [0.7, 0.1], [-0.5, 0.3]], [0.1, -0.2, 0.05], "tanh"),
            nnviz.Layer([[0.6, -0.1, 0.4], [-0.3, 0.8, 0.2], [0.15, -0.7, -0.45]], [0.05, -0.1, 0.2], "softmax"),
        ],
        loss="categorical_cross_entropy",
    ),
    inputs=[[0.53, -0.31]],
    targets=[[0.17, 0.21, 0.62]],
    learning_rate=0.5,
)
# One bias for the hidden layer, a weight in two places, one that is fixed, and a link that is absent.
CONSTRAINED = Example(
    network=nnviz.Network(
        [
            nnviz.Layer([[0.137, -0.721], [0.419, 0.137]], [0.293, 0.293], "sigmoid"),
            nnviz.Layer([[0.317, -0.587], [0.149, 0.863]], [0.071, -0.113]),
        ],
        fixed=["w5", "b4"],
        absent=["w3"],
        tied=[["b1", "b2"], ["w1", "w4"]],
    ),
    inputs=[[0.713, -1.39]],
    targets=[[0.37, -0.59]],
    learning_rate=0.17,
)
EXAMPLES = {
    "2-2-1": STEP_BY_STEP,
    "2-2-2 sigmoid": MAZUR_WITH_BIASES,
    "3-4-2 tanh": TANH,
    "1-1": ONE_WEIGHT,
    "2-3-3-1": THREE_LAYERS,
    "2-2-2 cross-entropy": CROSS_ENTROPY,
    "2-3-3 softmax": SOFTMAX,
}
# A network whose gradients are all zero, and one whose prediction is too large for a float.
LEVEL = Example(STEP_BY_STEP.network, [[0, 0]], [[0]], 0.05)
DIVERGING = Example(nnviz.Network([nnviz.Layer([[1e200, 1.0]])]), [[1e200, 1]], [[1]], 0.05)

# Each result of the 2-2-1 network as it is shown, in seven digits.
NOT_EXACT = {"∂E/∂h1": "-0.11326", "∂E/∂h2": "-0.12135", "ŷ⁺": "0.2557458", "E⁺": "0.2769572"}
SHOWN = {name: text.replace("-", "−") for name, text in {**STEP_BY_STEP.exact, **NOT_EXACT}.items()}


def places(sizes: tuple[int, ...]) -> dict[str, str]:
    """Return the key of each quantity's place, numbered layer by layer, neuron by neuron, input by input."""
    found = {f"x{i + 1}": f"neuron-0-{i}-0" for i in range(sizes[0])} | {"E": "loss-0-0-0", "α": "rate-0-0-0"}
    n_weights = n_neurons = 0
    for layer, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        is_last = layer == len(sizes) - 1
        for unit in range(n_out):
            n_neurons += 1
            suffix = str(unit + 1) if n_out > 1 else ""
            found[f"ŷ{suffix}" if is_last else f"h{n_neurons}"] = f"neuron-{layer}-{unit}-0"
            found[f"z{n_neurons}"] = f"neuron-{layer}-{unit}-0"
            found[f"b{n_neurons}"] = f"bias-{layer}-{unit}-0"
            if is_last:
                found[f"y{suffix}"] = f"target-{layer}-{unit}-0"
            for source in range(n_in):
                n_weights += 1
                found[f"w{n_weights}"] = f"weight-{layer}-{unit}-{source}"
    return found


def place_of(name: str, sizes: tuple[int, ...]) -> str:
    """Return the key of the place of a step's quantity: ∂E/∂w5 and w5⁺ live where w5 does."""
    return places(sizes)[name.removeprefix("∂E/∂").removesuffix("⁺")]


def expected_places(example: Example, name: str) -> set[str]:
    """Return the nodes and edges that a step is about, from the rules of backpropagation and the step's name."""
    sizes = example.network.sizes
    part, *numbers = place_of(name, sizes).split("-")
    layer, unit, source = map(int, numbers)
    last = len(sizes) - 1
    own = {place_of(name, sizes)}
    if part in ("weight", "bias") and name.endswith("⁺"):
        found = own
    elif name.startswith("∂E/∂") and part in ("weight", "bias"):
        found = own | _behind_sum(example, layer, unit)
        found |= {f"neuron-{layer - 1}-{source}-0"} if part == "weight" else set()
    elif name.startswith("∂E/∂z") and layer == last and example.network.loss not in MADE_FOR:
        found = own
    elif name.startswith("∂E/∂z") and layer < last:
        found = own | _behind_sum(example, layer, unit)
    elif name.startswith("∂E/∂") and layer == last:
        found = own | {f"target-{last}-{unit}-0"}
    elif name.startswith("∂E/∂"):
        found = own | _behind_neuron(example, layer, unit)
    elif part == "loss":
        found = own | {f"{kind}-{last}-{i}-0" for kind in ("neuron", "target") for i in range(sizes[-1])}
    elif name.startswith("z") or example.network.layers[layer - 1].activation == "identity":
        found = own | {f"neuron-{layer - 1}-{i}-0" for i in range(sizes[layer - 1])}
        found |= {f"weight-{layer}-{unit}-{i}" for i in range(sizes[layer - 1])}
    elif example.network.layers[layer - 1].activation == "softmax":
        found = {f"neuron-{layer}-{i}-0" for i in range(sizes[layer])}
    else:
        found = own
    return {key for key in found if not key.startswith("bias")}


def _behind_sum(example: Example, layer: int, unit: int) -> set[str]:
    """Return what ∂E/∂z is written with: itself, and back to E, or to the last neuron with several paths behind it."""
    sizes = example.network.sizes
    own = {f"neuron-{layer}-{unit}-0"}
    if layer == len(sizes) - 1 or sizes[layer + 1] > 1:
        return own
    return _behind_neuron(example, layer, unit) | own


def _behind_neuron(example: Example, layer: int, unit: int) -> set[str]:
    """Return what ∂E/∂a of a hidden neuron is written with: of each path its weight and what comes behind."""
    following = example.network.sizes[layer + 1]
    weights = {f"weight-{layer + 1}-{after}-{unit}" for after in range(following)}
    if following == 1:
        return weights | _behind_sum(example, layer + 1, 0)
    return weights | {f"neuron-{layer + 1}-{after}-0" for after in range(following)}


def known_numbers(iteration: nnviz.Iteration, cursor: int) -> Iterator[float]:
    """Yield what is known after so many steps: what was given, and the results so far."""
    yield from (float(value) for value in iteration.given.values())
    yield from (float(step.value) for step in iteration.steps[:cursor])
