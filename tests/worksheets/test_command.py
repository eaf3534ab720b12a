"""The command that writes worksheets: the files, and one line where something is not allowed."""

import sys
from pathlib import Path

import pytest

import nnviz
from nnviz.__main__ import main


def called(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> None:
    monkeypatch.setattr(sys, "argv", ["nnviz", "worksheet", *map(str, arguments)])
    main()


def test_it_writes_what_python_would(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path_factory.mktemp("made")
    called(monkeypatch, "2-2-1", "--activation", "tanh, sigmoid", "--seed", "3", "--count", "2", "--blanks", "update",
           "--loss", "binary_cross_entropy", "--no-biases", "--base", "https://a.example", "--out", folder)  # fmt: skip
    made = nnviz.worksheet("2-2-1", 3, 2, "update", activation=("tanh", "sigmoid"), loss="binary_cross_entropy",
                           biases=False, base="https://a.example")  # fmt: skip
    assert (folder / "sheets.html").read_text(encoding="utf-8") == made.html
    assert (folder / "keys.html").read_text(encoding="utf-8") == made.key_html
    assert (folder / "moodle.xml").read_text(encoding="utf-8") == made.moodle_xml
    told = capsys.readouterr().out
    assert all(str(folder / name) in told for name in ("sheets.html", "keys.html", "moodle.xml"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("9-9-9",), "such as 2-2-1"),
        (("2-2-1", "--count", "many"), "count must be a whole number from 1 to 60, not 'many'"),
        (("2-2-1", "--activation", "tanh,tanh,tanh"), "as many as there are layers: 2, not 3"),
    ],
)
def test_what_is_not_allowed_ends_it_with_one_line(
    arguments: tuple[str, ...], words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(SystemExit) as ended:
        called(monkeypatch, *arguments, "--out", tmp_path)
    assert words in str(ended.value.code)
    assert "\n" not in str(ended.value.code)
    assert list(tmp_path.iterdir()) == []


def test_files_that_are_there_are_left_unless_they_may_be_overwritten(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "keys.html").write_text("mine", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        called(monkeypatch, "2-1", "--count", "1", "--out", tmp_path)
    assert f"{tmp_path / 'keys.html'}" in str(ended.value.code)
    assert [file.read_text(encoding="utf-8") for file in tmp_path.iterdir()] == ["mine"]
    called(monkeypatch, "2-1", "--count", "1", "--out", tmp_path, "--overwrite")
    assert (tmp_path / "keys.html").read_text(encoding="utf-8") != "mine"


def test_where_nothing_can_be_written_that_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SystemExit, match="nnviz cannot write there: Not a directory"):
        called(monkeypatch, "2-1", "--count", "1", "--out", tmp_path / "file" / "folder")


def test_the_help_of_the_server_names_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["nnviz", "--help"])
    with pytest.raises(SystemExit):
        main()
    assert "nnviz worksheet --help" in capsys.readouterr().out
