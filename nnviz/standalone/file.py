"""``nnviz.to_html``: an iteration as one file that steps through it, without a server and without anything loaded."""

from typing import cast

from nnviz.diagram.pictures import NETWORK, PictureKind, checked_picture
from nnviz.engine.trace import Iteration


def to_html(iteration: Iteration, sample: int = 0, diagram: str = NETWORK) -> str:
    """Return a document of HTML that steps through an iteration: the page's player, with picture, formulas and table.

    It needs nothing else and follows the reader's light or dark theme; the address keeps the step, as in
    iteration.html#5. ``sample`` and ``diagram`` are as in ``nnviz.figure``, and so is what is raised.
    """
    checked_picture(iteration, "light", sample, diagram)
    from nnviz.standalone.document import of_iteration

    return of_iteration(iteration, sample, cast(PictureKind, diagram))
