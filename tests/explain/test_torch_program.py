"""The program in PyTorch: its E is the page's, and the gradients beside it are the slopes of that E.

PyTorch itself runs it in the benchmarks.
"""

import ast
import re
from html import unescape

import numpy as np
import pytest

from nnviz.engine.activations import ANYWHERE
from nnviz.engine.losses import REDUCTIONS
from nnviz.presets import PRESETS
from tests.asking import Json, link
from tests.oracles.torch import error, slope

pytestmark = pytest.mark.each_case

BUILT = {"inputs": "2", "layers": "3 relu trained, 2 tanh fixed, 2 sigmoid none", "loss": "mean_squared_error",
         "start": "xavier 1 3", "data": "0.5,-1,1,0;1.5,.25,0,1;-.75,2,1,1", "batches": "2 shuffled 3"}  # fmt: skip
LAYERS = [*(f"3 {name} trained, 1 {name} none" for name in ANYWHERE), "2 leaky_relu 0.1 none, 1 tanh none"]
ACTIVATED = [BUILT | {"layers": layers, "data": "0.5,-1,1;1.5,.25,0;-.75,2,1"} for layers in LAYERS]
REDUCED = [BUILT | {"reduction": reduction, "loss": "mean_absolute_error"} for reduction in REDUCTIONS]
HELD = BUILT | {"layers": "3 tanh one, 2 tanh trained, 2 sigmoid fixed", "fixed": "w1,b5", "absent": "w4,w9",
                "tied": "w2,w7,w12;w13,w14"}  # fmt: skip
CASES = [
    HELD,
    *({"preset": preset} for preset in PRESETS if preset not in ("vanishing", "perceptron")),
    BUILT,
    *ACTIVATED,
    *REDUCED,
]
PLACE = re.compile(r'(data-value="([^"]*)"[^>]*>)[^<]*')


def at_the_end(typed: dict[str, str]) -> Json:
    """Return the answer at the end of an iteration, where all of its numbers are known."""
    return link(typed | {"step": str(link(typed)["steps"])}, views=["program"])


def filled(reply: Json) -> str:
    """Return the program with the page's gradients in their places, as people copy it."""
    html = PLACE.sub(lambda place: place[1] + reply["values"][unescape(place[2])]["text"], reply["program"]["torch"])
    return unescape(re.sub("<[^>]*>", "", html))


def gradients(program: str) -> dict[str, np.ndarray]:
    """Return the gradients that a program has in comments, by the names of the tensors, in order."""
    found = re.findall(r"print\((\w+)\.grad\)\n((?:#.*\n?)+)", program)
    return {name: np.array(ast.literal_eval(rows.replace("#", "").replace("−", "-").strip())) for name, rows in found}


@pytest.mark.parametrize(
    "typed", CASES, ids=lambda typed: typed.get("preset", "") or typed["layers"] + typed.get("reduction", "")
)
@pytest.mark.parametrize("iteration", ["1", "3"])
def test_its_error_is_the_pages_and_the_gradients_are_its_slopes(typed: dict[str, str], iteration: str) -> None:
    reply = at_the_end(typed | {"iteration": iteration})
    program = filled(reply)
    found_error = error(program)
    assert pytest.approx(float(reply["values"]["E"]["text"]), rel=1e-6) == found_error
    found = gradients(program)
    assert len(found) == program.count("requires_grad=True")
    for number, slopes in enumerate(found.values()):
        for place, expected in enumerate(slopes.flat):
            assert slope(program, number, place) == pytest.approx(expected, rel=1e-4, abs=1e-6 * max(1.0, found_error))


def test_three_lines_stand_in_the_place_of_backward_and_update() -> None:
    program = filled(at_the_end({}))
    lines = [line.partition("#")[0].strip() for line in program.partition("# In the place")[2].splitlines()]
    assert lines[1:5] == ["optimizer.zero_grad()", "E.backward()", "optimizer.step()", ""]
    assert program.endswith(
        "print(W1.grad)\n# [[−0.22652, −0.33978],\n#  [−0.2427, −0.36405]]\n"
        "print(W2.grad)\n# [[−0.68765, −0.38832]]\n"
    )  # fmt: skip


def test_fixed_biases_have_no_gradient_and_a_batch_its_own_samples() -> None:
    program = filled(at_the_end(BUILT))
    assert "b2 = torch.tensor([" in program
    assert "print(b2" not in program
    assert "SGD([W1, b1, W2, W3]" in program
    assert "/ 2\n" in program


def test_gradients_wait_until_they_are_computed_and_lines_are_lit_by_their_stages() -> None:
    html = link({}, views=["program"])["program"]["torch"]
    assert '<span data-value="dE/dw1" data-at="weight-1-0-0">·</span>' in html
    stages = {unescape(text).split(" ")[0]: set(names.split()) for names, text in
              re.findall('<span data-stage="([^"]*)">([^<]*)</span>', html)}  # fmt: skip
    assert stages["E.backward()"] == {"delta-1", "delta-2", "gradients-1", "gradients-2"}
    assert stages["optimizer.step()"] == {"update-1", "update-2"}
    assert stages["A2"] == {"forward-2"}
    assert stages["E"] == {"loss-2"}


@pytest.mark.parametrize("update", ["in-place", "output-for-input"])
def test_of_a_classic_mistake_pytorch_knows_nothing(update: str) -> None:
    shown = link({"update": update}, views=["program"])["program"]
    assert "data-value" not in shown["torch"]
    assert "print(W1.grad)" in shown["torch"]
    assert "does not make the classic mistake" in shown["torch_words"]
    assert "classic mistake" not in link({}, views=["program"])["program"]["torch_words"]
