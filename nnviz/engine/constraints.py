"""Weights and biases that are fixed, absent, or one with others, by their numbered names, such as w1 and b2."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

from nnviz.algebra.quantities import Place
from nnviz.text import say

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Constraints:
    """What of a network is not free.

    ``fixed`` weights and biases keep their value in every update. ``absent`` weights are links that are not there.
    ``tied`` ones are one quantity, named after the first of them; a tie is fixed as a whole or not at all.
    """

    fixed: Names = ()
    absent: Names = ()
    tied: tuple[Names, ...] = ()

    @property
    def held(self) -> frozenset[str]:
        """The names of what no update moves."""
        return frozenset((*self.fixed, *self.absent))

    @property
    def first_of(self) -> dict[str, str]:
        """Of each that is tied the name of the first of its tie."""
        return {name: tie[0] for tie in self.tied for name in tie}


FREE = Constraints()


@lru_cache(maxsize=64)
def places_of(sizes: tuple[int, ...], has_biases: tuple[bool, ...]) -> Mapping[str, Place]:
    """Return where the weights and the biases of a network are, by name, all weights first.

    ``sizes`` begins with the inputs; ``has_biases`` has an entry a layer.
    """
    found: dict[str, Place] = {}
    pairs = list(enumerate(pairwise(sizes), start=1))
    weights = (
        Place("weight", layer, j, k) for layer, (n_in, n_out) in pairs for j in range(n_out) for k in range(n_in)
    )
    found |= {f"w{number}": place for number, place in enumerate(weights, start=1)}
    biases = (Place("bias", layer, unit) for layer, (_, n_out) in pairs for unit in range(n_out))
    found |= {f"b{n}": place for n, place in enumerate(biases, start=1) if has_biases[place.layer - 1]}
    return MappingProxyType(found)


def constrained(
    fixed: object, absent: object, tied: object, places: Mapping[str, Place], are_fixed: Sequence[bool] = ()
) -> Constraints:
    """Return the constraints, their names in order, on what is at these places.

    ``are_fixed`` says of layers whether all of their biases are fixed besides. Raises TypeError where names are no list
    of texts, and ValueError where a name is unknown, is in two ties, or is absent beside something else; where a tie
    has but one name, or both weights and biases; where a bias is absent, a neuron or an input is left without a link,
    or nothing is left that is trained.
    """
    held, gone = set(_names("fixed", fixed)), set(_names("absent", absent))
    ties = [set(_names("tied", tie)) for tie in _listed("tied", tied)]
    order = {name: number for number, name in enumerate(places)}
    _check_names(held, gone, ties, places)
    held |= {name for name, place in places.items() if place.part == "bias" and any(are_fixed[place.layer - 1 :][:1])}
    for tie in ties:
        if held & tie:
            held |= tie
    _check_links(gone, places)
    if len(held) + len(gone) == len(places):
        raise ValueError(say("error.constraint.nothing_trained"))

    def in_order(names: Iterable[str]) -> Names:
        return tuple(sorted(names, key=order.__getitem__))

    return Constraints(
        in_order(held), in_order(gone), tuple(sorted(map(in_order, ties), key=lambda tie: order[tie[0]]))
    )


def _listed(key: str, given: object) -> list[object]:
    """Return what is in a list that was given. Raises TypeError where it is none."""
    if not isinstance(given, Iterable) or isinstance(given, str):
        raise TypeError(say("error.constraint.type", name=key, given=given))
    return list(given)


def _names(key: str, given: object) -> list[str]:
    """Return names that were given. Raises TypeError where they are no list of texts."""
    found = [name for name in _listed(key, given) if isinstance(name, str)]
    if len(found) != len(_listed(key, given)):
        raise TypeError(say("error.constraint.type", name=key, given=given))
    return found


def _check_names(held: set[str], gone: set[str], ties: Sequence[set[str]], places: Mapping[str, Place]) -> None:
    """Raise ValueError where a name is unknown, or in two roles that contradict each other."""
    in_ties = [name for tie in ties for name in tie]
    for name in sorted({*held, *gone, *in_ties}):
        if name not in places:
            raise ValueError(say("error.constraint.unknown", name=name, **_ends(places)))
        if name in gone and places[name].part == "bias":
            raise ValueError(say("error.constraint.absent_bias", name=name))
        if name in gone and (name in held or name in in_ties):
            raise ValueError(say("error.constraint.absent_and_more", name=name))
        if in_ties.count(name) > 1:
            raise ValueError(say("error.constraint.two_ties", name=name))
    for tie in ties:
        if len(tie) < 2:
            raise ValueError(say("error.constraint.tie_of_one", name="".join(tie)))
        if len({places[name].part for name in tie}) > 1:
            raise ValueError(say("error.constraint.mixed_tie", names=" = ".join(sorted(tie))))


def _ends(places: Mapping[str, Place]) -> dict[str, str]:
    """Return the names of the last weight and, behind a comma, of the biases, for a sentence."""
    weights, biases = ([name for name, place in places.items() if place.part == part] for part in ("weight", "bias"))
    return {"last": weights[-1], "biases": f", {', '.join(biases)}" if biases else ""}


def _check_links(gone: set[str], places: Mapping[str, Place]) -> None:
    """Raise ValueError where a neuron has no input left, or a neuron or an input leads nowhere."""
    left = {place for name, place in places.items() if place.part == "weight" and name not in gone}
    into, out_of = {(p.layer, p.unit) for p in left}, {(p.layer, p.source) for p in left}
    for name in gone:
        place = places[name]
        if (place.layer, place.unit) not in into:
            raise ValueError(say("error.constraint.no_input", name=name))
        if (place.layer, place.source) not in out_of:
            raise ValueError(say("error.constraint.no_way_on", name=name))


def moved(
    given: Constraints, before: Mapping[str, Place], after: Mapping[str, Place], kept: Sequence[int | None]
) -> Constraints:
    """Return the constraints of a network whose layers are others now, as far as they can be kept.

    ``kept`` says of each layer now which one it was, both counted from 0, or None. Of ties what is left of them is
    tied; a link that would have to be there is there again.
    """
    now = {place: name for name, place in after.items()}
    became = {old: new for new, old in enumerate(kept) if old is not None}

    def of(name: str) -> str | None:
        place = before[name]
        if place.layer - 1 not in became:
            return None
        return now.get(Place(place.part, became[place.layer - 1] + 1, place.unit, place.source))

    def all_of(names: Names) -> Names:
        return tuple(found for name in names if (found := of(name)) is not None)

    ties = [tie for tie in map(all_of, given.tied) if len(tie) > 1]
    fixed, absent = all_of(given.fixed), all_of(given.absent)
    for tried in (absent, ()):
        try:
            return constrained(fixed, tried, ties, after)
        except ValueError:
            continue
    return FREE
