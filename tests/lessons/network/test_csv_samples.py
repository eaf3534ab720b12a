"""A person's own data: CSV text of many habits is read as it is meant, and what is wrong is named by its place."""

import csv
import io
import re
from math import isfinite

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.lessons.network.csv_samples import (
    A_SAMPLE,
    HEADER,
    MOST_SAMPLES,
    HeaderQuestionError,
    Samples,
    SamplesError,
    read_csv,
)

FINITE = st.floats(allow_nan=False, allow_infinity=False).map(lambda number: number + 0.0)  # zero has no sign
CLEAR = FINITE.filter(lambda number: not re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", repr(number)))
SHAPES = st.tuples(st.integers(1, 4), st.integers(1, 3))
NEEDED = "Each row needs 3 numbers: x1, x2, then the target."


@st.composite
def tables(draw: st.DrawFn, numbers: st.SearchStrategy[float] = FINITE) -> tuple[int, int, Samples]:
    """Return a number of inputs, a number of outputs, and samples of that shape."""
    n_in, n_out = draw(SHAPES)
    row = st.lists(numbers, min_size=n_in + n_out, max_size=n_in + n_out).map(tuple)
    return n_in, n_out, tuple(draw(st.lists(row, min_size=1, max_size=6)))


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, int, int, Samples]:
    """Return samples, and a text that some person may have for them."""
    n_in, n_out, samples = draw(tables(CLEAR))
    separator, end = draw(st.sampled_from([",", ";", "\t", " ", "|"])), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    comma, header = draw(st.booleans()), draw(st.booleans())
    blanks = st.sampled_from(["", end, f"  {end}", end * 2])
    text = draw(st.sampled_from(["", "\ufeff"])) + draw(blanks)
    if header or (comma and separator == " "):  # blanks with decimal commas need a header to be told from commas
        text += separator.join(f"name{column}" for column in range(n_in + n_out)) + end + draw(blanks)
    for row in samples:
        cells = []
        for number in row:
            cell = repr(number).replace("-", draw(st.sampled_from(["-", "−"])))
            cell = cell.replace(".", ",") if comma else cell
            quoted = draw(st.booleans()) or (comma and separator == ",")
            cells.append(draw(st.sampled_from(["", " "])) + (f'"{cell}"' if quoted else cell))
        text += separator.join(cells) + draw(st.sampled_from(["", separator])) + end + draw(blanks)
    return text, n_in, n_out, samples


def read(text: str, n_in: int, n_out: int, first: str = "") -> Samples:
    """Return the samples in the text."""
    return read_csv(text, n_in, n_out, first)[0]


def refusal(text: str, n_in: int = 2, n_out: int = 1) -> str:
    """Return the sentence with which the text is refused."""
    with pytest.raises(SamplesError) as caught:
        read(text, n_in, n_out)
    return str(caught.value)


def outcome(text: str, n_in: int, n_out: int) -> tuple[Samples, str]:
    """Return the samples in the text, or the sentence with which it is refused."""
    try:
        return read(text, n_in, n_out), ""
    except SamplesError as problem:
        return (), str(problem)


def bits(samples: Samples) -> list[list[str]]:
    return [[number.hex() for number in row] for row in samples]


@given(texts())
@example(('0,0\t"0,0"\n', 1, 1, ((0.0, 0.0),)))
def test_samples_are_read_whatever_the_habits_of_the_text(case: tuple[str, int, int, Samples]) -> None:
    text, n_in, n_out, samples = case
    assert bits(read(text, n_in, n_out)) == bits(samples)


@given(tables())
@example((1, 1, ((5e-324, 1.7976931348623157e308), (0.1 + 0.2, 1e22))))
def test_samples_that_a_program_wrote_are_read_back_bit_by_bit(table: tuple[int, int, Samples]) -> None:
    n_in, n_out, samples = table
    text = io.StringIO()
    csv.writer(text).writerows(samples)
    assert bits(read(text.getvalue(), n_in, n_out)) == bits(samples)


