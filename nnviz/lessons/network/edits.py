"""What a text that somebody typed makes of a setup; one that is not allowed is refused, in a sentence."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar, cast

import numpy as np

from nnviz.algebra.rounding import approximately, exactly
from nnviz.diagram.pictures import PictureKind
from nnviz.engine.activations import ACTIVATIONS, BY_RULE, LAST_ONLY, LEAKY, USUAL_LEAK
from nnviz.engine.initializers import HAND, LARGEST_SCALE, LARGEST_SEED, RULES, Initializer
from nnviz.engine.losses import LOSSES, Reduction
from nnviz.engine.manner import MISTAKES, Detail
from nnviz.engine.naming import NO_NAMES, Notation
from nnviz.engine.network import PERCEPTRONS_LOSS, are_shares, is_perceptron, unpaired
from nnviz.engine.plan import Shape
from nnviz.lessons.network.bias_kinds import BIASES, MIXED, TRAINED, kinds_of
from nnviz.lessons.network.csv_samples import MOST_CHARACTERS, MOST_SAMPLES
from nnviz.lessons.network.own_names import named
from nnviz.lessons.network.setup import MOST_INPUTS, MOST_LAYERS, MOST_NEURONS, MOST_OUTPUTS, Setup, of_preset
from nnviz.player.layer_text import layer_text
from nnviz.player.parsing import parse, written
from nnviz.player.refusal import RefusedError, counted, not_among, number
from nnviz.presets import PRESETS, Rows
from nnviz.text import say, shortened

UPDATES = {"once": None, **{mistake.replace("_", "-"): mistake for mistake in MISTAKES}}
OF_SAMPLE, OF_BATCH = MATRICES = ("sample", "batch")
OF_PARAMETERS, OF_INPUTS = GRADIENTS = ("parameters", "inputs")
NEW_LAYER = 2
USUAL, LINEAR = "half_squared_error", "identity"  # what goes with any network
Change = Callable[[Setup, str], Setup]
T = TypeVar("T")


def fitting(setup: Setup) -> Setup:
    """Return the setup. Raises RefusedError where its loss does not fit its last layer or its targets."""
    _check_layers(setup.shape)
    rule = LOSSES[setup.shape.loss]
    if rule.of_shares and len(setup.targets[0]) == 1:
        raise RefusedError(say("problem.one_share"))
    if rule.of_probabilities:
        for at, row in enumerate(setup.targets, start=1):
            for target in row:
                if not 0 <= target <= 1:
                    raise RefusedError(say("problem.loss_targets", sample=at, given=exactly(target)))
    if rule.of_shares:
        found = are_shares(np.array(setup.targets))
        if not found.all():
            row = setup.targets[at := int(found.argmin())]
            raise RefusedError(say("problem.loss_shares", sample=at + 1, total=approximately(sum(row))))
    return setup


def _check_layers(shape: Shape) -> None:
    """Raise RefusedError where an activation has no place in its layer, or does not go with the loss."""
    activations = shape.activations
    if LAST_ONLY.intersection(activations[:-1]):
        raise RefusedError(say("problem.last_only"))
    if BY_RULE.intersection(activations) and not is_perceptron(shape):
        raise RefusedError(say("problem.step"))
    if (alone := unpaired(shape.loss, activations[-1])) is not None:
        raise RefusedError(say(f"problem.loss_activation.{alone}"))


def preset(setup: Setup, text: str) -> Setup:
    """Return another preset, drawn as before and told in the same detail, notation and matrices."""
    if text not in PRESETS:
        raise not_among(PRESETS)
    manner = replace(setup.manner.with_mistake(None), names=NO_NAMES)
    return replace(of_preset(text), manner=manner, picture=setup.picture, as_batch=setup.as_batch)


# Numbers


def parameter(part: str, name: str, setup: Setup, text: str) -> Setup:
    """Return the setup with another weight or bias; what a rule has drawn is set by hand from then on."""
    by_name = setup.by_name
    if name not in by_name:
        raise RefusedError(say("problem.gone"))
    by_name[name] = number(text, by_name[name])
    row, count = tuple(by_name.values()), len(setup.weights)
    is_drawn = part == "weights" or RULES[setup.start.rule].has_biases
    start = replace(setup.start, rule=HAND) if is_drawn else setup.start
    if part == "biases":
        return replace(setup, biases=row[count:], start=start)
    return replace(setup, weights=row[:count], start=start)


def cell(part: str, sample: int, unit: int, setup: Setup, text: str) -> Setup:
    """Return the setup with another number of a sample's inputs or targets; of classes, 1 makes the others 0."""
    rows = [list(row) for row in getattr(setup, part)]
    if sample >= len(rows) or unit >= len(rows[sample]):
        raise RefusedError(say("problem.gone"))
    rows[sample][unit] = number(text, rows[sample][unit])
    if part == "targets" and LOSSES[setup.shape.loss].of_shares and rows[sample][unit] == 1.0:
        rows[sample] = [float(other == unit) for other in range(len(rows[sample]))]
    changed = tuple(map(tuple, rows))
    return replace(setup, inputs=changed) if part == "inputs" else replace(setup, targets=changed)


