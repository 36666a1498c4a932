"""The page from which a request came, as its browser says; the Referer is not used.

Sec-Fetch-Site is the browser's own comparison of the page with the request's address, and no
page can write it. Older browsers, and all over plain HTTP, send only Origin. Origin is compared
with the outside address and with the address of the request, because a proxy may pass on
another host or port than the browser sees. A request with neither depends on its token alone.
"""

from __future__ import annotations

import re
from enum import StrEnum

from flask import request

from rostrum.domain.errors import RuleBroken
from rostrum.domain.instance.addresses import read_address
from rostrum.web.addresses import outside_address

_HOST = re.compile(r"https?://(\[[^]]*\]|[^:/]*)")


class Sender(StrEnum):
    """The page that made a browser send a request."""

    OURS = "one of our pages"
    UNNAMED = "no page is named"
    OTHER = "a page of another site"
    HIDDEN = "a page that its browser hides"
    INSECURE = "one of our pages, opened without https"


def sender() -> Sender:
    """The page from which the current request came."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    # With a referrer policy set by a proxy or an extension, the browser hides the origin of
    # our own pages too; Sec-Fetch-Site still says that they are ours.
    if site == "same-origin":
        return Sender.OURS
    if origin is not None and _is_ours_without_https(origin):
        return Sender.INSECURE
    if site in ("same-site", "cross-site"):
        return Sender.OTHER
    if origin is None:
        return Sender.UNNAMED
    if origin == "null":
        return Sender.HIDDEN
    is_ours = origin in (outside_address().url, *_addressed(origin))
    return Sender.OURS if is_ours else Sender.OTHER


def is_insecure() -> bool:
    """Whether the page was certainly opened without https, while the outside address has it."""
    origin = request.headers.get("Origin", "")
    return outside_address().is_secure and origin.startswith("http://")


def is_host_handed_on() -> bool:
    """Whether the request's host is the one that the browser sees; a proxy may change it."""
    origin = request.headers.get("Origin")
    return origin in (None, "null") or origin in _addressed(origin)


def is_from_outside() -> bool:
    """Whether the page was opened at the outside address."""
    return request.headers.get("Origin") == outside_address().url


def _is_ours_without_https(origin: str) -> bool:
    """Compares only the host, because plain HTTP has another port."""
    seen, known = (_HOST.match(each) for each in (origin, outside_address().url))
    return is_insecure() and seen is not None and seen[1] == known[1]


def _addressed(origin: str) -> list[str]:
    """The addresses of the request, as the browser and the last proxy give them.

    No page of another site can make a browser send X-Forwarded-Host. The scheme is the page's:
    a proxy that ends TLS need not pass it on.
    """
    scheme = origin.partition("://")[0]
    forwarded = request.headers.get("X-Forwarded-Host", "").partition(",")[0].strip()
    return [_as_origin(f"{scheme}://{host}") for host in (request.host, forwarded) if host]


def _as_origin(address: str) -> str:
    """An origin as browsers write it: lower case, without the default port."""
    try:
        return read_address(address)
    except RuleBroken:
        return address
