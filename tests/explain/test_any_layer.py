"""The equations for any layer: what of them a step is, and how cross-entropy and a sigmoid melt into one."""

import re
from fractions import Fraction
from html import unescape
from math import log
from xml.etree import ElementTree as ET

import pytest

import nnviz
from nnviz.algebra.mathml import written
from nnviz.algebra.quantities import Letter
from nnviz.algebra.writer import TEXT, in_symbols
from nnviz.engine.manner import DETAILS, Detail
from nnviz.engine.naming import INDEXED
from nnviz.explain.any_layer import Instance, instances
from nnviz.explain.any_layer_html import any_layer_html, any_layer_values
from nnviz.explain.softmax import of_sum
from nnviz.explain.values import as_json
from tests.asking import link, view
from tests.networks import SOFTMAX
from tests.oracles.functions import softmax
from tests.tellings import PLANS, of_sample, told


def by_name(preset: str) -> dict[str, Instance]:
    """Return what each step of a preset is an instance of, by the id of its quantity."""
    plan = told(preset).iteration.plan
    return {rule.quantity.id: found for rule, found in zip(plan.rules, instances(plan)[1:], strict=True)}


def named_equations(html: str) -> set[str]:
    """Return the names of the equations on the card."""
    return {name for names in re.findall('data-equation="([^"]*)"', html) for name in names.split()}


# Each step is an instance


@pytest.mark.parametrize("preset", PLANS)
@pytest.mark.parametrize("detail", DETAILS)
def test_each_step_is_an_instance_of_an_equation_on_the_card(preset: str, detail: Detail) -> None:
    plan = told(preset, detail).iteration.plan
    start, *steps = instances(plan)
    assert start == Instance()
    assert len(steps) == len(plan.pauses)
    assert all(step.equations for step in steps)
    assert {name for step in steps for name in step.equations} <= named_equations(any_layer_html(plan))


def test_the_steps_of_xor_with_cross_entropy() -> None:
    found = {name: instance.equations for name, instance in by_name("xor").items()}
    delta = ("1", "2", "melted")
    expected = {"z1": ("z",), "h1": ("a",), "yhat": ("a",), "E": ("E",), "dE/dz4": delta, "dE/dw7": ("4",),
                "dE/db4": ("5",), "dE/dh1": ("3",), "dE/dz1": ("3",), "dE/dw1": ("4",), "dE/db1": ("5",),
                "w1+": ("6w",), "b1+": ("6b",), "z1+": ("z",), "yhat+": ("a",), "E+": ("E",)}  # fmt: skip
    assert {name: found[name] for name in expected} == expected


def test_all_derivatives_between_softmax_and_its_loss_are_central_differences() -> None:
    iteration = nnviz.trace(SOFTMAX.network, SOFTMAX.inputs, SOFTMAX.targets, SOFTMAX.learning_rate)
    found, sums = any_layer_values(iteration, 0), [iteration.values[f"z{n}"] for n in (4, 5, 6)]
    targets, h = SOFTMAX.targets[0], 1e-6

    def shares(column: int, by: float) -> list[float]:
        return softmax([z + by * (at == column) for at, z in enumerate(sums)])

    for column in range(3):
        above, below = shares(column, h), shares(column, -h)
        for row in range(3):
            shown = float(found[f"dyhat{row + 1}/dz{column + 4}"]["in_full"].split(" = ")[1].replace("−", "-"))
            assert shown == pytest.approx((above[row] - below[row]) / (2 * h), abs=1e-9)
        slope = -sum(t * (log(a) - log(b)) for t, a, b in zip(targets, above, below, strict=True)) / (2 * h)
        assert iteration.values[f"dE/dz{column + 4}"] == pytest.approx(slope, abs=1e-9)
    html = any_layer_html(iteration.plan)
    for name in (f"{of}{n}" for of in ("dE/dyhat", "dyhat1/dz") for n in ((1, 2, 3) if "E" in of else (4, 5, 6))):
        assert f'data-value="{name}"' in html
    assert "ŷ1·(y1 + y2 + y3) − y1" in ["".join(in_symbols(form, TEXT)) for form in of_sum(iteration.plan).symbols]


