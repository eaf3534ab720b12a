"""What may be set of a network's lesson: a field a thing, declared once a shape."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from nnviz.algebra.quantities import Quantity
from nnviz.diagram.pictures import PICTURES
from nnviz.engine.activations import ACTIVATIONS, ANYWHERE, BY_RULE
from nnviz.engine.initializers import RULES
from nnviz.engine.losses import LOSSES, REDUCTIONS
from nnviz.engine.manner import DETAILS
from nnviz.engine.method import Update
from nnviz.engine.naming import NOTATIONS
from nnviz.engine.optimizers import OPTIMIZERS
from nnviz.engine.plan import Shape
from nnviz.engine.schedules import SCHEDULES
from nnviz.engine.settings import Configured
from nnviz.engine.split import NO_SPLIT
from nnviz.lessons.network import batching, constraining, splitting, updating
from nnviz.lessons.network import edits as changes
from nnviz.lessons.network.batching import ALL_SAMPLES, IN_ORDER, ORDERS, SHUFFLED
from nnviz.lessons.network.bias_kinds import BIASES, MIXED, ONE, kinds_of
from nnviz.lessons.network.column_menus import menus
from nnviz.lessons.network.edits import (
    GRADIENTS,
    MATRICES,
    OF_BATCH,
    OF_INPUTS,
    OF_PARAMETERS,
    OF_SAMPLE,
    UPDATES,
)
from nnviz.lessons.network.own_names import names_text
from nnviz.lessons.network.own_table import columns_of, fitting, table_text, with_own_table
from nnviz.lessons.network.setup import Setup
from nnviz.lessons.network.updating import DECAY, OPTIMIZER, SCHEDULE
from nnviz.player.form import Field, Form, choice, labelled
from nnviz.player.parsing import written
from nnviz.player.refusal import RefusedError
from nnviz.text import say

ROWS = 10
OWN = "own"  # stands for the preset where the network is no longer one
SetupField = Field[Setup]
SetupForm = Form[Setup]


@dataclass(frozen=True)
class _Data:
    """What of a setup's samples decides which fields there are: which are shown, and what may be set of batches."""

    rows: range
    sample: int
    is_single: bool
    has_size: bool
    has_seed: bool
    has_test: bool
    update: Update
    columns: int


def edited(
    setup: Setup, typed: Mapping[str, str], form: SetupForm, told: Callable[[RefusedError], str] = str
) -> tuple[Setup, dict[str, str]]:
    """Return the setup that typed texts ask for, and a message for each that is not allowed."""
    return form.edited(setup, typed, fitting, told)


def form(setup: Setup) -> SetupForm:
    """Return the fields of the page, by group."""
    batches = setup.batches
    data = _Data(
        rows_shown(setup),
        setup.sample,
        len(setup.inputs) == 1,
        batches.size is not None,
        batches.seed is not None,
        setup.split != NO_SPLIT,
        setup.method.update,
        len(columns_of(setup).roles),
    )
    return _form(setup.shape, data)


@lru_cache(maxsize=64)
def _form(shape: Shape, data: _Data) -> SetupForm:
    """Return the fields of the page: the numbers first, as their keys are those of the present network."""
    layers = range(len(shape.activations))
    return Form(
        {
            **_numbers(shape, data.sample).groups,
            "columns": menus(data.columns),
            "samples": tuple(cell for sample in data.rows for cell in _cells(shape, sample, f"row{sample + 1}-")),
            "batches": _batches(data),
            "test": _test(data),
            "method": (OPTIMIZER_NAME, *_settings(OPTIMIZER, data.update.optimizer)),
            "schedule": (SCHEDULE_NAME, *_settings(SCHEDULE, data.update.schedule)),
            "decay": (WEIGHT_DECAY,),
            "view": VIEW,
            "start": START,
            "architecture": (INPUTS, *(field for layer in layers for field in _layer(shape, layer))),
            "loss": _loss(shape, data),
            "preset": (PRESET_ON_PAGE,),
        }
    )


