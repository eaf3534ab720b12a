"""Estimators of scikit-learn: the same outputs, and gradients as its own step of training takes them."""

import warnings
from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression, LogisticRegression, Perceptron, Ridge
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import nnviz

RANDOM = np.random.default_rng(3)
X, CLASSES, Y = RANDOM.normal(size=(8, 4)), np.array([0, 1] * 4), RANDOM.normal(size=(8, 1))
STEP: dict[str, Any] = {
    "solver": "sgd", "learning_rate_init": 1.0, "momentum": 0.0, "alpha": 0.0, "batch_size": 8, "shuffle": False,
    "random_state": 7,
}  # fmt: skip


def assert_same_step(estimator: Any, targets: Any, again: Any) -> None:
    """Assert that a step of scikit-learn's gradient descent at rate 1 is that of the network's gradients."""
    network = nnviz.from_sklearn(estimator)
    slopes = nnviz.gradients(network, X, again)
    before = [array.copy() for array in (*estimator.coefs_, *estimator.intercepts_)]
    estimator.partial_fit(X, targets)
    expected = [old - new for old, new in zip(before, (*estimator.coefs_, *estimator.intercepts_), strict=True)]
    found = [weights.T for weights, _ in slopes] + [biases for _, biases in slopes if biases is not None]
    for array, moved in zip(found, expected, strict=True):
        np.testing.assert_allclose(array, moved, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("activation", ["identity", "logistic", "tanh", "relu"])
def test_classifiers_step_by_the_gradients_of_the_network(activation: str) -> None:
    estimator = MLPClassifier((5, 3), activation=activation, **STEP).partial_fit(X, CLASSES, classes=[0, 1])
    network = nnviz.from_sklearn(estimator)
    np.testing.assert_allclose(nnviz.predict(network, X)[:, 0], estimator.predict_proba(X)[:, 1], rtol=1e-12)
    assert_same_step(estimator, CLASSES, CLASSES[:, np.newaxis])


def test_classes_step_by_the_gradients_of_softmax() -> None:
    classes = np.array([0, 1, 2, 0, 1, 2, 0, 1])
    estimator = MLPClassifier((5,), **STEP).partial_fit(X, classes, classes=[0, 1, 2])
    network = nnviz.from_sklearn(estimator)
    assert network.loss == "categorical_cross_entropy"
    np.testing.assert_allclose(nnviz.predict(network, X), estimator.predict_proba(X), rtol=1e-12)
    assert_same_step(estimator, classes, np.eye(3)[classes])
    logistic = LogisticRegression().fit(X, classes)
    np.testing.assert_allclose(nnviz.predict(nnviz.from_sklearn(logistic), X), logistic.predict_proba(X), rtol=1e-12)


@pytest.mark.parametrize("activation", ["identity", "logistic", "tanh", "relu"])
def test_regressors_step_by_the_gradients_of_the_network(activation: str) -> None:
    for targets in (Y, np.hstack([Y, -2 * Y])):
        given = targets if targets.shape[1] > 1 else targets[:, 0]
        estimator = MLPRegressor(hidden_layer_sizes=(5, 3), activation=activation, **STEP).partial_fit(X, given)
        found = nnviz.predict(nnviz.from_sklearn(estimator), X)
        np.testing.assert_allclose(found, estimator.predict(X).reshape(found.shape), rtol=1e-12)
        assert_same_step(estimator, given, targets)


def test_linear_models_have_their_outputs() -> None:
    for estimator in (LinearRegression(), LinearRegression(fit_intercept=False), Ridge()):
        estimator.fit(X, np.hstack([Y, 2 * Y]))
        found = nnviz.predict(nnviz.from_sklearn(estimator), X)
        np.testing.assert_allclose(found, estimator.predict(X), rtol=1e-12, atol=1e-14)
    logistic = LogisticRegression().fit(X, CLASSES)
    found = nnviz.predict(nnviz.from_sklearn(logistic), X)[:, 0]
    np.testing.assert_allclose(found, logistic.predict_proba(X)[:, 1], rtol=1e-12)


def test_what_cannot_be_shown_is_refused_in_words() -> None:
    for estimator, words in (
        (Perceptron().fit(X, CLASSES), "Perceptron cannot be shown"),
        (MLPClassifier(), "MLPClassifier is not fitted yet"),
        (make_pipeline(StandardScaler(), MLPRegressor()), "give its last step"),
    ):
        with warnings.catch_warnings(), pytest.raises(ValueError, match=words):
            nnviz.from_sklearn(estimator)
