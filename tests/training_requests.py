"""What the page asks of training, and the answers, which are strict JSON."""

import json
from typing import Any

from nnviz.lessons.network.links import in_full
from nnviz.lessons.network.setup import of_preset
from nnviz.lessons.network.training.requests import TrainRequest, slice_of
from tests.asking import Json

EMPTY: Json = {"iterations": [], "losses": []}


def run_of(preset: str = "xor-learns", **texts: str) -> Json:
    return {"texts": in_full(of_preset(preset)) | texts, "curve": EMPTY, "overall": EMPTY, "tested": EMPTY, "shown": 1}


def checkpoint(iteration: object, packed: object) -> Json:
    return {"iteration": iteration, "packed": packed}


def curve(iterations: list[Any], losses: list[Any]) -> Json:
    return {"iterations": iterations, "losses": losses}


def body(**changes: Any) -> Json:
    """Return what the page asks when Train is pressed at the start."""
    asked = {"serial": 1, "run": run_of(), "other": None, "checkpoint": None, "since": 1, "goal": 0, "count": "100",
             "measure": "loss", "below": "", "lists": False, "jump": None,
             "scale": "linear", "theme": "light"}  # fmt: skip
    return asked | changes


def train(**changes: Any) -> Json:
    """Return the answer to a training request with these changes, which is strict JSON."""
    reply = slice_of(TrainRequest.of(body(**changes)), lambda: None)
    received: Json = json.loads(json.dumps(reply, allow_nan=False))
    return received


def go_on(reply: Json, **changes: Any) -> Json:
    """Return the answer to the next slice."""
    run = run_of() | {"curve": reply["curve"], "overall": reply["overall"], "tested": reply["tested"]}
    return train(**({"run": run, "checkpoint": reply["checkpoints"][-1], "goal": reply["goal"]} | changes))


def trained(**changes: Any) -> Json:
    reply = train(**changes)
    while reply["end"] == "goes-on":
        reply = go_on(
            reply, **{key: value for key, value in changes.items() if key not in ("count", "run", "checkpoint")}
        )
    return reply
