"""All that there is to say of a parameter or a neuron, wherever the cursor is: what is not computed yet says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from nnviz.algebra.expressions import Ref, leaves
from nnviz.algebra.mathml import MATHML, decimal, line, math, named
from nnviz.algebra.quantities import Quantity
from nnviz.algebra.rounding import approximately, exactly, is_rounded
from nnviz.algebra.solution import leaf_name, number, solve, symbol_lines
from nnviz.algebra.trace import Step
from nnviz.algebra.writer import Leaf
from nnviz.engine.gradient_check import AGREEMENT, central_difference
from nnviz.engine.naming import gradient
from nnviz.engine.trace import Iteration
from nnviz.explain.activation_plot import curve, verdict
from nnviz.explain.sentence import ends, is_mistaken
from nnviz.player.panels import TEMPLATES
from nnviz.player.step_formula import EQUALS, first_line, short_parts, solved_lines
from nnviz.protocol import DetailsPart
from nnviz.text import say


@dataclass(frozen=True)
class Details:
    """What can be told about one place of a network.

    ``iteration`` has the whole chain rules; ``since`` says by id after how many pauses of the reader's own iteration
    each number is known; none beyond ``released`` is told. Each part is HTML ``since`` so many pauses, and HTML to
    show ``before``.
    """

    iteration: Iteration
    since: Mapping[str, int]
    released: int
    sample: int = 0

    def of(self, place: str) -> tuple[str, list[DetailsPart]]:
        """Return the title and the parts of a place. Raises KeyError where there is nothing to tell of it."""
        q = self.iteration.plan.quantities
        rows = (*q.biases, *(row for layer in q.weights for row in layer))
        for parameter in dict.fromkeys(quantity for row in rows for quantity in row):
            if parameter.place.key == place and parameter.id in q.absent:
                return say("chain.absent_title", name=parameter.name), [_said("chain.absent", name=parameter.name)]
            if parameter.place.key == place and parameter.id in self.iteration.given:
                return say("chain.title", name=parameter.name), self._parameter(parameter)
        for sums, neurons in zip(q.sums[1:], q.neurons[1:], strict=True):
            for z, a in zip(sums, neurons, strict=True):
                if a.place.key == place:
                    return say("chain.neuron", name=a.name), self._neuron(z, a)
        for given in (*q.neurons[0], *q.targets):
            if given.place.key == place:
                value = approximately(number(self.iteration.given[given.id], self.sample))
                told = [_said("chain.given", name=given.name, value=value)]
                slope = gradient(given).id
                return say("chain.neuron", name=given.name), told + (
                    self._told(slope) if slope in self.iteration.by_id else []
                )
        if place == q.loss.place.key:
            return say("chain.neuron", name=q.loss.name), self._told(q.loss.id)
        raise KeyError(place)

    def check(self, place: str) -> list[DetailsPart]:
        """Return the central difference for a parameter's place beside its gradient. Raises KeyError for another."""
        parameter = {p.place.key: p for p in self.iteration.plan.trained}[place]
        if self.iteration.plan.shape.by_rule:
            return [_said("check.by_rule")]
        values, q = self.iteration.given, self.iteration.plan.quantities
        columns = [[values[quantity.id] for quantity in row] for row in (q.neurons[0], q.targets)]
        x, y = ([[number(value, sample) for value in column] for sample in range(self.iteration.plan.n_samples)]
                for column in columns)  # fmt: skip
        slope = self._step(gradient(parameter).id)
        try:
            found = central_difference(self.iteration.start, x, y, parameter.place)
        except ValueError:
            return [_said("check.too_large")]
        error = found.relative_error(number(slope.value, 0))
        if not isfinite(found.above + found.below + found.slope + error):
            return [_said("check.too_large")]
        facts = {
            "name": parameter.name,
            "epsilon": approximately(found.epsilon),
            "above": exactly(found.above),
            "below": exactly(found.below),
            "slope": approximately(found.slope),
            "gradient": approximately(number(slope.value, 0)),
            "error": approximately(float(f"{error:.2g}")),
        }
        found_to = "differs"
        if found.agrees(number(slope.value, 0)):
            found_to = "agrees" if error < AGREEMENT else "level"
        told = TEMPLATES.get_template("explain/templates/gradient_check.html").render(facts=facts, verdict=found_to)
        return [self._since(slope.id, told, line(say("check.waits"), kind="note"))]

    def _parameter(self, parameter: Quantity) -> list[DetailsPart]:
        """Return ∂E/∂parameter, factor by factor, and the update; a fixed bias has neither."""
        if parameter not in self.iteration.plan.trained:
            return [_said("chain.fixed", name=parameter.name)]
        slope, uses = self._step(gradient(parameter).id), self.iteration.plan.quantities.uses[parameter.place]
        updates = [self._step(quantity.id) for quantity, _ in self.iteration.plan.method.rules(parameter)]
        parts = [_said("chain.tied", name=parameter.name, count=len(uses))] if len(uses) > 1 else []
        parts += [*self._short(slope), _always(_symbols(slope))]
        for leaf in leaves(slope.expression):
            parts += self._factor(slope, leaf)
        if is_mistaken(self.iteration, slope):
            names = ends(self.iteration.plan.quantities, parameter.place)
            parts.append(_said("chain.output_for_input", name=parameter.name, **names))
        parts.append(self._solved(slope))
        return parts + [part for step in updates for part in (_always(_symbols(step)), self._solved(step))]

    def _neuron(self, z: Quantity, a: Quantity) -> list[DetailsPart]:
        """Return the neuron's sum, its activation with the curve, and its gradients."""
        ids = [z.id] if z == a else [z.id, a.id]
        parts = [part for key in ids for part in self._told(key)]
        if z != a:
            at = number(self.iteration.values[z.id], self.sample)
            if abs(at) < float("inf"):
                shape, layer = self.iteration.plan.shape, a.place.layer
                activation, slope = shape.activations[layer - 1], shape.negative_slopes[layer - 1]
                words = "" if self._melts(z) else verdict(activation, at, slope)
                if words and self.iteration.plan.n_samples > 1:
                    words = say("curve.of_sample", number=self.sample + 1, words=words)
                drawn = curve(activation, at, a.name, self._beside(z), slope)
                drawn += line(words, kind="words") if words else ""
                parts.append(self._since(a.id, drawn))
        slopes = [gradient(quantity).id for quantity in ([a] if z == a else [a, z])]
        return parts + [part for key in slopes if key in self.iteration.by_id for part in self._told(key)]

    def _melts(self, z: Quantity) -> bool:
        """Whether the slope of a neuron's activation is one with that of the loss, and holds back no gradient."""
        return z in self.iteration.plan.quantities.sums[-1] and self.iteration.start.rule.of_sum

    def _beside(self, z: Quantity) -> list[float]:
        """Return the other sums of a neuron's layer, where its activation takes them all."""
        if self.iteration.plan.shape.activation(z.place.layer).of_layer is None:
            return []
        others = [other for other in self.iteration.plan.quantities.sums[z.place.layer] if other != z]
        return [number(self.iteration.values[other.id], self.sample) for other in others]

    def _told(self, key: str) -> list[DetailsPart]:
        step = self._step(key)
        return [*self._short(step), _always(_symbols(step)), self._solved(step)]

    def _short(self, step: Step) -> list[DetailsPart]:
        """Return the line of a step that starts from the gradient in front, where it is multiplied out too."""
        if step.shortened is None:
            return []
        symbols, numbers = short_parts(step.shortened, self.sample)
        return [_always(f'<p class="line">{symbols} '), self._since(step.id, numbers, _unknown()), _always("</p>")]

    def _factor(self, slope: Step, leaf: Leaf) -> list[DetailsPart]:
        """Return one factor: what it is, and its number, with the digits that it has in the product."""
        if isinstance(leaf, Ref):
            meaning, symbol = self._step(leaf.id).expression, named(leaf.quantity)
        else:
            meaning, symbol = leaf.equals, MATHML.symbol(leaf.symbol, leaf)
        written = " ".join(map(math, symbol_lines(meaning, MATHML)[-1]))
        start = f'<p class="factor">{math(symbol)} {EQUALS} {written} '
        solution = solve(slope, self.sample)
        numbers = solution.of_sample or solution
        if leaf.id not in numbers.operands:
            return [_always(f"{start}{_unknown()}</p>")]
        value, shown = numbers.exact[leaf.id], numbers.operands[leaf.id]
        relation = math(f'<mo form="infix">{"≈" if is_rounded(shown, value) else "="}</mo>')
        note = "" if shown.value == value else f' data-exact="{leaf_name(leaf)} = {exactly(value)}"'
        known = f"{relation} {math(f'<mrow{note}>{decimal(shown)}</mrow>')}"
        return [_always(start), self._since(leaf.id, known, _unknown()), _always("</p>")]

    def _solved(self, step: Step) -> DetailsPart:
        """Return a step's numbers and result, once they are known."""
        return self._since(step.id, "".join(solved_lines(step, self.sample)), line(_unknown()))

    def _since(self, key: str, html: str, before: str = "") -> DetailsPart:
        """Return HTML to be shown as soon as a number is known."""
        since = self.since[key]
        return {"since": since, "html": html, "before": before} if since <= self.released else _always(before)

    def _step(self, key: str) -> Step:
        return self.iteration.by_id[key]


def _symbols(step: Step) -> str:
    return first_line(step, symbol_lines(step.expression, MATHML)[0])


def _unknown() -> str:
    return f'<span class="unknown">= {say("chain.not_yet")}</span>'


def _said(key: str, **facts: object) -> DetailsPart:
    return _always(line(say(key, **facts), kind="said"))


def _always(html: str) -> DetailsPart:
    return {"since": 0, "html": html, "before": ""}
