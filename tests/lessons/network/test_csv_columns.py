"""A table of one's own: what its columns are for is guessed, said, and can be changed; the network fits it."""

import numpy as np
import pytest

from nnviz.lessons.network.links import in_full, opened, pressed, remarks
from nnviz.lessons.network.setup import Setup, of_preset
from nnviz.player.refusal import RefusedError
from tests.flowers import FLOWERS, NUMBERS

pytestmark = pytest.mark.each_case

HOME, XOR = of_preset("2-2-1"), of_preset("xor")


def problems(text: str, setup: Setup = HOME, button: str = "csv") -> dict[str, str]:
    with pytest.raises(RefusedError) as refused:
        pressed(setup, button, text)
    return dict(refused.value.problems)


def test_a_table_with_a_class_is_offered_as_it_would_be_read_and_nothing_is_changed_yet() -> None:
    found = problems(FLOWERS)
    assert found["csv"].startswith("Row 2: the number of cells is 6")
    assert found["csv-columns"].startswith(
        "SepalLength, SepalWidth, PetalLength and PetalWidth are the inputs. Species says the class, and gets an "
        "output for each: setosa, versicolor and virginica. Id is left out."
    )
    assert "can be made something else" in found["csv-columns"]


def test_the_network_gets_an_input_for_each_number_and_an_output_for_each_class() -> None:
    setup = pressed(HOME, "csv-columns", FLOWERS)
    assert setup.shape.sizes == (4, 2, 3)
    assert (setup.shape.activations, setup.shape.loss) == (("identity", "softmax"), "categorical_cross_entropy")
    assert np.array(setup.inputs).tolist() == NUMBERS
    assert np.array(setup.targets).argmax(axis=1).tolist() == [0, 0, 1, 1, 2, 2]
    assert np.array(setup.targets).sum(axis=1).tolist() == [1.0] * 6
    assert setup.manner.names[1] == ("setosa", "versicolor", "virginica")
    assert opened(in_full(setup)) == (setup, {})


@pytest.mark.parametrize("scale", ["deviation", "range"])
def test_inputs_are_scaled_where_that_is_said_and_it_is_said_how(scale: str) -> None:
    text = f"# columns: -, input, input, input, input, class; scale: {scale}\n{FLOWERS}"
    found = np.array(pressed(HOME, "csv", text).inputs)
    if scale == "deviation":
        assert found.mean(axis=0) == pytest.approx(0, abs=1e-15)
        assert found.std(axis=0) == pytest.approx(1)
    else:
        assert (found.min(axis=0).tolist(), found.max(axis=0).tolist()) == ([0.0] * 4, [1.0] * 4)
    start, unit = {"deviation": ("3.15", "0.25"), "range": ("2.7", "0.8")}[scale]
    [words] = remarks(pressed(HOME, "csv", text), {"csv": text})
    assert f"(SepalWidth − {start})/{unit}" in words


def test_a_line_before_the_table_says_what_its_columns_are_for() -> None:
    text = "# columns: -, -, input, input, -, class; scale: range\n" + FLOWERS
    setup = pressed(HOME, "csv", text)
    assert setup.shape.sizes == (2, 2, 3)
    assert setup.manner.names[0] == ("SepalWidth", "PetalLength")
    assert max(max(row) for row in setup.inputs) == 1.0
    two = pressed(HOME, "csv", "# columns: input, target, target\n1,2,3\n4,5,7")
    assert (two.shape.sizes, two.targets) == ((1, 2, 2), ((2.0, 3.0), (5.0, 7.0)))


def test_numbers_of_classes_are_classes_where_the_column_is_called_so_and_else_a_target() -> None:
    rows = "1.5;2;0\n2.5;1;1\n3.5;0;2\n4.5;7;10"
    of_class = pressed(HOME, "csv-columns", f"a;b;class\n{rows}")
    assert of_class.shape.sizes == (2, 2, 4)
    assert of_class.targets[3] == (0.0, 0.0, 0.0, 1.0)
    assert pressed(HOME, "csv", f"a;b;c\n{rows}").shape.sizes == (2, 2, 1)
    of_numbers = pressed(XOR, "csv-columns", f"a;b;size\n{rows}")
    assert (of_numbers.shape.loss, of_numbers.targets[3]) == ("half_squared_error", (10.0,))
    back = pressed(of_class, "csv-columns", f"a;b;size\n{rows}").shape
    assert (back.activations[-1], back.loss) == ("identity", "half_squared_error")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# columns: input, output\n1,2", "“output” is not known in the line of columns. Allowed are input, target,"),
        ("# columns: input, target; scale: log\n1,2", "“log” is not known"),
        ("# columns: input\n1,2", "The line of columns names 1, and the table has 2."),
        ("# columns: input, -\n1,2", "No column is a target or the class"),
        ("# columns: -, target\n1,2", "No column is an input"),
        ("# columns: input, class, class\n1,a,b\n2,b,c", "Only one column can be the class; here it is Column 2 and"),
        ("# columns: input, class, target\n1,a,b\n2,b,c", "The class takes all outputs, so Column 3 cannot be"),
        ("1," * 100 + "2", "There are 101 columns, and 100 are the most."),
        ("# columns: input, class\n1,a\n2,a", "All samples are of the class “a”"),
        ("# columns: input, target\n1,a", "Row 2, column 2: “a” is not a number"),
        ("# columns: input, target\n1,2\n3", "Row 3 has 1 cell, and the first one 2."),
        ("# columns: input, target", "There is no sample"),
        ("# columns: input, target; scale: deviation\n1e308,1\n-1e308,1", "too large to be scaled"),
        ("# columns: " + "input, " * 40 + "target\n" + "1," * 40 + "2", "16 are the most. Leave some of the columns"),
        ("# columns: input, class\n" + "".join(f"1,c{n}\n" for n in range(40)), "There are 40 classes, and 10 are"),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_read_so_is_refused_in_words(text: str, words: str) -> None:
    for button in ("csv", "csv-columns") if text.startswith("#") else ("csv-columns",):
        assert words in problems(text, button=button)["csv"]


