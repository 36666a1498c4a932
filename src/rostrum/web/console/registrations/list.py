"""The live list for staff: who is registered, and who is awaited."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response

from rostrum.domain.debates.debate import Debate, Phase, Status
from rostrum.domain.delegations.delegation import Delegation, is_found
from rostrum.domain.order.forecasts import later_days
from rostrum.domain.registrations.roll import Shown, View, choose, count_parts
from rostrum.domain.staff.accounts import (
    DECIDES_LATE_LETTERS,
    MANAGES_DELEGATIONS,
    MOVES_PLACES,
    READS_LETTERS,
    REGISTERS_ON_BEHALF,
    SEES_LIST,
    Role,
)
from rostrum.store import debates, delegations, messages, places
from rostrum.store.council import list_council_members
from rostrum.store.roll import list_roll
from rostrum.web.access import Member, get_member_and_debate
from rostrum.web.console.order.swaps import count_agreed_swaps
from rostrum.web.console.registrations.views import args_of, asked_view, sorts_of
from rostrum.web.context import db, parts
from rostrum.web.language.catalogs import get_locale
from rostrum.web.live.blocks import Listening, add_live_routes, by_session, live_block
from rostrum.web.public.forecasts import console_forecast
from rostrum.web.respond import respond

blueprint = Blueprint("console", __name__, url_prefix="/staff/debates/<slug>")

BEFORE_THE_PRESS = (Shown.READY, Shown.NOT_READY, Shown.UNOPENED)
"""Parts about those that may still register."""
SELDOM = (Shown.FOLLOWING, Shown.LATE)
"""Parts that most debates never have."""


@live_block("console/registrations/list.html", "console_list")
def console_page(debate_id: int, asked: View, role: Role) -> dict[str, Any]:
    """The list for staff of this role, filtered, searched and sorted as asked."""
    debate, now = debates.get_debate_by_id(db(), debate_id), parts().clock.now()
    phase, roll = debate.phase(now), list_roll(db(), debate, now)
    view, counts = asked.at(phase), count_parts(roll)
    moves = places.list_last_moves(db(), debate_id)
    move_counts = places.list_move_counts(db(), debate_id)
    forecast = console_forecast(debate, counts[Shown.REGISTERED])
    return {
        "debate": debate,
        "mission_messages": messages.list_standing(db(), debate_id, now),
        "phase": phase,
        "asked": args_of(asked),
        "here": args_of(view),
        "view": view,
        "counts": counts,
        "figures": {
            each: args_of(replace(asked, shown=each, sought=""))
            for each in _parts_offered(debate, phase, view, counts)
        },
        "members_found": _members_found(debate_id, view.sought),
        "unsearched": args_of(replace(asked, sought="")),
        "sorts": sorts_of(view),
        "rows": [
            (each, *((moves.get(held.id), move_counts.get(held.id, [])) if held else (None, [])))
            for each in choose(roll, view, get_locale().language)
            for held in [each.held]
        ],
        "causers": {found.id: found for found in delegations.list_delegations(db())},
        "reading": parts().readers.by_letter(),
        "swap_count": count_agreed_swaps(debate_id),
        "forecast": forecast,
        "later_days": later_days(forecast, debate.starts_at) if forecast else [],
        "may": _may(role),
    }


def _members_found(debate_id: int, sought: str) -> list[Delegation]:
    """Council members with these words in their names: they stand on another page."""
    if not sought:
        return []
    members = list_council_members(db(), debate_id)
    return [each.delegation for each in members if is_found(each.delegation, sought)]


def _parts_offered(
    debate: Debate, phase: Phase, view: View, counts: dict[Shown, int]
) -> list[Shown]:
    """The parts that are offered: none about letters before the opening, none about the awaited
    once nobody can register, all the awaited together only while they are open, and of those
    that are mostly empty only what has rows or is open."""
    is_awaiting = phase is not Phase.CLOSED and debate.status in (Status.ACTIVE, Status.POSTPONED)
    found = {Shown.ALL, view.shown}
    if phase is not Phase.BEFORE or counts[Shown.REGISTERED]:
        found |= set(Shown) - {*BEFORE_THE_PRESS, *SELDOM}
    found |= set(BEFORE_THE_PRESS) if is_awaiting else set()
    found -= {Shown.AWAITED} - {view.shown}
    found |= {each for each in SELDOM if counts[each]}
    return [each for each in Shown if each in found]


def _may(role: Role) -> dict[str, bool]:
    """What the list offers a role, so that no link leads to a refusal."""
    return {
        "read_letters": role in READS_LETTERS,
        "move": role in MOVES_PLACES,
        "decide_late": role in DECIDES_LATE_LETTERS,
        "enter": role in REGISTERS_ON_BEHALF,
        "invite": role in MANAGES_DELEGATIONS,
    }


@blueprint.get("")
def list_registrations(slug: str) -> Response:
    """The registrations and the awaited, and what the mission must do next."""
    member, debate = get_member_and_debate(slug, SEES_LIST)
    values = console_page(debate.id, *_about(member))
    return respond("console/registrations/list.html", "console_list", **values)


def _about(member: Member) -> tuple[View, Role]:
    return asked_view(), member.staff.role


def _let_in(slug: str) -> Listening:
    member, debate = get_member_and_debate(slug, SEES_LIST)
    return by_session(member.session, debate.id, *_about(member))


add_live_routes(blueprint, console_page, _let_in)
