"""What is said of a step: its name, its sentence, its place."""

SENTENCES = {
    # Words used in several places
    "unknown": "·",
    "list.and": "{parts} and {last}",
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
    "figure.error.given": "what follows",
    "figure.error.all": "E of all",
    "figure.error.all_of": "E of all {count}",
    "figure.error.batch": "E of batch",
    "figure.sample": "sample {number}",
    "figure.too_large": "too<br>large",
    "figure.too_large.short": "> max",
    "figure.large": (
        "This figure has {steps} steps, and takes many seconds and megabytes. Trace the iteration with "
        'manner=nnviz.Manner(detail="layer"): then a step is a whole layer.'
    ),
    "figure.not_yet": "{name} is not computed yet",
    # Where the step is
    "meta.start": "Iteration {iteration} · not begun · {steps} steps",
    "meta.step": "Iteration {iteration} · {phase} · step {step} of {steps}",
    "meta.sample": " · sample {number} of {count}",
    "meta.tested": ", {count:one|{count:,}} of them kept apart",
    "meta.batch": " · batch: {numbers}",
    "meta.in_place": " · update in place, which is wrong",
    "meta.output_for_input": " · output for input, which is wrong",
    "meta.tied": " · no graph, as weights or biases are tied",
    "meta.too_large": " · too large to read as a graph",
    # The names of the steps
    "title.start": "The network before the first step",
    "title.ready": "Iteration {iteration}, ready",
    "title.forward.sum": "Weighted sum {name}",
    "title.forward.hidden": "Hidden neuron {name}",
    "title.forward.hidden.activated": "Hidden neuron {name}",
    "title.forward.prediction": "The prediction {name}",
    "title.forward.prediction.activated": "The prediction {name}",
    "title.forward.prediction.share": "The prediction {name}",
    "title.forward.loss": "The error {name}",
    "title.gradient.prediction.direct": "Gradient of the prediction {old}",
    "title.gradient.sum.direct": "Gradient of {old}",
    "title.gradient.sum": "Gradient of {old}",
    "title.gradient.hidden": "Gradient of {old}",
    "title.gradient.hidden.paths": "Gradient of {old}",
    "title.gradient.input": "Gradient of the input {old}",
    "title.gradient.input.paths": "Gradient of the input {old}",
    "title.gradient.weight": "Gradient of {old}",
    "title.gradient.bias": "Gradient of {old}",
    "title.gradient.weight.paths": "Gradient of {old}",
    "title.gradient.bias.paths": "Gradient of {old}",
    "title.gradient.weight.samples": "Gradient of {old}",
    "title.gradient.bias.samples": "Gradient of {old}",
    "title.part.term": "The product {name}",
    "title.part.factor": "The factor {name}",
    "title.part.gradient-term": "The product {name}",
    "title.part.loss-part": "The error {name} of one output",
    "title.layer.forward": "Layer {layer}, forward",
    "title.layer.loss": "The error E",
    "title.layer.delta": "Layer {layer}: the error goes back",
    "title.layer.inputs": "The error goes back to the inputs",
    "title.layer.gradients": "Layer {layer}: the gradients",
    "title.layer.update": "Layer {layer}: the update",
    "title.layer.check.forward": "Check: layer {layer}, forward",
    "title.layer.check.loss": "Check: the new error",
    "title.update.weight": "The new {old}",
    "title.update.bias": "The new {old}",
    "title.check.sum": "Check: the new {old}",
    "title.check.hidden": "Check: the new {old}",
    "title.check.prediction": "Check: the new prediction {old}",
    "title.check.loss": "Check: the new error {old}",
    # What a step does, with its numbers
    "step.start": "Nothing is computed yet. Forward computes {first} first.",
    "step.ready": "In iteration {before}, {error}; the weights are those that it left. Forward computes {first} first.",
    "step.ready.unknown": "The weights are those that iteration {before} left. Forward computes {first} first.",
    "step.forward.sum": "{name} adds up what comes in, each value times its weight: {equation}.",
    "step.forward.hidden": "{name} adds up what comes in, each value times its weight: {equation}.",
    "step.forward.hidden.activated": "{name} is the neuron’s activation of its weighted sum: {equation}.",
    "step.forward.prediction": "The prediction {name} adds up what comes in, each value times its weight: {equation}.",
    "step.forward.prediction.activated": "The prediction {name} is the activation of its weighted sum: {equation}.",
    "step.forward.prediction.share": (
        "The prediction {name} is its class’s share: e to its sum, divided by the same of all: {equation}."
    ),
    "step.forward.loss.given": (
        "The gradient at the output is given, by whatever comes after this network. {name} stands for all of that: "
        "each output times the gradient that is given for it, which is then its gradient. Here {name} is {equation}."
    ),
    "step.gradient.given": "How fast E changes with {old} is given: {equation}. {direction}",
    "step.forward.loss": "The error {name} says how far the prediction is from the target: {equation}.",
    "step.gradient.prediction.direct": "How fast E changes with {old}: {equation}. {direction}",
    "step.gradient.sum.direct": "How fast E changes with {old}: {equation}. {direction}",
    "step.gradient.sum": "How fast E changes with {old}, through {path}: {equation}. {direction}",
    "step.gradient.hidden": "How fast E changes with {old}, through {path}: {equation}. {direction}",
    "step.gradient.hidden.paths": "How fast E changes with {old}, all paths added up: {equation}. {direction}",
    "step.gradient.input": "How fast E changes with the input {old}, through {path}: {equation}. {direction}",
    "step.gradient.input.paths": (
        "How fast E changes with the input {old}, all paths added up: {equation}. {direction}"
    ),
    "step.gradient.weight": "How fast E changes with {old}, through {path}: {equation}. {direction}",
    "step.gradient.bias": "How fast E changes with {old}, through {path}: {equation}. {direction}",
    "step.gradient.weight.paths": (
        "How fast E changes with {old}, which is one number in several places: the paths from all of them added up: "
        "{equation}. {direction}"
    ),
    "step.gradient.bias.paths": (
        "How fast E changes with {old}, which is one number in several places: the paths from all of them added up: "
        "{equation}. {direction}"
    ),
    "step.gradient.weight.paths.output_for_input": (
        "Wrong on purpose: for each place of {old} the output of its neuron stands where the input belongs: "
        "{equation}. So this is not how fast E changes with {old}."
    ),
    "step.gradient.weight.paths.by_rule": (
        "What the perceptron’s rule takes for the gradient of {old}, the error times the input, from all of its places "
        "added up: {equation}."
    ),
    "step.gradient.bias.paths.by_rule": (
        "What the perceptron’s rule takes for the gradient of {old}, the error, from all of its places added up: "
        "{equation}."
    ),
    "step.gradient.weight.samples": (
        "How fast E changes with {old}, added up over all {count:,} samples: {equation}. {direction}"
    ),
    "step.gradient.bias.samples": (
        "How fast E changes with {old}, added up over all {count:,} samples: {equation}. {direction}"
    ),
    "step.gradient.weight.output_for_input": (
        "Wrong on purpose: ∂{sum}/∂{old} is the input {input}, but the output {output} stands in its place: "
        "{equation}. So this is not how fast E changes with {old}."
    ),
    "step.gradient.weight.samples.output_for_input": (
        "Wrong on purpose: ∂{sum}/∂{old} is the input {input}, but the output {output} stands in its place, added up "
        "over all {count:,} samples: {equation}. So this is not how fast E changes with {old}."
    ),
    "step.update.weight.output_for_input": (
        "From {old}, subtract the learning rate times what was taken for its gradient: {equation}. {direction}"
    ),
    "step.gradient.sum.by_rule": (
        "The step’s slope is 0, so no error would come through. The perceptron’s rule takes 1 in its place, and this "
        "is no derivative: {equation}."
    ),
    "step.gradient.weight.by_rule": (
        "What the perceptron’s rule takes for the gradient of {old}, the error times the input: {equation}."
    ),
    "step.gradient.bias.by_rule": "What the perceptron’s rule takes for the gradient of {old}, the error: {equation}.",
    "step.gradient.weight.samples.by_rule": (
        "What the perceptron’s rule takes for the gradient of {old}, the error times the input, added up over all "
        "{count:,} samples: {equation}."
    ),
    "step.gradient.bias.samples.by_rule": (
        "What the perceptron’s rule takes for the gradient of {old}, the error, added up over all {count:,} samples: "
        "{equation}."
    ),
    "step.gradient.input.by_rule": (
        "The step’s slope is 0, so E does not change with the input {old}. With the rule’s 1 in its place it would be: "
        "{equation}."
    ),
    "step.update.weight.by_rule": (
        "The perceptron’s rule: from {old}, subtract the learning rate times the error times the input: {equation}. "
        "{direction}"
    ),
    "step.update.bias.by_rule": (
        "The perceptron’s rule: from {old}, subtract the learning rate times the error: {equation}. {direction}"
    ),
    "step.part.factor.by_rule": "The step’s slope is 0; the perceptron’s rule takes 1 in its place: {equation}.",
    "step.layer.delta.by_rule": (
        "The step’s slope is 0. The perceptron’s rule takes 1 in its place, and the error comes through as it is: "
        "{results}."
    ),
    "step.layer.gradients.by_rule": "What the perceptron’s rule takes for the gradients: {results}.",
    "step.layer.inputs.by_rule": (
        "The step’s slope is 0, so E does not change with the inputs. With the rule’s 1 in its place: {results}."
    ),
    "step.layer.update.by_rule": "Each weight and bias takes its step by the perceptron’s rule: {results}.",
    "step.part.term": "{name} is one of the terms that are added up: {equation}.",
    "step.part.factor": "{name} is one factor of the chain rule: {equation}.",
    "step.part.factor.output_for_input": (
        "Wrong on purpose: {name} is the input {input}. Here the output {output} stands in its place: {equation}."
    ),
    "step.part.gradient-term": "{name} is one of the products that come together: {equation}.",
    "step.part.loss-part": "{name} is what one output adds to the error: {equation}.",
    "step.layer.forward": "Layer {layer} computes its outputs: {results}.",
    "step.layer.delta": "How fast E changes with each neuron of layer {layer}: {results}.",
    "step.layer.inputs": "How fast E changes with each input: {results}.",
    "step.layer.gradients": "How fast E changes with each weight and bias of layer {layer}: {results}.",
    "step.layer.gradients.output_for_input": (
        "Wrong on purpose: in each weight’s gradient, the output of its neuron in layer {layer} stands where its input "
        "belongs: {results}."
    ),
    "step.layer.update.output_for_input": (
        "Layer {layer} takes its step, each weight against what was taken for its gradient: {results}."
    ),
    "step.layer.update": "Each weight and bias of layer {layer} takes a step against its gradient: {results}.",
    "step.in_place": (
        "Wrong on purpose: the error went back through weights that were new already. In place E⁺ is {wrong}; done "
        "correctly it is {right}."
    ),
    "step.in_place.lower": (
        "That it is lower is luck, not a better method: these steps do not follow the gradient of E at the old "
        "weights. In Mazur’s example the same mistake makes E⁺ higher."
    ),
    "step.output_for_input": (
        "Wrong on purpose: each weight’s gradient took the output of its neuron where its input belongs. So E⁺ is "
        "{wrong}; done correctly it is {right}."
    ),
    "step.output_for_input.lower": (
        "That it is lower is luck, not a better method: such a step does not follow the gradient of E."
    ),
    "step.update.weight": "From {old}, subtract the learning rate times its gradient: {equation}. {direction}",
    "step.update.bias": "From {old}, subtract the learning rate times its gradient: {equation}. {direction}",
    "step.check.sum": "With the new weights {old} is {equation}. Before the update it was {before}.",
    "step.check.hidden": "With the new weights {old} is {equation}. Before the update it was {before}.",
    "step.check.prediction": (
        "With the new weights the prediction {old} is {equation}. Before the update it was {before}; the target is "
        "{target}."
    ),
    "step.check.prediction.given": (
        "With the new weights the output {old} is {equation}. Before the update it was {before}."
    ),
    "step.check.loss": (
        "With the new weights the error {old} is {equation}. Before the update it was {before}: {change}."
    ),
    "step.then": ", then ",
    "step.too_large": "is too large for a 64-bit float: the error has diverged",
    "step.not_computed": "is not computed: the error has diverged",
    "step.diverged": (
        "{name} {words}. The number that became too large is {culprit}. Smaller inputs, smaller weights or a lower "
        "learning rate may keep it in range."
    ),
    "direction.gradient.up": "It is positive, so E grows with {name}.",
    "direction.gradient.down": "It is negative, so E falls as {name} grows.",
    "direction.gradient.level": "It is 0: a small change of {name} hardly changes E.",
    "direction.update.up": "{name} grows.",
    "direction.update.down": "{name} falls.",
    "direction.update.level": "{name} stays as it is.",
    "change.up": "it rose, so the step was too long",
    "change.up.mistaken": "it rose",
    "change.down": "it fell",
    "change.level": "it did not change",
    "sum.term": "{name}, sample {number}",
    "card.sample": "sample {number}:",
    "card.of_all": "of all",
    "card.in_full": "in full:",
    "card.terms": "({count:,} terms, one per sample)",
    # What Python shows of a network and of what it did
    "repr.layer.none": "Layer(inputs: {n_in}, neurons: {n_out}, {activation}, no biases)",
    "repr.layer.fixed": "Layer(inputs: {n_in}, neurons: {n_out}, {activation}, fixed biases)",
    "repr.layer.trained": "Layer(inputs: {n_in}, neurons: {n_out}, {activation}, biases)",
    "repr.network": "Network({sizes}: {activations}; {loss})",
    "repr.step": "Step({phase}: {result})",
    "repr.trace": "{kind}(steps: {steps})",
    "repr.iteration": "Iteration({network}, samples: {samples}, steps: {steps}, {errors})",
    "repr.history": (
        "History({network}, iterations: {iterations}, E before the first: {first}, at the end: {last}{tested})"
    ),
    "repr.history.diverged": (
        "History({network}, iterations: {iterations}, E before the first: {first}, at the end: {last}{tested}; "
        "diverged in iteration {diverged_at})"
    ),
    "repr.history.test": ", of the test: {last}",
    "notebook.network": "Network {sizes}; its error E: {loss}",
    "notebook.iteration": "One iteration of {network}; samples: {samples}",
    "notebook.more": "Further steps: {count}. iteration.steps has them all, nnviz.figure(iteration) plays them.",
    "notebook.layer": "layer",
    "notebook.inputs": "inputs",
    "notebook.neurons": "neurons",
    "notebook.activation": "activation",
    "notebook.biases": "biases",
    "notebook.biases.none": "none",
    "notebook.biases.fixed": "fixed",
    "notebook.biases.trained": "trained",
    "notebook.step": "step",
    "notebook.pass": "pass",
    "notebook.equation": "what it computes",
}
