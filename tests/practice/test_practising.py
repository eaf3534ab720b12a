"""Practising on the page: what is asked and released, verdicts, hints, guesses, the wrong line, the record."""

import json
import re

import pytest

from nnviz.lessons.descent.methods import METHODS
from nnviz.lessons.descent.setup import CURVES, exercise, on_curve
from nnviz.practice.skills import SKILLS
from nnviz.practice.ways import WAYS
from nnviz.text import say
from tests.asking import KEPT, START, ask, link
from tests.practice.practising import BY_HAND, answers, practised, pressed

SIGMOID = KEPT | {"preset": "2-2-1-sigmoid"}


def blanks(reply: dict[str, object]) -> list[str]:
    return re.findall(r'data-blank="([^"]+)"', reply["practice"]["html"])  # type: ignore[index]


def said(reply: dict[str, object]) -> str:
    return str(reply["practice"]["said"])  # type: ignore[index]


def test_a_right_number_releases_its_step_and_no_other() -> None:
    reply = practised("step", [answers({"h1": "0,85"})], step="9999")
    assert (reply["released"], reply["cursor"], blanks(reply)) == (1, 1, ["h2"])
    assert say("practice.said.ok", name="h1") == said(reply)


def test_a_whole_iteration_by_hand_releases_all_of_it() -> None:
    log = [answers({name: text}) for name, text in BY_HAND.items()]
    reply = practised("step", log, step="9999")
    assert reply["cursor"] == reply["steps"] == 23  # with the check
    assert say("practice.done") in reply["practice"]["html"]
    assert practised("iteration", [answers(BY_HAND)])["released"] >= 4


@pytest.mark.parametrize("way", ["step", "iteration", "forward"])
def test_a_wrong_number_releases_nothing(way: str) -> None:
    reply = practised(way, [answers({"h1": "0.86"})], step="9999")
    assert reply["released"] == reply["cursor"] == 0
    assert 'class="blank wrong"' in reply["practice"]["html"]


def test_what_is_right_from_ones_own_numbers_is_said_and_not_released() -> None:
    reply = practised("forward", [answers({"h1": "0.95", "h2": "0.48", "yhat": "0.205"})])
    assert say("practice.count.carried", names="ŷ") in said(reply)
    assert reply["released"] == 0


def test_few_digits_are_asked_for_again() -> None:
    reply = practised("step", [answers({"h1": "0.85"}), answers({"h2": "0.5"})])
    assert (reply["released"], blanks(reply)) == (1, ["h2"])
    assert said(reply) == say("practice.said.rough", name="h2")


def test_the_mistake_is_named() -> None:
    log = [answers({name: BY_HAND[name]}) for name in ("h1", "h2", "yhat", "E", "dE/dyhat", "dE/dw5", "dE/dw6")]
    reply = practised("step", [*log, answers({"dE/dh1": "-0.809"})], step="9999")
    assert say("mistake.weights-missing-backward") in said(reply)
    assert reply["released"] == 7


@pytest.mark.parametrize(
    ("way", "asked"),
    [
        ("forward", ["h1", "h2", "yhat", "E"]),
        ("deltas", ["dE/dyhat", "dE/dh1", "dE/dh2"]),
        ("gradients", [f"dE/dw{n}" for n in (5, 6, 1, 2, 3, 4)]),
        ("update", [f"w{n}+" for n in range(1, 7)]),
        ("iteration", list(BY_HAND)),
        ("step", ["h1"]),
        ("line", []),
    ],
)
def test_each_way_asks_for_its_numbers(way: str, asked: list[str]) -> None:
    assert blanks(practised(way)) == asked


@pytest.mark.parametrize(("way", "given"), [("deltas", 4), ("gradients", 7), ("update", 13)])
def test_what_comes_before_is_given(way: str, given: int) -> None:
    html = practised(way)["practice"]["html"]
    [listed] = re.findall(r"<p>(h1 = .*?)</p>", html)
    names = {"h1": "h1", "h2": "h2", "yhat": "ŷ"}
    assert len(listed.split(" · ")) == given
    assert all(f"{names[name]} = {BY_HAND[name]}" in listed for name in names)


