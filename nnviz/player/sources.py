"""The sources of examples and lessons, each with its address where that is known, and sentences that cite them."""

from nnviz.text import say

Parts = tuple[tuple[str, str], ...]

ADDRESSES = {
    "step-by-step": "https://hmkcode.com/ai/backpropagation-step-by-step/",
    "mazur": "https://mattmazur.com/2015/03/17/a-step-by-step-backpropagation-example/",
    "single-neuron": "https://www.webalive.com.au/single-neuron-neural-network-on-python/",
    "role": "https://datascience.stackexchange.com/questions/30676/",
    "any-layers": "",
    "derivation": "",
}
MARK = "\0"


def cited(source: str) -> str:
    """Return what stands in a sentence for a source until its parts are taken."""
    return f"{MARK}{source}{MARK}"


def parts(sentence: str) -> Parts:
    """Return a sentence as texts in a row, each with the address that it leads to, or ""; sources by their names."""
    pieces = sentence.split(MARK)
    named = [(say(f"source.{piece}"), ADDRESSES[piece]) if at % 2 else (piece, "") for at, piece in enumerate(pieces)]
    return tuple(part for part in named if part[0])