@given(st.text(max_size=60) | st.text("01.,;\t \n\r\"'-−eE+naif\x00\ufeffx", max_size=60), SHAPES)
@example('"', (1, 1))
@example('1,"2\n3,4', (1, 1))
@example("\x00,\x00\n\x00,1", (1, 1))
@example("\ud800,1", (1, 1))
@example("9" * 200_000 + ",1", (1, 1))
@example("a" * 200_000, (1, 1))
def test_any_text_is_samples_of_that_shape_or_refused(text: str, shape: tuple[int, int]) -> None:
    samples, words = outcome(text, *shape)
    assert bool(samples) != bool(words)
    assert not words or f"Each row needs {sum(shape)} numbers: x1" in words or words.startswith("Row 1 is ")
    assert len(words) < 300
    assert len(samples) <= MOST_SAMPLES
    assert all(len(row) == sum(shape) for row in samples)
    assert all(isfinite(number) for row in samples for number in row)


@pytest.mark.parametrize(
    "text",
    [
        "0.5,−1,2\n3,4,5",
        "0.5, -1, 2\n3, 4, 5\n",
        "  0.5,-1,2\r\n  3,4,5\r\n",
        "0.5;-1;2\n3;4;5\n",
        "0,5;-1;2\n3;4;5,0\n",
        "0.5\t-1\t2\n3\t4\t5\n",
        "0,5\t−1\t2\r3\t4\t5\r",
        "\t0.5,-1,2\t\n\t3,4,5\n",
        "0.5 -1 2\n3   4 5 \n",
        "0.5\u00a0-1\u00a02\n3 4 5",
        "a b c\n0,5 -1 2\n3 4 5\n",
        '"0.5","-1","2"\n3,4,"5"\n',
        '"0,5", "-1" ,2\n3,4,5\n',
        '"0,5" "-1" 2\n3 4 5\n',
        "\n\n0.5,-1,2\n   \n\t\n3,4,5\n\n",
        ",,\n0.5,-1,2\n,,\n3,4,5\n,,,,\n",
        "0.5,-1,2,\n3,4,5,,,\n",
        "x1,x2,target\n0.5,-1,2\n3,4,5\n",
        "\nx1;x2;y (a, b)\n0,5;-1;2\n3;4;5\n",
        '"height, cm",5" pipe,α\n0.5,-1,2\n3,4,5\n',
        ",length,width\n0.5,-1,2\n3,4,5\n",
        "\ufeff0.5,-1,2\n3,4,5\n",
        "\ufeffx1,x2,target\r\n0.5,-1,2\r\n3,4,5\r\n",
        "5e-1,-1e0,+2\n3E0,4.,05\n",
    ],
)
def test_the_same_samples_in_many_habits(text: str) -> None:
    assert read(text, 2, 1) == ((0.5, -1.0, 2.0), (3.0, 4.0, 5.0))


@pytest.mark.parametrize(
    ("text", "samples"),
    [
        ('x1,x2,y\n1.101,2,"30,000"\n1,.2,30000', ((1.101, 2, 30000), (1, 0.2, 30000))),
        ("m2;Preis;Ziel\n1.234,5;250.000;1", ((1234.5, 250000, 1),)),
        ("m2;Preis;Ziel\n85;250.000;0,5", ((85, 250000, 0.5),)),
        ("m2;price;y\n85;250.000;0.5", ((85, 250, 0.5),)),
        ("sqft\tprice\ty\n2,104\t399,900\t0.5", ((2104, 399900, 0.5),)),
        ("a\tb\ty\n2,104\t399,900\t0,5", ((2.104, 399.9, 0.5),)),
        ("2,104\t1,399,900\t1", ((2104, 1399900, 1),)),
        ("2.104;1.399.900;1", ((2104, 1399900, 1),)),
        ("1 234,5;2 000;3", ((1234.5, 2000, 3),)),
        ("1\u00a0234,5\t2\u202f000\t3", ((1234.5, 2000, 3),)),
        ("1'234.5;2’000;3", ((1234.5, 2000, 3),)),
        ('"1,000.5",2,3', ((1000.5, 2, 3),)),
        ("1.000,5;2.000,5;3.000,5", ((1000.5, 2000.5, 3000.5),)),
        ("1.234,5.678,9.012", ((1.234, 5.678, 9.012),)),
        ("1/3,-2/5,1", ((1 / 3, -0.4, 1),)),
        ("sep=;\nx1;x2;y\n0,5;1,25;1", ((0.5, 1.25, 1),)),
        ('"sep=,"\r\n1,2,1', ((1, 2, 1),)),
        ("SEP=\t\n1,5\t2\t1", ((1.5, 2, 1),)),
        ("sep=|\n1,5|2|1", ((1.5, 2, 1),)),
        ("1|2|1", ((1, 2, 1),)),
        ("# XOR truth table\n0,0,0\n0,1,1", ((0, 0, 0), (0, 1, 1))),
        ("% one; two\n%\n\n # three\nx1,x2,y\n0,0,0\n# the other one\n0,1,1", ((0, 0, 0), (0, 1, 1))),
        ("#XOR truth table\n#x1,x2,y\n#X1,X2,Y\n1,2,1", ((1, 2, 1),)),
        ("# comma\nsep=;\n0,5;1;1", ((0.5, 1, 1),)),
        ("1,2,3", ((1, 2, 3),)),
    ],
)
def test_what_a_sign_is_for_is_told_by_the_rest(text: str, samples: Samples) -> None:
    assert read(text, 2, 1) == samples