def test_hints_come_one_at_a_time_and_the_last_tells_the_number() -> None:
    log = [pressed("hint", "h1")] * 4
    words, symbols, numbers, told = (practised("step", log[:count], step="9999") for count in (1, 2, 3, 4))
    assert say("practice.rule.sum") in words["practice"]["html"]
    assert words["practice"]["html"].count("hint formula") == 1
    assert symbols["practice"]["html"].count("hint formula") == 2
    assert symbols["figure"]["asked"] == [
        "neuron-1-0-0",
        "neuron-0-0-0",
        "weight-1-0-0",
        "neuron-0-1-0",
        "weight-1-0-1",
    ]
    assert "0.21" in numbers["practice"]["html"]
    assert numbers["released"] == 0
    assert (told["released"], blanks(told)) == (1, ["h2"])
    assert "h1 = 0.85" in said(told)


def test_a_descent_is_practised_by_hand() -> None:
    """y = x² − 4x + 6 at 8 is 38, its slope 2·8 − 4, and x⁺ = 8 − 0.1·12."""
    kept = link({}, lesson="descent")["kept"]
    log = [answers({"y": "37"}), answers({"y": "4e1"}), pressed("hint", "y"), answers({"y": "38"})]
    asked = {"lesson": "descent", "kept": kept, "typed": {}, "step": "9999"}
    assert said(practised("step", log[:1], **asked)) == say("practice.said.wrong", name="y")
    assert practised("step", log[:2], **asked)["released"] == 0
    reply = practised("step", [*log, answers({"dy/dx": "12"}), answers({"x+": "6.8"})], **asked)
    assert (reply["released"], reply["practice"]["record"]) == (3, '{"tasks":[]}')
    assert say("practice.done") in reply["practice"]["html"]


@pytest.mark.parametrize(
    ("lesson", "step", "words"), [("sigmoid", "exp(-z)", "xponential"), ("descent", "y", "The height y")]
)
def test_the_first_hint_says_what_comes_next(lesson: str, step: str, words: str) -> None:
    kept = link({}, lesson=lesson)["kept"]
    html = practised("step", [pressed("hint", step)], lesson=lesson, kept=kept, typed={})["practice"]["html"]
    assert words in html


def test_only_the_next_number_is_hinted_at() -> None:
    assert practised("step", [pressed("hint", "h2")] * 4)["released"] == 0
    assert practised("iteration", [pressed("hint", "yhat")] * 4)["released"] == 0


@pytest.mark.parametrize(("guess", "key"), [("positive", "yes"), ("negative", "no")])
def test_a_guess_is_answered_and_shows_the_step(guess: str, key: str) -> None:
    reply = practised("guess", [pressed("guess", "h1", guess=guess)], step="9999")
    assert said(reply) == say(f"practice.guess.{key}", fact="h1 is positive.")
    assert reply["cursor"] == 1


@pytest.mark.parametrize(
    ("step", "guess"),
    [("E", "smaller"), ("dE/dyhat", "negative"), ("dE/dw6", "smaller"), ("w1+", "up")],
)
def test_what_may_be_foreseen_is_right_by_hand(step: str, guess: str) -> None:
    """ŷ = 0.191 is below 1; |−0.388| < |−0.688|; the gradients are negative, so the weights go up."""
    before = list(BY_HAND)[: list(BY_HAND).index(step)]
    log = [pressed("guess", name, guess=option) for name in before for option in ("positive", "larger", "up")]
    reply = practised("guess", [*log, pressed("guess", step, guess=guess)])
    assert said(reply).startswith(say("practice.guess.yes", fact=""))


def test_a_wrong_line_is_found_and_its_mistake_told() -> None:
    reply = practised("line", kept=SIGMOID, typed={})
    lines = re.findall(r'data-line="([^"]+)"', reply["practice"]["html"])
    found = [line for line in lines if practised("line", [pressed("line", line)], kept=SIGMOID, typed={})["released"]]
    assert len(found) == 1
    reply = practised("line", [pressed("line", found[0])], kept=SIGMOID, typed={}, step="9999")
    assert reply["released"] > 0
    assert said(reply).startswith(say("practice.line.found", name="\0", mistake="\0", why="").partition("\0")[0])


def test_one_wrong_press_is_no_way_to_the_numbers() -> None:
    lines = re.findall(r'data-line="([^"]+)"', practised("line", kept=SIGMOID, typed={})["practice"]["html"])
    last = practised("line", [pressed("line", lines[-1])], kept=SIGMOID, typed={})
    assert last["released"] == 0
    assert "disabled" in last["practice"]["html"]


def test_several_pasted_numbers_are_read_from_their_field_on() -> None:
    reply = practised("iteration", [answers({"": "0,48\nŷ = 0.191\t0.3272405"}, "h2")])
    assert say("practice.count.ok", names="h2, ŷ and E") in said(reply)