def typed_in(setup: Setup, typed: Mapping[str, str]) -> SetupForm:
    """Return the fields of the page whose texts count: beside another preset only those of how it is told."""
    whole = form(setup)
    if not PRESET_FORM.changed(setup, typed):
        return whole
    return Form({"preset": whole["preset"], "view": tuple(field for field in VIEW if field is not SAMPLE_SHOWN)})


def link(setup: Setup) -> SetupForm:
    """Return the fields of links and files: the network first, as the numbers' keys are those of that network.

    Samples stand there as they are, with their names, or as the table that they come from.
    """
    left_out = (TABLE,) if setup.table is None else (DATA, NAMES)
    return LINK.only(lambda field: field not in left_out)


def numbers(setup: Setup) -> SetupForm:
    """Return the fields of the numbers: weights, biases, the sample that is shown, learning rate."""
    return _numbers(setup.shape, setup.sample)


@lru_cache(maxsize=64)
def _numbers(shape: Shape, sample: int) -> SetupForm:
    q = shape.quantities()
    return Form(
        {
            "weights": tuple(_parameter("weights", weight) for weight in q.all_weights),
            "biases": tuple(_parameter("biases", bias) for bias in shape.given_biases()),
            "sample": _cells(shape, sample),
            "training": (RATE,),
        }
    )


def rows_shown(setup: Setup) -> range:
    """Return the samples that the table of the data shows: those around the chosen one."""
    first = setup.sample // ROWS * ROWS
    return range(first, min(first + ROWS, len(setup.inputs)))


# The fields that are the same in every shape


PRESET = Field[Setup]("preset", labelled("preset.title"), lambda setup: setup.preset, changes.preset)
PRESET_ON_PAGE = Field[Setup](
    "preset", labelled("preset.title"), lambda setup: OWN if setup.is_own else setup.preset, changes.preset
)
PRESET_FORM = Form({"preset": (PRESET_ON_PAGE,)})
RATE = Field[Setup]("rate", labelled("settings.rate"), lambda setup: written(setup.rate), changes.rate)
INPUTS = Field[Setup]("inputs", labelled("build.inputs"), lambda setup: str(setup.shape.sizes[0]), changes.inputs)
LOSS = choice("loss", "loss", LOSSES, lambda setup: setup.shape.loss, changes.loss)
LOSS_ON_PAGE = choice("loss", "loss", LOSSES, lambda setup: setup.shape.loss, changes.loss_and_output)
REDUCTION = choice("reduction", "reduction", REDUCTIONS, lambda setup: setup.shape.reduction, changes.reduction)
SAMPLE_SHOWN = Field[Setup]("sample", labelled("data.sample"), lambda setup: str(setup.sample + 1), changes.sample)
UPDATE = choice("update", "update", UPDATES, changes.update_text, changes.update)
OPTIMIZER_NAME = choice(
    "optimizer-name", "optimizer", OPTIMIZERS, lambda s: s.method.optimizer.key, updating.named_optimizer
)
SCHEDULE_NAME = choice("schedule-name", "schedule", SCHEDULES, lambda s: s.method.schedule.key, updating.named_schedule)
WEIGHT_DECAY = Field[Setup](
    DECAY, labelled("setting.lambda"), lambda setup: written(setup.method.weight_decay), updating.weight_decay
)
MATRIX = choice("matrix", "matrix", MATRICES, lambda setup: OF_BATCH if setup.as_batch else OF_SAMPLE, changes.matrix)


def _gradients(setup: Setup) -> str:
    return OF_INPUTS if setup.manner.input_gradients else OF_PARAMETERS


