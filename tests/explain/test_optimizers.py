"""What the page tells of an update by any optimizer: formulas, the table, matrices, details, and programs that run."""

import math
import re
from fractions import Fraction
from html import unescape
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import nnviz
from nnviz.engine.batches import ALL, Batches
from nnviz.engine.manner import DETAILS, MISTAKES, PLAIN, Manner
from nnviz.engine.method import Method
from nnviz.explain.any_layer_html import any_layer_html
from nnviz.explain.batch_matrices import batch_staged, batch_values
from nnviz.explain.matrices import staged
from nnviz.explain.matrix_equations import Constant, Entry, Equation, Matrix, Raised, parts
from nnviz.explain.numpy_program import program
from nnviz.explain.parameter_table import table
from nnviz.explain.sentence import sentence, title
from nnviz.explain.torch_program import torch_program
from nnviz.explain.updates_html import updates_html, updates_values
from nnviz.explain.values import as_json
from tests.asking import link
from tests.examples import MAZUR_WITH_BIASES
from tests.methods import ALL_METHODS, MIXED, name_of, traces
from tests.problems import Problem, of_preset

every_method = pytest.mark.parametrize("method", ALL_METHODS[1:], ids=name_of)
XOR, HOME = of_preset("xor-learns"), of_preset("2-2-1")


def last(problem: Problem, method: Method, iterations: int = 3, manner: Manner = PLAIN) -> nnviz.Iteration:
    """Return an iteration of a run."""
    *_, iteration = traces(problem, method, iterations, manner)
    return iteration


# The formula of a step


def reckoned(numbers: str) -> Fraction:
    """Return what a line of numbers comes to; a root that is no fraction to the digits of a float."""

    def root(x: Fraction) -> Fraction:
        exact = Fraction(math.isqrt(x.numerator), math.isqrt(x.denominator))
        return exact if exact * exact == x else Fraction(math.sqrt(x))

    code = re.sub(r"\d+(?:\.\d+)?(?:e−?\d+)?", lambda n: f'F("{n[0].replace("−", "-")}")', numbers)
    code = re.sub(r'√(F\("[^"]*"\))', r"root(\1)", code).replace("√(", "root(")
    for sign, python in {"²": "**2", "^": "**", "·": "*", "−": "-", "⌊": "floor(", "⌋": ")"}.items():
        code = code.replace(sign, python)
    return Fraction(eval(code, {"__builtins__": {}}, {"F": Fraction, "root": root, "floor": math.floor}))


@every_method
@pytest.mark.parametrize("detail", DETAILS)
def test_equal_is_said_where_the_numbers_give_the_result_and_nowhere_else(method: Method, detail: Any) -> None:
    iteration, signs = last(MAZUR_WITH_BIASES, method, 3, Manner(detail)), set()
    for step in iteration.steps:
        if step.phase != "update":
            continue
        numbers, relation, result = re.split(r" ([=≈]) ", str(step))[-3:]
        found, shown = reckoned(numbers), Fraction(result.replace("−", "-"))
        signs.add(relation)
        assert (relation == "=") is (found == shown), str(step)
        assert float(found) == pytest.approx(float(shown), rel=1e-6), str(step)
    assert "≈" in signs


# The table and the details


def test_running_means_have_columns_in_the_table() -> None:
    headers = table(last(HOME, Method(nnviz.Adam()), 1).plan).headers
    assert list(headers.values())[-6:] == ["m⁺", "v⁺", "m̂", "v̂", "step", "new value"]
    plain = table(HOME.trace().plan).headers
    assert list(plain.values())[-2:] == ["−α·∂E/∂w", "new value"]
    rows = table(last(HOME, Method(nnviz.Momentum()), 1).plan).rows
    assert [ids["v_w+"] for ids in rows.values()] == [f"v_w{n}+" for n in range(1, 7)]


@every_method
def test_what_a_weight_moves_by_is_in_the_table(method: Method) -> None:
    iteration = last(MAZUR_WITH_BIASES, method)
    values = as_json(iteration, len(iteration.pauses), 0)
    for parameter, ids in table(iteration.plan).rows.items():
        old, new = iteration.values[parameter.id], iteration.values[parameter.after_update().id]
        assert float(values[ids["change"]]["text"].replace("−", "-")) == pytest.approx(new - old, rel=1e-5, abs=1e-12)


def test_the_details_of_a_weight_tell_each_rule_of_its_update() -> None:
    typed = {"optimizer": "adam", "iteration": "2", "step": "47"}
    told = link(typed, chosen="weight-1-0-0")["details"]
    text = re.sub("<[^>]+>", "", "".join(part["html"] for part in told["parts"]))
    for piece in ("0.9·(−0.022652)", "−0.0448968", "1−0.92", "−0.2362989", "0.2100638"):
        assert piece in text.replace(" ", "").replace("\u2009", ""), piece


# Matrices


