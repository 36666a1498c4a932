"""Shared links as pages show them: address and QR code."""

from __future__ import annotations

from typing import NamedTuple

import segno
from flask import current_app
from markupsafe import Markup

from rostrum.domain.delegations.invitations import Invitation
from rostrum.domain.delegations.shares import Share, share_link
from rostrum.store.shares import list_shares
from rostrum.web.addresses import outside_address
from rostrum.web.context import db


class Shared(NamedTuple):
    """A working link, with what a page shows about it."""

    share: Share
    link: str
    code: Markup


def shared_links(invitation: Invitation) -> list[Shared]:
    """The working links that show a delegation's place, the latest first."""
    base_url, key = outside_address().url, current_app.secret_key
    found = list_shares(db(), invitation)
    links = [(share, share_link(base_url, key, share)) for share in found]
    return [Shared(share, link, _picture(link)) for share, link in links]


def _picture(link: str) -> Markup:
    """The QR code of a link, as SVG for a page."""
    code = segno.make(link, micro=False).svg_inline(
        border=2, omitsize=True, dark="#14202b", light="#fff", svgclass=None, lineclass=None
    )
    return Markup(code)  # noqa: S704  segno's own