def test_with_squared_error_steps_1_and_2_are_two_and_without_an_activation_one() -> None:
    sigmoid, linear = by_name("2-2-1-sigmoid"), by_name("2-2-1")
    assert [sigmoid[name].equations for name in ("dE/dyhat", "dE/dz3")] == [("1",), ("2",)]
    assert [linear[name].equations for name in ("dE/dyhat", "dE/dh1", "h1")] == [("1", "2"), ("3",), ("z", "a")]


def test_a_product_or_a_factor_belongs_to_what_it_is_a_part_of() -> None:
    plan = told("2-2-1", "term").iteration.plan
    found = {rule.quantity.id: step for rule, step in zip(plan.rules, instances(plan)[1:], strict=True)}
    assert found["x1*w1"] == Instance(("z", "a"), "l = 1, j = 1")
    assert found["dh1/dw1"] == Instance(("4",), "l = 1, j = 1, k = 1")


@pytest.mark.parametrize("preset", PLANS)
def test_the_indices_are_those_of_the_symbol_in_the_indexed_notation(preset: str) -> None:
    plan = told(preset, notation=INDEXED).iteration.plan
    for rule, found in zip(plan.rules, instances(plan)[1:], strict=True):
        of = rule.quantity.with_respect_to or rule.quantity
        if of.kind == "loss":
            assert found.indices == ""
            continue
        letter = of.letter
        assert isinstance(letter, Letter)
        numbers = dict(zip("ljk", [letter.upper, *letter.index], strict=False))
        assert found.indices == ", ".join(f"{name} = {number}" for name, number in numbers.items()), rule.quantity.name


def test_a_whole_layer_has_the_indices_that_are_one() -> None:
    plan = told("xor", "layer").iteration.plan
    assert [step.indices for step in instances(plan)[1:6]] == [
        "l = 1",
        "l = 2, j = 1",
        "",
        "l = 2, j = 1",
        "l = 2, j = 1",
    ]


# The card


def test_the_legend_has_the_symbols_of_the_notation() -> None:
    tree = ET.fromstring(f"<div>{any_layer_html(told('xor').iteration.plan)}</div>")
    legend = {"".join(row.find("dt").itertext()): row.find("dd").text for row in tree.iterfind(".//dl/div")}  # type: ignore[union-attr]
    assert list(legend) == ["L", "Nl", "wjkl", "bjl", "zjl", "ajl", "fl", "δjl", "E", "α"]
    assert legend["Nl"] == "the number of neurons in layer l: 3 and 1 here, after 2 inputs"
    steps = ["".join(row.itertext()) for row in tree.iterfind(".//li")]
    assert [step[:6] for step in steps if step.startswith("step")] == [f"step {n}" for n in (1, 2, 3, 4, 5, 6, 6)]
    assert "step 4∂E∂wjkl=δjl·akl−1" in steps


@pytest.mark.parametrize(
    ("preset", "expected"),
    [("2-2-1", "½·(ajL−yj)2"), ("fahrenheit", "(ajL−yj)2"), ("xor", "−(yj·ln(ajL)+(1−yj)·ln(1−ajL))")],
)
def test_the_loss_is_that_of_the_network(preset: str, expected: str) -> None:
    html = any_layer_html(told(preset).iteration.plan)
    text = unescape(re.sub("<[^>]*>", "", html)).replace("\n", "")
    assert f"E=Σj{expected}" in text
    assert ("melt into one" in text) is (preset == "xor")
    assert ("f(z) = z" in text) is (preset != "xor")


def test_indices_of_letters_are_letters() -> None:
    assert written(Letter("w", "kj", upper="l+1")) == (
        '<msubsup><mi>w</mi><mi>kj</mi><mrow><mi>l</mi><mo form="infix">+</mo><mn>1</mn></mrow></msubsup>'
    )


# What melts


