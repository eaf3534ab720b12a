"""The parts that the sigmoid's page has by itself, as HTML: its tables, and the slider of z."""

from nnviz.lessons.sigmoid import exponential_steps as exponentials
from nnviz.lessons.sigmoid import saturation
from nnviz.lessons.sigmoid.derivation_steps import derivations
from nnviz.lessons.sigmoid.plot import REACH, STEP
from nnviz.lessons.sigmoid.saturation import Neuron
from nnviz.player.panels import TEMPLATES, ShownField, paragraphs
from nnviz.protocol import Panels
from nnviz.text import say

NOTES = ("note.logistic", "note.why-forward", "note.why-backward", "note.approaches")


def extended(usual: Panels, z: ShownField, neuron: Neuron) -> Panels:
    """Return a lesson's usual panels with those of this one; they hold no numbers, only places for them."""
    tables = TEMPLATES.get_template("lessons/sigmoid/templates/tables.html").render(
        derivations=derivations(),
        tables=[exponentials.table(), saturation.table(neuron.columns)],
    )
    slider = TEMPLATES.get_template("lessons/sigmoid/templates/slider.html").render(control=z, reach=REACH, step=STEP)
    hint = say("sigmoid.hint", **saturation.edges())
    return {
        **usual,
        "table": tables,
        "caption": say("sigmoid.tables"),
        "hint": hint,
        "source": paragraphs(*map(say, NOTES)),
        "slider": slider,
    }
