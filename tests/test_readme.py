"""What the README shows is run for real."""

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```(?:\n+```\n(.*?)```)?", README, re.DOTALL)


def test_the_readme_has_examples() -> None:
    assert len(BLOCKS) == 2


def test_the_examples_print_what_the_readme_says() -> None:
    names: dict[str, object] = {}
    for code, expected in BLOCKS:
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(code, names)
        if expected:
            assert printed.getvalue() == expected


def test_the_pictures_are_there() -> None:
    pictures = re.findall(r"\]\((pictures/[^)]+)\)", README)
    assert pictures
    assert [name for name in pictures if not (ROOT / name).is_file()] == []


def test_every_folder_of_the_map_is_there() -> None:
    folders = set(re.findall(r"`((?:nnviz/\w+|assets|tests|benchmarks|tools)/)`", README))
    assert {f"nnviz/{name}/" for name in ("engine", "draw", "lessons", "ui", "text")} <= folders
    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []


def test_the_commands_are_the_makefiles() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    commands = set(re.findall(r"^make (\w+)|`make (\w+)`", README, re.MULTILINE))
    assert {name for pair in commands for name in pair if name} <= targets
    assert {("run", ""), ("test", "")} <= commands
