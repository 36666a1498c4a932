"""Says on every page of the console when its reader will be signed out, and how to stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from flask import Flask, Response, g, redirect, render_template, request, url_for

from rostrum.domain.access.sessions import WARNED_BEFORE, Session
from rostrum.domain.staff.accounts import SEES_LIST, Role
from rostrum.web.access import SignInNeeded, get_member
from rostrum.web.console.home import blueprint
from rostrum.web.context import parts

_AGAIN = timedelta(seconds=30)
"""How often a page that warns looks whether somebody did something on another page."""


class Presence(NamedTuple):
    """When a member of staff is signed out, as its pages know it."""

    ends_at: datetime
    may_stay: bool
    """Whether doing something puts the end off."""
    is_near: bool
    seconds: int
    """After how many seconds a page asks again."""


def presence_of(session: Session, role: Role, now: datetime) -> Presence:
    """The next end of this session; for an admin it may be that of idleness."""
    may_stay = role is Role.ADMIN and session.rests_at < session.expires_at
    ends_at = session.rests_at if may_stay else session.expires_at
    left = ends_at - now
    wait = min(_AGAIN, left) if left <= WARNED_BEFORE else left - WARNED_BEFORE
    return Presence(ends_at, may_stay, left <= WARNED_BEFORE, int(wait.total_seconds()) + 1)


@blueprint.get("/here")
def show_presence() -> Response | str:
    """What pages ask for by themselves: nothing, or the warning."""
    return _told()


@blueprint.put("/here")
def note_presence() -> Response | str:
    """Somebody pressed or touched something on a page."""
    return _told()


@blueprint.post("/here")
def stay() -> Response:
    """The button of the warning, without JavaScript."""
    get_member(SEES_LIST, before_set_up=True)
    return redirect(url_for(".show"), 303)


def _told() -> Response | str:
    """What stands on the page from now on; nothing new once nobody is signed in, which the page
    hears on its stream, or at what the person does next."""
    try:
        member = get_member(SEES_LIST, before_set_up=True)
    except SignInNeeded:
        if not request.htmx:
            raise
        return Response(status=204)
    session, now = member.session, parts().clock.now()
    if request.method == "PUT":
        session = replace(session, seen_at=now)
    found = presence_of(session, member.staff.role, now)
    return render_template("console/here.html", presence=found)


def _presence() -> Presence | None:
    member = g.get("member")
    return member and presence_of(member.session, member.staff.role, parts().clock.now())


def init_app(app: Flask) -> None:
    app.jinja_env.globals["presence_of_reader"] = _presence
