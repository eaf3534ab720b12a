"""What people do with a setup: open it from a link or a file, edit it, press a button on it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

from nnviz.engine.initializers import HAND, LARGEST_SEED, UNIFORM
from nnviz.lessons.network import edits as changes
from nnviz.lessons.network import own_table
from nnviz.lessons.network.constraining import ROLE, with_role
from nnviz.lessons.network.csv_columns import said_in
from nnviz.lessons.network.csv_samples import (
    A_SAMPLE,
    HEADER,
    MOST_CHARACTERS,
    MOST_NAMES,
    UNKNOWN,
    HeaderQuestionError,
    SamplesError,
    read_csv,
)
from nnviz.lessons.network.exercises import with_exercise
from nnviz.lessons.network.fields import HELD, LINK, edited, link, numbers
from nnviz.lessons.network.foreign import with_matrices
from nnviz.lessons.network.own_names import lost, named
from nnviz.lessons.network.setup import MOST_LAYERS, Setup, of_preset
from nnviz.player.form import Form
from nnviz.player.refusal import RefusedError, reason
from nnviz.player.request import EXERCISE, LONGEST_ADDRESS
from nnviz.presets import DEFAULT, PRESETS
from nnviz.text import listed, quoted, say

LONGEST_QUERY = LONGEST_ADDRESS - 500  # the rest is for the site, and for where in the run
DATA, TABLE, SAMPLE, START, IN_FILE = "data", "table", "sample", "start", "in-a-file"
CSV, CSV_FIRST, CSV_COLUMNS = "csv", "csv-first", "csv-columns"
FIRST_ROW = {CSV: UNKNOWN, "csv-header": HEADER, "csv-sample": A_SAMPLE}  # what each button takes it for

Action = Callable[[Setup, str], Setup]


def opened(texts: Mapping[str, str]) -> tuple[Setup, dict[str, str]]:
    """Return the setup of a link or a file, and for each text that is not allowed why.

    What is missing is that of the preset; of other data the first sample is shown. A number of the chosen sample may
    stand beside the data, not against them.
    """
    base, own_data = of_preset(preset_in(texts)), {DATA, TABLE} & texts.keys()
    base = replace(base, sample=0) if own_data else base
    setup, problems = edited(base, texts, LINK.only(lambda field: field not in HELD), reason)
    setup, more = edited(setup, texts, Form({"held": HELD}), reason)  # their names are those of the network
    problems |= more
    after, more = edited(setup, texts, numbers(setup), reason)
    if own_data - problems.keys():
        given, said = numbers(setup).texts(setup), numbers(after).texts(after)
        cells = [cell.key for cell in numbers(setup)[SAMPLE]]
        more |= {key: say("problem.data_differ", number=given[key]) for key in cells if given[key] != said[key]}
        after = replace(after, inputs=setup.inputs, targets=setup.targets, table=setup.table)
    return after, problems | more


def preset_in(texts: Mapping[str, str]) -> str:
    """Return the preset that a link or a file names, or the first one."""
    key = texts.get("preset", DEFAULT)
    return key if key in PRESETS else DEFAULT


def in_full(setup: Setup) -> dict[str, str]:
    """Return all texts of a setup, as files have them."""
    return link(setup).texts(setup) | numbers(setup).texts(setup)


def in_link(setup: Setup) -> dict[str, str]:
    """Return the texts of a setup that a link needs: those of the preset are left out, but for its numbers.

    Where they are too long for a link, weights that were drawn are left out, and samples stand as they are, without
    their table; if that is not enough, the samples, the weights, or both are said to be in a file.
    """
    texts: dict[str, str] = {}
    for texts in _shorter_and_shorter(setup):
        if _fits(texts):
            break
    return texts


def _shorter_and_shorter(setup: Setup) -> Iterator[dict[str, str]]:
    yield (texts := _needed(setup))
    yield (texts := _without_drawn(setup, texts))
    if setup.table is not None:
        setup = replace(setup, table=None)
        yield (texts := _without_drawn(setup, _needed(setup)))
    has_data, weights = DATA in texts, _weights(setup)
    if has_data:
        yield texts | {DATA: IN_FILE}
    yield (texts := {key: text for key, text in texts.items() if key not in weights} | {START: IN_FILE})
    if has_data:
        yield texts | {DATA: IN_FILE}


def is_too_large(setup: Setup) -> bool:
    """Whether a link does not hold all of a setup."""
    return bool(in_a_file(in_link(setup)))


def in_a_file(given: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of what a link does not hold, but says to be in a file."""
    data = (DATA, SAMPLE) if given.get(DATA) == IN_FILE else ()
    return (*data, START) if given.get(START) == IN_FILE else data


def _fits(texts: Mapping[str, str]) -> bool:
    return sum(map(len, texts.values())) <= LONGEST_QUERY and len(urlencode(texts)) <= LONGEST_QUERY


def _needed(setup: Setup) -> dict[str, str]:
    preset = of_preset(setup.preset)
    usual = LINK.texts(preset) | {"preset": DEFAULT}
    if LINK.texts(setup)[DATA] != usual[DATA]:
        usual[SAMPLE] = "1"
    own = {key: text for key, text in link(setup).texts(setup).items() if text != usual[key]}
    has_cells = setup.table is None and len(setup.inputs) == 1 and len(preset.inputs) == 1
    if has_cells:
        own.pop(DATA, None)
    form = numbers(setup)
    return own | Form({name: group for name, group in form.groups.items() if has_cells or name != SAMPLE}).texts(setup)


