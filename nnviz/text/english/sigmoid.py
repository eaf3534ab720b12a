"""The lesson on the sigmoid and its derivative."""

SENTENCES = {
    # The rules that the lines of a derivation use
    "rule.exponential": "the exponential of −z",
    "rule.definition": "definition of σ",
    "rule.claim": "the derivative, which both derivations lead to",
    "rule.numerator": "name the numerator",
    "rule.denominator": "name the denominator",
    "rule.constant": "constant rule: c′ = 0",
    "rule.sum-chain": "sum rule, and chain rule: (e⁻ᶻ)′ = e⁻ᶻ·(−z)′",
    "rule.quotient": "quotient rule: (u/v)′ = (u′·v − u·v′)/v²",
    "rule.reciprocal": "reciprocal rule: (1/v)′ = −v′/v²",
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
    "derivation.agrees": "The same number as on every line before.",
    "derivation.rounding": "Rounding shows: with 64-bit floats these digits give another last digit.",
    # The exponentials
    "count.title.neuron": "Exponentials of one neuron",
    "count.title.network": "Exponentials of {network}",
    "count.neuron": (
        "The forward pass has computed e⁻ᶻ once, for σ(z). From e⁻ᶻ, σ′ would take it once more; from σ it takes a "
        "subtraction and a product. Saved: {saved}."
    ),
    "count.network": (
        "In an iteration of “{network}” the forward pass takes {forward} exponentials, one for each σ(z) of each "
        "sample. The backward pass has k = {slopes} times σ′(z) for each of N = {samples} samples: from e⁻ᶻ as many "
        "exponentials more, from σ none. Saved: {saved}."
    ),
    "count.none": "No σ′ is computed in “{network}”: it has no sigmoid that the error passes through. Saved: {saved}.",
    # The neuron
    "saturation.with": "With {activation}, {equation}.",
    "saturation.beside": "with {activation}:",
}
