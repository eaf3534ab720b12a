"""The app: ``python app.py`` serves it the simple way, and ``app:server`` is what another WSGI server may serve."""

import os
import sys

from nnviz.web import waitress_server
from nnviz.web.listening import announce, listen
from nnviz.web.server import create_app
from nnviz.web.settings import SettingError, settings_of

try:
    settings = settings_of(os.environ)
except SettingError as problem:
    sys.exit(str(problem))
app = create_app(settings)
server = app.server


def main() -> None:
    """Serve until interrupted; where it cannot listen it ends with one line."""
    try:
        listening = listen(settings)
    except SettingError as problem:
        sys.exit(str(problem))
    announce(settings, listening)
    waitress_server.serve(server, settings, listening, app.headers)


if __name__ == "__main__":
    main()
