"""Imports point one way, lessons do not know each other, and only web knows Dash. No test has another's."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import ROOT

SHARED = (  # each may import those before it, and none a lesson
    "nnviz.text",
    "nnviz.protocol",
    "nnviz.algebra",
    "nnviz.engine",
    "nnviz.presets",
    "nnviz.charts",
    "nnviz.player",
    "nnviz.practice",
    "nnviz.explain",
    "nnviz.diagram",
    "nnviz.export",
    "nnviz.importing",
    "nnviz.worksheets",
)
ALONE = {  # what of those before it a package has no need of
    "nnviz.charts": {"nnviz.text", "nnviz.algebra", "nnviz.engine", "nnviz.presets"},
    "nnviz.player": {"nnviz.engine", "nnviz.presets"},
    "nnviz.practice": {"nnviz.presets", "nnviz.charts"},
    "nnviz.explain": {"nnviz.presets", "nnviz.charts", "nnviz.practice"},
    "nnviz.diagram": {"nnviz.presets", "nnviz.player", "nnviz.practice", "nnviz.explain"},
    "nnviz.export": {"nnviz.protocol", "nnviz.presets", "nnviz.practice"},
    "nnviz.importing": {
        "nnviz.protocol",
        "nnviz.presets",
        "nnviz.charts",
        "nnviz.player",
        "nnviz.practice",
        "nnviz.explain",
        "nnviz.export",
        "nnviz.diagram",
    },
    "nnviz.worksheets": {"nnviz.protocol", "nnviz.presets", "nnviz.export", "nnviz.importing"},
}
LESSONS = tuple(f"nnviz.lessons.{file.parent.name}" for file in (ROOT / "nnviz/lessons").glob("*/__init__.py"))
ALLOWED = {  # part → what it may import of this project, apart from itself
    **{part: set(SHARED[:at]) - ALONE.get(part, set()) for at, part in enumerate(SHARED)},
    **{lesson: set(SHARED) - {"nnviz.worksheets"} for lesson in LESSONS},
    "nnviz.web": {"nnviz", *SHARED, *LESSONS},
    "nnviz.standalone": {
        "nnviz.text",
        "nnviz.protocol",
        "nnviz.algebra",
        "nnviz.engine",
        "nnviz.charts",
        "nnviz.player",
        "nnviz.explain",
        "nnviz.diagram",
        "nnviz.export",
        "nnviz.lessons.network",
    },
    "nnviz.page": {"nnviz.text", "nnviz.algebra", "nnviz.engine", "nnviz.player", "nnviz.lessons.network", "nnviz.web"},
    "nnviz": {
        "nnviz.text",
        "nnviz.algebra",
        "nnviz.engine",
        "nnviz.practice",
        "nnviz.diagram",
        "nnviz.explain",
        "nnviz.export",
        "nnviz.importing",
        "nnviz.page",
        "nnviz.standalone",
        "nnviz.worksheets",
    },
    "nnviz.__main__": {"nnviz", "nnviz.text", "nnviz.web", "nnviz.worksheets"},
    "app": {"nnviz.web"},
}
PACKAGES = {  # part → the packages that it may import from elsewhere; the others may import any
    "nnviz.text": set(),
    "nnviz.algebra": {"numpy"},
    "nnviz.protocol": set(),
    "nnviz.engine": {"numpy"},
    "nnviz.presets": {"numpy"},
    "nnviz.charts": {"numpy"},
    "nnviz.player": {"numpy", "jinja2"},
    "nnviz.practice": {"numpy"},
    "nnviz.explain": {"numpy"},
    "nnviz.export": {"numpy"},
    "nnviz.importing": {"numpy"},
    "nnviz.diagram": {"numpy", "plotly"},
    "nnviz.worksheets": {"numpy", "segno"},
    "nnviz.page": {"numpy"},
    "nnviz.standalone": {"numpy", "anywidget", "traitlets"},
    **{lesson: {"numpy"} for lesson in LESSONS},
}


def part_of(module: str) -> str:
    """Return the part of the project that a module is in, or the name of a package from elsewhere."""
    names = module.split(".")
    found = (part for size in (3, 2) if (part := ".".join(names[:size])) in ALLOWED)
    return next(found, names[0])


def imported(source: str, package: str) -> Iterator[str]:
    """Yield the full name of everything that a module of the package imports, wherever in the file."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: 1 - node.level or None] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def forbidden(source: str, module: str) -> list[str]:
    """Return what the module imports and must not."""
    part, package = part_of(module), module.rpartition(".")[0]
    found = {(name, part_of(name)) for name in imported(source, package)}
    wrong = []
    for name, of in sorted(found):
        if of == part or of in sys.stdlib_module_names:
            continue
        allowed = of in ALLOWED[part] if of in ALLOWED else of in PACKAGES.get(part, {of})
        if not allowed:
            wrong.append(name)
    return wrong


