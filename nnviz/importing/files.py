"""``nnviz.from_file``: a network from a file that another library has written, by what is in it, not by its name."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nnviz.engine.network import Network
from nnviz.importing import keras_model, onnx, safetensors, scikit_learn
from nnviz.importing.model import Model
from nnviz.importing.state_dict import of_arrays
from nnviz.text import say

LARGEST = 20_000_000  # bytes
COEFS = ("coefs_", "intercepts_")
ZIP, HDF5, PICKLE = b"PK\x03\x04", b"\x89HDF", (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")


def from_file(path: str | Path, activations: Sequence[str] | None = None, loss: str | None = None) -> Network:
    """Return the network in a file: safetensors, ONNX, or JSON of a state dict, of scikit-learn or of Keras.

    ``activations`` are one for each layer, where the file does not say them; ``loss`` is a name, without which it is
    the one of the file, or the one that usually goes with the last activation. No file is ever unpickled. Raises
    ValueError, in words, where it is none of these, is damaged or too large, a layer cannot be shown, or it does not
    say the activations; OSError where it cannot be read.
    """
    with Path(path).open("rb") as opened:
        content = opened.read(LARGEST + 1)
    found = model_in(content)
    if activations is not None:
        found = found.with_activations(activations)
    elif not found.says_activations:
        raise ValueError(say("import.which_activations", count=len(found.layers)))
    return (found.with_loss(loss) if loss else found).network


def model_in(content: bytes) -> Model:
    """Return the model in a file’s bytes. Raises ValueError where there is none that can be shown."""
    if len(content) > LARGEST:
        raise ValueError(say("import.file_large", most=LARGEST // 10**6))
    if not content.strip():
        raise ValueError(say("import.file_empty"))
    for beginnings, key in (((ZIP,), "import.zip"), ((HDF5,), "import.hdf5"), (PICKLE, "import.pickle")):
        if content.startswith(beginnings):
            raise ValueError(say(key))
    if content.lstrip().startswith((b"{", b"\xef\xbb\xbf")):
        return _in_json(content)
    if content[8:9] == b"{":
        return safetensors.model_of(content)
    return onnx.model_of(content)


def _in_json(content: bytes) -> Model:
    try:
        given = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ValueError(say("import.damaged", format="JSON")) from error
    if not isinstance(given, dict):
        raise ValueError(say("import.damaged", format="JSON"))
    try:
        return _of_json(given)
    except (TypeError, AttributeError, KeyError, IndexError) as error:
        raise ValueError(say("import.damaged", format="JSON")) from error


def _of_json(given: Mapping[str, Any]) -> Model:
    if all(key in given for key in COEFS):
        activation, out = str(given.get("activation", "relu")), str(given.get("out_activation_", "identity"))
        return scikit_learn.of_coefs(given["coefs_"], given["intercepts_"], activation, out)
    if "weights" in given and ("model" in given or "config" in given):
        return keras_model.of_json(given)
    return of_arrays(given)
