"""Formulas as MathML: well-formed, and each symbol and number says where in the network it lives."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnviz
from nnviz.algebra.expressions import Ref
from nnviz.algebra.mathml import MathML, decimal
from nnviz.algebra.quantities import Letter, Place, Quantity
from nnviz.algebra.rounding import shown
from nnviz.engine.manner import Detail, Manner
from nnviz.engine.naming import NOTATIONS, Notation
from nnviz.explain.formula import formula
from tests.examples import STEP_BY_STEP, Example
from tests.naming import id_of
from tests.networks import DIVERGING, EXAMPLES, place_of, places
from tests.problems import problems

# A local derivative of the 2-2-1 network lives on the edge that it goes through.
LOCAL = {
    "∂ŷ/∂w5": "w5", "∂ŷ/∂w6": "w6", "∂ŷ/∂h1": "w5", "∂ŷ/∂h2": "w6",
    "∂h1/∂w1": "w1", "∂h1/∂w2": "w2", "∂h2/∂w3": "w3", "∂h2/∂w4": "w4",
}  # fmt: skip
KNOWN_TAGS = {"p", "math", "mrow", "mi", "mn", "mo", "mfrac", "msub", "msup", "msubsup", "mspace", "span"}
FINITE = st.floats(allow_nan=False, allow_infinity=False)


def parsed(html: str) -> ET.Element:
    """Return the HTML as a tree. Raises ParseError where it is not well-formed XML."""
    return ET.fromstring(f"<div>{html}</div>")


def text_of(node: ET.Element) -> str:
    """Return a symbol as plain text: ∂ŷ/∂h1, w1⁺."""
    if node.tag == "mfrac":
        return "/".join(text_of(part) for part in node)
    inner = "".join(text_of(part) for part in node)
    own = (node.text or "").strip()
    is_new = own == "+" and node.tag == "mo" and node.get("form") is None
    return inner + ("⁺" if is_new else own)


def marked(html: str) -> list[tuple[str, str | None]]:
    """Return the symbols of a formula, each with the place that it says it has."""
    nodes = (node for node in parsed(html).iter("mrow") if node.get("class", "").startswith("kind-"))
    return [(text_of(node), node.get("data-at")) for node in nodes if node.find(".//mi") is not None]


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("detail", ["neuron", "term"])
@pytest.mark.parametrize("example", [*EXAMPLES.values(), DIVERGING], ids=[*EXAMPLES, "diverging"])
def test_every_formula_is_well_formed(example: Example, detail: Detail, notation: Notation) -> None:
    iteration = example.trace(Manner(detail, notation))
    for cursor, step in enumerate(iteration.steps, start=1):
        tree = parsed(formula(iteration, cursor))
        assert {node.tag for node in tree.iter()} - {"div"} <= KNOWN_TAGS, step.name
        assert all(node.get("class") in ("line", "result", "words") for node in tree), step.name
    assert formula(iteration, 0) == ""


@given(problems(st.floats(-1e10, 1e10), max_layers=2, max_samples=2))
def test_formulas_of_any_numbers_are_well_formed(problem: Example) -> None:
    iteration = problem.trace()
    for cursor in range(1, len(iteration.steps) + 1):
        parsed(formula(iteration, cursor))


def test_every_symbol_of_2_2_1_says_where_it_lives() -> None:
    iteration, keys = STEP_BY_STEP.trace(), places((2, 2, 1))
    seen = set()
    for cursor, step in enumerate(iteration.steps, start=1):
        symbols = marked(formula(iteration, cursor))
        assert (step.name, place_of(step.name, (2, 2, 1))) in symbols, step.name
        for text, at in symbols:
            expected = keys[LOCAL[text]] if text in LOCAL else place_of(text, (2, 2, 1))
            assert at == expected, (step.name, text)
            seen.add(text)
    assert LOCAL.keys() < seen


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_every_letter_stands_in_a_marked_symbol(example: Example) -> None:
    iteration, sizes = example.trace(), example.network.sizes
    for cursor, step in enumerate(iteration.steps, start=1):
        tree = parsed(formula(iteration, cursor))
        inside = {letter for node in tree.iter("mrow") if node.get("class") for letter in node.iter("mi")}
        assert inside == {letter for letter in tree.iter("mi") if letter.text != "e"}, step.name
        for text, at in marked(formula(iteration, cursor)):
            is_local = "/" in text and not text.startswith("∂E/")
            assert is_local or at == place_of(text, sizes), (step.name, text)


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_the_result_is_the_steps_value_and_says_how_exact_it_is(example: Example) -> None:
    iteration, sizes = example.trace(), example.network.sizes
    for cursor, step in enumerate(iteration.steps, start=1):
        *_, last = parsed(formula(iteration, cursor))
        assert last.get("class") == "result"
        [number] = [node for node in last.iter("mrow") if node.get("class")]
        assert value_of(number) == float(f"{step.value:.7g}"), step.name
        assert number.get("data-at") == place_of(step.name, sizes)
        exact = number.get("data-exact")
        if value_of(number) != step.value:
            assert exact, step.name
        if exact:
            assert float(exact.partition(" = ")[2].replace("−", "-")) == step.value, exact


def value_of(number: ET.Element) -> float:
    """Return the number that is written: −0.809, or 2×10⁻⁹ with the power as a superscript."""
    text = "".join(number.itertext()).replace("−", "-")
    return float(text.replace("×10", "e"))


@given(FINITE)
def test_a_number_is_written_with_a_minus_and_a_power_of_ten(value: float) -> None:
    html = decimal(shown(value))
    assert "-" not in html
    assert not re.search(r"\de", html)
    assert value_of(parsed(html)) == float(f"{value:.7g}")


def test_a_chain_rule_is_written_in_derivatives_in_symbols_and_with_numbers() -> None:
    iteration = STEP_BY_STEP.trace()
    lines = [text_of(line) for line in parsed(formula(iteration, iteration.position[id_of("∂E/∂w1")]))]
    assert lines == [
        "∂E/∂w1=∂E/∂h1·x1=−0.11326·2=−0.22652",
        "in full:∂E/∂w1=∂E/∂ŷ·∂ŷ/∂h1·∂h1/∂w1",
        "=∂E/∂ŷ·w5·x1",
        "=−0.809·0.14·2",
        "=−0.22652",
    ]


def text_lines(iteration: nnviz.Iteration, name: str, sample: int = 0) -> list[str]:
    """Return the lines of the formula of a quantity as plain text."""
    return [text_of(line) for line in parsed(formula(iteration, iteration.position[id_of(name)], sample))]


def test_of_several_samples_the_chosen_ones_term_stands_above_the_sum() -> None:
    samples = nnviz.trace(STEP_BY_STEP.network, [[2, 3], [1, 1]], [[1], [0]], 0.05)
    assert text_lines(samples, "∂E/∂w5", sample=1) == [
        "∂E/∂w5=Σ(∂E/∂ŷ·∂ŷ/∂w5)",
        "=Σ(∂E/∂ŷ·h1)",
        "sample 2:0.0374·0.32=0.011968",
        "=−0.343825+0.011968",
        "=−0.331857",
    ]


def test_of_several_samples_the_chosen_ones_product_from_the_gradient_in_front_is_shown_too() -> None:
    samples = nnviz.trace(STEP_BY_STEP.network, [[2, 3], [1, 1]], [[1], [0]], 0.05)
    # sample 2 by hand: ∂E/∂ŷ = 0.0748/2 = 0.0374, ∂E/∂h1 = 0.0374·0.14 = 0.005236
    assert text_lines(samples, "∂E/∂w1", sample=1)[:2] == [
        "∂E/∂w1=Σ(∂E/∂h1·x1)sample 2:0.005236·1=0.005236",
        "in full:∂E/∂w1=Σ(∂E/∂ŷ·∂ŷ/∂h1·∂h1/∂w1)",
    ]


def test_where_nothing_is_multiplied_out_the_rule_is_shown_once() -> None:
    for name in ("∂E/∂ŷ", "∂E/∂w5", "∂E/∂h1", "w1⁺", "h1"):
        assert not any("in full" in line for line in text_lines(STEP_BY_STEP.trace(), name)), name


def test_with_indices_a_symbol_has_its_layer_above_and_its_neurons_below() -> None:
    html = formula(STEP_BY_STEP.trace(Manner(notation="indexed")), 1)
    [w12, *_] = [node for node in parsed(html).iter("mrow") if node.get("data-at") == "weight-1-0-1"]
    assert [(node.tag, node.text) for node in w12[0].iter()] == [
        ("msubsup", None), ("mi", "w"), ("mn", "12"), ("mrow", None), ("mn", "1"),
    ]  # fmt: skip


def test_an_overflow_is_told_in_words() -> None:
    iteration = DIVERGING.trace()
    assert "is too large for a 64-bit float: the error has diverged" in formula(iteration, 1)
    for cursor in range(2, len(iteration.steps) + 1):
        html = formula(iteration, cursor)
        assert "is not computed: the error has diverged" in html
        assert not re.search(r"nan|inf\b", html)


def test_what_a_number_is_called_is_escaped() -> None:
    wicked = Quantity("w1", Letter('"><script>'), "weight", Place("weight", 1))
    html = MathML({wicked.name: 1 / 3}).number(shown(1 / 3), Ref(wicked))
    assert "<script>" not in html
    parsed(html)
