"""Every sentence that a person reads, by key, in one language a folder."""

from collections.abc import Sequence

from nnviz.text.english import SENTENCES


def say(key: str, **values: object) -> str:
    """Return the sentence of that key with the values in place.

    Raises KeyError for an unknown key or a value that the sentence needs and was not given.
    """
    return SENTENCES[key].format(**values)


def elided(parts: Sequence[str], most: int) -> str:
    """Return the parts in a row; of more than ``most`` the first two and the last."""
    return ", ".join(parts if len(parts) <= most else [*parts[:2], "…", parts[-1]])


def shortened(text: str, most: int) -> str:
    """Return the text, or as much of its beginning as makes ``most`` characters with an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
