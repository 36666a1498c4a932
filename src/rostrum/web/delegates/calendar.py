"""What a delegation has to remember, as a file for its calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, url_for

from rostrum.domain.debates.debate import Phase, Status
from rostrum.domain.letters.letter import LetterState
from rostrum.domain.registrations.deadlines import deadline_of
from rostrum.domain.registrations.registration import Registration
from rostrum.store.registrations import find_active_registration
from rostrum.web.access import Delegate, get_delegate
from rostrum.web.addresses import outside_address
from rostrum.web.context import db, parts
from rostrum.web.delegates.number import number_of
from rostrum.web.documents import send_download
from rostrum.web.language.catalogs import gettext
from rostrum.web.language.formats import clock_minutes, delegation_name
from rostrum.web.public.forecasts import place_forecast

blueprint = Blueprint("calendar", __name__, url_prefix="/debates/<slug>/delegations/<code>")

MEDIA_TYPE = "text/calendar"
_FIRST = datetime(2020, 1, 1, tzinfo=UTC)
"""A calendar takes an event for newer by its number: the minutes since then."""


@dataclass(frozen=True)
class _Date:
    """Something at an instant, with a reminder some time before."""

    name: str
    """The same for the same thing in every file, so that a calendar brings its own up to date."""
    title: str
    at: datetime
    lasts: timedelta
    reminder: timedelta


@blueprint.get("/calendar.ics")
def download(slug: str, code: str) -> Response:
    """The opening, the end of the time for letters, the meeting and the delegation's statement."""
    delegate = get_delegate(slug, code)
    content = io.BytesIO(_written(delegate, parts().clock.now()))
    return send_download(content, f"{delegate.debate.slug}-{code}.ics", MEDIA_TYPE)


def _dates(delegate: Delegate, now: datetime) -> Iterator[_Date]:
    debate, quarter = delegate.debate, timedelta(minutes=15)
    title = debate.notice.short_title
    held = find_active_registration(db(), debate.id, delegate.delegation.id)
    if debate.phase(now) is Phase.BEFORE and not delegate.is_council_member:
        opens = gettext("The list of speakers opens: %(debate)s", debate=title)
        yield _Date("opening", opens, debate.opens_at, quarter, quarter)
    deadline = deadline_of(debate, held)
    needs_none = held is not None and held.letter.state == LetterState.ACCEPTED
    if deadline and not needs_none and not delegate.is_council_member:
        due = gettext("The time for letters ends: %(debate)s", debate=title)
        yield _Date("letter", due, deadline, timedelta(), timedelta(hours=3))
    meeting = gettext("Security Council: %(debate)s", debate=title)
    yield _Date("meeting", meeting, debate.starts_at, timedelta(hours=3), timedelta(hours=1))
    if held:
        yield from _statement(delegate, held)


def _statement(delegate: Delegate, held: Registration) -> Iterator[_Date]:
    forecast = place_forecast(delegate.debate, number_of(held)["standing"])
    if forecast is None:
        return
    title = gettext(
        "%(delegation)s speaks between %(earliest)s and %(latest)s New York (an estimate)",
        delegation=delegation_name(delegate.delegation),
        earliest=clock_minutes(forecast.earliest),
        latest=clock_minutes(forecast.latest),
    )
    lasts = timedelta(seconds=delegate.debate.speaking_limit)
    yield _Date("statement", title, forecast.at, lasts, timedelta(minutes=45))


def _written(delegate: Delegate, now: datetime) -> bytes:
    # The library takes 0.4 s to load: no start of the server waits for it.
    from icalendar import STATUS, Alarm, Calendar, Event

    debate, code = delegate.debate, delegate.delegation.code
    page = url_for("registrations.show", slug=debate.slug, code=code)
    is_on = debate.status in (Status.ACTIVE, Status.ARCHIVED)
    calendar = Calendar.new(prodid="-//Rostrum//Rostrum//EN", name=debate.notice.short_title)
    for date in _dates(delegate, now):
        event = Event.new(
            uid=f"{date.name}-{debate.id}-{code}@{outside_address().url.partition('://')[2]}",
            summary=date.title,
            start=date.at,
            end=date.at + date.lasts,
            location=debate.notice.venue,
            url=f"{outside_address().url}{page}",
            stamp=now,
            sequence=(now - _FIRST) // timedelta(minutes=1),
            status=STATUS.CONFIRMED if is_on else STATUS.CANCELLED,
        )
        alarm = Alarm.new(description=date.title)
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", -date.reminder)
        event.add_component(alarm)
        calendar.add_component(event)
    return calendar.to_ical()
