"""What one iteration computes: the rules of backpropagation, in order, before any number is known.

Legend: x input, w weight, b bias, z weighted sum, a a neuron's output (h or ŷ), y target, E loss, α learning rate.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Literal

from nnviz.algebra.expressions import (
    SIGMA,
    Call,
    Expression,
    Num,
    Partial,
    Ref,
    leaves,
    product,
    references,
    total,
)
from nnviz.algebra.quantities import Derivative, Place, Quantity, derivative_id
from nnviz.algebra.trace import Rule
from nnviz.engine import losses
from nnviz.engine.activations import LEAKY, USUAL_LEAK, Activation, activation_of
from nnviz.engine.constraints import FREE, Constraints, places_of
from nnviz.engine.losses import BATCHMEAN, Loss, Reduction, loss_of
from nnviz.engine.manner import LAYER, NEURON, TERM, Manner
from nnviz.engine.method import PLAIN_UPDATE, Update
from nnviz.engine.naming import (
    NO_NAMES,
    NUMBERED,
    RATE,
    TARGET,
    UPSTREAM,
    Names,
    Notation,
    Quantities,
    gradient,
    loss_part,
    quantities_of,
)
from nnviz.engine.terms import split

Pass = Literal["forward", "backward", "update", "check"]
FORWARD: Pass = "forward"
BACKWARD: Pass = "backward"
UPDATE: Pass = "update"
CHECK: Pass = "check"
ONE = Num(1.0)


@dataclass(frozen=True, slots=True)
class Shape:
    """All of a network that decides which rules there are: everything but its numbers.

    ``sizes`` begins with the inputs; the others have an entry a layer. ``negative_slopes`` are those of leaky ReLUs
    below 0, and None elsewhere. ``constraints`` says what of the parameters is not free.
    """

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    has_biases: tuple[bool, ...]
    loss: str
    negative_slopes: tuple[float | None, ...] = ()
    reduction: Reduction = BATCHMEAN
    constraints: Constraints = FREE

    def __post_init__(self) -> None:
        given = (*self.negative_slopes, *[None] * len(self.activations))
        slopes = [
            (USUAL_LEAK if slope is None else slope) if name == LEAKY else None
            for name, slope in zip(self.activations, given, strict=False)
        ]
        object.__setattr__(self, "negative_slopes", tuple(slopes))

    @property
    def own_slopes(self) -> tuple[float | None, ...]:
        """The slopes below 0 that are not the usual ones, an entry a layer."""
        return tuple(None if slope == USUAL_LEAK else slope for slope in self.negative_slopes)

    def activation(self, layer: int) -> Activation:
        """Return the activation of a layer, counted from 1."""
        return activation_of(self.activations[layer - 1], self.negative_slopes[layer - 1])

    @property
    def rule(self) -> Loss:
        """The loss itself."""
        return loss_of(self.loss, self.reduction)

    @property
    def by_rule(self) -> bool:
        """Whether what its weights follow is no gradient, but the perceptron’s rule."""
        return self.activation(len(self.activations)).by_rule

    def quantities(self, notation: Notation = NUMBERED, names: Names = NO_NAMES) -> Quantities:
        """Return the names of the network's numbers."""
        activated = tuple(not self.activation(layer).is_linear for layer in range(1, len(self.sizes)))
        target = UPSTREAM if self.rule.is_given else TARGET
        return quantities_of(self.sizes, activated, notation, names, target, self.constraints)

    def given_biases(self, notation: Notation = NUMBERED) -> tuple[Quantity, ...]:
        """Return the biases that there are, in the order of their numbers, each once."""
        rows = zip(self.quantities(notation).biases[1:], self.has_biases, strict=True)
        return tuple(dict.fromkeys(bias for row, has in rows if has for bias in row))

    @property
    def trained_ties(self) -> list[tuple[tuple[str, ...], list[Place]]]:
        """The ties that an update moves, each with its names and its places."""
        places, given = places_of(self.sizes, self.has_biases), self.constraints
        return [(tie, [places[name] for name in tie]) for tie in given.tied if tie[0] not in given.fixed]

    def trains_weights(self, layer: int) -> bool:
        """Return whether an update moves any weight of a layer, counted from 1."""
        rows = self.quantities().weights[layer]
        return not self.constraints.held.issuperset(weight.id for row in rows for weight in row)

    def trains_biases(self, layer: int) -> bool:
        """Return whether a layer, counted from 1, has biases of which an update moves any."""
        row = self.quantities().biases[layer]
        return self.has_biases[layer - 1] and not self.constraints.held.issuperset(bias.id for bias in row)

    def is_free(self, layer: int) -> bool:
        """Return whether each weight of a layer follows its own gradient, and so does each bias that is trained at all.

        Layers are counted from 1.
        """
        held = self.constraints.held | self.constraints.first_of.keys()
        rows = [place for name, place in places_of(self.sizes, self.has_biases).items() if name in held]
        of_layer = [place.part for place in rows if place.layer == layer]
        return "weight" not in of_layer and ("bias" not in of_layer or not self.trains_biases(layer))


