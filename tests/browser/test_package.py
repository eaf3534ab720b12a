"""The package as people install it: the same page without this folder, and a library that needs NumPy alone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import nnviz
from nnviz.web.static_files import PLOTLY, SMALL, read
from tests.browser.visit import Visit
from tests.examples import STEP_BY_STEP
from tools import ROOT
from tools.stage import served_app

PARTS = ("nnviz", "assets", "pyproject.toml", "setup.py", "README.md", "LICENSE")
OTHERS = ("dash", "flask", "jinja2", "plotly", "waitress")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the package from a copy, and install it into a folder of its own."""
    source, site = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("site")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, source / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, source)
    (source / "node_modules").symlink_to(ROOT / "node_modules")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--target"]
    subprocess.run([*install, site, source], check=True)
    return site


def test_an_installed_package_serves_the_page(installed: Path, browser: Browser) -> None:
    environment = os.environ | {"PYTHONPATH": str(installed)}
    with served_app("-m", "nnviz", cwd=installed, env=environment) as address:
        page = browser.new_page()
        visit = Visit(page, address).load()
        visit.press("Forward")
        visit.at(1)
        visit.has_result("0.85")
        sheets = page.evaluate("() => [...document.styleSheets].map(({href}) => href).filter(Boolean)")
        assert any(sheet.endswith("/layout.css") for sheet in sheets)
        page.close()
    assert (installed / "bin" / "nnviz").is_file()
    assert (installed / "nnviz" / "py.typed").is_file()


def test_everything_is_installed(installed: Path) -> None:
    def files(folder: Path) -> set[Path]:
        return {path.relative_to(folder) for path in folder.rglob("*.*") if path.suffix != ".pyc"}

    names = {name for name in read().contents if name != PLOTLY} | {SMALL, "standalone.mjs", "widget.mjs"}
    assets = {Path("assets", name) for name in names}
    assert files(installed / "nnviz") == files(ROOT / "nnviz") | assets


def test_an_installed_package_writes_the_same_file(installed: Path) -> None:
    code = "from tests.examples import STEP_BY_STEP; import nnviz; print(nnviz.to_html(STEP_BY_STEP.trace()))"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(installed), str(ROOT)])}
    told = subprocess.run([sys.executable, "-c", code], env=environment, cwd=installed, capture_output=True, check=True)
    assert told.stdout.decode() == nnviz.to_html(STEP_BY_STEP.trace()) + "\n"


def test_the_library_needs_numpy_alone(installed: Path) -> None:
    code = f"""
import sys
sys.modules.update(dict.fromkeys({OTHERS}))
import nnviz
assert nnviz.__file__.startswith({str(installed)!r}), nnviz.__file__
network = nnviz.Network([nnviz.Layer([[0.11, 0.21], [0.12, 0.08]]), nnviz.Layer([[0.14, 0.15]])])
print(nnviz.__version__, nnviz.predict(network, [[2, 3]]).item())
"""
    environment = os.environ | {"PYTHONPATH": str(installed)}
    told = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=installed, capture_output=True, text=True, check=True
    )
    assert told.stdout == "0.1.0 0.191\n"
