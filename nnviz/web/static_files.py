"""Files that the page loads, each at an address that names its content: a browser keeps them for good.

They are ours in assets/, the modules as one where that can be had (``bundle.py``), and Plotly's: its build for charts
with axes where npm has fetched that one, else the whole of it, which is three times as large.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import blake2b
from mimetypes import guess_type
from pathlib import Path

import plotly
from flask import Flask, Response, abort

from nnviz import __version__
from nnviz.player.assets import ASSETS
from nnviz.web.bundle import EARLY, bundle

NODE_MODULES = ASSETS.parent / "node_modules"
SMALL = "plotly-cartesian.min.js"
WHOLE = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
PLOTLY = "plotly.js"
FOREVER = "public, max-age=31536000, immutable"
ROOT = "/assets/"
MOST_KEPT = 200
SUITES = "/_dash-component-suites/"


@dataclass(frozen=True)
class StaticFiles:
    """Files by name, all below an address that is another one as soon as any of them is."""

    contents: Mapping[str, bytes]

    @cached_property
    def version(self) -> str:
        """A name that is another one as soon as any of them is, or nnviz is another version."""
        digest = blake2b(__version__.encode(), digest_size=8)
        for name, content in sorted(self.contents.items()):
            digest.update(f"{name} {len(content)} ".encode() + content)
        return digest.hexdigest()

    @cached_property
    def folder(self) -> str:
        """The address that they are below; a module that imports another one finds it there."""
        return f"{ROOT}{self.version}/"

    @property
    def early(self) -> str:
        """The script that stands in the document."""
        return self.contents[EARLY].decode()

    def ending(self, end: str) -> list[str]:
        """Return the names with an ending, in order."""
        return sorted(name for name in self.contents if name.endswith(end))


@cache
def loaded() -> StaticFiles:
    """Return what the page loads, read once."""
    return read()


def read(plotly_file: Path | None = None) -> StaticFiles:
    """Return what the page loads, with that build of Plotly or else the smallest that is here."""
    styles = {file.name: file.read_bytes() for file in ASSETS.glob("*.css")}
    plotly = (plotly_file or smallest_plotly()).read_bytes()
    return StaticFiles(bundle(ASSETS, NODE_MODULES) | styles | {PLOTLY: plotly})


def smallest_plotly() -> Path:
    """Return the file of the smallest build of Plotly that is here."""
    places = (ASSETS / SMALL, NODE_MODULES / "plotly.js-cartesian-dist-min" / SMALL)
    return next((file for file in places if file.is_file()), WHOLE)


def serve(server: Flask, files: StaticFiles) -> None:
    """Serve the files; whatever is at addresses that never change is compressed once, not for each who asks."""
    folder = files.folder

    @server.get(f"{folder}<path:name>")
    def static_file(name: str) -> Response:
        if name not in files.contents:
            abort(404)
        kind = "text/javascript" if name.endswith((".js", ".mjs")) else guess_type(name)[0]
        return Response(files.contents[name], mimetype=kind, headers={"Cache-Control": FOREVER})

    server.config["COMPRESS_CACHE_KEY"] = lambda asked: asked.path if asked.path.startswith((folder, SUITES)) else ""
    server.config["COMPRESS_CACHE_BACKEND"] = Compressed


class Compressed:
    """What was compressed, by algorithm and address; anybody may ask for addresses, so only so many are kept."""

    def __init__(self) -> None:
        self.found: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self.found.get(key)

    def set(self, key: str, content: bytes) -> None:
        if not key.endswith(";") and len(self.found) < MOST_KEPT:
            self.found[key] = content
