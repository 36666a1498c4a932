"""What anybody may know of a debate: the rule of its order, and what is kept of people."""

from __future__ import annotations

from flask import Blueprint, Response

from rostrum.domain.privacy import kept, kept_until, seen_by
from rostrum.domain.rules import order_rule
from rostrum.store.debates import get_debate
from rostrum.web.context import db
from rostrum.web.respond import respond

blueprint = Blueprint("debates", __name__, url_prefix="/debates/<slug>")


@blueprint.get("/rule")
def show_rule(slug: str) -> Response:
    """What decides the places, composed from the debate's settings."""
    debate = get_debate(db(), slug)
    return respond("debates/rule.html", debate=debate, rule=order_rule(debate))


@blueprint.get("/privacy")
def show_privacy(slug: str) -> Response:
    """What is kept, for whom and how long, composed from the debate's settings."""
    debate = get_debate(db(), slug)
    parts = {"kept": kept(), "seen_by": seen_by(debate), "kept_until": kept_until(debate)}
    return respond("debates/privacy.html", debate=debate, **parts)