StageKind = Literal["forward", "loss", "delta", "gradients", "inputs", "rate", "update"]


@dataclass(frozen=True, slots=True)
class Stage:
    """What is one step where a step is a layer's: its forward pass, its δ, its gradients, its update.

    The loss is one too, and the rate where a schedule changes it; both are of the last layer.
    """

    kind: StageKind
    layer: int


@dataclass(frozen=True, slots=True)
class StagedRule(Rule):
    """A rule of backpropagation, with the stage that it belongs to."""

    stage: Stage = field(kw_only=True)


@dataclass(frozen=True, eq=False, repr=False)
class Plan:
    """The rules of one iteration, the quantities that they speak of, and the parameters that they train."""

    shape: Shape
    n_samples: int
    manner: Manner
    method: Update
    quantities: Quantities
    trained: tuple[Quantity, ...]
    rules: tuple[StagedRule, ...]

    @cached_property
    def pauses(self) -> tuple[slice, ...]:
        """The rules of each step: one a step, or all of a stage where a step is a layer's."""
        if self.manner.detail != LAYER:
            return tuple(slice(number, number + 1) for number in range(len(self.rules)))
        found, start = [], 0
        for _, group in groupby(self.rules, key=lambda rule: (rule.phase, rule.stage)):
            end = start + len(list(group))
            found.append(slice(start, end))
            start = end
        return tuple(found)

    @cached_property
    def partials(self) -> dict[str, tuple[Partial, int]]:
        """The local derivatives by id, each with the number of steps up to the first that uses it."""
        found: dict[str, tuple[Partial, int]] = {}
        for position, pause in enumerate(self.pauses, start=1):
            for rule in self.rules[pause]:
                for leaf in leaves(rule.expression):
                    if isinstance(leaf, Partial):
                        found.setdefault(leaf.id, (leaf, position))
        return found

    @cached_property
    def by_id(self) -> dict[str, Quantity]:
        """Every quantity of the iteration, given or computed, by its id."""
        q = self.quantities
        given = (RATE, *self.method.settings, *q.neurons[0], *q.targets, *q.all_weights)
        biases = (b for row in q.biases for b in row)
        kept = (kept for parameter in self.trained for kept in self.method.kept(parameter))
        return {quantity.id: quantity for quantity in (*given, *biases, *kept, *(rule.quantity for rule in self.rules))}

    @cached_property
    def rule_of(self) -> dict[str, StagedRule]:
        """The rule of each computed quantity, by its id."""
        return {rule.quantity.id: rule for rule in self.rules}

    def told(self, manner: Manner, n_samples: int | None = None) -> "Plan":
        """Return the plan of the same iteration told in another manner, over as many samples or another number."""
        return plan_of(self.shape, self.n_samples if n_samples is None else n_samples, manner, self.method)

    def by_neuron(self, n_samples: int | None = None) -> "Plan":
        """Return the plan of the same iteration in which a step is a neuron's."""
        return self.told(replace(self.manner, detail=NEURON), n_samples)


