"""The optimizers: each a row with the rules of its update, which say what becomes of a parameter and its gradient.

They are those of PyTorch. What an optimizer keeps of a parameter from iteration to iteration is 0 before the first.
The same rules are steps of a trace, and computed with whole matrices they train (``array_update.py``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from nnviz.algebra.expressions import Expression, Num, Ref, minus, over, power, product, root, square, total
from nnviz.algebra.quantities import Kind, Letter, Quantity
from nnviz.engine.settings import BELOW_ONE, PLACE, POSITIVE, Configured, setting

Rule = tuple[Quantity, Expression]
ONE = Num(1.0)
HAT = "\N{COMBINING CIRCUMFLEX ACCENT}"
NUMBER = Quantity("t", Letter("t"), "setting", PLACE)  # of the update, counted from 1

MU = setting("momentum", "mu", Letter("μ"), BELOW_ONE)
BETA = setting("beta", "beta", Letter("β"), BELOW_ONE)
BETA1, BETA2 = (setting(f"beta{n}", f"beta{n}", Letter("β", str(n)), BELOW_ONE) for n in (1, 2))
EPSILON = setting("epsilon", "epsilon", Letter("ε"), POSITIVE)


@dataclass(frozen=True, slots=True)
class Kept:
    """What an optimizer keeps of each parameter: its letter in formulas, and its kind, also without its bias."""

    letter: str
    kind: Kind
    corrected_kind: Kind = "corrected-mean"

    def of(self, parameter: Quantity) -> Quantity:
        """Return the quantity that is kept of a parameter, which lives where the parameter lives."""
        symbol = Letter(self.letter, of=parameter.letter)
        return Quantity(f"{self.letter}_{parameter.id}", symbol, self.kind, parameter.place)

    def corrected(self, parameter: Quantity) -> Quantity:
        """Return the same without the bias towards 0 that it has in the first iterations."""
        symbol = Letter(f"{self.letter}{HAT}", of=parameter.letter)
        return Quantity(f"{self.letter}hat_{parameter.id}", symbol, self.corrected_kind, parameter.place)


VELOCITY = Kept("v", "velocity")
MEAN, SQUARES = Kept("m", "mean"), Kept("v", "square-mean", "corrected-square-mean")


class Optimizer(Configured):
    """How a parameter is updated: what it ``keeps`` of it, and the rules that lead to its new value.

    ``code`` is the update of a parameter {w} by its gradient {g} in NumPy, a line each; what is kept is called by its
    letter, and the number of the update is {t}. ``torch`` is the optimizer in PyTorch, ``torch_kept`` what PyTorch
    calls what is kept, and ``torch_counts`` says that it keeps the number of the update too.
    """

    keeps: ClassVar[tuple[Kept, ...]] = ()
    code: ClassVar[tuple[str, ...]]
    torch: ClassVar[str]
    torch_kept: ClassVar[tuple[str, ...]] = ()
    torch_counts: ClassVar[bool] = False

    @staticmethod
    def rules(w: Quantity, slope: Quantity, rate: Quantity) -> Iterator[Rule]:
        """Yield what leads to the new value of a parameter, in order, and that last: the parameter minus its step.

        ``slope`` is its gradient, or what stands for it.
        """
        raise NotImplementedError


def _moved(w: Quantity, rate: Quantity, *by: Expression) -> Rule:
    return w.after_update(), minus(Ref(w), product(Ref(rate), *by))


class GradientDescent(Optimizer):
    """w⁺ = w − α·∂E/∂w."""

    key = "gradient_descent"
    code = ("{w} = {w} - {rate} * {g}",)
    torch = "SGD([{parameters}], lr={rate})"

    @staticmethod
    def rules(w: Quantity, slope: Quantity, rate: Quantity) -> Iterator[Rule]:
        yield _moved(w, rate, Ref(slope))


@dataclass(frozen=True)
class _WithVelocity(Optimizer):
    """An optimizer that keeps v⁺ = μ·v + ∂E/∂w."""

    settings = (MU,)
    keeps = (VELOCITY,)
    torch_kept = ("momentum_buffer",)

    momentum: float = 0.9


class Momentum(_WithVelocity):
    """v⁺ = μ·v + ∂E/∂w, w⁺ = w − α·v⁺."""

    key = "momentum"
    code = ("{v} = {mu} * {v} + {g}", "{w} = {w} - {rate} * {v}")
    torch = "SGD([{parameters}], lr={rate}, momentum={mu})"

    @staticmethod
    def rules(w: Quantity, slope: Quantity, rate: Quantity) -> Iterator[Rule]:
        velocity = _velocity(w, slope)
        yield velocity
        yield _moved(w, rate, Ref(velocity[0]))


class Nesterov(_WithVelocity):
    """v⁺ = μ·v + ∂E/∂w, w⁺ = w − α·(∂E/∂w + μ·v⁺)."""

    key = "nesterov"
    code = ("{v} = {mu} * {v} + {g}", "{w} = {w} - {rate} * ({g} + {mu} * {v})")
    torch = "SGD([{parameters}], lr={rate}, momentum={mu}, nesterov=True)"

    @staticmethod
    def rules(w: Quantity, slope: Quantity, rate: Quantity) -> Iterator[Rule]:
        velocity = _velocity(w, slope)
        yield velocity
        yield _moved(w, rate, total(Ref(slope), product(Ref(MU.quantity), Ref(velocity[0]))))


@dataclass(frozen=True)
class RMSprop(Optimizer):
    """v⁺ = β·v + (1 − β)·(∂E/∂w)², w⁺ = w − α·∂E/∂w/(√v⁺ + ε)."""

    key = "rmsprop"
    settings = (BETA, EPSILON)
    keeps = (SQUARES,)
    code = (
        "{v} = {beta} * {v} + (1 - {beta}) * {g} ** 2",
        "{w} = {w} - {rate} * ({g} / (np.sqrt({v}) + {epsilon}))",
    )
    torch = "RMSprop([{parameters}], lr={rate}, alpha={beta}, eps={epsilon})"
    torch_kept = ("square_avg",)
    torch_counts = True

    beta: float = 0.99
    epsilon: float = 1e-8

    @staticmethod
    def rules(w: Quantity, slope: Quantity, rate: Quantity) -> Iterator[Rule]:
        squares = _mean(SQUARES.of(w), BETA.quantity, square(Ref(slope)))
        yield squares
        yield _moved(w, rate, over(Ref(slope), total(root(Ref(squares[0])), Ref(EPSILON.quantity))))


@dataclass(frozen=True)
class Adam(Optimizer):
    """m⁺ = β₁·m + (1 − β₁)·∂E/∂w, v⁺ = β₂·v + (1 − β₂)·(∂E/∂w)², w⁺ = w − α·m̂/(√v̂ + ε).

    In update t, m̂ = m⁺/(1 − β₁ᵗ) and v̂ = v⁺/(1 − β₂ᵗ).
    """

    key = "adam"
    settings = (BETA1, BETA2, EPSILON)
    keeps = (MEAN, SQUARES)
    code = (
        "{m} = {beta1} * {m} + (1 - {beta1}) * {g}",
        "{v} = {beta2} * {v} + (1 - {beta2}) * {g} ** 2",
        "{w} = {w} - {rate} * ({m} / (1 - {beta1} ** {t}) / (np.sqrt({v} / (1 - {beta2} ** {t})) + {epsilon}))",
    )
    torch = "Adam([{parameters}], lr={rate}, betas=({beta1}, {beta2}), eps={epsilon})"
    torch_kept = ("exp_avg", "exp_avg_sq")
    torch_counts = True

    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8

    @staticmethod
    def rules(w: Quantity, slope: Quantity, rate: Quantity) -> Iterator[Rule]:
        mean = _mean(MEAN.of(w), BETA1.quantity, Ref(slope))
        squares = _mean(SQUARES.of(w), BETA2.quantity, square(Ref(slope)))
        yield from (mean, squares)
        for kept, (new, _), beta in ((MEAN, mean, BETA1), (SQUARES, squares, BETA2)):
            yield kept.corrected(w), over(Ref(new), minus(ONE, power(Ref(beta.quantity), Ref(NUMBER))))
        below = total(root(Ref(SQUARES.corrected(w))), Ref(EPSILON.quantity))
        yield _moved(w, rate, over(Ref(MEAN.corrected(w)), below))


def _velocity(w: Quantity, slope: Quantity) -> Rule:
    """v⁺ = μ·v + ∂E/∂w."""
    v = VELOCITY.of(w)
    return v.after_update(), total(product(Ref(MU.quantity), Ref(v)), Ref(slope))


def _mean(kept: Quantity, beta: Quantity, of: Expression) -> Rule:
    """The running mean of something: of the old one so much as β says, of the new one the rest."""
    return kept.after_update(), total(product(Ref(beta), Ref(kept)), product(minus(ONE, Ref(beta)), of))


OPTIMIZERS: dict[str, type[Optimizer]] = {row.key: row for row in (GradientDescent, Momentum, Nesterov, RMSprop, Adam)}
GRADIENT_DESCENT = GradientDescent()
