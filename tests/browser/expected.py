"""What a page must show for its address: from the engine in this process, and from the library's public functions."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import count
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Page

import nnviz
from nnviz.engine import manner, naming
from nnviz.web.registry import entry_at
from tests.asking import Json, link, view

SCREEN = """() => {
    const text = (id) => document.getElementById(id).textContent.trim();
    const fields = [...document.querySelectorAll("[data-field]:not([hidden])")];
    return {
        meta: text("meta"), title: text("title"), sentence: text("sentence"),
        cursor: Number(document.getElementById("step").value),
        off: [...document.querySelectorAll("#player .buttons [aria-disabled=true]")].map(({id}) => id).sort(),
        numbers: [...document.querySelectorAll("#table [data-value]")]
            .map(({dataset, textContent}) => [dataset.value, textContent]),
        fields: fields.map((field) => ({
            id: field.id, text: field.value, isInUse: field === document.activeElement,
            isRefused: field.getAttribute("aria-invalid") === "true",
            problem: document.getElementById(`${field.id}-problem`)?.textContent ?? "",
        })),
    };
}"""
DETAILS = {str(detail): detail for detail in manner.DETAILS}
NOTATIONS = {str(notation): notation for notation in naming.NOTATIONS}
PLACES = ("step", "trained", "other")
UNKNOWN = "·"


def differences(page: Page) -> list[str]:
    """Return in what the screen is not what its address says, and its numbers are not those of the library."""
    screen = page.evaluate(SCREEN)
    parts = urlsplit(page.url)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    entry = entry_at(parts.path)
    assert entry is not None
    answer = link(asked, lesson=entry.name)
    shown, cursor = view(answer), answer["cursor"]
    known = {name: number["text"] for name, number in answer["values"].items() if number["since"] <= cursor}
    query = dict(parse_qsl(answer["query"], keep_blank_values=True))
    pairs = {
        "address": ({name: text for name, text in asked.items() if name not in PLACES}, query),
        "step": (screen["cursor"], int(asked.get("step", "0"))),
        "cursor": (screen["cursor"], cursor),
        **{name: (screen[name], shown[name].strip()) for name in ("meta", "title", "sentence")},
        "buttons that are off": (screen["off"], sorted(shown["refusals"])),
        "numbers": (dict(screen["numbers"]), {name: known.get(name, UNKNOWN) for name, _ in screen["numbers"]}),
    }
    found = [
        f"{name}: {has!r} on the page, {expected!r} by its address"
        for name, (has, expected) in pairs.items()
        if has != expected
    ]
    found += list(_wrong_fields(screen["fields"], answer["settings"]))
    if entry.name == "network":
        found += list(_wrong_numbers(dict(screen["numbers"]), cursor, answer))
    return found


def _wrong_fields(fields: list[Json], settings: Mapping[str, str]) -> Iterator[str]:
    """Yield the fields with neither what is kept nor what is refused; one in use may be as it was typed."""
    for field in fields:
        kept, text = settings.get(field["id"]), field["text"]
        if bool(field["problem"]) != field["isRefused"]:
            yield f"field {field['id']}: {field['problem']!r} is said of it"
        if text != kept and not field["isInUse"] and not field["isRefused"]:
            yield f"field {field['id']}: {text!r} in it, {kept!r} is kept"


def _wrong_numbers(numbers: Mapping[str, str], cursor: int, answer: Json) -> Iterator[str]:
    """Yield the numbers of the table that are not those of the library, where that can say."""
    iteration = traced(answer["kept"], answer["iteration"])
    if iteration is None:
        return
    for name, text in numbers.items():
        value = iteration.values.get(name)
        if isinstance(value, float) and iteration.position.get(name, 0) <= cursor and text != in_seven_digits(value):
            yield f"number {name}: {text} on the page, {value!r} by nnviz.trace"


def traced(kept: Mapping[str, str], number: int) -> nnviz.Iteration | None:
    """Return an iteration of the run of these settings, or None where the public functions do not lead to it."""
    if kept["update"] != "once" and number > 1:
        return None
    layers = [layer.split() for layer in kept["layers"].split(", ")]
    sizes = [int(kept["inputs"]), *(int(layer[0]) for layer in layers)]
    fixed, absent = (list(filter(None, kept[name].split(","))) for name in ("fixed", "absent"))
    tied = [tie.split(",") for tie in kept["tied"].split(";") if tie]
    n_neurons = 0
    for n_out, (*_, sort) in zip(sizes[1:], layers, strict=True):
        tied += [[f"b{n_neurons + 1 + unit}" for unit in range(n_out)]] if sort == "one" else []
        n_neurons += n_out
    first_of = {name: tie[0] for tie in tied for name in tie}
    numbers = {letter: count(1) for letter in "wb"}

    def next_number(letter: str) -> float:
        name = f"{letter}{next(numbers[letter])}"
        return number_in(kept.get(first_of.get(name, name), "0"))

    network = nnviz.Network(
        [
            nnviz.Layer(
                [[next_number("w") for _ in range(n_in)] for _ in range(n_out)],
                biases if sort != "none" else None,
                activation,
                sort == "fixed",
                *map(number_in, slope),
            )
            for n_in, n_out, (_, activation, *slope, sort) in zip(sizes, sizes[1:], layers, strict=False)
            for biases in [[next_number("b") for _ in range(n_out)]]
        ],
        kept["loss"],
        kept["reduction"],  # type: ignore[arg-type]
        fixed,
        absent,
        tied,
    )
    rows = [[number_in(cell) for cell in row.split(",")] for row in kept["data"].split(";")]
    inputs, targets = [row[: sizes[0]] for row in rows], [row[sizes[0] :] for row in rows]
    size, _, order = kept["batches"].partition(" ")
    batches = (
        nnviz.Batches()
        if size == "all"
        else nnviz.Batches(int(size), int(order.split()[1]) if "shuffled" in order else None)
    )
    rate = number_in(kept["rate"])
    before = nnviz.train(network, inputs, targets, rate, number - 1, batches).network if number > 1 else network
    chosen = batches.of(number, len(rows))
    samples = range(len(rows)) if chosen is None else chosen
    told = nnviz.Manner(DETAILS[kept["detail"]], NOTATIONS[kept["notation"]], kept["update"] != "once")
    return nnviz.trace(before, [inputs[n] for n in samples], [targets[n] for n in samples], rate, told)


def number_in(text: str) -> float:
    """Return the number in a text that the page keeps."""
    return float(Fraction(text)) if "/" in text else float(text)


def in_seven_digits(value: float) -> str:
    """Return a number as the page shows it: in seven significant digits."""
    mantissa, _, exponent = f"{value + 0.0:.7g}".partition("e")
    text = f"{mantissa.removesuffix('.0')}e{int(exponent)}" if exponent else mantissa
    return text.replace("-", "−")
