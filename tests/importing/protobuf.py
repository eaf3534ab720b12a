"""Files of ONNX written by hand, from the field numbers of its specification."""

from collections.abc import Sequence
from typing import Any

import numpy as np


def varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])


def field(number: int, value: int | bytes | str) -> bytes:
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    content = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(content)) + content


def tensor(name: str, array: Any, kind: int = 1, *, raw: bool = True) -> bytes:
    """Return a tensor of float (1) or double (11), its bytes raw or in the field of its type."""
    numbers = np.asarray(array, dtype="<f4" if kind == 1 else "<f8")
    sides = b"".join(field(1, side) for side in numbers.shape)
    data = field(9 if raw else 4 if kind == 1 else 10, numbers.tobytes())
    return sides + field(2, kind) + field(8, name) + data


def node(operation: str, inputs: Sequence[str], output: str, *attributes: bytes, name: str = "") -> bytes:
    wires = b"".join(field(1, one) for one in inputs) + field(2, output)
    return wires + field(3, name) + field(4, operation) + b"".join(field(5, one) for one in attributes)


def whole(name: str, value: int) -> bytes:
    return field(1, name) + field(3, value)


def number(name: str, value: float) -> bytes:
    return field(1, name) + varint(2 << 3 | 5) + np.float32(value).tobytes()


def text(name: str, value: str) -> bytes:
    return field(1, name) + field(4, value)


def model(
    nodes: Sequence[bytes], tensors: Sequence[bytes], inputs: Sequence[str] = ("x",), outputs: Sequence[str] = ("y",)
) -> bytes:
    """Return the bytes of a model."""
    graph = b"".join(field(1, one) for one in nodes) + b"".join(field(5, one) for one in tensors)
    graph += b"".join(field(11, field(1, one)) for one in inputs) + b"".join(
        field(12, field(1, one)) for one in outputs
    )
    return field(1, 8) + field(7, graph)
