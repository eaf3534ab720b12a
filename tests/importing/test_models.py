"""Models of other libraries, by stand-ins that have their names: what is read of them, and what is refused in words.

The libraries themselves are asked in the long tests.
"""

import subprocess
import sys
from typing import Any

import numpy as np
import pytest

import nnviz
from tests.importing.modules import keras_layer, keras_model, linear, module, thing, torch_library
from tools import ROOT

pytestmark = pytest.mark.each_case

OTHERS = {"torch", "sklearn", "keras", "jax", "onnx", "safetensors", "plotly", "dash", "jinja2"}
W1, B1, W2 = [[0.5, -0.25], [1.5, 2.0], [-1.0, 0.125]], [0.25, -0.5, 1.0], [[0.5, 0.25, -1.0]]
TANH, SIGMOID = module("Tanh"), module("Sigmoid")


def same(network: nnviz.Network, loss: str = "mean_squared_error", last: str = "identity") -> None:
    """Assert that a network is the one of W1, B1, tanh, and W2."""
    first, second = network.layers
    np.testing.assert_array_equal(first.weights, W1)
    np.testing.assert_array_equal(first.biases, B1)
    np.testing.assert_array_equal(second.weights, W2)
    assert (first.activation, second.activation, second.biases) == ("tanh", last, None)
    assert network.loss == loss


# PyTorch


def test_linear_modules_and_activations_of_pytorch_are_layers() -> None:
    passed = module("Flatten"), module("Dropout", training=False, p=0.5), module("Dropout", training=True, p=0.0)
    inner = module("Sequential", linear(W1, B1), TANH)
    same(nnviz.from_torch(module("Sequential", *passed, inner, module("Identity"), linear(W2))))


@pytest.mark.parametrize(
    ("last", "loss", "expected"),
    [
        ((), thing("MSELoss", reduction="mean"), ("mean_squared_error", "identity")),
        ((SIGMOID,), None, ("binary_cross_entropy", "sigmoid")),
        ((SIGMOID,), thing("BCELoss", reduction="mean", weight=None), ("binary_cross_entropy", "sigmoid")),
        ((SIGMOID,), "half_squared_error", ("half_squared_error", "sigmoid")),
        ((), thing("BCEWithLogitsLoss", pos_weight=None), ("binary_cross_entropy", "sigmoid")),
    ],
)
def test_the_loss_of_pytorch_is_the_one_here(last: Any, loss: Any, expected: tuple[str, str]) -> None:
    same(nnviz.from_torch(module("Sequential", linear(W1, B1), TANH, linear(W2), *last), loss), *expected)


