"""What a page of somebody who practises asks and is answered."""

from collections.abc import Sequence
from typing import Any

from tests.asking import ask

Json = dict[str, Any]
BY_HAND = {  # the iteration of "Backpropagation Step by Step"
    "h1": "0.85", "h2": "0.48", "yhat": "0.191", "E": "0.3272405", "dE/dyhat": "-0.809", "dE/dw5": "-0.68765",
    "dE/dw6": "-0.38832", "dE/dh1": "-0.11326", "dE/dh2": "-0.12135", "dE/dw1": "-0.22652", "dE/dw2": "-0.33978",
    "dE/dw3": "-0.2427", "dE/dw4": "-0.36405", "w1+": "0.121326", "w2+": "0.226989", "w3+": "0.132135",
    "w4+": "0.0982025", "w5+": "0.1743825", "w6+": "0.169416",
}  # fmt: skip


def answers(numbers: dict[str, str], step: str = "") -> Json:
    return {"deed": "answers", "step": step, "numbers": numbers, "at": 1}


def pressed(deed: str, step: str, **numbers: str) -> Json:
    return {"deed": deed, "step": step, "numbers": numbers, "at": 2}


def practised(
    way: str, log: Sequence[Json] = (), record: str = "", assignment: str = "", number: int = 0, **asked: Any
) -> Json:
    """Return what the page is answered after what a student did at a task in a way."""
    started = {"way": way, "assignment": assignment, "number": number, "record": record}
    task = ask(practice=started | {"task": "", "log": []}, **asked)["practice"]["task"]
    return ask(practice=started | {"task": task, "log": list(log)}, **asked)
