"""What a teacher asks for on the page of worksheets: a field for each choice, read and written as on every page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from nnviz.engine.activations import ANYWHERE, LAST_ONLY
from nnviz.engine.losses import LOSSES
from nnviz.engine.network import unpaired
from nnviz.player.form import Field, Form, labelled
from nnviz.player.refusal import RefusedError, counted, not_among
from nnviz.practice.ways import HINTS
from nnviz.text import say
from nnviz.worksheets.kinds import (
    LARGEST_SEED,
    MOST_SHEETS,
    USUAL_ACTIVATION,
    USUAL_LOSS,
    Kind,
    kind_of,
    sizes_of,
)
from nnviz.worksheets.sheet import Worksheets
from nnviz.worksheets.ways import ITERATION, WAYS, Way
from nnviz.worksheets.worksheet import of_kind

YES, NO = "yes", "no"
TRAINED, NONE = "trained", "none"
Printed = Literal["both", "sheets", "keys"]
PRINTED: tuple[Printed, ...] = ("both", "sheets", "keys")


@dataclass(frozen=True)
class Order:
    """What a teacher asks for; the activation of the hidden layer counts where there is one."""

    sizes: str = "2-2-1"
    hidden: str = USUAL_ACTIVATION
    output: str = USUAL_ACTIVATION
    loss: str = USUAL_LOSS
    biases: str = TRAINED
    blanks: Way = ITERATION
    seed: int = 7
    count: int = 1
    mistakes: str = YES
    printed: Printed = "both"
    hints: int = HINTS

    @property
    def assignment(self) -> str:
        """The query of the link that gives these tasks to students, of the same numbers as the sheets.

        Raises RefusedError where the choices do not go together.
        """
        return self.kind.assignment(self.seed, self.count, self.hints)

    @property
    def kind(self) -> Kind:
        """The kind of network. Raises RefusedError where the choices do not go together."""
        sizes = sizes_of(self.sizes)
        activations = [self.hidden] * (len(sizes) - 2) + [self.output]
        return kind_of(self.sizes, activations, self.loss, self.biases == TRAINED, self.blanks)

    def sheets(self, base: str) -> Worksheets:
        """Return the sheets. Raises RefusedError where no numbers are found that keep the mistakes apart."""
        return of_kind(self.kind, self.seed, self.count, base, self.mistakes == YES)


USUAL = Order()


def ordered(typed: Mapping[str, str]) -> tuple[Order, dict[str, str]]:
    """Return what is asked for by texts, and for each that is not allowed why; such a one is as usual."""
    return FORM.edited(USUAL, typed, _fitting)


def _fitting(order: Order) -> Order:
    """Return the order. Raises RefusedError where the loss is not made for the output."""
    if (alone := unpaired(order.loss, order.output)) is not None:
        raise RefusedError(say(f"problem.loss_activation.{alone}"))
    if order.output in LAST_ONLY and order.sizes.endswith("-1"):
        raise RefusedError(say("problem.one_share"))
    return order


def _sizes(order: Order, text: str) -> Order:
    return replace(order, sizes="-".join(map(str, sizes_of(text))))


def _choice(key: str, names: str, allowed: tuple[str, ...]) -> Field[Order]:
    """Return the field of a choice, whose texts are named by NAMES.TEXT."""

    def write(order: Order, text: str) -> Order:
        if text not in allowed:
            raise not_among(allowed)
        return replace(order, **{key: text})  # type: ignore[arg-type]

    return Field(key, labelled(f"order.{key}"), lambda order: str(getattr(order, key)), write, allowed, names)


def _whole(key: str, least: int, most: int) -> Field[Order]:
    return Field(
        key,
        labelled(f"order.{key}"),
        lambda order: str(getattr(order, key)),
        lambda order, text: replace(order, **{key: counted(text, least, most)}),
    )


FORM = Form(
    {
        "network": (
            Field("sizes", labelled("order.sizes"), lambda order: order.sizes, _sizes),
            _choice("hidden", "activation", ANYWHERE),
            _choice("output", "activation", (*ANYWHERE, *LAST_ONLY)),
            _choice("loss", "loss", tuple(LOSSES)),
            _choice("biases", "biases", (TRAINED, NONE)),
        ),
        "sheets": (
            _choice("blanks", "blanks", WAYS),
            _whole("seed", 0, LARGEST_SEED),
            _whole("count", 1, MOST_SHEETS),
            _choice("mistakes", "order.mistakes", (YES, NO)),
            _choice("printed", "printed", PRINTED),
            _whole("hints", 0, HINTS),
        ),
    }
)
