"""A step in words, its numbers included: what a person reads below the formula, and a screen reader says."""

from dataclasses import replace

from nnviz.engine.expressions import Op, Partial, leaves
from nnviz.engine.numbers import approximately
from nnviz.engine.plan import CHECK
from nnviz.engine.solution import number, read
from nnviz.engine.trace import Iteration, Step
from nnviz.engine.typeset import TEXT
from nnviz.text import say


def title(iteration: Iteration, cursor: int) -> str:
    """Return the name of the step that the cursor has just passed."""
    if cursor == 0:
        return say("title.start")
    step = iteration.steps[cursor - 1]
    return say(f"title.{_key(step)}", name=step.name, old=_old_name(step))


def sentence(iteration: Iteration, cursor: int, sample: int = 0) -> str:
    """Return what the step does, as a sentence with its numbers."""
    if cursor == 0:
        return say("step.start", first=iteration.steps[0].name)
    step = iteration.steps[cursor - 1]
    overflow = iteration.overflow
    if overflow is not None and (step is overflow or not step.computed):
        words = say("step.too_large" if step is overflow else "step.not_computed")
        return say("step.diverged", name=step.name, words=words, culprit=overflow.name)
    reading = read(step, TEXT, sample)
    assert reading.result is not None
    numbers = "" if reading.numbers is None else f"{''.join(reading.numbers)} {reading.relation} "
    facts = {
        "name": step.name,
        "equation": f"{numbers}{reading.result}",
        "old": _old_name(step),
        "path": _path(step),
        "direction": _direction(step, sample),
    }
    if step.phase == CHECK:
        facts |= _comparison(iteration, step, sample)
    return say(f"step.{_key(step)}", **facts)


def _key(step: Step) -> str:
    """Return the part of the sentences' keys that says what kind of step this is."""
    quantity = step.quantity
    if quantity.with_respect_to is not None:
        return f"gradient.{quantity.with_respect_to.kind}{_way(step)}"
    activated = quantity.kind in ("hidden", "prediction") and len(step.operands) == 1
    return f"{step.phase}.{quantity.kind}{'.activated' if activated and step.phase != CHECK else ''}"


def _way(step: Step) -> str:
    """Return the part of a gradient's key that says how it is reached: along a path, several, or from E itself."""
    if isinstance(step.expression, Op) and step.expression.operator == "+":
        return ".paths"
    return "" if _path(step) else ".direct"


def _old_name(step: Step) -> str:
    """Return what the quantity is called before the update, or what a gradient is taken with respect to."""
    quantity = step.quantity
    if quantity.with_respect_to is not None:
        return quantity.with_respect_to.name
    return str(replace(quantity.letter, new=False))


def _path(step: Step) -> str:
    """Return the quantities through which a gradient's quantity acts on E, in that order."""
    partials = [leaf for leaf in leaves(step.expression) if isinstance(leaf, Partial)]
    return say("step.then").join(str(partial.symbol.of) for partial in reversed(partials))


def _direction(step: Step, sample: int) -> str:
    """Return which way a gradient points, or an update goes."""
    value = number(step.value, sample)
    name = _old_name(step)
    if step.quantity.with_respect_to is None:
        value -= number(step.operands.get(name, value), sample)
        kind = "update"
    else:
        kind = "gradient"
    return say(f"direction.{kind}.{'up' if value > 0 else 'down' if value < 0 else 'level'}", name=name)


def _comparison(iteration: Iteration, step: Step, sample: int) -> dict[str, str]:
    """Return how a quantity after the update stands to what it was before, and to its target."""
    before = number(iteration.values[_old_name(step)], sample)
    after = number(step.value, sample)
    targets = iteration.plan.quantities.targets
    target = targets[min(step.quantity.place.unit, len(targets) - 1)]
    return {
        "before": approximately(before),
        "target": approximately(number(iteration.given[target.name], sample)),
        "change": say(f"change.{'up' if after > before else 'down' if after < before else 'level'}"),
    }
