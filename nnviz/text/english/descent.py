"""Gradient descent on a curve."""

SENTENCES = {
    "lesson.descent.link": "Gradient descent",
    "lesson.descent.heading": "Gradient descent, step by step",
    "lesson.descent.title": "nnviz: gradient descent on a curve, step by step",
    "lesson.descent.description": (
        "Watch gradient descent go down a curve, number by number: the slope, the step, and what the learning rate "
        "does."
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
    "descent.problem.coefficient": "A number from −{most} to {most} is allowed.",
    "descent.about.parabola": (
        "Follow x from 8 to 2: each step is α times the slope, so the steps shrink as the curve levels out."
    ),
    "descent.about.parabola.other": "Each step is α times the slope: the flatter the curve, the shorter the step.",
    "descent.about.valleys": "Start at 0.5, then at 0: the start decides which valley is found.",
    "descent.about.valleys.other": "There are two valleys: the start and the learning rate decide which one is found.",
    "descent.about.plateau": (
        "Far from 0 the curve is almost flat, so the first steps are tiny; then everything happens quickly."
    ),
    "descent.about.plateau.other": "Far from 0 this curve is almost flat: a slope near 0 makes tiny steps.",
    "descent.about.wall": "One step on the wall is so long that it throws x far to the right; the way back is slow.",
    "descent.about.wall.other": (
        "This curve is steep on the left and rises gently on the right: one learning rate makes long steps there and "
        "short ones here."
    ),
    "descent.source": "Source: {source}, where α is written ν.",
    # The picture
    "descent.picture": "The curve and the steps down it",
    "descent.legend": (
        "Red: the curve. Violet: x and its path. Orange: the tangent, whose slope is dy/dx. The arrow is the step."
    ),
    "descent.axis.x": "x",
    "descent.axis.y": "y",
    # The table
    "descent.table.caption": "Iterations",
    "descent.table.iteration": "iteration",
    "descent.table.hint": "Choose a row to go there. · means not computed yet.",
    "descent.cell": "{name} of iteration {number}",
    # The steps
    "descent.title.start": "Before the first step",
    "descent.title.forward": "The height y",
    "descent.title.backward": "The slope dy/dx",
    "descent.title.update": "The step to x⁺",
    "descent.step.start": "x is {x}. Nothing is computed yet: Forward computes y there.",
    "descent.step.ready": "In iteration {before}, y was {y}; its step led to x = {x}. Forward computes y there.",
    "descent.step.forward": "How high the curve is at x: y = {equation}.",
    "descent.step.backward": "How steep the curve is at x: dy/dx = {equation}. {direction}",
    "descent.step.update": "A step downhill: from x, subtract the learning rate times the slope. x⁺ = {equation}.",
    "descent.step.too_large": "{name} is too large for a 64-bit float. {advice}",
    "descent.step.not_computed": "{name} is not computed: {culprit} is too large for a 64-bit float. {advice}",
    "descent.advice.start": "Start closer in.",
    "descent.advice.rate": "A lower learning rate may keep it in range.",
    "descent.too_large": "too large for a 64-bit float",
    "descent.not_computed": "not computed",
    "descent.refusal.diverged": (
        "Iteration {number:,} ends here: a number became too large, so there is no step to take."
    ),
    "descent.huge": "more than 1.8e308",
    "descent.huge.negative": "less than −1.8e308",
    "descent.direction.up": "It is positive: the curve rises to the right, so downhill is to the left.",
    "descent.direction.down": "It is negative: the curve falls to the right, so downhill is to the right.",
    "descent.direction.level": "It is 0: the curve is level here.",
    # What the rate does, on a parabola
    "descent.regime.level": "The slope is 0, so x stays where it is.",
    "descent.regime.stuck": "The step is too short to change x at all.",
    "descent.regime.creeps": "The learning rate is low: {factor} of the distance to the minimum is left, so x creeps.",
    "descent.regime.good": "A good learning rate: {factor} of the distance to the minimum is left.",
    "descent.regime.exact": "Exactly the right learning rate: one step lands on the minimum.",
    "descent.regime.overshoots": (
        "It overshoots but still arrives: {factor} of the distance to the minimum is left, on the other side."
    ),
    "descent.regime.swings": (
        "It oscillates: x lands just as far from the minimum on the other side, and so it goes on."
    ),
    "descent.regime.diverges": (
        "The learning rate is too high: x is now {factor} times as far from the minimum, on the other side, so it "
        "diverges."
    ),
    "descent.regime.falls": "This curve has no minimum: x keeps going downhill.",
    # What the rate does, as it is observed on other curves
    "descent.regime.observed.first": "What this learning rate does will show with the next step.",
    "descent.regime.observed.creeps": "It creeps: this step is about as long as the one before it.",
    "descent.regime.observed.strides": "An even stride: this step is about as long as the one before it.",
    "descent.regime.observed.again": "That is where it was one step ago, to within 1 % of the step: it oscillates.",
    "descent.regime.observed.good": "It settles: this step is shorter than the one before it.",
    "descent.regime.observed.grows": "This step is longer than the one before it: the curve is getting steeper.",
    "descent.regime.observed.back": "It comes back from beyond the bottom.",
    "descent.regime.observed.overshoots": "It steps across the bottom and lands lower.",
    "descent.regime.observed.swings": "It steps across the bottom and lands just as high.",
    "descent.regime.observed.diverges": (
        "It steps across the bottom and lands higher: the learning rate is too high here."
    ),
    # Beside the steps
    "descent.rate.title": "What the learning rate does",
    "descent.rate.factor": "Each step multiplies the distance to the minimum by 1 − 2a·α, which is {factor}.",
    "descent.rates.creeps": "α below {slow}: creeps",
    "descent.rates.good": "α up to {exact}: good",
    "descent.rates.exact": "{landing}: lands in one step",
    "descent.rates.overshoots": "α up to {swing}: overshoots, but arrives",
    "descent.rates.swings": "{swinging}: oscillates",
    "descent.rates.diverges": "α above {swing}: diverges",
    "descent.calculus.title": "The minimum by calculus",
    "descent.calculus.valley": "The parabola is lowest where its slope is 0. No steps are needed.",
    "descent.calculus.hill": "This parabola is highest where its slope is 0: it has no minimum.",
    "descent.calculus.line": "This is a straight line: its slope is the same everywhere, so it has no minimum.",
    "descent.calculus.level": "The line is level: every x is as low as any other.",
    "descent.calculus.valleys": (
        "The slope is 0 in three places: at the bottoms of the two valleys, near −2.06 and 1.93, and at the top "
        "between them, near 0.13. Calculus finds all three; with small steps, gradient descent ends in the valley that "
        "it starts in."
    ),
    "descent.calculus.plateau": "The slope is 0 only at x = 0; but far from there it is so near 0 that steps are tiny.",
    "descent.calculus.wall": "The slope is 0 at x = ½·ln 4, near 0.69.",
    "descent.calculus.rarely": (
        "For a network this is rarely possible: ∂E/∂w = 0 gives one equation per weight, each contains all the "
        "weights, and with activations in between no formula solves them. Gradient descent needs only the slope at the "
        "present point."
    ),
    "descent.walk.title": "A walk down a mountain",
    "descent.walk.mountain": (
        "You are lost on a mountain and want to reach the village at its foot. You cannot see it, but you can feel "
        "which way is steepest downhill, and you go that way. With tiny steps you never arrive; with huge ones you "
        "land on the opposite slope."
    ),
    "descent.walk.network": (
        "In a network the curve is the loss E, and x is six weights at once: w⁺ = w − α·∂E/∂w is this step, taken for "
        "each of them. Backpropagation computes the six slopes."
    ),
}
