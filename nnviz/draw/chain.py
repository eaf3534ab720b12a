"""A parameter's or a neuron's whole story, wherever the cursor is: what is not computed yet says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from nnviz.draw.card import EQUALS, first_line, short_parts, solved_lines
from nnviz.draw.curve import curve, verdict
from nnviz.draw.formula import MATHML, decimal, math, named
from nnviz.engine.difference import AGREEMENT, central_difference
from nnviz.engine.expressions import Ref, leaves
from nnviz.engine.numbers import approximately, exactly, is_rounded
from nnviz.engine.quantities import Quantity, gradient
from nnviz.engine.solution import leaf_name, number, solve, symbol_lines
from nnviz.engine.trace import Iteration, Step
from nnviz.engine.typeset import Leaf
from nnviz.protocol import StoryPart
from nnviz.text import say


@dataclass(frozen=True)
class Story:
    """What can be told about one place of a network.

    ``iteration`` has the whole chain rules; ``since`` says by name after how many pauses of the reader's own iteration
    each number is known; none beyond ``released`` is told. Each part is HTML ``since`` so many pauses, and HTML to
    show ``before``.
    """

    iteration: Iteration
    since: Mapping[str, int]
    released: int
    sample: int = 0

    def of(self, place: str) -> tuple[str, list[StoryPart]]:
        """Return the title and the parts of a place. Raises KeyError where there is nothing to tell of it."""
        q = self.iteration.plan.quantities
        for parameter in (*q.all_weights, *(b for row in q.biases for b in row)):
            if parameter.place.key == place and parameter.name in self.iteration.given:
                return say("chain.title", name=parameter.name), self._parameter(parameter)
        activations = self.iteration.plan.shape.activations
        for sums, neurons, activation in zip(q.sums[1:], q.neurons[1:], activations, strict=True):
            for z, a in zip(sums, neurons, strict=True):
                if a.place.key == place:
                    return say("chain.neuron", name=a.name), self._neuron(z, a, activation)
        for given in (*q.neurons[0], *q.targets):
            if given.place.key == place:
                value = approximately(number(self.iteration.given[given.name], self.sample))
                words = say("chain.given", name=given.name, value=value)
                return say("chain.neuron", name=given.name), [_always(f"<p>{words}</p>")]
        if place == q.loss.place.key:
            return say("chain.neuron", name=q.loss.name), self._told(q.loss.name)
        raise KeyError(place)

    def check(self, place: str) -> list[StoryPart]:
        """Return the central difference for a parameter's place beside its gradient. Raises KeyError for another."""
        parameter = {p.place.key: p for p in self.iteration.plan.trained}[place]
        values, q = self.iteration.given, self.iteration.plan.quantities
        columns = [[values[quantity.name] for quantity in row] for row in (q.neurons[0], q.targets)]
        x, y = ([[number(value, sample) for value in column] for sample in range(self.iteration.plan.n_samples)]
                for column in columns)  # fmt: skip
        slope = self._step(gradient(parameter).name)
        try:
            found = central_difference(self.iteration.start, x, y, parameter.place)
        except ValueError:
            return [_always(f"<p>{say('check.too_large')}</p>")]
        error = found.relative_error(number(slope.value, 0))
        if not isfinite(found.above + found.below + found.slope + error):
            return [_always(f"<p>{say('check.too_large')}</p>")]
        facts = {
            "name": parameter.name,
            "epsilon": approximately(found.epsilon),
            "above": exactly(found.above),
            "below": exactly(found.below),
            "slope": approximately(found.slope),
            "gradient": approximately(number(slope.value, 0)),
            "error": approximately(float(f"{error:.2g}")),
        }
        verdict_key = "differs"
        if found.agrees(number(slope.value, 0)):
            verdict_key = "agrees" if error < AGREEMENT else "level"
        told = [
            f'<p class="note">{say("check.losses", **facts)}</p>',
            f"<p>{say('check.slope', **facts)}</p>",
            f"<p>{say('check.error', **facts)} {say(f'check.{verdict_key}')}</p>",
        ]
        return [self._since(slope.name, "".join(told), f'<p class="note">{say("check.waits")}</p>')]

    def _parameter(self, parameter: Quantity) -> list[StoryPart]:
        """Return ∂E/∂parameter, factor by factor, and the update; a fixed bias has neither."""
        if parameter not in self.iteration.plan.trained:
            return [_always(f"<p>{say('chain.fixed', name=parameter.name)}</p>")]
        slope, update = self._step(gradient(parameter).name), self._step(parameter.after_update().name)
        parts = [*self._short(slope), _always(_symbols(slope))]
        for leaf in leaves(slope.expression):
            parts += self._factor(slope, leaf)
        return [*parts, self._solved(slope), _always(_symbols(update)), self._solved(update)]

    def _neuron(self, z: Quantity, a: Quantity, activation: str) -> list[StoryPart]:
        """Return the neuron's sum, its activation with the curve, and its gradients."""
        names = [z.name] if z == a else [z.name, a.name]
        parts = [part for name in names for part in self._told(name)]
        if z != a:
            at = number(self.iteration.values[z.name], self.sample)
            if abs(at) < float("inf"):
                words = verdict(activation, at)
                if words and self.iteration.plan.n_samples > 1:
                    words = say("curve.of_sample", number=self.sample + 1, words=words)
                drawn = curve(activation, at, a.name) + (f'<p class="words">{words}</p>' if words else "")
                parts.append(self._since(a.name, drawn))
        slopes = [gradient(quantity).name for quantity in ([a] if z == a else [a, z])]
        return parts + [part for name in slopes if name in self.iteration.by_name for part in self._told(name)]

    def _told(self, name: str) -> list[StoryPart]:
        step = self._step(name)
        return [*self._short(step), _always(_symbols(step)), self._solved(step)]

    def _short(self, step: Step) -> list[StoryPart]:
        """Return the line of a step that starts from the gradient in front, where it is multiplied out too."""
        if step.shortened is None:
            return []
        symbols, numbers = short_parts(step.shortened, self.sample)
        return [_always(f'<p class="line">{symbols} '), self._since(step.name, numbers, _unknown()), _always("</p>")]

    def _factor(self, slope: Step, leaf: Leaf) -> list[StoryPart]:
        """Return one factor: what it is, and its number, with the digits that it has in the product."""
        name = leaf_name(leaf)
        if isinstance(leaf, Ref):
            meaning, symbol = self._step(name).expression, named(leaf.quantity)
        else:
            meaning, symbol = leaf.equals, MATHML.symbol(leaf.symbol, leaf)
        written = " ".join(map(math, symbol_lines(meaning, MATHML)[-1]))
        start = f'<p class="factor">{math(symbol)} {EQUALS} {written} '
        solution = solve(slope, self.sample)
        numbers = solution.of_sample or solution
        if name not in numbers.operands:
            return [_always(f"{start}{_unknown()}</p>")]
        value, shown = numbers.exact[name], numbers.operands[name]
        relation = math(f'<mo form="infix">{"≈" if is_rounded(shown, value) else "="}</mo>')
        note = "" if shown.value == value else f' data-exact="{name} = {exactly(value)}"'
        known = f"{relation} {math(f'<mrow{note}>{decimal(shown)}</mrow>')}"
        return [_always(start), self._since(name, known, _unknown()), _always("</p>")]

    def _solved(self, step: Step) -> StoryPart:
        """Return a step's numbers and result, once they are known."""
        return self._since(step.name, "".join(solved_lines(step, self.sample)), f'<p class="line">{_unknown()}</p>')

    def _since(self, name: str, html: str, before: str = "") -> StoryPart:
        """Return HTML to be shown as soon as a number is known."""
        since = self.since[name]
        return {"since": since, "html": html, "before": before} if since <= self.released else _always(before)

    def _step(self, name: str) -> Step:
        return self.iteration.by_name[name]


def _symbols(step: Step) -> str:
    return first_line(step, symbol_lines(step.expression, MATHML)[0])


def _unknown() -> str:
    return f'<span class="unknown">= {say("chain.not_yet")}</span>'


def _always(html: str) -> StoryPart:
    return {"since": 0, "html": html, "before": ""}