@pytest.mark.parametrize(
    ("loss", "words"),
    [
        (thing("BCEWithLogitsLoss"), "loss: it has an activation of its own.*here it is sigmoid"),
        (thing("MSELoss", reduction="none"), "MSELoss can be shown as the mean or the sum of its parts"),
        (thing("BCELoss", weight=[1, 2]), "BCELoss can be shown as the mean or the sum of its parts"),
        (thing("HingeEmbeddingLoss"), "loss: HingeEmbeddingLoss .*Those that can: half_squared_error"),
        (thing("NLLLoss"), "NLLLoss belongs behind a LogSoftmax"),
        ("hinge", "loss: hinge "),
    ],
)
def test_losses_of_pytorch_that_cannot_be_shown_are_refused(loss: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        nnviz.from_torch(module("Sequential", linear(W1, B1), TANH, linear(W2), SIGMOID), loss)


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (
            module("Sequential", linear(W1), module("BatchNorm1d")),
            r"^1 \(BatchNorm1d\) cannot be shown. What can: fully",
        ),
        (module("Sequential", module("Sequential", module("Conv2d"))), r"^0.0 \(Conv2d\) cannot be shown"),
        (module("Sequential", linear(W1), module("Dropout", training=True, p=0.5)), r"Call model.eval\(\) first"),
        (module("Sequential", TANH), r"^0 \(Tanh\): Tanh must stand behind a fully connected layer"),
        (module("Sequential", linear(W1), TANH, TANH), "must stand behind .* that has no other activation"),
        (
            module("Sequential", linear(W1), linear(W1)),
            r"^1 \(Linear\): its weights have the shape \(3, 2\), but there are 3",
        ),
        (module("Sequential", linear([[float("nan")]])), r"^0 \(Linear\): every number must be finite"),
        (module("Sequential", linear(W1, [1.0])), r"^0 \(Linear\): biases: there must be 3"),
        (module("Sequential", linear(W1), module("Softplus", beta=2)), r"^1 \(Softplus\) cannot be shown"),
        (module("Sequential", module("Flatten")), "There is no fully connected layer"),
        (3, "int is no model of PyTorch"),
    ],
    ids=range(11),
)
def test_what_of_pytorch_cannot_be_shown_is_named_with_what_can(model: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        nnviz.from_torch(model)


def test_a_module_of_its_own_is_run_to_see_what_it_computes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", torch_library())

    def net(forward: Any) -> Any:
        parts = linear(W1, B1), TANH, linear(W2)
        found = module("Net", *parts, parameters=lambda: iter([thing("Parameter", dtype=np.float64, device="cpu")]))

        def call(_: Any, rows: Any) -> Any:
            return type(rows)(forward(rows.array))

        setattr(type(found), "__call__", call)  # noqa: B010  # the class has none that could be assigned
        return found

    def hidden(x: Any) -> Any:
        return x @ np.array(W1).T + B1

    same(nnviz.from_torch(net(lambda x: np.tanh(hidden(x)) @ np.array(W2).T)))
    with pytest.raises(ValueError, match="Net does not compute its parts one after the other"):
        nnviz.from_torch(net(lambda x: np.maximum(0, hidden(x)) @ np.array(W2).T))
    with pytest.raises(ValueError, match="Net could not be run on rows of numbers, to see what it computes: 'two'"):
        nnviz.from_torch(net(lambda x: dict[str, Any]()["two"]))


def test_nothing_of_other_libraries_is_imported() -> None:
    code = f"import sys, nnviz; print({OTHERS} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == "set()\n"


def test_a_state_dict_is_layers_in_its_order() -> None:
    state = {"hidden.weight": W1, "hidden.bias": B1, "out.weight": np.array(W2)}
    same(nnviz.from_state_dict(state, ["tanh", "identity"]))
    same(nnviz.from_state_dict({"W1": W1, "b1": B1, "W2": W2}, ["tanh", "sigmoid"], "half_squared_error"),
         "half_squared_error", "sigmoid")  # fmt: skip


# scikit-learn


def perceptron(kind: str = "MLPRegressor", **parts: Any) -> Any:
    usual = {"coefs_": [np.array(W1).T, np.array(W2).T], "intercepts_": [np.array(B1), np.array([0.5])],
             "activation": "tanh", "out_activation_": "identity", "loss": "squared_error"}  # fmt: skip
    return thing(kind, "BaseMultilayerPerceptron", **usual | parts)


def test_perceptrons_of_scikit_learn_are_layers() -> None:
    network = nnviz.from_sklearn(perceptron())
    np.testing.assert_array_equal(network.layers[0].weights, W1)
    assert [layer.activation for layer in network.layers] == ["tanh", "identity"]
    assert network.loss == "half_squared_error"
    classifier = nnviz.from_sklearn(perceptron("MLPClassifier", out_activation_="logistic", loss="log_loss"))
    assert (classifier.layers[-1].activation, classifier.loss) == ("sigmoid", "binary_cross_entropy")
    assert nnviz.from_sklearn(perceptron(), loss="mean_squared_error").loss == "mean_squared_error"


def test_linear_and_logistic_regressions_are_single_layers() -> None:
    line = nnviz.from_sklearn(thing("LinearRegression", coef_=np.array([1.0, 2.0]), intercept_=0.5, fit_intercept=True))
    assert [layer.matrix.tolist() for layer in line.layers] == [[[1.0, 2.0]]]
    assert (line.layers[0].biases, line.loss) == ([0.5], "mean_squared_error")
    without = nnviz.from_sklearn(thing("Ridge", coef_=np.array([[1.0, 2.0]]), intercept_=0.0, fit_intercept=False))
    assert without.layers[0].biases is None
    logistic = thing("LogisticRegression", coef_=np.array([[1.0, 2.0]]), intercept_=np.array([0.5]), fit_intercept=True)
    assert nnviz.from_sklearn(logistic).loss == "binary_cross_entropy"


@pytest.mark.parametrize(
    ("estimator", "words"),
    [
        (
            thing("RandomForestClassifier"),
            "RandomForestClassifier cannot be shown. Estimators that can: .*MLPClassifier",
        ),
        (thing("MLPClassifier"), "MLPClassifier is not fitted yet"),
        (thing("Pipeline"), r"Pipeline: give its last step, pipeline\[-1\]"),
        (perceptron(loss="poisson"), "MLPRegressor with the loss poisson cannot be shown"),
        (perceptron(intercepts_=[]), "here they are 2 and 0 long"),
        (perceptron(coefs_=[np.full((2, 3), np.nan), np.array(W2).T]), r"coefs_\[0\]: every number must be finite"),
    ],
    ids=range(6),
)
def test_estimators_that_cannot_be_shown_are_refused(estimator: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        nnviz.from_sklearn(estimator)


# Keras


def dense(weights: Any, biases: Any = None, **config: Any) -> Any:
    kernel = np.array(weights, dtype="float32").T
    arrays = [kernel] if biases is None else [kernel, np.array(biases, dtype="float32")]
    return keras_layer("Dense", arrays, units=kernel.shape[1], use_bias=biases is not None, **config)


def test_dense_layers_of_keras_are_layers_with_their_kernels_turned() -> None:
    layers = [keras_layer("InputLayer"), dense(W1, B1, activation="tanh"), keras_layer("Dropout", rate=0.5), dense(W2)]
    same(nnviz.from_keras(keras_model(*layers)))
    apart = dense(W1, B1, activation="linear"), keras_layer("Activation", activation="tanh"), dense(W2)
    same(nnviz.from_keras(keras_model(*apart)))


def test_the_loss_of_a_compiled_model_is_the_one_here() -> None:
    layers = dense(W1, B1, activation="tanh"), dense(W2)
    same(nnviz.from_keras(keras_model(*layers, loss="mse")))
    logits = thing("BinaryCrossentropy", name="binary_crossentropy", from_logits=True)
    same(nnviz.from_keras(keras_model(*layers, loss=logits)), "binary_cross_entropy", "sigmoid")
    same(nnviz.from_keras(keras_model(*layers, loss="mse"), loss="half_squared_error"), "half_squared_error")
    with pytest.raises(ValueError, match="loss: hinge"):
        nnviz.from_keras(keras_model(*layers, loss="hinge"))


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (keras_model(keras_layer("LSTM")), r"^lstm \(LSTM\) cannot be shown"),
        (keras_model(dense(W1, activation="swish")), r"^dense \(Dense\): swish cannot be shown. What can"),
        (keras_model(dense(W1, activation={"class_name": "function", "config": "swish"})), "swish cannot be shown"),
        (
            keras_model(dense(W1), keras_layer("ReLU", max_value=6.0)),
            r"ReLU\(max_value, negative_slope, threshold\) cannot",
        ),
        (
            keras_model(keras_layer("Dense", [np.ones((2, 3))], units=2, use_bias=False)),
            "a kernel of Keras has the shape",
        ),
        (keras_model(keras_layer("Dense", [], units=2)), "The weights are not those of the layers"),
        (3, "int is no model of Keras"),
    ],
    ids=range(7),
)
def test_what_of_keras_cannot_be_shown_is_named_with_what_can(model: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        nnviz.from_keras(model)


def test_a_model_that_is_no_sequence_is_run_to_see_what_it_computes() -> None:
    layers = dense(W1, B1, activation="tanh"), dense(W2)

    def predict(x: Any, verbose: int) -> Any:
        return np.tanh(x @ np.array(W1).T + B1) @ np.array(W2).T

    same(nnviz.from_keras(keras_model(*layers, kind="Functional", predict=predict)))
    with pytest.raises(ValueError, match="Functional does not compute its parts one after the other"):
        nnviz.from_keras(keras_model(*layers, kind="Functional", predict=lambda x, verbose: predict(x, 0) + 1))
    with pytest.raises(ValueError, match="Functional could not be run"):
        nnviz.from_keras(keras_model(*layers, kind="Functional", predict=lambda x: x))


def test_a_mean_over_several_outputs_and_a_sum_are_that_here() -> None:
    several = linear(np.array(W2 * 3))
    mean = nnviz.from_torch(module("Sequential", several), thing("MSELoss", reduction="mean"))
    assert (mean.loss, mean.reduction) == ("mean_squared_error", "mean")
    total = nnviz.from_torch(module("Sequential", several), thing("L1Loss", reduction="sum"))
    assert (total.loss, total.reduction) == ("mean_absolute_error", "sum")
    assert (
        nnviz.from_torch(module("Sequential", linear(W2)), thing("MSELoss", reduction="mean")).reduction == "batchmean"
    )
    assert nnviz.from_keras(keras_model(dense(W1), loss="mse")).reduction == "mean"


def test_a_leaky_relu_keeps_its_slope() -> None:
    network = nnviz.from_torch(module("Sequential", linear(W1), module("LeakyReLU", negative_slope=0.2)))
    assert network.layers[0].negative_slope == 0.2
    kept = nnviz.from_keras(keras_model(dense(W1), keras_layer("LeakyReLU", negative_slope=0.25)))
    assert kept.layers[0].negative_slope == 0.25


# Softmax, whose last layer has several outputs


def test_classifiers_of_every_library_end_in_softmax() -> None:
    several = np.array(W2 * 3)
    chain = linear(W1, B1), TANH, linear(several)
    networks = [
        nnviz.from_torch(module("Sequential", *chain), thing("CrossEntropyLoss", label_smoothing=0.0)),
        nnviz.from_torch(module("Sequential", *chain, module("LogSoftmax")), thing("NLLLoss")),
        nnviz.from_torch(module("Sequential", *chain, module("Softmax"))),
        nnviz.from_sklearn(perceptron("MLPClassifier", coefs_=[np.array(W1).T, several.T], intercepts_=[B1, [0.0] * 3],
                                      out_activation_="softmax", loss="log_loss")),
        nnviz.from_keras(keras_model(dense(W1, B1, activation="tanh"), dense(several, activation="softmax"))),
    ]  # fmt: skip
    for network in networks:
        assert [layer.activation for layer in network.layers] == ["tanh", "softmax"]
        assert network.loss == "categorical_cross_entropy"
