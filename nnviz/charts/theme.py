"""The colours, light and dark, one for each kind of quantity; and how a picture looks: a theme, and its canvas."""

from dataclasses import dataclass

from nnviz.charts.canvas import WIDE, Frame, Room


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a theme.

    ``kinds`` has a text colour for each kind of quantity. ``positive`` and ``negative`` are the signs of weights,
    blue and orange, which colour-blind readers tell apart, dim where the step is not about them; ``lit_edge`` and
    ``lit_soft`` mark what it is about. ``classes`` are those of classes, one after the other.
    """

    text: str
    muted: str
    line: str
    page: str
    card: str
    accent: str
    on_accent: str
    lit_edge: str
    lit_soft: str
    pointed: str
    warning: str
    positive: str
    positive_dim: str
    negative: str
    negative_dim: str
    classes: tuple[str, ...]
    kinds: dict[str, str]


LIGHT = Palette(
    text="#18202f",
    muted="#5a6475",
    line="#d9dee7",
    page="#f5f6f9",
    card="#ffffff",
    accent="#1b63d1",
    on_accent="#ffffff",
    lit_edge="#f9d687",
    lit_soft="#fff3da",
    pointed="#b02a8f",
    warning="#ab1f2d",
    positive="#2b6cb8",
    positive_dim="#95b6dc",
    negative="#c65a11",
    negative_dim="#e3ac88",
    classes=(
        "#1b5fc4",
        "#c65a11",
        "#06724e",
        "#6a35c9",
        "#b3202e",
        "#0b7285",
        "#7a5a00",
        "#c2255c",
        "#4a5568",
        "#4c7a0d",
    ),
    kinds={
        "input": "#4a5568",
        "target": "#4a5568",
        "rate": "#4a5568",
        "setting": "#4a5568",
        "weight": "#6a35c9",
        "bias": "#6a35c9",
        "term": "#1b5fc4",
        "sum": "#1b5fc4",
        "hidden": "#1b5fc4",
        "prediction": "#06724e",
        "loss-part": "#b3202e",
        "loss": "#b3202e",
        "factor": "#1b5fc4",
        "decayed-gradient": "#9a4a00",
        "velocity": "#9a4a00",
        "mean": "#9a4a00",
        "square-mean": "#9a4a00",
        "corrected-mean": "#9a4a00",
        "corrected-square-mean": "#9a4a00",
        "gradient-term": "#9a4a00",
        "gradient": "#9a4a00",
    },
)

DARK = Palette(
    text="#e9edf4",
    muted="#a3adbd",
    line="#333c4b",
    page="#11151c",
    card="#1a202a",
    accent="#6ea8ff",
    on_accent="#0d1420",
    lit_edge="#7a5a20",
    lit_soft="#3a2c10",
    pointed="#f08ad6",
    warning="#ff8b94",
    positive="#6aa5ea",
    positive_dim="#42638a",
    negative="#ee8f4d",
    negative_dim="#84583c",
    classes=(
        "#74b0ff",
        "#ee8f4d",
        "#4ed3a0",
        "#bd9bff",
        "#ff8b94",
        "#66d9e8",
        "#e0c04c",
        "#f783ac",
        "#b6c0cf",
        "#a9e34b",
    ),
    kinds={
        "input": "#b6c0cf",
        "target": "#b6c0cf",
        "rate": "#b6c0cf",
        "setting": "#b6c0cf",
        "weight": "#bd9bff",
        "bias": "#bd9bff",
        "term": "#74b0ff",
        "sum": "#74b0ff",
        "hidden": "#74b0ff",
        "prediction": "#4ed3a0",
        "loss-part": "#ff8b94",
        "loss": "#ff8b94",
        "factor": "#74b0ff",
        "decayed-gradient": "#ffb35c",
        "velocity": "#ffb35c",
        "mean": "#ffb35c",
        "square-mean": "#ffb35c",
        "corrected-mean": "#ffb35c",
        "corrected-square-mean": "#ffb35c",
        "gradient-term": "#ffb35c",
        "gradient": "#ffb35c",
    },
)

THEMES = {"light": LIGHT, "dark": DARK}
OF_THE_PAGE = ("page", "accent", "on-accent", "warning")  # colours that no picture has


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


def variables(palette: Palette) -> dict[str, str]:
    """Return the CSS custom property of each colour that a picture may have."""
    return {colour: f"var(--{name})" for name, colour in _named(palette).items() if name not in OF_THE_PAGE}


def style_sheet() -> str:
    """Return the colours as CSS custom properties, for the theme that the reader chose, or else the system asks for."""

    def properties(palette: Palette) -> str:
        return "".join(f"--{name}:{colour};" for name, colour in _named(palette).items())

    light, dark = (f"color-scheme:{name};{properties(palette)}" for name, palette in THEMES.items())
    return (
        f":root{{{light}}}:root[data-theme=dark]{{{dark}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
    )


def _named(palette: Palette) -> dict[str, str]:
    """Return the colours by the names of their CSS custom properties."""
    named = {name: value for name in palette.__slots__ if isinstance(value := getattr(palette, name), str)}
    colours = named | {f"kind-{kind}": colour for kind, colour in palette.kinds.items()}
    return {name.replace("_", "-"): colour for name, colour in colours.items()}
