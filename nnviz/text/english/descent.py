"""Gradient descent on a curve."""

SENTENCES = {
    "lesson.descent.link": "Gradient descent",
    "lesson.descent.heading": "Gradient descent, step by step",
    "lesson.descent.title": "nnviz: gradient descent on a curve, step by step",
    "lesson.descent.description": (
        "Watch gradient descent walk down a curve, number by number: the slope, the step, and what the rate does."
    ),
    # What may be set
    "group.curve": "Curve",
    "group.start": "Descent",
    "hill.title": "curve",
    "hill.parabola": "parabola",
    "hill.valleys": "two valleys",
    "hill.plateau": "plateau",
    "hill.wall": "wall",
    "descent.start": "start x",
    "descent.rate": "learning rate α",
    "descent.problem.coefficient": "A number from −{most} to {most} is allowed. {kept} is still in use.",
    "descent.about.parabola": "Follow x from 8 to 2: each step is α times the slope, so steps shrink as it levels out.",
    "descent.about.parabola.other": "Each step is α times the slope: the more level the curve, the shorter the step.",
    "descent.about.valleys": "Start at 0.5, then at 0: the start decides which valley is found.",
    "descent.about.valleys.other": "There are two valleys: the start and the learning rate decide which one is found.",
    "descent.about.plateau": "Far out the curve is almost level, so the steps are tiny; then it all goes quickly.",
    "descent.about.plateau.other": "Far from 0 this curve is almost level: a slope near 0 makes tiny steps.",
    "descent.about.wall": "One step on the wall is so long that it throws x far out; the way back is slow.",
    "descent.about.wall.other": (
        "This curve is steep on the left and rises gently on the right: one learning rate makes long steps there and "
        "short ones here."
    ),
    "descent.source": "Source: {source}, where α is written ν.",
    # The picture
    "descent.picture": "The curve, and the steps down it",
    "descent.legend": (
        "The curve is red. Violet are x and its path, orange the tangent, whose slope is dy/dx. The arrow is the step."
    ),
    "descent.axis.x": "x",
    "descent.axis.y": "y",
    # The table
    "descent.table.caption": "The iterations",
    "descent.table.iteration": "iteration",
    "descent.table.hint": "Choose a row to go there. · means not computed yet.",
    "descent.cell": "{name} of iteration {number}",
    # The steps
    "descent.title.start": "The point before the step",
    "descent.title.forward": "The height y",
    "descent.title.backward": "The slope dy/dx",
    "descent.title.update": "The step to x⁺",
    "descent.step.start": "x is {x}. Nothing is computed yet: Forward computes y there.",
    "descent.step.ready": "In iteration {before}, y was {y}; its step led to x = {x}. Forward computes y there.",
    "descent.step.forward": "How high the curve is at x: y = {equation}.",
    "descent.step.backward": "How steep the curve is at x: dy/dx = {equation}. {direction}",
    "descent.step.update": "A step against the slope, learning rate times slope long: x⁺ = {equation}.",
    "descent.step.too_large": "{name} is too large for a 64-bit float. {advice}",
    "descent.step.not_computed": "{name} is not computed: {culprit} is too large for a 64-bit float. {advice}",
    "descent.advice.start": "Start nearer by.",
    "descent.advice.rate": "A smaller learning rate keeps it in range.",
    "descent.too_large": "too large for a 64-bit float",
    "descent.not_computed": "not computed",
    "descent.refusal.diverged": "Iteration {number} ends here: a number became too large, so there is no step to take.",
    "descent.huge": "more than 1.8e308",
    "descent.huge.negative": "less than −1.8e308",
    "descent.direction.up": "It is positive: y falls when x falls.",
    "descent.direction.down": "It is negative: y falls when x grows.",
    "descent.direction.level": "It is zero: the curve is level here.",
    # What the rate does, on a parabola
    "descent.regime.level": "The slope is 0, so x stays where it is.",
    "descent.regime.stuck": "The step is too short to change x.",
    "descent.regime.creeps": "Too small a rate: {factor} of the distance to the minimum is left, so x creeps.",
    "descent.regime.good": "A good rate: {factor} of the distance to the minimum is left.",
    "descent.regime.exact": "Exactly the right rate: one step lands on the minimum.",
    "descent.regime.overshoots": (
        "It overshoots and still arrives: {factor} of the distance to the minimum is left, on the other side."
    ),
    "descent.regime.swings": "It swings for ever: x is now as far from the minimum on the other side.",
    "descent.regime.diverges": (
        "Too large a rate: x is now {factor} times as far from the minimum, on the other side, so it diverges."
    ),
    "descent.regime.falls": "This curve has no minimum: x goes downhill for ever.",
    # What the rate does, as it is observed on other curves
    "descent.regime.observed.first": "What this rate does shows when there is another step to compare it with.",
    "descent.regime.observed.creeps": "It creeps: this step is about as long as the one before it.",
    "descent.regime.observed.strides": "An even stride: this step is about as long as the one before it.",
    "descent.regime.observed.again": "That is where it was one step before, to 1 % of the step: it swings.",
    "descent.regime.observed.good": "It settles: this step is shorter than the one before it.",
    "descent.regime.observed.grows": "This step is longer than the one before it: the curve is getting steeper.",
    "descent.regime.observed.back": "It comes back from beyond the bottom.",
    "descent.regime.observed.overshoots": "It steps across the bottom and lands lower.",
    "descent.regime.observed.swings": "It steps across the bottom and lands just as high.",
    "descent.regime.observed.diverges": "It steps across the bottom and lands higher: too large a rate here.",
    # Beside the steps
    "descent.rate.title": "What the rate does",
    "descent.rate.factor": "Each step multiplies the distance to the minimum by 1 − 2a·α, which is {factor}.",
    "descent.rates.creeps": "α below {slow}: creeps",
    "descent.rates.good": "α up to {exact}: good",
    "descent.rates.exact": "{landing}: lands in one step",
    "descent.rates.overshoots": "α up to {swing}: overshoots, arrives",
    "descent.rates.swings": "{swinging}: swings for ever",
    "descent.rates.diverges": "α above {swing}: diverges",
    "descent.calculus.title": "The minimum by calculus",
    "descent.calculus.valley": "Where the slope is 0 the parabola is lowest: no steps are needed.",
    "descent.calculus.hill": "Where the slope is 0 this parabola is highest: it has no minimum.",
    "descent.calculus.line": "This is a straight line: its slope is the same everywhere, so it has no minimum.",
    "descent.calculus.level": "The line is level: every x is as low as any other.",
    "descent.calculus.valleys": (
        "Three places have slope 0: the bottoms of two valleys, near −2.06 and 1.93, and the top between them, near "
        "0.13. Calculus finds all three; with small steps, descent ends in the valley that it starts in."
    ),
    "descent.calculus.plateau": "Only x = 0 has slope 0; but far out the slope is so near 0 that steps are tiny.",
    "descent.calculus.wall": "The slope is 0 at x = ½·ln 4, near 0.69.",
    "descent.calculus.rarely": (
        "For a network it is rarely possible: ∂E/∂w = 0 is an equation for each weight, every weight is in all of "
        "them, and with activations in between no formula solves them. Descent needs only the slope where it stands."
    ),
    "descent.walk.title": "A walk down a mountain",
    "descent.walk.mountain": (
        "You are lost on a mountain and want the village at its foot. You cannot see it, but you feel which way is "
        "steepest down, and go there. With tiny steps you never arrive; with huge ones you land on the next slope."
    ),
    "descent.walk.network": (
        "In a network the curve is the loss E, and x is six weights at once: w⁺ = w − α·∂E/∂w is this step, taken for "
        "each. Backpropagation computes the six slopes."
    ),
}
