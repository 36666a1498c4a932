"""The first page of the console: the debates that this mission runs, live."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from rostrum.domain.debates.debate import Status
from rostrum.domain.staff.accounts import MANAGES_DEBATES, SEES_LIST, admins_of
from rostrum.store.debates import list_debates
from rostrum.store.retention import list_deleted_debates
from rostrum.store.staff import list_staff
from rostrum.web.access import Member, get_member
from rostrum.web.console.debates.way import standing_of
from rostrum.web.console.room import little_room
from rostrum.web.context import clock_now, db, parts
from rostrum.web.live.blocks import Listening, add_live_routes, by_session, live_block
from rostrum.web.respond import respond

blueprint = Blueprint("staff", __name__, url_prefix="/staff")


@live_block("console/home/show.html", "overview")
def overview_page(may_manage: bool) -> dict[str, Any]:
    """The debates that this mission runs, the next meeting first, with archived ones apart."""
    deleted = list_deleted_debates(db())
    there = [debate for debate in list_debates(db()) if debate.id not in deleted]
    found = sorted(there, key=lambda debate: (debate.is_rehearsal, debate.starts_at))
    return {
        "current": [each for each in found if each.status is not Status.ARCHIVED],
        "archived": [each for each in found if each.status is Status.ARCHIVED],
        "standings": {each.id: standing_of(each) for each in found},
        "now": clock_now(),
        "may_manage": may_manage,
        "room": little_room(),
        "lone_admin": _lone_admin() if may_manage else "",
        "cage": parts().cage.told if may_manage else None,
    }


@blueprint.get("")
def show() -> Response:
    """The debates that this mission runs."""
    member = get_member(SEES_LIST)
    return respond("console/home/show.html", **overview_page(_may_manage(member)))


def _lone_admin() -> str:
    """The name of the only admin who can sign in; empty if there are several."""
    admins = admins_of(list_staff(db()))
    return admins[0].name if len(admins) == 1 and not admins[0].is_demo else ""


def _may_manage(member: Member) -> bool:
    return member.staff.role in MANAGES_DEBATES


def _for_members() -> Listening:
    member = get_member(SEES_LIST)
    return by_session(member.session, _may_manage(member))


add_live_routes(blueprint, overview_page, _for_members, under=["/overview"])
