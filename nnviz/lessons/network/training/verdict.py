"""What training came to, in words: it arrived, has stopped, is slow, swings or diverged; and what to try then.

All that is said is said of all samples, with batches too.
"""

from math import isfinite

import numpy as np

from nnviz.algebra.arrays import Array
from nnviz.algebra.rounding import approximately, equated, exactly
from nnviz.engine.batches import ALL
from nnviz.engine.matrix import columns, forward, gradients, loss, matrices, predict
from nnviz.engine.network import Network
from nnviz.engine.parameters import gradient_at
from nnviz.engine.plan import plan_of
from nnviz.lessons.network.setup import Setup
from nnviz.lessons.network.training.checkpoint import Checkpoint
from nnviz.lessons.network.training.generalization import test_words
from nnviz.lessons.network.training.loss_history import Curve
from nnviz.lessons.network.training.parabola import is_parabola, largest_curvature, lowest_error
from nnviz.lessons.network.training.slices import BELOW, DIVERGED, GROWN, Slice, descent_from
from nnviz.lessons.network.training.stopping import LOSS, Goal, measured
from nnviz.protocol import Measure
from nnviz.text import listed, say

FEW, SLOW = 100, 1e-2  # iterations, the least that a run must have to be slow, and the part of E that it has moved
LENGTH, LEVEL = 1000, 1e-3  # iterations, the least that make a standstill, and the part of E that it may have moved
FLAT = 1e-2  # of E, the largest gradient that there may be on a plateau
ZERO = 1e-12  # of E, the largest gradient that is rounding
ARRIVED = 1e-4  # of the first E: there it is a valley, and no plateau
SWINGING = 10  # times what E has moved that its gradient would have moved it, were the steps not too long
MOST_NAMED = 6


def verdict(setup: Setup, done: Slice, goal: Goal | None = None) -> str:
    """Return what training came to where it stopped, in a few sentences; ``goal`` is where it was to stop."""
    place = done.checkpoints[-1]
    if not isfinite(done.error):
        return say("training.too_large")
    is_batch = setup.batches != ALL
    error = _error_of_all(setup, place.network) if is_batch else done.error
    key = "losses.training" if setup.split.share else "losses.error"
    name = say(f"{key}_of_all" if is_batch else key)
    told = equated(name, error) if isfinite(error) else say("training.error_too_large", name=name)
    facts = {"iteration": f"{place.iteration:,}", "error": told}
    if done.end in (DIVERGED, GROWN):
        first = approximately(_error_of_all(setup, setup.network)) if done.end == GROWN else ""
        words = say("training.grown", first=first, **facts) if first else say("training.diverged", **facts)
        return " ".join(filter(None, [words, _mistake(setup, done), _advice(setup)]))
    tested = test_words(setup, place.network, done)
    if done.end == BELOW and goal is not None and goal.below is not None:
        words = _stopped(setup, place, goal.measure, {"below": exactly(goal.below), **facts})
        return " ".join(filter(None, [words, tested, _mistake(setup, done)]))
    judged = judgement(setup, place.network, done.overall if is_batch else done.curve)
    return " ".join(filter(None, [say("training.reached", **facts), judged, tested, _mistake(setup, done)]))


def _stopped(setup: Setup, place: Checkpoint, measure: Measure, facts: dict[str, str]) -> str:
    """Return that what was measured is below its bound: that it has arrived, where that is known, or what else is."""
    if measure == LOSS:
        return say("training.below_reached", **facts)
    facts |= {"largest": approximately(measured(descent_from(setup, place).of_all, measure))}
    if setup.shape.rule.is_given:
        return " ".join([say(f"training.stopped.{measure}", **facts), say("training.given")])
    first, error = _error_of_all(setup, setup.network), _error_of_all(setup, place.network)
    lowest = lowest_error(setup) if is_parabola(setup) else 0.0
    if error <= ((1 + LEVEL) * lowest if lowest > ZERO * first else ARRIVED * first):
        return say(f"training.arrived.{measure}", **facts)
    if setup.method.weight_decay:
        known = say("training.decays")
    elif is_parabola(setup):
        known = say("training.stopped.short", lowest=approximately(lowest))
    else:
        is_right = _is_all_right(setup, place.network)
        known = (
            say("training.all_right", which=_which(setup)) if is_right else say(f"training.stopped.{measure}.unknown")
        )
    return " ".join([say(f"training.stopped.{measure}", **facts), known, *_dead(setup, place.network)])


