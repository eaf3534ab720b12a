"""Networks from elsewhere on the page: files of other programs, and matrices that are pasted."""

import base64
import binascii
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from nnviz.algebra.arrays import Array
from nnviz.engine.constraints import moved, places_of
from nnviz.engine.initializers import HAND
from nnviz.engine.network import Layer, Network
from nnviz.importing.files import model_in
from nnviz.importing.matrix_text import Pasted, matrices_in
from nnviz.importing.model import Dense, Model
from nnviz.importing.state_dict import of_arrays
from nnviz.lessons.network.bias_kinds import MIXED, NO_BIASES, kinds_of, with_kinds
from nnviz.lessons.network.own_network import check_size
from nnviz.lessons.network.own_table import fitting
from nnviz.lessons.network.setup import Setup, as_wide
from nnviz.player.refusal import RefusedError
from nnviz.text import listed, say

BINARY = re.compile(r"data:[^,]*,")  # begins bytes in base 64
NUMBERED = re.compile(r"([Ww]|b|B)_?(\d{1,3})")
MOST_LISTED = 6
PASTE = "paste"


def from_file(setup: Setup, text: str) -> tuple[Setup, list[str]]:
    """Return the setup with the network of a file, and what is to be said of it.

    The text is the file's, or its bytes in base 64. Activations that it does not say are guessed; samples are made to
    fit. Raises RefusedError where it is no file of a network, or the page does not show it.
    """
    content = _content(text)
    if content is None:
        raise RefusedError(say("file.not_ours"))
    try:
        model = model_in(content)
        guessed = model.guessed()
        network = guessed.network
        changed = with_network(setup, network)
    except ValueError as problem:
        raise RefusedError(say("file.problem", details=problem)) from problem
    notices = [say("import.opened", sizes="-".join(map(str, network.sizes)))]
    if not model.says_activations:
        names = [say(f"activation.{layer.activation}") for layer in guessed.layers]
        notices.append(say("import.guessed", count=len(names), names=listed(names, MOST_LISTED)))
    return changed, [*notices, *_of_samples(setup, changed)]


def _content(text: str) -> bytes | None:
    """Return the bytes of a file of another program, None where the text is none that one writes."""
    if begun := BINARY.match(text):
        try:
            return base64.b64decode(text[begun.end() :], validate=True)
        except (binascii.Error, ValueError):
            return None
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        return None
    has_arrays = isinstance(given, dict) and any(isinstance(part, list | dict) for part in given.values())
    return text.encode(errors="replace") if has_arrays else None


def _of_samples(before: Setup, setup: Setup) -> list[str]:
    """Return a sentence where samples are others than they were."""
    is_same = (before.inputs, before.targets) == (setup.inputs, setup.targets)
    return [] if is_same else [say("import.samples")]


def with_network(setup: Setup, network: Network) -> Setup:
    """Return the setup with another network; samples are kept as far as they fit. New inputs are 1, new targets 0.

    Raises RefusedError where the page shows no network of its size.
    """
    check_size(network.sizes)
    n_in, n_out = network.sizes[0], network.sizes[-1]
    is_same = setup.ends == (n_in, n_out)
    layers = network.layers
    changed = replace(
        setup,
        shape=network.shape,
        weights=_as_typed(setup.weights, [layer.matrix for layer in layers]),
        biases=_as_typed(setup.biases, [layer.vector for layer in layers if layer.vector is not None]),
        inputs=as_wide(setup.inputs, n_in, 1.0),
        start=replace(setup.start, rule=HAND),
        manner=setup.manner if is_same else replace(setup.manner, names=((), ())),
    )
    for targets in _targets(setup, n_out):
        try:
            return fitting(replace(changed, targets=targets))
        except RefusedError as refused:
            problem = refused
    raise problem