@lru_cache(maxsize=16)
def plan_of(shape: Shape, n_samples: int, manner: Manner, method: Update = PLAIN_UPDATE) -> Plan:
    """Return the plan of one iteration over so many samples, by gradient descent or another method."""
    planner = _Planner(shape, n_samples, manner, method)
    q = shape.quantities(manner.notation, manner.names)
    planner.forward(FORWARD, q)
    trained = planner.backward(q)
    planner.forward(CHECK, q.after_update(frozenset(trained)))
    return Plan(shape, n_samples, manner, method, q, trained, tuple(planner.rules))


def same_place(old: Plan, cursor: int, new: Plan) -> int:
    """Return the cursor in another plan: where the last quantity that both compute is known.

    A quantity is the same where its pass, its kind and its place in the network are.
    """
    found = {
        _identity(rule): position for position, pause in enumerate(new.pauses, start=1) for rule in new.rules[pause]
    }
    for pause in reversed(old.pauses[:cursor]):
        for rule in reversed(old.rules[pause]):
            if _identity(rule) in found:
                return found[_identity(rule)]
    return 0


def _identity(rule: StagedRule) -> tuple[str, str, Place, str]:
    of = rule.quantity.with_respect_to
    return rule.phase, rule.quantity.kind, rule.quantity.place, "" if of is None else of.kind


