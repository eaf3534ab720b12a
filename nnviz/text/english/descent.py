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
    "hill.parabola": "parabola a·x² + b·x + c",
    "hill.valleys": "two valleys",
    "hill.plateau": "a plateau",
    "hill.wall": "a wall",
    "descent.start": "start x",
    "descent.rate": "learning rate ν",
    "descent.about.parabola": "Follow x from 8 to 2: each step is ν times the slope, so steps shrink as it levels out.",
    "descent.about.valleys": "Start at 0.5, then at 0: the start decides which valley is found.",
    "descent.about.plateau": "Far out the curve is almost level, so the steps are tiny; then it all goes quickly.",
    "descent.about.wall": "One step on the wall is so long that it throws x far out; the way back is slow.",
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
    "descent.title.start": "Before the step",
    "descent.title.forward": "The height y",
    "descent.title.backward": "The slope dy/dx",
    "descent.title.update": "The step to x_new",
    "descent.step.start": "x is {x}. Forward computes y there.",
    "descent.step.forward": "How high the curve is at x: y = {equation}.",
    "descent.step.backward": "How steep the curve is at x: dy/dx = {equation}.",
    "descent.step.update": "A step against the slope, learning rate times slope long: x_new = {equation}.",
    "descent.step.diverged": "{name} {words}. A smaller learning rate keeps it in range.",
}
