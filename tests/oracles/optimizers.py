"""Optimizers as their papers have them: the step of an update from all gradients so far, in one sum, with no memory."""

import math
from collections.abc import Sequence

import nnviz
from nnviz.engine.optimizers import Optimizer
from nnviz.engine.schedules import Schedule


def weighted(slopes: Sequence[float], beta: float) -> float:
    """Return Σ β^(t − i)·g_i of the gradients g_1 … g_t."""
    return math.fsum(beta ** (len(slopes) - i) * slope for i, slope in enumerate(slopes, start=1))


def mean(slopes: Sequence[float], beta: float) -> float:
    """Return the running mean that begins with 0."""
    return (1 - beta) * weighted(slopes, beta)


def step(optimizer: Optimizer, slopes: Sequence[float], rate: float) -> float:
    """Return what is subtracted from a weight in an update, by its gradients up to that update."""
    last, squares = slopes[-1], [slope * slope for slope in slopes]
    match optimizer:
        case nnviz.Momentum(mu):
            return rate * weighted(slopes, mu)
        case nnviz.Nesterov(mu):
            return rate * (last + mu * weighted(slopes, mu))
        case nnviz.RMSprop(beta, epsilon):
            return rate * last / (math.sqrt(mean(squares, beta)) + epsilon)
        case nnviz.Adam(beta1, beta2, epsilon):
            first = mean(slopes, beta1) / (1 - beta1 ** len(slopes))
            second = mean(squares, beta2) / (1 - beta2 ** len(slopes))
            return rate * first / (math.sqrt(second) + epsilon)
    return rate * last


def rate_of(schedule: Schedule, rate: float, update: int) -> float:
    """Return the learning rate of an update, counted from 1: multiplied anew for each one before it."""
    for number in range(1, update):
        match schedule:
            case nnviz.StepDecay(every, factor):
                rate *= factor if number % every == 0 else 1
            case nnviz.ExponentialDecay(factor):
                rate *= factor
    return rate