class _Planner:
    """Collects the rules, pass by pass."""

    def __init__(self, shape: Shape, n_samples: int, manner: Manner, method: Update) -> None:
        self.shape, self.n_samples, self.manner, self.method = shape, n_samples, manner, method
        self.loss = shape.rule
        self.divisor = self.loss.divisor(shape.sizes[-1], n_samples)
        self.rules: list[StagedRule] = []
        self.known: set[str] = set()
        self.updated: set[Quantity] = set()

    def add(
        self,
        phase: Pass,
        stage: Stage,
        quantity: Quantity,
        expression: Expression,
        short: Expression | None = None,
        computed: Expression | None = None,
    ) -> None:
        """Add a rule; where every term has a step of its own, those of its terms before it."""
        parts = split(quantity, expression, short) if self.manner.detail == TERM else [(quantity, expression, short)]
        for part, equals, shorter in parts:
            if part.id not in self.known:
                self.known.add(part.id)
                readings = [equals] if shorter is None else [equals, shorter]
                operands = dict.fromkeys(operand.id for reading in readings for operand in references(reading))
                own = computed if part == quantity else None
                self.rules.append(StagedRule(phase, part, equals, tuple(operands), shorter, own, stage=stage))

    def chained(
        self, stage: Stage, of: Quantity, front: Quantity, chain: tuple[Expression, ...], local: Expression
    ) -> None:
        """Add ∂E/∂of = ∂E/∂front·local, multiplied out; a parameter's is summed over the samples."""
        over_samples = self._over_samples if stage.kind == "gradients" else _as_it_is
        short = None if len(chain) == 1 else over_samples(product(Ref(gradient(front)), local))
        self.add(BACKWARD, stage, gradient(of), over_samples(product(*chain, local)), short)

    def forward(self, phase: Pass, q: Quantities) -> None:
        """z = Σ a·w + b and a = f(z) of each neuron, layer by layer; then E."""
        for layer in range(1, len(q.neurons)):
            activation = self.shape.activation(layer)
            for unit, (z, a) in enumerate(zip(q.sums[layer], q.neurons[layer], strict=True)):
                before = q.neurons[layer - 1]
                terms: list[Expression] = [
                    product(Ref(before[source]), Ref(w)) for source, w in q.inputs_of(layer, unit)
                ]
                if self.shape.has_biases[layer - 1]:
                    terms.append(Ref(q.biases[layer][unit]))
                self.add(phase, Stage("forward", layer), z, total(*terms))
                if activation.of_layer is None and activation.written is not None:
                    self.add(phase, Stage("forward", layer), a, Call(activation.written, Ref(z)))
            self._of_layer(phase, q, layer, activation)
        self._error(phase, q)

    def _of_layer(self, phase: Pass, q: Quantities, layer: int, activation: Activation) -> None:
        """Each a of a layer whose activation takes all of its sums."""
        sums = [Ref(z) for z in q.sums[layer]]
        if activation.of_layer is None or activation.of_layer_computed is None:
            return
        for a, z in zip(q.neurons[layer], sums, strict=True):
            expression, computed = activation.of_layer(z, sums), activation.of_layer_computed(z, sums)
            self.add(phase, Stage("forward", layer), a, expression, computed=computed)

    def _error(self, phase: Pass, q: Quantities) -> None:
        """E of all outputs and samples; where every term has a step of its own, the sum of each output's E."""
        stage, loss, sums = Stage("loss", len(q.neurons) - 1), self.loss, [Ref(z) for z in q.sums[-1]]
        outputs = sums if losses.is_written_in_sums(loss) else [Ref(a) for a in q.neurons[-1]]
        targets, units = [Ref(y) for y in q.targets], range(len(outputs))
        if self.manner.detail != TERM or len(outputs) == 1:
            of_sample = losses.written(loss, outputs, targets)
            computed = losses.computed(loss, units, sums, targets)
        else:
            parts, computed = [loss_part(q.loss, unit + 1) for unit in units], None
            for unit, part in enumerate(parts):
                of_part = losses.written(loss, [outputs[unit]], [targets[unit]])
                self.add(phase, stage, part, of_part, computed=losses.computed(loss, [unit], sums, targets))
            of_sample = total(*map(Ref, parts))
        if computed is not None:
            computed = losses.over_samples(computed, self.n_samples, self.divisor)
        self.add(phase, stage, q.loss, losses.over_samples(of_sample, self.n_samples, self.divisor), computed=computed)

    def backward(self, q: Quantities) -> tuple[Quantity, ...]:
        """∂E/∂ every output, sum, parameter and hidden neuron, from E to the inputs, and then the update.

        Returns the parameters. ``chain`` holds the factors of ∂E/∂quantity, written out back to E or to the last sum
        over several paths. In place, which is wrong, each layer is updated before the error goes on through it; so is
        the output for the input, where ∂z/∂w is taken to be the neuron's own a.
        """
        chain: dict[Quantity, tuple[Expression, ...]] = {}
        trained: list[Quantity] = []
        last = len(q.neurons) - 1

        outputs = q.sums[-1] if self.loss.of_sum else q.neurons[-1]
        for output, prediction, target in zip(outputs, q.neurons[-1], q.targets, strict=True):
            slope = losses.slope_written(self.loss, Ref(prediction), Ref(target), self.divisor)
            self.add(BACKWARD, Stage("delta", last), gradient(output), slope)
            chain[output] = (Ref(gradient(output)),)

        for layer in range(last, 0, -1):
            slope_written = self.shape.activation(layer).slope_written
            for z, a in zip(q.sums[layer], q.neurons[layer], strict=True):
                if z not in chain:
                    local = _local(a, z, slope_written(Ref(z), Ref(a)), a.place)
                    self.chained(Stage("delta", layer), z, a, chain[a], local)
                    chain[z] = (*chain[a], local)
            parameters = self._parameters(q, layer, chain)
            trained[:0] = parameters
            if self.manner.in_place:
                self.update(parameters)
            if layer > 1 or self.manner.input_gradients:
                self._neurons_before(q, layer, chain)
        if not self.manner.in_place:
            self.update(trained)
        return tuple(trained)

    def _parameters(self, q: Quantities, layer: int, chain: dict[Quantity, tuple[Expression, ...]]) -> list[Quantity]:
        """∂E/∂w = ∂E/∂z · ∂z/∂w, where ∂z/∂w = a, and ∂E/∂b = ∂E/∂z · ∂z/∂b, where ∂z/∂b = 1.

        What is tied has the sum of that over all sums z that it is in, as soon as the first of its layers has its own.
        """
        stage, held, parameters = Stage("gradients", layer), self.shape.constraints.held, list[Quantity]()
        for unit in range(len(q.sums[layer])):
            biases = [q.biases[layer][unit]] if self.shape.has_biases[layer - 1] else []
            for parameter in dict.fromkeys((*(w for _, w in q.inputs_of(layer, unit)), *biases)):
                is_here = (parameter.place.layer, parameter.place.unit) == (layer, unit)
                if not is_here or parameter.id in held:
                    continue
                parameters.append(parameter)
                paths = self._locals(q, parameter)
                if len(paths) == 1:
                    [(z, local)] = paths
                    self.chained(stage, parameter, z, chain[z], local)
                else:
                    terms = [product(Ref(gradient(z)), local) for z, local in paths]
                    self.add(BACKWARD, stage, gradient(parameter), self._over_samples(total(*terms)))
        return parameters

    def _locals(self, q: Quantities, parameter: Quantity) -> list[tuple[Quantity, Partial]]:
        """Return each sum z that a parameter is in, and ∂z/∂parameter: of a link its input, of several their sum."""
        found = []
        for (layer, unit), places in groupby(q.uses[parameter.place], key=lambda place: (place.layer, place.unit)):
            own, z = list(places), q.sums[layer][unit]
            output = Ref(q.neurons[layer][unit])
            inputs = [output if self.manner.output_for_input else Ref(q.neurons[layer - 1][p.source]) for p in own]
            equals = ONE if parameter.kind == "bias" else total(*inputs)
            found.append((z, _local(z, parameter, equals, own[0])))
        return found

    def _neurons_before(self, q: Quantities, layer: int, chain: dict[Quantity, tuple[Expression, ...]]) -> None:
        """∂E/∂a = Σ over the paths behind it of ∂E/∂z · ∂z/∂a, where ∂z/∂a = w; before the first layer a is x."""
        stage = Stage("delta" if layer > 1 else "inputs", layer - 1)
        for source, a in enumerate(q.neurons[layer - 1]):
            paths = []
            for unit, z in enumerate(q.sums[layer]):
                place = Place("weight", layer, unit, source)
                if place in q.links:
                    w = q.links[place]
                    paths.append((z, _local(z, a, Ref(w.after_update() if w in self.updated else w), place)))
            if len(paths) == 1:
                [(z, local)] = paths
                self.chained(stage, a, z, chain[z], local)
                chain[a] = (*chain[z], local)
            else:
                terms = [product(Ref(gradient(z)), local) for z, local in paths]
                self.add(BACKWARD, stage, gradient(a), total(*terms))
                chain[a] = (Ref(gradient(a)),)

    def update(self, trained: Iterable[Quantity]) -> None:
        """w⁺ = w − α·∂E/∂w of every trained parameter, or the rules of another method, after those of its rate."""
        if self.method.rate_rule is not None:
            self.add(UPDATE, Stage("rate", len(self.shape.sizes) - 1), *self.method.rate_rule)
        for parameter in trained:
            self.updated.add(parameter)
            for quantity, expression in self.method.rules(parameter):
                self.add(UPDATE, Stage("update", parameter.place.layer), quantity, expression)

    def _over_samples(self, expression: Expression) -> Expression:
        return expression if self.n_samples == 1 else Call(SIGMA, expression)


def _as_it_is(expression: Expression) -> Expression:
    return expression


def _local(of: Quantity, wrt: Quantity, equals: Expression, through: Place) -> Partial:
    return Partial(derivative_id(of, wrt), Derivative(of.letter, wrt.letter), equals, through)
