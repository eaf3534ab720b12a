"""What a network has learned: its predictions."""

SENTENCES = {
    "predictions.right": "Classified correctly {when}: {right:,} of {count:,} {count:sample|samples}.",
    "predictions.all_right": (
        "Classified correctly in every output {when}: {right:,} of {count:,} {count:sample|samples}."
    ),
    "predictions.right_of_test": (
        "Of the {count:sample|{count:,} samples} kept apart for the test, {right:,} {right:is|are}."
    ),
    "predictions.test": "test samples",
    "predictions.test_sample": "sample {number:,}, kept apart for the test",
    "predictions.error": "The largest error is {error}, for sample {sample:,}.",
    "predictions.error_at": "The largest error {when} is {error}, for sample {sample:,}.",
    "predictions.error_before": "At the start it was {error}.",
    "predictions.too_large": "Samples with an output too large to draw: {large:,} of {count:,}.",
    "predictions.gaps": "Where nothing is drawn, the output is too large to draw.",
    "predictions.boundary": "The line on the map is where the output is 0.5.",
    "predictions.line": (
        "The output as a line over {input} from {low} to {high}, beside {count:,} {count:sample|samples}."
    ),
    "predictions.map": (
        "A map of the output over {first} from {first_low} to {first_high} and {second} from {second_low} to "
        "{second_high}, with {count:,} {count:sample|samples} on it."
    ),
    "predictions.class_map": (
        "A map of the class with the largest output over {first} and {second}, a colour for each, with "
        "{count:the sample|all {count:,} samples} on it in the colour of its own class."
    ),
    "predictions.class_name": "{name} = 1",
    "predictions.largest": "largest: {name} = {value}",
    "predictions.given": "Where ∂E/∂ŷ is given there are no targets that the outputs could be compared with.",
    "predictions.table": "A table of predictions beside targets.",
    "predictions.samples": "samples",
    "predictions.true_line": "line of the samples",
    "predictions.before": "at the start",
    "predictions.after": "after {done:,} {done:iteration|iterations}",
    "predictions.now": "now",
    "predictions.class": "target {target}",
    "predictions.sample": "sample {number:,}",
    "predictions.is_right": "right",
    "predictions.is_wrong": "wrong",
    "predictions.wrong_outputs": "wrong: {names}",
    "predictions.large": "too large",
    "predictions.caption": "{count:The only sample|Samples {first:,} to {last:,} of {count:,}}, {when}",
    "predictions.number": "sample",
    "predictions.target_of": "target",
    "predictions.class_of": "class",
    "predictions.verdict": "right?",
    "predictions.rule.half": "The class is 1 where the output is above 0.5, else 0.",
    "predictions.rule.largest": "The class is that of the largest output.",
}
