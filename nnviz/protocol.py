"""What goes between the browser and the server, as JSON: the page's request and its answer, and those of training.

Python checks against it what it sends, and ``tools/typescript.py`` makes of it the types that the scripts in assets/
are checked against. Nothing is decoded by its position in a row but points and pairs.
"""

from collections.abc import Mapping
from typing import Any, Literal, NotRequired, TypedDict

Theme = Literal["light", "dark"]
Scale = Literal["linear", "log"]
Measure = Literal["loss", "gradient", "step"]
Button = Literal["forward", "backward", "previous", "play", "restart", "next"]
Ending = Literal["goes-on", "reached", "below", "grown", "diverged", "refused"]
Plotly = dict[str, Any]  # a trace, a layout, a frame: what Plotly takes as it is
Deed = Literal["answers", "hint", "guess", "line"]


class Checkpoint(TypedDict):
    """A place of a run: the parameters before an iteration, packed, from which one can go on."""

    iteration: int
    packed: str


class Place(TypedDict):
    """A place that a reader is at or goes to."""

    iteration: int
    cursor: int


class Curve(TypedDict):
    """The loss over iterations: a number of each list belongs to that at the same place in the other."""

    iterations: list[int]
    losses: list[float]


# What the page asks


class Beside(TypedDict):
    """A run to show beside that of the page: its texts, where the reader was in it, a place from which to go on."""

    texts: Mapping[str, str]
    iteration: int
    step: int
    checkpoint: Checkpoint | None


class PracticeEvent(TypedDict):
    """What a student did: gave answers, by the ids of their steps, or pressed something, of a step; after seconds."""

    deed: Deed
    step: str
    numbers: Mapping[str, str]
    at: int


class PracticeRequest(TypedDict):
    """How somebody practises, what they have done at the task of that name, and the record that their browser keeps.

    Of an ``assignment`` it is the task of a ``number``, counted from 0.
    """

    way: str
    assignment: str
    number: int
    task: str
    log: list[PracticeEvent]
    record: str


class PracticeTask(TypedDict):
    """A task of an assignment as it was done: the texts of its setup, and what the student did."""

    texts: Mapping[str, str]
    log: list[PracticeEvent]


class ResultRequest(TypedDict):
    """The result of an assignment that a student saves: each task as it was done."""

    lesson: str
    assignment: str
    student: str
    tasks: list[PracticeTask]


class PageRequest(TypedDict):
    """What the page asks; ``nnviz.player.request.Request`` says what each part means."""

    serial: int
    lesson: str
    typed: Mapping[str, str]
    kept: Mapping[str, str] | None
    repeated: list[str]
    iteration: str
    step: str
    theme: Theme
    room: tuple[int, int]
    action: str
    payload: str
    chosen: str
    checked: Literal["", "yes"]
    panels: str
    run: str
    checkpoint: Checkpoint | None
    views: list[Literal["predictions", "loss_surface", "program", "updates", "any_layer"]]
    numbers: str
    pair: str
    path: list[Checkpoint]
    beside: Beside | None
    practice: PracticeRequest | None


# What the page is answered


class ShownNumber(TypedDict):
    """A number: after how many pauses it is known, its text, one with few digits, and its kind.

    ``in_full`` is its name with all of its digits, nothing for a sign; ``is_rounded`` says that the text lacks some.
    """

    since: int
    text: str
    few: str
    kind: str
    in_full: str
    is_rounded: bool


class Line(TypedDict):
    """A line that a place in the picture tells after so many pauses; since −1 as long as it tells no other."""

    since: int
    text: str


class FrameData(TypedDict):
    """What some of the picture's traces become."""

    data: list[Plotly]
    traces: list[int]


class StepFrame(FrameData):
    """What some of the picture's traces become at a step, whose number is its name."""

    name: str


class Drag(TypedDict):
    """What may be moved along the horizontal axis: a field's number, from where to where, in which steps, where it is.

    ``grip`` is how near the pointer has to come to take hold of it, in pixels across; None where a press anywhere
    moves it there.
    """

    field: str
    least: float
    most: float
    step: float
    at: float
    grip: float | None


class Picture(TypedDict):
    """The picture: Plotly's data and layout, the least scale at which it can be read, its name and its legend.

    ``pointing`` has by place the frame that marks it as pointed at, "" marking nothing; ``hovers`` by place what is
    told there. ``asked`` are the places that somebody who practises is asked about, and "asked" in ``pointing`` marks
    them all.
    """

    data: list[Plotly]
    layout: Plotly
    least: float
    label: str
    legend: str
    pointing: Mapping[str, FrameData]
    hovers: Mapping[str, list[Line]]
    crowded: NotRequired[bool]
    asked: NotRequired[list[str]]
    drag: NotRequired[Drag]


