"""What may be set, one control a thing: its text as it stands, and the setup that another text makes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from nnviz.algebra.quantities import Quantity
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.losses import LOSSES
from nnviz.engine.manner import DETAILS
from nnviz.engine.naming import NOTATIONS
from nnviz.lessons import batching, changes
from nnviz.lessons.batching import ALL_SAMPLES, IN_ORDER, ORDERS, SHUFFLED
from nnviz.lessons.changes import BIASES, IN_PLACE, ONCE, UPDATES, RefusedError, bias_texts
from nnviz.lessons.naming import names_text
from nnviz.lessons.numerals import written
from nnviz.lessons.setup import Setup
from nnviz.lessons.start import RULES
from nnviz.text import say

ROWS = 10
S = TypeVar("S")
OWN = "own"  # stands for the preset where the network is no longer one


@dataclass(frozen=True)
class Control:
    """One thing that may be set: its key in fields and links, its label, its text, and what another text makes.

    ``change`` raises RefusedError for a text that is not allowed. ``choices`` are the allowed texts, each with its
    name, where they are few.
    """

    key: str
    label: str
    text: str
    change: Callable[[Any, str], Any]
    choices: tuple[tuple[str, str], ...] = ()


Controls = dict[str, list[Control]]


def edited(
    setup: Setup, typed: Mapping[str, str], controls: Controls, told: Callable[[RefusedError], str] = str
) -> tuple[Setup, dict[str, str]]:
    """Return the network's setup that typed texts ask for, and a message for each that is not allowed."""
    return taken(setup, typed, controls, changes.fitting, told)


def reason(problem: RefusedError) -> str:
    """Return what is wrong with a text of a link or a file, which is not in place of any number of the page."""
    return problem.reason


def taken(
    setup: S,
    typed: Mapping[str, str],
    controls: Controls,
    fitting: Callable[[S], S] = lambda setup: setup,
    told: Callable[[RefusedError], str] = str,
) -> tuple[S, dict[str, str]]:
    """Return the setup that typed texts ask for, and a message for each that is not allowed.

    What is not allowed stays as it is, also where it is not ``fitting``, which raises RefusedError. A refused text is
    tried once more behind the others, as some are only allowed together. ``told`` returns the message.
    """
    problems: dict[str, str] = {}
    pending = [c for group in controls.values() for c in group if typed.get(c.key, c.text) != c.text]
    for _ in range(2):
        refused = []
        for control in pending:
            try:
                setup = fitting(control.change(setup, typed[control.key]))
                problems.pop(control.key, None)
            except RefusedError as problem:
                problems[control.key] = told(problem)
                refused.append(control)
        pending = refused
    return setup, problems


def form(setup: Setup) -> Controls:
    """Return the controls of the page, by group: the numbers first, as their keys are those of the present network."""
    start = setup.start
    return numbers(setup) | {
        "samples": [cell for sample in rows_shown(setup) for cell in _cells(setup, sample, f"row{sample + 1}-")],
        "batches": _batches(setup),
        "view": _view(setup),
        "start": [
            choice("start-rule", "start", tuple(RULES), start.rule, changes.start_rule),
            Control("start-scale", say("start.scale"), written(start.scale), changes.start_scale),
            Control("start-seed", say("start.seed"), str(start.seed), changes.start_seed),
        ],
        "architecture": [
            Control("inputs", say("build.inputs"), str(setup.shape.sizes[0]), changes.inputs),
            *(control for layer in range(len(setup.matrices)) for control in _layer(setup, layer)),
            _loss(setup),
        ],
        "preset": [_preset(OWN if setup.is_own else setup.preset)],
    }


def typed_in(setup: Setup, typed: Mapping[str, str]) -> Controls:
    """Return the controls of the page whose texts count: beside another preset only those of how it is told."""
    groups = form(setup)
    [preset] = groups["preset"]
    if typed.get(preset.key, preset.text) == preset.text:
        return groups
    return {"preset": [preset], "view": [control for control in groups["view"] if control.key != "sample"]}


def link(setup: Setup) -> Controls:
    """Return the controls of links and files: the network first, as the numbers' keys are those of that network."""
    start = setup.start
    layers = zip(setup.shape.sizes[1:], setup.shape.activations, bias_texts(setup), strict=True)
    return {
        "preset": [_preset(setup.preset)],
        "network": [
            Control("inputs", say("build.inputs"), str(setup.shape.sizes[0]), changes.inputs),
            Control("layers", say("build.layers"), ", ".join(f"{n} {f} {b}" for n, f, b in layers), changes.layers),
            _loss(setup),
            Control("start", say("start.title"), f"{start.rule} {written(start.scale)} {start.seed}", changes.start),
            Control("data", say("data.title"), setup.data_text, changes.data),
            Control("names", say("data.names"), names_text(setup.manner.names, *setup.ends), changes.names),
            Control("batches", say("batches.title"), batching.batches_text(setup), batching.batches),
        ],
        "view": _view(setup),
    }


