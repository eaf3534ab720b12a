"""What a network has learned, and the loss surface that training goes down."""

SENTENCES = {
    # What was learned
    "learned.right": "Classified correctly {when}: {right:,} of {count:,} {count:sample|samples}.",
    "learned.all_right": "Classified correctly in every output {when}: {right:,} of {count:,} {count:sample|samples}.",
    "learned.error": "The largest error is {error}, for sample {sample:,}.",
    "learned.error_at": "The largest error {when} is {error}, for sample {sample:,}.",
    "learned.error_before": "At the start it was {error}.",
    "learned.too_large": "Samples with an output too large to draw: {large:,} of {count:,}.",
    "learned.gaps": "Where nothing is drawn, the output is too large to draw.",
    "learned.boundary": "The line on the map is where the output is 0.5.",
    "learned.line": "The output as a line over {input} from {low} to {high}, beside {count:,} {count:sample|samples}.",
    "learned.map": (
        "A map of the output over {first} from {first_low} to {first_high} and {second} from {second_low} to "
        "{second_high}, with {count:,} {count:sample|samples} on it."
    ),
    "learned.table": "A table of predictions beside targets.",
    "learned.samples": "samples",
    "learned.before": "at the start",
    "learned.after": "after {done:,} {done:iteration|iterations}",
    "learned.now": "now",
    "learned.class": "target {target}",
    "learned.sample": "sample {number:,}",
    "learned.is_right": "right",
    "learned.is_wrong": "wrong",
    "learned.wrong_outputs": "wrong: {names}",
    "learned.large": "too large",
    "learned.caption": "{count:The only sample|Samples {first:,} to {last:,} of {count:,}}, {when}",
    "learned.number": "sample",
    "learned.side": "class",
    # The loss surface
    "ground.title": (
        "A map of E over {first} from {first_low} to {first_high} and {second} from {second_low} to {second_high}, "
        "with the path of training on it."
    ),
    "ground.at": "Iteration {iteration:,}: {first}, {second}; for all samples {error}.",
    "ground.unknown": "Iteration {iteration:,}: {first}, {second}; E is too large for a 64-bit float.",
    "ground.down": "{first} and {second}; the arrow points along −gradient, in the units of the axes.",
    "ground.level": "{first} and {second}: it is level here, so there is no arrow.",
    "ground.no_gradient": "The gradient is too large for a 64-bit float, so there is no arrow.",
    "ground.held": (
        "The other {count:parameter|parameters} ({count:,} of {total:,}) {count:is|are} held at {count:its value|their "
        "values} of iteration {iteration:,}."
    ),
    "ground.moved": (
        "Along the path {count:it|they} changed too, so E there was not the height of this map; at the present point "
        "it is."
    ),
    "ground.alone": "There are no other parameters, so E along the path is the height of this map.",
    "ground.too_far": "A parameter is too large for a map.",
    "ground.flat": "E is the same everywhere on this map.",
    "ground.gaps": "Where nothing is drawn, E is too large for a 64-bit float.",
    "ground.path": "path",
    "ground.present": "iteration {iteration:,}",
}
