"""The first page of the console: the debates that this mission runs, live."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from rostrum.domain.debates.debate import Status
from rostrum.domain.staff.accounts import MANAGES_DEBATES, SEES_LIST
from rostrum.store.debates import list_debates
from rostrum.store.retention import list_deleted_debates
from rostrum.web.access import Member, get_member
from rostrum.web.context import db
from rostrum.web.live.blocks import Listening, add_live_routes, by_session, live_block
from rostrum.web.respond import respond

blueprint = Blueprint("staff", __name__, url_prefix="/staff")


@live_block("console/home/show.html", "overview")
def overview_page(may_manage: bool) -> dict[str, Any]:
    """The debates that this mission runs, with archived ones apart."""
    deleted = list_deleted_debates(db())
    found = [debate for debate in list_debates(db()) if debate.id not in deleted]
    return {
        "current": [each for each in found if each.status is not Status.ARCHIVED],
        "archived": [each for each in found if each.status is Status.ARCHIVED],
        "may_manage": may_manage,
    }


@blueprint.get("")
def show() -> Response:
    """The debates that this mission runs."""
    member = get_member(SEES_LIST)
    return respond("console/home/show.html", **overview_page(_may_manage(member)))


def _may_manage(member: Member) -> bool:
    return member.staff.role in MANAGES_DEBATES


def _for_members() -> Listening:
    member = get_member(SEES_LIST)
    return by_session(member.session, _may_manage(member))


add_live_routes(blueprint, overview_page, _for_members, under=["/overview"])