def numbers(setup: Setup) -> Controls:
    """Return the controls of the numbers: weights, biases, the sample that is shown, learning rate."""
    q, named = setup.shape.quantities(), setup.shape.quantities(setup.manner.notation)
    labels = {p.place.key: p.name for p in (*named.all_weights, *(b for row in named.biases for b in row))}

    def parameters(part: str, quantities: Iterable[Quantity], values: tuple[float, ...]) -> list[Control]:
        return [
            Control(p.id, labels[p.place.key], written(value), partial(changes.parameter, part, index))
            for index, (p, value) in enumerate(zip(quantities, values, strict=True))
        ]

    rate = Control("rate", say("settings.rate"), written(setup.rate), changes.rate)
    return {
        "weights": parameters("weights", q.all_weights, setup.weights),
        "biases": parameters("biases", setup.shape.given_biases, setup.biases),
        "sample": _cells(setup, setup.sample),
        "training": [rate],
    }


def rows_shown(setup: Setup) -> range:
    """Return the samples that the table of the data shows: those around the chosen one."""
    first = setup.sample // ROWS * ROWS
    return range(first, min(first + ROWS, len(setup.inputs)))


# The controls that are several places' or have choices


def _preset(text: str) -> Control:
    return Control("preset", say("preset.title"), text, changes.preset)


def _loss(setup: Setup) -> Control:
    return choice("loss", "loss", tuple(LOSSES), setup.shape.loss, changes.loss)


def _batches(setup: Setup) -> list[Control]:
    """Return the controls of the batches, as far as they make a difference: one sample has none, all have no order."""
    if len(setup.inputs) == 1:
        return []
    batches = setup.batches
    size = ALL_SAMPLES if batches.size is None else str(batches.size)
    found = [Control("batch-size", say("batches.size"), size, batching.batch_size)]
    if batches.size is not None:
        order = SHUFFLED if batches.seed is not None else IN_ORDER
        found.append(choice("batch-order", "order", ORDERS, order, batching.batch_order))
    if batches.seed is not None:
        found.append(Control("batch-seed", say("start.seed"), str(batches.seed), batching.batch_seed))
    return found


def _view(setup: Setup) -> list[Control]:
    manner = setup.manner
    return [
        Control("sample", say("data.sample"), str(setup.sample + 1), changes.sample),
        choice("detail", "detail", DETAILS, manner.detail, changes.detail),
        choice("notation", "notation", NOTATIONS, manner.notation, changes.notation),
        choice("update", "update", UPDATES, IN_PLACE if manner.in_place else ONCE, changes.update),
    ]


def _layer(setup: Setup, layer: int) -> list[Control]:
    key, shape = f"layer{layer + 1}", setup.shape
    return [
        Control(f"{key}-neurons", say("build.neurons"), str(shape.sizes[layer + 1]), partial(changes.neurons, layer)),
        choice(
            f"{key}-activation",
            "activation",
            tuple(ACTIVATIONS),
            shape.activations[layer],
            partial(changes.activation, layer),
        ),
        choice(f"{key}-biases", "biases", BIASES, bias_texts(setup)[layer], partial(changes.biases, layer)),
    ]


def _cells(setup: Setup, sample: int, prefix: str = "") -> list[Control]:
    """Return the controls of a sample's inputs and targets."""
    q, called = setup.shape.quantities(), setup.shape.quantities(names=setup.manner.names)
    inputs = zip(q.neurons[0], called.neurons[0], setup.inputs[sample], strict=True)
    targets = zip(q.targets, called.targets, setup.targets[sample], strict=True)
    return [
        *(
            Control(prefix + x.id, own.name, written(value), partial(changes.cell, "inputs", sample, x.place.unit))
            for x, own, value in inputs
        ),
        *(
            Control(
                f"{prefix}target{y.letter.index}",
                f"{say('settings.target')} {y.letter.index}".strip() if own == y else own.name,
                written(value),
                partial(changes.cell, "targets", sample, y.place.unit),
            )
            for y, own, value in targets
        ),
    ]


def choice(key: str, name: str, allowed: tuple[str, ...], text: str, change: Callable[[Any, str], Any]) -> Control:
    """Return a control with few allowed texts, whose names are sentences ``NAME.TEXT``."""

    def checked(setup: Any, given: str) -> Any:
        if given not in allowed:
            raise changes.not_among(allowed)
        return change(setup, given)

    return Control(
        key, say(f"{name}.title"), text, checked, tuple((option, say(f"{name}.{option}")) for option in allowed)
    )
