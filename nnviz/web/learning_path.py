"""The path through the lessons: where it leads from place to place, each of which leads on to the next."""

from collections.abc import Mapping
from dataclasses import dataclass

from nnviz.web.registry import ENTRIES


@dataclass(frozen=True)
class Place:
    """A place on the path: a lesson or, of one that has examples, those that belong here; it begins with the first."""

    name: str
    lesson: str
    presets: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The path of its page on the site, with what it begins with."""
        [path] = [entry.path for entry in ENTRIES if entry.name == self.lesson]
        return f"{path}?preset={self.presets[0]}" if self.presets else path


PATH = (
    Place("descent", "descent"),
    Place("derivative", "sigmoid"),
    Place("step-by-step", "network", ("2-2-1", "2-2-1-sigmoid")),
    Place(
        "single-neuron",
        "network",
        ("fahrenheit", "fahrenheit-slow", "fahrenheit-diverges", "fahrenheit-one", "fahrenheit-two"),
    ),
    Place("any-layers", "network", ("xor", "xor-learns")),
)


def after(name: str) -> Place | None:
    """Return the place that follows one on the path, if there is one."""
    names = [place.name for place in PATH]
    return dict(zip(names, PATH[1:], strict=False)).get(name)


def place_of(lesson: str, settings: Mapping[str, str]) -> str:
    """Return the name of the place where a lesson with these settings is, or "" where that is beside the path."""
    preset = settings.get("preset")
    here = (place for place in PATH if place.lesson == lesson and (not place.presets or preset in place.presets))
    return next((place.name for place in here), "")
