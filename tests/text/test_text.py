"""The sentences: every one that the code says exists, and every one that exists is said."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise, product
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import nnviz
from nnviz.charts.theme import Look
from nnviz.engine.manner import DETAILS, MISTAKES, PLAIN, Manner
from nnviz.explain import sentence as sentences
from nnviz.lessons.network import view
from nnviz.lessons.network.run import NetworkRun
from nnviz.player.form import Field
from nnviz.presets import PRESETS
from nnviz.text import listed, say
from nnviz.text.english import SENTENCES
from nnviz.web.document import words
from nnviz.web.registry import ENTRIES, LESSONS
from nnviz.worksheets.order import FORM as ORDER
from tests.examples import MAZUR, Example
from tests.methods import ALL_METHODS
from tests.networks import CONSTRAINED, DIVERGING, EXAMPLES, LEVEL
from tools import ROOT

FILES = [file for file in [ROOT / "app.py", *(ROOT / "nnviz").rglob("*.py")] if file.parent.name != "english"]
TEMPLATES = [file.read_text(encoding="utf-8") for file in (ROOT / "nnviz").rglob("*.html")]
SCRIPTS = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "assets").rglob("*.mjs"))
KEY = re.compile(r"\w+(\.\w+)+|unknown")
ANY = ".+"
TAKEN_APART = (
    "partition",
    "rpartition",
    "split",
    "startswith",
    "endswith",
    "removeprefix",
    "removesuffix",
    "index",
    "find",
)
FOR_IDS = re.compile(r'(?:data-(?:value|at|row|place|field|moves)|id|for|name|value)="$')
FAMILIES = ("step.", "title.", "direction.", "change.")
SAMPLES = Example(EXAMPLES["2-2-2 sigmoid"].network, [[2, 3], [1, 1]], [[1, 0], [0, 1]], 0.05)


@cache
def nodes() -> list[ast.AST]:
    """Return all of the code, that in the templates included."""
    sources = [file.read_text(encoding="utf-8") for file in FILES]
    calls = [call for html in TEMPLATES for call in re.findall(r"say\((?:[^()]|\([^()]*\))*\)", html)]
    sources += [f"({call.replace(' ~ ', ' + ')})" for call in calls]
    return [node for source in sources for node in ast.walk(ast.parse(source))]


def said() -> list[ast.Call]:
    """Return every call of say in the code."""
    return [node for node in nodes() if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say"]


def keys_of(argument: ast.expr) -> list[re.Pattern[str]]:
    """Return what the keys look like that an expression may give; a variable may give any."""
    match argument:
        case ast.Constant(value=str(key)):
            return [re.compile(re.escape(key))]
        case ast.JoinedStr(values=parts):
            return [re.compile("".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else ANY for p in parts))]
        case ast.IfExp(body=body, orelse=other):
            return [*keys_of(body), *keys_of(other)]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            begun, ended = (keys_of(part) or [re.compile(ANY)] for part in (left, right))
            return [re.compile(first.pattern + last.pattern) for first in begun for last in ended]
    return []


def constants() -> set[str]:
    """Return every text in the code that may be a key."""
    texts = {node.value for node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in texts if KEY.fullmatch(text)}


def test_there_are_sentences_and_calls() -> None:
    assert len(SENTENCES) > 100
    assert len(said()) > 50


def test_every_key_that_the_code_says_exists() -> None:
    for call in said():
        for pattern in keys_of(call.args[0]):
            assert any(pattern.fullmatch(key) for key in SENTENCES), ast.unparse(call)


def test_every_sentence_is_said() -> None:
    patterns = [pattern for call in said() for pattern in keys_of(call.args[0])]
    telling = [pattern for pattern in patterns if re.search(r"\w", pattern.pattern.replace(ANY, ""))]
    in_code = constants() | {key for field in fields() for key in keys_of_field(field)}
    unused = {key for key in SENTENCES if key not in in_code and not any(p.fullmatch(key) for p in telling)}
    assert not unused


def fields() -> Iterator[Field[Any]]:
    """Yield the fields of every lesson, those of a batch and of an order of samples included, and of worksheets."""
    yield from ORDER
    for entry in ENTRIES:
        yield from entry.lesson.form(entry.lesson.begun({}))
    network = LESSONS["network"]
    for texts in ({"preset": "xor", "batches": "2 shuffled 7"}, {"preset": "2-2-1-sigmoid", "fixed": "b1"}):
        setup, _ = network.opened(texts)
        yield from network.form(setup)


def keys_of_field(field: Field[Any]) -> set[str]:
    """Return the keys of the sentences that name a field with choices, and these."""
    return {f"{field.names}.title", *(f"{field.names}.{text}{field.ending}" for text in field.choices)}


def test_every_key_in_the_code_exists() -> None:
    groups = {key.partition(".")[0] for key in SENTENCES if "." in key}
    files = re.compile(r".*\.(m?js|py|css|html)")
    wrong = {key for key in constants() if key.partition(".")[0] in groups and not files.fullmatch(key)}
    assert not wrong - SENTENCES.keys()


def is_said(node: ast.AST | None) -> bool:
    """Return whether a node is what is said, or begins or ends with it."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    inner = [part.value if isinstance(part, ast.FormattedValue) else part for part in parts]
    return any(isinstance(part, ast.Call) and getattr(part.func, "id", "") == "say" for part in inner)


