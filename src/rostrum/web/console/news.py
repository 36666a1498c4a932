"""Streams of the pages with forms: a line that says who changed what, and when."""

from __future__ import annotations

from flask import Blueprint, Response

from rostrum.domain.errors import NotFound
from rostrum.domain.news import WATCHED
from rostrum.web.access import Member, get_member
from rostrum.web.live import state, stream
from rostrum.web.news_pages import Asked

blueprint = Blueprint(
    "news",
    __name__,
    url_prefix="/staff/news/<watched>/<int(max=999999999):debate_id>/<int(max=999999999):seen>",
)


def _member(watched: str) -> Member:
    if watched not in WATCHED:
        raise NotFound
    return get_member(WATCHED[watched].roles)


@blueprint.get("/stream")
def listen(watched: str, debate_id: int, seen: int) -> Response:
    """The line, pushed."""
    member = _member(watched)
    return stream(("changes", debate_id, Asked(watched, seen)), member.session)


@blueprint.get("/state")
def poll(watched: str, debate_id: int, seen: int) -> Response:
    """The line once."""
    _member(watched)
    return state(("changes", debate_id, Asked(watched, seen)))
