"""The one Dash app, and what keeps it safe: small bodies, strict requests, nothing from elsewhere."""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from dash import Dash
from dash.exceptions import DependencyException
from flask import Flask, Response, abort, request

from nnviz import __version__
from nnviz.player.request import EMBED, LARGEST_BODY
from nnviz.player.site import ROOT
from nnviz.text import ENGLISH, LANGUAGE, LANGUAGES
from nnviz.web import access_log, page
from nnviz.web.document import document
from nnviz.web.first_answer import Texts, first_answer
from nnviz.web.plain_page import plain_page
from nnviz.web.proxies import stand_behind
from nnviz.web.qr_code import ForeignLinkError, shared
from nnviz.web.registry import HOME, entry_at
from nnviz.web.results_page import answer_results
from nnviz.web.settings import Settings
from nnviz.web.static_files import StaticFiles, loaded, serve
from nnviz.web.worksheets_page import answer_worksheets

DISPATCH = "/_dash-update-component"
ANYWHERE = "/<path:path>"  # Dash's rule for all addresses that are nothing else
HEALTH = "/healthz"
AHEAD = "/ahead"
QR_CODE = "/qr"
ENTRY = '<div id="react-entry-point"></div>'  # where Dash puts what is its own
CONFIG = "<!-- config -->"  # where Dash's settings go
MOST_DOCUMENTS = 50  # of which each is up to a few hundred kilobytes
USUAL = Settings()
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M3 4l10 4-10 4" fill="none" '
    'stroke="#1b63d1" stroke-width="1.5"/><g fill="#1b63d1"><circle cx="3" cy="4" r="2.5"/>'
    '<circle cx="3" cy="12" r="2.5"/></g><circle cx="13" cy="8" r="2.5" fill="#f0a000"/></svg>'
)


class Site(Dash):
    """The app; each lesson's address has a document of its own, with the first answer in it.

    The newest documents are kept: a class opens the same link.
    """

    def __init__(self, files: StaticFiles, settings: Settings, **options: Any) -> None:
        self.files, self.headers = files, safety_headers(settings.frame_ancestors, files)
        self._kept = lru_cache(MOST_DOCUMENTS)(self._document)
        super().__init__("nnviz", **options)

    def interpolate_index(self, *_: Any, **parts: Any) -> str:
        entry = entry_at(request.path) or HOME
        remembered = request.cookies.get(f"look-{entry.name}", "")
        is_small = request.headers.get("Sec-CH-UA-Mobile") == "?1" or "Mobi" in request.headers.get("User-Agent", "")
        texts, config = tuple(request.args.items(multi=True)), parts["config"]  # which is another one each time
        of_dash = tuple((parts | {"config": CONFIG, "app_entry": ENTRY}).items())
        html = self._kept(entry.name, texts, remembered, is_small, LANGUAGE.get(), of_dash)
        return html.replace(CONFIG, config, 1)

    def _document(
        self, lesson: str, texts: Texts, remembered: str, is_small: bool, _language: str, of_dash: Texts
    ) -> str:
        first = first_answer(lesson, texts, remembered, is_small)
        return document(lesson, dict(of_dash), self.files, first, _alone(texts))


def _alone(texts: Texts) -> str | None:
    """Return the query of a page by itself, where the texts are those of a page within somebody else's; else None."""
    if (EMBED, "1") not in texts:
        return None
    return urlencode([(name, text) for name, text in texts if name != EMBED])


def create_app(settings: Settings = USUAL) -> Site:
    """Return the app, as it is served with these settings. One in a process is enough, and all that Dash expects."""
    files, server = loaded(), Flask("nnviz", static_folder=None)
    if settings.access_log:
        access_log.write(server)
    serve(server, files)
    app = Site(
        files,
        settings,
        server=server,
        routes_pathname_prefix="/",
        requests_pathname_prefix=f"{settings.base_path}/",
        assets_ignore=".",  # the document loads them, and they start Dash
        update_title="",
        compress=True,
        serve_locally=True,
    )
    app.layout = page.layout
    page.connect(app)
    guard(server, app.headers, files)
    answer_beside(server, settings)
    answer_worksheets(server, files, settings)
    answer_results(server, files)
    stand_behind(server, settings)
    return app


