"""Drawings as data: that Plotly takes them, and of the network's what stands where and what is lit."""

import json
from collections.abc import Iterable
from typing import Any

import plotly.graph_objects as go

import nnviz
from nnviz.charts.canvas import COMPACT, WIDE, Room
from nnviz.charts.theme import Palette
from nnviz.engine.manner import Detail
from nnviz.protocol import Chart, LossSurfaceMap, Predictions
from tests.examples import Example

Json = dict[str, Any]
Point = tuple[float, float]

# What is left for the picture in windows of 1280×593, 1366×641, 1440×780 and 1920×940 pixels.
ROOMS = [Room(810, 300), Room(870, 350), Room(700, 490), Room(1040, 500), Room(1180, 660)]
PHONES = [Room(350, 240), Room(350, 340), Room(340, 300)]
FRAMES = {frame.name: frame for frame in (WIDE, COMPACT)}


def taken(traces: Iterable[Json], layout: Json) -> go.Figure:
    """Return a figure of the traces, each different one once. Raises ValueError where Plotly does not take one."""
    return go.Figure(data=list({json.dumps(trace): trace for trace in traces}.values()), layout=layout)


def chart(found: Predictions | LossSurfaceMap) -> Chart:
    """Return the chart of what has one."""
    assert found["figure"] is not None
    return found["figure"]


def told(example: Example, detail: Detail) -> nnviz.Iteration:
    manner = nnviz.Manner(detail=detail)
    return nnviz.trace(example.network, example.inputs, example.targets, example.learning_rate, manner)


def cursors(iteration: nnviz.Iteration) -> range:
    return range(len(iteration.pauses) + 1)


def by_name(data: list[Json], name: str) -> Json:
    return next(trace for trace in data if trace["name"] == name)


def node_positions(data: list[Json]) -> dict[str, Point]:
    """Return the centre of each node by its place."""
    nodes = by_name(data, "nodes")
    return dict(zip(nodes["customdata"], zip(nodes["x"], nodes["y"], strict=True), strict=True))


def edge_ends(key: str, at: dict[str, Point]) -> tuple[Point, Point]:
    """Return the centres of the two nodes that a weight joins, from its place's name."""
    _, layer, unit, source = key.split("-")
    return at[f"neuron-{int(layer) - 1}-{source}-0"], at[f"neuron-{layer}-{unit}-0"]


def lit_labels(data: list[Json], palette: Palette) -> set[str]:
    """Return the edges and biases whose label is on the lit colour."""
    labels = by_name(data, "labels")
    backgrounds = zip(labels["customdata"], labels["marker"]["color"], strict=True)
    return {key for key, colour in backgrounds if colour == palette.lit_soft and key.startswith(("weight", "bias"))}
