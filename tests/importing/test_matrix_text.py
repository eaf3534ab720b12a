"""Matrices as people paste them: each program's own way of writing them, and what may be one number or two."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.importing.matrix_text import matrices_in

pytestmark = pytest.mark.each_case

SQUARE = [[0.11, 0.21], [-0.12, 0.08]]
WAYS = {
    "NumPy, a program": "W1 = np.array([[0.11, 0.21],\n               [-0.12, 0.08]])",
    "NumPy, printed": "[[ 0.11  0.21]\n [-0.12  0.08]]",
    "NumPy, shown": "array([[ 0.11,  0.21],\n       [-0.12,  0.08]], dtype=float32)",
    "PyTorch": "Parameter containing:\ntensor([[ 0.1100,  0.2100],\n        [-0.1200,  0.0800]], requires_grad=True)",
    "PyTorch on a GPU": "tensor([[0.11, 0.21], [-0.12, 0.08]], device='cuda:0', dtype=torch.float64)",
    "MATLAB": "W1 = [0.11 0.21; -0.12 0.08];",
    "MATLAB with commas": "W1 = [0.11, 0.21; -0.12, 0.08]  % the first layer",
    "MATLAB in lines": "W1 = [0.11 0.21\n      -0.12 0.08];",
    "MATLAB that goes on": "W1 = [0.11 ...\n 0.21; -0.12 0.08]",
    "MATLAB, shown": "W1 =\n\n    0.1100    0.2100\n   -0.1200    0.0800\n\n",
    "Python": "W1 = [\n    [0.11, 0.21],\n    [-0.12, 0.08],\n]  # the first layer",
    "JSON": '{"W1": [[0.11, 0.21], [-0.12, 0.08]]}',
    "a table": "0.11\t0.21\n-0.12\t0.08\n",
    "lines": "0.11, 0.21\n−0.12, 8e-2",
}


@pytest.mark.parametrize("way", WAYS)
def test_matrices_are_read_in_the_way_that_a_program_writes_them(way: str) -> None:
    [matrix] = matrices_in(WAYS[way])
    assert matrix.rows == SQUARE
    assert matrix.name == ("W1" if "W1" in WAYS[way] else "")


def test_several_matrices_have_their_names() -> None:
    text = "W1 = [1 2; 3 4];\nb1 = [5; 6];\n\nW2 = [7 8]\nb2 = 9"
    assert [(matrix.name, matrix.rows, matrix.line) for matrix in matrices_in(text)] == [
        ("W1", [[1, 2], [3, 4]], 1), ("b1", [[5], [6]], 2), ("W2", [[7, 8]], 4), ("b2", [[9]], 5),
    ]  # fmt: skip
    state = "OrderedDict({'0.weight': tensor([[1., 2.]]), '0.bias': tensor([3.])})"
    assert [(matrix.name, matrix.rows) for matrix in matrices_in(state)] == [("0.weight", [[1, 2]]), ("0.bias", [[3]])]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There are no numbers"),
        ("[]", "There are no numbers"),
        ("W1 = [1 2; 3]", "Row 2 of W1 has 1 number, and the first row has 2"),
        ("\n[[1, 2],\n[3]]", "Row 2 of the matrix in line 2 has 1 number"),
        ("W1 = [0,5 0,6]", "Line 1: before 0 it is not clear where one number ends"),
        ("0,5;0,6", "Line 1: before ; it is not clear"),
        ("1-2", "Line 1: before -2 it is not clear"),
        ("[[1, 2],\n [3, nan]]", "Line 2: nan is no finite number"),
        ("[1e999]", "Line 1: 1e999 is no finite number"),
        ("W1 = 2*[1 2]", r"Line 1: “\*” is no number"),
        ("W1 = [1 x]", "Line 1: “x” is no number"),
        ("[1 2]]", "Line 1: “]” is no number"),
        ("[[1, 2],\n[3, 4]", "Line 2: the text ends within a bracket"),
        ("1.2.3", "Line 1: "),
        (" " * 200_001, "more than 200,000 characters"),
        ("1 " * 10_001, "more than 10,000 numbers"),
    ],
    ids=range(16),
)
def test_what_is_none_or_may_be_two_is_named_with_its_line(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        matrices_in(text)


NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=32)


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(NUMBERS, min_size=n, max_size=n), min_size=1, max_size=4)))
def test_what_numpy_and_python_write_comes_back(rows: list[list[float]]) -> None:
    array = np.array(rows)
    with np.printoptions(floatmode="unique"):
        texts = repr(rows), repr(array), str(array), f"W = {rows}", "\n".join(" ".join(map(repr, row)) for row in rows)
    for text in texts:
        [matrix] = matrices_in(text)
        assert matrix.rows == rows


@given(st.text(alphabet="W1b=[](){},;:.0123456789e-+ \n\"'#%xnan", max_size=60))
def test_any_text_is_matrices_or_refused_in_words(text: str) -> None:
    try:
        found = matrices_in(text)
    except ValueError as problem:
        assert " " in str(problem)  # noqa: PT017
        return
    assert all(len(row) == matrix.shape[1] for matrix in found for row in matrix.rows)
