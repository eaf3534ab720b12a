"""A step in words, its numbers included: what a person reads below the formula, and a screen reader says."""

from collections.abc import Sequence

from nnviz.algebra.expressions import SIGMA, Call, Op, Partial, Ref, leaves
from nnviz.algebra.quantities import KEPT, Derivative, Letter, Place, Quantity
from nnviz.algebra.rounding import approximately, equated
from nnviz.algebra.solution import Solution, number, read, solve
from nnviz.algebra.trace import Step
from nnviz.algebra.writer import TEXT
from nnviz.engine.manner import LAYER, OUTPUT_FOR_INPUT
from nnviz.engine.naming import LOSS, Quantities
from nnviz.engine.optimizers import GradientDescent
from nnviz.engine.plan import CHECK, FORWARD, UPDATE
from nnviz.engine.trace import Iteration
from nnviz.text import elided, say

PARTS = ("term", "factor", "gradient-term", "loss-part")
MOST_LISTED = 8
MOVED = ("weight", "bias")
WEIGHT = "w"
INPUTS = "gradient.input"
BY_RULE = "by_rule"  # ends the keys of what is said of the perceptron’s rule


def title(iteration: Iteration, cursor: int) -> str:
    """Return the name of what the cursor has just passed."""
    if cursor == 0:
        return say("title.start")
    step = iteration.pauses[cursor - 1][0]
    if iteration.plan.manner.detail == LAYER:
        stage = iteration.plan.rule_of[step.id].stage
        check = "check." if step.phase == CHECK else ""
        return say(f"title.layer.{check}{stage.kind}", layer=stage.layer)
    return say(f"title.{_key(step)}", name=step.name, old=_old_name(step), of=_kept_of(step))


def sentence(iteration: Iteration, cursor: int, sample: int = 0) -> str:
    """Return what the cursor has just passed, as a sentence with its numbers."""
    if cursor == 0:
        return say("step.start", first=iteration.steps[0].name)
    steps = iteration.pauses[cursor - 1]
    overflow = iteration.overflow
    for step in steps:
        if overflow is not None and (step is overflow or not step.computed):
            words = say("step.too_large" if step is overflow else "step.not_computed")
            return say("step.diverged", name=step.name, words=words, culprit=overflow.name)
    wrong = f".{OUTPUT_FOR_INPUT}" if any(is_mistaken(iteration, step) for step in steps) else ""
    if not wrong and any(_is_by_rule(iteration, step) for step in steps):
        wrong = f".{BY_RULE}"
    if len(steps) > 1:
        return _of_layer(iteration, steps, sample, wrong)
    [step] = steps
    facts = {
        "name": step.name,
        "equation": equation(step, sample),
        "old": _old_name(step),
        "path": _path(step),
        "direction": _direction(step, sample),
        "count": iteration.plan.n_samples,
        "of": _kept_of(step),
        "slope": _slope(iteration, step, wrong),
    }
    if step.phase == CHECK and step.quantity.kind not in PARTS:
        facts |= _comparison(iteration, step, sample)
    if wrong == f".{OUTPUT_FOR_INPUT}":
        facts |= ends(iteration.plan.quantities, step.quantity.place)
    if step.phase == UPDATE and step.quantity.kind in MOVED and not _is_descent(iteration):
        return say(f"step.update.by.{iteration.method.optimizer.key}", **facts)
    return say(f"step.{_told_key(iteration, step, wrong)}", **facts)


def _of_layer(iteration: Iteration, steps: Sequence[Step], sample: int, wrong: str) -> str:
    """Return what a layer's steps come to: of an update the new weights and biases alone."""
    stage = iteration.plan.rule_of[steps[0].id].stage
    decay = ".layer_decayed" if iteration.plan.method.decays else wrong
    facts = {"layer": stage.layer, "slope": say(f"update.slope{decay}")}
    if stage.kind == "update" and not _is_descent(iteration):
        moved = [step for step in steps if step.quantity.kind in MOVED]
        name = say(f"optimizer.{iteration.method.optimizer.key}")
        return say("step.layer.update.by", results=_listed(moved, sample), optimizer=name, **facts)
    return say(f"step.layer.{stage.kind}{wrong}", results=_listed(steps, sample), **facts)


