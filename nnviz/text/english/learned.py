"""What a network has learned, and the ground that training walks on."""

SENTENCES = {
    # What was learned
    "learned.right": "Samples on the right side of 0.5 before iteration {iteration:,}: {right:,} of {count:,}.",
    "learned.all_right": (
        "Samples with every output on the right side of 0.5 before iteration {iteration:,}: {right:,} of {count:,}."
    ),
    "learned.error": "The largest error is {error}, of sample {sample:,}.",
    "learned.error_at": "Before iteration {iteration:,} the largest error is {error}, of sample {sample:,}.",
    "learned.error_before": "At the start it was {error}.",
    "learned.too_large": "Samples whose output is too large to be drawn: {large:,} of {count:,}.",
    "learned.gaps": "Where nothing is drawn, the output is too large to be drawn.",
    "learned.boundary": "The line on the map is where the output is 0.5.",
    "learned.line": "The output as a line over {input} from {low} to {high}. Samples beside it: {count:,}.",
    "learned.map": (
        "A map of the output over {first} from {first_low} to {first_high} and {second} from {second_low} to "
        "{second_high}. Samples on it: {count:,}."
    ),
    "learned.table": "A table of predictions beside targets.",
    "learned.samples": "samples",
    "learned.before": "at the start",
    "learned.now": "now",
    "learned.class": "target {target}",
    "learned.sample": "sample {number:,}",
    "learned.is_right": "right",
    "learned.is_wrong": "wrong",
    "learned.wrong_outputs": "wrong: {names}",
    "learned.large": "too large",
    "learned.caption": "Samples {first:,} to {last:,} of {count:,}, before iteration {iteration:,}",
    "learned.number": "sample",
    "learned.side": "side of 0.5",
    # The ground
    "ground.title": (
        "A map of E over {first} from {first_low} to {first_high} and {second} from {second_low} to {second_high}, "
        "with the path of training on it."
    ),
    "ground.at": "At iteration {iteration:,}: {first}, {second}; over all samples {error}.",
    "ground.unknown": "At iteration {iteration:,}: {first}, {second}; E is too large for a 64-bit float.",
    "ground.down": "{first} and {second}; the arrow is −gradient, in the units of the axes.",
    "ground.level": "{first} and {second}: no way leads down from here, so there is no arrow.",
    "ground.no_gradient": "The gradient is too large for a 64-bit float, so there is no arrow.",
    "ground.held": "The other parameters, {count:,} of {total:,}, are held at their values of iteration {iteration:,}.",
    "ground.moved": (
        "Along the path they moved too, so E there was not the height of this map; at the present point it is."
    ),
    "ground.alone": "There are no other parameters, so E along the path is the height of this map.",
    "ground.too_far": "A parameter is too large for a map.",
    "ground.flat": "E is the same everywhere on this map.",
    "ground.gaps": "Where nothing is drawn, E is too large for a 64-bit float.",
    "ground.path": "path",
    "ground.present": "iteration {iteration:,}",
}
