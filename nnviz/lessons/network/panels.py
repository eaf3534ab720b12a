"""The parts of the page that follow the network's shape, as HTML: the settings, the table, the matrices."""

from itertools import groupby

from nnviz.engine.batches import ALL
from nnviz.engine.plan import Plan, Shape
from nnviz.explain.batch_matrices import batch_staged
from nnviz.explain.constraint_code import masked_in
from nnviz.explain.matrix_html import by_pass, passes
from nnviz.explain.parameter_table import table, table_rows
from nnviz.lessons.network import own_table
from nnviz.lessons.network.csv_samples import MOST_SAMPLES
from nnviz.lessons.network.fields import MATRIX, form, rows_shown
from nnviz.lessons.network.setup import MOST_LAYERS, Setup
from nnviz.lessons.network.splitting import LEAST, MOST
from nnviz.lessons.network.view import NetworkView
from nnviz.player.panels import TEMPLATES, ShownField, key_of, paragraphs, shown, table_html
from nnviz.player.table import Table
from nnviz.presets import PRESETS
from nnviz.protocol import Panels, TableHtml
from nnviz.text import say


def panels(setup: Setup, view: NetworkView, present: str = "") -> Panels | None:
    """Return the network's panels, or None where the page has them: they hold no numbers, only places for them."""
    plan = view.run.iteration.plan
    batches = setup.batches
    is_batch, is_shuffled = batches.size is not None, batches.seed is not None
    samples = len(setup.inputs), plan.n_samples, rows_shown(setup)
    notes = () if setup.is_own else PRESETS[setup.preset].notes
    key = key_of(
        (
            setup.shape, setup.manner, plan.method, samples, is_batch, is_shuffled, notes, setup.as_batch, setup.table,
            setup.split,
        )
    )  # fmt: skip
    if key == present:
        return None
    return {
        **table_of(plan),
        "key": key,
        "settings": _settings(setup),
        "matrices": by_pass(batch_staged(plan)) if view.as_batch else passes(plan),
        "matrix_choice": _matrix_choice(setup, view),
        "notes": "",
        "source": paragraphs(*(say(f"note.{note}") for note in notes)),
        "slider": "",
    }


def _matrix_choice(setup: Setup, view: NetworkView) -> str:
    """Return the choice between the matrices of a sample and those of all, where there are several, and what M is."""
    notes = paragraphs(*map(say, _matrix_notes(setup.shape)))
    if len(setup.training.inputs) == 1:
        return notes
    [choice] = (field for field in shown(form(setup), setup)["view"] if field.key == MATRIX.key)
    shape, count = setup.shape, view.run.iteration.plan.n_samples
    return (
        TEMPLATES.get_template("lessons/network/templates/matrix_choice.html").render(
            choice=choice,
            as_batch=view.as_batch,
            reduction=shape.rule.reduction,
            divisor=shape.rule.divisor(shape.sizes[-1], count),
        )
        + notes
    )


def _matrix_notes(shape: Shape) -> list[str]:
    """Return the keys of what is to be said of the matrices of what is held or tied."""
    is_masked = any(masked_in(shape, layer) for layer in range(1, len(shape.sizes)))
    return [*["matrix.note.mask"] * is_masked, *["matrix.note.tie"] * bool(shape.trained_ties)]


def _settings(setup: Setup) -> str:
    groups = shown(form(setup), setup)
    inputs, *layers = groups["architecture"]
    return TEMPLATES.get_template("lessons/network/templates/settings.html").render(
        groups=groups,
        inputs=inputs,
        layers=[list(own) for _, own in groupby(layers, key=lambda field: field.key.partition("-")[0])],
        most_layers=MOST_LAYERS,
        rows=_rows(setup, groups["samples"]),
        count=len(setup.inputs),
        in_batches=setup.batches != ALL,
        test_bounds={"least": LEAST, "most": MOST},
        tested={number + 1 for number in setup.parts[1]},
        optimizer=setup.method.optimizer.key,
        columns=[field.label for field in groups["sample"]],
        beginnings=own_table.beginnings(setup),
        table_words=own_table.words(setup),
        most_samples=MOST_SAMPLES,
        opens_models=True,
    )


def _rows(setup: Setup, cells: list[ShownField]) -> list[tuple[int, list[ShownField]]]:
    """Return the rows of the data's table: each sample's number, counted from 1, and its fields."""
    width = setup.shape.sizes[0] + setup.shape.sizes[-1]
    return [(sample + 1, cells[width * row : width * (row + 1)]) for row, sample in enumerate(rows_shown(setup))]


def table_of(plan: Plan) -> TableHtml:
    """Return the table of an iteration's weights and biases, with places for their numbers."""
    weights = table(plan)
    headers = {"": say("table.weight")} | weights.headers
    return table_html(Table(say("table.caption"), say("table.hint"), headers, table_rows(weights)))
