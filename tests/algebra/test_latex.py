"""LaTeX: read back, it comes to the number that it is a formula for; and it is what people would write."""

import pytest

import nnviz
from nnviz.algebra.latex import aligned, worked, written
from nnviz.algebra.quantities import Derivative, Letter, Product
from nnviz.presets import PRESETS
from tests.asking import link
from tests.networks import EXAMPLES
from tests.oracles.latex import derivatives_in, name_of, rows_of, worth

SYMBOLS = [
    (Letter("w", "5"), "w_{5}"),
    (Letter("w", "13", upper="2"), "w_{13}^{2}"),
    (Letter("w", "13", new=True, upper="2"), "w_{13}^{2+}"),
    (Letter("ŷ", new=True), r"\hat{y}^{+}"),
    (Letter("α"), r"\alpha"),
    (Letter("δ", "1", upper="l−1"), r"\delta_{1}^{l-1}"),
    (Letter("e", upper="−z"), "e^{-z}"),
    (Letter("σ′"), r"\sigma'"),
    (Letter("temp_c"), r"\textit{temp\_c}"),
    (Letter("größe"), r"\textit{größe}"),
    (Derivative(Letter("E"), Letter("w", "5")), r"\frac{\partial E}{\partial w_{5}}"),
    (Derivative(Letter("y"), Letter("x"), "d", is_second=True), r"\frac{d^{2} y}{d x^{2}}"),
    (Product((Letter("x", "1"), Letter("w", "1"))), r"x_{1} \cdot w_{1}"),
]


@pytest.mark.parametrize(("symbol", "expected"), SYMBOLS, ids=[expected for _, expected in SYMBOLS])
def test_symbols_are_as_people_write_them(symbol: Letter | Derivative | Product, expected: str) -> None:
    assert written(symbol) == expected


def test_a_step_is_worked_row_by_row() -> None:
    step = EXAMPLES["2-2-1"].trace().by_name["∂E/∂w1"]
    assert aligned([worked(step)]) == (
        "\\begin{aligned}\n"
        r"  \frac{\partial E}{\partial w_{1}} &= \frac{\partial E}{\partial \hat{y}} \cdot "
        r"\frac{\partial \hat{y}}{\partial h_{1}} \cdot \frac{\partial h_{1}}{\partial w_{1}} \\" "\n"
        r"  &= \frac{\partial E}{\partial \hat{y}} \cdot w_{5} \cdot x_{1} \\" "\n"
        r"  &= -0.809 \cdot 0.14 \cdot 2 \\" "\n"
        r"  &= -0.22652" "\n"
        "\\end{aligned}"
    )  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES)
def test_symbols_and_numbers_come_to_the_steps_value(example: str) -> None:
    iteration = EXAMPLES[example].trace()
    values = {key: float(value) for key, value in iteration.values.items()}
    for step in iteration.steps:
        *symbols, result = rows_of(aligned([worked(step)]))
        name, _, first = symbols[0].partition(" &= ")
        readings = [first, *(row.removeprefix("&= ") for row in symbols[1:])]
        assert name_of(name) == step.id
        for reading in readings:
            if derivatives_in(reading) <= values.keys():  # a local derivative has no step of its own here
                assert worth(reading, values) == pytest.approx(float(step.value), rel=1e-6, abs=1e-12), step.name
        assert worth(result.removeprefix("&=").removeprefix(r"&\approx")) == pytest.approx(float(step.value), rel=1e-6)


def test_large_and_small_numbers_have_powers_of_ten() -> None:
    network = nnviz.Network([nnviz.Layer([[1.5e-9]])])
    step = nnviz.trace(network, [[2e12]], [[1]], 0.1).steps[0]
    assert worked(step)[2:] == [r"&= 2 \times 10^{12} \cdot 1.5 \times 10^{-9}", "&= 3000"]


def test_what_has_no_number_is_said_in_words() -> None:
    iteration = nnviz.trace(nnviz.Network([nnviz.Layer([[1e200]])]), [[1e200]], [[1]], 0.1)
    assert worked(iteration.steps[0])[-1] == (r"& \quad \text{is too large for a 64-bit float: the error has diverged}")


@pytest.mark.parametrize("lesson", ["network", "descent", "sigmoid"])
def test_the_page_has_each_step_as_latex(lesson: str) -> None:
    first = link({}, lesson=lesson)
    views = link({"step": str(first["steps"])}, lesson=lesson)["views"] + first["views"]
    for view in views:
        assert bool(view["latex"]) is bool(view["formula"])
        if view["latex"]:
            rows_of(view["latex"])


@pytest.mark.parametrize("preset", PRESETS)
def test_the_page_has_the_numbers_of_its_sample(preset: str) -> None:
    setting = PRESETS[preset]
    iteration = nnviz.trace(setting.network, setting.inputs, setting.targets, setting.learning_rate)
    view = link({"preset": preset, "step": "1"})["views"][1]
    assert view["latex"] == nnviz.to_latex(iteration.steps[0], setting.sample)


def test_a_function_has_its_setting_as_an_index() -> None:
    network = nnviz.Network([nnviz.Layer([[0.5]], activation="leaky_relu", negative_slope=0.25), nnviz.Layer([[1.0]])])
    iteration = nnviz.trace(network, [[-2]], [[1]], 0.1)
    assert r"\operatorname{LReLU}_{0.25}\left(z_{1}\right)" in nnviz.to_latex(iteration.by_name["h1"])
    assert r"\operatorname{LReLU}_{0.25}'\left(z_{1}\right)" in nnviz.to_latex(iteration.by_name["∂E/∂w1"])
