"""Streams of the pages with forms: a line that says who changed what, and when."""

from __future__ import annotations

from flask import Blueprint

from rostrum.domain.errors import NotFound
from rostrum.domain.news import WATCHED
from rostrum.web.access import get_member
from rostrum.web.live import Listening, add_live_routes, by_session
from rostrum.web.news_pages import changes_page

blueprint = Blueprint(
    "news",
    __name__,
    url_prefix="/staff/news/<watched>/<int(max=999999999):debate_id>/<int(max=999999999):seen>",
)


def _for_readers(watched: str, debate_id: int, seen: int) -> Listening:
    """Whoever may read the page that asks."""
    if watched not in WATCHED:
        raise NotFound
    member = get_member(WATCHED[watched].roles)
    return by_session(member.session, debate_id, watched, seen)


add_live_routes(blueprint, changes_page, _for_readers)
