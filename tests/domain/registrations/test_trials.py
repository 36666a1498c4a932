"""When a delegation can try the button."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from rostrum.actions.debates.toml_file import read_debate
from rostrum.domain.debates.debate import Status
from rostrum.domain.registrations.trials import Trial, trial_of
from tests.factories import OPENS_AT, SHIPPED

DEBATE = replace(read_debate(SHIPPED.read_text(encoding="utf-8"))[0], closes_at=None)
END = OPENS_AT - timedelta(minutes=10)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (OPENS_AT - timedelta(days=20), Trial.OFFERED),
        (END - INSTANT, Trial.OFFERED),
        (END, Trial.OVER),
        (OPENS_AT, Trial.OVER),
    ],
)
def test_trying_ends_ten_minutes_before_the_opening(now: object, expected: Trial) -> None:
    assert trial_of(DEBATE, now, awaits_press=True) is expected


def test_a_closed_list_offers_nothing_to_try() -> None:
    closed = replace(DEBATE, closes_at=OPENS_AT + timedelta(hours=1))
    assert trial_of(closed, closed.closes_at, awaits_press=True) is Trial.NONE


def test_a_moved_opening_offers_the_trial_again() -> None:
    moved = replace(DEBATE, opens_at=OPENS_AT + timedelta(minutes=30))
    assert trial_of(moved, END, awaits_press=True) is Trial.OFFERED


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.ACTIVE}))
def test_a_debate_that_does_not_go_ahead_offers_nothing_to_try(status: Status) -> None:
    off = replace(DEBATE, status=status)
    assert trial_of(off, END - INSTANT, awaits_press=True) is Trial.NONE


def test_who_need_not_press_has_nothing_to_try() -> None:
    assert trial_of(DEBATE, END - INSTANT, awaits_press=False) is Trial.NONE
