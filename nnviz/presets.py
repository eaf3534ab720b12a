"""The presets: a network, its data and its settings, each with a name, a source, and a word on what to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from nnviz.engine.batches import ALL, Batches
from nnviz.engine.initializers import BY_HAND, NORMAL, Initializer, drawn
from nnviz.engine.network import Layer, Network

Rows = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, eq=False)
class Preset:
    """What a person can start with. Its name, where it is from and what to look at are sentences ``preset.KEY.…``.

    ``source`` is the key of the source that is cited there, if there is one; ``notes`` are the keys of what there is to
    say of it, the sentences ``note.…``. ``sample``, counted from 0, is the one whose numbers are shown first;
    ``batches`` says which samples an iteration uses.
    """

    network: Network
    inputs: Rows
    targets: Rows
    learning_rate: float
    source: str = ""
    start: Initializer = BY_HAND
    notes: tuple[str, ...] = ()
    sample: int = 0
    batches: Batches = ALL


BITS: Rows = tuple(product((0.0, 1.0), repeat=2))
CELSIUS = tuple(range(-50, 50))
AND: Rows = tuple((float(a and b),) for a, b in BITS)
XOR: Rows = tuple((float(a != b),) for a, b in BITS)
SMALL, LARGE, SHRINKING = (
    Initializer(NORMAL, 0.1, seed=1),
    Initializer(NORMAL, 1.0, seed=1),
    Initializer(NORMAL, 1.0, seed=18),
)


def _xor(start: Initializer, learning_rate: float) -> Preset:
    """Return a 2-3-1 network with weights drawn by a rule and biases 0."""
    hidden, output = drawn((2, 3, 1), start)
    layers = [Layer(hidden, [0.0] * 3, "sigmoid"), Layer(output, [0.0], "sigmoid")]
    network = Network(layers, "binary_cross_entropy")
    return Preset(network, BITS, XOR, learning_rate, source="any-layers", start=start, notes=("mean-at-weights",))


def _deep(start: Initializer) -> Network:
    return Network([Layer(weights, [0.0] * len(weights), "tanh") for weights in drawn((2, 4, 4, 1), start)])


def _fahrenheit(
    learning_rate: float,
    celsius: Sequence[int] = CELSIUS,
    weight: float = 0.5,
    notes: tuple[str, ...] = ("sign-and-size", "dependency-diagram", "random-start", "output-for-input"),
) -> Preset:
    """Return the neuron that learns Fahrenheit from Celsius, with its samples."""
    return Preset(
        network=Network([Layer([[weight]], [0.5])], "mean_squared_error"),
        inputs=tuple((float(c),) for c in celsius),
        targets=tuple((c * 9 / 5 + 32,) for c in celsius),
        learning_rate=learning_rate,
        source="single-neuron",
        notes=notes,
    )


PRESETS = {
    "2-2-1": Preset(
        network=Network([Layer([[0.11, 0.21], [0.12, 0.08]]), Layer([[0.14, 0.15]])]),
        inputs=((2.0, 3.0),),
        targets=((1.0,),),
        learning_rate=0.05,
        source="step-by-step",
        notes=("why-backward", "hyperparameter", "copied-operands", "rounded-output"),
    ),
    "2-2-1-sigmoid": Preset(
        network=Network(
            [
                Layer([[0.11, 0.21], [0.12, 0.08]], [0.1, 0.1], "sigmoid"),
                Layer([[0.14, 0.15]], [0.1], "sigmoid"),
            ]
        ),
        inputs=((2.0, 3.0),),
        targets=((1.0,),),
        learning_rate=0.5,
        source="step-by-step",
    ),
    "mazur": Preset(
        network=Network(
            [
                Layer([[0.15, 0.20], [0.25, 0.30]], [0.35, 0.35], "sigmoid", biases_fixed=True),
                Layer([[0.40, 0.45], [0.50, 0.55]], [0.60, 0.60], "sigmoid", biases_fixed=True),
            ]
        ),
        inputs=((0.05, 0.10),),
        targets=((0.01, 0.99),),
        learning_rate=0.5,
        source="mazur",
    ),
    "and": Preset(
        network=Network([Layer([[0.3, -0.1]], [0.1], "sigmoid")]),
        inputs=BITS,
        targets=AND,
        learning_rate=0.5,
        source="role",
        notes=("sigma-minus", "factor-x", "half-of-mean"),
        sample=3,
    ),
    "perceptron": Preset(
        network=Network([Layer([[0.3, -0.2]], [-0.4], "step")]),
        inputs=BITS,
        targets=AND,
        learning_rate=0.2,
        notes=("perceptron-rule", "threshold"),
        batches=Batches(1),
    ),
    "fahrenheit": _fahrenheit(0.001),
    "fahrenheit-slow": _fahrenheit(0.0001),
    "fahrenheit-diverges": _fahrenheit(0.002),
    "fahrenheit-one": _fahrenheit(0.0001, (42,), 0.8, ("sign-and-size", "up-or-down", "dependency-diagram")),
    "fahrenheit-two": _fahrenheit(0.0005, (42, -40), 0.8, ("sign-and-size", "divided-already")),
    "xor": _xor(SMALL, 0.1),
    "xor-learns": _xor(LARGE, 1.0),
    "three-classes": Preset(
        network=Network(
            [
                Layer([[0.2, -0.4], [0.7, 0.1], [-0.5, 0.3]], [0.1, -0.2, 0.05], "tanh"),
                Layer([[0.6, -0.1, 0.4], [-0.3, 0.8, 0.2], [0.15, -0.7, -0.45]], [0.05, -0.1, 0.2], "softmax"),
            ],
            "categorical_cross_entropy",
        ),
        inputs=(
            (0.5, -0.3),
            (0.9, -0.8),
            (0.2, -0.9),
            (0.8, 0.6),
            (0.4, 0.9),
            (1.0, 0.3),
            (-0.6, 0.4),
            (-0.9, -0.2),
            (-0.3, 0.8),
        ),
        targets=tuple(tuple(float(at == of) for at in range(3)) for of in (1, 1, 1, 0, 0, 0, 2, 2, 2)),
        learning_rate=0.5,
    ),
    "vanishing": Preset(
        network=_deep(SHRINKING), inputs=((1.0, 2.0),), targets=((0.8,),), learning_rate=0.1, start=SHRINKING
    ),
    "dead-relu": Preset(
        network=Network([Layer([[0.4, -0.6], [0.3, 0.2]], [-0.5, 0.1], "relu"), Layer([[0.5, -0.4]], [0.2])]),
        inputs=((1.0, 2.0),),
        targets=((1.0,),),
        learning_rate=0.1,
    ),
}
DEFAULT = "2-2-1"
