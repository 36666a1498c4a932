"""The live list for staff, and its CSV."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response, request

from rostrum.domain.exports.lists import staff_csv
from rostrum.domain.letters.letter import LetterState
from rostrum.domain.order.forecasts import later_days
from rostrum.domain.registrations.deadlines import is_overdue
from rostrum.domain.staff.accounts import SEES_LIST
from rostrum.store import debates, delegations, messages, places, registrations
from rostrum.web.access import get_member_and_debate
from rostrum.web.console.order.swaps import count_agreed_swaps
from rostrum.web.context import db, parts
from rostrum.web.delegates.list import csv_file
from rostrum.web.live.blocks import add_live_routes, for_staff, live_block
from rostrum.web.public.forecasts import console_forecast
from rostrum.web.respond import respond

blueprint = Blueprint("console", __name__, url_prefix="/staff/debates/<slug>")

FIGURES = {
    "registered": lambda r: r.is_active,
    "pending": lambda r: r.is_active and r.letter.state is LetterState.PENDING,
    "returned": lambda r: r.is_active and r.letter.state is LetterState.RETURNED,
    "withdrawn": lambda r: not r.is_active,
}
"""The four figures of the console, and the registrations that each counts."""
LATE = "late"
"""A further filter: places without an accepted letter after the deadline."""
SHOWN = (*FIGURES, LATE)


@live_block("console/registrations/list.html", "console_list")
def console_page(debate_id: int, shown: str) -> dict[str, Any]:
    """The list for staff, filtered by one of the four figures or `LATE`."""
    names = {found.id: found for found in delegations.list_delegations(db())}
    listed = registrations.list_registrations(db(), debate_id)
    moves = places.list_last_moves(db(), debate_id)
    counts = places.list_move_counts(db(), debate_id)
    debate, now = debates.get_debate_by_id(db(), debate_id), parts().clock.now()
    late = partial(is_overdue, debate, now=now)
    belongs = FIGURES | {LATE: late}
    forecast = console_forecast(debate, sum(held.is_active for held in listed))
    return {
        "debate": debate,
        "mission_message": messages.find_message(db(), debate_id),
        "phase": debate.phase(now),
        "shown": shown,
        "figures": {name: sum(map(belongs[name], listed)) for name in FIGURES},
        "late": late,
        "late_count": sum(map(late, listed)),
        "rows": [
            (held, names[held.delegation_id], moves.get(held.id), counts.get(held.id, []))
            for held in listed
            if belongs[shown](held)
        ],
        "causers": names,
        "reading": parts().readers.by_letter(),
        "swap_count": count_agreed_swaps(debate_id),
        "forecast": forecast,
        "later_days": later_days(forecast, debate.starts_at) if forecast else [],
    }


def _shown() -> str:
    asked = request.args.get("show", "")
    return asked if asked in SHOWN else SHOWN[0]


@blueprint.get("")
def list_registrations(slug: str) -> Response:
    """The registrations, and what the mission must do next."""
    _, debate = get_member_and_debate(slug, SEES_LIST)
    values = console_page(debate.id, _shown())
    return respond("console/registrations/list.html", "console_list", **values)


add_live_routes(blueprint, console_page, for_staff(SEES_LIST, _shown))


@blueprint.get("/list.csv")
def export(slug: str) -> Response:
    """The list in speaking order with contacts, for staff only."""
    _, debate = get_member_and_debate(slug, SEES_LIST)
    text = staff_csv(registrations.list_with_delegations(db(), debate.id))
    return csv_file(text, f"{debate.slug}-list.csv")
