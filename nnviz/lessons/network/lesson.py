"""The lesson of the network: backpropagation, number by number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from nnviz.charts.theme import Look
from nnviz.engine.initializers import HAND
from nnviz.engine.plan import Plan, plan_of, same_place
from nnviz.lessons.network import fields, foreign, links
from nnviz.lessons.network.exercises import with_exercise
from nnviz.lessons.network.insights import understanding
from nnviz.lessons.network.own_table import column_names
from nnviz.lessons.network.panels import panels
from nnviz.lessons.network.run import run_at
from nnviz.lessons.network.setup import Setup, of_preset
from nnviz.lessons.network.training.checkpoint import LAST_ITERATION, Checkpoint
from nnviz.lessons.network.training.loss_chart import SCALES
from nnviz.lessons.network.training.requests import TrainRequest, slice_of
from nnviz.lessons.network.training.stopping import MEASURES
from nnviz.lessons.network.view import NetworkView
from nnviz.player.form import Form
from nnviz.player.lesson import Lesson
from nnviz.player.request import LONGEST_ADDRESS, PackedCheckpoint, Request
from nnviz.player.sources import Parts, cited, parts
from nnviz.presets import PRESETS
from nnviz.protocol import Panels, TrainingSlice, Understanding
from nnviz.text import say

COUNTS = (1, 10, 100, 1000, 10_000)  # iterations that a button trains by


class Backpropagation(Lesson[Setup]):
    """One iteration of a network's training at a time."""

    name = "network"

    def begun(self, given: Mapping[str, str]) -> Setup:
        return of_preset(links.preset_in(given))

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
        return links.opened(given)

    def from_elsewhere(self, setup: Setup, text: str) -> tuple[Setup, list[str]]:
        return foreign.from_file(setup, text)

    def in_link(self, setup: Setup) -> dict[str, str]:
        return links.in_link(setup)

    def pressed(self, setup: Setup, action: str, text: str) -> Setup:
        return links.pressed(setup, action, text)

    def remarks(self, setup: Setup, given: Mapping[str, str]) -> list[str]:
        return links.remarks(setup, given)

    def about(self, setup: Setup) -> Parts:
        """Return what to look at in the preset, as long as its numbers are there, and where it comes from."""
        if setup.is_own:
            return parts(say("preset.own"))
        key = f"preset.{setup.preset}"
        source = say(f"{key}.source", source=cited(PRESETS[setup.preset].source))
        if setup.manner.output_for_input:
            return parts(say("preset.mistaken", name=say(f"{key}.name"), source=source))
        if setup.has_presets_numbers:
            return parts(say("preset.about", look=say(f"{key}.look"), source=source))
        return parts(say("preset.changed", name=say(f"{key}.name"), source=source))

    def in_file_only(self, setup: Setup) -> str:
        return say("link.too_long", most=LONGEST_ADDRESS) if links.is_too_large(setup) else ""

    def given_twice(self, setup: Setup, given: Mapping[str, str]) -> set[str]:
        groups = [links.SAMPLE] if links.DATA in given else []
        groups += ["weights"] if links.START in links.in_a_file(given) else []
        return {field.key for group in groups for field in self.numbers(setup)[group]}

    def in_a_file(self, given: Mapping[str, str]) -> tuple[str, ...]:
        return links.in_a_file(given)

    @property
    def page_facts(self) -> Mapping[str, object]:
        return {"presets": PRESETS, "own": fields.OWN, "counts": COUNTS, "measures": MEASURES, "scales": SCALES}

    def panels(self, setup: Setup, view: NetworkView, present: str) -> Panels | None:
        return panels(setup, view, present)

    def understanding(
        self, setup: Setup, view: NetworkView, request: Request, path: Sequence[PackedCheckpoint]
    ) -> Understanding:
        return understanding(setup, view, request, path)

    def slice_of_training(self, asked: object, yield_turn: Callable[[], None], is_full: bool) -> TrainingSlice:
        return slice_of(TrainRequest.of(asked), yield_turn, is_full)

    def is_other(self, before: Setup, setup: Setup, typed: Mapping[str, str]) -> bool:
        is_chosen_again = before.is_own and typed.get("preset") == setup.preset
        return is_chosen_again or before.preset != setup.preset

    def replaces(self, before: Setup, setup: Setup) -> bool:
        """Whether the network is another one, or all its weights are, or its samples are other columns."""
        is_drawn = setup.start.rule != HAND and setup.start != before.start
        return is_drawn or setup.shape != before.shape or (setup.table is not None and setup.table != before.table)

    def still_said(self, problems: dict[str, str], before: Setup, setup: Setup) -> dict[str, str]:
        gone = set[str]() if setup.shape == before.shape else self.numbers(before).texts(before).keys()
        if column_names(setup) != column_names(before):
            gone = gone | {menu.key for menu in fields.form(before)["columns"]}
        return {key: problem for key, problem in problems.items() if key not in gone}

    def run_setup(self, setup: Setup) -> Setup:
        return setup.run_setup

    def to_practise(self, setup: Setup, seed: int | None = None) -> Setup:
        return super().to_practise(replace(setup, manner=setup.manner.as_practised), seed)

    def drawn(self, setup: Setup, seed: str) -> Setup:
        return with_exercise(setup, seed)

    def last_iteration(self, setup: Setup) -> int:
        return LAST_ITERATION

    def view(
        self,
        setup: Setup,
        number: int,
        look: Look,
        chosen: str = "",
        is_checked: bool = False,
        checkpoint: PackedCheckpoint | None = None,
    ) -> NetworkView:
        place = None if checkpoint is None else Checkpoint.unpacked(setup, *checkpoint)
        run = run_at(setup, number, place)
        return NetworkView(run, look, chosen, is_checked, picture=setup.picture, as_batch=setup.as_batch)

    def same_step(self, before: Setup, setup: Setup, step: int) -> int:
        old, new = _plan(before), _plan(setup)
        step = min(step, len(old.pauses))
        return step if old is new else same_place(old, step, new)


def _plan(setup: Setup) -> Plan:
    return plan_of(setup.shape, len(setup.training.inputs), setup.manner, setup.method.update)