def _is_descent(iteration: Iteration) -> bool:
    """Whether each step is against the gradient alone, at whatever rate."""
    method = iteration.plan.method
    return method.optimizer is GradientDescent and not method.decays


def _slope(iteration: Iteration, step: Step, wrong: str) -> str:
    """Return what an optimizer’s rule is given, in words: the gradient, or what stands for it."""
    is_after_decay = step.quantity.place.part == "weight" and step.quantity.kind != "decayed-gradient"
    return say("update.slope.decayed" if iteration.plan.method.decays and is_after_decay else f"update.slope{wrong}")


def is_mistaken(iteration: Iteration, step: Step) -> bool:
    """Whether a step takes the output of a neuron where its input belongs: in ∂z/∂w, or with it in ∂E/∂w and after."""
    if not iteration.plan.manner.output_for_input:
        return False
    quantity = step.quantity
    if step.phase == UPDATE:
        return quantity.place.part == "weight" and quantity.kind not in PARTS
    if quantity.kind == "factor":
        return isinstance(quantity.symbol, Derivative) and quantity.symbol.wrt.base == WEIGHT
    return quantity.with_respect_to is not None and quantity.with_respect_to.kind == "weight"


def _is_by_rule(iteration: Iteration, step: Step) -> bool:
    """Whether a step takes 1 for the slope of a step function, or has what comes of it."""
    if not iteration.plan.shape.by_rule:
        return False
    symbol, of, kind = step.quantity.symbol, step.quantity.with_respect_to, step.quantity.kind
    if kind in PARTS:
        is_local = isinstance(symbol, Derivative) and symbol.wrt.base != WEIGHT
        return kind == "factor" and is_local and step.quantity.place.part == "neuron"
    if step.phase == UPDATE:
        return kind in MOVED
    return of is not None and of.kind in ("sum", "weight", "bias", "input")


def ends(q: Quantities, weight: Place) -> dict[str, str]:
    """Return the names of what is at both ends of a weight, its input and its output, and of the sum that it is in."""
    layer, unit = weight.layer, weight.unit
    return {
        "input": q.neurons[layer - 1][weight.source].name,
        "output": q.neurons[layer][unit].name,
        "sum": q.sums[layer][unit].name,
    }


def equation(step: Step, sample: int = 0, solution: Solution | None = None) -> str:
    """Return the numbers of a step that has a result, and the result: 2·0.11 + 3·0.21 = 0.85.

    A ``solution`` may have other numbers than those that the step is usually shown with.
    """
    solution = solution or solve(step, sample)
    assert solution.result is not None
    pieces = read(solution, TEXT)
    if isinstance(step.expression, Ref):
        pieces = (step.expression.quantity.name,)
    numbers = "" if pieces is None else f"{''.join(pieces)} {solution.relation} "
    return f"{numbers}{solution.result}"


def _listed(steps: Sequence[Step], sample: int) -> str:
    """Return the results of several steps, the first and the last where there are many."""
    return elided([equated(step.name, number(step.value, sample)) for step in steps], MOST_LISTED)


def _key(step: Step) -> str:
    """Return the part of the sentences' keys that says what kind of step this is."""
    quantity = step.quantity
    if quantity.kind in PARTS:
        return f"part.{quantity.kind}"
    if quantity.with_respect_to is not None:
        return f"gradient.{quantity.with_respect_to.kind}{_way(step)}"
    activated = quantity.kind in ("hidden", "prediction") and len(step.operands) == 1 and _is_function(step)
    if isinstance(step.expression, Op) and step.expression.operator == "over" and step.phase == FORWARD:
        return f"{step.phase}.{quantity.kind}.share"
    return f"{step.phase}.{quantity.kind}{'.activated' if activated and step.phase != CHECK else ''}"


