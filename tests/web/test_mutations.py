"""Whatever people type, open or paste, and whatever is wrong with a request: a short answer in words, or a refusal."""

import json
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from nnviz.presets import PRESETS
from nnviz.web.registry import ENTRIES, LESSONS
from nnviz.web.server import AHEAD, create_app
from tests.asking import BODY, Json
from tests.mutations import LARGEST_ANSWER, MANY, TYPED, csv_texts, envelope, mutated, next_request, post, reads_well
from tests.training_requests import EMPTY, run_of
from tests.training_requests import body as training_body

TRAINING = ("train-request", "train-readings")
Link = tuple[str, dict[str, str]]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    found: FlaskClient = create_app().server.test_client()
    return found


def opened(client: FlaskClient, lesson: str, typed: dict[str, str]) -> Json:
    """Return the answer to a link, which always comes."""
    place = {key: typed.get(key, usual) for key, usual in (("iteration", "1"), ("step", "0"))}
    reply = post(client, envelope(BODY | place | {"lesson": lesson, "typed": typed, "kept": None}))
    assert reply is not None
    return reply


@st.composite
def links(draw: st.DrawFn) -> Link:
    """Draw a lesson and the texts of a link to it, some of them others."""
    name = draw(st.sampled_from(sorted(LESSONS)))
    lesson = LESSONS[name]
    setup = lesson.begun({"preset": draw(st.sampled_from(sorted(PRESETS)))})
    usual = lesson.in_link(setup) | {"iteration": "1", "step": "0", "trained": "0", "other": ""}
    known = sorted({*lesson.in_full(setup), *usual})
    other = draw(st.dictionaries(st.sampled_from(known) | TYPED, TYPED, max_size=5))
    return name, (usual if draw(st.booleans()) else {}) | other


class Document(HTMLParser):
    """What a document says, which elements it has, and what is in its script of data."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements, self.texts, self.given, self._inside = list[str](), list[str](), "", ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self._inside = "given" if ("id", "given") in attrs else tag
        self.texts += [text or "" for name, text in attrs if name in ("aria-label", "title", "value")]

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "given":
            self.given += data
        elif self._inside not in ("script", "style"):
            self.texts.append(data)


@MANY
@given(links())
def test_any_address_is_a_document_that_says_the_answer(client: FlaskClient, link: Link) -> None:
    name, typed = link
    [path] = [entry.path for entry in ENTRIES if entry.name == name]
    query = urlencode(typed, errors="replace")
    reply = client.get(f"{path}?{query}")
    assert reply.status_code == 200
    assert len(reply.data) <= LARGEST_ANSWER
    document = Document(reply.get_data(as_text=True))
    reads_well(document.texts)
    reads_well(json.loads(document.given)["first"])
    usual = Document(client.get(path).get_data(as_text=True))
    assert document.elements.count("script") == usual.elements.count("script")


@MANY
@given(links(), st.data())
def test_any_visit_is_answered(client: FlaskClient, link: Link, data: st.DataObject) -> None:
    name, typed = link
    reply = opened(client, name, typed)
    for _ in range(2):
        reply = post(client, envelope(next_request(data, name, reply))) or reply


@MANY
@given(links(), st.data())
def test_any_change_of_a_request_is_answered_or_refused(client: FlaskClient, link: Link, data: st.DataObject) -> None:
    name, typed = link
    asked = next_request(data, name, opened(client, name, typed))
    changed = data.draw(mutated(asked))
    post(client, envelope(changed))
    post(client, data.draw(mutated(envelope(asked))))
    assert client.post(AHEAD, data=json.dumps(changed), content_type="application/json").status_code < 500


@MANY
@given(links(), st.data())
def test_any_file_is_opened_or_refused_in_words(client: FlaskClient, link: Link, data: st.DataObject) -> None:
    name, typed = link
    reply = opened(client, name, typed)
    file = reply["kept"] | {"lesson": name, "iteration": "1", "step": "3", "trained": "2", "other": reply["query"]}
    text = json.dumps(data.draw(mutated(file)))
    if data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(TYPED) + text[at + data.draw(st.integers(0, 9)) :]
    asked = BODY | {"lesson": name, "typed": {}, "kept": reply["kept"], "action": "open", "payload": text}
    after = post(client, envelope(asked))
    assert after is not None
    assert after["opened"] or (after["kept"] == reply["kept"] and after["problems"]["open"])


@MANY
@given(st.sampled_from(sorted(PRESETS)), csv_texts(), st.sampled_from(["csv", "csv-header", "csv-sample"]))
def test_any_samples_are_used_or_refused_in_words(client: FlaskClient, preset: str, text: str, action: str) -> None:
    kept = opened(client, "network", {"preset": preset})["kept"]
    after = post(client, envelope(BODY | {"typed": {}, "kept": kept, "action": action, "payload": text}))
    assert after is not None
    if after["problems"]:
        assert after["kept"] == kept
        assert after["problems"]["csv"]


@MANY
@given(
    st.sampled_from(sorted(PRESETS)),
    st.dictionaries(st.sampled_from(["rate", "batches", "w1", "data"]), TYPED, max_size=2),
    st.data(),
)
def test_any_training_is_answered_or_refused(
    client: FlaskClient, preset: str, texts: dict[str, str], data: st.DataObject
) -> None:
    run = {
        "texts": opened(client, "network", {"preset": preset} | texts)["kept"],
        "curve": EMPTY,
        "overall": EMPTY,
        "tested": EMPTY,
    }
    run |= {"shown": 1}
    asked = training_body(
        run=run,
        count=data.draw(st.sampled_from(["1", "10", "100"]) | TYPED),
        measure=data.draw(st.sampled_from(["loss", "gradient", "step"])),
        below=data.draw(st.just("") | TYPED),
        jump=data.draw(st.none() | st.fixed_dictionaries({"text": TYPED, "reach": st.integers(1, 5)})),
        scale=data.draw(st.sampled_from(["linear", "log"])),
        other=data.draw(st.sampled_from([None, run_of(), run])),
    )
    reply = post(client, envelope(asked, *TRAINING), TRAINING[1])
    assert reply is not None
    run |= {"curve": reply["curve"], "overall": reply["overall"], "tested": reply["tested"]}
    later = asked | {"checkpoint": reply["checkpoints"][-1], "goal": reply["goal"], "run": run}
    post(client, envelope(later, *TRAINING), TRAINING[1])
    post(client, envelope(data.draw(mutated(later)), *TRAINING), TRAINING[1])
