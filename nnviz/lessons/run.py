"""The iterations that follow from a setup: a pure function, so nothing is kept for anybody."""

from dataclasses import replace
from functools import lru_cache
from threading import Lock

from nnviz.draw.passage import Passage
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


class Run:
    """What the iterations of a run leave, as far as they were computed: each one's E, and the network after it.

    The network after the last one is None where it diverged.
    """

    def __init__(self, setup: Setup) -> None:
        self.setup, self.lock = setup, Lock()
        self.losses: list[float] = []
        self.networks: list[Network | None] = [setup.network]

    def before(self, count: int) -> tuple[int, Network, tuple[float, ...]]:
        """Return iteration ``count``, or the one before it in which the run diverges: its number, network, losses."""
        with self.lock:
            while len(self.losses) < count - 1 and (network := self.networks[-1]) is not None:
                iteration = _traced(self.setup, network, self.setup.manner)
                self.losses.append(number(iteration.values[LOSS.name], 0))
                self.networks.append(iteration.network)
            has_diverged = self.networks[-1] is None and count > len(self.losses)
        reached = len(self.losses) if has_diverged else count
        network = self.networks[reached - 1]
        assert network is not None
        return reached, network, tuple(self.losses[: reached - 1])


@lru_cache(maxsize=16)
def _run(setup: Setup) -> Run:
    return Run(setup)


def passage(setup: Setup, count: int) -> Passage:
    """Return iteration ``count`` of the run that a setup starts, or the one before it in which it diverges.

    Beside the iteration in the setup's manner stand whole chain rules, and the right E⁺ where the classic mistake is
    made.
    """
    reached, network, losses = _run(setup.run).before(count)
    told = _traced(setup, network, setup.manner)
    whole = told
    if setup.manner.detail != NEURON:
        whole = _traced(setup, network, replace(setup.manner, detail=NEURON))
    rightly = None
    if setup.manner.in_place:
        right = _traced(setup, network, PLAIN)
        rightly = number(right.values[LOSS.after_update().name], 0) if right.overflow is None else None
    is_last = reached < count or count >= last_iteration(setup)
    return Passage(told, whole, reached, losses, is_last, setup.sample, rightly)


def last_iteration(setup: Setup) -> int:
    """Return the number of the last iteration that is computed: less than usual where each takes long."""
    samples = len(setup.inputs)
    rules = len(plan_of(setup.shape, samples, PLAIN).rules)
    return max(1, min(LAST_ITERATION, int(PATIENCE / (rules * (PER_RULE + samples * PER_SAMPLE)))))


def _traced(setup: Setup, network: Network, manner: Manner) -> Iteration:
    return trace(network, setup.inputs, setup.targets, setup.rate, manner)
