"""How a drawing looks: a theme, and the frame that suits the screen."""

from dataclasses import dataclass

from nnviz.draw.geometry import WIDE, Frame
from nnviz.draw.palette import LIGHT, Palette


@dataclass(frozen=True, slots=True)
class Look:
    """The colours and the frame of a drawing."""

    palette: Palette = LIGHT
    frame: Frame = WIDE
