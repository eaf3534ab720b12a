"""Our modules as one small file, so that a browser asks once: esbuild makes it, where npm has fetched that."""

import subprocess
from pathlib import Path

MAIN = "page.mjs"  # which imports the others
EARLY = "early.mjs"  # which stands in the document
APART = ("host.mjs", "standalone.mjs", "widget.mjs")  # which no page loads
OPTIONS = ("--bundle", "--minify", "--format=esm", "--charset=utf8", "--log-level=error")


def bundle(folder: Path, node_modules: Path) -> dict[str, bytes]:
    """Return the modules of a folder by name: the main one with all that it imports, and the one that no other imports.

    All are as they are where esbuild is not there. Raises CalledProcessError where it cannot read one.
    """
    esbuild = next(node_modules.glob("@esbuild/*/bin/esbuild"), None)
    if esbuild is None:
        files = (file for file in folder.rglob("*.mjs") if file.name not in APART)
        return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
    made = subprocess.run([esbuild, folder / MAIN, *OPTIONS], capture_output=True, check=True)
    return {MAIN: made.stdout, EARLY: (folder / EARLY).read_bytes()}
