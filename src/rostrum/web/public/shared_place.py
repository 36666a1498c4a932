"""A delegation's place for whoever has the link: to read, live, without signing in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from rostrum.web.access import get_watcher, may_watch
from rostrum.web.delegates.page import delegation_page
from rostrum.web.live.blocks import Listening, add_live_routes, live_block
from rostrum.web.respond import respond

blueprint = Blueprint("shared", __name__, url_prefix="/shared/<share_token>")


@live_block("public/shared_place/show.html", "shared_place")
def shared_place(debate_id: int, delegation_id: int) -> dict[str, Any]:
    """What the delegation's own page shows; the template leaves out what is not for others."""
    return delegation_page(debate_id, delegation_id)


@blueprint.get("")
def show(share_token: str) -> Response:
    """The place, and what becomes of the letter. Changes nothing."""
    watcher = get_watcher(share_token)
    values = shared_place(watcher.debate.id, watcher.delegation.id)
    return respond(
        "public/shared_place/show.html", "shared_place", **values, share_token=share_token
    )


def _for_watchers(share_token: str) -> Listening:
    """Until the link ends."""
    watcher = get_watcher(share_token)
    about = (watcher.debate.id, watcher.delegation.id)
    return Listening(about, ("share", watcher.share.id), may_watch(watcher.share))


add_live_routes(blueprint, shared_place, _for_watchers)
