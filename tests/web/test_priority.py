"""Who waits for whom: training for the steps that readers take."""

import threading

from nnviz.web.priority import Priority


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