def _without_drawn(setup: Setup, texts: dict[str, str]) -> dict[str, str]:
    """Return the texts without the weights where those of how they are drawn lead to the same ones."""
    if setup.start.rule == HAND:
        return texts
    weights = _weights(setup)
    short = {key: text for key, text in texts.items() if key not in weights}
    again, _ = opened({key: text for key, text in short.items() if key != DATA})
    return short if again.weights == setup.weights else texts


def _weights(setup: Setup) -> set[str]:
    return {field.key for field in numbers(setup)["weights"]}


def pressed(setup: Setup, action: str, text: str) -> Setup:
    """Return what a button makes of a setup; a text goes with some.

    Raises RefusedError with the message, KeyError for a button that there is not.
    """
    return own_table.fitting(ACTIONS[action](setup, text))


def remarks(setup: Setup, given: Mapping[str, str]) -> list[str]:
    """Return what is to be said of a setup, in sentences, where it is not quite what was given: names that are lost.

    What was given are the texts of a link or a file, or that of a button by its action.
    """
    if CSV_COLUMNS in given or (CSV in given and said_in(given[CSV])):
        names, n_columns = own_table.names(setup)
        return [own_table.words(setup), *_lost(setup, names, n_columns)]
    header: Sequence[str] = given["names"].split(",") if "names" in given else ()
    for action in FIRST_ROW.keys() & given.keys():
        header = read_csv(given[action], *setup.ends, FIRST_ROW[action])[1]
    return _lost(setup, header, len(header)) if len(header) == sum(setup.ends) else []


def _lost(setup: Setup, header: Sequence[str], n_columns: int) -> list[str]:
    """Return a sentence on the names in a header that are lost, of so many columns; the others name classes."""
    q = setup.shape.quantities()
    all_symbols = [quantity.name for quantity in (*q.neurons[0], *q.targets)]
    found = [pair for pair in lost(header, setup.ends[0], all_symbols) if pair[1] in all_symbols[:n_columns]]
    if not found:
        return []
    names, symbols = [quoted(name, MOST_CHARACTERS) for name, _ in found], [symbol for _, symbol in found]
    return [say("names.lost", count=len(found), names=listed(names, MOST_NAMES), symbols=listed(symbols, MOST_NAMES))]


def _from_csv(first: str, setup: Setup, text: str) -> Setup:
    """Return the setup with the samples in a text whose first row is a header, a sample, or not yet said to be either.

    Raises RefusedError where it is not allowed, also where it must first be said what the first row is.
    """
    if len(text) > own_table.LONGEST_CSV:
        raise RefusedError(say("samples.too_large"), {CSV: say("samples.too_large")})
    try:
        if first == UNKNOWN and said_in(text):
            return own_table.with_table(setup, text)
        rows, header = read_csv(text, *setup.ends, first)
        manner = replace(setup.manner, names=named(header, setup.ends[0]))
        return changes.fitting(replace(changes.samples(replace(setup, sample=0), rows), manner=manner))
    except HeaderQuestionError as problem:
        asked = say("samples.header_or_sample")
        raise RefusedError(str(problem), {CSV: str(problem), CSV_FIRST: asked}) from problem
    except (SamplesError, RefusedError) as problem:
        raise RefusedError(str(problem), {CSV: str(problem)} | _other_reading(text)) from problem


def _other_reading(text: str) -> dict[str, str]:
    """Return how a text that is not what the network needs would be read for another one, by the place to say so."""
    try:
        return {} if said_in(text) else {CSV_COLUMNS: own_table.proposal(text)}
    except SamplesError:
        return {}


def _from_table(setup: Setup, text: str) -> Setup:
    """Return the setup with the samples in a table. Raises RefusedError where it is not allowed."""
    try:
        return own_table.with_table(setup, text)
    except (SamplesError, RefusedError) as problem:
        raise RefusedError(str(problem), {CSV: str(problem)}) from problem


def _drawn_again(setup: Setup, _: str) -> Setup:
    """Return the setup with weights drawn from the next seed."""
    start = setup.start
    rule = UNIFORM if start.rule == HAND else start.rule
    return setup.with_start(replace(start, rule=rule, seed=(start.seed + 1) % (LARGEST_SEED + 1)))


def _layer_removed(layer: int, setup: Setup, _: str) -> Setup:
    return changes.layer_removed(layer, setup)


def _defaults(setup: Setup, _: str) -> Setup:
    """Return the preset as it was, told in the same manner."""
    return changes.preset(setup, setup.preset)


ACTIONS: dict[str, Action] = {
    "": lambda setup, _: setup,
    "defaults": _defaults,
    "draw": _drawn_again,
    EXERCISE: with_exercise,
    "add-layer": lambda setup, _: changes.layer_added(setup),
    **{f"remove-layer{layer + 1}": partial(_layer_removed, layer) for layer in range(MOST_LAYERS)},
    "paste": with_matrices,
    ROLE: with_role,
    "add-sample": lambda setup, _: changes.sample_added(setup),
    "remove-sample": lambda setup, _: changes.sample_removed(setup),
    **{action: partial(_from_csv, first) for action, first in FIRST_ROW.items()},
    CSV_COLUMNS: _from_table,
}
