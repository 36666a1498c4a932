"""What anybody may know of a debate: the rule of its order, and what is kept of people."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from rostrum.domain.debates import Debate
from rostrum.domain.errors import NotFound
from rostrum.domain.privacy import how_long, kept, seen_by
from rostrum.domain.rules import order_rule
from rostrum.store.database import Database
from rostrum.store.debates import get_debate, list_debates
from rostrum.store.retention import check_is_there
from rostrum.web.access import asked_after_changes
from rostrum.web.context import db
from rostrum.web.live import Listening, add_live_routes
from rostrum.web.public_pages import is_public, public_page
from rostrum.web.published import publish
from rostrum.web.respond import respond

blueprint = Blueprint("debates", __name__, url_prefix="/debates/<slug>")


def _get(slug: str) -> Debate:
    """The debate of this address, unless it was deleted."""
    debate = get_debate(db(), slug)
    check_is_there(db(), debate.id)
    return debate


@blueprint.get("/rule")
def show_rule(slug: str) -> Response:
    """What decides the places, composed from the debate's settings."""
    debate = _get(slug)
    return respond("debates/rule.html", debate=debate, rule=order_rule(debate))


@blueprint.get("/list")
def show_list(slug: str) -> Response:
    """Opening and list of a debate that the mission shows to everybody."""
    return publish(lambda: _page(slug))


def _page(slug: str) -> str:
    values = public_page(_get(slug).id)
    return render_template("debates/list.html", is_for_everybody=True, **values)


def _for_everybody(slug: str) -> Listening:
    """As long as the mission shows the list to everybody."""
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
    """What is kept, for whom and how long, composed from the debate's settings."""
    debate = _get(slug)
    parts = {"kept": kept(), "seen_by": seen_by(debate), "how_long": how_long(debate)}
    return respond("debates/privacy.html", debate=debate, **parts)