def rate(setup: Setup, text: str) -> Setup:
    """Return the setup with another learning rate, above 0."""
    return replace(setup, rate=number(text, setup.rate, positive=True))


# Picture, steps, symbols and update


def sample(setup: Setup, text: str) -> Setup:
    """Return the setup with the numbers of another sample shown, one that is trained on."""
    number = counted(text, 1, len(setup.inputs))
    if number - 1 in setup.parts[1]:
        raise RefusedError(say("problem.test_sample", number=number))
    return replace(setup, sample=number - 1)


def detail(setup: Setup, text: str) -> Setup:
    """Return the setup told in larger or smaller steps."""
    return replace(setup, manner=replace(setup.manner, detail=cast(Detail, text)))


def notation(setup: Setup, text: str) -> Setup:
    """Return the setup told in another notation."""
    return replace(setup, manner=replace(setup.manner, notation=cast(Notation, text)))


def picture(setup: Setup, text: str) -> Setup:
    """Return the setup drawn as another picture."""
    return replace(setup, picture=cast(PictureKind, text))


def update(setup: Setup, text: str) -> Setup:
    """Return the setup with the right update, or a classic mistake."""
    return replace(setup, manner=setup.manner.with_mistake(UPDATES[text]))


def update_text(setup: Setup) -> str:
    """Return how the update is made as links and files have it: in-place."""
    return next(text for text, mistake in UPDATES.items() if mistake == setup.manner.mistake)


def gradients(setup: Setup, text: str) -> Setup:
    """Return the setup with gradients at the inputs too, or with those alone that the update needs."""
    return replace(setup, manner=replace(setup.manner, input_gradients=text == OF_INPUTS))


def matrix(setup: Setup, text: str) -> Setup:
    """Return the setup with the matrices of the sample that is shown, or of all samples."""
    return replace(setup, as_batch=text == OF_BATCH)


# The start weights


def start_rule(setup: Setup, text: str) -> Setup:
    """Return the setup with weights drawn by another rule, or kept as they are and set by hand."""
    return setup.with_start(replace(setup.start, rule=text))


def start_scale(setup: Setup, text: str) -> Setup:
    """Return the setup with weights drawn with another factor, above 0."""
    return setup.with_start(replace(setup.start, scale=_scale(setup, text)))


def start_seed(setup: Setup, text: str) -> Setup:
    """Return the setup with weights drawn from another seed."""
    return setup.with_start(replace(setup.start, seed=counted(text, 0, LARGEST_SEED)))


def start(setup: Setup, text: str) -> Setup:
    """Return the setup with weights drawn as "normal 0.1 7" says."""
    rule, *rest = text.split() or [""]
    if rule not in RULES or len(rest) != 2:
        raise RefusedError(say("problem.start", rules=", ".join(RULES)))
    scale, seed = rest
    return setup.with_start(Initializer(rule, _scale(setup, scale), counted(seed, 0, LARGEST_SEED)))


def start_text(setup: Setup) -> str:
    """Return how weights are drawn as links and files have it: normal 0.1 7."""
    return f"{setup.start.rule} {written(setup.start.scale)} {setup.start.seed}"


def _scale(setup: Setup, text: str) -> float:
    scale = number(text, setup.start.scale, positive=True)
    if scale > LARGEST_SCALE:
        raise RefusedError(say("problem.scale", most=LARGEST_SCALE), kept=exactly(setup.start.scale))
    return scale


# The network


def inputs(setup: Setup, text: str) -> Setup:
    """Return the setup with another number of inputs."""
    sizes = (counted(text, 1, MOST_INPUTS), *setup.shape.sizes[1:])
    return setup.with_layers(range(len(sizes) - 1), sizes=sizes)


