"""A student's own numbers, checked on the page."""

SENTENCES = {
    "fold.numbers": "My numbers",
    "numbers.label": "The numbers that you have, a line each",
    "numbers.about": (
        "Type or paste what you have calculated, as much of it as you like: h1 = 0,85, or 2·0.11 + 3·0.21, a line "
        "each. A column without names is read in the order of the steps."
    ),
    "numbers.check": "Check my numbers",
    "numbers.too_long": "That is more than {most:,} characters, so nothing was checked. Paste the numbers alone.",
    "numbers.none": "No number could be read.",
    "numbers.right": "{count:,} {count:number|numbers}, and nothing is wrong.",
    "numbers.first_wrong": "The first line that is wrong is {name}. Wrong in all: {wrong}.",
    "numbers.first_wrong.carried": (
        "The first line that is wrong is {name}. Wrong in all: {wrong}; carried on from your own earlier numbers, and "
        "right as such: {carried}."
    ),
    "numbers.mistake": "It looks like this: {name}.",
    "numbers.others": "The same numbers would come of: {names}.",
    "numbers.made": "yours",
    "numbers.meant": "as it is",
    "numbers.step": "step",
    "numbers.yours": "yours",
    "numbers.read": "read as",
    "numbers.exact": "right",
    "numbers.verdict": "verdict",
    "numbers.verdict.ok": "right",
    "numbers.verdict.carried": "carried: right from your own earlier numbers",
    "numbers.verdict.rough": "right, but too rough to go on with",
    "numbers.verdict.wrong": "wrong",
    "numbers.name": "Line {line}, “{text}”: no step of this iteration has that name.",
    "numbers.number": "Line {line}, “{text}”: that is no number, and no sum or product of numbers.",
    "numbers.more": "Line {line}, “{text}”: there is no further step that it could be.",
}