def cross_entropy(a: float, y: float, n_samples: int) -> float:
    return -(y * log(a) + (1 - y) * log(1 - a)) / n_samples


@pytest.mark.parametrize("sample", range(4))
def test_step_1_is_the_slope_of_cross_entropy_and_times_step_2_it_is_the_pages_delta(sample: int) -> None:
    iteration = told("xor-learns").iteration
    page = as_json(iteration, len(iteration.pauses), sample) | any_layer_values(iteration, sample)
    a, y = (of_sample(iteration.values[name], sample) for name in ("yhat", "y"))
    step = 1e-6
    slope = (cross_entropy(a + step, y, 4) - cross_entropy(a - step, y, 4)) / (2 * step)
    by_page = {name: float(page[name]["text"].replace("−", "-")) for name in ("dE/dyhat", "dyhat/dz4", "dE/dz4")}
    assert by_page["dE/dyhat"] == pytest.approx(slope, rel=1e-6)
    assert by_page["dE/dyhat"] * by_page["dyhat/dz4"] == pytest.approx(by_page["dE/dz4"], rel=1e-6)
    assert by_page["dE/dz4"] == pytest.approx((a - y) / 4, rel=1e-6)


@pytest.mark.parametrize("sample", range(4))
def test_equal_is_said_where_the_numbers_shown_give_it(sample: int) -> None:
    iteration = told("xor").iteration
    page = as_json(iteration, len(iteration.pauses), sample) | any_layer_values(iteration, sample)
    a, y, of_loss, own, delta = (
        Fraction(page[name]["text"].replace("−", "-")) for name in ("yhat", "y", "dE/dyhat", "dyhat/dz4", "dE/dz4")
    )
    given = {"dE/dyhat": (a - y) / (a * (1 - a)) / 4, "dyhat/dz4": a * (1 - a), "dE/dz4": of_loss * own}
    shown = {"dE/dyhat": of_loss, "dyhat/dz4": own, "dE/dz4": delta}
    for name, value in given.items():
        assert page[f"melted-{name}"]["text"] == ("=" if value == shown[name] else "≈"), name
        assert page[f"melted-{name}"]["since"] == iteration.position["dE/dz4"]


def test_at_one_half_all_of_it_is_exact() -> None:
    typed = {"inputs": "1", "layers": "1 sigmoid none", "loss": "binary_cross_entropy", "w1": "0", "data": "1,0"}
    shown = link(typed, views=["any_layer"])["any_layer"]["values"]
    assert [shown[name]["text"] for name in ("dE/dyhat", "dyhat/dz1")] == ["2", "0.25"]
    assert {shown[f"melted-{name}"]["text"] for name in ("dE/dyhat", "dyhat/dz1", "dE/dz1")} == {"="}


def test_every_number_of_the_card_has_its_place_and_every_place_its_number() -> None:
    iteration = told("xor").iteration
    places = set(re.findall('data-value="([^"]*)"', any_layer_html(iteration.plan)))
    own = any_layer_values(iteration, 0)
    assert set(own) <= places
    assert places <= set(own) | set(as_json(iteration, len(iteration.pauses), 0))


def test_an_output_at_1_leaves_no_number_to_divide_by() -> None:
    shown = link({"preset": "xor", "b4": "60"}, views=["any_layer"])["any_layer"]
    assert set(shown["values"]) == {"melted-dyhat/dz4", "dyhat/dz4"}
    assert shown["values"]["dyhat/dz4"]["text"] == "0"


# Where it is asked for


def test_it_is_only_made_where_it_is_shown_and_each_step_says_what_it_is() -> None:
    reply = link({"preset": "xor", "step": "10"})
    assert reply["any_layer"] is None
    assert view(reply)["equations"] == ["1", "2", "melted"]
    assert view(reply)["instance"] == "Now: l = 2, j = 1"
    assert link({}, lesson="descent", views=["any_layer"])["any_layer"] is None
    assert view(link({}, lesson="descent", step="1"))["equations"] == []
    assert "step 6" in link({}, views=["any_layer"])["any_layer"]["html"]