VIEW = (
    SAMPLE_SHOWN,
    choice("diagram", "diagram", PICTURES, lambda setup: setup.picture, changes.picture),
    choice("detail", "detail", DETAILS, lambda setup: setup.manner.detail, changes.detail),
    choice("notation", "notation", NOTATIONS, lambda setup: setup.manner.notation, changes.notation),
    UPDATE,
    choice("gradients", "gradients", GRADIENTS, _gradients, changes.gradients),
    MATRIX,
)
START = (
    choice("start-rule", "start", RULES, lambda setup: setup.start.rule, changes.start_rule),
    Field[Setup]("start-scale", labelled("start.scale"), lambda s: written(s.start.scale), changes.start_scale),
    Field[Setup]("start-seed", labelled("start.seed"), lambda s: str(s.start.seed), changes.start_seed),
)
DATA = Field[Setup]("data", labelled("data.title"), lambda setup: setup.data_text, changes.data)
NAMES = Field[Setup]("names", labelled("data.names"), lambda s: names_text(s.manner.names, *s.ends), changes.names)
TABLE = Field[Setup]("table", labelled("columns.title"), table_text, with_own_table)
NETWORK = (
    INPUTS,
    Field[Setup]("layers", labelled("build.layers"), changes.layers_text, changes.layers),
    LOSS,
    REDUCTION,
    Field[Setup]("start", labelled("start.title"), changes.start_text, changes.start),
    DATA,
    NAMES,
    TABLE,
    Field[Setup](splitting.SPLIT, labelled("test.title"), splitting.split_text, splitting.split),
    Field[Setup]("batches", labelled("batches.title"), batching.batches_text, batching.batches),
    Field[Setup](OPTIMIZER, labelled("optimizer.title"), updating.optimizer_text, updating.optimizer),
    Field[Setup](SCHEDULE, labelled("schedule.title"), updating.schedule_text, updating.schedule),
    WEIGHT_DECAY,
)
HELD = (
    Field[Setup]("fixed", labelled("held.fixed"), constraining.fixed_text, constraining.fixed),
    Field[Setup]("absent", labelled("held.absent"), constraining.absent_text, constraining.absent),
    Field[Setup]("tied", labelled("held.tied"), constraining.tied_text, constraining.tied),
)
LINK = Form({"preset": (PRESET,), "network": NETWORK, "view": VIEW, "held": HELD})


# The fields that are several places', or come and go


def _parameter(part: str, quantity: Quantity) -> SetupField:
    """Return the field of a weight or a bias; of what is tied, of all of it."""
    key, place = quantity.id, quantity.place

    def label(setup: Setup) -> str:
        q = setup.shape.quantities(setup.manner.notation)
        row = q.biases[place.layer] if part == "biases" else q.weights[place.layer][place.unit]
        return row[place.unit if part == "biases" else place.source].name

    return Field(key, label, lambda setup: written(setup.by_name[key]), partial(changes.parameter, part, key))


def _cells(shape: Shape, sample: int, prefix: str = "") -> tuple[SetupField, ...]:
    """Return the fields of a sample's inputs and targets."""
    n_in, n_out = shape.sizes[0], shape.sizes[-1]
    return (
        *(_input(sample, unit, prefix) for unit in range(n_in)),
        *(_target(sample, unit, prefix, "" if n_out == 1 else str(unit + 1)) for unit in range(n_out)),
    )


def _input(sample: int, unit: int, prefix: str) -> SetupField:
    def label(setup: Setup) -> str:
        return setup.shape.quantities(names=setup.manner.names).neurons[0][unit].name

    return Field(
        f"{prefix}x{unit + 1}",
        label,
        lambda setup: written(setup.inputs[sample][unit]),
        partial(changes.cell, "inputs", sample, unit),
    )


def _target(sample: int, unit: int, prefix: str, number: str) -> SetupField:
    def label(setup: Setup) -> str:
        plain, called = setup.shape.quantities(), setup.shape.quantities(names=setup.manner.names)
        if called.targets[unit] == plain.targets[unit]:
            kind = "upstream" if setup.shape.rule.is_given else "target"
            return f"{say(f'settings.{kind}')} {number}".strip()
        return called.targets[unit].name

    return Field(
        f"{prefix}target{number}",
        label,
        lambda setup: written(setup.targets[sample][unit]),
        partial(changes.cell, "targets", sample, unit),
    )


