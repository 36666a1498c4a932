"""What delegations were told and is so no longer: when a reason is needed, how long it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rostrum.actions.debates.toml_file import read_debate
from rostrum.domain.debates.announced import (
    LETTERS,
    MEETING,
    OPENING,
    VENUE,
    AnnouncedChange,
    announced_value,
    check_announced,
    still_told,
)
from rostrum.domain.debates.debate import Debate, Status
from rostrum.domain.errors import RuleBroken
from tests.factories import BEFORE, OPENS_AT, SHIPPED

DAY = timedelta(days=1)
WHY = "The chair travels."
DEBATE = read_debate(SHIPPED.read_text(encoding="utf-8"))[0]
STARTS_AT = datetime(2025, 3, 24, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("later", "reason", "is_announced", "has_places", "field"),
    [
        (timedelta(0), "", True, True, None),
        (DAY, "", False, False, None),
        (DAY, WHY, True, False, None),
        (DAY, "", True, False, "reason"),
        (DAY, WHY, True, True, "opens_at"),
    ],
)
def test_an_announced_opening_moves_with_a_reason_and_before_the_first_place(
    later: timedelta, reason: str, is_announced: bool, has_places: bool, field: str | None
) -> None:
    after = replace(DEBATE, opens_at=OPENS_AT + later)
    where = {"is_announced": is_announced, "has_places": has_places}
    if field is None:
        check_announced(DEBATE, after, reason, **where)
        return
    with pytest.raises(RuleBroken) as refused:
        check_announced(DEBATE, after, reason, **where)
    assert refused.value.field == field


def change(part: str, at: datetime = BEFORE, reason: str = WHY, **values: object):
    told = {"before": "elsewhere", "after": announced_value(DEBATE, part)} | values
    return AnnouncedChange(1, part, reason=reason, changed_at=at, changed_by="anna", **told)


def parts(
    *changes: AnnouncedChange, debate: Debate = DEBATE, now: datetime = BEFORE
) -> list[list[str]]:
    return [[each.part for each in act] for act in still_told(changes, debate, now)]


def test_changes_of_one_act_are_told_together_and_in_their_order() -> None:
    later = BEFORE + DAY
    told = parts(change(VENUE, later), change(LETTERS), change(MEETING), change(OPENING))
    assert told == [[MEETING, OPENING, LETTERS], [VENUE]]


@pytest.mark.parametrize(
    ("change", "debate", "now"),
    [
        (change(VENUE), DEBATE, STARTS_AT),
        (change(LETTERS, before=BEFORE), DEBATE, DEBATE.letter_deadline),
        (change(LETTERS, before=STARTS_AT), DEBATE, STARTS_AT),
        (change(OPENING, after=OPENS_AT + DAY), DEBATE, BEFORE),
        (change(MEETING), replace(DEBATE, status=Status.POSTPONED, status_reason=WHY), BEFORE),
        (change(MEETING), replace(DEBATE, status=Status.POSTPONED, dates_are_open=True), BEFORE),
    ],
    ids=[
        "meeting began",
        "later deadline over",
        "earlier deadline over and meeting began",
        "changed again",
        "said already",
        "dates not known",
    ],
)
def test_what_matters_no_longer_is_not_told(
    change: AnnouncedChange, debate: Debate, now: datetime
) -> None:
    assert parts(change, debate=debate, now=now) == []


@pytest.mark.parametrize("before", [None, STARTS_AT])
def test_that_letters_were_due_earlier_is_told_after_that_time_too(before: datetime | None) -> None:
    earlier = change(LETTERS, before=before)
    assert parts(earlier, now=DEBATE.letter_deadline) == [[LETTERS]]
