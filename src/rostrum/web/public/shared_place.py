"""A delegation's place, live, for anybody with the link, without signing in."""

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
    """The values of the delegation's own page, without what staff say to some delegations; the
    template leaves out what else others may not see."""
    values = delegation_page(debate_id, delegation_id)
    to_all = [each for each in values["mission_messages"] if each.is_to_all]
    return values | {"mission_messages": to_all}


@blueprint.get("")
def show(share_token: str) -> Response:
    """The place, and the state of the letter. Changes nothing."""
    watcher = get_watcher(share_token)
    values = shared_place(watcher.debate.id, watcher.delegation.id)
    return respond(
        "public/shared_place/show.html", "shared_place", **values, share_token=share_token
    )


WATCHERS = 8
"""How many pages of one link are live at once."""


def _for_watchers(share_token: str) -> Listening:
    """Lets a watcher listen until the link ends."""
    watcher = get_watcher(share_token)
    about = (watcher.debate.id, watcher.delegation.id)
    return Listening(about, ("share", watcher.share.id), may_watch(watcher.share), WATCHERS)


add_live_routes(blueprint, shared_place, _for_watchers)
