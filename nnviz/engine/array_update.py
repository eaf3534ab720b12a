"""The rules of an update, computed with whole matrices: each number has the bits that it has in a trace."""

from collections.abc import Sequence

import numpy as np

from nnviz.algebra.arrays import Array
from nnviz.algebra.expressions import Call, Expression, Op, Ref, evaluate, leaves
from nnviz.algebra.quantities import Letter, Quantity
from nnviz.algebra.rewriting import rewritten
from nnviz.engine.method import ANY_WEIGHT, Method
from nnviz.engine.naming import RATE, gradient
from nnviz.engine.settings import PLACE
from nnviz.engine.tape import Recorded, recorded


class ArrayUpdate:
    """The update of arrays of parameters by a method, at a learning rate; ``of`` is what stands for each of them.

    What is the same for all parameters, such as 1 − β₁ᵗ, is computed once an update, as a number, by ``prepare``. What
    is recorded on a tape finds it where it was before.
    """

    def __init__(self, method: Method, rate: float, of: Quantity = ANY_WEIGHT) -> None:
        self._method, self._rate, self._of, update = method, rate, of, method.update
        self._common = {RATE.id, update.rate.id, *(quantity.id for quantity in update.settings)}
        self._numbers: dict[str, tuple[Expression, Recorded]] = {}
        *others, (_, last) = update.rules(of)
        assert isinstance(last, Op)
        self._rules = [(quantity.id, self._apart(rule)) for quantity, rule in others]
        self._change = self._apart(last.operands[1])
        self._kept = [(kept.id, kept.after_update().id) for kept in update.kept(of)]
        self._changes_with_time = len(update.settings) > 0
        self._take_up(0)

    def prepare(self, updates: int) -> None:
        """Take up the update after so many others."""
        if self._changes_with_time:
            self._take_up(updates)

    def make(self, parameters: Array, slopes: Array, kept: Sequence[Array]) -> list[Array]:
        """Update parameters, and what is kept of them, where they are; return what else the rules give."""
        values: dict[str, Array] = {key: number for key, (_, number) in self._numbers.items()}
        values |= {self._of.id: parameters, gradient(self._of).id: slopes}
        values |= {before: array for (before, _), array in zip(self._kept, kept, strict=True)}
        for key, rule in self._rules:
            values[key] = evaluate(rule, values)
        np.subtract(parameters, evaluate(self._change, values), out=parameters)
        for (_, after), array in zip(self._kept, kept, strict=True):
            np.positive(values[after], out=array)
        replaced = {after for _, after in self._kept}
        return [np.asarray(values[key]) for key, _ in self._rules if key not in replaced]

    def _apart(self, rule: Expression) -> Expression:
        """Return a rule with a number in the place of each part that is the same for all parameters."""

        def change(part: Expression) -> Expression | None:
            found = [leaf.id for leaf in leaves(part)]
            if not isinstance(part, Ref | Op | Call) or not found or not self._common.issuperset(found):
                return None
            key = found[0] if isinstance(part, Ref) else f"common-{len(self._numbers)}"
            self._numbers[key] = part, recorded(np.empty(()))
            return Ref(Quantity(key, Letter(key), "setting", PLACE))

        return rewritten(rule, change)

    def _take_up(self, updates: int) -> None:
        numbers = {RATE.id: self._rate} | self._method.numbers(updates)
        if self._method.update.rate_rule is not None:
            quantity, rule = self._method.update.rate_rule
            numbers[quantity.id] = evaluate(rule, numbers)
        for part, number in self._numbers.values():
            number[...] = evaluate(part, numbers)