@pytest.mark.parametrize(
    ("text", "place", "question", "clear"),
    [
        ("sqft\tprice\ty\n2,104\t399,900\t1", "Row 2, column 1 (sqft)", "2,104 the number 2.104 or 2104", "2.1040"),
        ("m2;Preis;Ziel\n85;250.000;1", "Row 2, column 2 (Preis)", "250.000 the number 250.000 or 250000", "250.0"),
        (
            "m2;Preis;Ziel\n85;-1.500;1\n86;1,500;2",
            "Row 2, column 2 (Preis)",
            "-1.500 the number -1.500 or -1500",
            "-1.5",
        ),
        ('x1,x2,y\n1,2,"30,000"', "Row 2, column 3 (y)", "30,000 the number 30.000 or 30000", "30.0"),
        ('x1,x2,y\n1.101,2,"30,000"', "Row 2, column 3 (y)", "30,000 the number 30.000 or 30000", "30.0"),
        ("0.5;0,5;1,234", "Row 1, column 3", "1,234 the number 1.234 or 1234", "1.2340"),
        ("1.234 5 6", "Row 1, column 1", "1.234 the number 1.234 or 1234", "1.2340"),
    ],
)
def test_what_nothing_in_the_text_tells_is_asked_about(text: str, place: str, question: str, clear: str) -> None:
    whole = question.rsplit(maxsplit=1)[-1]
    told = f"Write {clear} if it is the first, {whole} if it is the second."
    assert refusal(text) == f"{place}: is {question}? No other cell tells. {told} {NEEDED}"


@pytest.mark.parametrize(("decimal", "number"), [("1.2340", 1.234), ("250.0", 250.0), ("1.5", 1.5), ("1234", 1234.0)])
def test_who_is_asked_can_answer_in_the_text(decimal: str, number: float) -> None:
    assert read(f"{decimal};5;6", 2, 1) == ((number, 5.0, 6.0),)


def test_a_separator_that_is_not_known_is_named() -> None:
    assert refusal("sep=:\n1:2:3") == (
        "Row 1: “:” is not known as a separator. Known are semicolons, tabs, bars (|), commas, blanks. " + NEEDED
    )


@pytest.mark.parametrize("start", [0, 1])
def test_a_first_row_that_counts_up_is_asked_about_and_the_answer_taken(start: int) -> None:
    first = ",".join(map(str, range(start, start + 3)))
    text = f"{first}\n0,0,0\n0,1,1"
    with pytest.raises(HeaderQuestionError) as asked:
        read(text, 2, 1)
    counted = first.replace(",", ", ")
    assert str(asked.value) == f"Row 1 is {counted}: it counts up, as the header of columns without names does."
    assert read(text, 2, 1, HEADER) == ((0, 0, 0), (0, 1, 1))
    assert read(text, 2, 1, A_SAMPLE) == ((start, start + 1, start + 2), (0, 0, 0), (0, 1, 1))


