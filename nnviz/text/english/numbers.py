"""A student's own numbers, checked on the page."""

SENTENCES = {
    "fold.numbers": "My numbers",
    "numbers.label": "The numbers that you have, a line each",
    "numbers.about": (
        "Type or paste what you have calculated, as much of it as you like, a line each: E = 0,327, or E = "
        "1/2·(0.191 − 1)². Names are those of the steps: dE/dw1 for ∂E/∂w1, w1+ for w1⁺, yhat for ŷ. A column without "
        "names is read in the order of the steps, of the iteration and the sample that are shown."
    ),
    "numbers.check": "Check my numbers",
    "numbers.too_long": "That is more than {most:,} characters, so nothing was checked. Paste the numbers alone.",
    "numbers.of": "Iteration {iteration:,}:",
    "numbers.of_sample": "Iteration {iteration:,}, sample {sample:,}:",
    "numbers.table": "What became of each number",
    "numbers.more_problems": "{count:,} more {count:line|lines} could not be read.",
    "numbers.none": "No number could be read.",
    "numbers.right": "{count:,} {count:number|numbers}, and nothing is wrong.",
    "numbers.right.rough": (
        "{count:,} {count:number|numbers}, and nothing is wrong. More digits are needed: {rough:,}."
    ),
    "numbers.first_wrong": "The first line that is wrong is {name}. Wrong in all: {wrong}.",
    "numbers.first_wrong.carried": (
        "The first line that is wrong is {name}. Wrong in all: {wrong}; carried on from your own earlier numbers, and "
        "right as such: {carried}."
    ),
    "numbers.mistake_in": "{line} looks like this: {name}.",
    "numbers.mistake": "It looks like this: {name}.",
    "numbers.others": "The same numbers would come of: {names}.",
    "numbers.made": "yours",
    "numbers.meant": "as it is",
    "numbers.differs": "What differs is marked.",
    "numbers.differs.instead": "What differs is marked: {made} where {right} {right_count:belongs|belong}.",
    "numbers.differs.missing": "What differs is marked: {right} {right_count:is|are} left out.",
    "numbers.differs.surplus": "What differs is marked: {made} {made_count:does|do} not belong there.",
    "numbers.step": "step",
    "numbers.yours": "yours",
    "numbers.read": "read as",
    "numbers.exact": "right",
    "numbers.verdict": "verdict",
    "numbers.verdict.ok": "right",
    "numbers.verdict.carried": "carried: right from your own earlier numbers",
    "numbers.verdict.because": "{verdict}: {why}",
    "numbers.verdict.because.carried": "{verdict} ({why})",
    "numbers.verdict.rough": "right, but too rough to go on with",
    "numbers.verdict.doubtful": (
        "right as far as its digits go; but a mistake would give the same ones, so write one or two more"
    ),
    "numbers.verdict.wrong": "wrong",
    "reason.sum": "each input times its weight, added up",
    "reason.sum.bias": "each input times its weight, added up, and the bias",
    "reason.activation": "the activation of {sum}",
    "reason.loss": "how far the output is from its target, by the rule of E",
    "reason.output-slope": "the derivative of E by {of}, {symbols}",
    "reason.given-loss": "each output times the gradient that is given for it, added up",
    "reason.given-slope": "the gradient that is given",
    "reason.sum-slope": "the gradient of {neuron} times the slope of the activation at {sum}",
    "reason.neuron-slope": "the gradients behind {of}, each times the weight to it, added up",
    "reason.neuron-slope.one": "the gradient of {sum} times the weight {weight}",
    "reason.weight-slope": "the gradient of {sum} times the input {input}",
    "reason.weight-slope.samples": "the gradient of {sum} times the input {input}, of all samples",
    "reason.tied-slope": "the paths from all places of {of}, added up",
    "reason.bias-slope": "that of {sum}, which the bias moves one to one",
    "reason.bias-slope.samples": "that of {sum}, which the bias moves one to one, of all samples",
    "reason.update": "{of} minus α times its gradient",
    "numbers.name": "Line {line}, “{text}”: no step of this iteration has that name.",
    "numbers.number": "Line {line}, “{text}”: that is no number, and no sum or product of numbers.",
    "numbers.doubtful": "Line {line}: {question}",
    "numbers.more": "Line {line}, “{text}”: there is no further step that it could be.",
}
