"""The outside address for views and templates, and the address that a browser is using."""

from __future__ import annotations

from typing import NamedTuple

from flask import Flask, request

from rostrum.domain.instance.addresses import Address, origin_of
from rostrum.web.context import parts


class Trouble(NamedTuple):
    """Why links may not work: the address with which they begin, and the address of this page."""

    links: Address
    here: str


def outside_address() -> Address:
    """The address with which every link begins, and from which pages are served."""
    return parts().address.now


def address_in_use() -> str:
    """The address that this browser shows.

    Taken from the requesting page if that is ours, because a proxy may pass on another host.
    """
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    told = origin_of(request.headers.get("Referer", "")) if is_ours else None
    return told or origin_of(request.host_url) or request.host_url


def address_trouble() -> Trouble | None:
    """The warning to give before links are handed out; None if they lead everybody here."""
    links, here = outside_address(), address_in_use()
    return Trouble(links, here) if links.is_local or links.url != here else None


def init_app(app: Flask) -> None:
    app.jinja_env.globals |= {
        "address_in_use": address_in_use,
        "address_trouble": address_trouble,
        "outside_address": outside_address,
    }
