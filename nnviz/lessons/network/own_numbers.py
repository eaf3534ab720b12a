"""A student's own numbers on the page, checked: the first wrong line, its mistake, both calculations, and a table."""

from dataclasses import dataclass

from nnviz.algebra.difference import Compared, compared
from nnviz.algebra.rounding import exactly, shown
from nnviz.algebra.trace import Step
from nnviz.engine.plan import Plan
from nnviz.engine.trace import Iteration, retold
from nnviz.lessons.network.view import NetworkView
from nnviz.player.panels import TEMPLATES
from nnviz.player.refusal import question
from nnviz.player.step_formula import short_parts, sum_part
from nnviz.practice.check import CARRIED, OK, ROUGH, WRONG, Check, Line, check
from nnviz.practice.mistakes import MISTAKES
from nnviz.practice.naming import named
from nnviz.practice.reasons import reason
from nnviz.practice.sheet import Sheet, of_sample, read_sheet
from nnviz.protocol import OwnNumbers
from nnviz.text import listed, say

LONGEST = 20_000  # characters
MOST_TOLD = 10  # of the lines that could not be read


@dataclass(frozen=True)
class Calculations:
    """The calculation of a line as it is and, where that is known, as it was made, as HTML; and what differs in them.

    ``words`` say so, and ``parts`` are both expressions with their parts that differ.
    """

    right: str
    made: str = ""
    words: str = ""
    parts: tuple[Compared, ...] = ()


def checked(text: str, view: NetworkView) -> OwnNumbers:
    """Return what becomes of the numbers in a text, by the iteration of a view without a classic mistake.

    Of several samples they are those of the one that is shown.
    """
    if len(text) > LONGEST:
        return _told(summary=say("numbers.too_long", most=LONGEST))
    shown_one, sample = view.run.iteration, view.sample
    iteration = retold(shown_one, shown_one.plan.manner.as_practised)
    sheet = read_sheet(text, iteration)
    if not sheet.numbers and not sheet.problems:
        return {"html": "", "names": [], "marks": None}
    found = check(iteration, of_sample(sheet.numbers, iteration, sample))
    first, plan = found.first_wrong, iteration.plan.by_neuron()
    calculations = None if first is None else _calculations(iteration.by_name[first.name], first, sample)
    told = _told(
        of=_of(iteration, view.run.number, sample),
        summary=_summary(found),
        mistakes=named(found),
        others=["; ".join(MISTAKES[key].name for key in keys) for keys in found.alternatives],
        lines=[_shown_line(line, plan, iteration.by_name[line.name].id) for line in found.lines],
        problems=_problems(sheet),
        calculations=calculations,
    )
    if calculations is None or not calculations.parts:
        return told
    places = {quantity.place.key for parts in calculations.parts for quantity in parts.quantities}
    names = {name for parts in calculations.parts for name in parts.names}
    return told | {"names": sorted(names), "marks": view.drawing.marks_at(sorted(places))}


def _told(**facts: object) -> OwnNumbers:
    nothing = {"of": "", "mistakes": (), "others": (), "lines": (), "problems": (), "calculations": None}
    template = TEMPLATES.get_template("lessons/network/templates/own_numbers.html")
    return {"html": template.render(nothing | facts), "names": [], "marks": None}


def _of(iteration: Iteration, number: int, sample: int) -> str:
    if iteration.plan.n_samples == 1:
        return say("numbers.of", iteration=number)
    return say("numbers.of_sample", iteration=number, sample=sample + 1)


def _problems(sheet: Sheet) -> list[str]:
    told = [
        say(f"numbers.{found.reason}", line=found.line, text=found.text, question=question(found.text))
        for found in sheet.problems[:MOST_TOLD]
    ]
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


def _shown_line(line: Line, plan: Plan, id_: str) -> dict[str, str]:
    """Return a line as the table has it, with the mistake in it, or with the rule that it follows."""
    words = say("numbers.verdict.doubtful" if line.is_doubtful else f"numbers.verdict.{line.verdict}")
    why = "; ".join(MISTAKES[key].name for key in line.mistakes)
    if line.verdict in (OK, CARRIED):
        why = reason(plan, id_)
    because = f"numbers.verdict.because{'.carried' if line.verdict == CARRIED else ''}"
    return {
        "name": line.name,
        "given": str(line.given),
        "read": exactly(line.read),
        "expected": str(shown(line.expected)),
        "verdict": line.verdict,
        "words": say(because, verdict=words, why=why) if why else words,
    }


def _calculations(right: Step, line: Line, sample: int) -> Calculations:
    """Return the calculation of a line as it is and, where that is known, as it was made, with what differs."""
    right = right.shortened or right
    of_all = sum_part(right, sample)
    if line.made is None:
        return Calculations(" ".join([*short_parts(right, sample), of_all]))
    made_parts, right_parts = compared(line.made.expression, right.expression)
    return Calculations(
        right=" ".join([*short_parts(right, sample, right_parts), of_all]),
        made=" ".join([*short_parts(line.made, sample, made_parts), sum_part(line.made, sample)]),
        words=_differs(made_parts, right_parts),
        parts=(made_parts, right_parts),
    )


def _differs(made: Compared, right: Compared) -> str:
    """Return in words what differs between two calculations."""
    if set(made.quantities) & set(right.quantities):
        return say("numbers.differs")
    texts = {name: parts.texts for name, parts in (("made", made), ("right", right)) if parts.texts}
    key = {("made", "right"): ".instead", ("right",): ".missing", ("made",): ".surplus"}.get(tuple(texts), "")
    counts = {f"{name}_count": len(found) for name, found in texts.items()}
    names = {name: listed(found, MOST_TOLD) for name, found in texts.items()}
    return say(f"numbers.differs{key}", **counts, **names)
