"""How a drawing looks: a theme, and the frame or the room that it is drawn for."""

from dataclasses import dataclass

from nnviz.draw.frames import WIDE, Frame, Room
from nnviz.draw.palette import LIGHT, Palette


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a drawing, and the frame that it is in; or the room on a screen that its frame is to fit."""

    palette: Palette = LIGHT
    frame: Frame = WIDE
    room: Room | None = None

    @staticmethod
    def within(room: Room, palette: Palette = LIGHT) -> "Look":
        """Return the look of a drawing that is scaled to fit a room on the screen."""
        return Look(palette, room.frame, room)
