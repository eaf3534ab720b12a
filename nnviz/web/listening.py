"""Where the server listens, and the address that others open."""

import os
import socket
import sys

import segno

from nnviz.text import say
from nnviz.web.settings import MOST_PORT, SettingError, Settings

ANY = ("0.0.0.0", "::")  # a host that is all addresses of the machine
BACKLOG = 2048
ELSEWHERE = {
    socket.AF_INET: "192.0.2.1",
    socket.AF_INET6: "2001:db8::1",
}  # addresses that documents use, and nobody has


def listen(settings: Settings) -> socket.socket:
    """Return a socket that listens where the settings say. Raises SettingError where that cannot be had."""
    host, port = settings.host, settings.port
    try:
        return socket.create_server((host, port), family=_family(host), backlog=BACKLOG)
    except OSError as error:
        if (error.errno or 0) < 0:  # of the look-up of a name
            raise SettingError(say("server.bad_host", given=host)) from error
        reason = os.strerror(error.errno or 0)
        other = port % MOST_PORT + 1
        raise SettingError(say("server.taken", host=host, port=port, reason=reason, other=other)) from error


def announce(settings: Settings, listening: socket.socket) -> None:
    """Print where the page is; where others can open it, their address too, which a QR code spares to type."""
    port = listening.getsockname()[1]
    here = settings.host if settings.host not in ANY else "127.0.0.1" if settings.host == ANY[0] else "::1"
    address = f"http://{_in_address(here)}:{port}{settings.base_path}/"
    print(say("server.address", address=address), flush=True)
    if settings.host not in ANY:
        return
    if found := own_address(settings.host):
        others = f"http://{found}:{port}{settings.base_path}/"
        print(say("server.others", address=others), flush=True)
        if sys.stdout.encoding.lower().startswith("utf"):
            segno.make_qr(others).terminal(compact=True)
    else:
        print(say("server.alone"), flush=True)


def own_address(host: str) -> str:
    """Return this machine's name in its network, as addresses have it, of the kind of a host that is all of its names.

    Nothing where it is in no network; nothing is sent.
    """
    family = _family(host)
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((ELSEWHERE[family], 9))
            return _in_address(str(probe.getsockname()[0]))
    except OSError:
        return ""


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
