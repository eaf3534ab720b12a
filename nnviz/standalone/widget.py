"""``nnviz.Widget``: the page's player in a notebook, whose step and numbers Python can read and set."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

import anywidget
import traitlets
from numpy.typing import ArrayLike

from nnviz.engine.batches import ALL, Batches
from nnviz.engine.manner import PLAIN, Manner
from nnviz.engine.method import Method
from nnviz.engine.network import Network
from nnviz.engine.optimizers import GRADIENT_DESCENT, Optimizer
from nnviz.engine.schedules import CONSTANT, Schedule
from nnviz.engine.split import NO_SPLIT, Split
from nnviz.engine.trace import Iteration
from nnviz.export.notebook import at_cursor
from nnviz.lessons.network.own_network import setup_of
from nnviz.lessons.network.training.checkpoint import LAST_ITERATION
from nnviz.player.assets import ASSETS
from nnviz.protocol import StandalonePlace, StandaloneRequest, StandaloneRoom
from nnviz.standalone.document import document
from nnviz.standalone.joining import joined
from nnviz.standalone.prepared import look_for, packed
from nnviz.standalone.widget_state import WidgetState
from nnviz.text import say

FIRST_ROOM = (520, 300)  # pixels of the picture in a notebook, until the player says how many there are
HEIGHT = 560  # pixels
REQUEST, ROOM = "request", "room"  # what an answer to a player is to
EVERYBODY = {"to": "all", "player": "", "serial": 0}
NUMBERS = ("weights", "biases", "inputs", "targets", "learning_rate")


class Widget(anywidget.AnyWidget):
    """A network in a notebook, with the page's player: picture, formulas and table of an iteration, step by step.

    Its traits follow what people press and type in the notebook, and can be set; the notebook shows it at once:

    - ``cursor``, how many steps have happened, and ``iteration``, counted from 1;
    - ``weights`` and ``biases`` before this iteration, as lists: of each layer a matrix (n_out, n_in), and a row
      (n_out,) or None. ``inputs``, ``targets`` and ``learning_rate`` are as they are given. Setting any of these begins
      a run with it, at the same step;
    - ``gradients`` and ``bias_gradients`` of this iteration, in the shapes of weights and biases, are to be read; None
      where the iteration has none, for what is fixed or absent, or where a number is too large for a float;
    - ``height`` in pixels.

    The arguments are as in ``nnviz.link``, and so is what is raised; ``sample`` is the one whose numbers are shown,
    counted from 0. A trait that cannot be what it is set to stays as it is, and raises ValueError, in words.
    """

    _esm = joined(ASSETS, "widget.mjs")

    cursor = traitlets.Int().tag(sync=True)
    iteration = traitlets.Int(1).tag(sync=True)
    weights = traitlets.Any().tag(sync=True)
    biases = traitlets.Any().tag(sync=True)
    inputs = traitlets.Any().tag(sync=True)
    targets = traitlets.Any().tag(sync=True)
    learning_rate = traitlets.Any().tag(sync=True)
    gradients = traitlets.Any().tag(sync=True)
    bias_gradients = traitlets.Any().tag(sync=True)
    height = traitlets.Int(HEIGHT).tag(sync=True)

    _title = traitlets.Unicode().tag(sync=True)
    _document = traitlets.Unicode().tag(sync=True)
    _asked = traitlets.Dict().tag(sync=True)
    _room = traitlets.Dict().tag(sync=True)
    _answered = traitlets.Dict().tag(sync=True)
    _arrived = traitlets.Dict().tag(sync=True)
    _place = traitlets.Any().tag(sync=True)

    _is_telling = True  # what is set is what is shown

    def __init__(
        self,
        network: Network,
        inputs: ArrayLike,
        targets: ArrayLike,
        learning_rate: float,
        *,
        sample: int = 0,
        manner: Manner = PLAIN,
        batches: Batches = ALL,
        optimizer: Optimizer = GRADIENT_DESCENT,
        schedule: Schedule = CONSTANT,
        weight_decay: float = 0.0,
        split: Split = NO_SPLIT,
        height: int = HEIGHT,
    ) -> None:
        method = Method(optimizer, schedule, weight_decay)
        setup = setup_of(network, inputs, targets, learning_rate, manner, batches, method, split)
        if sample not in range(len(setup.inputs)):
            raise IndexError(say("error.sample", last=len(setup.inputs) - 1, given=sample))
        self._now = state = WidgetState.begun(replace(setup, sample=int(sample)), look_for(*FIRST_ROOM))
        super().__init__(
            **state.numbers,
            **state.gradients,
            height=height,
            _title=say("widget.title", sizes="-".join(map(str, network.sizes))),
            _document=document(state.view, state.prepared(0), state.settings),
            _answered={"packed": ""},
            _place=_place(1, 0),
        )
        self._is_telling = False

    @property
    def network(self) -> Network:
        """The network before the iteration that is shown."""
        return self._now.network

    @property
    def trace(self) -> Iteration:
        """The iteration that is shown."""
        return self._now.run.iteration

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """Return what a notebook shows, and for where it is only read the picture and the formula of the step."""
        bundle = cast("tuple[dict[str, Any], dict[str, Any]] | None", super()._repr_mimebundle_(**kwargs))
        if bundle is None:
            return None
        data, metadata = bundle
        return data | {"text/html": at_cursor(self.trace, self.cursor, self._now.run.sample)}, metadata

    # What Python sets

    @traitlets.validate(*NUMBERS)
    def _checked_numbers(self, proposal: Mapping[str, Any]) -> Any:
        """Return numbers as lists. Raises ValueError where the network cannot have them."""
        name = proposal["trait"].name
        if self._is_telling:
            return proposal["value"]
        return self._now.with_numbers({name: proposal["value"]}).numbers[name]

    @traitlets.validate("cursor")
    def _checked_cursor(self, proposal: Mapping[str, Any]) -> int:
        return _within("cursor", proposal["value"], 0, self._now.run.end)

    @traitlets.validate("iteration")
    def _checked_iteration(self, proposal: Mapping[str, Any]) -> int:
        return _within("iteration", proposal["value"], 1, LAST_ITERATION)

    @traitlets.observe(*NUMBERS)
    def _begin(self, change: Mapping[str, Any]) -> None:
        if not self._is_telling:
            self._tell(self._now.with_numbers({change["name"]: change["new"]}), self.cursor)

    @traitlets.observe("cursor")
    def _move(self, change: Mapping[str, Any]) -> None:
        if not self._is_telling:
            self._place = _place(self.iteration, change["new"])

    @traitlets.observe("iteration")
    def _go(self, change: Mapping[str, Any]) -> None:
        if not self._is_telling:
            self._tell(self._now.at(change["new"]), self.cursor)

    # What a player tells and asks

    @traitlets.observe("_arrived")
    def _follow(self, change: Mapping[str, Any]) -> None:
        """Keep where a player is, and let the others go there; one that was elsewhere meanwhile is not followed."""
        iteration, cursor = change["new"]["iteration"], change["new"]["cursor"]
        if iteration == self.iteration:
            self._set({"cursor": cursor, "_place": _place(iteration, cursor, change["new"]["player"])})

    @traitlets.observe("_asked")
    def _answer(self, change: Mapping[str, Any]) -> None:
        request: StandaloneRequest = change["new"]
        state, problems = self._now.asked(request)
        to = {"to": REQUEST, "player": request["player"], "serial": request["serial"]}
        self._tell(state, request["step"], problems, to)

    @traitlets.observe("_room")
    def _redraw(self, change: Mapping[str, Any]) -> None:
        asked: StandaloneRoom = change["new"]
        self._now = self._now.within(*asked["room"])
        to = {"to": ROOM, "player": asked["player"], "serial": 0}
        self._answered = {**to, "packed": packed(self._now.prepared(self.cursor))}

    def _tell(
        self,
        state: WidgetState,
        cursor: int,
        problems: Mapping[str, str] | None = None,
        to: Mapping[str, Any] = EVERYBODY,
    ) -> None:
        """Show a state to somebody who has asked for it, or to everybody."""
        cursor, iteration = min(cursor, state.run.end), state.run.number
        self._now, told = state, packed(state.prepared(cursor, problems))
        own = {"iteration": iteration, "cursor": cursor, "_place": _place(iteration, cursor, to["player"])}
        self._set({**state.numbers, **state.gradients, **own, "_answered": {**to, "packed": told}})

    def _set(self, traits: Mapping[str, object]) -> None:
        """Set traits to what is shown, all at once for whoever observes them."""
        self._is_telling = True
        try:
            with self.hold_sync(), self.hold_trait_notifications():
                for name, value in traits.items():
                    setattr(self, name, value)
        finally:
            self._is_telling = False


def _place(iteration: int, cursor: int, player: str = "") -> StandalonePlace:
    return {"iteration": iteration, "cursor": cursor, "player": player}


def _within(name: str, value: int, least: int, most: int) -> int:
    """Return a whole number within bounds. Raises ValueError, in words, where it is not."""
    if not least <= value <= most:
        raise ValueError(say("error.widget_number", name=name, least=least, most=most, given=value))
    return value