def safety_headers(frame_ancestors: str, files: StaticFiles) -> Mapping[str, str]:
    """Return the headers of each answer that keep the page safe: it loads nothing from elsewhere, and who may frame it.

    Scripts come from the server alone, but for the one in the document; none is evaluated from a text.
    """
    early = b64encode(sha256(files.early.encode()).digest()).decode()
    policy = (
        f"default-src 'self'; script-src 'self' 'sha256-{early}'; "
        "style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'none'; "
        f"frame-ancestors {frame_ancestors}"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }


def guard(server: Flask, headers: Mapping[str, str], files: StaticFiles) -> None:
    """Refuse bodies that the page never sends with a 4xx, and put the headers on each answer.

    Each answer is in that of our languages which the browser likes best, with links that are below the site's path.

    An address where there is nothing gets a 404 with the way home.
    """
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY

    @server.before_request
    def refuse_what_is_too_large() -> None:
        if (request.content_length or 0) > LARGEST_BODY:
            abort(413)

    @server.before_request
    def speak_as_asked() -> None:
        ROOT.set(request.script_root)
        liked = (tag.partition("-")[0].lower() for tag, _ in request.accept_languages)
        LANGUAGE.set(next((code for code in liked if code in LANGUAGES), ENGLISH))

    @server.before_request
    def refuse_what_is_not_ours() -> None:
        if request.path == DISPATCH and not _is_ours(_body()):
            abort(400)

    @server.before_request
    def find_nothing_where_there_is_none() -> None:
        if request.url_rule is not None and request.url_rule.rule == ANYWHERE and not entry_at(request.path):
            abort(404)

    @server.errorhandler(404)
    @server.errorhandler(DependencyException)  # a file that none of Dash's component suites has
    def say_where_nothing_is(_: Exception) -> tuple[str, int]:
        return plain_page("missing", files), 404

    @server.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(headers)
        response.headers.add("Vary", "Accept-Language")
        return response


def answer_beside(server: Flask, settings: Settings) -> None:
    """Answer what is no page: HEALTH says that the server lives.

    AHEAD answers the page's requests before anybody needs the answers, where the server has nothing else to do.
    QR_CODE tells how others open a link of the page.
    """

    @server.get(HEALTH)
    def live() -> dict[str, str]:
        return {"status": "ok", "version": __version__}

    @server.post(AHEAD)
    def ahead() -> Response:
        answer = page.readings_ahead(_body())
        if answer is None:
            return Response(status=204)
        return _as_json(answer)

    @server.get(QR_CODE)
    def qr_code() -> Response:
        try:
            return _as_json(shared(request.args.get("link", ""), request.host, settings))
        except ForeignLinkError:
            abort(400)

    @server.get("/favicon.ico")
    def icon() -> Response:
        return Response(ICON, mimetype="image/svg+xml", headers={"Cache-Control": "max-age=86400"})


def _as_json(answer: Mapping[str, Any]) -> Response:
    return Response(json.dumps(answer, allow_nan=False, separators=(",", ":")), mimetype="application/json")


def _body() -> Any:
    """Return the JSON of the request's body, or None where it is none."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def _is_ours(body: Any) -> bool:
    """Whether a body is what Dash's renderer sends for a callback that the server has."""
    match body:
        case {"inputs": [{"value": value}]}:
            return any(body in _bodies(asked, answered, value) for asked, answered in page.CALLBACKS)
    return False


def _bodies(asked: str, answered: str, value: Any) -> Sequence[dict[str, Any]]:
    """Return what Dash's renderer may send when a request is in the one store, for an answer in the other."""
    ours = {
        "output": f"{answered}.data",
        "outputs": {"id": answered, "property": "data"},
        "inputs": [{"id": asked, "property": "data", "value": value}],
        "changedPropIds": [f"{asked}.data"],
    }
    return ours, ours | {"parsedChangedPropsIds": [f"{asked}.data"]}