def value_of(equation: Equation, iteration: nnviz.Iteration) -> tuple[Any, Any]:
    """Return both sides of an equation as a reader computes them from what stands there."""
    found: list[Any] = []

    def numbers(entry: Entry) -> float:
        return float(np.ravel(iteration.values[entry.of])[0])

    def written(part: Any) -> str:
        match part:
            case Matrix(_, rows):
                found.append(np.array([[numbers(entry) for entry in row] for row in rows]))
            case Entry():
                found.append(numbers(part))
            case Constant():
                assert isinstance(part.value, Fraction)
                found.append(float(part.value))
            case Raised(base, exponent):
                found.append(numbers(base) ** numbers(exponent))
            case _:
                text = unescape(re.sub("<[^>]+>", "", part))
                return {"·": "*", "⊙": "*", "⊘": "/", "−": "-", "√": "root"}.get(text, text)
        return f"found[{len(found) - 1}]"

    sides = ["".join(map(written, parts(side))) for side in (equation.left, equation.right)]
    left, right = (eval(side, {"found": found, "root": np.sqrt}) for side in sides)
    return left, right


@every_method
@pytest.mark.parametrize("notation", ["numbered", "indexed"])
def test_every_equation_of_the_update_is_true(method: Method, notation: Any) -> None:
    for problem in (MAZUR_WITH_BIASES, XOR):
        iteration, seen = last(problem, method, 3, Manner(notation=notation)), set()
        for written in (staged(iteration.plan), batch_staged(iteration.plan)):
            for (phase, _), equations in written.items():
                for equation in equations if phase == "update" else ():
                    if equation.n_samples or any(entry.sample is not None for entry in equation.entries):
                        continue
                    if not method.update.is_plain or isinstance(equation.left, Matrix):
                        left, right = value_of(equation, iteration)
                        np.testing.assert_allclose(left, right, rtol=1e-12, atol=1e-15)
                        assert isinstance(equation.left, Matrix)
                        seen |= {entry.of for row in equation.left.rows for entry in row}
        assert seen == {step.id for step in iteration.steps if step.phase == "update"} - {"alpha_t"}


@every_method
def test_every_place_for_a_number_has_one(method: Method) -> None:
    for problem in (HOME, XOR):
        iteration = last(problem, method)
        end = len(iteration.pauses)
        known = as_json(iteration, end, 0) | updates_values(iteration, 0) | batch_values(iteration, end)
        html = updates_html(iteration.plan)
        assert re.findall(r'data-value="([^"]+)"', html)
        assert {unescape(name) for name in re.findall(r'data-value="([^"]+)"', html)} <= known.keys()
        for step in iteration.steps:
            if step.phase == "update" and step.id != "alpha_t":
                assert f'data-value="{step.id}"' in html


@every_method
def test_for_any_layer_the_rules_are_those_of_the_method(method: Method) -> None:
    html = any_layer_html(last(HOME, method).plan)
    text = unescape(re.sub("<[^>]+>", "", html))
    assert ("√" in html or "msqrt" in html) is (method.optimizer.key in ("rmsprop", "adam"))
    for setting in (*method.optimizer.settings, *method.schedule.settings):
        assert setting.quantity.letter.base in text


# Programs


@every_method
@pytest.mark.parametrize("batches", [ALL, Batches(2, seed=3)], ids=["all", "batches"])
@pytest.mark.parametrize("mistake", [None, *MISTAKES])
def test_the_program_in_numpy_is_where_training_is(method: Method, batches: Batches, mistake: Any) -> None:
    manner = PLAIN.with_mistake(mistake)
    lines = program(
        MIXED.network, MIXED.inputs, MIXED.targets, 0.1, 6, batches,
        in_place=manner.in_place, output_for_input=manner.output_for_input, method=method,
    )  # fmt: skip
    found: dict[str, Any] = {}
    exec("\n".join(line.text for line in lines), found)
    *_, at = traces(MIXED, method, 6, manner, batches)
    assert at.network is not None
    assert at.state is not None
    for number, layer in enumerate(at.network.layers, start=1):
        assert found[f"W{number}"] == pytest.approx(layer.matrix, rel=1e-10)
        assert found[f"b{number}"][:, 0] == pytest.approx(layer.vector, rel=1e-10)
        for letter, layers in at.state.kept.items():
            assert found[f"{letter}_W{number}"] == pytest.approx(layers[number - 1][0], rel=1e-9)
    assert "m_b2" not in found


@every_method
def test_the_code_of_an_iteration_makes_that_iteration(method: Method) -> None:
    iteration = last(MIXED, method)
    found: dict[str, Any] = {}
    exec(nnviz.to_code(iteration, "numpy"), found)
    assert iteration.network is not None
    for number, layer in enumerate(iteration.network.layers, start=1):
        assert found[f"W{number}"] == pytest.approx(layer.matrix, rel=1e-10)


