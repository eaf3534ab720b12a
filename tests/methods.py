"""Optimizers and schedules, all of them and at random, and what is trained by them, an iteration after the other."""

from collections.abc import Iterator

import numpy as np
from hypothesis import strategies as st

import nnviz
from nnviz.engine.batches import ALL, Batches
from nnviz.engine.manner import PLAIN, Manner
from nnviz.engine.method import Method
from nnviz.engine.optimizers import OPTIMIZERS
from nnviz.engine.schedules import SCHEDULES
from tests.problems import Problem

SHARES, FACTORS = st.floats(0.0, 0.999), st.floats(0.5, 1.0)
EPSILONS = st.sampled_from([1e-8, 1e-3, 1.0])
SOME_OPTIMIZERS = st.one_of(
    st.just(nnviz.GradientDescent()),
    st.builds(nnviz.Momentum, SHARES),
    st.builds(nnviz.Nesterov, SHARES),
    st.builds(nnviz.RMSprop, SHARES, EPSILONS),
    st.builds(nnviz.Adam, SHARES, SHARES, EPSILONS),
)
SOME_SCHEDULES = st.one_of(
    st.just(nnviz.ConstantRate()),
    st.builds(nnviz.StepDecay, st.integers(1, 3), FACTORS),
    st.builds(nnviz.ExponentialDecay, FACTORS),
)
DECAYS = st.sampled_from([0.0, 0.01, 0.5])
METHODS = st.builds(Method, SOME_OPTIMIZERS, SOME_SCHEDULES, DECAYS)
ALL_METHODS = [
    *(Method(optimizer(), schedule()) for optimizer in OPTIMIZERS.values() for schedule in SCHEDULES.values()),
    *(Method(optimizer(), weight_decay=0.01) for optimizer in (nnviz.GradientDescent, nnviz.Adam)),
]


def name_of(method: Method) -> str:
    """Return the name of a parametrised test."""
    return f"{method.optimizer.key} {method.schedule.key}{' decay' if method.weight_decay else ''}"


# Two layers, of which one has fixed biases, and five samples.
MIXED = Problem(
    nnviz.Network(
        [
            nnviz.Layer([[0.53, -0.21], [1.17, 0.42], [-0.68, 0.31]], [0.12, -0.35, 0.27], "tanh"),
            nnviz.Layer([[0.74, -0.16, 0.39], [-1.08, 0.57, 0.25]], [0.1, -0.2], biases_fixed=True),
        ]
    ),
    [[0.5, -1.0], [1.5, 0.25], [-0.75, 2.0], [0.1, 0.2], [1.0, 1.0]],
    [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0], [1.0, 0.0]],
    0.1,
)


def traces(
    problem: Problem, method: Method, iterations: int, manner: Manner = PLAIN, batches: Batches = ALL
) -> Iterator[nnviz.Iteration]:
    """Yield one iteration after another, each from where the one before it ended."""
    network, state = problem.network, None
    x, y = np.array(problem.inputs), np.array(problem.targets)
    for number in range(1, iterations + 1):
        batch = batches.of(number, len(x))
        samples = slice(None) if batch is None else batch
        iteration = nnviz.trace(
            network, x[samples], y[samples], problem.learning_rate, manner,
            optimizer=method.optimizer, schedule=method.schedule, weight_decay=method.weight_decay,
            state=state,
        )  # fmt: skip
        yield iteration
        if iteration.network is None:
            return
        network, state = iteration.network, iteration.state
