"""What a person may set: every control takes what is allowed; what is not is refused in words and changes nothing."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.initializers import RULES, Initializer, drawn
from nnviz.engine.manner import Manner
from nnviz.lessons.network.fields import edited, form
from nnviz.lessons.network.setup import Setup, of_preset
from nnviz.presets import PRESETS

HOME, XOR, FAHRENHEIT = of_preset("2-2-1"), of_preset("xor"), of_preset("fahrenheit")
WAYS_OUT = ("Cross-entropy needs", "Binary cross-entropy needs", "Softmax needs", "A step needs", "Softmax and",
            "The targets say", "The class takes", "No column is", "All samples are", "There are")  # fmt: skip
NEEDS_SIGMOID = "Binary cross-entropy needs a sigmoid output. Choose sigmoid for the output layer, or another loss."


def edit(setup: Setup, **typed: str) -> tuple[Setup, dict[str, str]]:
    """Return the setup after these texts were typed, whose keys have _ for -, and the problems."""
    return edited(setup, {key.replace("_", "-"): text for key, text in typed.items()}, form(setup))


def good(setup: Setup, **typed: str) -> Setup:
    """Return the setup after these texts, once it is clear that none was refused."""
    changed, problems = edit(setup, **typed)
    assert problems == {}
    return changed


def refusal(setup: Setup, **typed: str) -> str:
    """Return why the only text is refused, once it is clear that nothing is changed."""
    changed, problems = edit(setup, **typed)
    assert changed == setup
    [message] = problems.values()
    return message


def test_the_controls_of_2_2_1_are_named_as_people_name_them() -> None:
    groups = form(HOME)
    numbers = [control for name in ("weights", "biases", "sample", "training") for control in groups[name]]
    names = ["w1", "w2", "w3", "w4", "w5", "w6", "x1", "x2", "target", "learning rate"]
    assert [control.label(HOME) for control in numbers] == names
    assert [control.read(HOME) for control in numbers] == [
        "0.11",
        "0.21",
        "0.12",
        "0.08",
        "0.14",
        "0.15",
        "2",
        "3",
        "1",
        "0.05",
    ]


def test_in_the_other_notation_the_labels_change_and_the_keys_stay() -> None:
    setup = good(HOME, notation="indexed")
    weights = form(setup)["weights"]
    assert [control.key for control in weights] == ["w1", "w2", "w3", "w4", "w5", "w6"]
    assert [control.label(setup) for control in weights] == ["w¹₁₁", "w¹₁₂", "w¹₂₁", "w¹₂₂", "w²₁₁", "w²₁₂"]


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_has_its_controls_each_once_and_none_of_its_own_texts_is_an_edit(preset: str) -> None:
    setup = of_preset(preset)
    groups = form(setup)
    keys = [control.key for control in groups]
    assert len(keys) == len(set(keys))
    assert edited(setup, groups.texts(setup), groups) == (setup, {})


@pytest.mark.parametrize("preset", PRESETS)
def test_every_choice_that_is_offered_is_taken_or_refused_with_the_way_out(preset: str) -> None:
    setup = of_preset(preset)
    for control in form(setup):
        for text in control.choices:
            assert control.name_of(text), (control.key, text)
            changed, problems = edited(setup, {control.key: text}, form(setup))
            if problems:
                assert problems[control.key].startswith(WAYS_OUT), (control.key, text)
            else:
                assert form(changed).texts(changed)[control.key] == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Type a number"),
        ("abc", "0.5 (or 0,5)"),
        ("nan", "Allowed are"),
        ("1e400", "The largest number allowed is about 1.8e308"),
        ("1e-400", "Too small"),
        ("-1", "must be greater than 0"),
        ("0", "must be greater than 0"),
    ],
)
def test_a_message_says_what_is_allowed_and_what_is_kept(text: str, words: str) -> None:
    message = refusal(HOME, rate=text)
    assert words in message
    assert "0.05 is still in use" in message


def test_what_is_good_is_taken_beside_what_is_not() -> None:
    setup, problems = edit(HOME, w1="0,5", w2="x", x1="7")
    assert setup.weights == (0.5, 0.21, 0.12, 0.08, 0.14, 0.15)
    assert setup.inputs == ((7.0, 3.0),)
    assert problems.keys() == {"w2"}


def test_what_is_not_known_is_left_alone() -> None:
    assert edited(HOME, {"w7": "1", "": "2", "b1": "3"}, form(HOME)) == (HOME, {})


def test_the_number_that_a_control_shows_is_the_one_that_it_changes() -> None:
    for control in (c for group in ("weights", "biases") for c in form(of_preset("mazur"))[group]):
        setup, _ = edited(of_preset("mazur"), {control.key: "7"}, form(of_preset("mazur")))
        found = {c.key: c.read(setup) for group in ("weights", "biases") for c in form(setup)[group]}
        assert [key for key, text in found.items() if text == "7"] == [control.key]


def test_a_cell_of_the_table_and_the_field_of_the_chosen_sample_are_one_number() -> None:
    setup = good(XOR, sample="3")
    assert good(setup, x1="5").inputs == good(setup, row3_x1="5").inputs == ((0, 0), (0, 1), (5, 0), (1, 1))
    assert good(setup, target="0.5").targets == good(setup, row3_target="0.5").targets == ((0,), (1,), (0.5,), (0,))


@pytest.mark.parametrize(
    ("chosen", "rows"), [(1, range(1, 11)), (10, range(1, 11)), (11, range(11, 21)), (100, range(91, 101))]
)
def test_the_table_of_the_data_shows_the_ten_samples_around_the_chosen_one(chosen: int, rows: range) -> None:
    cells = form(good(FAHRENHEIT, sample=str(chosen)))["samples"]
    assert [cell.key for cell in cells] == [f"row{row}-{name}" for row in rows for name in ("x1", "target")]


def test_another_network_keeps_the_weights_that_still_have_a_place() -> None:
    wider = good(HOME, layer1_neurons="3")
    assert wider.shape.sizes == (2, 3, 1)
    assert wider.matrices[0][:2].tolist() == [[0.11, 0.21], [0.12, 0.08]]
    assert wider.matrices[1][0, :2].tolist() == [0.14, 0.15]
    assert good(wider, layer1_neurons="2").matrices[0].tolist() == [[0.11, 0.21], [0.12, 0.08]]
    with_biases = good(HOME, layer2_biases="trained")
    assert (with_biases.weights, with_biases.biases) == (HOME.weights, (0.0,))
    assert [control.key for control in form(with_biases)["biases"]] == ["b3"]


def test_more_inputs_and_outputs_come_with_numbers_in_every_sample() -> None:
    assert good(HOME, inputs="3").inputs == ((2.0, 3.0, 1.0),)
    assert good(HOME, layer2_neurons="2").targets == ((1.0, 0.0),)
    assert good(XOR, inputs="1").inputs == ((0.0,), (0.0,), (1.0,), (1.0,))


@pytest.mark.parametrize(
    ("typed", "least", "most"),
    [({"inputs": "{}"}, 1, 16), ({"layer1_neurons": "{}"}, 1, 10), ({"layer2_neurons": "{}"}, 1, 10)],
)
def test_sizes_are_whole_numbers_within_their_limits(typed: dict[str, str], least: int, most: int) -> None:
    [(key, _)] = typed.items()
    for size in range(least, most + 1):
        assert size in good(HOME, **{key: str(size)}).shape.sizes
    for text in (str(least - 1), str(most + 1), "-1", "1.5", "2.0", "", "two", "1e0", "²", "٣", "9" * 5000):
        assert refusal(HOME, **{key: text}) == f"A whole number from {least} to {most} is allowed."


@pytest.mark.parametrize("text", ["0", "101", "x", ""])
def test_a_sample_that_there_is_not_cannot_be_chosen(text: str) -> None:
    assert refusal(FAHRENHEIT, sample=text) == "A whole number from 1 to 100 is allowed."


@pytest.mark.parametrize(
    "key", ["diagram", "detail", "notation", "update", "loss", "layer1_activation", "layer2_biases", "start_rule"]
)
def test_what_is_none_of_the_choices_is_refused_with_all_of_them(key: str) -> None:
    [control] = [c for c in form(HOME) if c.key == key.replace("_", "-")]
    assert refusal(HOME, **{key: "swish"}) == f"Allowed are {', '.join(control.choices)}."


CLASSES = of_preset("three-classes")


def test_softmax_and_its_loss_are_chosen_together_and_left_together() -> None:
    start = good(replace(HOME, targets=((1.0,),)), layer2_neurons="3")
    chosen, by_loss = good(start, layer2_activation="softmax"), good(start, loss="categorical_cross_entropy")
    assert chosen.shape == by_loss.shape
    assert (chosen.shape.activations[-1], chosen.shape.loss) == ("softmax", "categorical_cross_entropy")
    back = good(chosen, layer2_activation="sigmoid").shape
    assert (back.activations[-1], back.loss) == ("sigmoid", "binary_cross_entropy")
    assert good(chosen, layer2_activation="tanh").shape.loss == "half_squared_error"
    assert good(chosen, loss="mean_squared_error").shape.activations[-1] == "identity"


def test_softmax_needs_two_outputs_and_targets_that_add_up_to_1() -> None:
    assert refusal(HOME, layer2_activation="softmax").startswith("Softmax needs an output for each class")
    assert refusal(CLASSES, layer2_neurons="1").startswith("Softmax needs an output for each class")
    two = replace(good(HOME, layer2_neurons="2"), targets=((1.0, 1.0),))
    words = "The targets say which class a sample is of, so they must add up to 1; those of sample 1 add up to 2."
    assert refusal(two, layer2_activation="softmax").startswith(words)


def test_1_at_a_class_makes_it_the_one_and_shares_are_taken_once_they_add_up() -> None:
    assert CLASSES.targets[0] == (0.0, 1.0, 0.0)
    assert good(CLASSES, target3="1").targets[0] == (0.0, 0.0, 1.0)
    assert refusal(CLASSES, target3="0.5").startswith("The targets say")
    shares = good(CLASSES, target1="0.2", target2="0.3", target3="0.5")
    assert shares.targets[0] == (0.2, 0.3, 0.5)


def test_softmax_is_offered_at_the_outputs_alone() -> None:
    offered = {control.key: control.choices for control in form(CLASSES)}
    assert "softmax" not in offered["layer1-activation"]
    assert "softmax" in offered["layer2-activation"]


def test_cross_entropy_without_a_sigmoid_is_refused_at_the_field_that_was_changed() -> None:
    assert edit(HOME, loss="binary_cross_entropy") == (HOME, {"loss": NEEDS_SIGMOID})
    assert edit(XOR, layer2_activation="tanh") == (XOR, {"layer2-activation": NEEDS_SIGMOID})
    assert good(HOME, layer2_activation="sigmoid", loss="binary_cross_entropy").shape.loss == "binary_cross_entropy"
    assert good(XOR, layer2_activation="tanh", loss="mean_squared_error").shape.activations == ("sigmoid", "tanh")


@pytest.mark.parametrize("target", ["-0.1", "1.5"])
def test_cross_entropy_needs_targets_from_0_to_1(target: str) -> None:
    given = target.replace("-", "−")
    words = f"Cross-entropy needs targets from 0 to 1; that of sample 1 is {given}. Change it, or the loss."
    sigmoid = good(HOME, layer2_activation="sigmoid", target=target)
    assert edit(sigmoid, loss="binary_cross_entropy") == (sigmoid, {"loss": words})
    assert edit(XOR, target=target) == (XOR, {"target": words})
    assert edit(XOR, row4_target=target)[1] == {"row4-target": words.replace("sample 1", "sample 4")}
    both = good(XOR, target=target, loss="half_squared_error")
    assert both.targets[0] == (float(target),)
    assert good(sigmoid, loss="binary_cross_entropy", target="1").shape.loss == "binary_cross_entropy"
    assert good(XOR, target="0.25").targets[0] == (0.25,)


def test_how_it_is_told_changes_no_number() -> None:
    told = good(HOME, detail="term", notation="indexed")
    assert told.manner == Manner("term", "indexed")
    assert told.run_setup == HOME.run_setup
    wrong = good(HOME, update="in-place")
    assert wrong.manner.in_place
    assert wrong.run_setup != HOME.run_setup


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule != "hand"])
def test_the_same_seed_draws_the_same_weights_and_typing_one_sets_them_by_hand(rule: str) -> None:
    seventh = good(HOME, start_rule=rule, start_seed="7")
    assert good(of_preset("2-2-1"), start_rule=rule, start_seed="7").weights == seventh.weights
    assert good(seventh, start_seed="8").weights != seventh.weights
    doubled = good(seventh, start_scale="2").weights
    assert doubled == pytest.approx([2 * weight for weight in seventh.weights], rel=1e-15)
    typed = good(seventh, w1="0.5")
    assert typed.start.rule == "hand"
    assert typed.weights == (0.5, *seventh.weights[1:])


# The spread that each rule promises: uniform on ±1 has the variance 1/3; Xavier and He have that of their papers,
# 2/(n_in + n_out) and 2/n_in. Of 8·8 weights from 200 seeds the variance is within 3 % with room to spare.
@pytest.mark.parametrize(("rule", "variance"), [("uniform", 1 / 3), ("normal", 1.0), ("xavier", 2 / 16), ("he", 2 / 8)])
def test_a_rule_draws_weights_of_the_spread_that_it_promises(rule: str, variance: float) -> None:
    weights = [drawn((8, 8, 1), Initializer(rule, 1.0, seed))[0] for seed in range(200)]
    assert np.var(weights) == pytest.approx(variance, rel=0.03)
    assert np.mean(weights) == pytest.approx(0, abs=0.03)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"start_scale": "0"}, "It must be greater than 0. 1 is still in use."),
        ({"start_scale": "1e308"}, "The factor may be up to 1,000,000. 1 is still in use."),
        ({"start_seed": "-1"}, "A whole number from 0 to 4,294,967,295 is allowed."),
        ({"start_seed": "4294967296"}, "A whole number from 0 to 4,294,967,295 is allowed."),
        ({"preset": "3-3-3"}, f"Allowed are {', '.join(PRESETS)}."),
    ],
)
def test_a_start_that_is_not_allowed_is_refused(typed: dict[str, str], words: str) -> None:
    assert refusal(HOME, **typed) == words


def test_zero_has_no_sign_in_a_weight_that_was_drawn() -> None:
    tiny = good(good(HOME, start_scale="0.001"), inputs="8", layer1_neurons="8")
    assert "-0" not in form(tiny).texts(tiny).values()
    assert "0" in form(tiny).texts(tiny).values()


def test_another_preset_is_drawn_and_told_in_the_same_way_with_the_right_update() -> None:
    told = good(HOME, diagram="graph", detail="layer", notation="indexed", update="in-place", sample="1")
    assert good(told, preset="mazur") == replace(of_preset("mazur"), manner=Manner("layer", "indexed"), picture="graph")


def test_a_slip_in_a_number_that_is_gone_with_its_neuron_does_no_harm() -> None:
    assert edit(HOME, w6="oops", layer1_neurons="1")[0].shape.sizes == (2, 1, 1)
    assert edit(HOME, x2="oops", inputs="1")[0].inputs == ((2.0,),)
    many = good(XOR, layer2_neurons="2")
    assert edit(many, target2="7", layer2_neurons="1")[0].shape.sizes == (2, 3, 1)


@st.composite
def typings(draw: st.DrawFn) -> tuple[Setup, dict[str, str]]:
    """Draw a preset, and texts for its controls: any, or such as are typed."""
    setup = of_preset(draw(st.sampled_from(sorted(PRESETS))))
    controls = list(form(setup))
    offered = sorted({text for control in controls for text in control.choices})
    text = st.one_of(
        st.text(max_size=8), st.sampled_from(offered), st.integers(-2, 1001).map(str), st.floats().map(str)
    )
    return setup, draw(st.dictionaries(st.sampled_from([c.key for c in controls]), text, max_size=6))


@given(typings())
def test_after_any_texts_there_is_a_network_and_a_reason_for_each_refusal(typing: tuple[Setup, dict[str, str]]) -> None:
    before, typed = typing
    setup, problems = edited(before, typed, form(before))
    assert problems.keys() <= typed.keys()
    assert all(message.endswith(".") for message in problems.values())
    assert setup.network.sizes == setup.shape.sizes
    assert {len(row) for row in setup.inputs} == {setup.shape.sizes[0]}
    assert {len(row) for row in setup.targets} == {setup.shape.sizes[-1]}
    assert setup.sample < len(setup.inputs) == len(setup.targets)
    again = form(setup)
    assert edited(setup, again.texts(setup), again) == (setup, {})
