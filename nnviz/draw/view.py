"""Everything that the screen shows of an iteration, prepared for every cursor of the passes that are released."""

from collections.abc import Sequence
from typing import Any

from nnviz.draw.buttons import hint, refusals
from nnviz.draw.card import card
from nnviz.draw.chain import Story
from nnviz.draw.figure import layout
from nnviz.draw.formula import exact_note
from nnviz.draw.look import Look
from nnviz.draw.network import Drawing
from nnviz.draw.passage import Passage
from nnviz.draw.sentence import sentence, title
from nnviz.draw.values import as_json, known_pauses
from nnviz.engine.expressions import references
from nnviz.engine.numbers import shown
from nnviz.engine.plan import FORWARD
from nnviz.engine.quantities import LOSS
from nnviz.engine.solution import number
from nnviz.engine.trace import Step
from nnviz.text import elided, say

Json = dict[str, Any]
MISTAKE_DIGITS, MOST_NAMED = 9, 6


def views(passage: Passage, cursor: int, look: Look, chosen: str = "", is_checked: bool = False) -> Json:
    """Return the readings of the passes that a cursor needs, and the story of a chosen place."""
    iteration, window = passage.iteration, passage.window(cursor)
    drawing = Drawing(iteration, look, passage.sample)
    return {
        "iteration": passage.number,
        "steps": passage.end,
        "first": window[0],
        "released": window[-1],
        "phases": _phases(passage),
        "figure": _figure(drawing, cursor, window[-1]),
        "views": [_view(passage, drawing, position) for position in window],
        "values": as_json(iteration, window[-1], passage.sample),
        "story": _story(passage, window[-1], chosen, is_checked),
    }


def still(passage: Passage, cursor: int, look: Look) -> Json:
    """Return the picture at a cursor that stands there without a player, and where that is."""
    cursor = min(cursor, passage.end)
    drawing = Drawing(passage.iteration, look, passage.sample)
    return {
        "data": [_silent(trace) for trace in drawing.data(cursor)],
        "layout": layout(drawing),
        "width": drawing.area.width,
        "meta": _meta(passage, cursor),
    }


def _phases(passage: Passage) -> list[Json]:
    ends = [0, *(end for _, end in passage.passes)]
    return [
        {"name": phase, "label": say(f"phase.{phase}"), "steps": end - start}
        for (phase, end), start in zip(passage.passes, ends, strict=False)
    ]


def _figure(drawing: Drawing, cursor: int, released: int) -> Json:
    """Return the picture at a cursor, what marks a place as pointed at, and what pointing tells."""
    hovers = {place: [line for line in lines if int(line[0]) <= released] for place, lines in drawing.hovers().items()}
    return {
        "data": [_silent(trace) for trace in drawing.data(cursor)],
        "layout": layout(drawing),
        "pointing": drawing.pointing(),
        "hovers": hovers,
        "width": drawing.area.width,
        "legend": say("page.legend" if drawing.area.spells_out else "page.legend_marks"),
    }


def _silent(trace: Json) -> Json:
    """Return a trace that reports what is pointed at, and leaves it to the page to tell of it."""
    return {"hoverinfo": "none"} | {key: value for key, value in trace.items() if key != "hovertemplate"}


def _story(passage: Passage, released: int, chosen: str, is_checked: bool) -> Json | None:
    """Return what can be told of a place as far as it is known; None where there is nothing."""
    if not chosen:
        return None
    limit = min(released, known_pauses(passage.iteration))
    story = Story(passage.whole, _told_since(passage), limit, passage.sample)
    try:
        name, parts = story.of(chosen)
    except KeyError:
        return None
    is_trained = any(p.place.key == chosen for p in passage.whole.plan.trained)
    checked = story.check(chosen) if is_checked and is_trained else []
    return {"place": chosen, "title": name, "parts": [*parts, *checked], "checkable": is_trained}


def _told_since(passage: Passage) -> dict[str, int]:
    """Return after how many pauses a story tells a number: a factor without a step of its own with its operands."""
    position, found = passage.iteration.position, dict(passage.iteration.position)
    for name, (partial, _) in passage.whole.plan.partials.items():
        operands = (position[quantity.name] for quantity in references(partial.equals))
        found.setdefault(name, max(operands, default=0))
    return found


def _view(passage: Passage, drawing: Drawing, cursor: int) -> Json:
    iteration = passage.iteration
    steps = iteration.pauses[cursor - 1] if cursor else ()
    return {
        "phase": steps[0].phase if steps else FORWARD,
        "meta": _meta(passage, cursor),
        "title": title(iteration, cursor),
        "sentence": " ".join(filter(None, [sentence(iteration, cursor, passage.sample), _mistake(passage, cursor)])),
        "formula": card(iteration, cursor, passage.sample),
        "note": _exact(steps, passage.sample),
        "at": list(dict.fromkeys(step.quantity.place.key for step in steps)),
        "names": list(dict.fromkeys(name for step in steps for name in (step.name, *step.operands))),
        "refusals": refusals(passage, cursor),
        "hint": hint(passage, cursor),
        "frame": drawing.frame(cursor),
        "centre": drawing.centre(cursor),
    }


def _meta(passage: Passage, cursor: int) -> str:
    """Return where the cursor is: iteration, pass, step, the samples that it uses, and the one that is shown."""
    phase = passage.iteration.pauses[cursor - 1][0].phase if cursor else FORWARD
    where = say(
        "meta.step" if cursor else "meta.start",
        iteration=f"{passage.number:,}",
        phase=say(f"phase.{phase}"),
        step=cursor,
        steps=passage.end,
    )
    if passage.n_samples > 1:
        where += say("meta.sample", number=passage.samples[passage.sample] + 1, count=passage.n_samples)
    if len(passage.samples) < passage.n_samples:
        numbers = [str(sample + 1) for sample in passage.samples]
        where += say("meta.batch", numbers=elided(numbers, MOST_NAMED))
    return where + (say("meta.in_place") if passage.iteration.plan.manner.in_place else "")


def _mistake(passage: Passage, cursor: int) -> str:
    """Return, where the classic mistake was made and has shown, what had been right."""
    iteration = passage.iteration
    new_loss = LOSS.after_update().name
    if passage.rightly is None or iteration.position[new_loss] != cursor or iteration.overflow is not None:
        return ""
    wrong = number(iteration.values[new_loss], 0)
    right, given = (str(shown(value, MISTAKE_DIGITS)) for value in (passage.rightly, wrong))
    return say("step.in_place", right=right, wrong=given)


def _exact(steps: Sequence[Step], sample: int) -> str:
    """Return all digits of a step's result where it is shown with fewer."""
    if len(steps) != 1 or not steps[0].computed or steps[0].overflowed:
        return ""
    [step] = steps
    note = exact_note(step.name, number(step.value, sample))
    return say("page.exact_result", note=note) if note else ""