def test_numbers_that_may_be_two_are_asked_about_and_not_made_classes() -> None:
    assert "1,234" in problems("a;b\n1;1,234\n2;1,235", button="csv-columns")["csv"]


def test_what_is_guessed_can_be_used() -> None:
    """A name is neither an input nor one of few classes; the last columns that may be inputs are too many."""
    wide = ",".join(f"a{number}" for number in range(20))
    rows = "\n".join(
        ",".join(str(row * number) for number in range(20)) + f",{row % 2},name {row}" for row in range(30)
    )
    setup = pressed(HOME, "csv-columns", f"{wide},big,name\n{rows}")
    assert setup.shape.sizes == (16, 2, 1)
    assert setup.manner.names == (tuple(f"a{number}" for number in range(16)), ("big",))


def test_a_column_that_is_the_same_everywhere_is_only_moved() -> None:
    setup = pressed(HOME, "csv", "# columns: input, input, target; scale: deviation\n3,1,0\n3,2,1")
    assert setup.inputs == ((0.0, -1.0), (0.0, 1.0))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b,c,k\n1,2,,x\n2,3,4,y", "c is left out: a cell of it is empty, the first in row 2."),
        ("a,b,c,d,k\n1,2,5,,x\n2,3,,4,y", "c and d are left out: each has a cell that is empty, the first in row 2."),
        ("a,b,c,k\n1,2,3,x\n2,3,NA,y", "c is left out: a cell of it is not a number, the first “NA” in row 3."),
        ("id,a,b,c\n1,2,3,4\n2,4,5,6", "a and b are the inputs. c is the target. id is left out. Used so,"),
    ],
)  # fmt: skip
def test_a_column_that_a_cell_keeps_from_being_used_is_left_out_with_the_cell(text: str, words: str) -> None:
    assert words in problems(text)["csv-columns"]


def test_an_empty_cell_makes_no_class() -> None:
    """The last column would have two names, one of them empty."""
    setup = pressed(HOME, "csv-columns", "a,b,c\n1,2,\n2,3,4\n3,5,4")
    assert setup.shape.sizes == (1, 2, 1)
    assert setup.targets == ((2.0,), (3.0,), (5.0,))


def test_a_column_that_a_limit_keeps_from_being_used_is_left_out_with_the_limit() -> None:
    names = "a,c,k\n" + "".join(f"{row},{row * row},name {row}\n" for row in range(11))
    setup = pressed(HOME, "csv-columns", names)
    [words] = remarks(setup, {"csv-columns": names})
    assert words == (
        "a is the input. c is the target. k is left out: it has more than 10 names, and 10 classes are the most."
    )
    wide = ",".join([*(f"a{number}" for number in range(19)), "price"])
    rows = "\n".join(",".join(str(row * number % 7 / 2) for number in range(20)) for row in range(1, 5))
    [words] = remarks(pressed(HOME, "csv-columns", f"{wide}\n{rows}"), {"csv-columns": f"{wide}\n{rows}"})
    assert words.endswith("price is the target. a16, a17 and a18 are left out: 16 inputs are the most.")


def test_what_is_left_out_by_choice_has_no_reason() -> None:
    text = "# columns: input, -, target\na,b,c\n1,2,3\n2,3,5"
    assert remarks(pressed(HOME, "csv", text), {"csv": text}) == ["a is the input. c is the target. b is left out."]


@pytest.mark.parametrize(
    ("header", "roles", "words"),
    [
        ("w,b,x", "input, input, target", "“w”, “b” and “x” cannot name columns here: such a name is one of the "
         "network’s own symbols, stands twice, or has no letters. The columns are called x1, x2 and y."),
        ("w,size,z", "input, input, class", "“w” cannot name a column here: such a name is one of the network’s own "
         "symbols, stands twice, or has no letters. The column is called x1."),
        ("z,size,price", "-, input, target", ""),
        ("x1,x2,y", "input, input, target", ""),
    ],
)  # fmt: skip
def test_names_of_columns_that_are_lost_are_said_in_a_table_too(header: str, roles: str, words: str) -> None:
    text = f"# columns: {roles}\n{header}\n1,2,0\n3,5,1"
    _, *lost = remarks(pressed(HOME, "csv", text), {"csv": text})
    assert lost == ([words] if words else [])
