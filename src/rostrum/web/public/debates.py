"""Public pages of a debate: its rule, what is kept about people, its public list."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, render_template

from rostrum.domain.debates.debate import Debate, Visibility
from rostrum.domain.errors import NotFound
from rostrum.domain.journal.kinds import kinds_shown_on
from rostrum.domain.journal.watched_pages import Page
from rostrum.domain.order.rule_in_words import order_rule
from rostrum.domain.order.speaking_order import Section, Statement
from rostrum.domain.retention.privacy import how_long, kept, seen_by
from rostrum.domain.times import from_micros
from rostrum.store import messages
from rostrum.store.database import Database
from rostrum.store.debates import get_debate, get_debate_by_id, list_debates
from rostrum.store.journal import find_later_entry
from rostrum.store.retention import check_is_there, list_deleted_debates
from rostrum.store.speaking_order import list_statements
from rostrum.web.access import asked_after_changes, find_own
from rostrum.web.context import db, parts
from rostrum.web.live.blocks import Listening, add_live_routes, live_block
from rostrum.web.live.published import publish
from rostrum.web.public.announced import told_to_everybody
from rostrum.web.public.forecasts import console_forecast
from rostrum.web.respond import respond

blueprint = Blueprint("debates", __name__, url_prefix="/debates/<slug>")


def _get(slug: str) -> Debate:
    """The debate of this address, unless it was deleted."""
    debate = get_debate(db(), slug)
    check_is_there(db(), debate.id)
    return debate


@blueprint.get("/rule")
def show_rule(slug: str) -> Response:
    """The rule that gives the places, from the debate's settings."""
    debate = _get(slug)
    return respond(
        "public/debates/rule.html", debate=debate, own=find_own(debate), rule=order_rule(debate)
    )


def is_public(reader: Database, debate: Debate) -> bool:
    """Whether the mission shows this list to everybody."""
    is_deleted = debate.id in list_deleted_debates(reader)
    return debate.visibility is Visibility.PUBLIC and not is_deleted


def list_public_debates(reader: Database) -> list[Debate]:
    """The debates that everybody may follow, the latest start first; no rehearsals."""
    found = list_debates(reader)
    return [each for each in found if is_public(reader, each) and not each.is_rehearsal]


@live_block("public/debates/list.html", "public_list", is_public=True)
def public_page(debate_id: int) -> dict[str, Any]:
    """Opening, list and closing as they are now; raises NotFound if the list is not public."""
    debate = get_debate_by_id(db(), debate_id)
    if not is_public(db(), debate):
        raise NotFound
    sections = _sections(list_statements(db(), debate))
    registered = sections[Section.REGISTERED]
    return {
        "debate": debate,
        "phase": debate.phase(parts().clock.now()),
        "mission_messages": messages.list_public(db(), debate_id, parts().clock.now()),
        "told": told_to_everybody(debate),
        "sections": sections,
        "listed": list(enumerate((each.delegation for each in registered), 1)),
        "forecast": console_forecast(debate, len(registered)),
        "changed_at": find_last_change(db(), debate_id),
    }


def find_last_change(reader: Database, debate_id: int) -> datetime | None:
    """When a place was last given, moved or taken away: a list on paper is as of then, and a live
    one is told anew only for a change."""
    entry = find_later_entry(reader, debate_id, kinds_shown_on(Page.PLACES), seen=0)
    return from_micros(entry.at) if entry else None


def _sections(statements: list[Statement]) -> dict[Section, list[Statement]]:
    return {
        section: [each for each in statements if each.section is section] for section in Section
    }


@blueprint.get("/list")
def show_list(slug: str) -> Response:
    """Opening and list of a debate that the mission shows to everybody."""
    return publish(lambda: _page(slug))


def _page(slug: str) -> str:
    values = public_page(_get(slug).id)
    return render_template("public/debates/list.html", is_for_everybody=True, **values)


def _for_everybody(slug: str) -> Listening:
    """Lets anybody listen as long as the mission shows the list to everybody."""
    debate = _get(slug)
    if not is_public(db(), debate):
        raise NotFound
    may_stay = asked_after_changes(lambda reader: _may_see(reader, slug))
    return Listening((debate.id,), object(), may_stay)


def _may_see(reader: Database, slug: str) -> bool:
    return any(each.slug == slug and is_public(reader, each) for each in list_debates(reader))


add_live_routes(blueprint, public_page, _for_everybody, under=["/list"])


@blueprint.get("/privacy")
def show_privacy(slug: str) -> Response:
    """What is kept, for whom and how long, from the debate's settings."""
    debate = _get(slug)
    parts = {"kept": kept(), "seen_by": seen_by(debate), "how_long": how_long(debate)}
    return respond("public/debates/privacy.html", debate=debate, own=find_own(debate), **parts)