def _mistake(setup: Setup, done: Slice) -> str:
    """Return, where a run was trained with a classic mistake, that it was, and that a lower E does not justify it."""
    if setup.manner.mistake is None or done.checkpoints[-1].iteration == 1:
        return ""
    words = say(f"training.{setup.manner.mistake}")
    has_fallen = done.error < done.curve.losses[0] if done.curve.losses else False
    return f"{words} {say('training.falls_anyway')}" if has_fallen else words


def error_name(setup: Setup) -> str:
    """Return what the E of an iteration is called: beside that of a test it is the training loss."""
    key = "losses.training" if setup.split.share else "losses.error"
    return say(key if setup.batches == ALL else f"{key}_of_batch")


def judgement(setup: Setup, network: Network, curve: Curve) -> str:
    """Return what E of all samples over the iterations says of a run that stopped at a network; nothing as a rule.

    E is arrived, where the lowest is known; on a plateau; swinging; or moving too slowly to tell. Dead neurons are
    named in any case. Steps that do not follow the gradient say nothing of plateaus and valleys.
    """
    dead = " ".join(_dead(setup, network))
    if setup.shape.rule.is_given:
        return " ".join(filter(None, [say("training.given"), dead]))
    if len(curve.iterations) < 2:
        return dead
    first, error, length = curve.losses[0], curve.losses[-1], _still_for(curve)
    lowest = lowest_error(setup) if is_parabola(setup) else 0.0
    if lowest and error <= (1 + LEVEL) * lowest:
        return say("training.minimum", share=exactly(100 * LEVEL), lowest=approximately(lowest))
    if not length or error <= ARRIVED * first:
        return dead
    if _is_all_right(setup, network):
        return " ".join(filter(None, [say("training.all_right", which=_which(setup)), dead]))
    if setup.manner.output_for_input or setup.method.weight_decay:
        return " ".join(filter(None, [_unknown(setup), dead]))
    slopes = _slopes(setup, network)
    largest = float(np.abs(slopes).max())
    change = error - curve.losses[curve.iterations.index(curve.iterations[-1] - length)]
    facts = {"length": f"{length:,}", "change": approximately(change)}
    follows = setup.method.update.is_plain
    if follows and setup.rate * float(slopes @ slopes) * length > SWINGING * max(abs(change), LEVEL * error):
        words = say("training.swings", largest=approximately(largest), **facts)
        return " ".join(filter(None, [words, dead]))
    if is_parabola(setup):
        return say("training.unfinished", lowest=approximately(lowest), **facts)
    words = say("training.slow", **facts)
    if length >= LENGTH and largest <= FLAT * error:
        level = {"share": exactly(100 * LEVEL), "flat": exactly(100 * FLAT)}
        words = say("training.plateau", error=approximately(error), largest=approximately(largest), **level, **facts)
    return f"{words} {_way_on(dead, largest, error)}"


def _unknown(setup: Setup) -> str:
    """Return why E does not tell whether a run has arrived: weights decay; of a classic mistake that is said anyway."""
    return say("training.decays") if setup.method.weight_decay else ""


def _way_on(dead: str, largest: float, error: float) -> str:
    """Return what may help where E has stopped: a higher rate only where there is a gradient."""
    if dead:
        return f"{dead} {say('training.other_start')}"
    return say("training.no_gradient" if largest <= ZERO * error else "training.higher_rate")


