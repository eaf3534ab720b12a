"""Training, and what it leaves."""

SENTENCES = {
    # The chart of E
    "losses.title": "E over the iterations",
    "losses.iteration": "iteration",
    "losses.error": "E",
    "losses.linear": "{name}, linear: it is below 0",
    "losses.error_of_batch": "E of the batch",
    "losses.error_of_all": "E of all samples",
    "losses.training": "training loss",
    "losses.training_of_batch": "training loss of the batch",
    "losses.training_of_all": "training loss of all batches",
    "losses.test": "test loss",
    "losses.point": "iteration {iteration}: {name} = {value}",
    "losses.none": (
        "E of each iteration appears here once the iteration is done. Click on the curve to go to an iteration."
    ),
    "losses.table": "E of each iteration",
    "losses.unlisted": "No iteration is done yet.",
    "losses.save": "Save as CSV",
    "losses.all": "{count:,} {count:iteration|iterations} so far, each E with all of its digits.",
    "losses.points": (
        "E of {count:,} of {last:,} iterations, with all of its digits: the first, the last, and the lowest and the "
        "highest of each stretch between. Up to iteration {most:,}, all are listed."
    ),
    # Training
    "training.title": "Training",
    "training.count": "or for this many iterations",
    "training.by": "Train for",
    "training.once": "Train 1 iteration",
    "training.many": "Train {count} iterations",
    "training.early": "Stop early",
    "training.measure": "but stop once",
    "training.loss": "E",
    "training.gradient": "every gradient",
    "training.step": "every step",
    "training.below": "is below",
    "training.start": "Train",
    "training.pause": "Pause training",
    "training.go_on": "Go on",
    "training.cancel": "Cancel training",
    "training.progress": "Progress of training",
    "training.goto": "Go to iteration",
    "training.go": "Show it",
    "training.scale": "scale of E",
    "training.linear": "linear",
    "training.log": "logarithmic",
    "training.live": "Iteration {iteration} of {goal}, {left} left.",
    "training.others": "Others train too: your next turn is in {seconds} seconds.",
    "training.reached": "Trained up to iteration {iteration}: {error}.",
    "training.below_reached": "E is below {below} at iteration {iteration}: {error}.",
    "training.arrived.gradient": (
        "It has arrived: at iteration {iteration} every gradient is below {below}, the largest is {largest}, and "
        "{error}."
    ),
    "training.arrived.step": (
        "It has arrived: at iteration {iteration} every step is below {below}, the largest is {largest}, and {error}."
    ),
    "training.stopped.gradient": (
        "It has stopped: at iteration {iteration} every gradient is below {below}, the largest is {largest}, and "
        "{error}."
    ),
    "training.stopped.step": (
        "It has stopped: at iteration {iteration} every step is below {below}, the largest is {largest}, and {error}."
    ),
    "training.stopped.gradient.unknown": (
        "Gradients are as small on a plateau as in a minimum, so this does not tell which of them it is."
    ),
    "training.stopped.step.unknown": (
        "Steps are as small on a plateau, or at a low learning rate, as in a minimum, so this does not tell which of "
        "them it is."
    ),
    "training.stopped.short": (
        "It has not arrived: one linear layer can reach {lowest} with this data. A smaller bound lets it go on."
    ),
    "training.too_large": (
        "E is too large for a number before any training: it needs smaller inputs, targets or start weights."
    ),
    "training.error_too_large": "{name} is too large for a number",
    "training.diverged": (
        "Diverged: after iteration {iteration}, where {error}, the new E or a new weight is too large for a number."
    ),
    "training.grown": "Diverging: at iteration {iteration} {error}. At the start it was {first}.",
    "training.decays": (
        "With weight decay E alone does not tell whether this has arrived, as the weights are drawn to 0 too."
    ),
    "training.given": (
        "A given ∂E/∂ŷ is that of one place. Here it stays what it is, so E is no error that would come to 0, and does "
        "not tell whether anything is learned."
    ),
    "training.advice_smaller": "It needs smaller inputs, targets or start weights.",
    "training.advice": "Try a lower learning rate, such as {rate}, or smaller start weights.",
    "training.advice_stable": (
        "E is a parabola in the weights of this layer, and each step overshoots its bottom and lands farther away than "
        "it started. Any learning rate below {limit} is stable: try {rate}."
    ),
    "training.test": "On the {count:sample|{count:,} samples} kept apart: {error}.",
    "training.test.too_large": "The test loss is too large for a number.",
    "training.test.falls": (
        "Both losses have fallen: what the network has learned holds for samples that it has not seen, too."
    ),
    "training.test.rises": (
        "It was as low as {lowest} at iteration {iteration}, and has risen since while the training loss fell: the "
        "network learns its samples by heart (overfitting)."
    ),
    "training.in_place": "All of it with updates in place, which is wrong.",
    "training.output_for_input": (
        "All of it with the output of each weight’s neuron where its input belongs, which is wrong."
    ),
    "training.falls_anyway": "That E has fallen does not show that the gradients are right.",
    "training.minimum": (
        "It has arrived: E is within {share} % of {lowest}, the lowest that one linear layer can reach with this data."
    ),
    "training.all_right": "Every sample{which} is classified correctly, and E hardly changes any more.",
    "training.swings": (
        "It swings: over the last {length} iterations E has changed by {change}, although the largest "
        "gradient is {largest}. The steps jump back and forth across a valley: a lower learning rate may settle in it."
    ),
    "training.unfinished": (
        "It has not arrived: over the last {length} iterations E has changed by only {change}, but one linear layer "
        "can reach {lowest}. It takes more iterations, or a higher learning rate where that is stable."
    ),
    "training.plateau": (
        "It is not learning: for {length} iterations E has stayed within {share} % of {error}, and the largest "
        "gradient is {largest}, less than {flat} % of that. E stands on a plateau or in a local minimum."
    ),
    "training.slow": (
        "It moves too slowly to tell whether it learns: over the last {length} iterations E has changed by {change}."
    ),
    "training.higher_rate": "More iterations, a higher learning rate or other start weights may help.",
    "training.no_gradient": (
        "Every gradient is 0, as far as 64-bit floats can tell, so no learning rate helps. Other start weights may."
    ),
    "training.other_start": "Other start weights may help.",
    "training.of_training": "that is trained on",
    "training.dead": (
        "{names} {count:is|are} dead: 0 for every sample{which}, so no gradient reaches {count:its|their} weights, and "
        "no learning rate wakes {count:it|them}."
    ),
    "training.asleep": (
        "{names} {count:is|are} 0 for every sample{which}, so no gradient reaches {count:its|their} weights. Only "
        "changes in the layers before can wake {count:it|them}."
    ),
    "training.reach": "Type a whole number from 1 to {most}: the iterations computed so far. Train to go further.",
    "problem.count": "A whole number from 1 to {most} is allowed: iteration {last} is the last one here.",
    "problem.below": "Type a number above 0, such as 0.01, or leave this empty. Training has not begun.",
    "problem.goal": "Iteration {most} is the last one that this page computes.",
    # What was learned, and the loss surface
    "fold.predictions": "What was learned",
    "fold.loss_surface": "Loss surface",
    # Comparing
    "compare.keep": "Compare with this run",
    "compare.swap": "Switch to this run",
    "compare.end": "Stop comparing",
    "compare.same": "the same settings",
    "compare.this": "This run: {differences}",
    "compare.other": "Other run: {differences}",
    "compare.waits": "Iteration {iteration} is not computed yet.",
    "compare.setting": "{label} {text}",
    "compare.many": "{count} more",
}
