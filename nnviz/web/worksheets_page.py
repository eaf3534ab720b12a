"""The page that makes worksheets, the same as questions for Moodle, and the short address of each sheet."""

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlencode

from flask import Flask, Response, abort, request

from nnviz.player.refusal import RefusedError
from nnviz.player.site import address
from nnviz.text import LANGUAGE
from nnviz.web.plain_page import plain_page
from nnviz.web.qr_code import ForeignLinkError, shared
from nnviz.web.settings import Settings
from nnviz.web.shared_answers import PRIORITY
from nnviz.web.static_files import StaticFiles
from nnviz.worksheets.kinds import read_code
from nnviz.worksheets.order import FORM, Order, Printed, ordered
from nnviz.worksheets.page_link import query
from nnviz.worksheets.pages import Part, fragments
from nnviz.worksheets.worksheet import PATH

MOODLE = f"{PATH}.xml"
PARTS: Mapping[Printed, tuple[Part, ...]] = {"both": ("sheet", "key"), "sheets": ("sheet",), "keys": ("key",)}
MOST_KEPT = 8  # orders, of which each is up to a few megabytes


def answer_worksheets(server: Flask, files: StaticFiles, settings: Settings) -> None:
    """Answer the page, its questions for Moodle, and the address of each sheet, which leads to its numbers."""

    @server.get(PATH, strict_slashes=False)
    def worksheets() -> str:
        return page(files, settings)

    @server.get(MOODLE)
    def questions() -> Response:
        order, problems = ordered(_typed())
        if problems:
            return _to(f"{address(PATH)}?{request.query_string.decode()}")
        name = f"worksheets-{order.kind.code(order.seed, order.count)}.xml"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(_questions(order, _base(settings)[0], LANGUAGE.get()), mimetype="text/xml", headers=headers)

    @server.get(f"{PATH}/<code>")
    def sheet(code: str) -> Response:
        try:
            kind, seed, number = read_code(code)
            drawn = kind.drawn(seed, number)
        except RefusedError:
            abort(404)
        return _to(address(f"/?{query(drawn.iteration, kind.way)}"))


def page(files: StaticFiles, settings: Settings) -> str:
    """Return the page with what is asked for in the present request: a form, and below it what is printed."""
    typed = _typed()
    order, problems = ordered(typed)
    base, note = _base(settings)
    html, assignment = "", ""
    if not problems:
        try:
            assignment = f"{base}/?{order.assignment}"
            html = _printed(order, base, LANGUAGE.get())
        except RefusedError as problem:
            problems = {"seed": str(problem)}
    texts = FORM.texts(order)
    return plain_page(
        "worksheets",
        files,
        path=PATH,
        groups=FORM.groups,
        order=order,
        texts=texts | {key: typed[key] for key in problems if key in typed},
        problems=problems,
        moodle=f"{MOODLE}?{urlencode(texts)}",
        note=note,
        html=html,
        assignment=assignment,
    )


def _typed() -> dict[str, str]:
    return {key: text.strip() for key, text in request.args.items()}


def _base(settings: Settings) -> tuple[str, str]:
    """Return where the site is as others open it, and what there is to say of that."""
    here = f"{request.scheme}://{request.host}{address('/')}"
    try:
        found = shared(here, request.host, settings)
    except ForeignLinkError:
        abort(400)
    return found["link"].rstrip("/"), found["note"]


@lru_cache(MOST_KEPT)
def _printed(order: Order, base: str, _language: str) -> str:
    """Return what is printed of an order; the newest are kept."""
    with PRIORITY.quick(is_large=True):
        sheets = order.sheets(base)
        return "\n".join(fragments(sheets, part) for part in PARTS[order.printed])


@lru_cache(MOST_KEPT)
def _questions(order: Order, base: str, _language: str) -> str:
    with PRIORITY.quick(is_large=True):
        return order.sheets(base).moodle_xml


def _to(location: str) -> Response:
    return Response(status=302, headers={"Location": location})
