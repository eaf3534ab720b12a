"""How trace, server and bytes grow with the network and the samples."""

import gzip
import json
import time
from dataclasses import dataclass

import numpy as np

from nnviz.charts.theme import Look
from nnviz.engine.initializers import NORMAL, Initializer, drawn
from nnviz.engine.manner import Detail, Manner
from nnviz.engine.network import Layer, Network
from nnviz.engine.trace import trace
from nnviz.lessons.network.run import run_at
from nnviz.lessons.network.setup import Setup
from nnviz.lessons.network.view import screen_of
from nnviz.presets import Rows

SIZES = {6: (2, 2, 1), 50: (5, 5, 5), 200: (8, 8, 8, 8, 1), 352: (8, 8, 8, 8, 8, 8, 4)}
SAMPLES = (1, 100, 1000)
RUNS = 3


@dataclass(frozen=True)
class Growth:
    """What a backward pass of a network costs: milliseconds of CPU and kilobytes."""

    weights: int
    samples: int
    detail: Detail
    pauses: int
    trace_ms: float
    pass_ms: float
    raw_kb: float
    compressed_kb: float


def growth(weights: int, samples: int, detail: Detail) -> Growth:
    """Return the least of several runs, each with weights that no run had before."""
    times: list[tuple[float, float]] = []
    for run in range(RUNS):
        setup = _setup(SIZES[weights], samples, detail, seed=run + 1)
        start = time.process_time()
        trace(setup.network, setup.inputs, setup.targets, setup.rate, setup.manner)
        traced = time.process_time()
        shown = run_at(setup, 1)
        answer = json.dumps(screen_of(shown, shown.forward_end + 1, Look())).encode()
        compressed = gzip.compress(answer, 6)
        times.append((traced - start, time.process_time() - traced))
    trace_time, pass_time = (min(column) for column in zip(*times, strict=True))
    return Growth(
        weights, samples, detail, shown.end, 1e3 * trace_time, 1e3 * pass_time, len(answer) / 1e3, len(compressed) / 1e3
    )


def _setup(sizes: tuple[int, ...], samples: int, detail: Detail, seed: int) -> Setup:
    start = Initializer(NORMAL, 0.5, seed)
    layers = [Layer(weights, [0.0] * len(weights), "tanh") for weights in drawn(sizes, start)]
    network = Network(layers)
    random = np.random.default_rng(seed)
    return Setup(
        preset="2-2-1",
        shape=network.shape,
        weights=tuple(w for layer in layers for w in layer.matrix.ravel().tolist()),
        biases=(0.0,) * sum(sizes[1:]),
        inputs=_rows(random.normal(size=(samples, sizes[0]))),
        targets=_rows(random.uniform(-0.5, 0.5, size=(samples, sizes[-1]))),
        rate=0.1,
        start=start,
        manner=Manner(detail),
    )


def _rows(numbers: np.ndarray) -> Rows:
    return tuple(map(tuple, numbers.tolist()))
