"""The lesson of the network: backpropagation, number by number."""

from collections.abc import Mapping

from nnviz.charts.theme import Look
from nnviz.draw.view import NetworkReading
from nnviz.engine.plan import Plan, plan_of, same_place
from nnviz.lessons import desk, fields
from nnviz.lessons.lesson import Lesson, PackedMark
from nnviz.lessons.presets import PRESETS
from nnviz.lessons.run import passage
from nnviz.lessons.setup import Setup, of_preset
from nnviz.lessons.sources import Parts, cited, parts
from nnviz.lessons.start import HAND
from nnviz.lessons.training import LAST_ITERATION, Mark
from nnviz.player.form import Form
from nnviz.text import say


class Backpropagation(Lesson[Setup]):
    """One iteration of a network's training at a time."""

    name = "network"

    def begun(self, given: Mapping[str, str]) -> Setup:
        return of_preset(desk.preset_in(given))

    def form(self, setup: Setup) -> Form[Setup]:
        return fields.form(setup)

    def link(self, setup: Setup) -> Form[Setup]:
        return fields.link(setup)

    def numbers(self, setup: Setup) -> Form[Setup]:
        return fields.numbers(setup)

    def typed_in(self, setup: Setup, typed: Mapping[str, str]) -> Form[Setup]:
        return fields.typed_in(setup, typed)

    def edited(self, setup: Setup, typed: Mapping[str, str]) -> tuple[Setup, dict[str, str]]:
        return fields.edited(setup, typed, self.typed_in(setup, typed))

    def opened(self, given: Mapping[str, str]) -> tuple[Setup, dict[str, str]]:
        return desk.opened(given)

    def in_link(self, setup: Setup) -> dict[str, str]:
        return desk.in_link(setup)

    def pressed(self, setup: Setup, action: str, text: str) -> Setup:
        return desk.pressed(setup, action, text)

    def remarks(self, setup: Setup, given: Mapping[str, str]) -> list[str]:
        return desk.remarks(setup, given)

    def about(self, setup: Setup) -> Parts:
        """Return what to look at in the preset, as long as its numbers are there, and where it comes from."""
        if setup.is_own:
            return parts(say("preset.own"))
        key = f"preset.{setup.preset}"
        source = say(f"{key}.source", source=cited(PRESETS[setup.preset].source))
        if setup.has_presets_numbers:
            return parts(say("preset.about", look=say(f"{key}.look"), source=source))
        return parts(say("preset.changed", name=say(f"{key}.name"), source=source))

    def in_file_only(self, setup: Setup) -> str:
        return say("link.data_too_large", most=desk.MOST_DATA_IN_LINK) if desk.is_too_large(setup) else ""

    def is_other(self, before: Setup, setup: Setup, typed: Mapping[str, str]) -> bool:
        is_chosen_again = before.is_own and typed.get("preset") == setup.preset
        return is_chosen_again or before.preset != setup.preset

    def replaces(self, before: Setup, setup: Setup) -> bool:
        """Whether the network is another one, or all its weights are."""
        is_drawn = setup.start.rule != HAND and setup.start != before.start
        return is_drawn or setup.shape != before.shape

    def still_said(self, problems: dict[str, str], before: Setup, setup: Setup) -> dict[str, str]:
        if setup.shape == before.shape:
            return problems
        return {key: problem for key, problem in problems.items() if key not in self.numbers(before).texts(before)}

    def run(self, setup: Setup) -> Setup:
        return setup.run

    def last_iteration(self, setup: Setup) -> int:
        return LAST_ITERATION

    def reading(
        self,
        setup: Setup,
        number: int,
        look: Look,
        chosen: str = "",
        is_checked: bool = False,
        mark: PackedMark | None = None,
    ) -> NetworkReading:
        place = None if mark is None else Mark.unpacked(setup, *mark)
        return NetworkReading(passage(setup, number, place), look, chosen, is_checked)

    def same_step(self, before: Setup, setup: Setup, step: int) -> int:
        old, new = _plan(before), _plan(setup)
        step = min(step, len(old.pauses))
        return step if old is new else same_place(old, step, new)


def _plan(setup: Setup) -> Plan:
    return plan_of(setup.shape, len(setup.inputs), setup.manner)