class CursorView(TypedDict):
    """What is shown at a cursor: words, the formula as HTML and as LaTeX, the buttons that are off.

    The places, the numbers, the stages of an iteration and the equations for any layer in ``at``, ``names``,
    ``stages`` and ``equations`` light up; ``instance`` says for which layer and neuron the equations are.
    """

    phase: str
    meta: str
    title: str
    sentence: str
    formula: str
    latex: str
    note: str
    at: list[str]
    names: list[str]
    stages: list[str]
    equations: list[str]
    instance: str
    refusals: Mapping[Button, str]
    hint: str
    frame: StepFrame
    centre: tuple[float, float]


class Phase(TypedDict):
    """A pass: its name, what it is called, and how many pauses it has."""

    name: str
    label: str
    steps: int


class DetailsPart(TypedDict):
    """HTML that details tell after so many pauses, and what it has in its place before."""

    since: int
    html: str
    before: str


class PlaceDetails(TypedDict):
    """What is told of a place; ``checkable`` says that its gradient can be checked.

    ``choices`` are, as HTML, what may be chosen of what is there.
    """

    place: str
    title: str
    parts: list[DetailsPart]
    checkable: bool
    choices: str


class TableHtml(TypedDict):
    """A table as HTML, with its caption and its hint."""

    table: str
    caption: str
    hint: str


class Panels(TableHtml):
    """What follows the setup's shape, as HTML; ``key`` names it, and matrices are by phase.

    ``notes`` stand beside the steps, ``source`` are those on a source, which are folded away.
    """

    key: str
    settings: str
    notes: str
    source: str
    matrices: Mapping[str, str] | None
    matrix_choice: str
    slider: str


class Part(TypedDict):
    """A piece of a sentence, with the address that it leads to, or ""."""

    text: str
    address: str


class Chart(TypedDict):
    """Plotly's data and layout."""

    data: list[Plotly]
    layout: Plotly


class Predictions(TypedDict):
    """What the network has learned: a chart where there can be one, a table as HTML; in words; the chart’s name."""

    figure: Chart | None
    html: str
    words: str
    label: str


class Choice(TypedDict):
    """What may be chosen: its value, and what it is called."""

    value: str
    name: str


class LossSurfaceMap(TypedDict):
    """The loss over two parameters: a chart where there can be one; in words; and the chart's name."""

    figure: Chart | None
    words: str
    label: str


class LossSurface(LossSurfaceMap):
    """The map with the parameters that may be chosen; ``pair`` are the two that are, or [] where there are not two."""

    options: list[Choice]
    pair: list[str]


class Program(TypedDict):
    """The run as a program: as HTML, which names the stage of an iteration that each line computes; in words.

    ``torch`` is the iteration in PyTorch, as HTML with places for the gradients, and ``torch_words`` what there is to
    say of it.
    """

    html: str
    words: str
    torch: str
    torch_words: str


class Formulas(TypedDict):
    """Formulas of the iteration as HTML with places for numbers, and by id those that only they show."""

    html: str
    values: Mapping[str, ShownNumber]


class OtherPicture(TypedDict):
    """The picture of the other run where the reader left it; without data as long as its training is on the way."""

    title: str
    meta: str
    data: list[Plotly] | None
    layout: NotRequired[Plotly]


class OtherRun(TypedDict):
    """The run that a link or a file compares with: its texts, where the reader was, and how far it was trained."""

    texts: Mapping[str, str]
    query: str
    iteration: int
    cursor: int
    trained: int


class Screen(TypedDict):
    """What the screen shows of an iteration: a view for each cursor from ``first`` to ``released``.

    ``plays_on`` says that Play goes on into the next iteration; ``goals`` has by place where a click on it goes.
    """

    iteration: int
    steps: int
    plays_on: bool
    first: int
    released: int
    phases: list[Phase]
    figure: Picture
    views: list[CursorView]
    values: Mapping[str, ShownNumber]
    goals: Mapping[str, Place]
    details: PlaceDetails | None


class OwnNumbers(TypedDict):
    """What became of the reader's own numbers, as HTML.

    In the first wrong line the numbers of these names differ, and ``marks`` is the frame that marks their places.
    """

    html: str
    names: list[str]
    marks: FrameData | None


class Understanding(TypedDict):
    """What the page shows of a run where it is asked for, and the place of the run; None where it does not."""

    checkpoint: Checkpoint | None
    predictions: Predictions | None
    loss_surface: LossSurface | None
    program: Program | None
    updates: Formulas | None
    any_layer: Formulas | None
    numbers: OwnNumbers | None
    beside: OtherPicture | None


class Practice(TypedDict):
    """A task of somebody who practises, named by its numbers: how, as HTML, what is to be said of the last deed.

    ``record`` is what the browser keeps of all tasks, and ``weakness`` the mistake that the next numbers are to show.
    """

    way: str
    assignment: str
    number: int
    task: str
    html: str
    said: str
    record: str
    weakness: str


