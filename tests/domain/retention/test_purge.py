"""Until when data are kept, and when they may be deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from rostrum.actions.debates.toml_file import read_debate
from rostrum.domain.debates.debate import Debate, Status
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.retention.purge import (
    RemainingFile,
    Remains,
    check_may_purge,
    check_remains,
    check_slug,
    is_due,
    kept_until,
    may_purge,
)
from rostrum.domain.times import MICROSECOND, new_york
from tests.factories import SHIPPED


def make_debate(starts_at: str = "2025-03-24T10:00", **changes: object) -> Debate:
    shipped = read_debate(SHIPPED.read_text(encoding="utf-8"))[0]
    return replace(shipped, starts_at=new_york(datetime.fromisoformat(starts_at)), **changes)


@pytest.mark.parametrize(
    ("starts_at", "days", "until"),
    [
        ("2025-03-24T10:00", None, None),
        ("2025-03-24T10:00", 0, "2025-03-25T04:00"),
        ("2025-03-24T23:30", 0, "2025-03-25T04:00"),
        ("2025-03-24T10:00", 30, "2025-04-24T04:00"),
        ("2025-10-31T10:00", 2, "2025-11-03T05:00"),  # the clocks go back in between
        ("2025-03-08T10:00", 1, "2025-03-10T04:00"),  # and forward
        ("2025-02-27T10:00", 1, "2025-03-01T05:00"),
        ("2025-12-31T10:00", 365, "2027-01-01T05:00"),
    ],
)
def test_days_are_kept_to_their_end_in_new_york(
    starts_at: str, days: int | None, until: str | None
) -> None:
    debate = make_debate(starts_at, retention_days=days)
    found = kept_until(debate)
    assert (found and found.strftime("%Y-%m-%dT%H:%M")) == until
    if found:
        assert is_due(debate, found)
        assert not is_due(debate, found - MICROSECOND)


def test_without_a_time_nothing_is_ever_due() -> None:
    assert not is_due(make_debate(), new_york(datetime.fromisoformat("2099-01-01")))


@pytest.mark.parametrize(
    ("now", "changes", "may"),
    [
        ("2025-03-24T23:59", {}, False),
        ("2025-03-25T00:00", {}, True),
        ("2025-03-01T00:00", {"rehearsal_of": 1}, True),
        ("2025-03-01T00:00", {"status": Status.ARCHIVED}, True),
        ("2025-03-01T00:00", {"status": Status.CANCELLED, "status_reason": "No."}, True),
        ("2025-03-01T00:00", {"status": Status.POSTPONED, "status_reason": "Later."}, False),
    ],
)
def test_nothing_goes_while_the_meeting_needs_it(now: str, changes: dict, may: bool) -> None:
    debate, instant = make_debate(**changes), new_york(datetime.fromisoformat(now))
    assert may_purge(debate, instant) is may
    if not may:
        with pytest.raises(RuleBroken):
            check_may_purge(debate, instant)


def test_a_deletion_takes_what_was_listed_and_nothing_else() -> None:
    seen = Remains((RemainingFile("a.pdf", 1),), {"remarks": 1})
    check_remains(seen, seen.version)
    others = (
        replace(seen, texts={"remarks": 2}),
        replace(seen, files=(RemainingFile("a.pdf", 2),)),
        replace(seen, copies=(RemainingFile("rostrum.db.before-m0008", 9),)),
    )
    for other in others:
        with pytest.raises(Conflict):
            check_remains(other, seen.version)


@pytest.mark.parametrize("typed", ["", "another", "2025-03-24-PEACE-OPERATIONS"])
def test_a_debate_is_deleted_by_its_whole_name(typed: str) -> None:
    with pytest.raises(RuleBroken):
        check_slug(make_debate(), typed)
