"""What the README shows is run for real."""

import io
import re
from contextlib import redirect_stdout

from tools import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAP = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```(?:\n+```\n(.*?)```)?", README, re.DOTALL)


def test_the_readme_has_examples() -> None:
    assert len(BLOCKS) == 5


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


def test_the_map_has_every_room_and_every_file_of_it_is_there() -> None:
    rooms = {f"nnviz/{init.parent.name}/" for init in (ROOT / "nnviz").glob("*/__init__.py")}
    named = re.findall(r"`((?:nnviz|assets|tests|benchmarks|tools|docs)/[\w./]*)`", MAP)
    assert rooms | {"assets/", "tests/", "benchmarks/", "tools/"} <= set(named)
    assert [name for name in named if not (ROOT / name).exists()] == []
    of_rooms = [
        (room, re.findall(r"`(\w+\.py)`", words))
        for room, words in re.findall(r"^\| `(nnviz/\w+/)` \| (.*)", MAP, re.M)
    ]
    missing = [(room, name) for room, names in of_rooms for name in names if not list((ROOT / room).rglob(name))]
    assert missing == []


def test_the_commands_are_the_makefiles() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    commands = set(re.findall(r"^make (\w+)|`make (\w+)`", README, re.MULTILINE))
    assert {name for pair in commands for name in pair if name} <= targets
    assert {("run", ""), ("test", "")} <= commands
