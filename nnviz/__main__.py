"""The command ``nnviz``, or ``python -m nnviz``: serves the app to many, by Gunicorn where it runs, else by Waitress.

Each setting of the environment is an option too: ``nnviz --port 9000`` is ``PORT=9000 nnviz``. ``nnviz worksheet`` is a
command of its own.
"""

import os
import sys
from argparse import ArgumentParser

from nnviz import __version__
from nnviz.text import say
from nnviz.web import waitress_server
from nnviz.web.listening import announce, listen
from nnviz.web.server import create_app
from nnviz.web.settings import READERS, SettingError, settings_of
from nnviz.worksheets import command

try:
    from nnviz.web import gunicorn_server
except ImportError:  # on Windows
    serve = waitress_server.serve
else:
    serve = gunicorn_server.serve


def main() -> None:
    """Serve the app until it is stopped; a setting that is not allowed, or cannot be had, ends it with one line.

    Behind the name of another command, that one is done.
    """
    if sys.argv[1:2] == [command.NAME]:
        command.main(sys.argv[2:])
        return
    try:
        settings = settings_of(os.environ | _options())
        listening = listen(settings)
    except SettingError as problem:
        sys.exit(str(problem))
    app = create_app(settings)
    announce(settings, listening)
    serve(app.server, settings, listening, app.headers)


def _options() -> dict[str, str]:
    """Return the settings that the command line gives."""
    parser = ArgumentParser(prog="nnviz", description=say("command.about"), epilog=say("command.worksheet.in_short"))
    parser.add_argument("--version", action="version", version=__version__)
    for name in READERS:
        option = f"--{name.lower().replace('_', '-')}"
        parser.add_argument(option, dest=name, metavar=name, help=say(f"command.{name.lower()}"))
    return {name: text for name, text in vars(parser.parse_args()).items() if text is not None}


if __name__ == "__main__":
    main()