@pytest.mark.parametrize("text", ["0,1,2", "0,1,1\n1,0,1", "2,3,4\n1,0,1", "0.0,1.0,2.0\n1,0,1", "1,0,2\n1,0,1"])
def test_a_first_row_that_does_not_count_up_or_stands_alone_is_a_sample(text: str) -> None:
    assert len(read(text, 2, 1)) == text.count("\n") + 1


def test_five_thousand_samples_under_a_row_that_counts_up_are_allowed() -> None:
    text = "0,1,2\n" + "5,6,7\n" * 5000
    with pytest.raises(HeaderQuestionError):
        read(text, 2, 1)
    assert len(read(text, 2, 1, HEADER)) == 5000
    with pytest.raises(SamplesError, match="There are 5,001 samples"):
        read(text, 2, 1, A_SAMPLE)


def test_what_is_wrong_below_is_said_before_the_header_is_asked_about() -> None:
    assert refusal("0,1,2\n1,x,3").startswith("Row 2, column 2: “x” is not a number.")


@pytest.mark.parametrize(
    ("text", "samples"),
    [
        ("0,5", ((0.0, 5.0),)),
        ("0,5;1", ((0.5, 1.0),)),
        ("0,5\t1", ((0.5, 1.0),)),
        ('"0,5",1', ((0.5, 1.0),)),
        ('"0,5" 1', ((0.5, 1.0),)),
        ("0,5\n1,5", ((0.0, 5.0), (1.0, 5.0))),
        ("2020,2021\n1,2", ((2020.0, 2021.0), (1.0, 2.0))),
    ],
)
def test_a_comma_separates_or_is_a_decimal_comma(text: str, samples: Samples) -> None:
    assert read(text, 1, 1) == samples


@pytest.mark.parametrize("text", ["", "\n", " \n\t\r\n", "\ufeff", ",,\n,", "x1,x2,target", "\nx1;x2;target\n\n"])
def test_without_a_row_of_numbers_there_is_no_sample(text: str) -> None:
    assert refusal(text) == f"There is no sample: type or paste at least one row of numbers. {NEEDED}"


def test_five_thousand_samples_are_allowed_and_no_more() -> None:
    text = "x1,x2,target\n" + "1,2,3\n\n" * 5000
    assert read(text, 2, 1) == ((1.0, 2.0, 3.0),) * 5000
    assert refusal(f"{text}1,2,3") == f"There are 5,001 samples, and 5,000 are the most allowed. {NEEDED}"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1,2,3\n4,five,6\n7,8,9", "Row 2, column 2: “five” is not a number."),
        ("1,2,3\n\n\r\n4,5,six", "Row 4, column 3: “six” is not a number."),
        ("x1;x2;y\n1;2;3\n4;;6", "Row 3, column 2 (x2): the cell is empty"),
        (",b,c\na,2,3", "Row 2, column 1: “a” is not a number."),
        ("a,b\n1,2,c", "Row 2, column 3: “c” is not a number."),
        ("x1,x2,y\n1,2,3\nx1,x2,y", "Row 3, column 1 (x1): “x1” is not a number."),
        ("abc,2,3", "Row 1, column 1: “abc” is not a number."),
        ("1,2,", "Row 1, column 3: the cell is empty"),
        ("1,2,12345678901234567890x", "Row 1, column 3: “1234567890123456789…” is not a number."),
        ("1,2,1234567890123456789x", "Row 1, column 3: “1234567890123456789x” is not a number."),
        ("1,2,3\x00", "Row 1, column 3: “3\ufffd” is not a number."),
        ("1 000,2,3", "Row 1, column 1: “1 000” is not a number."),
        ("0,0,0\n#N/A,2,3", "Row 2, column 1: “#N/A” is not a number."),
        ("#DIV/0!;2;3", "Row 1, column 1: “#DIV/0!” is not a number."),
        ("#NV\t2\t3\n1\t2\t3", "Row 1, column 1: “#NV” is not a number."),
        ("#REF! 2 3", "Row 1, column 1: “#REF!” is not a number."),
        ("1,250 300,5", "Row 1, column 2: “250 300” is not a number."),
        ("1,2,1/0", "Row 1, column 3: “1/0” is not a number, as nothing can be divided by 0."),
        ("1;1,23,456;3", "Row 1, column 2: “1,23,456” is not a number."),
        ("1,2,nan", "Row 1, column 3: “nan” is not a number."),
        ("nan,NaN,nan\n1,2,3", "Row 1, column 1: “nan” is not a number."),
        ("1,−inf,3", "Row 1, column 2: “−inf” is not a number."),
        ("inf;inf;inf", "Row 1, column 1: “inf” is not a number."),
        ("1e400,2,3", "Row 1, column 1: “1e400” is too large. The largest number allowed is about 1.8e308."),
        ("1e400,1e400,-1e400\n1,2,3", "Row 1, column 1: “1e400” is too large."),
        ("1,2,1e-400", "Row 1, column 3: “1e-400” is too small"),
        ("1,2,{x}", "Row 1, column 3: “{x}” is not a number. Allowed are numbers such as 0.5, −3 and 2e-3."),
    ],
)
def test_a_cell_that_is_not_allowed_is_named(text: str, place: str) -> None:
    sentence = refusal(text)
    assert sentence.startswith(place)
    assert sentence.endswith(f". {NEEDED}")


