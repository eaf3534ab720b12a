"""The app: ``python app.py`` serves it, and ``app:server`` is what another WSGI server may serve."""

from nnviz.__main__ import main
from nnviz.web.server import create_app

server = create_app().server

if __name__ == "__main__":
    main(server)
