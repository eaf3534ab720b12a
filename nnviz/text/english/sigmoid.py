"""The lesson on the sigmoid and its derivative."""

SENTENCES = {
    # The rules that the lines of a derivation use
    "rule.exponential": "the exponential of −z",
    "rule.definition": "definition of σ",
    "rule.claim": "the derivative, which both derivations lead to",
    "rule.tangent": "the tangent at z + 1",
    "rule.numerator": "name the numerator",
    "rule.denominator": "name the denominator",
    "rule.constant": "constant rule: c′ = 0",
    "rule.sum-chain": "sum rule; chain rule: e⁻ᶻ gives e⁻ᶻ·(−1)",
    "rule.quotient": "quotient rule: (u′·v − u·v′)/v²",
    "rule.reciprocal": "reciprocal rule: 1/v gives −v′/v²",
    "rule.insert": "put in what the letters stand for",
    "rule.simplify": "simplify the numerator",
    "rule.two-minuses": "minus times minus is plus",
    "rule.add-1": "add 1 and subtract 1",
    "rule.split-difference": "split the fraction at the minus",
    "rule.split-product": "split the fraction into a product",
    "rule.cancel": "cancel 1 + e⁻ᶻ",
    "rule.recognise": "definition of σ, read backwards",
    "rule.factor-out": "factor out σ",
    # The picture
    "sigmoid.zone": "σ′ < {most}",
    "sigmoid.slope": "slope {slope}",
    # The derivations
    "derivation.line": "{rule}. {name} = {equation}.",
    "derivation.agrees": "The same σ′ as on the line before.",
    # The exponentials
    "count.title.neuron": "Exponentials of one neuron",
    "count.title.network": "Exponentials of {network}",
    "count.neuron": (
        "The forward pass has computed e⁻ᶻ once, for σ(z). From e⁻ᶻ, σ′ would take another exponential; from σ it "
        "takes only a subtraction and a product. Saved: {saved}."
    ),
    "count.network": (
        "Forwards, one iteration of “{network}” takes {forward:,} {forward:exponential|exponentials}: one for each "
        "σ(z) of each sample. Backwards it needs σ′(z) for k = {slopes:,} {slopes:neuron|neurons} and N = {samples:,} "
        "{samples:sample|samples}: from e⁻ᶻ that takes as many exponentials again, from σ none. Saved: {saved:,}."
    ),
    "count.direct": (
        "The output needs none: with cross-entropy its δ is ŷ − y. The ln σ(z) in E takes its own exponentials, the "
        "same either way."
    ),
    "count.none": "No σ′ is computed in “{network}”: the error passes through no sigmoid. Saved: {saved}.",
    # The neuron
    "saturation.with": "With {activation}, {equation}.",
    "saturation.beside": "with {activation}:",
    "saturation.title": "The neuron with {activation}",
    "saturation.link": "This neuron on the Network page, with these numbers: {links}",
    # The page
    "sigmoid.picture": "σ and its derivative σ′ over z, with a point at z = {z}",
    "sigmoid.legend": (
        "Solid: σ(z). Dashed: its slope σ′(z). Shaded: σ saturates, σ′ is below {most} where z is beyond ±{sigmoid}. "
        "Drag or click in the picture, or move the point with its slider or number."
    ),
    "slider.label": "Move {name}",
    "sigmoid.start.title": "σ(z) = 1/(1 + e⁻ᶻ) and its derivative",
    "sigmoid.start": "Nothing is computed yet. Forward computes e⁻ᶻ first.",
    "sigmoid.about": (
        "Move z and watch σ′, the slope of the tangent. The neuron’s bias is b1 = z − w1·x1 = {bias}, so that its sum "
        "is z. Sources: {derivation} for the derivations, {role} for the neuron, where E is written C."
    ),
    "sigmoid.beyond": ("A number from −{most} to {most} is allowed: beyond that, σ′ is less than 0.00005."),
    "problem.range": "A number from −{most} to {most} is allowed.",
    "sigmoid.meta": "{phase} · step {step} of {steps}",
    "sigmoid.meta.start": "Not begun · {steps} steps",
    "sigmoid.go_on": "σ is computed: Backward goes on with σ′.",
    "sigmoid.first": "Backward comes after Forward, which computes σ: σ′ is made from it.",
    "sigmoid.end": "This is the end. Restart goes back to the start; if you change z, you stay at this step.",
    "sigmoid.one": "This page has a single run. Change z to see it with other numbers.",
    # The lesson's place on the site
    "lesson.sigmoid.link": "Sigmoid",
    "lesson.sigmoid.heading": "The sigmoid and its derivative",
    "lesson.sigmoid.title": "nnviz: the sigmoid’s derivative, line by line",
    "lesson.sigmoid.description": (
        "Why σ′(z) is σ(z)·(1 − σ(z)): two derivations, line by line, with numbers; what it saves; where it saturates."
    ),
    "group.point": "The point",
    "group.neuron": "The neuron",
    "group.count": "Exponentials",
    # Notes on the source
    "note.logistic": (
        "σ is a special case of the logistic function L/(1 + e^(−k·(z − z0))): that with L = 1, k = 1 and z0 = 0. Its "
        "values lie between 0 and 1, so a network that is to give a probability ends with it."
    ),
    "note.why-forward": (
        "Why the derivative of an activation matters. Forward propagation: the inputs flow through the network to the "
        "predicted result, which is compared with the actual one. That is the error."
    ),
    "note.why-backward": (
        "Backpropagation: the error updates the parameters, and on its way back to them it passes through each neuron, "
        "which multiplies it by the derivative of its activation. Where that is close to 0, little arrives."
    ),
    "note.approaches": (
        "The document has two derivations, Approach 1 and Approach 2, from 1/(1 + e⁻ᶻ) to σ·(1 − σ). Its lines are "
        "pictures that have not come down to us; those in the table are this page’s own."
    ),
    # The tables
    "derivation.quotient": "Approach 1: by the quotient rule",
    "derivation.splitting": "Approach 2: by splitting the fraction (v = 1 + e⁻ᶻ)",
    "derivation.number": "line",
    "derivation.formula": "formula and rule",
    "derivation.value": "at z",
    "derivation.go": "{number}. {rule}",
    "count.of": "network",
    "count.caption": "Exponentials in an iteration",
    "count.header.of": "of",
    "count.header.forward": "for σ, forward",
    "count.header.from-decay": "for σ′ from e⁻ᶻ",
    "count.header.from-sigma": "for σ′ from σ",
    "count.header.saved": "saved",
    "count.row.neuron": "one neuron",
    "count.row.network": "the network",
    "saturation.caption": "The neuron’s chain rule, by activation",
    "sigmoid.tables": "The derivations, the exponentials, the neuron",
    "sigmoid.hint": (
        "Choose a line to go there, or an activation for its curve. σ′ is below {most} where z is beyond ±{sigmoid}, "
        "tanh′ where z is beyond ±{tanh}; ReLU′ is 0 where z is not above 0. · means not computed yet."
    ),
    "phase.function": "σ",
    "phase.tangent": "σ′",
    "phase.quotient": "quotient rule",
    "phase.splitting": "splitting",
    "phase.count": "cost",
    "phase.chain": "neuron",
}
