"""The way of a debate: what is done, and what comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from rostrum.actions.debates.toml_file import read_debate
from rostrum.domain.debates.debate import Status, Translation
from rostrum.domain.debates.way import Progress, Step, way_of
from tests.factories import BEFORE, OPENS_AT, SHIPPED

PLAIN = read_debate(SHIPPED.read_text(encoding="utf-8"))[0]
DEBATE = replace(PLAIN, notice=replace(PLAIN.notice, translations=()))
NOTHING = Progress(0, False, 0, 0, 0, 0)
CALLED = replace(NOTHING, council=15, has_contact=True)
LEFT = Progress(15, False, 200, 1, 30, 4, True)
DONE = replace(LEFT, to_read=0, has_council_order=True)
TRANSLATED = tuple(Translation(each, title="…") for each in ("fr", "es"))


@pytest.mark.parametrize(
    ("progress", "translations", "step"),
    [
        (NOTHING, (), Step.PREPARED),
        (replace(NOTHING, council=15), (), Step.CONTACT),
        (CALLED, (), Step.TRANSLATED),
        (CALLED, TRANSLATED, Step.INVITED),
        (replace(CALLED, invited=200), TRANSLATED, Step.REHEARSED),
        (replace(CALLED, invited=200, rehearsals=1), TRANSLATED, Step.OPENED),
    ],
)
def test_before_the_opening_the_first_thing_that_is_missing_comes_next(
    progress: Progress, translations: tuple[Translation, ...], step: Step
) -> None:
    debate = replace(DEBATE, notice=replace(DEBATE.notice, translations=translations))
    assert way_of(debate, progress, 2, BEFORE).current is step


@pytest.mark.parametrize(
    ("progress", "step"),
    [
        (replace(NOTHING, to_read=1), Step.LETTERS),
        (LEFT, Step.LETTERS),
        (replace(LEFT, to_read=0), Step.ORDER),
        (DONE, Step.MEETING),
    ],
)
def test_after_the_opening_nobody_is_asked_to_rehearse(progress: Progress, step: Step) -> None:
    assert way_of(DEBATE, progress, 2, OPENS_AT).current is step


def test_the_day_after_the_meeting_the_archive_is_next_and_nothing_after_it() -> None:
    later = DEBATE.starts_at + timedelta(days=1)
    assert way_of(DEBATE, DONE, 2, later).current is Step.OVER
    for status in (Status.ARCHIVED, Status.CANCELLED):
        assert way_of(replace(DEBATE, status=status), DONE, 2, later).current is None


def test_a_meeting_without_a_day_is_not_held() -> None:
    debate = replace(DEBATE, dates_are_open=True, status=Status.POSTPONED)
    later = DEBATE.starts_at + timedelta(days=9)
    assert way_of(debate, DONE, 2, later).current is Step.MEETING
