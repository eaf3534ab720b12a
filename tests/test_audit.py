"""The audit of what is installed: what is known to be unsafe fails it, what cannot be looked up does not."""

import json
from subprocess import CompletedProcess

import pytest

from tools import audit

SAFE = {"name": "numpy", "version": "2.4.6", "vulns": []}
UNSAFE = {"name": "flask", "version": "0.1", "vulns": [{"id": "CVE-2023-30861"}]}
UNKNOWN = {"name": "dash", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("told", "status", "words"),
    [
        (json.dumps({"dependencies": [SAFE, UNKNOWN]}), 0, "1 of 2 installed packages were audited"),
        (json.dumps({"dependencies": [SAFE, UNSAFE]}), 1, "flask 0.1 is known to be unsafe: CVE-2023-30861"),
        ("", 0, "Nothing was audited"),
    ],
)
def test_only_what_is_known_to_be_unsafe_fails_the_audit(
    told: str, status: int, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tools.audit.subprocess.run", lambda *_, **__: CompletedProcess([], 1, told, "no connection"))
    if told:
        with pytest.raises(SystemExit) as ended:
            audit.main()
        assert ended.value.code == status
    else:
        audit.main()
    assert words in capsys.readouterr().out
