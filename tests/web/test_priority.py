"""Who waits for whom: training for the steps that readers take."""

import heapq
import threading
from contextlib import ExitStack

import pytest

from nnviz.web.priority import FARTHEST, MOST_LONG, USUAL_TURN, Priority


def test_training_waits_while_a_step_is_computed_and_no_longer() -> None:
    priority, order = Priority(), []

    def train_on() -> None:
        priority.wait()
        order.append("training")

    with priority.quick():
        thread = threading.Thread(target=train_on)
        thread.start()
        order.append("step")
    thread.join()
    priority.wait()
    assert order == ["step", "training"]


def test_there_is_room_for_so_much_that_takes_long_and_again_when_some_of_it_is_done() -> None:
    priority = Priority()
    with ExitStack() as under_way:
        rooms = [under_way.enter_context(priority.long()) for _ in range(MOST_LONG + 1)]
        assert rooms == [True] * MOST_LONG + [False]
    with priority.long() as has_room:
        assert has_room


def test_of_what_is_large_so_many_are_computed_at_a_time_and_what_is_small_goes_past() -> None:
    priority, entered = Priority(), threading.Event()

    def compute() -> None:
        with priority.quick(is_large=True):
            entered.set()

    thread = threading.Thread(target=compute)
    with priority.quick(is_large=True):
        with priority.quick(is_large=True):
            thread.start()
            with priority.quick():
                assert not entered.wait(0.2)
        assert entered.wait(5)
    thread.join()


class Hours:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_who_trains_alone_never_waits_for_a_turn() -> None:
    clock = Hours()
    priority = Priority(clock)
    for _ in range(10):
        with priority.long() as has_room:
            assert has_room
            clock.now += 0.3
        assert priority.next_turn() == 0


@pytest.mark.parametrize("trainers", [2, 15])
@pytest.mark.parametrize("turn", [0.1, USUAL_TURN, 0.3])
def test_all_who_train_get_as_much_and_nobody_asks_in_vain(trainers: int, turn: float) -> None:
    clock, slices, in_vain = Hours(), [0] * trainers, 0
    priority, under_way = Priority(clock), list[ExitStack]()
    comes: list[tuple[float, int, bool]] = [(0.0, trainer, True) for trainer in range(trainers)]
    while clock.now < 120:
        clock.now, trainer, is_begin = heapq.heappop(comes)
        if not is_begin:
            under_way.pop(0).close()
            slices[trainer] += 1
            heapq.heappush(comes, (clock.now + priority.next_turn(), trainer, True))
        elif len(under_way) < MOST_LONG:
            under_way.append(ExitStack())
            assert under_way[-1].enter_context(priority.long())
            heapq.heappush(comes, (clock.now + turn, trainer, False))
        else:
            in_vain += 1
            assert in_vain <= trainers
            heapq.heappush(comes, (clock.now + priority.next_turn(), trainer, True))
    assert sum(slices) > 0.9 * 120 / turn
    assert max(slices) - min(slices) <= max(2, 0.02 * max(slices))


def test_nobody_is_told_to_come_back_so_late_that_training_seems_to_stand_still() -> None:
    priority = Priority(Hours())
    turns = [priority.next_turn() for _ in range(100)]
    assert turns[:3] == [0, USUAL_TURN, 2 * USUAL_TURN]
    assert max(turns) == FARTHEST
