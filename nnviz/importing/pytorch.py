"""``nnviz.from_torch``: a model of PyTorch as a network. PyTorch itself is not imported: whoever has a model has it."""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from nnviz.engine.matrix import predict
from nnviz.engine.network import Network
from nnviz.importing.model import Chain, Model, UnknownLayerError, names_of, numbers
from nnviz.text import say

ACTIVATIONS = {"Sigmoid", "Tanh", "ReLU", "LeakyReLU", "Softplus", "GELU", "ELU", "Softmax", "LogSoftmax"}
PASSED = {"Identity", "Flatten"}  # which change no number of a row
LOG_SOFTMAX, OF_LOGS, OF_LOGITS = "LogSoftmax", "NLLLoss", {"BCEWithLogitsLoss", "CrossEntropyLoss"}
DROPOUTS = {"Dropout", "AlphaDropout", "FeatureAlphaDropout"}
USUAL: Mapping[str, Mapping[str, object]] = {
    "Softplus": {"beta": 1},
    "GELU": {"approximate": "none"},
    "ELU": {"alpha": 1},
}
SAMPLES, CLOSE, CLOSE_SINGLE = 4, 1e-9, 1e-4


def from_torch(model: Any, loss: Any = None) -> Network:
    """Return the network that a model of PyTorch is: linear layers and activations, one after the other.

    ``loss`` is one of PyTorch, such as ``torch.nn.MSELoss()``, or the name of one here; without it, it is the one that
    usually goes with the last activation. A loss that takes logits puts its activation behind the last layer. A model
    that is no ``Sequential`` is run once, to see that it does compute its parts in their order. Raises ValueError where
    a part cannot be shown, with its name and with what can, or where the model computes something else.
    """
    chain, kind = Chain(), ""
    for where, part in _parts(model, ""):
        kind = type(part).__name__
        _add(chain, where, part)
    found = chain.model()
    if "Sequential" not in names_of(model):
        _check(model, found.network, is_log=kind == LOG_SOFTMAX)
    return (found if loss is None else _with_loss(found, loss, is_log=kind == LOG_SOFTMAX)).network


def _parts(module: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield the modules within a module that have none within them, each with its place; where there are none, it."""
    inner = list(module.named_children()) if hasattr(module, "named_children") else None
    if inner is None:
        raise ValueError(say("import.no_module", given=type(module).__name__))
    if not inner:
        yield f"{path or 'model'} ({type(module).__name__})", module
    for name, part in inner:
        yield from _parts(part, f"{path}.{name}" if path else name)


def _add(chain: Chain, where: str, part: Any) -> None:
    """Add a module. Raises UnknownLayerError where it cannot be shown."""
    kind = type(part).__name__
    if kind == "Linear":
        chain.dense(where, part.weight, part.bias)
    elif kind in DROPOUTS and not (part.training and part.p):
        return
    elif kind in DROPOUTS:
        raise ValueError(say("import.dropout", where=where))
    elif kind in ACTIVATIONS and all(getattr(part, name) == usual for name, usual in USUAL.get(kind, {}).items()):
        chain.activation(where, kind, part.negative_slope if kind == "LeakyReLU" else None)
    elif kind not in PASSED:
        raise UnknownLayerError(where, kind)


def _with_loss(model: Model, loss: Any, *, is_log: bool) -> Model:
    """Return a model with a loss. Raises ValueError where that is not shown, or does not fit the model."""
    if isinstance(loss, str):
        return model.with_loss(loss)
    kind, reduction = type(loss).__name__, getattr(loss, "reduction", "mean")
    has_more = getattr(loss, "label_smoothing", 0) != 0
    has_more = has_more or any(getattr(loss, name, None) is not None for name in ("weight", "pos_weight"))
    if reduction not in ("mean", "sum") or has_more:
        raise ValueError(say("import.loss_settings", given=kind))
    if is_log != (kind == OF_LOGS):
        raise ValueError(say("import.log_softmax", given=kind))
    return model.with_loss(kind, is_sum=reduction == "sum", of_logits=kind in OF_LOGITS)


def _check(model: Any, network: Network, *, is_log: bool) -> None:
    """Raise ValueError where a model does not compute what its parts, one after the other, do."""
    torch = sys.modules["torch"]
    inputs = np.random.default_rng(7).normal(size=(SAMPLES, network.sizes[0]))
    first = next(iter(model.parameters()))
    try:
        with torch.no_grad():
            given = torch.as_tensor(inputs).to(dtype=first.dtype, device=first.device)
            found = numbers(model(given))
    except Exception as problem:  # whatever the model raises, it says that it takes no such rows
        raise ValueError(say("import.not_run", given=type(model).__name__, problem=problem)) from problem
    expected = predict(network, numbers(given))
    found = np.exp(found) if is_log else found
    close = CLOSE if first.dtype == torch.float64 else CLOSE_SINGLE
    if found.shape != expected.shape or not np.allclose(found, expected, rtol=close, atol=close):
        raise ValueError(say("import.other_order", given=type(model).__name__))
