"""Who waits for whom: training for the steps that readers take."""

import threading
from contextlib import ExitStack

from nnviz.web.priority import MOST_LONG, Priority


def test_training_waits_while_a_step_is_computed_and_no_longer() -> None:
    courtesy, order = Priority(), []

    def train_on() -> None:
        courtesy.wait()
        order.append("training")

    with courtesy.quick():
        thread = threading.Thread(target=train_on)
        thread.start()
        order.append("step")
    thread.join()
    courtesy.wait()
    assert order == ["step", "training"]


def test_there_is_room_for_so_much_that_takes_long_and_again_when_some_of_it_is_done() -> None:
    priority = Priority()
    with ExitStack() as under_way:
        rooms = [under_way.enter_context(priority.long()) for _ in range(MOST_LONG + 1)]
        assert rooms == [True] * MOST_LONG + [False]
    with priority.long() as has_room:
        assert has_room
