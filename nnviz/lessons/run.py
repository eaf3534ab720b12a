"""The iterations that follow from a setup: a pure function, so nothing is kept for anybody."""

from dataclasses import dataclass, replace
from functools import lru_cache

from nnviz.draw.view import Passage
from nnviz.engine.manner import NEURON, PLAIN, Manner
from nnviz.engine.network import Network
from nnviz.engine.plan import plan_of
from nnviz.engine.quantities import LOSS
from nnviz.engine.solution import number
from nnviz.engine.trace import Iteration, trace
from nnviz.lessons.setup import Setup

LAST_ITERATION = 1000
PATIENCE = 5.0  # seconds that the last iteration may take to reach
PER_RULE, PER_SAMPLE = 1.8e-5, 5e-8  # seconds that a rule takes, and more of them for each sample


@dataclass(frozen=True, eq=False)
class Done:
    """What an iteration leaves: its E, and the network after it, or None where it diverged."""

    loss: float
    network: Network | None


def passage(setup: Setup, count: int) -> Passage:
    """Return iteration ``count`` of the run that a setup starts, or the one before it in which it diverges."""
    run, losses = setup.run, list[float]()
    for earlier in range(1, count):
        done = _done(run, earlier)
        if done.network is None:
            return _told(setup, earlier, tuple(losses), is_last=True)
        losses.append(done.loss)
    return _told(setup, count, tuple(losses), is_last=count >= last_iteration(setup))


def last_iteration(setup: Setup) -> int:
    """Return the number of the last iteration that is computed: less than usual where each takes long."""
    samples = len(setup.inputs)
    rules = len(plan_of(setup.shape, samples, PLAIN).rules)
    return max(1, min(LAST_ITERATION, int(PATIENCE / (rules * (PER_RULE + samples * PER_SAMPLE)))))


def _told(setup: Setup, count: int, losses: tuple[float, ...], is_last: bool) -> Passage:
    """Return an iteration in the setup's manner, and beside it whole chain rules and the right E⁺."""
    network = _network(setup.run, count)
    told = _traced(setup, network, setup.manner)
    whole = told
    if setup.manner.detail != NEURON:
        whole = _traced(setup, network, replace(setup.manner, detail=NEURON))
    rightly = None
    if setup.manner.in_place:
        right = _traced(setup, network, Manner())
        rightly = number(right.values[LOSS.after_update().name], 0) if right.overflow is None else None
    return Passage(told, whole, count, losses, is_last, setup.sample, rightly)


def _traced(setup: Setup, network: Network, manner: Manner) -> Iteration:
    return trace(network, setup.inputs, setup.targets, setup.rate, manner)


@lru_cache(maxsize=2 * LAST_ITERATION)
def _done(run: Setup, count: int) -> Done:
    """Return what an iteration leaves; those before it have been asked for already, so this never goes deep."""
    iteration = _traced(run, _network(run, count), run.manner)
    return Done(number(iteration.values[LOSS.name], 0), iteration.network)


def _network(run: Setup, count: int) -> Network:
    """Return the network before an iteration."""
    network = run.network if count == 1 else _done(run, count - 1).network
    assert network is not None
    return network
