"""Imports point one way: app → ui → lessons → draw → engine; text is a leaf that all may use.

Protocol is a leaf too, for all above the engine. No test has another's.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

ALLOWED = {  # module → what it may import of this project, apart from itself
    "nnviz.text": set(),
    "nnviz.protocol": set(),
    "nnviz.engine": {"nnviz.text"},
    "nnviz.draw": {"nnviz.text", "nnviz.protocol", "nnviz.engine"},
    "nnviz.lessons": {"nnviz.text", "nnviz.protocol", "nnviz.engine", "nnviz.draw"},
    "nnviz.ui": {"nnviz.text", "nnviz.protocol", "nnviz.engine", "nnviz.draw", "nnviz.lessons"},
    "nnviz": {"nnviz.engine", "nnviz.draw"},
    "nnviz.__main__": {"nnviz.text", "nnviz.ui"},
    "app": {"nnviz.__main__", "nnviz.ui"},
}
PACKAGES = {  # module → the packages that it may import from elsewhere; the others may import any
    "nnviz.text": set(),
    "nnviz.protocol": set(),
    "nnviz.engine": {"numpy"},
    "nnviz.draw": {"numpy", "plotly"},
    "nnviz.lessons": {"numpy"},
}


def part_of(module: str) -> str:
    """Return the part of the project that a module is in, or the name of a package from elsewhere."""
    top = ".".join(module.split(".")[:2])
    return top if top in ALLOWED else module.partition(".")[0]


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
        ("nnviz.engine.trace", "def late():\n    from nnviz.draw.figure import figure", ["nnviz.draw.figure.figure"]),
        ("nnviz.engine.trace", "from nnviz import draw", ["nnviz.draw"]),
        ("nnviz.engine.trace", "from nnviz import trace", ["nnviz.trace"]),
        ("nnviz.engine.trace", "from ..draw import figure", ["nnviz.draw.figure"]),
        ("nnviz.engine.trace", "from .. import ui", ["nnviz.ui"]),
        ("nnviz.draw.figure", "import dash", ["dash"]),
        ("nnviz.draw.figure", "from nnviz.lessons import two_two_one", ["nnviz.lessons.two_two_one"]),
        ("nnviz.lessons.home", "from nnviz.ui.page import page", ["nnviz.ui.page.page"]),
        ("nnviz.ui.page", "import app", ["app"]),
        ("nnviz.text.english", "from nnviz.engine import numbers", ["nnviz.engine.numbers"]),
        ("nnviz.__init__", "from nnviz.ui.page import page", ["nnviz.ui.page.page"]),
        ("app", "import nnviz.ui.page, dash, os", []),
        ("nnviz.ui.page", "import dash\nfrom nnviz.engine.trace import trace\nfrom .settings import fields", []),
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