class Answer(Screen, Understanding):
    """Everything that the page shows for a request, and what it keeps.

    ``settings`` are the texts in fields, ``kept`` those of the whole setup, as files have them; ``incomplete`` says
    why a link does not hold them all. ``beyond`` is the iteration that was asked for where it takes training to get
    there, else 0. ``opened`` says that a link or a file was opened, whose run was ``trained`` so far and compared with
    ``other``; ``replaces`` that so much is another that people may want to go back. ``version`` is that of the page
    which the server has now. ``place`` is where on the path through the lessons this is, or "".
    """

    serial: int
    settings: Mapping[str, str]
    kept: Mapping[str, str]
    problems: Mapping[str, str]
    notice: str
    query: str
    incomplete: str
    cursor: int
    iterations: int
    run: str
    about: list[Part]
    beyond: int
    opened: bool
    replaces: bool
    trained: int
    other: OtherRun | None
    version: str
    by_samples: str
    panels: Panels | None
    place: str
    practice: Practice | None


# What the document has


class GivenPanels(TypedDict):
    """The name of the panels that the document has, and their matrices, which it has not."""

    key: str
    matrices: Mapping[str, str] | None


class First(TypedDict):
    """The answer that the document has, for a theme and a room; ``pictures`` has for each view its traces as SVG."""

    answer: Answer
    panels: GivenPanels | None
    theme: Theme
    room: tuple[int, int]
    pictures: list[dict[str, str]]


class Given(TypedDict):
    """What the document gives to its scripts: words, and the first answer."""

    words: Mapping[str, str]
    first: First


# What the player has where no page is around it


class StandaloneAnswer(TypedDict):
    """An answer with its picture as SVG for a room, and with those traces of it that are others at each view.

    ``details`` has what is told of each row of the table, by its place.
    """

    answer: Answer
    room: tuple[int, int]
    picture: str
    pictures: list[dict[str, str]]
    details: Mapping[str, PlaceDetails]


class StandalonePicture(TypedDict):
    """The same picture for another room, with the middle of what is lit at each view."""

    room: tuple[int, int]
    figure: Picture
    picture: str
    pictures: list[dict[str, str]]
    centres: list[tuple[float, float]]


class StandaloneGiven(TypedDict):
    """What the document of a player gives to its script: words, the first answer, and its picture for a phone."""

    words: Mapping[str, str]
    first: StandaloneAnswer
    small: StandalonePicture | None


class StandaloneRequest(TypedDict):
    """What a player asks of the Python that shows it: what was typed, and where to go."""

    player: str
    serial: int
    typed: Mapping[str, str]
    iteration: int
    step: int


class StandaloneRoom(TypedDict):
    """The room that the picture of a player has, which asks for one that fits."""

    player: str
    room: tuple[int, int]


class StandalonePlace(Place):
    """The place that a player is at, by its name; by none where Python says where to go."""

    player: str


# What the page asks for beside its answers


class Shared(TypedDict):
    """The address of what a page shows as others open it, its QR code as an image's address, and what to say of it."""

    link: str
    picture: str
    note: str


# Training


class ToldRun(TypedDict):
    """A run as the page holds it: its texts, its losses so far, and the iteration that the page shows of it."""

    texts: Mapping[str, str]
    curve: Curve
    overall: Curve
    tested: Curve
    shown: int


class Jump(TypedDict):
    """The text of an iteration to go to, and the last one that it may be."""

    text: str
    reach: int


class TrainingRequest(TypedDict):
    """What the page asks of training; ``TrainRequest`` of the network's training says what each part means."""

    serial: int
    run: ToldRun
    other: ToldRun | None
    checkpoint: Checkpoint | None
    since: int
    goal: int | None
    count: str
    measure: Measure
    below: str
    lists: bool
    jump: Jump | None
    scale: Scale
    theme: Theme


class LossRows(TypedDict):
    """The loss of iterations as lines of CSV, and which iterations those are, in words.

    ``begins`` says that they have a header and stand for all that was told before; else they go on from there.
    """

    csv: str
    begins: bool
    words: str


class TrainingSlice(TypedDict):
    """What a slice of training leaves.

    It is at an iteration of a ``goal``; ``problems`` has by field why nothing was done. ``wait`` are milliseconds to
    wait before the next one, ``progress`` which part of the way is done. ``jump`` is the iteration to go to, or 0.
    ``losses`` are those of the iterations, where a list of them was asked for.
    """

    serial: int
    problems: Mapping[str, str]
    checkpoints: list[Checkpoint]
    curve: Curve
    overall: Curve
    tested: Curve
    at: int
    goal: int
    end: Ending
    wait: int
    progress: float
    live: str
    words: str
    jump: int
    losses: LossRows | None
    chart: Chart