def test_a_name_may_stand_before_the_number() -> None:
    assert practised("step", [answers({"h1": "h1 = 2·0.11 + 3·0.21 = 0.85"})], step="9999")["released"] == 1


def test_what_is_pasted_and_cannot_be_read_is_said_where_it_was() -> None:
    reply = practised("iteration", [answers({"": "foo\nbar"}, "h2")])
    assert 'class="blank unread"' in reply["practice"]["html"]
    assert "foo" in reply["practice"]["html"]


def test_of_several_samples_it_is_said_which_are_asked() -> None:
    kept = link({"preset": "fahrenheit-two"})["kept"]
    html = practised("iteration", kept=kept, typed={})["practice"]["html"]
    asked = re.findall(r'data-blank="[^"]*" aria-label="([^"]*)"', html)
    assert asked == ["ŷ of sample 1", "E of all 2 samples", "∂E/∂ŷ of sample 1", "∂E/∂w1 of all 2 samples",
                     "∂E/∂b1 of all 2 samples", "w1⁺", "b1⁺"]  # fmt: skip


def test_with_two_outputs_there_is_nothing_to_foresee_of_their_error() -> None:
    kept = link({"preset": "mazur"})["kept"]
    html = practised("guess", kept=kept, typed={})["practice"]["html"]
    log = []
    for _ in range(40):
        if not (found := re.findall(r'data-guess="([^"]+)" data-step="([^"]+)"', html)):
            break
        assert "too large" not in html
        log.append(pressed("guess", found[0][1], guess=found[0][0]))
        html = practised("guess", log, kept=kept, typed={})["practice"]["html"]
    assert say("practice.done") in html


def test_a_mistake_beside_a_slip_is_said_of_its_own_line() -> None:
    log = [answers({"h1": "0.95", "h2": "0.48", "yhat": "0.2002"})]
    seen = said(practised("forward", log))
    assert "h1" in seen
    assert say("numbers.mistake", name=say("mistake.rounded-on-the-way")) not in seen


def test_after_the_wrong_line_is_found_nothing_asks_for_it() -> None:
    lines = re.findall(r'data-line="([^"]+)"', practised("line")["practice"]["html"])
    log = [pressed("line", line) for line in lines]
    reply = practised("line", log, step="9999")
    states = re.findall(r'<li class="(\w*)">', reply["practice"]["html"])
    assert reply["cursor"] == states.index("found") + 1
    forward_end = reply["phases"][0]["steps"]
    assert reply["released"] == (forward_end if reply["cursor"] <= forward_end else reply["steps"])
    assert say("practice.refusal.line") not in json.dumps(reply, ensure_ascii=False)


@pytest.mark.parametrize("text", ["x", "1/0", "1,234", "(((", "1e999"])
def test_what_is_no_number_is_said_at_its_field(text: str) -> None:
    reply = practised("step", [answers({"h1": text})])
    assert 'class="blank unread"' in reply["practice"]["html"]
    assert reply["released"] == 0


def test_a_log_of_other_numbers_does_not_count() -> None:
    task = practised("step")["practice"]["task"]
    asked = {"way": "step", "assignment": "", "number": 0, "task": task, "log": [answers({"h1": "0.85"})], "record": ""}
    other = ask(practice=asked, kept=KEPT | {"w1": "0.2"}, typed={})
    assert (other["released"], other["practice"]["task"] == task) == (0, False)


def test_new_numbers_are_those_of_an_exercise() -> None:
    reply = practised("step", action="exercise", payload="7 ")
    again = practised("step", action="exercise", payload="7 ")
    assert reply["kept"] == again["kept"] != KEPT
    assert reply["replaces"]
    assert reply["problems"] == {}


@pytest.mark.parametrize("lesson", ["descent", "sigmoid"])
def test_the_other_lessons_have_other_numbers_too(lesson: str) -> None:
    kept = link({}, lesson=lesson)["kept"]
    replies = [
        practised("step", action="exercise", payload=f"{seed} ", lesson=lesson, kept=kept, typed={})
        for seed in (7, 7, 8)
    ]
    assert replies[0]["kept"] == replies[1]["kept"] != replies[2]["kept"]
    assert link({"assignment": "step-2-7-3"}, lesson=lesson)["practice"]["number"] == 0


