"""Models of Keras: the same outputs and, in a step of its own training, the same gradients, to single precision."""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

os.environ["KERAS_BACKEND"] = "jax"

import keras

import nnviz

pytestmark = pytest.mark.filterwarnings("ignore:__array__ impl:DeprecationWarning")  # of Keras itself
layers = keras.layers
RANDOM = np.random.default_rng(3)
X, Y = RANDOM.normal(size=(6, 4)).astype("float32"), RANDOM.uniform(size=(6, 1)).astype("float32")
CLOSE = 1e-5


def model(between: str = "tanh", last: str = "sigmoid") -> Any:
    keras.utils.set_random_seed(7)
    parts = [layers.Dense(5, activation=between), layers.Dropout(0.3), layers.Dense(3, use_bias=False)]
    return keras.Sequential([keras.Input((4,)), *parts, layers.ReLU(), layers.Dense(1, activation=last)])


@pytest.mark.parametrize("between", ["tanh", "sigmoid", "relu", "linear"])
def test_outputs_are_those_of_keras(between: str) -> None:
    of = model(between)
    np.testing.assert_allclose(nnviz.predict(nnviz.from_keras(of), X), of.predict(X, verbose=0), rtol=CLOSE, atol=1e-7)


@pytest.mark.parametrize(
    ("loss", "last"), [("mse", "linear"), ("binary_crossentropy", "sigmoid"), ("logits", "linear")]
)
def test_a_step_of_keras_is_that_of_the_gradients(loss: str, last: str) -> None:
    of = keras.Sequential([keras.Input((4,)), layers.Dense(3, activation="tanh"), layers.Dense(1, activation=last)])
    chosen = keras.losses.BinaryCrossentropy(from_logits=True) if loss == "logits" else loss
    of.compile(loss=chosen, optimizer=keras.optimizers.SGD(1.0))
    network = nnviz.from_keras(of)
    before = of.get_weights()
    of.fit(X, Y, batch_size=6, epochs=1, verbose=0)
    moved = [old - new for old, new in zip(before, of.get_weights(), strict=True)]
    found = [part for weights, biases in nnviz.gradients(network, X, Y) for part in (weights.T, np.asarray(biases))]
    for array, expected in zip(found, moved, strict=True):
        np.testing.assert_allclose(array, expected, rtol=1e-4, atol=CLOSE)


def test_softmax_is_that_of_keras() -> None:
    of = keras.Sequential(
        [keras.Input((4,)), layers.Dense(3, activation="tanh"), layers.Dense(3, activation="softmax")]
    )
    of.compile(loss="categorical_crossentropy")
    network = nnviz.from_keras(of)
    assert network.loss == "categorical_cross_entropy"
    np.testing.assert_allclose(nnviz.predict(network, X), of.predict(X, verbose=0), rtol=CLOSE)


def test_json_with_weights_is_read(tmp_path: Path) -> None:
    of = model()
    whole = json.loads(of.to_json()) | {"weights": [array.tolist() for array in of.get_weights()]}
    (tmp_path / "m.json").write_text(json.dumps(whole))
    network = nnviz.from_file(tmp_path / "m.json")
    np.testing.assert_allclose(nnviz.predict(network, X), of.predict(X, verbose=0), rtol=CLOSE, atol=1e-7)


def test_functional_models_are_shown_where_they_are_a_chain() -> None:
    inputs = keras.Input((4,))
    hidden = layers.Dense(4, activation="tanh")(inputs)
    chain = keras.Model(inputs, layers.Dense(1)(hidden))
    assert nnviz.from_keras(chain).sizes == (4, 4, 1)
    around = keras.Model(inputs, layers.Dense(1)(layers.Add()([inputs, hidden])))
    with pytest.raises(ValueError, match=r"\(Add\) cannot be shown"):
        nnviz.from_keras(around)


def test_what_cannot_be_shown_is_refused_in_words(tmp_path: Path) -> None:
    of = keras.Sequential([keras.Input((4,)), layers.Dense(2), layers.BatchNormalization()])
    with pytest.raises(ValueError, match=r"batch_normalization\w* \(BatchNormalization\) cannot be shown"):
        nnviz.from_keras(of)
    model().save(tmp_path / "m.keras")
    with pytest.raises(ValueError, match="is not unpacked"):
        nnviz.from_file(tmp_path / "m.keras")
