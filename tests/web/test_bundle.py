"""Our modules as one: all that they are is in it, and without esbuild they come as they are."""

import subprocess
from pathlib import Path

import pytest

from nnviz.web.bundle import bundle
from tools import ROOT

NODE_MODULES = ROOT / "node_modules"
MAIN = 'import {said} from "./part/said.mjs";\ndocument.title = said;\n'


def folder(place: Path, said: str = 'export const said = "σ’";') -> Path:
    (place / "part").mkdir()
    (place / "page.mjs").write_text(MAIN)
    (place / "early.mjs").write_text("document.title;")
    (place / "standalone.mjs").write_text("document.title;")
    (place / "part" / "said.mjs").write_text(said)
    return place


def test_the_main_module_has_all_that_it_imports(tmp_path: Path) -> None:
    found = bundle(folder(tmp_path), NODE_MODULES)
    assert sorted(found) == ["early.mjs", "page.mjs"]
    assert found["page.mjs"].decode() == 'document.title="σ’";\n'
    assert found["early.mjs"] == b"document.title;"


def test_without_esbuild_the_modules_are_as_they_are(tmp_path: Path) -> None:
    found = bundle(folder(tmp_path), tmp_path / "node_modules")
    assert sorted(found) == ["early.mjs", "page.mjs", "part/said.mjs"]
    assert found["page.mjs"].decode() == MAIN


def test_a_module_that_cannot_be_read_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError) as problem:
        bundle(folder(tmp_path, "export const = 1;"), NODE_MODULES)
    assert b"said.mjs" in problem.value.stderr