def _batches(data: _Data) -> tuple[SetupField, ...]:
    """Return the fields of the batches, as far as they make a difference: one sample has none, all have no order."""
    if data.is_single:
        return ()
    size, order, seed = (
        Field[Setup]("batch-size", labelled("batches.size"), _batch_size, batching.batch_size),
        choice("batch-order", "order", ORDERS, _batch_order, batching.batch_order),
        Field[Setup]("batch-seed", labelled("start.seed"), lambda s: str(s.batches.seed), batching.batch_seed),
    )
    return (size, *([order] if data.has_size else []), *([seed] if data.has_seed else []))


def _test(data: _Data) -> tuple[SetupField, ...]:
    """Return the fields of the test: one sample cannot be kept apart, and none are not drawn."""
    if data.is_single:
        return ()
    seed = Field[Setup]("test-seed", labelled("start.seed"), lambda setup: str(setup.split.seed), splitting.seed)
    share = Field[Setup]("test-share", labelled("test.share"), splitting.share_text, splitting.share)
    return (share, seed) if data.has_test else (share,)


def _batch_size(setup: Setup) -> str:
    return ALL_SAMPLES if setup.batches.size is None else str(setup.batches.size)


def _batch_order(setup: Setup) -> str:
    return SHUFFLED if setup.batches.seed is not None else IN_ORDER


def _settings(part: str, configured: type[Configured]) -> tuple[SetupField, ...]:
    """Return the fields of the numbers of an optimizer or of a schedule."""
    return tuple(
        Field(
            f"{part}-{setting.name}",
            labelled(f"setting.{setting.quantity.id}"),
            partial(updating.setting_text, part, setting),
            partial(updating.setting_of, part, setting),
        )
        for setting in configured.settings
    )


def _loss(shape: Shape, data: _Data) -> tuple[SetupField, ...]:
    """Return the fields of the loss; of one sample and one output, and of a given gradient, nothing is put together."""
    is_one = data.is_single and shape.sizes[-1] == 1
    return (LOSS_ON_PAGE,) if is_one or shape.rule.is_given else (LOSS_ON_PAGE, REDUCTION)


def _activations(shape: Shape, layer: int) -> tuple[str, ...]:
    """Return the activations that a layer, counted from 0, may have: a step only where there is no other layer."""
    count = len(shape.activations)
    return tuple(
        name for name in ACTIVATIONS
        if name in ANYWHERE or (layer == count - 1 and (count == 1 or name not in BY_RULE))
    )  # fmt: skip


def _layer(shape: Shape, layer: int) -> tuple[SetupField, ...]:
    key = f"layer{layer + 1}"
    return (
        Field(
            f"{key}-neurons",
            labelled("build.neurons"),
            lambda setup: str(setup.shape.sizes[layer + 1]),
            partial(changes.neurons, layer),
        ),
        choice(
            f"{key}-activation",
            "activation",
            _activations(shape, layer),
            lambda setup: setup.shape.activations[layer],
            partial(changes.activation, layer),
        ),
        *([] if shape.negative_slopes[layer] is None else [_negative_slope(layer, f"{key}-slope")]),
        choice(
            f"{key}-biases",
            "biases",
            _bias_kinds(shape, layer),
            lambda setup: kinds_of(setup.shape)[layer],
            partial(changes.biases, layer),
        ),
    )


def _bias_kinds(shape: Shape, layer: int) -> list[str]:
    """Return what the biases of a layer, counted from 0, may be as a whole: one for all where there are several."""
    kinds = [kind for kind in BIASES if kind != ONE or shape.sizes[layer + 1] > 1]
    return [*kinds, MIXED] if kinds_of(shape)[layer] == MIXED else kinds


def _negative_slope(layer: int, key: str) -> SetupField:
    label = labelled("build.negative_slope")
    return Field(key, label, partial(changes.slope_text, layer), partial(changes.negative_slope, layer))
