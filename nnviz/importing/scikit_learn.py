"""``nnviz.from_sklearn``: what a fitted estimator of scikit-learn computes, as a network."""

from typing import Any

import numpy as np

from nnviz.engine.network import Network
from nnviz.importing.model import Chain, Model, checked, names_of
from nnviz.text import say

PERCEPTRONS = {"MLPClassifier", "MLPRegressor"}
REGRESSIONS = {
    "LinearRegression", "Ridge", "RidgeCV", "Lasso", "LassoCV", "ElasticNet", "ElasticNetCV", "SGDRegressor",
}  # fmt: skip
CLASSIFIERS = {"LogisticRegression", "LogisticRegressionCV"}
UNKNOWN_LOSSES = {"poisson"}
SHOWN = sorted(PERCEPTRONS | REGRESSIONS | CLASSIFIERS)
BINARY, MULTINOMIAL = "sigmoid", "softmax"


def from_sklearn(estimator: Any, loss: str | None = None) -> Network:
    """Return the network that a fitted estimator of scikit-learn is: an MLP, or a linear or logistic regression.

    The loss is the one that it was fitted with, or the one that is given here; penalties on the weights are left out.
    Raises ValueError where the estimator is not fitted, or is none of these.
    """
    model = model_of(estimator)
    return (model.with_loss(loss) if loss else model).network


def model_of(estimator: Any) -> Model:
    """Return an estimator's layers and loss. Raises ValueError where it is not fitted, or cannot be shown."""
    kinds = set(names_of(estimator))
    name = type(estimator).__name__
    if not kinds & set(SHOWN):
        key = "import.pipeline" if "Pipeline" in kinds else "import.estimator"
        raise ValueError(say(key, given=name, shown=", ".join(SHOWN)))
    needed = "coefs_" if kinds & PERCEPTRONS else "coef_"
    if not hasattr(estimator, needed):
        raise ValueError(say("import.unfitted", given=name))
    if (fitted := getattr(estimator, "loss", None)) in UNKNOWN_LOSSES:
        raise ValueError(say("import.loss_of", given=name, loss=fitted))
    if kinds & PERCEPTRONS:
        return of_coefs(estimator.coefs_, estimator.intercepts_, estimator.activation, estimator.out_activation_)
    return _linear(estimator, is_classifier=bool(kinds & CLASSIFIERS))


def of_coefs(coefs: Any, intercepts: Any, hidden: str, out: str) -> Model:
    """Return the model of weights (n_in, n_out), biases (n_out,) and activations as scikit-learn has them."""
    if len(coefs) != len(intercepts):
        raise ValueError(say("import.coefs", coefs=len(coefs), intercepts=len(intercepts)))
    chain, last = Chain(), len(coefs) - 1
    for number, (weights, biases) in enumerate(zip(coefs, intercepts, strict=True)):
        where = f"coefs_[{number}]"
        chain.dense(where, checked(where, weights, 2).T, biases)
        if number < last:
            chain.activation("activation", hidden)
    chain.activation("out_activation_", out)
    losses = {"logistic": "binary_cross_entropy", "softmax": "categorical_cross_entropy"}
    return chain.model(losses.get(out, "half_squared_error"))


def _linear(estimator: Any, *, is_classifier: bool) -> Model:
    chain = Chain()
    weights = np.atleast_2d(estimator.coef_)
    biases = np.broadcast_to(estimator.intercept_, len(weights)) if estimator.fit_intercept else None
    chain.dense(type(estimator).__name__, weights, biases)
    if is_classifier:
        chain.activation(type(estimator).__name__, BINARY if len(weights) == 1 else MULTINOMIAL)
        return chain.model()
    return chain.model("mean_squared_error")
