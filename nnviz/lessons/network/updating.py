"""What a text makes of how the network is updated: by which optimizer, at a rate that which schedule changes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from nnviz.engine.optimizers import OPTIMIZERS, Optimizer
from nnviz.engine.schedules import SCHEDULES, Schedule
from nnviz.engine.settings import COUNT, Configured, Setting
from nnviz.engine.weight_decay import WEIGHT_DECAY
from nnviz.lessons.network.setup import Setup
from nnviz.player.parsing import written
from nnviz.player.refusal import RefusedError, counted, number
from nnviz.text import say

OPTIMIZER, SCHEDULE, DECAY = "optimizer", "schedule", "weight-decay"
MOST_COUNTED = 1_000_000
C = TypeVar("C", bound=Configured)


def optimizer(setup: Setup, text: str) -> Setup:
    """Return the setup with an optimizer as "adam 0.9 0.999 1e-8" says."""
    return _with(setup, optimizer=_read(OPTIMIZERS, setup.method.optimizer, text, "problem.optimizer"))


def optimizer_text(setup: Setup) -> str:
    """Return the optimizer as links and files have it: adam 0.9 0.999 1e-08."""
    return _text(setup.method.optimizer)


def schedule(setup: Setup, text: str) -> Setup:
    """Return the setup with a schedule as "step 100 0.5" says."""
    return _with(setup, schedule=_read(SCHEDULES, setup.method.schedule, text, "problem.schedule"))


def schedule_text(setup: Setup) -> str:
    """Return the schedule as links and files have it: step 100 0.5."""
    return _text(setup.method.schedule)


def named_optimizer(setup: Setup, key: str) -> Setup:
    """Return the setup with another optimizer, whose numbers are the usual ones."""
    return _with(setup, optimizer=OPTIMIZERS[key]())


def named_schedule(setup: Setup, key: str) -> Setup:
    """Return the setup with another schedule, whose numbers are the usual ones."""
    return _with(setup, schedule=SCHEDULES[key]())


def setting_of(part: str, setting: Setting, setup: Setup, text: str) -> Setup:
    """Return the setup with another number of its optimizer or of its schedule."""
    configured: Configured = getattr(setup.method, part)
    if setting not in configured.settings:
        raise RefusedError(say("problem.gone"))
    kept = getattr(configured, setting.name)
    changed: dict[str, Any] = {part: replace(configured, **{setting.name: _number(setting, text, kept)})}
    return replace(setup, method=replace(setup.method, **changed))


def setting_text(part: str, setting: Setting, setup: Setup) -> str:
    """Return a number of the optimizer or of the schedule."""
    return written(getattr(getattr(setup.method, part), setting.name))


def weight_decay(setup: Setup, text: str) -> Setup:
    """Return the setup with another λ of weight decay."""
    decay = _number(WEIGHT_DECAY, text, setup.method.weight_decay)
    return replace(setup, method=replace(setup.method, weight_decay=decay))


def _with(setup: Setup, optimizer: Optimizer | None = None, schedule: Schedule | None = None) -> Setup:
    method = setup.method
    changed = replace(method, optimizer=optimizer or method.optimizer, schedule=schedule or method.schedule)
    return replace(setup, method=changed)


def _text(configured: Configured) -> str:
    return " ".join([configured.key, *map(written, configured.given)])


def _read(table: Mapping[str, type[C]], kept: C, text: str, key: str) -> C:
    """Return a row of a table with the numbers behind its key; where there are none, with the usual ones.

    Raises RefusedError where there is none such.
    """
    name, *numbers = text.split() or [""]
    row = table.get(name)
    if row is None or len(numbers) not in (0, len(row.settings)):
        examples = ", ".join(_text(each()) for each in table.values())
        raise RefusedError(say(key, examples=examples))
    if not numbers:
        return row()
    pairs = zip(row.settings, numbers, strict=True)
    return row(**{setting.name: _number(setting, given, None) for setting, given in pairs})


def _number(setting: Setting, text: str, kept: float | None) -> float:
    """Return the number in a text. Raises RefusedError where it is not one that the setting may be."""
    if setting.range is COUNT:
        return counted(text, 1, MOST_COUNTED)
    found = number(text, 0.0 if kept is None else kept)
    if not setting.range.allows(found):
        allowed = say("problem.setting", name=setting.quantity.name, allowed=say(f"range.{setting.range.key}"))
        raise RefusedError(allowed, kept="" if kept is None else written(kept))
    return found
