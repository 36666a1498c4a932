"""A delegation's calendar file: right instants, brought up to date by the next one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flask import Flask
from icalendar import Calendar, Event

from rostrum.domain.debates.debate import Debate, Status
from rostrum.store.database import Database
from rostrum.store.debates import update_debate
from tests.factories import FakeClock
from tests.web.client import Browser
from tests.web.factories import home, set_instant, take_place


def events_of(kenya: Browser, debate: Debate) -> dict[str, Event]:
    """The events of the file by the first word of their names."""
    kenya.get(home(debate))
    answer = kenya.client.get(f"{home(debate)}/calendar.ics", base_url=kenya.base_url)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    calendar = Calendar.from_ical(answer.data)
    return {str(each["uid"]).partition("-")[0]: each for each in calendar.events}


def test_before_the_opening_it_has_the_opening_the_deadline_and_the_meeting(
    db: Database, debate: Debate, kenya: Browser
) -> None:
    deadline = datetime(2025, 3, 20, 16, tzinfo=UTC)
    set_instant(db, debate, letter_deadline=deadline)
    found = events_of(kenya, debate)
    starts = {name: each.start for name, each in found.items()}
    assert starts == {
        "opening": debate.opens_at.replace(microsecond=0),
        "letter": deadline,
        "meeting": debate.starts_at,
    }
    assert found["opening"].alarms.times[0].trigger == debate.opens_at - timedelta(minutes=15)
    assert str(found["opening"]["url"]).endswith(home(debate))


def test_who_has_a_place_finds_its_statement_and_moves_with_it(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    take_place(app, db, debate)
    before = events_of(kenya, debate)
    assert "opening" not in before
    assert before["statement"].start >= debate.starts_at
    assert "Kenya speaks between" in str(before["statement"]["summary"])
    opened.advance(minutes=2)
    later = events_of(kenya, debate)["statement"]
    assert later["uid"] == before["statement"]["uid"]
    assert later["sequence"] == before["statement"]["sequence"] + 2


def test_a_debate_that_is_called_off_goes_from_the_calendar(
    db: Database, debate: Debate, kenya: Browser
) -> None:
    update_debate(db, replace(debate, status=Status.CANCELLED, status_reason="No quorum."))
    assert {str(each["status"]) for each in events_of(kenya, debate).values()} == {"CANCELLED"}
