"""Optimizers and schedules, all of them and at random."""

from hypothesis import strategies as st

import nnviz
from nnviz.engine.method import Method
from nnviz.engine.optimizers import OPTIMIZERS
from nnviz.engine.schedules import SCHEDULES

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
METHODS = st.builds(Method, SOME_OPTIMIZERS, SOME_SCHEDULES)
ALL_METHODS = [Method(optimizer(), schedule()) for optimizer in OPTIMIZERS.values() for schedule in SCHEDULES.values()]


def name_of(method: Method) -> str:
    """Return the name of a parametrised test."""
    return f"{method.optimizer.key} {method.schedule.key}"
