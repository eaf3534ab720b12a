"""Why Backward follows: the target is fixed, ŷ is made of weights, so the weights must change; with numbers."""

from types import MappingProxyType

from nnviz.algebra.expressions import Expression, Ref, leaves
from nnviz.algebra.mathml import MATHML, line, math, named
from nnviz.algebra.quantities import Quantity
from nnviz.algebra.rewriting import rewritten
from nnviz.algebra.rounding import equated
from nnviz.algebra.solution import number, read, solve, symbol_lines
from nnviz.algebra.trace import Step
from nnviz.engine.plan import FORWARD, Plan
from nnviz.engine.trace import Iteration
from nnviz.explain.matrix_equations import EQUALS
from nnviz.text import say

MOST_LEAVES = 24  # of a formula that is still read


def why_backward(iteration: Iteration, sample: int) -> str:
    """Return the argument in four sentences, as HTML; the output's value has a place, which is filled when known."""
    q = iteration.plan.quantities
    output, target = q.neurons[-1][0], q.targets[0]
    key = "why.upstream" if iteration.plan.shape.rule.is_given else "why.target"
    words = [
        say(key, target=equated(target.name, number(iteration.values[target.id], sample))),
        say("why.output", output=output.name),
        say("why.weights", count=len(iteration.plan.trained)),
        say("why.backward"),
    ]
    words[1] += _formula(iteration, output, sample)
    return f'<ol class="argument">{"".join(f"<li>{sentence}</li>" for sentence in words)}</ol>'


def _formula(iteration: Iteration, output: Quantity, sample: int) -> str:
    """Return the output in inputs, weights and biases alone, in symbols and with numbers, where that can be read."""
    expression = in_parameters(iteration.plan, output)
    if len(list(leaves(expression))) > MOST_LEAVES:
        return ""
    given = iteration.given
    operands = MappingProxyType({leaf.id: given[leaf.id] for leaf in leaves(expression)})
    solution = solve(Step(FORWARD, output, expression, iteration.values[output.id], operands), sample)
    numbers = "".join(read(solution, MATHML) or ())
    result = f'<mn data-value="{output.id}">{say("unknown")}</mn>'
    symbols = "".join(symbol_lines(expression, MATHML)[0])
    return line(
        math(named(output), EQUALS, symbols),
        math(EQUALS, numbers),
        math(f"<mo>{solution.relation}</mo>", result),
    )


def in_parameters(plan: Plan, output: Quantity) -> Expression:
    """Return an output as an expression over inputs, weights and biases alone."""
    rules = plan.by_neuron().rule_of

    def opened(part: Expression) -> Expression | None:
        if isinstance(part, Ref) and part.id in rules:
            return rewritten(rules[part.id].expression, opened)
        return None

    return rewritten(Ref(output), opened)
