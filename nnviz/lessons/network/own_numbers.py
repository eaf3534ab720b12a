"""A student's own numbers on the page, checked: the first wrong line, its mistake, both calculations, and a table."""

import numpy as np

from nnviz.algebra.rounding import exactly, shown
from nnviz.algebra.solution import equation_line
from nnviz.algebra.trace import Step
from nnviz.engine.trace import Iteration, retold
from nnviz.explain.sentence import equation
from nnviz.player.panels import TEMPLATES
from nnviz.practice.check import CARRIED, ROUGH, WRONG, Check, Line, check
from nnviz.practice.mistakes import MISTAKES
from nnviz.practice.sheet import Sheet, read_sheet
from nnviz.text import say

LONGEST = 20_000  # characters
MOST_TOLD = 10  # of the lines that could not be read


def checked_html(text: str, iteration: Iteration, number: int, sample: int) -> str:
    """Return what becomes of the numbers in a text, as HTML, by the iteration of a number without a classic mistake.

    Of several samples they are those of the one that is shown.
    """
    if len(text) > LONGEST:
        return _rendered(summary=say("numbers.too_long", most=LONGEST))
    iteration = retold(iteration, iteration.plan.manner.with_mistake(None))
    sheet = read_sheet(text, iteration)
    if not sheet.numbers and not sheet.problems:
        return ""
    found = check(iteration, {id_: _row(iteration, id_, typed, sample) for id_, typed in sheet.numbers.items()})
    first = found.first_wrong
    return _rendered(
        of=_of(iteration, number, sample),
        summary=_summary(found),
        mistakes=[MISTAKES[key] for key in found.mistakes],
        others=["; ".join(MISTAKES[key].name for key in keys) for keys in found.alternatives],
        lines=[_shown_line(line) for line in found.lines],
        problems=_problems(sheet),
        calculations=None if first is None else _calculations(iteration.by_name[first.name], first, sample),
    )


def _rendered(**facts: object) -> str:
    nothing = {"of": "", "mistakes": (), "others": (), "lines": (), "problems": (), "calculations": None}
    return TEMPLATES.get_template("lessons/network/templates/own_numbers.html").render(nothing | facts)


def _row(iteration: Iteration, id_: str, typed: str, sample: int) -> str | list[str | None]:
    count = np.size(iteration.by_id[id_].value)
    return typed if count == 1 else [typed if at == sample else None for at in range(count)]


def _of(iteration: Iteration, number: int, sample: int) -> str:
    if iteration.plan.n_samples == 1:
        return say("numbers.of", iteration=number)
    return say("numbers.of_sample", iteration=number, sample=sample + 1)


def _problems(sheet: Sheet) -> list[str]:
    told = [say(f"numbers.{found.reason}", line=found.line, text=found.text) for found in sheet.problems[:MOST_TOLD]]
    more = len(sheet.problems) - MOST_TOLD
    return [*told, say("numbers.more_problems", count=more)] if more > 0 else told


def _summary(found: Check) -> str:
    first = found.first_wrong
    if not found.lines:
        return say("numbers.none")
    if first is None:
        rough = sum(line.verdict == ROUGH for line in found.lines)
        return say("numbers.right.rough" if rough else "numbers.right", count=len(found.lines), rough=rough)
    carried = sum(line.verdict == CARRIED for line in found.lines)
    key = "numbers.first_wrong" if not carried else "numbers.first_wrong.carried"
    return say(key, name=first.name, wrong=sum(line.verdict == WRONG for line in found.lines), carried=carried)


def _shown_line(line: Line) -> dict[str, str]:
    return {
        "name": line.name,
        "given": str(line.given),
        "read": exactly(line.read),
        "expected": str(shown(line.expected)),
        "verdict": line.verdict,
        "words": say("numbers.verdict.doubtful" if line.is_doubtful else f"numbers.verdict.{line.verdict}"),
        "why": "; ".join(MISTAKES[key].name for key in line.mistakes),
    }


def _calculations(step: Step, line: Line, sample: int) -> dict[str, str]:
    """Return the calculation of a line as it was made, where that is known, and as it is."""
    made = "" if line.made is None else _written(line.made, sample)
    return {"made": made, "right": _written(step.shortened or step, sample)}


def _written(step: Step, sample: int) -> str:
    return equation_line(step) if not np.ndim(step.value) else f"{step.name} = {equation(step, sample)}"
