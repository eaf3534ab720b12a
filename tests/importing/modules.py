"""Stand-ins for models of other libraries: classes with their names, and as much of them as is read."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np


class Tensor:
    """An array that is one only after it was detached, moved and widened, as a tensor of PyTorch is."""

    def __init__(self, array: Any) -> None:
        self.array = np.asarray(array)

    def detach(self) -> "Tensor":
        return self

    def cpu(self) -> "Tensor":
        return self

    def double(self) -> Any:
        return self.array.astype(np.float64)


def thing(kind: str, base: str = "", **parts: Any) -> Any:
    """Return an object of a class with a name, made from another one where that has a name."""
    bases = (type(base, (), {}),) if base else ()
    found = type(kind, bases, {})()
    for name, part in parts.items():
        setattr(found, name, part)
    return found


def module(kind: str, *inner: Any, **parts: Any) -> Any:
    """Return a module of PyTorch with others within it."""

    def named_children() -> Iterator[tuple[str, Any]]:
        return iter([(str(number), part) for number, part in enumerate(inner)])

    return thing(kind, "Module", named_children=named_children, **parts)


def linear(weights: Any, biases: Any = None) -> Any:
    """Return a Linear of PyTorch."""
    return module("Linear", weight=Tensor(weights), bias=None if biases is None else Tensor(biases))


def keras_layer(kind: str, arrays: Any = (), **config: Any) -> Any:
    """Return a layer of Keras."""
    return thing(kind, name=kind.lower(), get_config=lambda: config, get_weights=lambda: list(arrays))


def keras_model(*layers: Any, kind: str = "Sequential", predict: Callable[..., Any] | None = None, **parts: Any) -> Any:
    """Return a model of Keras."""
    return thing(kind, layers=list(layers), get_weights=list, predict=predict, **parts)


def torch_library(dtype: Any = np.float64) -> Any:
    """Return as much of PyTorch as it takes to run a model."""

    class Nothing:
        def __enter__(self) -> None: ...

        def __exit__(self, *_: object) -> None: ...

    class Rows(Tensor):
        def to(self, **_: Any) -> "Rows":
            return self

    return SimpleNamespace(no_grad=Nothing, as_tensor=Rows, float64=np.float64)