def _dead(setup: Setup, network: Network) -> list[str]:
    """Return a sentence on ReLU neurons that are 0 for every sample for good, and one on those that may yet wake.

    No update moves the weights of a dead neuron. It is so for good where none moves what comes in either: in the first
    layer, and where all of its layer, or of a later one, is dead, so that no error gets back past that.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        passed = forward(matrices(network), columns(np.array(setup.training.inputs)))[1:]
    layers = [
        np.all(a == 0.0, axis=1) & layer.rule.can_die for (_, a), layer in zip(passed, network.layers, strict=True)
    ]
    neurons = plan_of(setup.shape, len(setup.training.inputs), setup.manner).quantities.neurons[1:]
    named: dict[str, list[str]] = {"dead": [], "asleep": []}
    for number, (row, are_dead) in enumerate(zip(neurons, layers, strict=True)):
        for_good = number == 0 or any(later.all() for later in layers[number:])
        named["dead" if for_good else "asleep"] += [q.name for q, is_dead in zip(row, are_dead, strict=True) if is_dead]
    return [
        say(f"training.{key}", names=listed(names, MOST_NAMED), count=len(names), which=_which(setup))
        for key, names in named.items()
        if names
    ]


def _which(setup: Setup) -> str:
    """Return which of the samples all those are that are trained on; nothing where there are no others."""
    return f" {say('training.of_training')}" if setup.split.share else ""


def _is_all_right(setup: Setup, network: Network) -> bool:
    """Whether all targets are 0 or 1, and every output is on the side of 0.5 that its target is on."""
    y = np.array(setup.training.targets)
    return bool(np.all((y == 0) | (y == 1)) and np.all((predict(network, setup.training.inputs) > 0.5) == (y > 0.5)))


def _still_for(curve: Curve) -> int:
    """Return for how many iterations E has hardly moved, as far as the curve tells, or 0.

    That is for LENGTH or more within LEVEL of what it is; or for the whole of a run of FEW or more by less than SLOW.
    """
    last, room, since = curve.losses[-1], LEVEL * curve.losses[-1], curve.iterations[-1]
    for number, error in zip(reversed(curve.iterations), reversed(curve.losses), strict=True):
        if abs(error - last) > room:
            break
        since = number
    length, whole = curve.iterations[-1] - since, curve.iterations[-1] - curve.iterations[0]
    if length >= LENGTH:
        return length
    return whole if whole >= FEW and abs(last - curve.losses[0]) <= SLOW * curve.losses[0] else 0


def _slopes(setup: Setup, network: Network) -> Array:
    """Return the gradients of E of all samples by all that is trained, in a row."""
    slopes = gradients(network, *setup.training)
    trained = plan_of(setup.shape, len(setup.inputs), setup.manner).trained
    return np.array([gradient_at(slopes, parameter.place) for parameter in trained])


def _error_of_all(setup: Setup, network: Network) -> float:
    with np.errstate(over="ignore", invalid="ignore"):
        return loss(network, *setup.training)


def stable_rate(setup: Setup) -> float | None:
    """Return the rate below which training of one linear layer cannot diverge: 2/λ of the largest curvature λ of E.

    None for other networks and losses, for steps that do not follow the gradient, and where no sample says anything.
    E is a parabola in the weights there, whose matrix of second derivatives is that of the inputs, with 1 for a
    trained bias: XᵀX by what E is divided by, times the loss's own.
    """
    shape, of_loss = setup.shape, setup.shape.rule.curvature
    if of_loss is None or not is_parabola(setup) or setup.batches != ALL or not _follows_gradient(setup):
        return None
    with np.errstate(over="ignore", invalid="ignore"):
        curvature = largest_curvature(setup, shape.rule.divisor(shape.sizes[-1], len(setup.training.inputs)))
        rate = 2 / (curvature * of_loss) if curvature > 0 else np.inf
    return float(rate) if 0 < rate < np.inf else None


def _follows_gradient(setup: Setup) -> bool:
    """Whether each step is α times the gradient, with the α that is given."""
    return setup.method.update.is_plain and not setup.manner.output_for_input


def _advice(setup: Setup) -> str:
    limit = stable_rate(setup)
    is_limit = limit is not None and setup.rate >= limit
    lower, decay = limit if is_limit and limit is not None else setup.rate / 3, setup.method.weight_decay
    rate = _round_below(min(lower, 1 / decay) if decay else lower)
    if not rate:
        return say("training.advice_smaller")
    if not is_limit or limit is None:
        return say("training.advice", rate=exactly(rate))
    return say("training.advice_stable", limit=approximately(limit), rate=exactly(rate))


def _round_below(value: float) -> float:
    """Return the largest number of one digit that is below a value, 0 where a float can be none."""
    rounded = f"{value:.0e}"
    if float(rounded) < value:
        return float(rounded)
    digit, power = rounded.split("e")
    lower = float(f"9e{int(power) - 1}" if digit == "1" else f"{int(digit) - 1}e{power}")
    return lower if lower < value else 0.0
