"""Before the app: the path that the site is below, and the proxies that say where a request comes from."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from nnviz.web.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def stand_behind(server: Flask, settings: Settings) -> None:
    """Let the app be where the settings say: below a path, behind so many proxies."""
    count = settings.trusted_proxies
    app: WSGIApplication = server.wsgi_app
    if settings.base_path:
        app = below(settings.base_path, app)
    if count:
        app = ProxyFix(app, x_for=count, x_proto=count, x_host=count)
    server.wsgi_app = app  # type: ignore[method-assign, assignment]


def below(base: str, app: "WSGIApplication") -> "WSGIApplication":
    """Return the app as it is below a path; a proxy may pass that path on, or take it away."""

    def found(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == base or path.startswith(f"{base}/"):
            environ["PATH_INFO"] = path.removeprefix(base) or "/"
        environ["SCRIPT_NAME"] = base
        return app(environ, start_response)

    return found
