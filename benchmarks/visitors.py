"""Visitors of a class as Locust plays them: each loads the page, then steps and edits; each tenth trains.

``python -m benchmarks.load`` starts it. A visitor has six connections, as a browser has, and pauses as a reader does.
"""

import os
import re
import time
from itertools import count
from typing import Any, ClassVar

from gevent.pool import Pool
from locust import FastHttpUser, between

from benchmarks.engine import step_body
from benchmarks.load import EDIT, FILE, PAGE, PASS, SLICE, TRAINING
from benchmarks.requests import SHORT, training_body
from nnviz.web.server import DISPATCH

CONNECTIONS = 6
FILES = re.compile(r'(?:href|src)="(/(?:assets|_dash)[^"]+)"')
COMPRESSED = {"Accept-Encoding": "gzip, br"}
IS_COLD = os.environ.get("CACHE") != "warm"
EACH_TRAINS = 10  # of so many visitors one
NUMBERS = count()


class Visitor(FastHttpUser):  # type: ignore[misc]
    """Somebody with the page: a press that asks the server, or an edit, every few seconds."""

    wait_time = between(1, 3)
    concurrency = CONNECTIONS
    network_timeout = connection_timeout = 60.0

    def on_start(self) -> None:
        self.number, self.iteration = next(NUMBERS), 0
        page = self.client.get("/", name=PAGE, headers=COMPRESSED)
        if IS_COLD:
            Pool(CONNECTIONS).map(self._load, dict.fromkeys(FILES.findall(page.text or "")))

    def step(self) -> None:
        self.iteration += 1
        self._post(step_body(self.number, self.iteration), PASS)

    def edit(self) -> None:
        self.number, self.iteration = next(NUMBERS) + 100_000, 1
        self._post(step_body(self.number), EDIT)

    def train(self) -> None:
        if self.number % EACH_TRAINS:
            self.step()
            return
        begun, reply = time.perf_counter(), None
        while reply is None or reply["end"] == "goes-on":
            if reply:
                time.sleep(reply["wait"] / 1000)
            answer = self._post(training_body(reply, SHORT), SLICE)
            if answer is None:
                return
            reply = answer["train-readings"]["data"]
        self.environment.events.request.fire(
            request_type="", name=TRAINING, response_time=1000 * (time.perf_counter() - begun), response_length=0,
            exception=None, context={},
        )  # fmt: skip

    tasks: ClassVar = {step: 15, edit: 3, train: 2}

    def _load(self, path: str) -> None:
        self.client.get(path, name=FILE, headers=COMPRESSED)

    def _post(self, body: object, name: str) -> Any:
        with self.client.post(DISPATCH, json=body, name=name, headers=COMPRESSED, catch_response=True) as answer:
            if answer.status_code != 200:
                answer.failure(f"status {answer.status_code}")
                return None
            return answer.json()["response"]
