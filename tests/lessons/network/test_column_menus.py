"""The menus of the columns: each says what a column of the samples is for, and counts at once."""

import numpy as np
import pytest

from nnviz.engine.matrix import loss
from nnviz.lessons.network.fields import edited, form
from nnviz.lessons.network.links import in_full, in_link, opened, pressed
from nnviz.lessons.network.setup import Setup, of_preset
from tests.flowers import FLOWERS, NUMBERS

HOME, XOR, THREE = of_preset("2-2-1"), of_preset("xor"), of_preset("three-classes")
FLOWER = pressed(HOME, "csv-columns", FLOWERS)
LEFT_OUT = "-"


def chosen(setup: Setup, **typed: str) -> Setup:
    found, problems = edited(setup, typed, form(setup))
    assert not problems
    return found


def refused(setup: Setup, **typed: str) -> dict[str, str]:
    found, problems = edited(setup, typed, form(setup))
    assert found == setup, "nothing is lost"
    return problems


def roles(setup: Setup) -> list[str]:
    *menus, scale = form(setup)["columns"]
    return [menu.read(setup) for menu in menus] + [scale.read(setup)]


def test_there_is_a_menu_for_each_column_with_its_name() -> None:
    assert [menu.label(FLOWER) for menu in form(FLOWER)["columns"]] == [
        "Id", "SepalLength", "SepalWidth", "PetalLength", "PetalWidth", "Species", "inputs are",
    ]  # fmt: skip
    assert roles(FLOWER) == [LEFT_OUT, "input", "input", "input", "input", "class", "none"]
    assert [menu.label(HOME) for menu in form(HOME)["columns"]] == ["x1", "x2", "y", "inputs are"]
    assert roles(HOME) == ["input", "input", "target", "none"]


def test_a_column_is_left_out_and_comes_back() -> None:
    less = chosen(FLOWER, column3=LEFT_OUT)
    assert less.shape.sizes == (3, 2, 3)
    assert np.array(less.inputs).tolist() == [[a, c, d] for a, _, c, d in NUMBERS]
    assert less.manner.names[0] == ("SepalLength", "PetalLength", "PetalWidth")
    assert (less.shape.loss, less.targets) == (FLOWER.shape.loss, FLOWER.targets)
    back = chosen(less, column3="input")
    assert (back.inputs, back.table) == (FLOWER.inputs, FLOWER.table)


def test_another_column_is_the_target() -> None:
    setup = chosen(FLOWER, column5="target", column6=LEFT_OUT)
    assert setup.targets == tuple((d,) for *_, d in NUMBERS)
    assert (setup.shape.sizes, setup.shape.activations[-1]) == ((3, 2, 1), "identity")
    assert setup.shape.loss == "half_squared_error"


def test_scaling_is_a_choice_of_its_own() -> None:
    scaled = chosen(FLOWER, scale="deviation")
    given = np.array(NUMBERS)
    assert np.array(scaled.inputs) == pytest.approx((given - given.mean(axis=0)) / given.std(axis=0))
    assert (scaled.targets, scaled.shape, scaled.weights) == (FLOWER.targets, FLOWER.shape, FLOWER.weights)
    assert chosen(scaled, scale="none").inputs == FLOWER.inputs


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"column2": "class"}, "Only one column can be the class; here it is SepalLength and Species."),
        ({"column2": "target"}, "The class takes all outputs, so SepalLength cannot be a target beside Species."),
        ({"column6": "input"}, "No column is a target or the class"),
        ({"column6": "target"}, "Row 3, column 6 (Species): “setosa” is not a number"),
        ({"column6": LEFT_OUT}, "No column is a target or the class"),
        ({"column2": "output"}, "Allowed are input, target, class, -."),
        ({"scale": "log"}, "Allowed are none, deviation, range."),
    ],
    ids=str,
)
def test_what_does_not_work_is_said_at_its_menu(typed: dict[str, str], words: str) -> None:
    found = refused(FLOWER, **typed)
    assert found.keys() == typed.keys()
    assert found[next(iter(typed))].startswith(words)