def _as_typed(typed: Sequence[float], arrays: Sequence[Array]) -> tuple[float, ...]:
    """Return all numbers of arrays in a row; those that are what was typed there stay as they were typed, as 1/3."""
    row = [number for array in arrays for number in array.ravel().tolist()]
    if len(row) != len(typed):
        return tuple(row)
    return tuple(old if old == number else number for old, number in zip(typed, row, strict=True))


def _targets(setup: Setup, n_out: int) -> Iterator[tuple[tuple[float, ...], ...]]:
    """Yield targets for so many outputs: those that are there, all 0, and the first one 1, as of classes."""
    count = len(setup.targets)
    yield as_wide(setup.targets, n_out, 0.0)
    yield ((0.0,) * n_out,) * count
    yield ((1.0, *(0.0,) * (n_out - 1)),) * count


# Matrices that are pasted


def with_matrices(setup: Setup, text: str) -> Setup:
    """Return the setup with the weights and biases in a text: W1 = [[0.11, 0.21], [0.12, 0.08]], or without a name.

    Those of some layers must fit the network; those of all layers make a network of their shapes, whose activations
    are those that were there. Raises RefusedError where a name is none of a layer, or a shape does not fit.
    """
    try:
        pasted = matrices_in(text)
        if len(pasted) == 1 and not pasted[0].name:
            layers = _put(setup, [(*_only_place(setup, pasted[0]), pasted[0])])
        elif all(NUMBERED.fullmatch(matrix.name) for matrix in pasted):
            layers = _numbered(setup, pasted)
        else:
            layers = _named(setup, pasted)
        return _with_layers(setup, layers)
    except ValueError as problem:
        raise RefusedError(str(problem), {PASTE: str(problem)}) from problem


def _with_layers(setup: Setup, layers: Sequence[Dense]) -> Setup:
    """Return the setup with other layers; as long as there are as many, what is held or tied stays so."""
    network = replace(Model(tuple(layers), setup.shape.loss).network, reduction=setup.shape.reduction)
    if len(layers) == len(setup.matrices):
        shapes = setup.shape, network.shape
        before, after = (places_of(shape.sizes, shape.has_biases) for shape in shapes)
        kept = with_kinds(
            replace(network.shape, constraints=moved(setup.shape.constraints, before, after, range(len(layers)))),
            [MIXED if had == NO_BIASES else had if has else NO_BIASES
             for had, has in zip(kinds_of(setup.shape), network.shape.has_biases, strict=True)],
        ).constraints  # fmt: skip
        network = replace(network, fixed=kept.fixed, absent=kept.absent, tied=kept.tied)
    return with_network(setup, network)


def _present(setup: Setup) -> list[Dense]:
    """Return the layers that are there; they are called W1, W2, …, as their weights are."""
    parts = zip(setup.matrices, setup.vectors, setup.network.layers, strict=True)
    return [
        _like(_dense(number, weights, biases), layer) for number, (weights, biases, layer) in enumerate(parts, start=1)
    ]


def _like(dense: Dense, layer: Layer) -> Dense:
    """Return a layer with the activation of another one."""
    return replace(dense, activation=layer.activation, negative_slope=layer.negative_slope)


def _dense(number: int, weights: Array, biases: Array | None) -> Dense:
    return Dense(f"W{number}", weights, biases)


def _numbered(setup: Setup, pasted: Sequence[Pasted]) -> list[Dense]:
    """Return the layers with matrices called W1, b1, …; those of another network where all weights are there."""
    found: dict[tuple[int, bool], Pasted] = {}
    for matrix in pasted:
        letter, digits = NUMBERED.fullmatch(matrix.name).groups()  # type: ignore[union-attr]  # all of them fit
        key = int(digits), letter in "bB"
        if key in found:
            raise ValueError(say("import.state_twice", name=matrix.name))
        found[key] = matrix
    weights = {number: matrix for (number, is_bias), matrix in found.items() if not is_bias}
    shapes = [matrix.shape for _, matrix in sorted(weights.items())]
    is_whole = [*sorted(weights)] == [*range(1, len(weights) + 1)] and all(
        number <= len(weights) for number, _ in found
    )
    is_chain = all(after[1] == before[0] for before, after in pairwise(shapes))
    is_all = len(weights) >= len(setup.matrices)
    if is_all and is_whole and is_chain and shapes != [matrix.shape for matrix in setup.matrices]:
        return _whole(setup, found, len(weights))
    return _put(setup, [(*key, matrix) for key, matrix in found.items()])


