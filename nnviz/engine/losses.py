"""The losses: each a row with its value and its derivative, as arrays and as expressions.

How the parts of E are put together, of all outputs and samples, is the loss's reduction, in PyTorch's words:
"batchmean" sums over the outputs and takes the mean over the samples, "mean" takes the mean over both, and "sum" the
sum. What E is divided by is part of the loss, so a gradient is a plain sum over the samples.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from nnviz.algebra.arrays import Array
from nnviz.algebra.expressions import SIGMA, Call, Expression, Function, Num, Op, Ref, minus, product, square, total

ONE, TWO, HALF, MINUS_ONE = Num(1.0), Num(2.0), Num(0.5, "½"), Num(-1.0)

Outputs = Sequence[Ref]
Reduction = Literal["batchmean", "mean", "sum"]
BATCHMEAN: Reduction = "batchmean"
MEAN: Reduction = "mean"
SUM: Reduction = "sum"
REDUCTIONS: tuple[Reduction, ...] = (BATCHMEAN, MEAN, SUM)


@dataclass(frozen=True, slots=True)
class InOutputs:
    """A loss that is computed of the sums z as it is in the outputs, where that loses digits.

    ``term(output, target)`` is one output's part of E, ``slope`` its derivative, and ``as_fraction`` the same as one
    fraction, where it is none.
    """

    term: Callable[[Ref, Ref], Expression]
    slope: Callable[[Ref, Ref], Expression]
    as_fraction: Callable[[Ref, Ref], Expression] | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """E of the outputs and the targets, and its derivative.

    ``of_sum`` says that E is written in the last layer's weighted sums z, not in ŷ = f(z), and is differentiated
    by them; then ``last_activation`` is the one that it is made for. ``of_probabilities``: targets lie from 0 to 1;
    ``of_shares``: those of a sample add up to 1 besides, as they say which of several classes it is.
    Each function gives one output's part of E of a sample: ``value(outputs, targets)`` and ``slope(outputs, targets)``
    for arrays of any shape, ``term(output, target)`` and ``term_slope`` as expressions. ``factor`` stands before the
    sum of the parts, where there is one. With ``of_sum``, the values are given z, and the slopes ŷ, as δ = ŷ − y reads
    best. With ``computed(z, sums, target)`` a loss ``of_sum`` is written in ŷ, and a part of it computed so, in z.
    ``curvature`` is the second derivative by ŷ, where that is a constant. ``code`` and ``slope_code`` are E and
    its slope in NumPy, of the outputs and the targets, ``torch_code`` is E in PyTorch, of them or of the sums. With
    ``of_sum``, ``in_outputs`` is the same in ŷ. ``reduction`` says how the parts are put together. Where the
    gradient at the outputs ``is_given``, the targets are that gradient, and E is but their sum, each times its output.
    """

    value: Callable[[Array, Array], Array]
    slope: Callable[[Array, Array], Array]
    factor: Num | None
    term: Callable[[Ref, Ref], Expression]
    term_slope: Callable[[Ref, Ref], Expression]
    code: str
    slope_code: str
    torch_code: str
    of_sum: bool = False
    last_activation: str | None = None
    of_probabilities: bool = False
    curvature: float | None = None
    in_outputs: InOutputs | None = None
    of_shares: bool = False
    computed: Callable[[Ref, Outputs, Ref], Expression] | None = None
    reduction: Reduction = BATCHMEAN
    is_given: bool = False

    def divisor(self, n_outputs: int, n_samples: int) -> int:
        """Return what the sum of all parts of E is divided by."""
        return {BATCHMEAN: n_samples, MEAN: n_samples * n_outputs, SUM: 1}[self.reduction]


def log_sigmoid(z: ArrayLike) -> Array:
    """Return ln σ(z), without overflow."""
    return -np.logaddexp(0.0, np.negative(z))


def log_one_minus_sigmoid(z: ArrayLike) -> Array:
    """Return ln(1 − σ(z)), which is ln σ(−z)."""
    return -np.logaddexp(0.0, z)


def _log_softmax(z: Array) -> Array:
    """Return ln(e^z/Σ e^z) of sums (…, units, n_samples), the sum over the units, with all its digits."""
    found: Array = -np.logaddexp.reduce(z[..., :, np.newaxis, :] - z[..., np.newaxis, :, :], axis=-3)
    return found


LOG_SIGMOID = Function("ln σ", log_sigmoid)
LOG_ONE_MINUS_SIGMOID = Function("ln(1 − σ", log_one_minus_sigmoid, closing=")")
LOG = Function("ln", np.log)
SIGN = Function("sign", np.sign, lambda x: Fraction((x > 0) - (x < 0)))


def _squared(miss: Array) -> Array:
    return miss * miss


def _cross_entropy(z: Ref, target: Ref) -> Expression:
    miss = product(minus(ONE, target), Call(LOG_ONE_MINUS_SIGMOID, z))
    return Op("negative", (total(product(target, Call(LOG_SIGMOID, z)), miss),))


CROSS_ENTROPY_IN_OUTPUTS = InOutputs(
    term=lambda output, target: Op(
        "negative",
        (total(product(target, Call(LOG, output)), product(minus(ONE, target), Call(LOG, minus(ONE, output)))),),
    ),
    slope=lambda output, target: minus(
        Op("over", (minus(ONE, target), minus(ONE, output))), Op("over", (target, output))
    ),
    as_fraction=lambda output, target: Op("over", (minus(output, target), product(output, minus(ONE, output)))),
)

SHARE_IN_OUTPUTS = InOutputs(
    term=lambda output, target: Op("negative", (product(target, Call(LOG, output)),)),
    slope=lambda output, target: Op("negative", (Op("over", (target, output)),)),
)


LOSSES = {
    "half_squared_error": Loss(
        value=lambda outputs, targets: _squared(outputs - targets),
        slope=lambda outputs, targets: outputs - targets,
        factor=HALF,
        term=lambda output, target: square(minus(output, target)),
        term_slope=minus,
        code="({output} - {target}) ** 2 / 2",
        slope_code="{output} - {target}",
        torch_code="({output} - {target}) ** 2 / 2",
        curvature=1.0,
    ),
    "mean_squared_error": Loss(
        value=lambda outputs, targets: _squared(outputs - targets),
        slope=lambda outputs, targets: 2.0 * (outputs - targets),
        factor=None,
        term=lambda output, target: square(minus(output, target)),
        term_slope=lambda output, target: product(TWO, minus(output, target)),
        code="({output} - {target}) ** 2",
        slope_code="2 * ({output} - {target})",
        torch_code="({output} - {target}) ** 2",
        curvature=2.0,
    ),
    "mean_absolute_error": Loss(
        value=lambda outputs, targets: np.abs(outputs - targets),
        slope=lambda outputs, targets: np.sign(outputs - targets),
        factor=None,
        term=lambda output, target: Op("absolute", (minus(output, target),)),
        term_slope=lambda output, target: Call(SIGN, minus(output, target)),
        code="np.abs({output} - {target})",
        slope_code="np.sign({output} - {target})",
        torch_code="torch.abs({output} - {target})",
    ),
    "binary_cross_entropy": Loss(
        value=lambda sums, targets: targets * np.logaddexp(0.0, -sums) + (1.0 - targets) * np.logaddexp(0.0, sums),
        slope=lambda outputs, targets: outputs - targets,
        factor=None,
        term=_cross_entropy,
        term_slope=minus,
        code="-({target} * np.log({output}) + (1 - {target}) * np.log(1 - {output}))",
        slope_code="{output} - {target}",
        torch_code="torch.nn.functional.binary_cross_entropy_with_logits({sums}, {target}, reduction='none')",
        of_sum=True,
        last_activation="sigmoid",
        of_probabilities=True,
        in_outputs=CROSS_ENTROPY_IN_OUTPUTS,
    ),
    "categorical_cross_entropy": Loss(
        value=lambda sums, targets: targets * _log_softmax(sums),
        slope=lambda outputs, targets: outputs - targets,
        factor=MINUS_ONE,
        term=lambda output, target: product(target, Call(LOG, output)),
        term_slope=minus,
        code="-{target} * np.log({output})",
        slope_code="{output} - {target}",
        torch_code="-{target} * torch.log_softmax({sums}, dim=0)",
        of_sum=True,
        last_activation="softmax",
        of_probabilities=True,
        in_outputs=SHARE_IN_OUTPUTS,
        of_shares=True,
        computed=lambda z, sums, target: product(target, Op("ln softmax", (z, *sums))),
    ),
    "upstream_gradient": Loss(
        value=lambda outputs, upstream: upstream * outputs,
        slope=lambda outputs, upstream: upstream,
        factor=None,
        term=lambda output, upstream: product(upstream, output),
        term_slope=lambda output, upstream: upstream,
        code="{target} * {output}",
        slope_code="{target}",
        torch_code="{target} * {output}",
        reduction=SUM,
        is_given=True,
    ),
}


@lru_cache(maxsize=64)
def loss_of(name: str, reduction: Reduction = BATCHMEAN) -> Loss:
    """Return a loss by its name, with a reduction where it has any. Raises KeyError where there is none."""
    row = LOSSES[name]
    return row if row.is_given or reduction == row.reduction else replace(row, reduction=reduction)


def is_written_in_sums(loss: Loss) -> bool:
    """Whether E is written in the last layer's sums."""
    return loss.of_sum and loss.computed is None


