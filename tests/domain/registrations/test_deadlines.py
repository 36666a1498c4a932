"""Deadlines of letters: for all and for one, and what may be decided when they have passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rostrum.actions.debates.toml_file import read_debate
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import RuleBroken
from rostrum.domain.letters.letter import LetterState
from rostrum.domain.registrations.deadlines import (
    came_in_time,
    check_extension,
    check_may_strike,
    check_takes_letters,
    deadline_of,
    owes_letter,
    takes_letters,
)
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.times import MICROSECOND
from tests.domain.exports.test_lists import make_registration
from tests.factories import OPENS_AT, SHIPPED

DEADLINE = OPENS_AT + timedelta(days=2)
EXTENDED = DEADLINE + timedelta(hours=3)
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


def test_without_a_deadline_letters_are_always_taken() -> None:
    assert takes_letters(make_debate(None), held(), DEADLINE + timedelta(days=900))


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
    ],
)
def test_an_extension_gives_more_time(until: datetime, now: datetime, fits: bool) -> None:
    if fits:
        check_extension(make_debate(), held(), until, now)
        return
    with pytest.raises(RuleBroken) as refused:
        check_extension(make_debate(), held(), until, now)
    assert refused.value.field == "until"


def test_what_is_not_limited_is_not_extended() -> None:
    with pytest.raises(RuleBroken):
        check_extension(make_debate(None), held(), EXTENDED, DEADLINE)
