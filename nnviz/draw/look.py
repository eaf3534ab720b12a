"""How a drawing looks: a theme, and the frame that suits the screen."""

from dataclasses import dataclass

from nnviz.draw.frames import WIDE, Frame
from nnviz.draw.palette import LIGHT, Palette


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a drawing, and the frame that it is in where the network has room in it."""

    palette: Palette = LIGHT
    frame: Frame = WIDE
