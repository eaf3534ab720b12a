"""Numbers for an exercise, drawn from a seed until each mistake shows, and comes to other numbers than all others."""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from nnviz.algebra.arrays import Array
from nnviz.engine.constraints import Constraints, places_of
from nnviz.engine.losses import LOSSES
from nnviz.engine.network import Layer, Network
from nnviz.engine.parameters import with_parameter
from nnviz.engine.plan import CHECK, Shape
from nnviz.engine.trace import Iteration, trace
from nnviz.practice.hypotheses import Predictions, variations_of
from nnviz.text import say

CENTS = np.arange(10, 96)  # of weights, biases and inputs, in hundredths
RATES = np.setdiff1d(np.arange(30, 71), [50])
SUMS = (0.2, 2.0)  # the size of z
FROM_HALF = 0.05  # of a sigmoid, whose a and 1 − a would be alike
LEAST_ERROR = 0.15
APART = 0.01  # of the larger number
SAME = 1e-9
MOST_DRAWS = 2000
MANY = 30  # numbers, of which it is rare that none is another's double
WITH_MISTAKE = 5  # exercises among which the one that shows a mistake best is chosen


@dataclass(frozen=True, eq=False)
class Exercise:
    """A network, one sample and a learning rate, all with two decimals."""

    network: Network
    inputs: Array
    targets: Array
    learning_rate: float

    @cached_property
    def iteration(self) -> Iteration:
        """The iteration that is to be calculated."""
        return trace(self.network, self.inputs, self.targets, self.learning_rate)


@lru_cache(maxsize=64)
def exercise(shape: Shape, seed: int, mistake: str = "") -> Exercise:
    """Return an exercise for networks of a shape, always the same for a seed; one that shows a ``mistake`` very well.

    Where no numbers are found that keep the mistakes apart, as in a large network, they are of a good size at least.
    Raises ValueError where there are none of these either.
    """
    random = np.random.default_rng(seed)
    found: list[Exercise] = []
    wanted = WITH_MISTAKE if mistake else 1
    good = None
    for _ in range(MOST_DRAWS):
        drawn = _drawn(shape, random)
        if drawn is None or not _is_good(drawn):
            continue
        good = good or drawn
        if _keeps_apart(drawn.iteration):
            found.append(drawn)
        if len(found) == wanted:
            return max(found, key=lambda one: _shows(mistake, one.iteration))
    if good is None:
        raise ValueError(say("error.no_exercise"))
    return good


def _shows(mistake: str, iteration: Iteration) -> float:
    """Return how well an iteration shows a mistake: by which share its numbers differ, in the mean over the lines."""
    variations = variations_of(iteration.plan)
    ways = [(at,) for at, (row, _) in enumerate(variations.ways) if row.key == mistake]
    predictions = Predictions(variations, iteration.given, [(), *ways])
    shares = [0.0]
    for rule in iteration.plan.rules:
        right, *others = np.broadcast_to(predictions.of(rule.quantity.id), (len(ways) + 1, 1))[:, 0].tolist()
        shares += [abs(other - right) / max(abs(other), abs(right), SAME) for other in others]
    return float(np.mean(shares))


def _drawn(shape: Shape, random: np.random.Generator) -> Exercise | None:
    """Return numbers none of which is another, or its double; or None where that did not come out so.

    Where there are many, some are the double of others.
    """
    sizes = [shape.sizes[0], *(n_in * n_out for n_in, n_out in zip(shape.sizes, shape.sizes[1:], strict=False))]
    counts = [*sizes, sum(n for n, has in zip(shape.sizes[1:], shape.has_biases, strict=True) if has)]
    if sum(counts) > len(CENTS):
        raise ValueError(say("error.no_exercise"))
    cents = random.choice(CENTS, sum(counts), replace=False)
    if sum(counts) <= MANY and np.isin(2 * cents, cents).any():
        return None
    signs = random.choice([-1, 1], len(cents))
    signs[: shape.sizes[0]] = 1
    inputs, *weights, biases = np.split(signs * cents / 100, np.cumsum(counts)[:-1])
    layers, at = [], 0
    for number, matrix in enumerate(weights):
        n_out = shape.sizes[number + 1]
        own = None
        if shape.has_biases[number]:
            own, at = biases[at : at + n_out], at + n_out
        activation, slope = shape.activations[number], shape.negative_slopes[number]
        layers.append(Layer(matrix.reshape(n_out, -1), own, activation, negative_slope=slope))
    if LOSSES[shape.loss].of_shares:
        targets = np.eye(shape.sizes[-1])[random.integers(shape.sizes[-1])]
    elif shape.by_rule:
        targets = random.integers(2, size=shape.sizes[-1]).astype(float)
    else:
        targets = random.choice(CENTS, shape.sizes[-1], replace=False) / 100
    rate = float(random.choice(RATES)) / 100
    network = _constrained(Network(layers, shape.loss, shape.reduction), shape.constraints)
    return Exercise(network, inputs[np.newaxis], targets[np.newaxis], rate)


def _constrained(network: Network, held: Constraints) -> Network:
    """Return the network with what is fixed, absent or tied; tied ones have the number of the first."""
    places = places_of(network.sizes, network.shape.has_biases)
    for first, *others in held.tied:
        for name in others:
            network = with_parameter(network, places[name], network.at(places[first]))
    return replace(network, fixed=held.fixed, absent=held.absent, tied=held.tied)


def _is_good(drawn: Exercise) -> bool:
    """Whether the numbers of the forward pass are of a good size, and hide nothing."""
    iteration, q = drawn.iteration, drawn.iteration.plan.quantities
    sums = np.abs(np.array([iteration.values[z.id] for row in q.sums[1:] for z in row]))
    outputs = np.array([iteration.values[a.id] for a in q.neurons[-1]])
    errors = outputs - drawn.targets
    is_fine = bool(np.all((sums >= SUMS[0]) & (sums <= SUMS[1])) and np.min(np.abs(errors)) >= LEAST_ERROR)
    shape = iteration.plan.shape
    for layer, (name, row) in enumerate(zip(shape.activations, q.neurons[1:], strict=True), start=1):
        outputs = np.array([iteration.values[neuron.id] for neuron in row])
        if name == "sigmoid":
            is_fine = is_fine and bool(np.min(np.abs(outputs - 0.5)) >= FROM_HALF)
        if shape.activation(layer).can_die:
            is_fine = is_fine and bool(np.any(outputs > 0))
    return is_fine


def _keeps_apart(iteration: Iteration) -> bool:
    """Whether each mistake shows, and any two come to numbers that are apart somewhere, unless they always do not."""
    variations = variations_of(iteration.plan)
    ways = [(at,) for at, (mistake, _) in enumerate(variations.ways) if not mistake.is_alone]
    predictions = Predictions(variations, iteration.given, [(), *ways])
    lines = [rule.quantity.id for rule in iteration.plan.rules if rule.phase != CHECK]
    numbers = np.hstack([np.broadcast_to(predictions.of(id_), (len(ways) + 1, 1)) for id_ in lines])
    keys = np.array(["", *(variations.ways[at][0].key for (at,) in ways)])
    for row, key in enumerate(keys[:-1]):
        others = numbers[row + 1 :][keys[row + 1 :] != key]
        largest = np.maximum(np.abs(others), np.abs(numbers[row]))
        difference = np.abs(others - numbers[row])
        is_apart = (difference > APART * largest).any(axis=1)
        is_same = (difference <= SAME * largest).all(axis=1)
        if not (is_apart | is_same).all():
            return False
    return True