def written(loss: Loss, outputs: Outputs, targets: Outputs) -> Expression:
    """Return the sum of the parts of E of one sample as an expression."""
    return _with_factor(loss, [loss.term(output, target) for output, target in zip(outputs, targets, strict=True)])


def computed(loss: Loss, units: Sequence[int], sums: Outputs, targets: Outputs) -> Expression | None:
    """Return what some outputs add to E of one sample, computed of all sums, or None where it is as it is written."""
    if loss.computed is None:
        return None
    return _with_factor(loss, [loss.computed(sums[unit], sums, targets[unit]) for unit in units])


def _with_factor(loss: Loss, parts: Sequence[Expression]) -> Expression:
    terms = total(*parts)
    if loss.factor is MINUS_ONE:
        return Op("negative", (terms,))
    return terms if loss.factor is None else product(loss.factor, terms)


def over_samples(of_sample: Expression, n_samples: int, divisor: int) -> Expression:
    """Return E of so many samples: over one sample plain, over several the sum of all, divided."""
    return divided(of_sample if n_samples == 1 else Call(SIGMA, of_sample), divisor)


def slope_written(loss: Loss, output: Ref, target: Ref, divisor: int) -> Expression:
    """Return ∂E/∂output of one output and sample as an expression."""
    return divided(loss.term_slope(output, target), divisor)


def divided(expression: Expression, divisor: int) -> Expression:
    """Return the expression by the divisor, where that is not 1."""
    return expression if divisor == 1 else Op("/", (expression, Num(float(divisor))))