@pytest.mark.parametrize("curve", CURVES)
@pytest.mark.parametrize("method", METHODS)
def test_a_descent_is_practised_where_its_curve_is_not_flat(curve: str, method: str) -> None:
    for seed in range(20):
        setup = exercise(on_curve(curve, method), seed)
        assert abs(setup.drawn.steepness(setup.x)) > 0.05
        assert CURVES[curve].usual[0] <= setup.x <= CURVES[curve].usual[1]


def test_no_exercise_for_a_large_network_is_said() -> None:
    large = link({"inputs": "8", "layers": "8 tanh trained, 8 tanh trained, 4 tanh trained"})["kept"]
    reply = practised("step", action="exercise", payload="1 ", kept=large, typed={})
    assert reply["problems"]["exercise"] == say("error.no_exercise")
    assert reply["kept"] == large


# The record


def test_three_tasks_in_a_row_make_a_skill_mastered() -> None:
    record, held = "", KEPT
    for seed in range(3):
        drawn = practised("forward", action="exercise", payload=f"{seed} ", kept=held, typed={})
        held = drawn["kept"]
        w, x = [float(held[f"w{n}"]) for n in range(1, 7)], [float(held[f"x{n}"]) for n in (1, 2)]
        h1, h2 = x[0] * w[0] + x[1] * w[1], x[0] * w[2] + x[1] * w[3]
        output = h1 * w[4] + h2 * w[5]
        loss = 0.5 * (output - float(held["target"])) ** 2
        numbers = {"h1": h1, "h2": h2, "yhat": output, "E": loss}
        log = [answers({name: repr(value) for name, value in numbers.items()})]
        reply = practised("forward", log, record, kept=held, typed={})
        record = reply["practice"]["record"]
        assert say("practice.streak", streak=min(seed + 1, 2), most=3) in reply["practice"]["html"] or seed == 2
    assert reply["practice"]["html"].count('class="mastered"') == 2
    wrong = practised("forward", [answers({"h1": "9"}), *log], record, typed={})["practice"]["record"]
    assert json.loads(wrong)["tasks"][-1]["skills"]["sum"] is False
    again = practised("forward", [answers({"h1": "0.85", "h2": "0.48", "yhat": "0.191"})], wrong, typed={})
    assert json.loads(again["practice"]["record"])["tasks"] == json.loads(wrong)["tasks"]


def test_a_mistake_that_is_recognized_twice_is_what_the_next_numbers_show() -> None:
    done = {"skills": {}, "mistakes": ["rate-forgotten"]}
    record = json.dumps({"tasks": [done | {"task": "a"}, done | {"task": "b"}]})
    assert practised("step", record=record)["practice"]["weakness"] == "rate-forgotten"
    once = json.dumps({"tasks": [done | {"task": "a"}]})
    assert practised("step", record=once)["practice"]["weakness"] == ""
    shown = practised("step", action="exercise", payload="7 rate-forgotten")
    assert shown["kept"] != practised("step", action="exercise", payload="7 ")["kept"]


@pytest.mark.parametrize(
    "record", ["x", "[]", '{"tasks": 3}', '{"tasks": [{"task": 1}]}', "[" * 9000, '{"tasks":[null]}']
)
def test_a_record_that_is_none_is_empty(record: str) -> None:
    assert practised("step", record=record)["practice"]["record"] == '{"tasks":[]}'


def test_every_skill_is_asked_for_somewhere() -> None:
    kept = link({"preset": "2-2-1-sigmoid"})["kept"]
    asked = blanks(practised("iteration", kept=kept, typed={}))
    log = [answers({name: str(70 + number) for number, name in enumerate(asked)})]
    [task] = json.loads(practised("iteration", log, kept=kept, typed={})["practice"]["record"])["tasks"]
    assert task["skills"] == dict.fromkeys(SKILLS, False)


# Links


@pytest.mark.parametrize("way", WAYS)
def test_a_link_opens_a_way(way: str) -> None:
    reply = link(START | {"practice": way})
    assert (reply["practice"]["way"], reply["notice"]) == (way, "")


@pytest.mark.parametrize(("lesson", "text"), [("network", "x"), ("descent", "forward"), ("sigmoid", "")])
def test_a_way_that_is_none_is_named(lesson: str, text: str) -> None:
    reply = link({"practice": text}, lesson=lesson)
    assert reply["practice"] is None
    assert f"“{text}”" in reply["notice"]


def test_a_classic_mistake_is_not_practised() -> None:
    reply = link(START | {"update": "in-place", "practice": "step"})
    assert reply["kept"]["update"] == "once"
