"""The sentences in English: those of all modules here, each for a part of what there is to say."""

from importlib import import_module
from pkgutil import iter_modules

CODE = "en"
SENTENCES: dict[str, str] = {
    key: sentence
    for part in iter_modules(__path__, f"{__name__}.")
    for key, sentence in import_module(part.name).SENTENCES.items()
}
