"""The numbers of a descent as the document prints them: x cut, not rounded, to two decimals.

Cut is only what is shown, as the document goes on with all digits: so a line with what it prints may lead elsewhere.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from nnviz.algebra.expressions import evaluate
from nnviz.algebra.rounding import FLOAT_DIGITS, Shown, equated, is_rounded, shown
from nnviz.algebra.solution import Solution, solve
from nnviz.algebra.trace import Step
from nnviz.lessons.descent.curves import X
from nnviz.lessons.descent.methods import NEW
from nnviz.player.values import Known
from nnviz.protocol import ShownNumber
from nnviz.text import say

TWO_DECIMALS = Decimal("0.01")
LARGEST = 1e9  # what is larger is shown as elsewhere
PRINTED = (X, NEW)


def cut(value: float) -> Shown:
    """Return a finite number with what is behind its second decimal cut off."""
    if abs(value) >= LARGEST:
        return shown(value)
    exact = Decimal(f"{value:.{FLOAT_DIGITS}g}")
    digits = exact.quantize(TWO_DECIMALS, ROUND_DOWN)
    return shown(value, FLOAT_DIGITS) if digits == exact else Shown(str(digits if digits else abs(digits)))


def about(value: float) -> str:
    """Return a number cut, behind "≈ " where something is left out."""
    number = cut(value)
    return f"≈ {number}" if is_rounded(number, value) else str(number)


def solved(step: Step) -> Solution:
    """Return the numbers of a step to x⁺ as they are printed, = only where they lead to what is printed."""
    solution = solve(step)
    if solution.result is None or step.quantity != NEW:
        return solution
    result = cut(float(step.value))
    operands = solution.operands | {X.id: cut(float(step.operands[X.id]))}
    printed = replace(solution, operands=operands, result=result)
    return replace(printed, relation="=" if _led_to(printed) == result.fraction else "≈")


def word(step: Step, *, is_documents: bool) -> str:
    """Return where a line with what is printed leads, where that is not to what is printed; else nothing."""
    solution = solved(step)
    if solution.result is None or step.quantity != NEW:
        return ""
    led_to = float(_led_to(solution))
    if cut(led_to).fraction == solution.result.fraction:
        return ""
    facts = {"printed": solution.result, "line": shown(led_to), "x": equated(X.name, float(step.operands[X.id]))}
    return say(f"descent.printed.{'document' if is_documents else 'other'}", **facts)


def over(numbers: dict[str, ShownNumber], known: Iterable[Known]) -> dict[str, ShownNumber]:
    """Return numbers by id, those of x and x⁺ cut."""
    found = dict(numbers)
    for item in known:
        if item.id.partition("@")[0] in (X.id, NEW.id) and item.id in found:
            number = cut(item.value)
            texts: ShownNumber = {**found[item.id], "text": str(number), "few": str(number),
                                  "is_rounded": number.value != item.value}  # fmt: skip
            found[item.id] = texts
    return found


def _led_to(solution: Solution) -> Fraction:
    """Return what a line gives with its numbers as they are printed."""
    operands = {key: number.fraction for key, number in solution.operands.items()}
    found: Fraction = evaluate(solution.written, operands, exactly=True)
    return found
