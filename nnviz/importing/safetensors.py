"""Files of the format safetensors: eight bytes say how long a header of JSON is, behind which are the arrays' bytes."""

import json
from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np

from nnviz.algebra.arrays import Array
from nnviz.importing.model import MOST_PARAMETERS, Model
from nnviz.importing.state_dict import of_arrays
from nnviz.text import say

LENGTH = 8  # bytes that say how long the header is
LARGEST_HEADER = 1_000_000
METADATA = "__metadata__"
TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "i1",
         "U8": "u1"}  # fmt: skip
BFLOAT16 = "BF16"  # the first half of a float of 32 bits


def model_of(content: bytes) -> Model:
    """Return the layers in a file. Raises ValueError where it is none, or its arrays are no layers."""
    return of_arrays(arrays_in(content), is_ordered=False)


def arrays_in(content: bytes) -> dict[str, Array]:
    """Return the arrays in a file by name. Raises ValueError where it is damaged, or has an array that is not shown."""
    size = int.from_bytes(content[:LENGTH], "little")
    if len(content) < LENGTH or not 0 < size <= min(LARGEST_HEADER, len(content) - LENGTH):
        raise ValueError(say("import.damaged", format="safetensors"))
    try:
        header = json.loads(content[LENGTH : LENGTH + size])
    except (ValueError, RecursionError) as error:
        raise ValueError(say("import.damaged", format="safetensors")) from error
    if not isinstance(header, dict):
        raise ValueError(say("import.damaged", format="safetensors"))
    data = content[LENGTH + size :]
    return {str(name): _array(name, entry, data) for name, entry in header.items() if name != METADATA}


def _array(name: str, entry: Any, data: bytes) -> Array:
    match entry:
        case {"dtype": str(kind), "shape": [*shape], "data_offsets": [int(begin), int(end)]}:
            pass
        case _:
            raise ValueError(say("import.damaged", format="safetensors"))
    if kind not in TYPES:
        raise ValueError(say("import.type", name=name, given=kind, allowed=", ".join(TYPES)))
    if not all(isinstance(side, int) and 0 <= side <= MOST_PARAMETERS for side in shape):
        raise ValueError(say("import.damaged", format="safetensors"))
    values = np.dtype(TYPES[kind])
    if not 0 <= begin <= end <= len(data) or end - begin != prod(shape) * values.itemsize:
        raise ValueError(say("import.array_size", name=name, shape=tuple(shape)))
    return numbers(data[begin:end], kind, shape)


def numbers(data: bytes, kind: str, shape: list[int]) -> Array:
    """Return an array of one of TYPES as float64."""
    found = np.frombuffer(data, dtype=TYPES[kind])
    if kind == BFLOAT16:
        found = (found.astype("<u4") << np.uint32(16)).view("<f4")
    return found.astype(np.float64).reshape(shape)


def written(arrays: Mapping[str, Array]) -> bytes:
    """Return arrays by name as a file, with all the bits of a float64."""
    header, begin = dict[str, Any](), 0
    for name, array in arrays.items():
        header[name] = {"dtype": "F64", "shape": list(array.shape), "data_offsets": [begin, begin + array.nbytes]}
        begin += array.nbytes
    text = json.dumps(header).encode()
    return len(text).to_bytes(LENGTH, "little") + text + b"".join(a.astype("<f8").tobytes() for a in arrays.values())
