"""Every sentence that a person reads, by key, in one language a file."""

from nnviz.text.english import SENTENCES


def say(key: str, **values: object) -> str:
    """Return the sentence of that key with the values in place.

    Raises KeyError for an unknown key or a value that the sentence needs and was not given.
    """
    return SENTENCES[key].format(**values)