def _whole(setup: Setup, found: "dict[tuple[int, bool], Pasted]", count: int) -> list[Dense]:
    """Return the layers of another network, with the activations that are there where it has as many layers."""
    layers = []
    for number in range(1, count + 1):
        biases = found.get((number, True))
        weights = np.array(found[number, False].rows)
        layers.append(_dense(number, weights, None if biases is None else _vector(biases, len(weights))))
    return _with_activations(setup, layers)


def _named(setup: Setup, pasted: Sequence[Pasted]) -> list[Dense]:
    """Return the layers of matrices that are called as in a state dict."""
    if any(not matrix.name for matrix in pasted):
        raise ValueError(say("matrices.names"))
    arrays = {matrix.name: np.array(matrix.rows) for matrix in pasted}
    flat = {name: array.ravel() if "bias" in name.lower() else array for name, array in arrays.items()}
    layers = of_arrays(flat).layers
    if len(layers) < len(setup.matrices):
        raise ValueError(say("matrices.names"))
    return _with_activations(setup, layers)


def _with_activations(setup: Setup, layers: Sequence[Dense]) -> list[Dense]:
    """Return layers with the activations that are there, or where there are not as many layers, with usual ones.

    The last one's stays, as the loss is made for it.
    """
    present = setup.network.layers
    if len(present) == len(layers):
        return [_like(dense, layer) for dense, layer in zip(layers, present, strict=True)]
    guessed = [*Model(tuple(layers)).guessed().layers]
    return [*guessed[:-1], _like(guessed[-1], present[-1])]


def _put(setup: Setup, given: "Sequence[tuple[int, bool, Pasted]]") -> list[Dense]:
    """Return the layers with other weights and biases, each by the number of its layer and whether it is biases."""
    layers = _present(setup)
    for number, is_bias, matrix in given:
        name = f"{'b' if is_bias else 'W'}{number}"
        if not 1 <= number <= len(layers):
            raise ValueError(say("matrices.no_layer", name=name, count=len(layers)))
        layer = layers[number - 1]
        if is_bias:
            layers[number - 1] = replace(layer, biases=_vector(matrix, len(layer.weights), name))
            continue
        if matrix.shape != layer.weights.shape:
            key = "matrices.turned" if matrix.shape == layer.weights.shape[::-1] else "matrices.shape"
            raise ValueError(say(key, name=name, expected=layer.weights.shape, given=matrix.shape))
        layers[number - 1] = replace(layer, weights=np.array(matrix.rows))
    return layers


def _vector(matrix: Pasted, count: int, name: str = "") -> Array:
    """Return biases, which may stand in a row or a column. Raises ValueError where they are not so many."""
    found: Array = np.array(matrix.rows).ravel()
    if len(found) != count or min(matrix.shape) != 1:
        raise ValueError(say("matrices.biases", name=name or matrix.name, expected=count, given=matrix.shape))
    return found


def _only_place(setup: Setup, matrix: Pasted) -> tuple[int, bool]:
    """Return of which layer a matrix without a name is, and whether it is its biases.

    Raises ValueError where there are more places than one, or none.
    """
    places = [
        (number, False) for number, weights in enumerate(setup.matrices, start=1) if weights.shape == matrix.shape
    ]
    if len(places) != 1:
        shapes = [f"W{number} {weights.shape}" for number, weights in enumerate(setup.matrices, start=1)]
        raise ValueError(say("matrices.which", given=matrix.shape, shapes=listed(shapes, MOST_LISTED)))
    return places[0]
