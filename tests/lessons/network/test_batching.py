"""Batches: which samples an iteration uses, what may be set, and whose numbers are shown."""

import pytest

from tests.asking import link, sentence, then


def test_batches_say_which_samples_an_iteration_uses() -> None:
    opened = link({"preset": "xor-learns", "batches": "2 in-order"})
    first, second = (then(opened, iteration=number, step="1")["views"][1]["meta"] for number in ("1", "2"))
    assert "· batch: 1, 2" in first
    assert "· batch: 3, 4" in second
    assert "batch" not in link({"preset": "xor-learns"})["views"][0]["meta"]
    shuffled = link({"preset": "xor-learns", "batches": "1 shuffled 5"})
    assert shuffled["settings"]["batch-seed"] == "5"
    assert shuffled["kept"]["batches"] == "1 shuffled 5"


@pytest.mark.parametrize("text", ["0", "5", "two", "", "1.5"])
def test_a_batch_is_all_or_some_samples(text: str) -> None:
    reply = then(link({"preset": "xor-learns"}), {"batch-size": text})
    assert reply["problems"] == {"batch-size": "Allowed are all, or a whole number from 1 to 4."}
    assert reply["kept"]["batches"] == "all"


def test_of_a_single_sample_a_batch_is_that_one() -> None:
    assert link({"batches": "2"})["notice"].endswith(
        "Batches cannot be “2”: all is used instead. Allowed are all, or 1."
    )


def test_in_batches_the_numbers_shown_are_those_of_a_sample_in_use() -> None:
    opened = link({"preset": "xor-learns", "batches": "1 in-order", "sample": "3"})
    used = [then(opened, iteration=str(number), step="1") for number in (1, 2, 3, 4)]
    assert [reply["views"][1]["meta"].count(f"batch: {n}") for n, reply in enumerate(used, start=1)] == [1] * 4
    assert all(f"sample {n} of 4" in reply["views"][1]["meta"] for n, reply in enumerate(used, start=1))
    inputs = [[reply["values"][name]["text"] for name in ("x1", "x2")] for reply in used]
    assert inputs == [["0", "0"], ["0", "1"], ["1", "0"], ["1", "1"]]
    assert "0·" in sentence(used[0])
