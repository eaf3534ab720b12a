"""The drawing areas: for large screens, for small ones, and for networks too dense for every label."""

from dataclasses import dataclass, replace
from math import ceil

from nnviz.charts.lines import Point
from nnviz.charts.text_metrics import height, width

SMALLEST_TEXT, LARGEST_TEXT = 11, 26  # pixels on the screen


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawing area, in pixels at its nominal size; wider screens stretch it.

    ``label`` is half the width and half the height of an edge's label, ``note`` of what is written above a node;
    ``digits`` is how many of a number there is room for, ``room`` how many characters it may take, and ``line`` how
    many with a name before it; ``bias_line`` is that below a node, where a bias is written.
    A frame that ``spells_out`` has room for whole names such as ∂E/∂w5; in a dense one only what the step is about
    has a label, and the nodes' names are within them.
    """

    name: str
    width: int
    height: int
    margin: int
    radius: int
    ring: float
    label: Point
    note: Point
    digits: int
    room: int
    line: int
    bias_line: int
    font_size: int
    error_column: float
    spells_out: bool = False
    is_dense: bool = False

    @property
    def least_scale(self) -> float:
        """The scale below which its texts are too small to be read."""
        return round(SMALLEST_TEXT / self.font_size, 3)

    @property
    def rim(self) -> float:
        """How far a lit node reaches, with the ring around it."""
        return self.radius + self.ring

    @property
    def beside_node(self) -> float:
        """How far above and below a node's centre is written, clear of the ring around a lit node."""
        return self.rim + 0.75 * self.font_size

    @property
    def below_node(self) -> float:
        """How far below a node's centre a bias is written: below the node's name where that is not within it."""
        return self.rim if self.is_dense else self.beside_node + 0.7 * self.font_size

    @property
    def bias_width(self) -> float:
        """Half the width of a bias's label."""
        return width(self.bias_line + self.is_dense, self.font_size) / 2

    @property
    def bias_height(self) -> float:
        """The height of a bias's label: its name and value, and in roomy frames its gradient or new value."""
        return height(1 if self.is_dense else 2, self.font_size)

    @property
    def caption_y(self) -> float:
        """The height of the columns' captions."""
        return self.height - (8 if self.is_dense else 12)

    @property
    def top(self) -> float:
        """The height of the highest nodes, below the captions and their own notes."""
        return self.caption_y - self.font_size - self.note[1] - self.beside_node

    def bottom(self, has_biases: bool) -> float:
        """Return the height of the lowest nodes, above what is written below them."""
        if has_biases:
            return self.below_node + height(2, self.font_size) + (0 if self.is_dense else 5)
        return self.below_node + (4 if self.is_dense else 0)

    def pitch(self, has_biases: bool) -> float:
        """Return how far nodes in a column must be apart at least, with all that is written above and below them."""
        below = self.below_node + (self.bias_height if has_biases else 0)
        return self.beside_node + self.note[1] + below + 1

    def with_rows(self, rows: int, has_biases: bool) -> "Frame":
        """Return the frame so high that a column of so many nodes has room."""
        needed = self.height - self.top + self.bottom(has_biases) + (rows - 1) * self.pitch(has_biases)
        return replace(self, height=max(self.height, ceil(needed)))

    def has_columns(self, layers: int, has_biases: bool) -> bool:
        """Whether what is written above and below the nodes of neighbouring columns does not meet."""
        unit = (self.width - 2 * self.margin) / (layers - 1 + self.error_column)
        beside = max(self.note[0], self.bias_width if has_biases else 0)
        return min(unit, self.error_column * unit) >= 2 * beside + 4

    def dense(self, columns: int, rows: int, has_biases: bool) -> "Frame":
        """Return the frame for a network that is too dense for every label, as wide and as high as that needs.

        Between what is written above and below the nodes of neighbouring columns there is room for a label.
        """
        beside = max(DENSE.note[0], DENSE.bias_width if has_biases else 0)
        apart = 2 * (beside + DENSE.label[0]) + 4
        needed = 2 * DENSE.margin + apart * (columns - 1 + DENSE.error_column)
        frame = replace(DENSE, width=max(self.width, ceil(needed)), height=self.height)
        return frame.with_rows(rows, has_biases)


WIDE = Frame(
    "wide",
    700,
    400,
    margin=46,
    radius=32,
    ring=6.5,
    label=(62, 18),
    note=(63, 10),
    digits=5,
    room=12,
    line=15,
    bias_line=10,
    font_size=13,
    error_column=0.8,
    spells_out=True,
)
COMPACT = Frame(
    "compact",
    336,
    292,
    margin=34,
    radius=22,
    ring=6.5,
    label=(28.5, 15),
    note=(27, 9),
    digits=4,
    room=5,
    line=8,
    bias_line=8,
    font_size=11,
    error_column=0.65,
)
_FONT = 11
LONGEST = 7  # characters of a number, where there is room for six: −1e−200
DENSE = Frame(
    "dense",
    0,
    0,
    margin=42,
    radius=21,
    ring=3.5,
    label=(width(2 + LONGEST, _FONT) / 2, height(3, _FONT) / 2),
    note=(width(2 + LONGEST, _FONT) / 2, height(1, _FONT) / 2),
    digits=4,
    room=6,
    line=10,
    bias_line=10,
    font_size=_FONT,
    error_column=0.65,
    is_dense=True,
)


@dataclass(frozen=True, slots=True)
class Room:
    """The part of a screen that a picture has, in pixels; the picture is drawn in a frame and scaled to fit it."""

    width: int
    height: int

    def framed(self, frame: Frame, text: float) -> Frame:
        """Return the frame in the shape of the room, of the size in which its texts are ``text`` pixels high there."""
        share = frame.font_size / text
        return replace(frame, width=round(share * self.width), height=round(share * self.height))

    def scale(self, frame: Frame) -> float:
        """Return the factor by which a frame is scaled to fit."""
        return min(self.width / frame.width, self.height / frame.height)

    @property
    def frame(self) -> Frame:
        """The frame of a picture that may have any size: about as large as the usual one of its kind."""
        nominal = WIDE if self.width >= WIDE.width / 1.2 else COMPACT
        text = nominal.font_size * self.scale(nominal)
        return self.framed(nominal, min(max(text, SMALLEST_TEXT), LARGEST_TEXT))
