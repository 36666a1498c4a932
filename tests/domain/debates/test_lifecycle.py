"""What became of a debate, and what that allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rostrum.actions.debates.toml_file import read_debate
from rostrum.domain.debates.debate import Debate, Status
from rostrum.domain.debates.lifecycle import (
    check_may_change,
    check_next,
    check_status_reason,
    takes_presses,
)
from rostrum.domain.debates.rehearsals import check_may_delete, rehearsal_of
from rostrum.domain.debates.settings import check_settings
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.registrations.registration import check_may_register
from rostrum.domain.retention.privacy import how_long, seen_by
from rostrum.domain.times import NEW_YORK, new_york
from tests.factories import BEFORE, OPENS_AT, SHIPPED

DEBATE = read_debate(SHIPPED.read_text(encoding="utf-8"))[0]


def be(status: Status, reason: str = "The chair travels.") -> Debate:
    return replace(DEBATE, status=status, status_reason=reason)


@pytest.mark.parametrize("status", Status)
def test_a_press_is_taken_in_an_active_debate_alone(status: Status) -> None:
    if status is Status.ACTIVE:
        check_may_register(be(status), False, OPENS_AT)
        return
    for instant in (BEFORE, OPENS_AT):
        with pytest.raises(RuleBroken, match=f"debate is {status}") as refused:
            check_may_register(be(status), False, instant)
        assert refused.value.field == "press"


@pytest.mark.parametrize(
    ("now", "closes_at", "takes"),
    [
        (OPENS_AT - timedelta(microseconds=1), None, False),
        (OPENS_AT, None, True),
        (OPENS_AT + timedelta(hours=1), OPENS_AT + timedelta(hours=1), False),
        (DEBATE.starts_at - timedelta(microseconds=1), None, True),
        (DEBATE.starts_at, None, False),
        (DEBATE.starts_at, DEBATE.starts_at + timedelta(minutes=15), True),
    ],
)
def test_the_order_is_made_until_the_list_closes_at_the_latest_when_the_meeting_starts(
    now: datetime, closes_at: datetime | None, takes: bool
) -> None:
    debate = replace(DEBATE, closes_at=closes_at)
    assert takes_presses(debate, now) == takes
    assert not takes_presses(replace(debate, status=Status.CANCELLED), now)


@pytest.mark.parametrize("status", Status)
def test_an_archived_debate_alone_changes_no_more(status: Status) -> None:
    if status is not Status.ARCHIVED:
        check_may_change(be(status))
        return
    with pytest.raises(Conflict, match="archived"):
        check_may_change(be(status))


STEPS = {
    Status.ACTIVE: {Status.POSTPONED, Status.CANCELLED, Status.ARCHIVED},
    Status.POSTPONED: set(Status),
    Status.CANCELLED: {Status.ACTIVE, Status.ARCHIVED},
    Status.ARCHIVED: {Status.ACTIVE},
}


@pytest.mark.parametrize("after", Status)
@pytest.mark.parametrize("before", Status)
def test_a_debate_takes_only_the_steps_that_make_sense(before: Status, after: Status) -> None:
    if after in STEPS[before]:
        check_next(be(before), after)
        return
    with pytest.raises(Conflict):
        check_next(be(before), after)


def test_a_status_needs_a_reason() -> None:
    assert check_status_reason("  Ill. ") == "Ill."
    with pytest.raises(RuleBroken):
        check_status_reason(" ")


def test_a_rehearsal_opens_soon_and_nothing_in_it_counts() -> None:
    copy = rehearsal_of(replace(DEBATE, id=7, version=3), 2, 10, BEFORE)
    assert copy.slug == f"{DEBATE.slug}-rehearsal-2"
    assert (copy.opens_at - BEFORE).total_seconds() == 600
    assert (copy.closes_at, copy.rehearsal_of, copy.version) == (None, 7, 0)
    assert copy.is_rehearsal
    check_may_delete(copy)


AFTERNOON = new_york(datetime.fromisoformat("2025-03-24 15:00"))
NINE = new_york(datetime.fromisoformat("2025-03-24 09:15"))


@pytest.mark.parametrize(
    ("now", "starts_at", "meets"),
    [
        ("2025-11-05 16:59:07", DEBATE.starts_at, "2025-11-06 10:00"),
        ("2025-11-05 09:12:51", AFTERNOON, "2025-11-06 15:00"),
        ("2025-11-05 09:12:51", NINE, "2025-11-06 10:00"),
        ("2025-11-07 09:12:51", DEBATE.starts_at, "2025-11-10 10:00"),
        ("2025-10-31 23:50:00", DEBATE.starts_at, "2025-11-03 10:00"),
        ("2025-11-01 12:00:00", DEBATE.starts_at, "2025-11-03 10:00"),
    ],
)
def test_a_rehearsal_meets_at_an_hour_of_meetings_on_the_next_working_day(
    now: str, starts_at: datetime, meets: str
) -> None:
    began = new_york(datetime.fromisoformat(now))
    debate = replace(DEBATE, starts_at=starts_at)
    copy = rehearsal_of(debate, 1, 10, began)
    assert f"{copy.starts_at.astimezone(NEW_YORK):%Y-%m-%d %H:%M}" == meets
    assert copy.opens_at < copy.letter_deadline <= copy.starts_at
    check_settings(copy)


def test_the_times_of_a_rehearsal_keep_their_distance_up_to_the_meeting() -> None:
    hour = timedelta(hours=1)
    closes, due = DEBATE.opens_at + hour, DEBATE.opens_at + 2 * hour
    debate = replace(DEBATE, closes_at=closes, letter_deadline=due)
    copy = rehearsal_of(debate, 1, 10, BEFORE + timedelta(seconds=7))
    opened = copy.opens_at - timedelta(seconds=7)
    minute = timedelta(minutes=1)
    assert (copy.closes_at, copy.letter_deadline) == (
        opened + hour + minute,
        opened + 2 * hour + minute,
    )
    check_settings(copy)


def test_a_rehearsal_is_not_rehearsed_and_a_debate_not_deleted() -> None:
    with pytest.raises(Conflict):
        rehearsal_of(replace(DEBATE, rehearsal_of=1), 1, 10, BEFORE)
    with pytest.raises(Conflict):
        check_may_delete(DEBATE)


@pytest.mark.parametrize("minutes", [0, -1, 1441])
def test_a_rehearsal_opens_within_a_day(minutes: int) -> None:
    with pytest.raises(RuleBroken):
        rehearsal_of(DEBATE, 1, minutes, BEFORE)


@pytest.mark.parametrize(("days", "told"), [(None, "No time is set"), (30, "%(days)s days")])
def test_how_long_is_told_from_the_settings(days: int | None, told: str) -> None:
    assert told in how_long(replace(DEBATE, retention_days=days))[0].text
    assert len({seen[2].text for seen in map(seen_by, map(_shown, ("own", "public")))}) == 2


def _shown(visibility: str) -> Debate:
    return replace(DEBATE, visibility=visibility)
