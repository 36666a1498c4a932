"""Forecasts: reads what they need besides the debate's settings."""

from __future__ import annotations

from rostrum.domain.debates.debate import Debate, Status
from rostrum.domain.order.forecasts import (
    Forecast,
    ListForecast,
    Shift,
    announced_list,
    forecast_place,
    shift_of,
)
from rostrum.domain.order.places import Standing
from rostrum.store.debates import count_council_members
from rostrum.store.speaking_order import get_shape
from rostrum.web.context import db


def place_forecast(debate: Debate, standing: Standing) -> Forecast | None:
    """When this place begins; None if the debate does not take place as announced."""
    if debate.status is not Status.ACTIVE:
        return None
    shape = get_shape(db(), debate, standing.council_count)
    return forecast_place(debate, shape, standing.number).rounded()


def console_forecast(debate: Debate, total: int) -> ListForecast | None:
    """When each place of the list begins, and when it ends; None for an empty list."""
    shape = get_shape(db(), debate, count_council_members(db(), debate.id))
    return announced_list(debate, shape, total)


def place_shift(debate: Debate, before: int, after: int) -> Shift | None:
    """What another place means for the speaking time; None if no times are shown."""
    council_count = count_council_members(db(), debate.id)
    standings = [Standing(number, number, council_count) for number in (before, after)]
    times = [place_forecast(debate, standing) for standing in standings]
    return shift_of(debate, *times) if all(times) else None
