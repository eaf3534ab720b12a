"""How long the engine and the server compute."""

import time
from collections.abc import Callable
from functools import cache
from statistics import median

import nnviz
from nnviz.charts.theme import Look
from nnviz.lessons.network.fields import form
from nnviz.lessons.network.links import in_full
from nnviz.lessons.network.setup import of_preset
from nnviz.presets import DEFAULT, PRESETS
from nnviz.protocol import PageRequest
from nnviz.web.registry import LESSONS
from nnviz.web.server import DISPATCH, create_app

RUNS = 60


def trace_time() -> float:
    """Return the milliseconds that the trace of a 2-2-1 iteration takes, the median of many."""
    preset = PRESETS[DEFAULT]
    return _median_ms(
        lambda _: nnviz.trace(preset.network, preset.inputs, preset.targets, preset.learning_rate),
        time.perf_counter,
    )


def forward_request_time() -> float:
    """Return the milliseconds of CPU of a Forward request, each with weights that no request had before."""
    client = create_app().server.test_client()

    def press_forward(run: int) -> None:
        answer = client.post(DISPATCH, json=step_body(run), headers={"Accept-Encoding": "gzip, br"})
        assert answer.status_code == 200

    return _median_ms(press_forward, time.process_time)


def step_body(run: int, iteration: int = 1) -> dict[str, object]:
    """Return a Forward request in an iteration, with weights of its own."""
    setup = of_preset(DEFAULT)
    asked: PageRequest = {
        "serial": run, "typed": form(setup).texts(setup) | {"w1": str(0.11 + run / 1000)}, "kept": in_full(setup),
        "repeated": [], "iteration": str(iteration), "step": "1", "theme": "light", "room": (700, 400),
        "action": "", "payload": "", "chosen": "", "checked": "", "panels": _panels(),
        "run": "", "checkpoint": None, "views": [], "numbers": "", "pair": "",
        "path": [], "beside": None, "lesson": "network", "practice": None,
    }  # fmt: skip
    return {
        "output": "readings.data",
        "outputs": {"id": "readings", "property": "data"},
        "inputs": [{"id": "request", "property": "data", "value": asked}],
        "changedPropIds": ["request.data"],
    }


@cache
def _panels() -> str:
    """Return the name of the forms that the page already has when Forward is pressed."""
    lesson, setup = LESSONS["network"], of_preset(DEFAULT)
    sent = lesson.panels(setup, lesson.view(setup, 1, Look()), "")
    assert sent is not None
    return str(sent["key"])


def _median_ms(action: Callable[[int], object], clock: Callable[[], float]) -> float:
    for warm_up in range(5):
        action(warm_up)
    times = []
    for run in range(5, 5 + RUNS):
        start = clock()
        action(run)
        times.append(clock() - start)
    return 1000 * median(times)
