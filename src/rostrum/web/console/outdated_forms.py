"""What a page with forms says when others changed what it shows: who, what and when."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, request, url_for

from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import NotFound
from rostrum.domain.journal.kinds import kinds_shown_on
from rostrum.domain.journal.watched_pages import READERS, Page
from rostrum.store import delegations, journal
from rostrum.web.access import get_member
from rostrum.web.context import db
from rostrum.web.language.catalogs import untranslated
from rostrum.web.language.formats import delegation_name
from rostrum.web.live.blocks import Listening, add_live_routes, by_session, live_block

blueprint = Blueprint(
    "news",
    __name__,
    url_prefix="/staff/news/<watched>/<int(max=999999999):debate_id>/<int(max=999999999):seen>",
)

_PAGE_OF = {
    "console_debates": Page.SETTINGS,
    "console_debates.council": Page.SETTINGS,
    "console_debates.notices": Page.SETTINGS,
    "console_debates.concept_note": Page.SETTINGS,
    "console_debates.status": Page.SETTINGS,
    "console_debates.rehearsals": Page.SETTINGS,
    "console_levels": Page.LEVELS,
    "console_council": Page.COUNCIL,
    "council_speakers": Page.COUNCIL,
    "console_messages": Page.MESSAGES,
    "console_swaps": Page.SWAPS,
    "console_places": Page.PLACES,
    "console_sheets": Page.PLACES,
    "console_reinstatements": Page.PLACES,
    "console_deadlines": Page.DEADLINES,
    "console_invitations": Page.INVITATION,
    "exports": Page.LIST,
    "fairness": Page.LIST,
    "journal": Page.JOURNAL,
    "console_journal": Page.JOURNAL,
    "retention": Page.RETENTION,
    "console_delegations": Page.DELEGATIONS,
    "people": Page.PEOPLE,
    "addresses": Page.ADDRESS,
    "mission_contact": Page.CONTACT,
}
"""The watched page by blueprint or endpoint; pages that are live themselves are not here."""


@live_block("console/changes.html", "changes")
def changes_page(debate_id: int, watched: str, seen: int, reader: str) -> dict[str, Any]:
    """The latest entry by others that puts a watched page out of date, if there is one.

    `seen` is the number of the last journal entry when the page was made. What `reader` did,
    on whichever page, is not told to `reader` as a change by others.
    """
    kinds = kinds_shown_on(Page(watched))
    own = str(Actor("staff", reader))
    line = journal.find_later_entry(db(), debate_id or None, kinds, seen, but_by=own)
    who = line and _name_of(line.actor)
    about_id = line and line.delegation_id
    about = delegation_name(delegations.get_delegation_by_id(db(), about_id)) if about_id else ""
    return {"change": line, "who": who, "about": about if about != who else ""}


def _name_of(actor: str) -> str:
    """Staff by the name of the account, a delegation by its own name."""
    kind, _, name = actor.partition(":")
    if kind == "delegation":
        return delegation_name(delegations.get_delegation(db(), name))
    return untranslated(name or kind)


def _for_readers(watched: str, debate_id: int, seen: int) -> Listening:
    """Lets in whoever may read the page that asks."""
    if watched not in READERS:
        raise NotFound
    member = get_member(READERS[Page(watched)])
    return by_session(member.session, debate_id, watched, seen, member.staff.name)


add_live_routes(blueprint, changes_page, _for_readers)


def stream_of_changes(debate: Debate | None) -> dict[str, str] | None:
    """Where the current page hears of changes; None for pages that need not."""
    page = _PAGE_OF.get(request.blueprint or "")
    if page is None:
        return None
    where: dict[str, Any] = {"watched": page, "debate_id": debate.id if debate else 0}
    where["seen"] = journal.get_end(db())[0]
    return {"stream": url_for("news.listen", **where), "state": url_for("news.poll", **where)}


def init_app(app: Flask) -> None:
    app.jinja_env.globals["stream_of_changes"] = stream_of_changes
