"""The sentences in English."""

SENTENCES = {
    # Words used in several places
    "unknown": "·",
    "phase.forward": "forward",
    "phase.backward": "backward",
    "phase.update": "update",
    "phase.check": "check",
    # The figure
    "figure.start": "start",
    "figure.play": "Play",
    "figure.pause": "Pause",
    "figure.inputs": "inputs",
    "figure.hidden": "hidden {number}",
    "figure.output": "output",
    "figure.error": "error",
    "figure.too_large": "too<br>large",
    "figure.not_yet": "{name} is not computed yet",
    # Where the step is
    "meta.start": "Iteration {iteration} · not begun · {steps} steps",
    "meta.step": "Iteration {iteration} · {phase} · step {step} of {steps}",
    # The names of the steps
    "title.start": "The network before the first step",
    "title.forward.sum": "Weighted sum {name}",
    "title.forward.hidden": "Hidden neuron {name}",
    "title.forward.hidden.activated": "Hidden neuron {name}",
    "title.forward.prediction": "The prediction {name}",
    "title.forward.prediction.activated": "The prediction {name}",
    "title.forward.loss": "The error {name}",
    "title.gradient.prediction.direct": "Gradient of the prediction {old}",
    "title.gradient.sum.direct": "Gradient of {old}",
    "title.gradient.sum": "Gradient of {old}",
    "title.gradient.hidden": "Gradient of {old}",
    "title.gradient.hidden.paths": "Gradient of {old}",
    "title.gradient.weight": "Gradient of {old}",
    "title.gradient.bias": "Gradient of {old}",
    "title.update.weight": "The new {old}",
    "title.update.bias": "The new {old}",
    "title.check.sum": "Check: the new {old}",
    "title.check.hidden": "Check: the new {old}",
    "title.check.prediction": "Check: the new prediction {old}",
    "title.check.loss": "Check: the new error {old}",
    # What a step does, with its numbers
    "step.start": "Nothing is computed yet. Forward computes {first} first.",
    "step.forward.sum": "{name} adds up what comes in, each value times its weight: {equation}.",
    "step.forward.hidden": "{name} adds up what comes in, each value times its weight: {equation}.",
    "step.forward.hidden.activated": "{name} is the neuron’s activation of its weighted sum: {equation}.",
    "step.forward.prediction": "The prediction {name} adds up what comes in, each value times its weight: {equation}.",
    "step.forward.prediction.activated": "The prediction {name} is the activation of its weighted sum: {equation}.",
    "step.forward.loss": "The error {name} says how far the prediction is from the target: {equation}.",
    "step.gradient.prediction.direct": "How much E changes when {old} changes a little: {equation}. {direction}",
    "step.gradient.sum.direct": "How much E changes when {old} changes a little: {equation}. {direction}",
    "step.gradient.sum": "How much E changes when {old} changes a little, through {path}: {equation}. {direction}",
    "step.gradient.hidden": "How much E changes when {old} changes a little, through {path}: {equation}. {direction}",
    "step.gradient.hidden.paths": (
        "How much E changes when {old} changes a little, all paths added up: {equation}. {direction}"
    ),
    "step.gradient.weight": "How much E changes when {old} changes a little, through {path}: {equation}. {direction}",
    "step.gradient.bias": "How much E changes when {old} changes a little, through {path}: {equation}. {direction}",
    "step.update.weight": (
        "{old} takes a step against its gradient, learning rate times gradient long: {equation}. {direction}"
    ),
    "step.update.bias": (
        "{old} takes a step against its gradient, learning rate times gradient long: {equation}. {direction}"
    ),
    "step.check.sum": "With the new weights {old} is {equation}. Before the update it was {before}.",
    "step.check.hidden": "With the new weights {old} is {equation}. Before the update it was {before}.",
    "step.check.prediction": (
        "With the new weights the prediction {old} is {equation}. Before the update it was {before}; the target is "
        "{target}."
    ),
    "step.check.loss": (
        "With the new weights the error {old} is {equation}. Before the update it was {before}: {change}."
    ),
    "step.then": ", then ",
    "step.too_large": "is too large for a 64-bit float: the error has diverged",
    "step.not_computed": "is not computed: the error has diverged",
    "step.diverged": (
        "{name} {words}. The number that became too large is {culprit}. Smaller inputs, weights or a smaller "
        "learning rate keep it in range."
    ),
    "direction.gradient.up": "It is positive: E falls when {name} falls.",
    "direction.gradient.down": "It is negative: E falls when {name} grows.",
    "direction.gradient.level": "It is zero: a small change of {name} leaves E as it is.",
    "direction.update.up": "{name} grows.",
    "direction.update.down": "{name} falls.",
    "direction.update.level": "{name} stays as it is.",
    "change.up": "it rose, so the step was too long",
    "change.down": "it fell",
    "change.level": "it did not change",
    # The table and the chain rule
    "table.caption": "The weights, factor by factor",
    "table.weight": "weight",
    "table.value": "value",
    "table.change": "−α·∂E/∂w",
    "table.change_of": "−α·∂E/∂{name}",
    "table.new": "new value",
    "table.hint": "Choose a weight for its whole chain rule. · means not computed yet.",
    "chain.title": "The chain rule of {name}",
    "chain.not_yet": "(not computed yet)",
    "chain.close": "Close",
    "chain.region": "Chain rule",
    # The chart of E
    "losses.title": "Error so far",
    "losses.iteration": "iteration",
    "losses.error": "E",
    "losses.point": "iteration {iteration}: E = {value}",
    "losses.none": "E of each iteration is drawn here as soon as it is computed.",
    # What the buttons say
    "button.forward": "Forward",
    "button.backward": "Backward",
    "button.previous": "Previous",
    "button.play": "Play",
    "button.pause": "Pause",
    "button.restart": "Restart",
    "button.next": "Next iteration",
    "button.keys": "Keys",
    "button.copy": "Copy link",
    "button.copied": "Link copied",
    "button.copy_failed": "Copy it from the address bar",
    "player.step": "Step",
    "player.speed": "Speed",
    "player.rate": "{rate} / s",
    "player.region": "Player",
    "refusal.forward_first": "Backward waits: it needs the whole forward pass, up to E.",
    "refusal.forward_done": "The forward pass is done: Backward goes on.",
    "refusal.iteration_done": "Iteration {number} is done: Forward begins the next one.",
    "refusal.diverged": (
        "Iteration {number} ends here: the error has diverged, so there are no new weights to go on with."
    ),
    "refusal.last": "Iteration {number} is the last one that this page computes. Restart goes back to the first.",
    "refusal.at_start": "This is the start.",
    "hint.forward": "Backward waits until the forward pass is done.",
    "hint.backward": "The forward pass is done: now Backward.",
    "hint.in_backward": "Forward waits until this iteration is done.",
    "hint.end": "Iteration {number} is done: Forward begins the next one.",
    # The settings
    "settings.title": "Numbers",
    "settings.weights": "Start weights",
    "settings.sample": "Sample",
    "settings.training": "Training",
    "settings.target": "target",
    "settings.rate": "learning rate",
    "settings.note": "An edit begins again at iteration 1 and keeps your place.",
    "settings.defaults": "Original numbers",
    "problem.empty": "Type a number, such as 0.5 or 2e-3. {kept} is still in use.",
    "problem.not_a_number": (
        "Not a number. Allowed are numbers such as 0.5 (or 0,5), −3 and 2e-3. {kept} is still in use."
    ),
    "problem.too_large": "Too large. The largest number allowed is about 1.8e308. {kept} is still in use.",
    "problem.too_small": "Too small for a 64-bit float, which would make it 0. {kept} is still in use.",
    "problem.not_positive": "The learning rate must be greater than 0. {kept} is still in use.",
    "link.problem": "This link is not quite in order. {details}",
    "link.broken": "{label} cannot be {given}: {kept} is used instead.",
    "link.missing": "Missing: {names}; the original numbers are used instead.",
    "link.surplus": "Not known here, and left out: {names}.",
    "link.repeated": "Given twice, and the first one used: {names}.",
    "link.iteration": "iteration",
    "link.step": "step",
    "link.iteration_limit": "The iteration must be a whole number from 1 to {limit}: 1 is used instead.",
    "link.step_limit": "The step must be a whole number from 0 to {limit}: 0 is used instead.",
    "link.diverged": "The error diverges in iteration {number}: that one is shown.",
    "link.dismiss": "Dismiss",
    # The page
    "page.title": "nnviz: backpropagation, number by number",
    "page.description": (
        "Watch one iteration of a neural network’s training happen, number by number, forwards and back."
    ),
    "page.name": "nnviz",
    "page.lesson": "Backpropagation, number by number",
    "page.loading": "Loading …",
    "page.network": "The network",
    "page.legend": (
        "Line width shows how large a weight is: blue is positive, orange negative. α is the learning rate, y the "
        "target."
    ),
    "page.exact": "Point at a number for all its digits.",
    "page.exact_result": "All digits: {note}",
    "page.failed": "The server did not answer. What you see is still right; press the button again to try once more.",
    "page.failed_at_start": "The server did not answer. Reload the page to try once more.",
    "page.waiting": "Asking the engine …",
    "page.legend_short": "Blue weights are positive, orange negative. ∂ gradient of E, → new value.",
    "keys.title": "Keys",
    "keys.right": "one step on",
    "keys.left": "one step back",
    "keys.space": "play and pause",
    "keys.home": "to the start of this iteration",
    "keys.end": "to the end of this iteration",
    "keys.n": "next iteration",
    "keys.r": "restart",
    "keys.help": "this list",
    "keys.close": "Close",
    # The server
    "server.address": "nnviz is at http://{host}:{port}/ (Ctrl+C ends it)",
    "server.taken": "nnviz cannot listen on {host}:{port}: {reason}. Choose another one: PORT={other} make run",
    "server.bad_port": "PORT must be a whole number from 1 to 65535, not {given!r}",
    # What the Python functions refuse
    "error.theme": "theme: allowed are {allowed}; not {given!r}",
    "error.diverged": "training diverged in iteration {iteration}: a number became too large for a 64-bit float",
    "error.numbers": "{name}: only numbers are allowed, in a list, or in a list of rows of equal length",
    "error.dimensions": (
        "{name}: the number of dimensions must be {expected} (1 is a list of numbers, 2 a list of rows of numbers), "
        "and none may be empty; the shape here is {given}"
    ),
    "error.finite": "{name}: every number must be finite, neither NaN nor infinite",
    "error.biases": "biases: there must be {expected}, one for each of the layer's neurons; there are {given}",
    "error.activation": "activation: allowed are {allowed}; not {given!r}",
    "error.no_layers": "layers: there must be at least one",
    "error.layers": (
        "layers: each row of weights of layer {number} must have {expected} numbers, "
        "one for each neuron of the layer before; there are {given}"
    ),
    "error.loss": "loss: allowed are {allowed}; not {given!r}",
    "error.last_activation": "loss: {loss} is allowed only where the last layer's activation is {needed}",
    "error.inputs": "inputs: each row must have {expected} numbers, one for each input; there are {given}",
    "error.targets": (
        "targets: the shape must be {expected}, a row for each sample with a number for each output; here it is {given}"
    ),
    "error.target_range": "targets: with binary_cross_entropy each must lie from 0 to 1",
    "error.iterations": "iterations: it must be a whole number, 0 or more; not {given!r}",
    "error.rate": "learning rate: it must be a finite number greater than 0; not {given!r}",
}
