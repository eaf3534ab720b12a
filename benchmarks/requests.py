"""Training through the server: what a request adds to the engine, and what it takes from those who step meanwhile."""

import gzip
import json
import time
from statistics import median
from threading import Event, Thread
from typing import Any
from unittest.mock import patch
from urllib.request import Request, urlopen

from benchmarks.engine import step_body
from nnviz.lessons.network.links import in_full
from nnviz.lessons.network.setup import of_preset
from nnviz.lessons.network.training.slices import trained
from nnviz.protocol import Curve, ToldRun, TrainingRequest
from nnviz.web.server import DISPATCH, create_app

PRESET, SHORT, ENDLESS = "xor-learns", 10_000, 900_000
STEPS = 25
EMPTY: Curve = {"iterations": [], "losses": []}

Json = dict[str, Any]


def share_of_request() -> tuple[int, float, float]:
    """Return of a whole training from the page: its requests, the CPU milliseconds of all, and those in the engine."""
    client, in_engine = create_app().server.test_client(), 0.0

    def timed(*given: Any, **named: Any) -> Any:
        nonlocal in_engine
        start = time.process_time()
        done = trained(*given, **named)
        in_engine += time.process_time() - start
        return done

    client.get("/")  # a server's first answer takes longer than any other
    reply, requests, spent = None, 0, 0.0
    with patch("nnviz.lessons.network.training.requests.trained", timed):
        while reply is None or reply["end"] == "goes-on":
            body = json.dumps(training_body(reply, SHORT))
            start = time.process_time()
            answer = client.post(
                DISPATCH, data=body, content_type="application/json", headers={"Accept-Encoding": "gzip"}
            )
            spent += time.process_time() - start
            requests += 1
            reply = json.loads(gzip.decompress(answer.data))["response"]["train-readings"]["data"]
    return requests, 1000 * spent, 1000 * in_engine


def step_time(address: str, trainers: int) -> float:
    """Return the milliseconds that a step's request takes, the median of many, while so many others train."""
    is_over = Event()
    threads = [Thread(target=_train, args=(address, is_over)) for _ in range(trainers)]
    for thread in threads:
        thread.start()
    times = []
    for number in range(STEPS):
        start = time.perf_counter()
        _post(address, step_body(number))
        times.append(time.perf_counter() - start)
    is_over.set()
    for thread in threads:
        thread.join()
    return 1000 * median(times)


def _train(address: str, is_over: Event) -> None:
    """Train as the page does, slice after slice."""
    reply: Json | None = None
    while not is_over.is_set():
        reply = _post(address, training_body(reply, ENDLESS))["response"]["train-readings"]["data"]
        time.sleep(reply["wait"] / 1000)
        if reply["end"] != "goes-on":
            reply = None


def _post(address: str, body: Json) -> Json:
    request = Request(address.rstrip("/") + DISPATCH, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urlopen(request) as answer:
        received: Json = json.loads(answer.read())
    return received


def training_body(reply: Json | None, count: int) -> Json:
    """Return what the page asks at first, or after a reply."""
    curve = reply["curve"] if reply else EMPTY
    run: ToldRun = {"texts": in_full(of_preset(PRESET)), "curve": curve, "overall": EMPTY, "tested": EMPTY, "shown": 1}
    asked: TrainingRequest = {
        "serial": 1, "run": run, "other": None, "since": 1,
        "checkpoint": reply["checkpoints"][-1] if reply else None,
        "goal": reply["goal"] if reply else 0, "count": str(count), "measure": "loss", "below": "", "lists": False,
        "jump": None, "scale": "linear", "theme": "light",
    }  # fmt: skip
    return {
        "output": "train-readings.data",
        "outputs": {"id": "train-readings", "property": "data"},
        "inputs": [{"id": "train-request", "property": "data", "value": asked}],
        "changedPropIds": ["train-request.data"],
    }
