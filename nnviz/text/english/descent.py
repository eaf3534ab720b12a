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
    "group.method": "Method",
    "method.title": "method",
    "method.gradient": "gradient descent",
    "method.newton": "Newton–Raphson",
    "method.grid": "grid search",
    "hill.title": "curve",
    "hill.parabola": "parabola",
    "hill.valleys": "two valleys",
    "hill.plateau": "plateau",
    "hill.wall": "wall",
    "descent.start": "start x",
    "descent.rate": "learning rate α",
    "descent.first": "first x0",
    "descent.spacing": "spacing h",
    "descent.points": "points",
    "descent.problem.coefficient": "A number from −{most} to {most} is allowed.",
    "stop.title": "stop when",
    "stop.step": "the step is below",
    "stop.slope": "the slope is below",
    "descent.bound": "bound",
    "shown.title": "x is shown",
    "shown.in-full": "with all digits",
    "shown.as-printed": "as in the document",
    "descent.about.printed": (
        "As the document prints it: x is cut, not rounded, to two decimals. It goes on with all digits, though, so "
        "from 3.96 on its own lines no longer all reproduce."
    ),
    "descent.about.printed.other": (
        "As the document prints it, x is cut, not rounded, to two decimals; the run goes on with all digits."
    ),
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
    "descent.about.parabola.newton": (
        "From 8 to 2 in one step: Newton’s method puts a parabola through the point and jumps to where that one is "
        "level, and this curve is that parabola."
    ),
    "descent.about.parabola.newton.other": (
        "Newton’s method puts a parabola through the point and jumps to where that one is level: on a parabola it is "
        "there in one step."
    ),
    "descent.about.valleys.newton": (
        "Newton’s method goes astray: from 0.5 it climbs to the top between the valleys, as it looks for a slope of 0, "
        "high or low. Start at 1.5, and it finds a valley."
    ),
    "descent.about.valleys.newton.other": (
        "Newton’s method looks for a slope of 0, high or low: which of the three it finds depends on the start."
    ),
    "descent.about.plateau.newton": (
        "Newton’s method goes astray: on the plateau the curve bends downwards, so from 3 it runs away from the "
        "minimum, in longer and longer steps. Start at 0.3, and it arrives."
    ),
    "descent.about.plateau.newton.other": (
        "Newton’s method finds the minimum only from near it: beyond 0.378, which is 1/√7, on either side each step "
        "leads farther out, and beyond 0.577 the curve even bends downwards."
    ),
    "descent.about.wall.newton": (
        "Down the wall Newton’s method takes almost even steps; near the bottom each doubles the number of right "
        "digits."
    ),
    "descent.about.wall.newton.other": (
        "Right of the bottom this curve is almost straight: start at 3, and Newton’s method jumps far up the wall."
    ),
    "descent.about.grid": (
        "A grid search looks at points side by side and keeps the lowest. It needs no slope, and no luck with the "
        "start; it finds the minimum as closely as its points lie."
    ),
    "descent.source": "Source: {source}, where α is written ν.",
    # The picture
    "descent.picture": "The curve and the steps down it",
    "descent.legend.gradient": (
        "Red: the curve. Violet: x, which can be dragged, and its path. Orange: the tangent, whose slope is dy/dx. The "
        "arrow is the step."
    ),
    "descent.legend.newton": (
        "Red: the curve. Violet: x, which can be dragged. Orange: the tangent. Dashed: the parabola with the same "
        "height, slope and bend at x; the arrow leads to where that one is level."
    ),
    "descent.legend.grid": "Red: the curve. Violet: the points so far. The ring is the lowest of them.",
    "descent.axis.x": "x",
    "descent.axis.y": "y",
    # The table
    "descent.table.caption": "Iterations",
    "descent.table.iteration": "iteration",
    "descent.table.hint": "Choose a row to go there. · means not computed yet.",
    "descent.cell": "{name} of iteration {number}",
    # The steps
    "descent.title.start": "Before the first step",
    "descent.title.height": "The height y",
    "descent.title.slope": "The slope dy/dx",
    "descent.title.curvature": "The bend d²y/dx²",
    "descent.title.lowest": "The lowest y so far",
    "descent.title.gradient": "The step to x⁺",
    "descent.title.newton": "The step to x⁺",
    "descent.title.grid": "The next point of the grid",
    "descent.step.start": "{x}. Nothing is computed yet: Forward computes y there.",
    "descent.step.ready": "In iteration {before}, y was {y}; its step led to {x}. Forward computes y there.",
    "descent.step.height": "How high the curve is at x: y = {equation}.",
    "descent.step.slope": "How steep the curve is at x: dy/dx = {equation}.",
    "descent.step.curvature": "How fast the slope changes at x: d²y/dx² = {equation}.",
    "descent.step.lowest": "The lower one of the lowest y before and this one is kept: m⁺ = {equation}.",
    "descent.step.newton": (
        "A step to where the slope is 0 if it goes on changing like this: from x, subtract the slope divided by "
        "d²y/dx². x⁺ = {equation}."
    ),
    "descent.step.grid": "The next point of the grid: x⁺ = {equation}.",
    "descent.step.by_zero": (
        "There is no x⁺: Newton’s method divides by d²y/dx², which is 0 here, and nothing can be divided by 0. The "
        "curve does not bend at x, so no parabola says where it would be level. Start elsewhere, or take gradient "
        "descent, which needs the slope alone."
    ),
    "descent.step.gradient": "A step downhill: from x, subtract the learning rate times the slope. x⁺ = {equation}.",
    "descent.step.too_large": "{name} is too large for a 64-bit float. {advice}",
    "descent.step.not_computed": "{name} is not computed: {culprit} is too large for a 64-bit float. {advice}",
    "descent.advice.start": "Start closer in.",
    "descent.advice.rate": "A lower learning rate may keep it in range.",
    "descent.too_large": "too large for a 64-bit float",
    "descent.not_computed": "not computed",
    "descent.by_zero": "no number: nothing can be divided by 0",
    "descent.refusal.diverged": (
        "Iteration {number:,} ends here: a number became too large, so there is no step to take."
    ),
    "descent.refusal.by_zero": (
        "Iteration {number:,} ends here: d²y/dx² is 0, and Newton’s method would divide by it, so there is no step."
    ),
    "descent.refusal.grid": (
        "The grid ends here: it has {count:,} {count:point|points}. Restart goes back to the start."
    ),
    "descent.refusal.no_slope": "A grid search needs no slope, so nothing is to be done backward: Forward goes on.",
    "descent.huge": "more than 1.8e308",
    "descent.huge.negative": "less than −1.8e308",
    "descent.direction.up": "It is positive: the curve rises to the right, so downhill is to the left.",
    "descent.direction.down": "It is negative: the curve falls to the right, so downhill is to the right.",
    "descent.direction.level": "It is 0: the curve is level here.",
    "descent.bend.up": "It is positive: the curve bends upwards, like a valley.",
    "descent.bend.down": "It is negative: the curve bends downwards, like the top of a hill.",
    "descent.bend.level": "It is 0: the curve is straight here.",
    "descent.best.so_far": "Lowest so far: y = {y} at x = {x}.",
    "descent.best.last": (
        "That was the last of {count:,} {count:point|points}. The lowest is y = {y} at x = {x}, for {count:,} "
        "{count:evaluation|evaluations} of y and none of a derivative."
    ),
    # When it has come to rest
    # As the document prints it
    "descent.printed.document": (
        "The document prints {printed}; with the numbers of its own line it is {line}. It goes on with all digits, "
        "here {x}, and cuts only what it prints."
    ),
    "descent.printed.other": (
        "Cut to two decimals it is {printed}; with the numbers of this line it would be {line}. The run goes on with "
        "all digits, here {x}."
    ),
    "descent.rest.step": "the step, {size}, is shorter than {bound}",
    "descent.rest.slope": "the slope, {size}, is nearer to 0 than {bound}",
    "descent.rest.exact": "It has arrived, in iteration {number:,}: {measured}, and x is at the minimum, {minimum}.",
    "descent.rest.minimum": (
        "It has arrived, in iteration {number:,}: {measured}, and the minimum, {minimum}, is {distance} away."
    ),
    "descent.rest.top": (
        "It stops in iteration {number:,}: {measured}. But this is a top, not a minimum: the slope is 0 at both."
    ),
    "descent.rest.elsewhere": (
        "It stops in iteration {number:,}: {measured}. But it has not arrived: the nearest minimum, {minimum}, is "
        "{distance} away. {why}"
    ),
    "descent.rest.none": "It stops in iteration {number:,}: {measured}. But this curve has no minimum to arrive at.",
    "descent.rest.why.step": "Steps are short where the learning rate is low or the curve is almost level, too.",
    "descent.rest.why.slope": "The slope is small wherever a curve is almost level.",
    "descent.rest.before": "The stopping rule was met in iteration {number:,}.",
    "descent.rest.hint": "The stopping rule is met: Play stops here.",
    # Where a step of Newton’s method leads
    "descent.vertex.level": "The slope is 0, so x stays where it is.",
    "descent.vertex.parabola.up": "The curve is a parabola itself, so this one step lands on the minimum.",
    "descent.vertex.parabola.down": (
        "The curve is a parabola itself, so this one step lands on its top: there is no minimum, and Newton’s method "
        "does not mind."
    ),
    "descent.vertex.top": (
        "It goes astray: the parabola through this point opens downwards, and x⁺ is at its top, where its slope is 0."
    ),
    "descent.vertex.lower": (
        "The parabola through this point opens upwards; x⁺ is at its bottom, and the curve is lower there."
    ),
    "descent.vertex.higher": (
        "The parabola through this point opens upwards, but x⁺, at its bottom, is too far away: the curve is another "
        "one there, and higher."
    ),
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
    # What a loss is for
    "cats.title": "What is minimized: a loss",
    "cats.story": (
        "A model is to tell cats from dogs in pictures: its answer ŷ is to be 0 for a cat and 1 for a dog, the targets "
        "y. No model is perfect, so while it is trained, on pictures whose targets are known, a loss counts how wrong "
        "its answers are. Training makes the loss lower, step by step: it minimizes a function, as this page does with "
        "one number x."
    ),
    "cats.pictures": "Four pictures and the answers of a model",
    "cats.picture": "picture",
    "cats.cat": "cat",
    "cats.dog": "dog",
    "cats.target": "target y",
    "cats.answer": "answer ŷ",
    "cats.count": (
        "If every answer were 0 or 1, a right one would add 0 and a wrong one 1: the mean would be the share of "
        "mistakes. Answers in between count in part. Two forms of this loss are in use, over N pictures; the document "
        "has both, and writes C for E."
    ),
    "cats.half": (
        "The second is half of the first, whatever the answers are; so both are lowest in the same place. Say a model "
        "gives every one of the four pictures the same answer:"
    ),
    "cats.same": "Both losses of one answer to all four pictures, the lowest marked",
    "cats.slope": (
        "Both slopes are 0 there, too. Elsewhere the second slope is half of the first, as its 2 cancels the one that "
        "the square leaves: with twice the learning rate it takes the same steps."
    ),
    "cats.and": "A neuron that learns such targets",
    "ways.title": "Other ways to the minimum",
    "ways.words": (
        "Gradient descent is one of many. Each of these can be stepped on this curve: a link leads there. From the "
        "same start,"
    ),
    "ways.until.step": "until a step is shorter than {bound}:",
    "ways.until.slope": "until the slope is nearer to 0 than {bound}:",
    "ways.caption": "How many iterations, and how often each has to be evaluated",
    "ways.method": "method",
    "ways.iterations": "iterations",
    "ways.end.minimum": "It ends at x {x}, at a minimum.",
    "ways.end.top": "It goes astray: it ends at x {x}, where the curve is highest, not lowest.",
    "ways.end.elsewhere": "Its steps are short at x {x}, but no minimum is there.",
    "ways.end.on_the_way": "It has not come to rest by iteration {number}.",
    "ways.end.lost": "It goes astray in iteration {number}: from x {x} there is no next step.",
    "ways.end.lowest": "The lowest of its points is at x {x}.",
    "ways.end.nowhere": "At all of its points y is too large for a 64-bit float.",
    "ways.why.gradient": "A lower learning rate may arrive.",
    "ways.why.newton": "Where there is a minimum, a start nearer to it may arrive.",
    "ways.cost": (
        "Counted is what a rule needs. Gradient descent and Newton’s method do not need y: it is computed here at each "
        "step so that you can see it. Newton’s method takes few steps, but for a network with n weights it needs n·n "
        "second derivatives; and a grid with 9 values of each weight has 9 to the power of n points. Gradient descent "
        "needs n slopes a step, and backpropagation computes them all at once."
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
