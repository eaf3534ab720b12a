"""What the page asks the server, and the answer, which is strict JSON."""

import json
from typing import Any

from hypothesis import strategies as st

from nnviz.player.request import Request
from nnviz.web.answer import answer

Json = dict[str, Any]
START = {"w1": "0.11", "w2": "0.21", "w3": "0.12", "w4": "0.08", "w5": "0.14", "w6": "0.15",
         "x1": "2", "x2": "3", "target": "1", "rate": "0.05"}  # fmt: skip
KEPT = START | {
    "preset": "2-2-1", "inputs": "2", "layers": "2 identity none, 1 identity none", "loss": "half_squared_error",
    "reduction": "batchmean",
    "start": "hand 1 1", "data": "2,3,1", "names": "", "split": "none", "batches": "all",
    "optimizer": "gradient_descent", "schedule": "constant", "weight-decay": "0",
    "sample": "1", "diagram": "network", "detail": "neuron", "notation": "numbered", "update": "once",
    "gradients": "parameters", "matrix": "sample", "fixed": "", "absent": "", "tied": "",
}  # fmt: skip
BODY: Json = {
    "serial": 1,
    "typed": START,
    "kept": KEPT,
    "repeated": [],
    "iteration": "1",
    "step": "0",
    "theme": "light",
    "room": [700, 400],
    "action": "",
    "payload": "",
    "chosen": "",
    "checked": "",
    "panels": "",
    "run": "",
    "checkpoint": None,
    "views": [],
    "numbers": "",
    "pair": "",
    "path": [],
    "beside": None,
    "lesson": "network",
    "practice": None,
}
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20))
ANY_JSON = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=10), inner, max_size=3)),
    max_leaves=8,
)


def posted(asked: Json) -> Json:
    """Return the body that the page posts when it asks this."""
    return {
        "output": "readings.data",
        "outputs": {"id": "readings", "property": "data"},
        "inputs": [{"id": "request", "property": "data", "value": asked}],
        "changedPropIds": ["request.data"],
    }


def ask(**changes: Any) -> Json:
    """Return the answer to the page's request with these changes, once it has proved to be strict JSON."""
    received: Json = json.loads(json.dumps(answer(Request.of(BODY | changes)), allow_nan=False))
    return received


def link(typed: dict[str, str], **changes: Any) -> Json:
    """Return the answer to the page's first request, after it was opened by a link."""
    place = {key: typed[key] for key in ("iteration", "step") if key in typed}
    return ask(typed=typed, kept=None, **(place | changes))


def then(reply: Json, typed: dict[str, str] | None = None, **changes: Any) -> Json:
    """Return the answer to what the page asks next: with other texts in its fields, at the place where it is."""
    place = {"iteration": str(reply["iteration"]), "step": str(reply["cursor"])}
    kept = {"typed": reply["settings"] | (typed or {}), "kept": reply["kept"], "run": reply["run"]}
    return ask(**(kept | place | changes))


def view(reply: Json) -> Json:
    """Return what is shown at the cursor."""
    shown: Json = reply["views"][reply["cursor"] - reply["first"]]
    return shown


def sentence(reply: Json) -> str:
    return str(view(reply)["sentence"])


def place(reply: Json) -> tuple[int, int]:
    """Return the iteration and the cursor."""
    return reply["iteration"], reply["cursor"]
