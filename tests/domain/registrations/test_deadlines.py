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
    check_extension,
    check_may_strike,
    check_takes_letters,
    deadline_of,
    is_overdue,
    takes_letters,
)
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.times import MICROSECOND
from tests.domain.exports.test_lists import make_registration
from tests.factories import OPENS_AT, SHIPPED

DEADLINE = OPENS_AT + timedelta(days=2)
EXTENDED = DEADLINE + timedelta(hours=3)


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
        (held(), DEADLINE - MICROSECOND, False),
        (held(), DEADLINE, True),
        (held(LetterState.RETURNED), DEADLINE, True),
        (held(LetterState.ACCEPTED), DEADLINE, False),
        (held(until=EXTENDED), DEADLINE, False),
        (held(until=EXTENDED), EXTENDED, True),
        (replace(held(), place=None), DEADLINE, False),
    ],
)
def test_who_is_late_may_be_struck_and_nobody_else(
    registration: Registration, now: datetime, is_late: bool
) -> None:
    debate = make_debate()
    assert is_overdue(debate, registration, now) == is_late
    if is_late:
        check_may_strike(debate, registration, now)
    else:
        with pytest.raises(RuleBroken):
            check_may_strike(debate, registration, now)


def test_without_a_deadline_nobody_is_struck() -> None:
    with pytest.raises(RuleBroken) as refused:
        check_may_strike(make_debate(None), held(), DEADLINE)
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
