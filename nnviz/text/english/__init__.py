"""The sentences in English, a module for each part of what there is to say."""

from nnviz.text.english import learned, page, presets, refusals, settings, steps, stories, training

PARTS = (learned, page, presets, refusals, settings, steps, stories, training)
SENTENCES: dict[str, str] = {key: sentence for part in PARTS for key, sentence in part.SENTENCES.items()}
