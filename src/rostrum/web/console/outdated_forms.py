"""What a page with forms says when others changed what it shows: who, what and when."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, request, url_for

from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import NotFound
from rostrum.domain.journal.watched_pages import WATCHED
from rostrum.store import delegations, journal
from rostrum.web.access import get_member
from rostrum.web.context import db
from rostrum.web.live.blocks import Listening, add_live_routes, by_session, live_block

blueprint = Blueprint(
    "news",
    __name__,
    url_prefix="/staff/news/<watched>/<int(max=999999999):debate_id>/<int(max=999999999):seen>",
)

_PAGE_OF = {
    "console_debates": "settings",
    "console_debates.council": "settings",
    "console_debates.notices": "settings",
    "console_debates.concept_note": "settings",
    "console_debates.status": "settings",
    "console_debates.rehearsals": "settings",
    "console_levels": "levels",
    "console_council": "council",
    "console_messages": "messages",
    "console_swaps": "swaps",
    "console_places": "places",
    "console_reinstatements": "places",
    "console_deadlines": "deadlines",
    "console_invitations": "invitation",
    "exports": "list",
    "fairness": "list",
    "journal": "journal",
    "console_journal": "journal",
    "retention": "retention",
    "console_delegations": "delegations",
    "people": "people",
    "addresses": "address",
    "mission_contact": "contact",
}
"""The watched page by blueprint or endpoint; pages that are live themselves are not here."""


@live_block("console/changes.html", "changes")
def changes_page(debate_id: int, watched: str, seen: int) -> dict[str, Any]:
    """The latest entry that puts a watched page out of date, if there is one.

    `seen` is the number of the last journal entry when the page was made.
    """
    kinds = WATCHED[watched].kinds
    line = journal.find_later_entry(db(), debate_id or None, kinds, seen)
    who = line and line.actor.removeprefix("staff:")
    about = line and line.delegation_id
    return {
        "news": line,
        "who": who,
        "about": delegations.get_delegation_by_id(db(), about) if about else None,
    }


def _for_readers(watched: str, debate_id: int, seen: int) -> Listening:
    """Lets in whoever may read the page that asks."""
    if watched not in WATCHED:
        raise NotFound
    member = get_member(WATCHED[watched].roles)
    return by_session(member.session, debate_id, watched, seen)


add_live_routes(blueprint, changes_page, _for_readers)


def page_news(debate: Debate | None) -> dict[str, str] | None:
    """Where the current page hears of changes; None for pages that need not."""
    page = _PAGE_OF.get(request.blueprint or "")
    if page is None:
        return None
    where: dict[str, Any] = {"watched": page, "debate_id": debate.id if debate else 0}
    where["seen"] = journal.get_end(db())[0]
    return {"stream": url_for("news.listen", **where), "state": url_for("news.poll", **where)}


def init_app(app: Flask) -> None:
    app.jinja_env.globals["page_news"] = page_news
