"""Watch one iteration of backpropagation happen, number by number."""

from nnviz.draw.figure import figure
from nnviz.engine.manner import Manner
from nnviz.engine.matrix import History, gradients, loss, predict, train
from nnviz.engine.network import Layer, Network
from nnviz.engine.trace import Iteration, Step, trace

__all__ = [
    "History",
    "Iteration",
    "Layer",
    "Manner",
    "Network",
    "Step",
    "figure",
    "gradients",
    "loss",
    "predict",
    "trace",
    "train",
]