def _told_key(iteration: Iteration, step: Step, wrong: str) -> str:
    """Return the part of the sentence’s key that says what kind of step this is, and what is wrong with it."""
    key = _key(step)
    if iteration.plan.shape.rule.is_given:
        if step.phase == FORWARD and step.quantity.kind == "loss":
            return f"{key}.given"
        if isinstance(step.expression, Ref) and step.expression.quantity.kind == "target":
            return "gradient.given"
        if step.phase == CHECK and step.quantity.kind == "prediction":
            return f"{key}.given"
    if wrong == f".{BY_RULE}" and key.startswith(INPUTS):
        key = INPUTS  # however many paths lead there
    return key if step.quantity.kind in KEPT else f"{key}{wrong}"


def _is_function(step: Step) -> bool:
    """Whether a neuron is an activation of its sum, and not a sum itself."""
    return isinstance(step.expression, Call) and step.expression.function is not SIGMA


def _way(step: Step) -> str:
    """Return the part of a gradient's key that says how it is reached: along a path, several, or from E itself."""
    if isinstance(step.expression, Op) and step.expression.operator == "+":
        return ".paths"
    if isinstance(step.expression, Call) and step.expression.function is SIGMA:
        return ".samples"
    return "" if _path(step) else ".direct"


def _kept_of(step: Step) -> str:
    """Return the name of the parameter of which an optimizer keeps what the step computes, or nothing."""
    kept = step.quantity.symbol.of if isinstance(step.quantity.symbol, Letter) else None
    return "" if kept is None else str(kept)


def _old_name(step: Step) -> str:
    """Return what the quantity is called before the update, or what a gradient is taken with respect to."""
    return _old(step).name


def _old(step: Step) -> Quantity:
    """Return the quantity before the update, or with respect to which a gradient is taken, or itself."""
    quantity = step.quantity
    return quantity.with_respect_to or quantity.before or quantity


def _path(step: Step) -> str:
    """Return the quantities through which a gradient's quantity acts on E, in that order."""
    symbols = [leaf.symbol if isinstance(leaf, Partial) else leaf.quantity.symbol for leaf in leaves(step.expression)]
    locals_ = [symbol for symbol in symbols if isinstance(symbol, Derivative) and symbol.of != LOSS.letter]
    return say("step.then").join(str(symbol.of) for symbol in reversed(locals_))


def _direction(step: Step, sample: int) -> str:
    """Return which way a gradient points, or an update goes."""
    value = number(step.value, sample)
    old = _old(step)
    if step.quantity.with_respect_to is None:
        value -= number(step.operands.get(old.id, value), sample)
        kind = "update"
    else:
        kind = "gradient"
    return say(f"direction.{kind}.{'up' if value > 0 else 'down' if value < 0 else 'level'}", name=old.name)


def _comparison(iteration: Iteration, step: Step, sample: int) -> dict[str, str]:
    """Return how a quantity after the update stands to what it was before, and to its target."""
    before = number(iteration.values[_old(step).id], sample)
    after = number(step.value, sample)
    targets = iteration.plan.quantities.targets
    target = targets[min(step.quantity.place.unit, len(targets) - 1)]
    return {
        "before": approximately(before),
        "target": approximately(number(iteration.given[target.id], sample)),
        "change": _change(iteration, before, after),
    }


def _change(iteration: Iteration, before: float, after: float) -> str:
    """Return whether a quantity rose or fell, and why it rose where its steps follow the gradient."""
    if after > before:
        has_gradients = iteration.plan.manner.mistake is None and not iteration.plan.shape.by_rule
        follows = has_gradients and _is_descent(iteration)
        return say("change.up" if follows else "change.up.mistaken")
    return say("change.down" if after < before else "change.level")
