"""``nnviz.from_keras``: a model of Keras as a network; and the same from the JSON that Keras writes, with weights."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from nnviz.engine.matrix import predict
from nnviz.engine.network import Network
from nnviz.importing.model import Chain, Model, UnknownLayerError, checked, names_of
from nnviz.text import say

PASSED = {"InputLayer", "Flatten", "Identity", "Dropout", "GaussianNoise", "GaussianDropout", "AlphaDropout"}
ACTIVATIONS = {"ReLU": "relu", "LeakyReLU": "leaky_relu", "ELU": "elu", "Softmax": "softmax"}
LEAKS = {"layer": 0.3, "function": 0.2}  # what Keras takes for a leaky ReLU that does not say
SAMPLES, CLOSE = 4, 1e-4
MEAN = "sum_over_batch_size"  # what Keras calls the mean
Config = Mapping[str, Any]


def from_keras(model: Any, loss: str | None = None) -> Network:
    """Return the network that a model of Keras is: Dense layers and activations, one after the other.

    ``loss`` is a name of Keras or one here; without it, it is that of the compiled model, or the one that usually goes
    with the last activation. A loss from logits puts its activation behind the last layer. A model that is no
    ``Sequential`` is run once, to see that it does compute its layers in their order. Raises ValueError where a layer
    cannot be shown, with its name and with what can, or where the model computes something else.
    """
    if not hasattr(model, "layers") or not hasattr(model, "get_weights"):
        raise ValueError(say("import.no_keras", given=type(model).__name__))
    layers = [(layer.name, type(layer).__name__, layer.get_config(), layer.get_weights()) for layer in model.layers]
    found = of_layers(layers)
    if "Sequential" not in names_of(model):
        _check(model, found.network)
    return _with_loss(found, loss or getattr(model, "loss", None)).network


def of_layers(layers: Iterable[tuple[str, str, Config, Sequence[Any]]]) -> Model:
    """Return the model of layers: each its name, its class, its configuration, and its arrays, kernel (n_in, n_out)."""
    chain = Chain()
    for name, kind, config, arrays in layers:
        where = f"{name} ({kind})"
        if kind == "Dense":
            _add_dense(chain, where, config, arrays)
        elif kind == "Activation":
            _add_activation(chain, where, config.get("activation"))
        elif kind in ACTIVATIONS:
            _add_activation_layer(chain, where, kind, config)
        elif kind not in PASSED:
            raise UnknownLayerError(where, kind)
    return chain.model()


def of_json(given: Config) -> Model:
    """Return the model in what ``model.to_json()`` writes, with "weights" beside it, those of ``model.get_weights()``.

    Raises ValueError where they are not as many as the layers need.
    """
    config = given.get("model", given)
    config = config.get("config", config)
    weights = list(given["weights"])
    layers = []
    for layer in config.get("layers", ()):
        kind, inner = str(layer.get("class_name")), layer.get("config", {})
        count = (1 + bool(inner.get("use_bias", True))) if kind == "Dense" else 0
        arrays, weights = weights[:count], weights[count:]
        layers.append((str(inner.get("name", kind)), kind, inner, arrays))
    if weights:
        raise ValueError(say("import.keras_weights"))
    return of_layers(layers)


def _add_dense(chain: Chain, where: str, config: Config, arrays: Sequence[Any]) -> None:
    if len(arrays) != 1 + bool(config.get("use_bias", True)):
        raise ValueError(say("import.keras_weights"))
    kernel, units = checked(where, arrays[0], 2), config.get("units")
    if units is not None and kernel.shape[1] != units:
        raise ValueError(say("import.kernel", where=where, units=units, given=kernel.shape))
    chain.dense(where, kernel.T, arrays[1] if len(arrays) == 2 else None)
    _add_activation(chain, where, config.get("activation"))


def _add_activation(chain: Chain, where: str, given: Any) -> None:
    """Add the activation that a configuration has: a name, a name with its settings, or none."""
    if given is None:
        return
    name, config = given, {}
    if isinstance(given, Mapping):
        name, config = given.get("class_name"), given.get("config", {})
        if isinstance(config, str):  # a function: its name
            name, config = config, {}
    leak = None
    if str(name).lower().replace("_", "") == "leakyrelu":
        leak = float(config.get("negative_slope", LEAKS["function"]))
    chain.activation(where, str(name), leak)


def _add_activation_layer(chain: Chain, where: str, kind: str, config: Config) -> None:
    """Add a layer that is an activation. Raises UnknownLayerError where its settings are not the usual ones."""
    if kind == "ReLU" and (
        config.get("max_value") is not None or config.get("threshold") or config.get("negative_slope")
    ):
        raise UnknownLayerError(where, f"{kind}(max_value, negative_slope, threshold)")
    if kind == "ELU" and config.get("alpha", 1.0) != 1.0:
        raise UnknownLayerError(where, f"{kind}(alpha={config['alpha']})")
    leak = float(config.get("negative_slope", LEAKS["layer"])) if kind == "LeakyReLU" else None
    chain.activation(where, ACTIVATIONS[kind], leak)


def _with_loss(model: Model, loss: Any) -> Model:
    """Return a model with a loss of Keras, a name or an object, where there is one."""
    if loss is None or not model.layers:
        return model
    name = (
        loss if isinstance(loss, str) else getattr(loss, "name", None) or getattr(loss, "__name__", type(loss).__name__)
    )
    of_logits, reduction = bool(getattr(loss, "from_logits", False)), getattr(loss, "reduction", MEAN)
    if reduction not in (MEAN, "sum") or getattr(loss, "label_smoothing", None):
        raise ValueError(say("import.loss_settings", given=name))
    return model.with_loss(str(name), is_sum=reduction == "sum", of_logits=of_logits)


def _check(model: Any, network: Network) -> None:
    """Raise ValueError where a model does not compute what its layers, one after the other, do."""
    inputs = np.random.default_rng(7).normal(size=(SAMPLES, network.sizes[0])).astype("float32")
    try:
        found = np.asarray(model.predict(inputs, verbose=0), dtype=float)
    except Exception as problem:  # whatever the model raises, it says that it takes no such rows
        raise ValueError(say("import.not_run", given=type(model).__name__, problem=problem)) from problem
    expected = predict(network, inputs)
    if found.shape != expected.shape or not np.allclose(found, expected, rtol=CLOSE, atol=CLOSE):
        raise ValueError(say("import.other_order", given=type(model).__name__))
