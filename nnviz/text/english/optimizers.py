"""What is said of optimizers and of schedules of the learning rate."""

SENTENCES = {
    # What may be set
    "error.setting": "{name}: it must be {allowed}; not {given!r}",
    "range.below_one": "a number from 0 to below 1",
    "range.factor": "a number above 0, up to 1",
    "range.not_negative": "a finite number, 0 or more",
    "range.positive": "a finite number greater than 0",
    "range.count": "a whole number, 1 or more",
    "error.optimizer_type": (
        "optimizer: it must be an optimizer, such as nnviz.Momentum(0.9) or nnviz.Adam(); it is of the type {given}"
    ),
    "error.schedule_type": (
        "schedule: it must be a schedule, such as nnviz.ExponentialDecay(0.99); it is of the type {given}"
    ),
    "error.state_type": (
        "state: it must be what an iteration or a history has as its state, or None; it is of the type {given}"
    ),
    "error.state": "state: it is not that of nnviz.{optimizer} with this network",
    "repr.state": "OptimizerState(updates: {updates}, kept: {kept})",
    "repr.state.nothing": "OptimizerState(updates: {updates}, nothing kept)",
    "problem.optimizer": "An optimizer is its name and its numbers. Allowed are such as: {examples}.",
    "problem.schedule": "A schedule is its name and its numbers. Allowed are such as: {examples}.",
    "problem.setting": "{name} must be {allowed}.",
    "method.fold": "Numbers, schedule, decay",
    "method.note.gradient_descent": "Each step is α·∂E/∂w.",
    "method.note.momentum": "A velocity v gathers the gradients; the step is α·v.",
    "method.note.nesterov": "As momentum, with the gradient looked at once more: the step is α·(∂E/∂w + μ·v).",
    "method.note.rmsprop": "Each gradient is divided by its usual size √v.",
    "method.note.adam": "The mean gradient is divided by the usual size of the gradients, both corrected.",
    "setting.lambda": "weight decay λ",
    "decay.note": (
        "Weight decay draws each weight towards 0, as if ½λ·w² were added to E for each of them. Biases do not decay, "
        "and E shows the error alone."
    ),
    "setting.mu": "μ",
    "setting.beta": "β",
    "setting.beta1": "β1",
    "setting.beta2": "β2",
    "setting.epsilon": "ε",
    "setting.n": "updates n",
    "setting.gamma": "factor γ",
    # The steps
    "title.update.rate": "The learning rate of this iteration",
    "title.update.decayed-gradient": "The slope of {of}, with its decay",
    "title.update.velocity": "The velocity of {of}",
    "title.update.mean": "The mean gradient of {of}",
    "title.update.square-mean": "The mean squared gradient of {of}",
    "title.update.corrected-mean": "The mean gradient of {of}, corrected",
    "title.update.corrected-square-mean": "The mean squared gradient of {of}, corrected",
    "title.layer.rate": "The learning rate of this iteration",
    "update.slope": "its gradient",
    "update.slope.output_for_input": "what was taken for its gradient",
    "update.slope.by_rule": "what the perceptron’s rule takes for its gradient",
    "update.slope.decayed": "its slope with the decay",
    "update.slope.layer_decayed": "its slope, that of a weight with its decay",
    "step.update.rate": "The schedule says how long this iteration’s steps are: {equation}.",
    "step.update.decayed-gradient": (
        "Weight decay draws {of} towards 0: λ times {of} is added to {slope}: {equation}."
    ),
    "step.update.velocity": "The velocity of {of} keeps the part μ of what it was, and {slope} is added: {equation}.",
    "step.update.mean": (
        "The running mean of {of}’s gradients keeps the part β of what it was, and takes the rest from {slope}: "
        "{equation}."
    ),
    "step.update.square-mean": (
        "The running mean of {of}’s squared gradients keeps the part β of what it was, and takes the rest from the "
        "square of {slope}: {equation}."
    ),
    "step.update.corrected-mean": (
        "The running mean began at 0, so at first it is too small. Divided by what it has seen so far, it no longer "
        "is: {equation}."
    ),
    "step.update.corrected-square-mean": (
        "The running mean of the squares began at 0 too, and is divided by what it has seen so far: {equation}."
    ),
    "step.update.by.gradient_descent": "From {old}, subtract the learning rate times {slope}: {equation}. {direction}",
    "step.update.by.momentum": "From {old}, subtract the learning rate times its velocity: {equation}. {direction}",
    "step.update.by.nesterov": (
        "From {old}, subtract the learning rate times where its velocity goes next, {slope} plus μ times the velocity: "
        "{equation}. {direction}"
    ),
    "step.update.by.rmsprop": (
        "From {old}, subtract the learning rate times {slope}, divided by the size that it usually has: {equation}. "
        "{direction}"
    ),
    "step.update.by.adam": (
        "From {old}, subtract the learning rate times its mean gradient, divided by the size that its gradients "
        "usually have: {equation}. {direction}"
    ),
    "step.layer.update.by": (
        "Each weight and bias of layer {layer} takes its step by {slope}, as {optimizer} has it: {results}."
    ),
    "any_layer.alpha_t": "the learning rate of the iteration, as the schedule has it",
    "setting.mu.meaning": "how much of the velocity stays from update to update",
    "setting.beta.meaning": "how much of the running mean stays from update to update",
    "setting.beta1.meaning": "how much of the running mean of the gradients stays from update to update",
    "setting.beta2.meaning": "how much of the running mean of their squares stays from update to update",
    "setting.epsilon.meaning": "a small number that keeps the divisor above 0",
    "setting.n.meaning": "after how many updates the learning rate falls",
    "setting.gamma.meaning": "the factor by which the learning rate falls",
    "setting.t.meaning": "the number of the update, from 1",
    "setting.lambda.meaning": "weight decay: how strongly each weight is drawn towards 0",
    "kept.decayed-gradient": "the gradient of the weight, and λ times the weight: its slope with the decay",
    "kept.velocity": "the velocity of the weight: its gradients so far, the older the less; 0 at first",
    "kept.mean": "the running mean of the weight’s gradients; 0 at first",
    "kept.square-mean": "the running mean of the squares of the weight’s gradients; 0 at first",
    "kept.corrected-mean": "the running mean of the gradients, without the pull of the 0 that it began with",
    "kept.corrected-square-mean": "the same of the squares",
    "program.kept": "What {optimizer} keeps of each weight and bias",
    "torch.state": "What {optimizer} has kept from the iterations before",
    "torch.step.by": "the step of {optimizer}, for W and b",
    "practice.rule.step": "The old value, minus the learning rate times what the optimizer makes of the gradient.",
    "practice.rule.decayed": "The gradient, plus λ times the weight as it was.",
    "practice.rule.kept": "What the optimizer computes on its way to the step; its settings say with which numbers.",
    "reason.step": "{of} minus the optimizer’s step",
    "reason.decayed": "the gradient, plus λ times the weight",
    "reason.kept": "as the optimizer has it",
    "table.step": "step",
    "table.step_of": "step of {name}",
    # The optimizers and the schedules
    "optimizer.title": "optimizer",
    "optimizer.gradient_descent": "gradient descent",
    "optimizer.momentum": "momentum",
    "optimizer.nesterov": "Nesterov momentum",
    "optimizer.rmsprop": "RMSprop",
    "optimizer.adam": "Adam",
    "schedule.title": "schedule of α",
    "schedule.constant": "constant",
    "schedule.step": "falls in steps",
    "schedule.exponential": "falls exponentially",
}
