"""A delegation's place for whoever has the link: to read, live, without signing in."""

from __future__ import annotations

from flask import Blueprint, Response

from rostrum.web.access import Watcher, get_watcher, may_watch
from rostrum.web.live import Subject, state, stream_to
from rostrum.web.pages import delegation_page
from rostrum.web.respond import respond

blueprint = Blueprint("shared", __name__, url_prefix="/shared/<share_token>")


@blueprint.get("")
def show(share_token: str) -> Response:
    """The place, and what becomes of the letter. Changes nothing."""
    watcher = get_watcher(share_token)
    values = delegation_page(watcher.debate.id, watcher.delegation.id)
    return respond("shares/show.html", "shared_place", **values, share_token=share_token)


@blueprint.get("/stream")
def listen(share_token: str) -> Response:
    """The same, pushed. It ends with the link."""
    watcher = get_watcher(share_token)
    return stream_to(_topic(watcher), ("share", watcher.share.id), may_watch(watcher.share))


@blueprint.get("/state")
def poll(share_token: str) -> Response:
    """The same once."""
    return state(_topic(get_watcher(share_token)))


def _topic(watcher: Watcher) -> Subject:
    return ("shared", watcher.debate.id, watcher.delegation.id)