def test_two_menus_that_only_work_together_are_taken_together() -> None:
    """The page sends a refused choice again, as its menu keeps it."""
    table = pressed(HOME, "csv-columns", "kind,size,place\nred,1,here\nblue,2,there\nred,3,there\n")
    assert refused(table, column1="class") == {
        "column1": "Only one column can be the class; here it is kind and place. Make the others something else."
    }
    setup = chosen(table, column1="class", column3=LEFT_OUT)
    assert (setup.manner.names, setup.targets) == ((("size",), ("blue", "red")), ((0.0, 1.0), (1.0, 0.0), (0.0, 1.0)))


def test_samples_without_a_table_have_menus_too() -> None:
    turned = chosen(of_preset("fahrenheit"), column1="target", column2="input")
    assert (turned.inputs, turned.targets) == (of_preset("fahrenheit").targets, of_preset("fahrenheit").inputs)
    less = chosen(XOR, column2=LEFT_OUT)
    assert (less.shape.sizes, less.shape.loss, less.targets) == ((1, 3, 1), XOR.shape.loss, XOR.targets)
    assert chosen(less, column2="input").inputs == XOR.inputs
    classes = chosen(XOR, column3="class")
    assert (classes.shape.loss, classes.targets[1]) == ("categorical_cross_entropy", (0.0, 1.0))
    no_shares = chosen(THREE, column5=LEFT_OUT).shape
    assert (no_shares.sizes[-1], no_shares.loss, no_shares.activations[-1]) == (2, "half_squared_error", "identity")


def test_the_loss_that_somebody_chose_stays_where_the_targets_do() -> None:
    own = chosen(chosen(FLOWER, **{"layer2-activation": "sigmoid"}), loss="binary_cross_entropy")
    assert chosen(own, scale="range", column2=LEFT_OUT).shape.loss == "binary_cross_entropy"


def test_a_setup_is_the_same_from_its_link_and_its_file() -> None:
    for setup in (FLOWER, chosen(FLOWER, scale="deviation", column2=LEFT_OUT), chosen(XOR, column2=LEFT_OUT)):
        assert opened(in_full(setup)) == (setup, {})
        assert opened(in_link(setup)) == (setup, {})
        assert in_full(setup)["table"].startswith("# columns: ")
        assert loss(opened(in_link(setup))[0].network, setup.inputs, setup.targets) == loss(
            setup.network, setup.inputs, setup.targets
        )
    assert not {"table"} & in_full(HOME).keys()


def test_a_sample_that_is_typed_stands_for_itself() -> None:
    changed = chosen(FLOWER, **{"row1-x1": "6"})
    assert (changed.table, changed.inputs[0][0]) == (None, 6.0)
    assert roles(changed) == ["input"] * 4 + ["target"] * 3 + ["none"]
    assert pressed(FLOWER, "add-sample", "").table is None
    assert chosen(FLOWER, inputs="5").table is None
    assert chosen(FLOWER, rate="0.5").table == FLOWER.table


def test_a_table_too_long_for_a_link_leaves_its_samples_in_it() -> None:
    text = "n,size,kind\n" + "".join(f"{at},{at},{'a long name of a class ' * 3}{at % 2}\n" for at in range(200))
    setup = chosen(pressed(HOME, "csv-columns", text), column1=LEFT_OUT)
    found, problems = opened(in_link(setup))
    assert (found.inputs, found.targets, found.table, problems) == (setup.inputs, setup.targets, None, {})


def test_a_table_that_cannot_be_read_is_named_with_the_reason() -> None:
    _, problems = opened({"table": "# columns: input, class\n1,a\n2,a"})
    assert problems == {"table": "All samples are of the class “a”; at least two classes are needed."}
