"""Write the files of other libraries that the tests read, with what those libraries compute of them.

``python -m tools.import_files``, where requirements-long.txt is installed.
"""

import json
import os
from typing import Any

import numpy as np

from tools import ROOT

os.environ["KERAS_BACKEND"] = "jax"

import keras
import torch
from safetensors.torch import save_file
from sklearn.neural_network import MLPClassifier
from torch import nn

FOLDER = ROOT / "tests/importing/files"
INPUTS = [[0.5, -1.0, 2.0], [1.5, 0.25, -0.75], [-0.3, 0.8, 0.1], [2.0, 1.0, -1.0]]
TARGETS = [[1.0], [0.0], [1.0], [0.0]]


def main() -> None:
    """Write all files, and expected.json, which has outputs and gradients by file."""
    torch.manual_seed(7)
    expected = _of_torch() | _of_keras() | _of_scikit_learn()
    facts = {"inputs": INPUTS, "targets": TARGETS, "files": expected}
    (FOLDER / "expected.json").write_text(json.dumps(facts, separators=(",", ":")) + "\n", encoding="utf-8")


def _of_torch() -> dict[str, Any]:
    model = nn.Sequential(
        nn.Flatten(), nn.Linear(3, 4), nn.Tanh(), nn.Dropout(0.5), nn.Linear(4, 2), nn.ReLU(), nn.Linear(2, 1),
        nn.Sigmoid(),
    ).eval()  # fmt: skip
    x, y = torch.tensor(INPUTS), torch.tensor(TARGETS)
    loss = nn.BCELoss()(model(x), y)
    loss.backward()
    facts = {
        "outputs": model(x).tolist(),
        "gradients": [parameter.grad.tolist() for parameter in model.parameters()],
        "activations": ["tanh", "relu", "sigmoid"],
    }
    state = model.state_dict()
    save_file(state, FOLDER / "float32.safetensors")
    save_file({name: tensor.to(torch.bfloat16) for name, tensor in state.items()}, FOLDER / "bfloat16.safetensors")
    save_file({name: tensor.to(torch.float16) for name, tensor in state.items()}, FOLDER / "float16.safetensors")
    lists = {name: tensor.tolist() for name, tensor in state.items()}
    (FOLDER / "state.json").write_text(json.dumps(lists) + "\n", encoding="utf-8")
    torch.onnx.export(model, (x,), FOLDER / "torch.onnx", dynamo=False)
    said = {name: facts[name] for name in ("outputs", "gradients")}
    names = ("float32.safetensors", "float16.safetensors", "bfloat16.safetensors", "state.json")
    return dict.fromkeys(names, facts) | {"torch.onnx": said}


def _of_keras() -> dict[str, Any]:
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((3,)),
            layers.Dense(4, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(2),
            layers.Activation("tanh"),
            layers.Dense(1, activation="sigmoid", use_bias=False),
        ]
    )
    whole = json.loads(model.to_json()) | {"weights": [array.tolist() for array in model.get_weights()]}
    (FOLDER / "keras.json").write_text(json.dumps(whole) + "\n", encoding="utf-8")
    return {"keras.json": {"outputs": model.predict(np.array(INPUTS), verbose=0).tolist()}}


def _of_scikit_learn() -> dict[str, Any]:
    model = MLPClassifier(hidden_layer_sizes=(3, 2), activation="tanh", alpha=0.0, max_iter=5, random_state=7)
    model.partial_fit(INPUTS, [int(row[0]) for row in TARGETS], classes=[0, 1])
    parts = {
        "coefs_": [array.tolist() for array in model.coefs_],
        "intercepts_": [array.tolist() for array in model.intercepts_],
        "activation": model.activation,
        "out_activation_": model.out_activation_,
    }
    (FOLDER / "scikit-learn.json").write_text(json.dumps(parts) + "\n", encoding="utf-8")
    return {"scikit-learn.json": {"outputs": model.predict_proba(INPUTS)[:, 1:].tolist()}}


if __name__ == "__main__":
    main()
