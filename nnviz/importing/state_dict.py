"""``nnviz.from_state_dict``: arrays by name, as PyTorch and others save the parameters of a model."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice, pairwise, permutations
from typing import Any

from nnviz.engine.network import Network
from nnviz.importing.model import Dense, Model, checked
from nnviz.text import say

WEIGHTS, KERNELS = ("weight", "weights", "w"), ("kernel",)  # of shape (n_out, n_in), and (n_in, n_out)
BIASES = ("bias", "biases", "b")
NAME = re.compile(r"(?:(.*)[./:_])?([A-Za-z]+)(\d*)")
DIGITS = re.compile(r"(\d+)")
MOST_LAYERS = 8  # whose order is looked for


def from_state_dict(state: Mapping[str, Any], activations: Sequence[str], loss: str | None = None) -> Network:
    """Return the network of arrays by name, such as ``model.state_dict()``.

    Weights are called "….weight", of shape (n_out, n_in), or "….kernel", of shape (n_in, n_out); biases "….bias". They
    are layers in the order in which they stand there. ``activations`` are one for each of them, as the arrays do not
    say which; without a ``loss`` it is the one that usually goes with the last one. Raises ValueError where a name is
    another, arrays do not fit each other, or the activations are not as many.
    """
    found = of_arrays(state).with_activations(activations)
    return (found.with_loss(loss) if loss else found).network


def of_arrays(state: Mapping[str, Any], is_ordered: bool = True) -> Model:
    """Return the layers of arrays by name, in their order, or where that is not given in the one that fits.

    Raises ValueError where a name is none of weights or biases, or they do not fit each other.
    """
    if not isinstance(state, Mapping) or not state:
        raise ValueError(say("import.no_state"))
    layers = [_dense(stem, found) for stem, found in _by_layer(state).items()]
    if not is_ordered:
        layers.sort(key=lambda layer: _natural(layer.where))
    if _fits(layers):
        return Model(tuple(layers))
    if _fits([_turned(layer) for layer in layers]):
        raise ValueError(say("import.state_transposed", shapes=_shapes(layers)))
    return Model(tuple(layers if is_ordered else _in_order(layers)))


def _by_layer(state: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the arrays of each layer by what they are: "weights", "kernel" and "biases"."""
    found: dict[str, dict[str, Any]] = {}
    for name, array in state.items():
        stem, part = _parts(str(name))
        of_layer = found.setdefault(stem, {})
        if part in of_layer:
            raise ValueError(say("import.state_twice", name=name))
        of_layer[part] = array
    return found


def _parts(name: str) -> tuple[str, str]:
    """Return of which layer an array is, and what of it. Raises ValueError where its name does not say."""
    read = NAME.fullmatch(name)
    if read is not None:
        stem, word, number = read.groups(default="")
        for part, words in (("weights", WEIGHTS), ("kernel", KERNELS), ("biases", BIASES)):
            if word.lower() in words:
                return f"{stem}{number}", part
    raise ValueError(say("import.state_name", name=name))


def _dense(stem: str, found: Mapping[str, Any]) -> Dense:
    where = stem or "weight"
    if "biases" in found and len(found) == 1:
        raise ValueError(say("import.state_biases", where=where))
    if "kernel" in found:
        weights = checked(f"{where}.kernel", found["kernel"], 2).T
    else:
        weights = checked(f"{where}.weight", found["weights"], 2)
    biases = checked(f"{where}.bias", found["biases"], 1) if "biases" in found else None
    if biases is not None and len(biases) != len(weights):
        raise ValueError(say("import.state_shapes", where=where, weights=weights.shape, biases=biases.shape))
    return Dense(where, weights, biases)


def _fits(layers: Sequence[Dense]) -> bool:
    has_biases = all(layer.biases is None or len(layer.biases) == len(layer.weights) for layer in layers)
    return has_biases and all(after.weights.shape[1] == len(before.weights) for before, after in pairwise(layers))


def _turned(layer: Dense) -> Dense:
    return replace(layer, weights=layer.weights.T)


def _in_order(layers: Sequence[Dense]) -> Sequence[Dense]:
    """Return layers in the one order in which they fit. Raises ValueError where there is none, or more than one."""
    orders = permutations(layers) if len(layers) <= MOST_LAYERS else iter(())
    fitting = list(islice(filter(_fits, orders), 2))
    if len(fitting) != 1:
        raise ValueError(say("import.state_order", shapes=_shapes(layers)))
    return fitting[0]


def _shapes(layers: Sequence[Dense]) -> str:
    return ", ".join(f"{layer.where} {layer.weights.shape}" for layer in layers[:MOST_LAYERS])


def _natural(name: str) -> list[tuple[bool, int, str]]:
    """Return a key by which fc10 comes behind fc9."""
    return [(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in DIGITS.split(name) if part]