def neurons(layer: int, setup: Setup, text: str) -> Setup:
    """Return the setup with another number of neurons in a layer, counted from 0."""
    sizes = list(setup.shape.sizes)
    is_last = layer == len(sizes) - 2
    sizes[layer + 1] = counted(text, 1, MOST_OUTPUTS if is_last else MOST_NEURONS)
    return setup.with_layers(range(len(sizes) - 1), sizes=tuple(sizes))


def activation(layer: int, setup: Setup, text: str) -> Setup:
    """Return the setup with another activation of a layer, counted from 0, and the loss that goes with it alone."""
    names, is_last = list(setup.shape.activations), layer == len(setup.shape.activations) - 1
    shape = replace(setup.shape, activations=(*names[:layer], text, *names[layer + 1 :]))
    if is_last and LAST_ONLY.intersection((text, names[layer])):
        shape = replace(shape, loss=next((name for name, row in LOSSES.items() if row.last_activation == text), USUAL))
    if text in BY_RULE:
        shape = replace(shape, loss=PERCEPTRONS_LOSS)
    return replace(setup, shape=shape)


def negative_slope(layer: int, setup: Setup, text: str) -> Setup:
    """Return the setup with another slope below 0 of a leaky ReLU’s layer, counted from 0."""
    slopes = list(setup.shape.negative_slopes)
    slopes[layer] = _slope(text, setup.shape.negative_slopes[layer])
    return replace(setup, shape=replace(setup.shape, negative_slopes=tuple(slopes)))


def slope_text(layer: int, setup: Setup) -> str:
    """Return the slope below 0 of a leaky ReLU’s layer, counted from 0."""
    slope = setup.shape.negative_slopes[layer]
    return "" if slope is None else written(slope)


def _slope(text: str, kept: float | None = None) -> float:
    slope = number(text, USUAL_LEAK if kept is None else kept)
    if not 0 <= slope <= 1:
        raise RefusedError(say("problem.negative_slope"), kept="" if kept is None else exactly(kept))
    return slope


def biases(layer: int, setup: Setup, text: str) -> Setup:
    """Return the setup with no, trained or fixed biases, or one for all, in a layer, counted from 0."""
    kinds = kinds_of(setup.shape)
    kinds[layer] = text
    return setup.with_layers(range(len(kinds)), kinds)


def loss(setup: Setup, text: str) -> Setup:
    """Return the setup with another loss."""
    return replace(setup, shape=replace(setup.shape, loss=text))


def loss_and_output(setup: Setup, text: str) -> Setup:
    """Return the setup with another loss, and softmax at the outputs with the one that is made for it alone."""
    changed, (*others, last) = loss(setup, text), setup.shape.activations
    needed = LOSSES[text].last_activation
    if needed in LAST_ONLY or last in LAST_ONLY:
        changed = replace(changed, shape=replace(changed.shape, activations=(*others, needed or LINEAR)))
    return changed


def reduction(setup: Setup, text: str) -> Setup:
    """Return the setup with the parts of E put together in another way."""
    return replace(setup, shape=replace(setup.shape, reduction=cast(Reduction, text)))


def layers(setup: Setup, text: str) -> Setup:
    """Return the setup with layers as "3 sigmoid trained, 1 leaky_relu 0.1 none" says."""
    if text.count(",") >= MOST_LAYERS:
        raise RefusedError(say("problem.layers", most=MOST_LAYERS))
    parts = [part.split() for part in text.split(",")]
    for part in parts:
        has_slope = len(part) == 4 and part[1] == LEAKY
        if not (has_slope or len(part) == 3) or part[1] not in ACTIVATIONS or part[-1] not in BIASES:
            raise RefusedError(say("problem.layer", activations=", ".join(ACTIVATIONS), biases=", ".join(BIASES)))
    hidden = [counted(part[0], 1, MOST_NEURONS) for part in parts[:-1]]
    sizes = (setup.shape.sizes[0], *hidden, counted(parts[-1][0], 1, MOST_OUTPUTS))
    kept = [layer if layer < len(setup.matrices) else None for layer in range(len(parts))]
    return setup.with_layers(
        kept,
        [part[-1] for part in parts],
        sizes=sizes,
        activations=tuple(part[1] for part in parts),
        negative_slopes=tuple(_slope(part[2]) if len(part) == 4 else None for part in parts),
    )


