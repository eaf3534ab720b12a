"""Watch one iteration of backpropagation happen, number by number."""

from typing import TYPE_CHECKING

from nnviz.algebra.trace import Step
from nnviz.diagram.standalone import figure
from nnviz.engine.batches import Batches
from nnviz.engine.manner import Manner
from nnviz.engine.matrix import gradients, loss, predict
from nnviz.engine.network import Layer, Network
from nnviz.engine.optimizer_state import OptimizerState
from nnviz.engine.optimizers import Adam, GradientDescent, Momentum, Nesterov, RMSprop
from nnviz.engine.schedules import ConstantRate, ExponentialDecay, StepDecay
from nnviz.engine.split import Split
from nnviz.engine.trace import Iteration, trace
from nnviz.engine.trainer import History, train
from nnviz.export import notebook
from nnviz.export.latex import to_latex
from nnviz.export.markdown import to_markdown
from nnviz.export.picture import to_svg
from nnviz.export.program import to_code
from nnviz.export.table import to_csv
from nnviz.importing.files import from_file
from nnviz.importing.keras_model import from_keras
from nnviz.importing.pytorch import from_torch
from nnviz.importing.scikit_learn import from_sklearn
from nnviz.importing.state_dict import from_state_dict
from nnviz.page import Saved, link, load, save, show
from nnviz.practice.check import Check, check
from nnviz.practice.mistakes import MISTAKES
from nnviz.standalone.file import to_html
from nnviz.text import say
from nnviz.worksheets.sheet import Worksheet, Worksheets
from nnviz.worksheets.worksheet import worksheet

__version__ = "0.1.0"

__all__ = [
    "MISTAKES",
    "Adam",
    "Batches",
    "Check",
    "ConstantRate",
    "ExponentialDecay",
    "GradientDescent",
    "History",
    "Iteration",
    "Layer",
    "Manner",
    "Momentum",
    "Nesterov",
    "Network",
    "OptimizerState",
    "RMSprop",
    "Saved",
    "Split",
    "Step",
    "StepDecay",
    "Worksheet",
    "Worksheets",
    "check",
    "figure",
    "from_file",
    "from_keras",
    "from_sklearn",
    "from_state_dict",
    "from_torch",
    "gradients",
    "link",
    "load",
    "loss",
    "predict",
    "save",
    "show",
    "to_code",
    "to_csv",
    "to_html",
    "to_latex",
    "to_markdown",
    "to_svg",
    "trace",
    "train",
    "worksheet",
]

notebook.attach()


if TYPE_CHECKING:
    from nnviz.standalone.widget import Widget as Widget
else:

    def __getattr__(name: str) -> object:
        """Return ``Widget``, which needs anywidget, as soon as somebody asks for it."""
        if name != "Widget":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        try:
            from nnviz.standalone.widget import Widget
        except ModuleNotFoundError as missing:
            raise ModuleNotFoundError(say("error.widget_extra", name=missing.name), name=missing.name) from missing
        return Widget
