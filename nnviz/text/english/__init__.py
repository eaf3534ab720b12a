"""The sentences in English, a module for each part of what there is to say."""

from nnviz.text.english import (
    descent,
    learned,
    page,
    presets,
    refusals,
    settings,
    sigmoid,
    steps,
    stories,
    training,
)

PARTS = (descent, learned, page, presets, refusals, settings, sigmoid, steps, stories, training)
SENTENCES: dict[str, str] = {key: sentence for part in PARTS for key, sentence in part.SENTENCES.items()}
