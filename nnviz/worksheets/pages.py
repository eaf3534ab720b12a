"""Sheets and keys as HTML: from templates, with pictures and QR codes as SVG within, and nothing from elsewhere."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import segno

from nnviz.algebra.expressions import Num, Ref
from nnviz.algebra.quantities import Quantity
from nnviz.algebra.rounding import equated, shown
from nnviz.algebra.solution import equation_line, number, symbol_lines
from nnviz.algebra.trace import Step
from nnviz.algebra.writer import TEXT, in_symbols
from nnviz.charts.canvas import Room
from nnviz.charts.svg import Drawing
from nnviz.charts.theme import Look
from nnviz.diagram.pictures import NETWORK, picture_of
from nnviz.engine.naming import LOSS, RATE
from nnviz.engine.trace import Iteration
from nnviz.explain.activation_name import activation_name
from nnviz.explain.sentence import equation
from nnviz.player.panels import TEMPLATES
from nnviz.practice.mistakes import MISTAKES
from nnviz.text import LANGUAGE, say
from nnviz.worksheets.sheet import Worksheet, Worksheets
from nnviz.worksheets.telltales import Telltale, marked
from nnviz.worksheets.words import alternatives

Part = Literal["sheet", "key"]
DIGITS = 5  # of what mistakes come to
LARGE = Look.within(Room(560, 330))
LONGEST = 1200  # characters of a link; a phone reads no larger code from paper


@dataclass(frozen=True, slots=True)
class Tell:
    """What those have, in one number or another, who made one of the mistakes, as the key lists it."""

    values: str
    names: str


def document(sheets: Worksheets, part: Part) -> str:
    """Return an HTML document of sheets, or of their keys, that needs nothing else."""
    html = fragments(sheets, part)
    return TEMPLATES.get_template("worksheets/templates/document.html").render(
        language=LANGUAGE.get(), sheets=sheets, part=part, html=html
    )


def fragments(sheets: Iterable[Worksheet], part: Part) -> str:
    """Return sheets, or their keys, as HTML to stand in a document with the style of ``sheet.css``."""
    made = sheet_html if part == "sheet" else key_html
    return "\n".join(made(sheet) for sheet in sheets)


def sheet_html(sheet: Worksheet) -> str:
    """Return a sheet as HTML: the picture, what is given, and blanks."""
    return TEMPLATES.get_template("worksheets/templates/sheet.html").render(
        sheet=sheet,
        facts=facts(sheet.iteration),
        picture=picture(sheet),
        code=qr_code(sheet.link),
        numbers=given_numbers(sheet.iteration),
        given={group: list(map(result, steps)) for group, steps in sheet.given.items()},
    )


def key_html(sheet: Worksheet) -> str:
    """Return the key of a sheet as HTML: what is asked for, a line each, and what mistakes come to."""
    return TEMPLATES.get_template("worksheets/templates/key.html").render(
        sheet=sheet,
        facts=facts(sheet.iteration),
        numbers=given_numbers(sheet.iteration),
        lines={group: list(map(worked, steps)) for group, steps in sheet.asked.items()},
        tells=dict(_tells(sheet)) if sheet.has_mistakes else {},
    )


def facts(iteration: Iteration) -> list[str]:
    """Return what there is to know of an iteration but its numbers: the activations, and E."""
    names = [activation_name(layer.activation, layer.negative_slope) for layer in iteration.start.layers]
    layers = [say("worksheet.hidden", number=n, name=name) for n, name in enumerate(names[:-1], start=1)]
    if len(layers) == 1:
        layers = [say("worksheet.only_hidden", name=names[0])]
    loss = "".join(in_symbols(iteration.by_id[LOSS.id].expression, TEXT))
    return [*layers, say("worksheet.output", name=names[-1]), f"{LOSS.name} = {loss}"]


def given_numbers(iteration: Iteration) -> list[tuple[str, list[str]]]:
    """Return the numbers that an iteration starts from, a row for what they are: of weights, where they lead."""
    q = iteration.plan.quantities
    targets = "worksheet.upstream" if iteration.start.rule.is_given else "worksheet.targets"
    rows: list[tuple[str, Iterable[Quantity]]] = [
        (say("worksheet.inputs", count=len(q.neurons[0])), q.neurons[0]),
        (say(targets, count=len(q.targets)), q.targets),
        (say("worksheet.rate"), (RATE,)),
    ]
    found = [(label, [_number(iteration, quantity) for quantity in quantities]) for label, quantities in rows]
    for layer, row in enumerate(q.neurons[1:], start=1):
        for unit, neuron in enumerate(row):
            weights = zip(q.weights[layer][unit], q.neurons[layer - 1], strict=True)
            numbers = [say("worksheet.from", number=_number(iteration, w), name=a.name) for w, a in weights]
            numbers += [_number(iteration, b) for b in q.biases[layer][unit : unit + 1] if b.id in iteration.given]
            found.append((say("worksheet.into", name=neuron.name), numbers))
    return found


def _number(iteration: Iteration, quantity: Quantity) -> str:
    return equated(quantity.name, number(iteration.given[quantity.id], 0))


def result(step: Step) -> str:
    """Return a step's name and its number."""
    return equated(step.name, number(step.value, 0))


def worked(step: Step) -> str:
    """Return a step as a line of a worked solution: in derivatives, in symbols, with numbers, and the result."""
    told = step.shortened or step
    if isinstance(told.expression, Ref | Num):
        return equation_line(told)
    symbols = ("".join(line) for line in symbol_lines(told.expression, TEXT))
    return " = ".join([told.name, *symbols, equation(told)])


def names(telltale: Telltale) -> str:
    """Return the names of the mistakes that come to a number."""
    return alternatives([MISTAKES[key].name for key in telltale.mistakes], "worksheet.or_else")


def picture(sheet: Worksheet) -> str:
    """Return the network of a sheet as SVG, before anything is computed: with large texts where all have room."""
    drawings = [picture_of(NETWORK, sheet.iteration, look, cursors=range(1)) for look in (LARGE, Look())]
    drawing = next((one for one in drawings if not one.area.is_dense), drawings[0])
    layout = drawing.layout() | {"width": drawing.area.width}
    return Drawing(layout, lambda colour: colour).figure(drawing.data(0), f"network-{sheet.code.replace('.', '-')}")


def qr_code(link: str) -> str:
    """Return the QR code of a link as SVG, or nothing where it is too long for one."""
    if len(link) > LONGEST:
        return ""
    return segno.make_qr(link).svg_inline(border=4, dark="#000", light="#fff", omitsize=True)


def _tells(sheet: Worksheet) -> Iterator[tuple[str, list[Tell]]]:
    """Yield the name of each step that is asked for and what mistakes made there come to, where there are any."""
    marks = marked(sheet.iteration, carried=False)
    for steps in sheet.asked.values():
        for step in steps:
            values: dict[str, list[str]] = {}
            for telltale in marks[step.id].telltales:
                values.setdefault(names(telltale), []).append(str(shown(telltale.value, DIGITS)))
            if values:
                yield step.name, [Tell(alternatives(found, "worksheet.or"), did) for did, found in values.items()]