@pytest.mark.parametrize(
    ("text", "row", "cells", "separators"),
    [
        ("1,2,3\n4,5\n7,8,9", 2, 2, "commas"),
        ("x1;x2;y\n\n1;2;3;4", 3, 4, "semicolons"),
        ("1;2;3;;4", 1, 5, "semicolons"),
        ("1 2", 1, 2, "blanks"),
        ("1\t2\t3\n1,2,3", 2, 1, "tabs"),
        ("0,5", 1, 2, "commas"),
        ("1,000.5,2,3", 1, 4, "commas"),
        ("1,1|-1", 1, 2, "bars (|)"),
        ("0,0,,1", 1, 4, "commas"),
        ("0,0 1", 1, 2, "commas"),
        ("x1,x2,y\n0,0,1\n0|0|1", 3, 1, "commas"),
        ("1:2:3", 1, 1, "blanks"),
    ],
)
def test_a_row_of_another_length_is_named(text: str, row: int, cells: int, separators: str) -> None:
    assert refusal(text) == (
        f"Row {row}: the number of cells is {cells}, when {separators} separate them as in the first row. "
        f"Known separators are semicolons, tabs, bars (|), commas, blanks. {NEEDED}"
    )


@pytest.mark.parametrize(("text", "row"), [('1,2,3\n4,"5,6\n7,8,9', 2), ('1,2,"3', 1), ('"x1,x2,y\n1,2,3', 1)])
def test_a_quote_that_does_not_close_is_named(text: str, row: int) -> None:
    assert refusal(text) == f'Row {row}: a quote (") opens a cell and does not close in the same row. {NEEDED}'


def test_a_cell_beyond_the_limit_of_csv_is_named() -> None:
    assert refusal("1,2,3\n" + "9" * 131_073 + ",5,6") == f"Row 2: a cell has more than 131,072 characters. {NEEDED}"


@pytest.mark.parametrize(
    ("n_in", "n_out", "needed"),
    [
        (1, 1, "2 numbers: x1, then the target."),
        (4, 2, "6 numbers: x1, x2, x3, x4, then target 1, target 2."),
        (64, 10, "74 numbers: x1, x2, …, x64, then target 1, target 2, …, target 10."),
    ],
)
def test_a_refusal_says_what_the_network_needs(n_in: int, n_out: int, needed: str) -> None:
    assert refusal("", n_in, n_out).endswith(f" Each row needs {needed}")


def test_every_sentence_is_whole() -> None:
    for text in ("", "1,2", "1,2,x", "1,,3", '"', "1e400,2,3", "1e-400,2,3"):
        assert re.fullmatch(r"[A-Z].*\. Each row needs 3 numbers: x1, x2, then the target\.", refusal(text))
