"""What anybody may know of a debate: the rule of its order, and what is kept of people."""

from __future__ import annotations

from flask import Blueprint, Response

from rostrum.domain.debates import Debate, Visibility
from rostrum.domain.errors import NotFound
from rostrum.domain.privacy import kept, kept_until, seen_by
from rostrum.domain.rules import order_rule
from rostrum.store.debates import count_council_members, get_debate
from rostrum.store.registrations import list_with_delegations
from rostrum.store.retention import check_is_there
from rostrum.web.context import db
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
    """Places and names of delegations, where the mission shows them to everybody."""
    debate = _get(slug)
    if debate.visibility is not Visibility.PUBLIC:
        raise NotFound
    listed = [pair for pair in list_with_delegations(db(), debate.id) if pair[0].is_active]
    council_count = count_council_members(db(), debate.id)
    page = {"debate": debate, "listed": listed, "council_count": council_count}
    return respond("debates/list.html", **page)


@blueprint.get("/privacy")
def show_privacy(slug: str) -> Response:
    """What is kept, for whom and how long, composed from the debate's settings."""
    debate = _get(slug)
    parts = {"kept": kept(), "seen_by": seen_by(debate), "kept_until": kept_until(debate)}
    return respond("debates/privacy.html", debate=debate, **parts)
