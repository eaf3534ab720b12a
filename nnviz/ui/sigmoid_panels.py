"""The parts that the sigmoid's page has by itself, as HTML: its tables, and the slider of z."""

from nnviz.draw import exponentials, saturation
from nnviz.draw.derivation import derivations
from nnviz.draw.sigmoid import SigmoidReading
from nnviz.draw.sigmoid_picture import REACH, STEP
from nnviz.lessons.sigmoid import Sigmoid, Spot
from nnviz.protocol import Panels
from nnviz.text import say
from nnviz.ui.panels import TEMPLATES, plain


def of_sigmoid(lesson: Sigmoid, setup: Spot, reading: SigmoidReading, present: str = "") -> Panels | None:
    """Return the panels, or None where the page has them: they hold no numbers, only places for them."""
    usual = plain(lesson, setup, reading, present)
    if usual is None:
        return None
    tables = TEMPLATES.get_template("sigmoid.html").render(
        derivations={say(f"derivation.{way}"): lines for way, lines in derivations().items()},
        tables=[exponentials.table(), saturation.table(reading.neuron.columns)],
    )
    [z] = lesson.form(setup)["point"]
    slider = TEMPLATES.get_template("slider.html").render(control=z, reach=REACH, step=STEP)
    hint = say("sigmoid.hint", **saturation.edges())
    return {**usual, "table": tables, "caption": say("sigmoid.tables"), "hint": hint, "slider": slider}
