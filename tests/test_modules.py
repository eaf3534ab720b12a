"""The browser's modules: imports point one way, and only the renderer writes to the page."""

import re

import pytest

from tools import ROOT

ASSETS = ROOT / "assets"
FILES = {file.relative_to(ASSETS).with_suffix("").as_posix(): file for file in ASSETS.rglob("*.mjs")}
# Each may import those before it; the states know no page, and the renderer no server.
ORDER = ("state", "renderer", "address", "files", "hands", "keys", "drag", "server", "ahead", "practice", "trainer",
         "request", "playback", "gestures", "page", "host", "standalone", "widget")  # fmt: skip
IMPORTED = re.compile(r'^import .* from "([^"]+)\.mjs";$', re.MULTILINE)
PROPERTIES = "innerHTML|textContent|hidden|className|title|tabIndex|value|open|disabled|checked|scrollTop|scrollLeft"
WRITES = re.compile(
    rf"\.(?:{PROPERTIES}) =(?!=)|\.(?:style|classList)\b|\b(?:set|toggle|remove)Attribute\(|replaceChildren\(|append\("
)


def rank(module: str) -> int:
    return ORDER.index(module.partition("/")[0])


def imports(module: str) -> list[str]:
    """Return the modules that a module imports."""
    folder = FILES[module].parent
    paths = IMPORTED.findall(FILES[module].read_text(encoding="utf-8"))
    return [(folder / path).resolve().relative_to(ASSETS).as_posix() for path in paths]


@pytest.mark.parametrize("module", FILES)
def test_imports_of_modules_point_one_way(module: str) -> None:
    for imported in imports(module):
        is_in_same = imported.partition("/")[0] == module.partition("/")[0]
        assert imported in FILES
        assert rank(imported) < rank(module) or ("/" in module and is_in_same), imported


def test_imports_are_found() -> None:
    assert {"state/moves", "renderer/step", "trainer"} <= set(imports("playback"))
    assert set(imports("page")) <= FILES.keys()
    assert "state/player" in imports("standalone")  # it is the page's own


# The widget writes to a notebook.
@pytest.mark.parametrize("module", [name for name in FILES if not name.startswith("renderer/") and name != "widget"])
def test_only_the_renderer_writes_to_the_page(module: str) -> None:
    assert not WRITES.findall(FILES[module].read_text(encoding="utf-8"))


def test_writing_is_found_in_the_renderer() -> None:
    assert WRITES.findall(FILES["renderer/step"].read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", FILES)
def test_nothing_is_kept_on_the_window_but_what_dash_needs(module: str) -> None:
    kept = re.findall(r"window\.(\w+) = |globalThis\.(\w+) = ", FILES[module].read_text(encoding="utf-8"))
    assert kept == ([("dash_clientside", "")] if module == "page" else [])