def words_as_keys(source: str) -> list[str]:
    """Return where what is said is a key, is compared or taken apart, or stands in an attribute of HTML for ids."""
    found: list[ast.AST] = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Dict(keys=keys):
                found += [key for key in keys if key is not None and is_said(key)]
            case ast.DictComp(key=key) | ast.Subscript(slice=key):
                found += [node] if is_said(key) else []
            case ast.Compare(left=left, comparators=others):
                found += [node] if any(map(is_said, (left, *others))) else []
            case ast.Call(func=ast.Attribute(value=words, attr=name)):
                found += [node] if is_said(words) and name in TAKEN_APART else []
            case ast.JoinedStr(values=parts):
                found += [
                    part
                    for before, part in pairwise(parts)
                    if isinstance(before, ast.Constant) and FOR_IDS.search(str(before.value)) and is_said(part)
                ]
    return [ast.unparse(node) for node in found]


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("{say('a.b'): 1}", 1),
        ("{f'{say(key)}!': 1 for key in keys}", 1),
        ("found[say('a.b')]", 1),
        ("text == say('a.b')", 1),
        ("say('a.b') in texts", 1),
        ("say('a.b').startswith('α')", 1),
        ("""f'<td data-value="{say(key)}">'""", 1),
        ("""f'<td data-value="{key}">{say(key)}</td>'""", 0),
        ("{'title': say('a.b')}", 0),
        ("say('a.b').strip()", 0),
    ],
)
def test_words_that_are_keys_are_found(source: str, count: int) -> None:
    assert len(words_as_keys(source)) == count


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_no_words_are_keys_or_taken_apart(file: Path) -> None:
    assert words_as_keys(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("html", TEMPLATES)
def test_no_template_has_words_where_ids_are(html: str) -> None:
    assert not re.search(FOR_IDS.pattern.replace("$", r"\{\{ *say"), html)


def test_every_sentence_is_given_what_it_needs() -> None:
    for call in said():
        if isinstance(call.args[0], ast.Constant) and all(word.arg for word in call.keywords):
            key = str(call.args[0].value)
            assert placeholders(key) == {word.arg for word in call.keywords}, key


def placeholders(key: str) -> set[str]:
    return names_in(SENTENCES[key])


def names_in(text: str) -> set[str]:
    """Return the names of the values in a text, and in the forms that follow a count."""
    return {found for _, name, form, _ in Formatter().parse(text) if name for found in ({name} | names_in(form or ""))}


def told_iterations() -> Iterator[nnviz.Iteration]:
    """Yield iterations of all kinds: of many networks in each detail, with each mistake, by each method."""
    for example, detail in product((*EXAMPLES.values(), SAMPLES, LEVEL, DIVERGING), DETAILS):
        yield example.trace(Manner(detail, input_gradients=True))
    for mistake, detail, example in product(MISTAKES, DETAILS, (MAZUR, SAMPLES)):
        yield example.trace(Manner(detail).with_mistake(mistake))
    neuron = PRESETS["perceptron"]
    for detail, count in product(DETAILS, (1, 4)):
        samples = neuron.inputs[-count:], neuron.targets[-count:]
        yield nnviz.trace(neuron.network, *samples, neuron.learning_rate, Manner(detail, input_gradients=True))
    given = nnviz.Network(MAZUR.network.layers, "upstream_gradient")
    yield nnviz.trace(given, MAZUR.inputs, MAZUR.targets, MAZUR.learning_rate)
    for made, detail in product((*MISTAKES, None), DETAILS):
        yield CONSTRAINED.trace(Manner(detail).with_mistake(made))
    alike = nnviz.Layer([[0.3, -0.2], [0.3, 0.1]], [0.4, 0.4], "step")
    yield nnviz.trace(nnviz.Network([alike], tied=[["w1", "w3"], ["b1", "b2"]]), [[1, 0]], [[0, 1]], 0.2)
    for method, detail in product(ALL_METHODS, DETAILS):
        yield nnviz.trace(
            MAZUR.network, MAZUR.inputs, MAZUR.targets, 0.5, Manner(detail),
            optimizer=method.optimizer, schedule=method.schedule, weight_decay=method.weight_decay,
        )  # fmt: skip


def test_every_sentence_about_steps_is_said_of_some_network(monkeypatch: pytest.MonkeyPatch) -> None:
    used: set[str] = set()

    def listen(key: str, **values: object) -> str:
        used.add(key)
        return say(key, **values)

    monkeypatch.setattr(sentences, "say", listen)
    monkeypatch.setattr(view, "say", listen)
    for iteration in told_iterations():
        for cursor in range(len(iteration.pauses) + 1):
            sentences.title(iteration, cursor)
            sentences.sentence(iteration, cursor)
    in_place, output = (MAZUR.trace(PLAIN.with_mistake(mistake)) for mistake in MISTAKES)
    for wrong in (in_place, output):
        view.screen_of(NetworkRun(wrong, 1, rightly=0.3), len(wrong.steps), Look())
    for before in (0.3, None):
        view.screen_of(NetworkRun(in_place, 2, before=before), 0, Look())
    assert {key for key in SENTENCES if key.startswith(FAMILIES)} - used == set()


def test_the_player_says_the_words_that_it_is_given() -> None:
    groups = "|".join({key.partition(".")[0] for key in SENTENCES if "." in key})
    used = set(re.findall(rf'"((?:{groups})\.\w+)"', SCRIPTS)) | set(re.findall(r'\bsay\("(\w+)"\)', SCRIPTS))
    assert used
    assert words() == {key: SENTENCES[key] for key in used}


def test_an_unknown_key_or_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("no.such.key")
    with pytest.raises(KeyError):
        say("link.missing")


def test_sentences_are_typeset_with_care() -> None:
    for key, text in SENTENCES.items():
        assert text == text.strip() or key in (
            "step.then",
            "meta.sample",
            "meta.batch",
            "meta.in_place",
            "meta.output_for_input",
            "meta.too_large",
            "meta.tied",
        ), key
        assert "  " not in text, key
        assert "..." not in text, key


# Plurals

# These counts are never 1: limits, steps of an iteration, and what is only said of several samples.
SEVERAL = {"card.terms", "columns.most.outputs", "error.link_too_long", "error.page_samples", "error.page_size",
           "figure.large", "link.too_long", "losses.points", "matrices.too_long", "matrices.too_many", "meta.start",
           "predictions.class_map", "predictions.right_of_test", "training.test",
           "page.by_samples", "numbers.too_long", "practice.of_all", "problem.data", "problem.layers",
           "problem.samples", "qr.too_long", "samples.long", "samples.many", "samples.needed", "sigmoid.meta.start",
           "standalone.meta.start", "step.gradient.bias.samples", "step.gradient.bias.samples.by_rule",
           "step.gradient.weight.samples.by_rule",
           "step.gradient.weight.samples", "step.gradient.weight.samples.output_for_input", "training.many",
           "training.plateau", "training.slow", "training.swings", "training.unfinished"}  # fmt: skip
NOUNS = "samples|iterations|neurons|exponentials|parameters|steps|terms|numbers|layers|rows|cells|characters|outputs"


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 sample on it."), (2, "2 samples on it."), (0, "0 samples on it."), (1000, "1,000 samples")],
)
def test_a_noun_follows_its_count(count: int, words: str) -> None:
    ends = dict.fromkeys(("first", "first_low", "first_high", "second", "second_low", "second_high"), "x")
    assert words in say("predictions.map", count=count, **ends)


def test_no_count_that_may_be_1_stands_before_a_plural() -> None:
    wrong = {key for key, text in SENTENCES.items() if re.search(rf"\{{\w+(:,)?\}} ({NOUNS})\b", text)}
    assert wrong <= SEVERAL


@pytest.mark.parametrize(
    ("names", "words"),
    [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"), (["a", "b", "c", "d"], "a, b, …, d")],
)
def test_names_are_listed_as_in_a_sentence(names: list[str], words: str) -> None:
    assert listed(names, 3) == words
