"""The outside address as views and templates need it, and the one that a browser is using."""

from __future__ import annotations

from typing import NamedTuple

from flask import Flask, request

from rostrum.domain.instance.addresses import Address, origin_of
from rostrum.web.context import parts


class Trouble(NamedTuple):
    """Why links may not work: what they begin with, and where this page is."""

    links: Address
    here: str


def outside_address() -> Address:
    """What every link begins with, and browsers' own pages come from."""
    return parts().address.now


def address_in_use() -> str:
    """The address that this browser shows.

    The page it comes from tells, where it is one of ours: a proxy may hand on another host.
    """
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    told = origin_of(request.headers.get("Referer", "")) if is_ours else None
    return told or origin_of(request.host_url) or request.host_url


def address_trouble() -> Trouble | None:
    """What is to be said before links are handed out; None where they lead here, for everybody."""
    links, here = outside_address(), address_in_use()
    return Trouble(links, here) if links.is_local or links.url != here else None


def init_app(app: Flask) -> None:
    app.jinja_env.globals |= {
        "address_in_use": address_in_use,
        "address_trouble": address_trouble,
        "outside_address": outside_address,
    }
