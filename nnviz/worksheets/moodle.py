"""Worksheets as questions for Moodle, in its XML: a cloze question a sheet, in a category of their own."""

from base64 import b64encode
from xml.etree.ElementTree import Element, SubElement, tostring

from nnviz.player.panels import TEMPLATES
from nnviz.text import say
from nnviz.worksheets.cloze import blank
from nnviz.worksheets.pages import facts, given_numbers, picture, result, worked
from nnviz.worksheets.sheet import Worksheet, Worksheets

PICTURE = "network.svg"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" '
PENALTY = "0.3333333"  # of another try, as Moodle has it


def quiz(sheets: Worksheets) -> str:
    """Return a question for each sheet, in the XML that Moodle imports."""
    root = Element("quiz")
    category = SubElement(root, "question", type="category")
    sizes = "-".join(map(str, sheets[0].iteration.start.sizes))
    _text(category, "category", f"$course$/top/{say('cloze.category', of=sizes).replace('/', '//')}")
    for sheet in sheets:
        _question(root, sheet)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _question(root: Element, sheet: Worksheet) -> None:
    question = SubElement(root, "question", type="cloze")
    _text(question, "name", say("cloze.name", code=sheet.code))
    asked = _text(question, "questiontext", _asked(sheet), format="html")
    file = SubElement(asked, "file", name=PICTURE, path="/", encoding="base64")
    svg = picture(sheet).replace("<svg ", SVG, 1)
    file.text = b64encode(svg.encode()).decode()
    _text(question, "generalfeedback", _solution(sheet), format="html")
    SubElement(question, "penalty").text = PENALTY
    SubElement(question, "hidden").text = "0"
    SubElement(question, "idnumber").text = sheet.code


def _text(parent: Element, tag: str, text: str, **attributes: str) -> Element:
    element = SubElement(parent, tag, attributes)
    SubElement(element, "text").text = text
    return element


def _asked(sheet: Worksheet) -> str:
    """Return the question as HTML: what is given, then each number with its blank."""
    return TEMPLATES.get_template("worksheets/templates/question.html").render(
        sheet=sheet,
        facts=facts(sheet.iteration),
        picture=f"@@PLUGINFILE@@/{PICTURE}",
        numbers=given_numbers(sheet.iteration),
        given={group: list(map(result, steps)) for group, steps in sheet.given.items()},
        blanks={
            group: [(step.name, blank(sheet.marked[step.id])) for step in steps] for group, steps in sheet.asked.items()
        },
    )


def _solution(sheet: Worksheet) -> str:
    """Return what is shown behind the question: each line, worked, and the link that checks and explains it."""
    lines = [worked(step) for steps in sheet.asked.values() for step in steps]
    return TEMPLATES.get_template("worksheets/templates/solution.html").render(sheet=sheet, lines=lines)
