"""Training, and what it leaves."""

SENTENCES = {
    # The chart of E
    "losses.title": "Error so far",
    "losses.iteration": "iteration",
    "losses.error": "E",
    "losses.point": "iteration {iteration}: E = {value}",
    "losses.none": "E of each iteration is drawn here as soon as it is computed.",
}
