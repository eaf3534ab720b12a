"""Questions for Moodle, read and graded by a second reader of its format."""

import re
from html import unescape
from xml.etree.ElementTree import fromstring

import pytest

import nnviz
from nnviz.practice.mistakes import MISTAKES
from nnviz.worksheets import cloze
from nnviz.worksheets.cloze import blank, quoted
from nnviz.worksheets.telltales import Marked, Telltale
from tests.oracles.by_hand import numbers
from tests.oracles.moodle import category, grade, questions
from tests.worksheets.sheets import problem_of

KINDS = (("2-2-1", "sigmoid"), ("3-3-2", "tanh"), ("2-1", "relu"))


@pytest.mark.parametrize(("kind", "activation"), KINDS)
def test_right_numbers_are_worth_all_in_as_few_digits_as_are_asked_for(kind: str, activation: str) -> None:
    for sheet in nnviz.worksheet(kind, 7, 2, activation=activation):
        [question] = questions(sheet.moodle_xml)
        expected = numbers(problem_of(sheet.link))
        for digits in (10, 4):
            graded = question.grades({name: float(f"{value:.{digits}g}") for name, value in expected.items()})
            assert set(graded) == {name for name in expected if name in graded}
            assert len(graded) >= len(question.blanks) - 7
            assert {worth for worth, _ in graded.values()} == {100.0}


@pytest.mark.parametrize(("kind", "activation"), KINDS)
def test_each_mistakes_number_is_worth_nothing_and_is_named_with_its_reason(kind: str, activation: str) -> None:
    [sheet] = nnviz.worksheet(kind, 4, 1, activation=activation)
    [question] = questions(sheet.moodle_xml)
    steps = [step for steps in sheet.asked.values() for step in steps]
    seen = set()
    for step in steps:
        for telltale in sheet.marked[step.id].telltales:
            [(worth, said)] = question.grades({step.name: float(f"{telltale.value:.4g}")}).values()
            assert worth == 0
            for mistake in (MISTAKES[key] for key in telltale.mistakes):
                assert mistake.name in said
                assert telltale.carried or mistake.explanation in said
                seen.add(mistake.key)
    assert len(seen) > 10
    assert [text.rstrip(" =").split()[-1] for text in question.before] == [step.name for step in steps]


def test_another_number_is_wrong_and_nothing_is_said_of_it() -> None:
    [sheet] = nnviz.worksheet("2-2-1", 7, 1)
    [question] = questions(sheet.moodle_xml)
    assert question.grades({"z1": 77.0}) == {"z1": (0.0, "")}


def test_a_question_has_what_is_given_its_picture_and_its_solution() -> None:
    sheets = nnviz.worksheet("2-2-1", 7, 3, "update", base="https://school.example")
    found = questions(sheets.moodle_xml)
    assert category(sheets.moodle_xml) == "$course$/top/Backpropagation 2-2-1"
    assert [question.name for question in found] == [f"Backpropagation {sheet.code}" for sheet in sheets]
    for sheet, question in zip(sheets, found, strict=True):
        picture = fromstring(question.files["/network.svg"])
        assert picture.tag == "{http://www.w3.org/2000/svg}svg"
        written = "".join(picture.itertext())
        for weight in sheet.iteration.plan.quantities.all_weights:
            assert f"{weight.name} {sheet.iteration.given[weight.id]:g}".replace("-", "−") in written
        for name in ("x1", "α", "w6", "∂E/∂w1", "ŷ"):
            assert re.search(rf"{name} [=≈] [−\d]", question.before[0])
        assert all(f"{step.name} = " in question.solution for steps in sheet.asked.values() for step in steps)
        assert f'{sheet.link.removesuffix("&practice=update")}"' in unescape(unescape(sheets.moodle_xml))


def test_no_answer_stands_in_the_text_of_a_question() -> None:
    [sheet] = nnviz.worksheet("2-2-2", 7, 1)
    [question] = questions(sheet.moodle_xml)
    shown = "".join(question.before)
    for steps in sheet.asked.values():
        for step in steps:
            assert f"{abs(float(step.value)):.4g}" not in shown


SIGNS = "a } b # c ~ d / e \" f \\ g { h & i &amp; j &#125; k < l > m ' n % o = p: \\} q \\~ ]]> r"


def test_any_text_may_be_feedback(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not re.search(r"(?<!\\)[}#~\"/]|<|>", re.sub(r"&#?\w+;", "", quoted(SIGNS)))
    monkeypatch.setattr(cloze, "feedback", lambda telltale: f"{SIGNS}{telltale.value}")
    mark = Marked(0.85, 0.004, (Telltale(0.97, ("other-input",)), Telltale(-1.5e-7, ("other-input",))))
    sheet = nnviz.worksheet("2-1", 7, 1)[0]
    xml = sheet.moodle_xml
    [question] = questions(xml)
    assert {answer.feedback for answers in question.blanks for answer in answers if not answer.percent} == {
        f"{SIGNS}{one.value}" for step in _steps(sheet) for one in sheet.marked[step.id].telltales
    }
    text = f"<p>h = {blank(mark)}</p>"
    asked = fromstring(xml).find("question[@type='cloze']/questiontext/text")
    assert asked is not None
    other = re.sub(
        r"(<questiontext[^>]*><text>).*?(</text>)", lambda m: f"{m[1]}{_in_xml(text)}{m[2]}", xml, flags=re.S
    )
    [answers] = questions(other)[0].blanks
    assert grade(answers, 0.853) == (100.0, "Right.")
    assert grade(answers, 0.97) == (0.0, f"{SIGNS}0.97")
    assert grade(answers, -1.5e-7) == (0.0, f"{SIGNS}-1.5e-07")


def _steps(sheet: nnviz.Worksheet) -> list[nnviz.Step]:
    return [step for steps in sheet.asked.values() for step in steps]


def _in_xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
