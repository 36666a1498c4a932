"""Getting in by a link, however it arrives: its clean address, or what is wrong with it."""

from __future__ import annotations

from typing import NamedTuple

from flask import current_app, request, url_for

from rostrum.actions.access.sessions import get_invitation_by_token
from rostrum.actions.delegations.shares import get_share_by_token
from rostrum.actions.staff.accounts import get_link
from rostrum.domain.access.links import Found, Link, LinkKind, read_address, read_text
from rostrum.domain.errors import NotFound
from rostrum.domain.sentences import N_
from rostrum.web.context import db, parts
from rostrum.web.language.catalogs import LANGUAGES
from rostrum.web.public.receipts import get_registration_by_receipt

NOT_WHOLE = N_("The link is not whole. Copy all of it.")
NO_LINK = N_("There is no personal link in this. Copy the link, or the Presidency’s whole mail.")
PAGES = {
    LinkKind.INVITATION: ("invitations.show", "token"),
    LinkKind.SHARE: ("shared.show", "share_token"),
    LinkKind.RECEIPT: ("receipts.show", "receipt"),
    LinkKind.STAFF: ("staff_links.show", "link_token"),
}


class Way(NamedTuple):
    """Where a link leads, or, without an address, why it leads nowhere, if that is known."""

    address: str | None = None
    problem: str | None = None


def way_of_text(text: str) -> Way:
    """Where a pasted link leads, whatever text surrounds it."""
    found = read_text(text)
    if address := _address(found):
        return Way(address)
    if found.is_whole:
        return Way(problem=_refusal(found.links[0]))
    return Way(problem=NOT_WHOLE if found.is_named else NO_LINK)


def way_of_request() -> Way:
    """Where a request's address, at which nothing was found, was meant to lead."""
    if request.method not in ("GET", "HEAD") or request.htmx:
        return Way()
    found = read_address(request.path, request.query_string.decode(errors="replace"))
    address = _address(found)
    if address and address.partition("?")[0] != request.path:
        return Way(address)
    if found.is_whole:
        return Way(problem=_refusal(found.links[0]))
    return Way(problem=NOT_WHOLE if found.is_named else None)


def _address(found: Found) -> str | None:
    """The clean address of the first link that opens."""
    for link in found.links:
        if _refusal(link) is None:
            endpoint, name = PAGES[link.kind]
            language = found.language if found.language in LANGUAGES else None
            return url_for(endpoint, **{name: link.token}, lang=language)
    return None


def _refusal(link: Link) -> str | None:
    """Why a link does not open; None if it does."""
    key, now = current_app.secret_key, parts().clock.now()
    try:
        if link.kind is LinkKind.INVITATION:
            get_invitation_by_token(db(), key, link.token)
        elif link.kind is LinkKind.SHARE:
            get_share_by_token(db(), key, link.token)
        elif link.kind is LinkKind.RECEIPT:
            get_registration_by_receipt(link.token)
        else:
            get_link(db(), now, link.token)
    except NotFound as refused:
        return refused.sentence.text
    return None
