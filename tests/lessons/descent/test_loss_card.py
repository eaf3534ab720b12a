"""What a loss is for: the numbers of the card, by hand, and that both losses have their minimum in one place."""

from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnviz
from nnviz.lessons.descent import loss_card
from nnviz.lessons.descent.loss_card import TARGETS, card, losses
from nnviz.text.english import SENTENCES


class Cells(HTMLParser):
    """The texts of a table's rows."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.marked: list[list[str]] = []
        self._is_in = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
            if ("aria-current", "true") in attrs:
                self.marked.append(self.rows[-1])
        if tag in ("td", "th"):
            self._is_in = True
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._is_in = self._is_in and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._is_in:
            self.rows[-1][-1] += data.strip()


def test_the_pictures_and_what_their_answers_add() -> None:
    rows = Cells(card()).rows
    assert rows[1:5] == [
        ["cat", "0", "0.2", "0.04"],
        ["dog", "1", "0.9", "0.01"],
        ["dog", "1", "0.4", "0.36"],
        ["dog", "1", "0.8", "0.04"],
    ]
    assert losses(loss_card.ANSWERS) == pytest.approx([0.1125, 0.05625])


def test_both_losses_are_lowest_for_the_same_answer() -> None:
    found = Cells(card())
    numbers = [[float(text) for text in row] for row in found.rows[6:]]
    assert numbers == [
        [0, 0.75, 0.375],
        [0.25, 0.4375, 0.21875],
        [0.5, 0.25, 0.125],
        [0.75, 0.1875, 0.09375],
        [1, 0.25, 0.125],
    ]
    assert found.marked == [["0.75", "0.1875", "0.09375"]]


@given(st.lists(st.floats(0, 1), min_size=4, max_size=4))
def test_one_is_half_of_the_other_and_both_are_those_of_the_networks(answers: list[float]) -> None:
    whole, half = losses(np.array(answers))
    assert half == pytest.approx(whole / 2)
    for name, value in (("mean_squared_error", whole), ("half_squared_error", half)):
        network = nnviz.Network(layers=[nnviz.Layer(weights=[[1.0]])], loss=name)
        history = nnviz.train(
            network, [[answer] for answer in answers], [[y] for y in TARGETS], learning_rate=1.0, iterations=1
        )
        assert history.losses[0] == pytest.approx(value)


@given(st.lists(st.sampled_from([0.0, 1.0]), min_size=4, max_size=4))
def test_of_answers_0_and_1_the_mean_is_the_share_of_mistakes(answers: list[float]) -> None:
    mistakes = sum(answer != target for answer, target in zip(answers, TARGETS, strict=True))
    assert losses(np.array(answers))[0] == mistakes / 4


def test_the_sums_are_written_out() -> None:
    html = card()
    assert "0.1125" in html
    assert "0.05625" in html
    assert SENTENCES["cats.story"] in html
    assert "<details" in html
    assert "<details open" not in html
