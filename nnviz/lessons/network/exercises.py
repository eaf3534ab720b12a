"""New numbers to practise with: those of an exercise, in the network that there is."""

from dataclasses import replace

import numpy as np

from nnviz.engine.batches import ALL
from nnviz.engine.initializers import HAND
from nnviz.engine.split import NO_SPLIT
from nnviz.lessons.network.setup import Setup
from nnviz.player.refusal import RefusedError, seed_in
from nnviz.practice.exercise import exercise
from nnviz.practice.mistakes import MISTAKES


def with_exercise(setup: Setup, text: str) -> Setup:
    """Return the setup with the numbers of an exercise, drawn from the seed in a text, and one sample.

    Behind the seed may be the mistake that they are to show. Raises RefusedError where there are no such numbers, or
    the seed is none.
    """
    seed, mistake = seed_in(text), text.partition(" ")[2]
    try:
        drawn = exercise(setup.shape, seed, mistake if mistake in MISTAKES else "")
    except ValueError as problem:
        raise RefusedError(str(problem)) from problem
    layers = drawn.network.layers
    return replace(
        setup,
        weights=tuple(np.concatenate([layer.matrix.ravel() for layer in layers]).tolist()),
        biases=tuple(number for layer in layers if layer.vector is not None for number in layer.vector.tolist()),
        inputs=tuple(map(tuple, drawn.inputs.tolist())),
        targets=tuple(map(tuple, drawn.targets.tolist())),
        rate=drawn.learning_rate,
        start=replace(setup.start, rule=HAND),
        sample=0,
        batches=ALL,
        as_batch=False,
        table=None,
        split=NO_SPLIT,
    )
