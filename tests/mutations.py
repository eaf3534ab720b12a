"""Requests of the page with something else in them: what people type, and what links, files and samples may hold."""

import json
import re
import time
from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from nnviz.lessons.network.links import ACTIONS
from nnviz.presets import PRESETS
from nnviz.protocol import PageRequest
from nnviz.web.registry import LESSONS
from tests.asking import BODY, Json

MANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
DISPATCH = "/_dash-update-component"
[VIEWS] = map(get_args, get_args(get_type_hints(PageRequest)["views"]))
LARGEST_ANSWER = 2 * 10**6  # bytes
LONGEST = 2.0  # seconds of CPU
LARGEST = ", ".join(["8 tanh trained"] * 5 + ["4 tanh trained"])
CHOICES = sorted(
    {text for lesson in LESSONS.values() for field in lesson.link(lesson.begun({})) for text in field.choices}
)
TYPED = st.sampled_from(
    ["", "0", "-0", "1", "2", "3", "8", "-1", "0,40", "1/3", "1/0", "-2/5", "1e3", "1e-9", "1e154", "1e308", "-1e308",
     "5e-324", "1e400", "1,234", "1.000", "1 000", " 7 ", "−2", "٣", "²", "9" * 400, "nan", "-inf", "NaN", "Infinity",
     "None", "null", "undefined", "true", "=1+1", "<b>1</b>", "{step}", "%s", "\x00", "\u202e", "\ud800", "💡",
     "0,0,0;0,1,1", "3,1,1e308", LARGEST, "1 relu none", "8 relu fixed, 1 sigmoid trained",
     "2 tanh one, 1 identity none", "w1", "w2,w4", "b1,b2;w1,w4", "he 1 3", "normal 1e9 1",
     "2 shuffled 1", "1 shuffled 7",
     "adam 0.9 0.999 1e-08", "momentum 1", "step 2 0.5", "exponential 2", "all", "in-a-file", *PRESETS, *CHOICES]
) | st.text(max_size=12)  # fmt: skip
CELLS = st.sampled_from(
    ["0", "1", "0.5", "0,5", "1,234", "1.234", "1 000", "-3", "−3", "1e3", "1e308", "1e400", "nan", "inf", "", " ",
     '"0,5"', '"', "x1", "NaN", "#N/A", "2026-01-01", "π", "\x00"]
) | st.text(max_size=6)  # fmt: skip
WHOLES: tuple[int, ...] = (0, -1, 1, 2, 3, 7, 100, 400, 2**31, 10**400)
OTHERS: tuple[object, ...] = (None, True, False, 0.5, -1e308, "", "AAAA", [], {}, [[]], *WHOLES)
WORDS_OF_MACHINES = re.compile(r"(?<![\w“-])(nan|NaN|-?inf|-?Infinity|None|null|undefined|(?<!%)\{\w+\})(?![\w-])")
QUOTED = re.compile("“[^”]*”")
NOT_READ = {
    "settings",
    "kept",
    "query",
    "texts",
    "run",
    "other",
    "packed",
    "latex",
}  # but kept, shown as typed, or copied


@st.composite
def csv_texts(draw: st.DrawFn) -> str:
    """Draw the text of samples, in order or nearly so."""
    rows = draw(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=8))
    between, end = draw(st.sampled_from(",;\t| ")), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    start = draw(st.sampled_from(["", "sep=;\n", "\ufeff", "# of mine\n", "a,b,c\n", "0,1,2\n"]))
    return start + end.join(between.join(row) for row in rows)


@st.composite
def mutated(draw: st.DrawFn, whole: Any) -> Any:
    """Draw a JSON value like this one, of which some leaves are others."""
    changed = json.loads(json.dumps(whole))
    for _ in range(draw(st.integers(1, 2))):
        places = list(_places(changed))
        if not places:
            break
        inside, key = draw(st.sampled_from(places))
        kind = draw(st.sampled_from(["like it", "like it", "like it", "other", "gone", "twice", "another's"]))
        if kind == "like it" and isinstance(inside[key], str | int):
            inside[key] = draw(TYPED if isinstance(inside[key], str) else st.sampled_from(WHOLES))
        elif kind == "gone" and isinstance(inside, dict):
            del inside[key]
        elif kind == "twice" and isinstance(inside, list):
            inside.append(inside[key])
        elif kind == "another's":
            elsewhere, other = draw(st.sampled_from(places))
            inside[key] = json.loads(json.dumps(elsewhere[other]))
        else:
            inside[key] = draw(st.sampled_from(OTHERS))
    return changed


