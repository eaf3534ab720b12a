"""``nnviz.worksheet``: sheets of a kind, each with other numbers, or the one of a network."""

from collections.abc import Sequence

from numpy.typing import ArrayLike

from nnviz.engine.network import Network
from nnviz.engine.trace import Iteration, trace
from nnviz.text import say
from nnviz.worksheets.kinds import USUAL_ACTIVATION, USUAL_LOSS, Kind, count_of, kind_of, seed_of
from nnviz.worksheets.page_link import fingerprint
from nnviz.worksheets.sheet import Worksheet, Worksheets
from nnviz.worksheets.ways import ITERATION, Way, checked_way

HERE = "http://127.0.0.1:8050"
PATH = "/worksheets"  # of the page that makes them, and below it of each sheet that was drawn, by its code


def worksheet(
    network_or_kind: Network | str,
    seed: int = 7,
    count: int = 30,
    blanks: str = ITERATION,
    *,
    activation: str | Sequence[str] = USUAL_ACTIVATION,
    loss: str = USUAL_LOSS,
    biases: bool = True,
    inputs: ArrayLike | None = None,
    targets: ArrayLike | None = None,
    learning_rate: float | None = None,
    base: str = HERE,
    mistakes: bool = True,
) -> Worksheets:
    """Return worksheets, each with ``html``, ``key_html``, ``link`` and ``moodle_xml``, as all of them together have.

    Of a kind such as "2-2-1", up to "3-3-2", there are as many as ``count`` says, 1 to 60, whose numbers are drawn from
    ``seed``, always the same; ``activation`` is one for all layers, or one for each. Of a network there is one, with
    its ``inputs`` and ``targets``, of one sample, and a ``learning_rate``. ``blanks`` is what is to be filled in: the
    numbers of a pass, "forward", "deltas", "gradients" or "update", or "iteration" for all of them. ``base`` is where
    the page is that links and QR codes lead to; the key lists what each mistake comes to, unless there are to be no
    ``mistakes``.

    Raises ValueError where one is not allowed, or no numbers are found that keep the mistakes apart.
    """
    way, base = checked_way(blanks), base.rstrip("/")
    if isinstance(network_or_kind, Network):
        if inputs is None or targets is None or learning_rate is None:
            raise ValueError(say("error.sheet_numbers"))
        iteration = trace(network_or_kind, inputs, targets, learning_rate)
        return Worksheets([of_iteration(iteration, way, base, mistakes)])
    kind = kind_of(str(network_or_kind), activation, loss, biases, way)
    return of_kind(kind, seed_of(seed), count_of(count), base, mistakes)


def of_kind(kind: Kind, seed: int, count: int, base: str, has_mistakes: bool = True) -> Worksheets:
    """Return so many sheets of a kind. Raises ValueError where no numbers are found that keep the mistakes apart."""
    return Worksheets(
        Worksheet(
            kind.drawn(seed, number).iteration,
            kind.way,
            code,
            base,
            seed,
            number,
            count,
            f"{base}{PATH}/{code}",
            has_mistakes,
        )
        for number in range(1, count + 1)
        for code in (kind.code(seed, number),)
    )


def of_iteration(iteration: Iteration, way: Way, base: str, has_mistakes: bool = True) -> Worksheet:
    """Return the sheet of an iteration; its code is short and follows from its numbers.

    Raises ValueError where there is more than one sample, or a number is too large for a float.
    """
    if iteration.plan.n_samples > 1:
        raise ValueError(say("error.sheet_samples", given=iteration.plan.n_samples))
    if iteration.overflow is not None:
        raise ValueError(say("error.sheet_overflow", name=iteration.overflow.name))
    return Worksheet(iteration, way, fingerprint(iteration, way), base, has_mistakes=has_mistakes)
