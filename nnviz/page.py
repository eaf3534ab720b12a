"""From Python to the page and back: ``nnviz.link``, ``save``, ``load`` and ``show``."""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import numpy as np
from numpy.typing import ArrayLike

from nnviz.algebra.arrays import Array
from nnviz.engine.batches import ALL, Batches
from nnviz.engine.manner import PLAIN, Manner
from nnviz.engine.method import Method
from nnviz.engine.network import Network
from nnviz.engine.optimizers import GRADIENT_DESCENT, Optimizer
from nnviz.engine.schedules import CONSTANT, Schedule
from nnviz.engine.split import NO_SPLIT, Split
from nnviz.lessons.network import links
from nnviz.lessons.network.own_network import setup_of
from nnviz.lessons.network.training.checkpoint import LAST_ITERATION
from nnviz.player import file
from nnviz.player.request import ITERATION, LESSON, LONGEST_ADDRESS, PLACES
from nnviz.text import say

NETWORK = "network"  # the lesson


class Saved(NamedTuple):
    """What a file holds: a network as it was before the first iteration, its samples, and how it is trained and told.

    ``inputs`` are of shape (n_samples, n_in), ``targets`` of shape (n_samples, n_out). ``iteration`` is the one that
    the page showed, counted from 1. ``split`` says which samples the page does not train on, but tests.
    """

    network: Network
    inputs: Array
    targets: Array
    learning_rate: float
    manner: Manner = PLAIN
    batches: Batches = ALL
    iteration: int = 1
    optimizer: Optimizer = GRADIENT_DESCENT
    schedule: Schedule = CONSTANT
    weight_decay: float = 0.0
    split: Split = NO_SPLIT


def link(
    network: Network,
    inputs: ArrayLike,
    targets: ArrayLike,
    learning_rate: float,
    *,
    manner: Manner = PLAIN,
    batches: Batches = ALL,
    optimizer: Optimizer = GRADIENT_DESCENT,
    schedule: Schedule = CONSTANT,
    weight_decay: float = 0.0,
    split: Split = NO_SPLIT,
) -> str:
    """Return the query of the address at which the page opens a network with its samples: what is behind the "?".

    Raises ValueError where they do not fit each other, the page does not show as large ones, or a link does not hold
    them.
    """
    setup = setup_of(
        network, inputs, targets, learning_rate, manner, batches, Method(optimizer, schedule, weight_decay), split
    )
    if links.is_too_large(setup):
        raise ValueError(say("error.link_too_long", most=LONGEST_ADDRESS))
    return urlencode(links.in_link(setup))


def save(
    path: str | Path,
    network: Network,
    inputs: ArrayLike,
    targets: ArrayLike,
    learning_rate: float,
    *,
    manner: Manner = PLAIN,
    batches: Batches = ALL,
    optimizer: Optimizer = GRADIENT_DESCENT,
    schedule: Schedule = CONSTANT,
    weight_decay: float = 0.0,
    split: Split = NO_SPLIT,
) -> None:
    """Write a network with its samples to a file that the page opens.

    Raises ValueError where they do not fit each other, or the page does not show as large ones, and OSError where the
    file cannot be written.
    """
    setup = setup_of(
        network, inputs, targets, learning_rate, manner, batches, Method(optimizer, schedule, weight_decay), split
    )
    Path(path).write_text(file.written({LESSON: NETWORK, **links.in_full(setup)}), encoding="utf-8")


def load(path: str | Path) -> Saved:
    """Return what is in a file that the page or ``save`` has written, to the last bit; but −0 is read as 0.

    Raises ValueError, in words, where it is no such file or anything in it is not allowed, and OSError where it cannot
    be read.
    """
    with Path(path).open("rb") as opened:
        content = opened.read(file.LARGEST + 1)
    if len(content) > file.LARGEST:
        raise ValueError(say("file.too_large"))
    try:
        given, repeated = file.read(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ValueError(say("error.no_file", path=path)) from error
    if (lesson := given.pop(LESSON, NETWORK)) != NETWORK:
        raise ValueError(say("error.file_elsewhere", lesson=lesson))
    setup, problems = links.opened(given)
    known = links.in_full(setup).keys() | problems.keys()
    if not given.keys() & known:
        raise ValueError(say("error.no_file", path=path))
    wrong = [f"{key}: {problem}" for key, problem in problems.items()]
    wrong += [say("file.repeated", names=", ".join(repeated))] if repeated else []
    unknown = [key for key in given if key not in known and key not in PLACES]
    wrong += [say("error.file_unknown", names=", ".join(unknown))] if unknown else []
    if wrong:
        raise ValueError(say("error.file", path=path, details=" ".join(wrong)))
    return Saved(
        setup.network, np.array(setup.inputs), np.array(setup.targets), float(setup.rate), setup.manner, setup.batches,
        _iteration(given), setup.method.optimizer, setup.method.schedule, setup.method.weight_decay, setup.split,
    )  # fmt: skip


def show(
    network: Network,
    inputs: ArrayLike,
    targets: ArrayLike,
    learning_rate: float,
    *,
    manner: Manner = PLAIN,
    batches: Batches = ALL,
    optimizer: Optimizer = GRADIENT_DESCENT,
    schedule: Schedule = CONSTANT,
    weight_decay: float = 0.0,
    split: Split = NO_SPLIT,
    base: str = "",
    block: bool | None = None,
) -> str:
    """Open the page with a network and its samples in the browser, and return its address.

    ``base`` is where the page is served. Without one it is where ``nnviz`` usually is on this machine, and where that
    is not, it is served from within this process; that ends with it. So a script waits then, until Ctrl+C, and a
    notebook or a console does not; ``block`` says otherwise. Raises ValueError as ``link`` does.
    """
    query = link(
        network,
        inputs,
        targets,
        learning_rate,
        manner=manner,
        batches=batches,
        optimizer=optimizer,
        schedule=schedule,
        weight_decay=weight_decay,
        split=split,
    )
    from nnviz.web.shown import shown

    return shown(query, base, block)


def _iteration(given: dict[str, str]) -> int:
    """Return the iteration that a file shows. Raises ValueError where it is none."""
    text = given.get(ITERATION, "1")
    if not (text.isascii() and text.isdigit() and len(text) < 8 and 1 <= int(text) <= LAST_ITERATION):
        raise ValueError(say("error.file_iteration", most=LAST_ITERATION))
    return int(text)
