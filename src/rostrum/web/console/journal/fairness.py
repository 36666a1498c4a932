"""The page *How the order came about*."""

from __future__ import annotations

from flask import Blueprint, Response

from rostrum.actions.journal import read_fairness
from rostrum.domain.journal.fairness import Fairness
from rostrum.domain.staff.accounts import SEES_LIST
from rostrum.web.access import get_member_and_debate
from rostrum.web.context import db
from rostrum.web.respond import respond

blueprint = Blueprint("fairness", __name__, url_prefix="/staff/debates/<slug>/fairness")

HEIGHT = 120
"""Height of the chart's tallest bar, in the chart's own units."""


@blueprint.get("")
def show(slug: str) -> Response:
    """Compares stamps with numbers, and shows the rush in tenths of a second."""
    _, debate = get_member_and_debate(slug, SEES_LIST)
    report = read_fairness(db(), debate)
    return respond(
        "console/fairness/show.html",
        debate=debate,
        report=report,
        bars=_bars(report),
        tallest=max(report.rush),
        height=HEIGHT,
    )


def _bars(report: Fairness) -> list[tuple[int, int, int]]:
    """Slot, height and count for each tenth of a second in which somebody registered."""
    tallest = max(report.rush) or 1
    return [
        (slot, max(1, count * HEIGHT // tallest), count)
        for slot, count in enumerate(report.rush)
        if count
    ]