def modules() -> dict[str, Path]:
    """Return the files of the project by their module's name."""
    files = [ROOT / "app.py", *sorted((ROOT / "nnviz").rglob("*.py"))]
    return {".".join(file.relative_to(ROOT).with_suffix("").parts): file for file in files}


@pytest.mark.parametrize("module", modules())
def test_imports_point_one_way(module: str) -> None:
    assert not forbidden(modules()[module].read_text(encoding="utf-8"), module)


@pytest.mark.parametrize(
    ("module", "source", "wrong"),
    [
        ("nnviz.engine.trace", "import plotly.graph_objects as go", ["plotly.graph_objects"]),
        ("nnviz.engine.trace", "from dash import html", ["dash.html"]),
        ("nnviz.engine.trace", "def late():\n    from nnviz.explain import table", ["nnviz.explain.table"]),
        ("nnviz.engine.trace", "from nnviz import diagram", ["nnviz.diagram"]),
        ("nnviz.engine.trace", "from nnviz import trace", ["nnviz.trace"]),
        ("nnviz.engine.trace", "from ..charts import lines", ["nnviz.charts.lines"]),
        ("nnviz.engine.trace", "from .. import web", ["nnviz.web"]),
        ("nnviz.algebra.trace", "from nnviz.engine import plan", ["nnviz.engine.plan"]),
        ("nnviz.charts.axes", "from nnviz.algebra import trace", ["nnviz.algebra.trace"]),
        ("nnviz.player.form", "from nnviz.engine.network import Network", ["nnviz.engine.network.Network"]),
        ("nnviz.player.form", "from nnviz.lessons.network import fields", ["nnviz.lessons.network.fields"]),
        ("nnviz.player.form", "from nnviz.lessons import network", ["nnviz.lessons.network"]),
        ("nnviz.diagram.labels", "import dash", ["dash"]),
        ("nnviz.lessons.network.view", "from nnviz.lessons.descent import plot", ["nnviz.lessons.descent.plot"]),
        ("nnviz.lessons.network.view", "from nnviz.web.page import layout", ["nnviz.web.page.layout"]),
        ("nnviz.lessons.network.view", "from nnviz.explain import values\nfrom . import setup", []),
        ("nnviz.web.page", "import app", ["app"]),
        ("nnviz.text.english", "from nnviz.algebra import rounding", ["nnviz.algebra.rounding"]),
        ("nnviz.__init__", "from nnviz.web.page import page", ["nnviz.web.page.page"]),
        ("app", "import nnviz.web.page, dash, os", []),
        ("nnviz.web.page", "import dash\nfrom nnviz.engine.trace import trace\nfrom .registry import LESSONS", []),
        ("nnviz.engine.trace", "import math\nimport numpy as np\nfrom nnviz.text import say\nfrom . import plan", []),
    ],
)
def test_wrong_imports_are_found(module: str, source: str, wrong: list[str]) -> None:
    assert forbidden(source, module) == wrong


def test_no_test_imports_from_another() -> None:
    borrowed = [
        (file.relative_to(ROOT).as_posix(), name)
        for file in sorted((ROOT / "tests").rglob("*.py"))
        for name in imported(file.read_text(encoding="utf-8"), ".".join(file.relative_to(ROOT).parent.parts))
        if name.startswith("tests.") and ".test_" in name
    ]
    assert borrowed == []
