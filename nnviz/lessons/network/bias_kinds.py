"""What the biases of a layer are, as a whole: none, trained, fixed, or one for all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from nnviz.engine.constraints import Constraints, constrained, places_of
from nnviz.engine.plan import Shape
from nnviz.player.refusal import RefusedError

NO_BIASES, TRAINED, FIXED, ONE = BIASES = ("none", "trained", "fixed", "one")
MIXED = "mixed"  # each as it was set by itself


def names_in_layers(shape: Shape) -> list[tuple[str, ...]]:
    """Return the names of each layer's biases, () where it has none."""
    ends = list(accumulate(shape.sizes[1:], initial=0))
    return [
        tuple(f"b{number}" for number in range(start + 1, end + 1)) if has else ()
        for start, end, has in zip(ends, ends[1:], shape.has_biases, strict=False)
    ]


def kinds_of(shape: Shape) -> list[str]:
    """Return of each layer what its biases are as a whole, or that they are mixed."""
    return [_kind(names, shape.constraints) for names in names_in_layers(shape)]


def _kind(names: Sequence[str], given: Constraints) -> str:
    if not names:
        return NO_BIASES
    are_fixed, are_tied = ([name in some for name in names] for some in (given.fixed, given.first_of))
    if tuple(names) in given.tied:
        return MIXED if any(are_fixed) else ONE
    if any(are_tied):
        return MIXED
    return FIXED if all(are_fixed) else MIXED if any(are_fixed) else TRAINED


def with_kinds(shape: Shape, kinds: Sequence[str]) -> Shape:
    """Return the shape with biases that are of these kinds in its layers; mixed ones stay as they are.

    Raises RefusedError where nothing would be trained.
    """
    given, changed = shape.constraints, set[str]()
    fixed, tied = list[str](), list[tuple[str, ...]]()
    for names, kind in zip(names_in_layers(shape), kinds, strict=True):
        if kind == MIXED:
            continue
        changed |= set(names)
        fixed += names if kind == FIXED else ()
        tied += [names] if kind == ONE and len(names) > 1 else []
    tied += _without(given.tied, changed)
    fixed += [name for name in given.fixed if name not in changed]
    return replaced(shape, fixed, given.absent, tied)


def said_by_kinds(shape: Shape) -> Constraints:
    """Return the constraints that the kinds of the layers' biases say."""
    pairs = list(zip(names_in_layers(shape), kinds_of(shape), strict=True))
    fixed = tuple(name for names, kind in pairs if kind == FIXED for name in names)
    return Constraints(fixed, (), tuple(names for names, kind in pairs if kind == ONE and len(names) > 1))


def replaced(shape: Shape, fixed: object, absent: object, tied: object) -> Shape:
    """Return the shape with other constraints. Raises RefusedError where they are not allowed."""
    try:
        found = constrained(fixed, absent, tied, places_of(shape.sizes, shape.has_biases))
    except ValueError as problem:
        raise RefusedError(str(problem)) from problem
    return replace(shape, constraints=found)


def _without(ties: Sequence[tuple[str, ...]], names: set[str]) -> Iterator[tuple[str, ...]]:
    """Yield ties without some names, as far as two are left."""
    for tie in ties:
        left = tuple(name for name in tie if name not in names)
        if len(left) > 1:
            yield left
