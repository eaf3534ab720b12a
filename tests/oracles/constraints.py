"""Where the weights and biases of a network are by their names, and what is fixed, absent or tied there."""

from itertools import pairwise

import nnviz

At = tuple[int, int, int | None]  # layer, neuron, and the input of a weight, all counted from 0


def places_of(network: nnviz.Network) -> dict[str, At]:
    """Return the place of each weight and bias by name."""
    found: dict[str, At] = {}
    n_weights = n_biases = 0
    for layer, (n_in, n_out) in enumerate(pairwise(network.sizes)):
        for unit in range(n_out):
            for source in range(n_in):
                n_weights += 1
                found[f"w{n_weights}"] = layer, unit, source
            n_biases += 1
            if network.layers[layer].biases is not None:
                found[f"b{n_biases}"] = layer, unit, None
    return found


def places_of_one(network: nnviz.Network, at: At) -> list[At]:
    """Return all places of the weight or bias that is at a place: none where it is absent."""
    places = places_of(network)
    name = next(name for name, place in places.items() if place == at)
    if name in network.absent:
        return []
    return next(([places[other] for other in tie] for tie in network.tied if name in tie), [at])


def is_held(network: nnviz.Network, at: At) -> bool:
    """Return whether no update moves what is at a place: it, or another of its tie, is fixed or absent."""
    names = {place: name for name, place in places_of(network).items()}
    own = {names[place] for place in places_of_one(network, at)}
    return not own or bool(own & set(network.fixed))


def spread(network: nnviz.Network, by_place: dict[At, float]) -> dict[At, float]:
    """Return at each place the sum over all places of what is there: of numbers that are each place's own."""
    return {at: sum(by_place[other] for other in places_of_one(network, at)) for at in by_place}