def _places(whole: Any) -> Iterator[tuple[Any, Any]]:
    """Yield what is in a JSON value: what holds it, and the key or the index."""
    keys: Any = whole.keys() if isinstance(whole, dict) else range(len(whole)) if isinstance(whole, list) else ()
    for key in keys:
        yield whole, key
        yield from _places(whole[key])


def envelope(value: object, asked: str = "request", answered: str = "readings") -> Json:
    """Return what the page posts with a request in one store, for an answer in the other."""
    return {
        "output": f"{answered}.data",
        "outputs": {"id": answered, "property": "data"},
        "inputs": [{"id": asked, "property": "data", "value": value}],
        "changedPropIds": [f"{asked}.data"],
    }


def post(client: FlaskClient, body: Json, answered: str = "readings") -> Json | None:
    """Return the answer to what the page posts, or None where it is refused; it is neither slow nor large."""
    text = json.dumps(body)
    start = time.process_time()
    reply = client.post(DISPATCH, data=text, content_type="application/json")
    taken = time.process_time() - start
    assert reply.status_code < 500
    assert len(reply.data) <= LARGEST_ANSWER, len(reply.data)
    assert taken <= LONGEST, taken
    if reply.status_code != 200:
        return None
    found: Json = json.loads(reply.data, parse_constant=_no_number)["response"][answered]["data"]
    reads_well(found)
    return found


def _no_number(text: str) -> None:
    raise AssertionError(text)


def reads_well(answer: Any) -> None:
    """No text of an answer that a person reads has a word that only programs use, but where it quotes the person."""
    if isinstance(answer, str):
        assert not WORDS_OF_MACHINES.search(QUOTED.sub("", answer)), answer
    elif isinstance(answer, dict):
        for key, inner in answer.items():
            if key not in NOT_READ:
                reads_well(inner)
    elif isinstance(answer, list):
        for inner in answer:
            reads_well(inner)


def next_request(data: st.DataObject, lesson: str, reply: Json) -> Json:
    """Return what the page may ask next: texts typed, a button, a place, what it shows."""
    draw = data.draw
    keys = st.sampled_from(sorted(reply["settings"]))
    actions = sorted(ACTIONS) if lesson == "network" else ["", "defaults"]
    action = draw(st.sampled_from(["", *actions]))
    places = st.sampled_from(["", *reply["figure"]["hovers"], *reply["values"], "weight-1-0-0"])
    checkpoint = reply["checkpoint"]
    beside = {"texts": reply["kept"], "iteration": 1, "step": 3, "checkpoint": checkpoint}
    options = [choice["value"] for choice in (reply["loss_surface"] or {}).get("options", [])] or ["w1"]
    return BODY | {
        "serial": draw(st.integers(0, 10**6)),
        "lesson": lesson,
        "typed": reply["settings"] | draw(st.dictionaries(keys, TYPED, max_size=3)),
        "kept": reply["kept"],
        "run": draw(st.sampled_from([reply["run"], ""])),
        "iteration": draw(st.sampled_from([str(reply["iteration"]), "1", "2", "7", "1000000"])),
        "step": draw(st.sampled_from([str(reply["cursor"]), "0", "1", "5", "9", str(reply["steps"]), "9999"])),
        "theme": draw(st.sampled_from(["light", "dark"])),
        "room": draw(st.sampled_from([[700, 400], [100, 100], [8000, 8000], [360, 300]])),
        "action": action,
        "payload": draw(csv_texts()) if action.startswith("csv") else "",
        "chosen": draw(places),
        "checked": draw(st.sampled_from(["", "yes"])),
        "panels": draw(st.sampled_from([(reply["panels"] or {}).get("key", ""), ""])),
        "views": draw(st.lists(st.sampled_from(VIEWS), unique=True)),
        "pair": draw(st.sampled_from(["", " ".join(options[:2]), " ".join(options[-2:]), "w1 w1"])),
        "checkpoint": draw(st.sampled_from([None, checkpoint])),
        "path": [] if checkpoint is None else [checkpoint] * draw(st.integers(0, 3)),
        "beside": draw(st.sampled_from([None, beside])),
    }  # fmt: skip
