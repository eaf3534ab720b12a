"""The loss surface that training goes down."""

SENTENCES = {
    "loss_surface.across": "across",
    "loss_surface.up": "up",
    "loss_surface.needs_two": "There is only one trained parameter, and a map needs two.",
    "loss_surface.title": (
        "A map of E over {first} from {first_low} to {first_high} and {second} from {second_low} to {second_high}, "
        "with the path of training on it."
    ),
    "loss_surface.at": "Iteration {iteration:,}: {first}, {second}; for all samples{which} {error}.",
    "loss_surface.of_training": "that are trained on",
    "loss_surface.unknown": "Iteration {iteration:,}: {first}, {second}; E is too large for a 64-bit float.",
    "loss_surface.down": "{first} and {second}; the arrow points along −gradient, in the units of the axes.",
    "loss_surface.level": "{first} and {second}: it is level here, so there is no arrow.",
    "loss_surface.no_gradient": "The gradient is too large for a 64-bit float, so there is no arrow.",
    "loss_surface.held": (
        "The other {count:parameter|parameters} ({count:,} of {total:,}) {count:is|are} held at {count:its value|their "
        "values} of iteration {iteration:,}."
    ),
    "loss_surface.moved": (
        "Along the path {count:it|they} changed too, so E there was not the height of this map; at the present point "
        "it is."
    ),
    "loss_surface.alone": "There are no other parameters, so E along the path is the height of this map.",
    "loss_surface.too_far": "A parameter is too large for a map.",
    "loss_surface.flat": "E is the same everywhere on this map.",
    "loss_surface.gaps": "Where nothing is drawn, E is too large for a 64-bit float.",
    "loss_surface.path": "path",
    "loss_surface.present": "iteration {iteration:,}",
}
