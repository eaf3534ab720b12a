"""A reader of Moodle’s XML, and of questions with embedded answers in it, by what their documentation says.

docs.moodle.org: “Moodle XML format” and “Embedded Answers (Cloze) question type”. A blank is
{WEIGHT:NUMERICAL:answers}; ~ stands between answers, = before a right one and %50% before one that is worth half;
behind a number and a colon is how far from it an answer may be; # begins the feedback, which is HTML, and a backslash
takes a sign as it is. The first answer that is near enough counts.
"""

import re
from base64 import b64decode
from dataclasses import dataclass
from html import unescape
from xml.etree.ElementTree import Element, fromstring

BLANK = re.compile(r"\{(\d*):(NUMERICAL|NM):", re.ASCII)
NUMBER = r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
ANSWER = re.compile(rf"(?:(=)|%(-?\d+)%)?({NUMBER})(?::({NUMBER}))?", re.ASCII)
TAGS = re.compile("<[^>]*>")


@dataclass(frozen=True)
class Answer:
    """A number, how far from it one may be, what it is worth in percent, and what is said to whoever gives it."""

    number: float
    tolerance: float
    percent: float
    feedback: str


@dataclass(frozen=True)
class Question:
    """A question: its name, its text before each blank, the answers of each, its picture, and the solution."""

    name: str
    before: list[str]
    blanks: list[list[Answer]]
    files: dict[str, bytes]
    solution: str

    def grades(self, given: dict[str, float]) -> dict[str, tuple[float, str]]:
        """Return what each blank, by the name before its sign =, is worth, and what is said of it."""
        names = [text.rstrip(" =").split()[-1] for text in self.before]
        return {
            name: grade(blank, given[name]) for name, blank in zip(names, self.blanks, strict=True) if name in given
        }


def grade(blank: list[Answer], given: float) -> tuple[float, str]:
    """Return what a number is worth in percent, and what is said of it."""
    for answer in blank:
        if abs(given - answer.number) <= answer.tolerance:
            return answer.percent, answer.feedback
    return 0.0, ""


def questions(xml: str) -> list[Question]:
    """Return the questions of a file; those that name a category are none. Raises ValueError where one is broken."""
    if not xml.startswith("<?xml"):
        raise ValueError("the first line must be that of the XML")
    root = fromstring(xml)
    if root.tag != "quiz":
        raise ValueError(root.tag)
    return [_question(element) for element in root if element.get("type") != "category"]


def category(xml: str) -> str:
    """Return the category that a file begins with."""
    return fromstring(xml).findtext("question[@type='category']/category/text", "")


def _question(element: Element) -> Question:
    if element.get("type") not in ("cloze", "multianswer"):
        raise ValueError(element.get("type"))
    asked = element.find("questiontext")
    assert asked is not None
    assert asked.get("format") == "html"
    files = {f"{file.get('path')}{file.get('name')}": b64decode(file.text or "") for file in asked.iter("file")}
    assert all(file.get("encoding") == "base64" for file in asked.iter("file"))
    before, blanks = _blanks(asked.findtext("text", ""))
    solution = plain(element.findtext("generalfeedback/text", ""))
    return Question(element.findtext("name/text", ""), before, blanks, files, solution)


def _blanks(text: str) -> tuple[list[str], list[list[Answer]]]:
    """Return the text before each blank, and the answers of each."""
    before, blanks, at = [], [], 0
    while found := BLANK.search(text, at):
        before.append(plain(text[at : found.start()]))
        end, parts = _parts(text, found.end())
        blanks.append([_answer(part) for part in parts])
        at = end
    if "NUMERICAL" in text[at:]:
        raise ValueError("there is a blank that does not end")
    return before, blanks


def _parts(text: str, start: int) -> tuple[int, list[str]]:
    """Return where a blank ends, and its answers, in each of which signs behind a backslash are still so."""
    parts, at = [""], start
    while text[at] != "}":
        size = 2 if text[at] == "\\" else 1
        if text[at] == "~":
            parts.append("")
        else:
            parts[-1] += text[at : at + size]
        at += size
    return at + 1, parts


def _answer(part: str) -> Answer:
    number, _, feedback = part.partition("#")
    found = ANSWER.fullmatch(number)
    if found is None:
        raise ValueError(part)
    percent = 100.0 if found[1] else float(found[2] or 0)
    return Answer(float(found[3]), float(found[4] or 0), percent, plain(unescape(re.sub(r"\\(.)", r"\1", feedback))))


def plain(html: str) -> str:
    """Return what is read of HTML."""
    return unescape(TAGS.sub("", html))
