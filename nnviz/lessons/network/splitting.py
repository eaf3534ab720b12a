"""What a text makes of the test: how many percent of the samples are kept apart, and the seed that draws them."""

from dataclasses import replace

from nnviz.engine.initializers import LARGEST_SEED
from nnviz.engine.split import NO_SPLIT, Split
from nnviz.lessons.network.setup import Setup
from nnviz.player.parsing import NumeralError, whole
from nnviz.player.refusal import RefusedError, counted, wrong_with
from nnviz.text import say

LEAST, MOST = 10, 50  # percent
SPLIT, NONE = "split", "none"


def share(setup: Setup, text: str) -> Setup:
    """Return the setup with so many percent of its samples kept apart for a test."""
    allowed = say("problem.share", least=LEAST, most=MOST)
    try:
        percent = whole(text.strip(), 0, MOST)
    except NumeralError as problem:
        raise RefusedError(wrong_with(problem, text, allowed)) from problem
    if 0 < percent < LEAST:
        raise RefusedError(allowed)
    return _read_anew(setup, replace(setup.split, share=percent / 100))


def share_text(setup: Setup) -> str:
    """Return how many percent of the samples are kept apart."""
    return str(round(100 * setup.split.share))


def seed(setup: Setup, text: str) -> Setup:
    """Return the setup with the samples of its test drawn from another seed."""
    return _read_anew(setup, replace(setup.split, seed=counted(text, 0, LARGEST_SEED)))


def split(setup: Setup, text: str) -> Setup:
    """Return the setup with a test as "none", or "20 7" says: percent, and a seed."""
    match text.split():
        case ["none"]:
            return _read_anew(setup, NO_SPLIT)
        case [percent, drawn]:
            return seed(share(setup, percent), drawn)
    raise RefusedError(say("problem.split"))


def split_text(setup: Setup) -> str:
    """Return the test of a setup as links and files have it."""
    return f"{share_text(setup)} {setup.split.seed}" if setup.split.share else NONE


def is_of_page(given: Split) -> bool:
    """Whether the page can keep so many samples apart."""
    percent = round(100 * given.share)
    return given.share == percent / 100 and (percent == 0 or LEAST <= percent <= MOST)


def _read_anew(setup: Setup, given: Split) -> Setup:
    """Return the setup with another test; a table is read anew, as what is trained on says how inputs are scaled."""
    table = None if setup.table is None else setup.table._replace(is_read=False)
    return replace(setup.with_split(given), table=table)
