"""A blank of a cloze question for Moodle, whose questions with “embedded answers” have such blanks in their text.

A blank is {1:NUMERICAL:=0.85:0.004#Right.~%0%0.97:0.001#Why it is wrong.}; the first answer that a number is near
enough to counts. What Moodle would take for a sign of its own is written so that it is text again: } and # behind a
backslash, the others as entities, which Moodle reads twice, in the blank and as HTML.
"""

from html import escape

from nnviz.practice.mistakes import MISTAKES
from nnviz.text import say
from nnviz.worksheets.telltales import Marked, Telltale, separation
from nnviz.worksheets.words import alternatives

DIGITS = 10
SIGNS = str.maketrans(
    {"&": "&amp;", "}": r"\}", "#": r"\#", "~": "&#126;", "{": "&#123;", "/": "&#47;", '"': "&quot;", "\\": "&#92;"}
)


def blank(mark: Marked) -> str:
    """Return the blank of a number: the right one, then those that tell mistakes, each with feedback."""
    wrong = (
        f"%0%{_number(one.value)}:{_number(separation(mark, one))}#{quoted(feedback(one))}" for one in mark.telltales
    )
    right = f"={_number(mark.right)}:{_number(mark.tolerance)}#{quoted(say('cloze.right'))}"
    return f"{{1:NUMERICAL:{'~'.join([right, *wrong])}}}"


def feedback(telltale: Telltale) -> str:
    """Return what somebody is told who has a wrong number: which mistakes come to it, and why they are some."""
    mistakes = [MISTAKES[key] for key in telltale.mistakes]
    if telltale.carried:
        return say("cloze.carried", name=alternatives([mistake.name for mistake in mistakes], "worksheet.or_else"))
    told = [say("cloze.mistake", name=mistake.name, why=mistake.explanation) for mistake in mistakes]
    return alternatives(told, "cloze.or")


def quoted(text: str) -> str:
    """Return a text as feedback has it, of which nothing ends a blank or begins an answer."""
    return escape(text, quote=False).translate(SIGNS)


def _number(value: float) -> str:
    return f"{value + 0.0:.{DIGITS}g}"
