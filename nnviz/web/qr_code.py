"""The address of what a page shows as others open it, and as a QR code."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

import segno

from nnviz.protocol import Shared
from nnviz.text import say
from nnviz.web.listening import ANY, own_address
from nnviz.web.settings import Settings

LONGEST = 1200  # characters; a phone reads no larger code from a screen


@dataclass(frozen=True)
class ForeignLinkError(ValueError):
    """The link is not one of this site's."""

    link: str


def shared(link: str, host: str, settings: Settings) -> Shared:
    """Return a link of the site at a host, as others open it, with its QR code and what there is to say of it.

    Where the host is this computer's name for itself, others need the one that it has in its network. Raises
    ForeignLinkError where the link is to anywhere else.
    """
    try:
        parts = urlsplit(link)
        port = f":{parts.port}" if parts.port else ""
    except ValueError as problem:
        raise ForeignLinkError(link) from problem
    if parts.scheme not in ("http", "https") or parts.netloc != host:
        raise ForeignLinkError(link)
    if not _is_own_name(parts):
        return _coded(link, "")
    if settings.host not in ANY or not (found := own_address(settings.host)):
        return _coded(link, say("qr.alone"))
    return _coded(parts._replace(netloc=f"{found}{port}").geturl(), "")


def _coded(link: str, note: str) -> Shared:
    if len(link) > LONGEST:
        return {"link": link, "picture": "", "note": say("qr.too_long", most=LONGEST)}
    code = segno.make_qr(link)
    return {"link": link, "picture": code.svg_data_uri(scale=4, border=4, dark="#000", light="#fff"), "note": note}


def _is_own_name(parts: SplitResult) -> bool:
    """Whether an address leads each computer to itself."""
    name = parts.hostname or ""
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
