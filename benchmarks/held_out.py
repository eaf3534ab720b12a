"""What a test costs training: where the curve looks at it, and where a list asks for that of each iteration."""

import time

from nnviz.engine.split import Split
from nnviz.lessons.network.own_network import setup_of
from nnviz.lessons.network.setup import Setup, of_preset
from nnviz.lessons.network.training.checkpoint import start_of
from nnviz.lessons.network.training.loss_history import Curve
from nnviz.lessons.network.training.slices import trained
from nnviz.lessons.network.training.stopping import Goal

PRESET, SPLIT, ITERATIONS, RUNS = "fahrenheit", Split(0.3, seed=1), 10_000, 5


def cost_of_test() -> tuple[float, float]:
    """Return how many times the CPU time of training without a test it takes with one: as a curve, and as a list."""
    setup = of_preset(PRESET).with_split(SPLIT)
    alone = setup_of(setup.network, *setup.training, float(setup.rate))
    plain = min(_seconds(alone) for _ in range(RUNS))
    curve, listed = (min(_seconds(setup, tests_all) for _ in range(RUNS)) for tests_all in (False, True))
    return curve / plain, listed / plain


def _seconds(setup: Setup, tests_all: bool = False) -> float:
    start = time.process_time()
    trained(setup, start_of(setup), Curve(), Goal(ITERATIONS), time_budget=1e9, tests_all=tests_all)
    return time.process_time() - start
