"""Modules of the browser as one script that loads nothing: each is a function, in the order of their imports."""

import re
from pathlib import Path

IMPORT = re.compile(r'^import (?:\* as (\w+)|\{([^}]*)\}) from "([^"]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:const|function) (\w+))", re.MULTILINE)
COMMENT = re.compile(r"^ */\*(?:(?!\*/).)*\*/\n", re.MULTILINE | re.DOTALL)


def joined(folder: Path, main: str) -> str:
    """Return a module of a folder with all that it imports, but for comments above what they are of.

    It reads imports and exports as the modules of this project write them.
    """
    folder = folder.resolve()
    found: dict[Path, str] = {}

    def add(file: Path) -> None:
        if file in found:
            return
        source = COMMENT.sub("", file.read_text(encoding="utf-8"))
        for _, _, imported in IMPORT.findall(source):
            add((file.parent / imported).resolve())

        def given(part: re.Match[str]) -> str:
            names = part[1] or f"{{{part[2].replace(' as ', ': ')}}}"
            return f"const {names} = {_name(folder, (file.parent / part[3]).resolve())};\n"

        exports = ", ".join(EXPORT.findall(source))
        body = IMPORT.sub(given, EXPORT.sub("", source))
        is_main = file == folder / main
        found[file] = (
            body if is_main else f"const {_name(folder, file)} = (() => {{\n{body}return {{{exports}}};\n}})();\n"
        )

    add(folder / main)
    return "".join(found.values())


def _name(folder: Path, file: Path) -> str:
    """Return what a module is called in the script: no module calls anything so."""
    return "$" + re.sub(r"\W", "_", file.relative_to(folder).with_suffix("").as_posix())
