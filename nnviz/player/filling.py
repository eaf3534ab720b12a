"""A page's HTML with an answer's texts in it, as the scripts would set them: before any script, it can be read."""

import re
from collections.abc import Mapping
from html import escape, unescape

from nnviz.protocol import Answer, ShownNumber
from nnviz.text import say

NUMBER = re.compile(r'<(\w+)([^<>]*) data-value="([^"]*)"([^<>]*)>[^<>]*(?=</)')
CHOICES = re.compile(r'(<select id="([\w-]+)"[^<>]*\bdata-field\b[^<>]*>)(.*?)(?=</select>)', re.DOTALL)
INPUT = re.compile(r'<input id="([\w-]+)" data-field')
PROBLEM = re.compile(r'(<p id="([\w-]+)-problem" class="problem"[^<>]*>)')
SLIDER = re.compile(r"<input ([^<>]*)data-moves=")
CSV = re.compile(r'(<textarea id="csv"[^<>]*>)')
UNKNOWN_TEXT = re.compile(r'data-unknown="([^"]*)"')


def filled(html: str, answer: Answer) -> str:
    """Return HTML with the numbers that are known at the answer's cursor, and the texts of fields."""
    html = _with_numbers(html, answer["values"], answer["cursor"])
    html = _with_lit_rows(html, answer["views"][answer["cursor"] - answer["first"]]["at"])
    return _with_fields(html, answer)


def _with_numbers(html: str, values: Mapping[str, ShownNumber], cursor: int) -> str:
    def put(found: re.Match[str]) -> str:
        tag, before, name, after = found.groups()
        number = values.get(unescape(name))
        start = f'<{tag}{before} data-value="{name}"{after}'
        if number is None or number["since"] > cursor:
            unknown = UNKNOWN_TEXT.search(before + after)
            return f'{start} class="unknown">{unknown[1] if unknown else say("unknown")}'
        kind = f' class="kind-{number["kind"]}"' if tag == "td" else ""
        return f"{start}{kind}>{escape(number['few' if 'data-few' in start else 'text'], quote=False)}"

    return NUMBER.sub(put, html)


def _with_lit_rows(html: str, places: list[str]) -> str:
    for place in places:
        row = f'data-row="{escape(place)}"'
        html = html.replace(row, f'{row} class="lit"')
    return html


def _with_fields(html: str, answer: Answer) -> str:
    texts, problems, drag = answer["settings"], answer["problems"], answer["figure"].get("drag")

    def choose(found: re.Match[str]) -> str:
        start, name, options = found.groups()
        option = f'value="{escape(texts.get(name, ""))}"'
        return start + options.replace(option, f"{option} selected", 1)

    def write(found: re.Match[str]) -> str:
        text = escape(texts.get(found[1], ""))
        wrong = f' aria-invalid="true" aria-describedby="{found[1]}-problem"' if found[1] in problems else ""
        return f'{found[0]} value="{text}"{wrong}'

    html = CHOICES.sub(choose, html)
    html = INPUT.sub(write, html)
    html = PROBLEM.sub(lambda found: found[1] + escape(problems.get(found[2], ""), quote=False), html)
    if drag:
        html = SLIDER.sub(lambda found: f'<input {found[1]}value="{drag["at"]}" data-moves=', html)
    kept = answer["kept"]
    samples = ";".join(part for part in (kept.get("names"), kept.get("data")) if part).replace(";", "\n")
    return CSV.sub(lambda found: f"{found[1]}\n{escape(samples, quote=False)}", html)
