"""The mistakes that students make in backpropagation, a row each; of those that look alike the likelier comes first."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from nnviz.algebra.expressions import Call, Expression, Function, Num, Ref, function_of, minus, product, square
from nnviz.engine.activations import SIGMOID
from nnviz.engine.naming import RATE
from nnviz.practice import forward_variants as forward
from nnviz.practice import slope_variants as slope
from nnviz.practice import update_variants as update
from nnviz.practice.slope_variants import ONE
from nnviz.practice.spot import Role, Variant
from nnviz.text import say

FARTHEST = 4  # neighbours that may be mistaken for one another
TANH = function_of("tanh")
LOSS_AND_SLOPE: tuple[tuple[Role, ...], ...] = (("loss",), ("output-slope",), ("loss", "output-slope"))
SHIFTED = "shifted-point"  # which is seen in a number, whatever its rule
Way = tuple[Variant, ...]


@dataclass(frozen=True)
class Mistake:
    """What a student did instead of a rule, throughout an iteration.

    It has ``ways`` in which it is made, each of one or more variants of rules. One that ``is_alone`` is not looked for
    beside another.
    """

    key: str
    ways: tuple[Way, ...]
    is_alone: bool = False

    @property
    def name(self) -> str:
        """What the mistake is called, such as "derivative left out at the output"."""
        return say(f"mistake.{self.key}")

    @property
    def explanation(self) -> str:
        """Why it is one, in a sentence or two."""
        return say(f"mistake.{self.key}.why")

    def __repr__(self) -> str:
        return say("repr.mistake", mistake=self.key, name=self.name)


def _made(key: str, *ways: Variant | Way, is_alone: bool = False) -> Mistake:
    return Mistake(key, tuple(way if isinstance(way, tuple) else (way,) for way in ways), is_alone)


def _sigmoid_slope(a: Expression) -> Expression:
    return product(a, minus(ONE, a))


def _rounded(places: int) -> Variant:
    function = Function(f"rounded to {places}", lambda value: np.round(value, places))
    return lambda spot, expression: Call(function, expression)


ROWS = (
    # Forward
    _made("bias-forgotten", forward.without_bias),
    _made("activation-forgotten", forward.without_activation),
    _made("activation-twice", forward.activated_twice),
    _made("sign-in-sigmoid", forward.with_the_wrong_sign_in_sigmoid),
    _made("softmax-not-normalized", forward.without_normalization),
    _made("softmax-of-the-others", forward.over_the_others),
    _made("sigmoid-for-softmax", forward.sigmoid_for_softmax),
    _made("weights-transposed", forward.with_transposed_weights),
    # The loss, and its derivative
    _made(
        "half-forgotten",
        forward.loss_without_factor,
        slope.slope_of_loss_without_factor,
        (forward.loss_without_factor, slope.slope_of_loss_without_factor),
    ),
    _made("half-kept", slope.with_the_factor_kept),
    _made("two-forgotten", slope.without_the_two),
    _made("sum-instead-of-mean", *(forward.over_all_samples(*roles) for roles in LOSS_AND_SLOPE)),
    _made("mean-instead-of-sum", *(forward.over_outputs(*roles) for roles in LOSS_AND_SLOPE)),
    _made("sign-of-loss", forward.without_the_minus),
    _made("log-base-ten", forward.in_base_ten),
    _made("binary-cross-entropy", forward.of_each_class),
    _made("sign-of-error", slope.with_the_error_turned_round),
    _made("derivative-under-cross-entropy", slope.with_a_derivative_under_cross_entropy),
    # The derivative of the activation
    _made("derivative-missing-at-output", slope.without_derivative(is_output=True)),
    _made("derivative-missing-at-hidden", slope.without_derivative(is_output=False)),
    _made(
        "derivative-of-z",
        slope.of("sigmoid")(lambda z, a: product(z, minus(ONE, z))),
        slope.of("sigmoid")(lambda z, a: product(a, minus(ONE, z))),
        slope.of("tanh")(lambda z, a: minus(ONE, square(z))),
    ),
    _made(
        "derivative-of-activated",
        slope.of("sigmoid")(lambda z, a: _sigmoid_slope(Call(SIGMOID, a))),
        slope.of("tanh")(lambda z, a: minus(ONE, square(Call(TANH, a)))),
    ),
    _made(
        "half-a-derivative",
        slope.of("sigmoid")(lambda z, a: minus(ONE, a)),
        slope.of("sigmoid")(lambda z, a: a),
        slope.of("tanh")(lambda z, a: square(a)),
        slope.of("tanh")(lambda z, a: minus(ONE, a)),
    ),
    _made("sign-of-derivative", slope.with_derivative(slope.turned_round)),
    _made(
        "other-derivative",
        slope.of("tanh")(lambda z, a: _sigmoid_slope(a)),
        slope.of("sigmoid")(lambda z, a: minus(ONE, square(a))),
        slope.of("relu")(lambda z, a: z),
    ),
    # On the way back
    _made("error-sent-back", slope.with_the_error_itself),
    _made("new-weights-backward", slope.with_new_weights),
    _made("weights-missing-backward", slope.without_weights),
    _made("path-dropped", *(slope.with_one_path(number) for number in range(FARTHEST))),
    _made("backward-index", slope.with_rows_for_columns),
    # The gradients
    _made("other-input", *(update.with_another_input(shift) for shift in range(1, FARTHEST))),
    _made("other-neuron", *(update.with_another_delta(shift) for shift in range(1, FARTHEST))),
    _made("times-own-output", update.with_gradient(update.own_output)),
    _made("times-weight", update.with_gradient(update.itself)),
    _made("delta-as-gradient", update.with_gradient(lambda spot: ONE)),
    _made("outer-product-transposed", update.with_the_product_transposed),
    _made("averages-first", update.with_averages_first),
    _made("bias-gradient-times-input", *(update.with_bias_gradient(update.input_of(at)) for at in range(FARTHEST))),
    _made("bias-gradient-times-bias", update.with_bias_gradient(update.itself)),
    _made("bias-gradient-zero", update.with_bias_gradient(lambda spot: Num(0.0))),
    # The update
    _made("plus-instead-of-minus", update.with_plus),
    _made("rate-forgotten", update.with_rate(ONE)),
    _made("rate-twice", update.with_rate(product(Ref(RATE), Ref(RATE)))),
    _made("step-instead-of-weight", update.without_the_weight),
    _made("rate-without-gradient", update.with_change(lambda spot: ONE), update.with_change(update.itself)),
    _made("bias-not-updated", update.as_it_was),
    _made("decay-forgotten", update.without_decay),
    _made("other-gradient", *(update.with_change(update.gradient_of_another(n)) for n in range(1, FARTHEST))),
    # Everywhere, and anywhere
    _made("rounded-on-the-way", _rounded(2), _rounded(3), is_alone=True),
    _made(SHIFTED),
)

MISTAKES: Mapping[str, Mistake] = MappingProxyType({row.key: row for row in ROWS})
"""The mistakes by key."""
