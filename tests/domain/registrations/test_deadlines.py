"""Deadlines of letters: for all and for one, and what may be decided when they have passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rostrum.actions.debates.toml_file import read_debate
from rostrum.domain.debates.debate import Debate, Status
from rostrum.domain.errors import RuleBroken
from rostrum.domain.letters.letter import LetterState
from rostrum.domain.registrations.deadlines import (
    came_in_time,
    check_extension,
    check_may_strike,
    check_takes_letters,
    deadline_of,
    moved_extension,
    owes_letter,
    proposed_extension,
    takes_letters,
)
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.times import MICROSECOND
from tests.domain.exports.test_lists import make_registration
from tests.factories import OPENS_AT, SHIPPED

DEADLINE = OPENS_AT + timedelta(days=2)
EXTENDED = DEADLINE + timedelta(hours=3)
STARTS_AT = datetime(2025, 3, 24, 14, tzinfo=UTC)
RETURNED = LetterState.RETURNED


def make_debate(deadline: datetime | None = DEADLINE) -> Debate:
    return replace(read_debate(SHIPPED.read_text(encoding="utf-8"))[0], letter_deadline=deadline)


def held(state: LetterState = LetterState.PENDING, until: datetime | None = None) -> Registration:
    registration = make_registration()
    letter = replace(registration.letter, state=state)
    return replace(registration, letter=letter, letter_deadline=until)


@pytest.mark.parametrize(
    ("registration", "deadline"),
    [(None, DEADLINE), (held(), DEADLINE), (held(until=EXTENDED), EXTENDED)],
)
def test_letters_are_taken_up_to_the_deadline_of_this_delegation(
    registration: Registration | None, deadline: datetime
) -> None:
    debate = make_debate()
    assert deadline_of(debate, registration) == deadline
    assert takes_letters(debate, registration, deadline - MICROSECOND)
    assert not takes_letters(debate, registration, deadline)
    with pytest.raises(RuleBroken) as refused:
        check_takes_letters(debate, registration and registration.letter_deadline, deadline)
    assert refused.value.sentence.values["deadline"] == deadline


def test_without_a_deadline_letters_are_taken_until_the_day_of_the_meeting_is_over() -> None:
    debate = make_debate(None)
    assert takes_letters(debate, held(), debate.day_ends_at - MICROSECOND)
    assert not takes_letters(debate, held(), debate.day_ends_at)
    with pytest.raises(RuleBroken):
        check_takes_letters(debate, None, debate.day_ends_at)
    assert not owes_letter(debate, held(RETURNED), debate.day_ends_at)


def test_nobody_has_less_time_than_all() -> None:
    assert deadline_of(make_debate(EXTENDED), held(until=DEADLINE)) == EXTENDED


def test_while_the_new_dates_are_not_known_no_deadline_counts() -> None:
    debate = replace(make_debate(), status=Status.POSTPONED, dates_are_open=True)
    assert deadline_of(debate, held(until=EXTENDED)) is None
    assert takes_letters(debate, held(), debate.day_ends_at)
    assert not owes_letter(debate, held(RETURNED), debate.day_ends_at)


@pytest.mark.parametrize(
    ("registration", "now", "is_late"),
    [
        (held(RETURNED), DEADLINE - MICROSECOND, False),
        (held(RETURNED), DEADLINE, True),
        (held(LetterState.AWAITED), DEADLINE, True),
        (held(LetterState.ACCEPTED), DEADLINE, False),
        (held(LetterState.PENDING), DEADLINE, False),
        (held(RETURNED, until=EXTENDED), DEADLINE, False),
        (held(RETURNED, until=EXTENDED), EXTENDED, True),
        (replace(held(RETURNED), place=None), DEADLINE, False),
    ],
)
def test_who_is_late_may_be_struck_and_nobody_else(
    registration: Registration, now: datetime, is_late: bool
) -> None:
    debate = make_debate()
    assert owes_letter(debate, registration, now) == is_late
    if is_late:
        check_may_strike(debate, registration, now)
    else:
        with pytest.raises(RuleBroken):
            check_may_strike(debate, registration, now)


@pytest.mark.parametrize(
    ("state", "sent_at", "was_in_time"),
    [
        (LetterState.PENDING, DEADLINE - MICROSECOND, True),
        (LetterState.PENDING, DEADLINE, False),
        (LetterState.AWAITED, DEADLINE - MICROSECOND, False),
    ],
)
def test_a_letter_came_in_time_if_it_was_here_in_time(
    state: LetterState, sent_at: datetime, was_in_time: bool
) -> None:
    registration = held(state)
    letter = replace(registration.letter, uploaded_at=sent_at)
    assert came_in_time(make_debate(), replace(registration, letter=letter)) == was_in_time


def test_without_a_deadline_nobody_is_struck() -> None:
    with pytest.raises(RuleBroken) as refused:
        check_may_strike(make_debate(None), held(RETURNED), DEADLINE)
    assert "No deadline" in refused.value.sentence.text


@pytest.mark.parametrize(
    ("until", "now", "fits"),
    [
        (DEADLINE + MICROSECOND, DEADLINE, True),
        (DEADLINE + MICROSECOND, OPENS_AT, True),
        (DEADLINE, OPENS_AT, False),
        (DEADLINE + timedelta(hours=1), DEADLINE + timedelta(hours=1), False),
        (OPENS_AT, DEADLINE, False),
        (STARTS_AT, DEADLINE, True),
        (STARTS_AT + MICROSECOND, DEADLINE, False),
        (STARTS_AT + timedelta(hours=14), STARTS_AT, True),
        (STARTS_AT + timedelta(hours=14, microseconds=1), STARTS_AT, False),
    ],
)
def test_an_extension_gives_more_time_and_does_not_outlast_the_meeting(
    until: datetime, now: datetime, fits: bool
) -> None:
    if fits:
        check_extension(make_debate(), until, now)
        return
    with pytest.raises(RuleBroken) as refused:
        check_extension(make_debate(), until, now)
    assert refused.value.field == "until"


@pytest.mark.parametrize(
    ("now", "proposed"),
    [
        (DEADLINE, DEADLINE + timedelta(days=1)),
        (DEADLINE - timedelta(days=6), DEADLINE + timedelta(days=1)),
        (DEADLINE + timedelta(hours=21), DEADLINE + timedelta(days=2)),
        (STARTS_AT - timedelta(hours=4), STARTS_AT),
        (STARTS_AT, STARTS_AT + timedelta(hours=14)),
        (STARTS_AT + timedelta(hours=14), None),
    ],
)
def test_what_is_proposed_can_be_given(now: datetime, proposed: datetime | None) -> None:
    debate = make_debate()
    assert proposed_extension(debate, now) == proposed
    if proposed:
        check_extension(debate, proposed, now)


@pytest.mark.parametrize(
    ("days", "until", "moved"),
    [
        (4, EXTENDED, EXTENDED + timedelta(days=4)),
        (-1, EXTENDED, EXTENDED),
        (-3, EXTENDED, STARTS_AT - timedelta(days=3)),
        (0, EXTENDED, EXTENDED),
    ],
)
def test_an_extension_follows_a_later_meeting_and_ends_with_an_earlier_one(
    days: int, until: datetime, moved: datetime
) -> None:
    before = make_debate()
    after = replace(before, starts_at=before.starts_at + timedelta(days=days))
    assert moved_extension(until, before, after) == moved


def test_what_is_not_limited_is_not_extended() -> None:
    with pytest.raises(RuleBroken):
        check_extension(make_debate(None), EXTENDED, DEADLINE)