@every_method
def test_pytorch_gets_the_optimizer_its_rate_and_what_it_has_kept(method: Method) -> None:
    iteration = last(MIXED, method)
    given: dict[Any, Any] = {}

    class Tensor(np.ndarray[Any, Any]):
        def __hash__(self) -> int:  # type: ignore[override]
            return id(self)

    class State(dict[Any, Any]):
        def __getitem__(self, key: Any) -> Any:
            return given.setdefault(id(key), {})

    def made(name: str) -> Any:
        return lambda parameters, **settings: (
            given.update(name=name, parameters=parameters, **settings) or SimpleNamespace(state=State())
        )

    def tensor(rows: Any, requires_grad: bool = False) -> Any:
        return np.array(rows, dtype=float).view(Tensor)

    torch = SimpleNamespace(
        float64=float, set_default_dtype=lambda kind: kind, tensor=tensor,
        optim=SimpleNamespace(**{name: made(name) for name in ("SGD", "RMSprop", "Adam")}),
    )  # fmt: skip
    text = "\n".join(line.text for line in torch_program(iteration)).partition("# Forward")[0]
    names: dict[str, Any] = {"torch": torch}
    exec(text.replace("import torch\n", ""), names)
    assert given["lr"] == iteration.values[iteration.plan.method.rate.id]
    trained, decay = [names[name] for name in ("W1", "b1", "W2")], method.weight_decay
    if decay:
        of_weights, of_biases = given["parameters"]
        assert of_weights["weight_decay"] == decay
        assert (of_weights["params"][0] is trained[0], of_weights["params"][1] is trained[2]) == (True, True)
        assert of_biases.keys() == {"params"}
        trained, given["parameters"] = trained[1:2], of_biases["params"]
    assert list(map(id, given["parameters"])) == list(map(id, trained))
    kept = given.get(id(names["W1"]), {})
    assert ("step" in kept) is (method.optimizer.key in ("rmsprop", "adam"))
    arrays = [array for name, array in kept.items() if name != "step"]
    before = iteration.state_before.kept.values()
    for array, layers in zip(arrays, before, strict=True):
        assert array.tolist() == layers[0][0].tolist()


# As LaTeX


def test_the_rules_of_adam_in_latex() -> None:
    iteration = last(HOME, Method(nnviz.Adam(), nnviz.StepDecay(2, 0.5)), 1)
    latex = nnviz.to_latex(iteration)
    for formula in (
        r"\alpha_{t} &= \alpha \cdot {\gamma}^{\left\lfloor \frac{t - 1}{n} \right\rfloor}",
        r"m_{w_{1}}^{+} &= \beta_{1} \cdot m_{w_{1}} + \left(1 - \beta_{1}\right) \cdot \frac{\partial E}{",
        r"\hat{v}_{w_{1}} &= \frac{v_{w_{1}}^{+}}{1 - {\beta_{2}}^{t}}",
        r"w_{1}^{+} &= w_{1} - \alpha_{t} \cdot \frac{\hat{m}_{w_{1}}}{\sqrt{\hat{v}_{w_{1}}} + \epsilon}",
    ):
        assert re.sub(r"\s", "", formula) in re.sub(r"\s", "", latex), formula


# Words


def test_the_steps_of_adam_are_told_in_words() -> None:
    iteration = last(HOME, Method(nnviz.Adam(), nnviz.ExponentialDecay(0.9)), 2)
    cursors = range(14, 20)
    assert [title(iteration, cursor) for cursor in cursors] == [
        "The learning rate of this iteration",
        "The mean gradient of w1",
        "The mean squared gradient of w1",
        "The mean gradient of w1, corrected",
        "The mean squared gradient of w1, corrected",
        "The new w1",
    ]
    words = [sentence(iteration, cursor) for cursor in cursors]
    assert words[0] == ("The schedule says how long this iteration’s steps are: 0.05·0.9^(2 − 1) = 0.045.")
    assert words[1] == (
        "The running mean of w1’s gradients keeps the part β of what it was, and takes the rest from its gradient: "
        "0.9·(−0.022652) + (1 − 0.9)·(−0.2451) = −0.0448968."
    )
    assert words[5].startswith("From w1, subtract the learning rate times its mean gradient, divided by the size")
    assert words[5].endswith("w1 grows.")


def test_a_layers_step_tells_its_new_weights_and_whose_step_it_is() -> None:
    iteration = last(HOME, Method(nnviz.Momentum()), 1, Manner("layer"))
    cursor = next(n for n, pause in enumerate(iteration.pauses, 1) if pause[0].phase == "update")
    assert sentence(iteration, cursor) == (
        "Each weight and bias of layer 1 takes its step by its gradient, as momentum has it: "
        "w1⁺ = 0.121326, w2⁺ = 0.226989, w3⁺ = 0.132135, w4⁺ = 0.0982025."
    )


def test_a_gradient_that_is_a_mistake_is_called_so_in_the_running_mean() -> None:
    iteration = last(HOME, Method(nnviz.Momentum()), 1, Manner(output_for_input=True))
    cursor = next(n for n, pause in enumerate(iteration.pauses, 1) if pause[0].phase == "update")
    assert "and what was taken for its gradient is added" in sentence(iteration, cursor)