def layers_text(setup: Setup) -> str:
    """Return the layers as links and files have them: 3 sigmoid trained, 1 leaky_relu 0.1 none."""
    shape = setup.shape
    kinds = [TRAINED if kind == MIXED else kind for kind in kinds_of(shape)]
    layers = zip(shape.sizes[1:], shape.activations, shape.own_slopes, kinds, strict=True)
    return ", ".join(layer_text(*layer) for layer in layers)


def layer_added(setup: Setup) -> Setup:
    """Return the setup with a small layer more before the last. Raises RefusedError where there are enough."""
    shape, count = setup.shape, len(setup.matrices)
    if count >= MOST_LAYERS:
        raise RefusedError(say("problem.layers", most=MOST_LAYERS))
    kinds = kinds_of(shape)
    return setup.with_layers(
        [*range(count - 1), None, count - 1],
        [*kinds[:-1], kinds[0], kinds[-1]],
        sizes=(*shape.sizes[:-1], NEW_LAYER, shape.sizes[-1]),
        activations=(*shape.activations[:-1], shape.activations[0], shape.activations[-1]),
        negative_slopes=(*shape.negative_slopes[:-1], shape.negative_slopes[0], shape.negative_slopes[-1]),
    )


def layer_removed(layer: int, setup: Setup) -> Setup:
    """Return the setup without a hidden layer, counted from 0. Raises RefusedError where it is none."""
    count = len(setup.matrices)
    if not 0 <= layer < count - 1:
        raise RefusedError(say("problem.last_layer"))
    shape = setup.shape
    return setup.with_layers(
        [number for number in range(count) if number != layer],
        sizes=_without(shape.sizes, layer + 1),
        activations=_without(shape.activations, layer),
        negative_slopes=_without(shape.negative_slopes, layer),
    )


# The samples


def data(setup: Setup, text: str) -> Setup:
    """Return the setup with samples as "0,0,0;0,1,1" says."""
    width = sum(setup.ends)
    allowed = say("problem.data", most=MOST_SAMPLES, columns=width)
    if text.count(";") >= MOST_SAMPLES:
        raise RefusedError(allowed)
    rows = list[tuple[float, ...]]()
    for at, row in enumerate(text.split(";"), start=1):
        try:
            rows.append(tuple(map(parse, row.split(","))) if row.count(",") == width - 1 else ())
        except ValueError:
            rows.append(())
        if not rows[-1]:
            given = say("problem.data_sample", number=at, given=shortened(row, MOST_CHARACTERS))
            raise RefusedError(f"{allowed} {given}")
    return samples(setup, tuple(rows))


def samples(setup: Setup, rows: Rows) -> Setup:
    """Return the setup with samples whose rows have the inputs, then the targets."""
    n_in = setup.shape.sizes[0]
    return setup.with_samples(tuple(row[:n_in] for row in rows), tuple(row[n_in:] for row in rows))


def names(setup: Setup, text: str) -> Setup:
    """Return the setup with inputs and targets called as "celsius,fahrenheit" says, or by their symbols."""
    cells, width = text.split(","), setup.shape.sizes[0] + setup.shape.sizes[-1]
    if text and len(cells) != width:
        raise RefusedError(say("problem.names", columns=width))
    return replace(setup, manner=replace(setup.manner, names=named(cells, setup.shape.sizes[0])))


def sample_added(setup: Setup) -> Setup:
    """Return the setup with a copy of the chosen sample behind it. Raises RefusedError where there are enough."""
    if len(setup.inputs) >= MOST_SAMPLES:
        raise RefusedError(say("problem.samples", most=MOST_SAMPLES))
    after = setup.sample + 1
    x, y = setup.inputs, setup.targets
    added = setup.with_samples((*x[:after], x[after - 1], *x[after:]), (*y[:after], y[after - 1], *y[after:]))
    return added.showing(after)


def sample_removed(setup: Setup) -> Setup:
    """Return the setup without the chosen sample. Raises RefusedError where it is the only one."""
    if len(setup.inputs) == 1:
        raise RefusedError(say("problem.last_sample"))
    return setup.with_samples(_without(setup.inputs, setup.sample), _without(setup.targets, setup.sample))


def _without(row: tuple[T, ...], index: int) -> tuple[T, ...]:
    return (*row[:index], *row[index + 1 :])
