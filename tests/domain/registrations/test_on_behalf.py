"""Whom the mission may enter, with which time and which reason."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rostrum.actions.debates.toml_file import read_debate
from rostrum.domain.debates.debate import Debate, Status
from rostrum.domain.errors import RuleBroken
from rostrum.domain.registrations.on_behalf import (
    check_reason,
    check_received_at,
    check_takes_entries,
)
from rostrum.domain.times import MICROSECOND
from tests.factories import OPENS_AT, SHIPPED

NOW = OPENS_AT + timedelta(hours=1)


def make(**changes: object) -> Debate:
    return replace(read_debate(SHIPPED.read_text(encoding="utf-8"))[0], **changes)


@pytest.mark.parametrize(
    ("changes", "is_member", "now", "is_taken"),
    [
        pytest.param({}, False, OPENS_AT, True, id="at the opening"),
        pytest.param({}, False, OPENS_AT - MICROSECOND, False, id="a microsecond before"),
        pytest.param({"closes_at": NOW}, False, NOW, True, id="after the closing"),
        pytest.param({}, True, NOW, False, id="a Council member"),
        pytest.param({"status": Status.POSTPONED}, False, NOW, False, id="postponed"),
        pytest.param({"status": Status.CANCELLED}, False, NOW, False, id="cancelled"),
        pytest.param({"status": Status.ARCHIVED}, False, NOW, False, id="archived"),
    ],
)
def test_entries_are_taken_from_the_opening_on_and_after_the_closing_too(
    changes: dict, is_member: bool, now: datetime, is_taken: bool
) -> None:
    with nullcontext() if is_taken else pytest.raises(RuleBroken):
        check_takes_entries(make(**changes), is_member, now)


@pytest.mark.parametrize(
    ("received_at", "is_taken"),
    [
        (OPENS_AT - MICROSECOND, False),
        (OPENS_AT, True),
        (NOW, True),
        (NOW + MICROSECOND, False),
    ],
)
def test_a_request_came_after_the_opening_and_is_not_still_to_come(
    received_at: datetime, is_taken: bool
) -> None:
    with nullcontext() if is_taken else pytest.raises(RuleBroken):
        check_received_at(make(), received_at, NOW)


@pytest.mark.parametrize(
    ("channel", "words", "kept"),
    [
        ("email", "", ""),
        ("", " The Deputy called. ", "The Deputy called."),
        ("paper", "At the gate", "At the gate"),
        ("", " \n", None),
        ("pigeon", "", None),
    ],
)
def test_a_reason_is_ready_made_or_said(channel: str, words: str, kept: str | None) -> None:
    with nullcontext() if kept is not None else pytest.raises(RuleBroken):
        assert check_reason(channel, words) == kept
