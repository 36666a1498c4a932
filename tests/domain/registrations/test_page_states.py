"""The state of a delegation's page, and the phases of a list, as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rostrum.actions.debates.toml_file import read_debate
from rostrum.domain.debates.debate import Debate, Phase, Status
from rostrum.domain.registrations.page_states import State, state_of
from rostrum.domain.registrations.registration import Draft, Registration, idempotency_key
from rostrum.domain.speakers import Speaker
from rostrum.domain.times import MICROSECOND
from tests.domain.exports.test_lists import make_registration
from tests.factories import OPENS_AT, SHIPPED, make_speaker

HELD = make_registration()
GONE = make_registration(None)
STRUCK = replace(GONE, struck_by="vera", struck_reason="No letter.")
EMPTY = Draft(1, 1, Speaker(), None, 0, None)
READY = Draft(1, 1, make_speaker(), HELD.letter, 1, OPENS_AT)
CLOSES_AT = OPENS_AT + timedelta(days=2)


def make_debate(closes_at: datetime | None = CLOSES_AT) -> Debate:
    debate, _ = read_debate(SHIPPED.read_text(encoding="utf-8"))
    return replace(debate, closes_at=closes_at)


@pytest.mark.parametrize(
    ("phase", "is_member", "held", "draft", "gone", "state"),
    [
        (Phase.BEFORE, False, None, EMPTY, None, State.PREPARING),
        (Phase.BEFORE, False, None, READY, None, State.READY),
        (Phase.OPEN, False, None, EMPTY, None, State.OPEN),
        (Phase.OPEN, False, None, READY, None, State.OPEN),
        (Phase.OPEN, False, HELD, EMPTY, None, State.REGISTERED),
        (Phase.OPEN, False, HELD, EMPTY, GONE, State.REGISTERED),
        (Phase.OPEN, False, None, READY, GONE, State.WITHDRAWN),
        (Phase.CLOSED, False, None, READY, GONE, State.CLOSED),
        (Phase.OPEN, False, None, READY, STRUCK, State.STRUCK),
        (Phase.CLOSED, False, None, EMPTY, STRUCK, State.STRUCK),
        (Phase.OPEN, False, HELD, EMPTY, STRUCK, State.REGISTERED),
        (Phase.CLOSED, False, None, EMPTY, None, State.CLOSED),
        (Phase.CLOSED, False, HELD, EMPTY, None, State.REGISTERED),
        (Phase.BEFORE, True, None, READY, None, State.COUNCIL_MEMBER),
        (Phase.OPEN, True, None, EMPTY, None, State.COUNCIL_MEMBER),
        (Phase.CLOSED, True, None, EMPTY, None, State.COUNCIL_MEMBER),
    ],
)
def test_a_page_has_one_state(
    phase: Phase,
    is_member: bool,
    held: Registration | None,
    draft: Draft,
    gone: Registration | None,
    state: State,
) -> None:
    shown = state_of(phase=phase, is_council_member=is_member, held=held, draft=draft, gone=gone)
    assert shown is state


@pytest.mark.parametrize(
    ("phase", "held", "draft", "gone", "state"),
    [
        (Phase.BEFORE, None, EMPTY, None, State.SHUT_OUT),
        (Phase.OPEN, None, EMPTY, None, State.SHUT_OUT),
        (Phase.OPEN, None, READY, None, State.OPEN),
        (Phase.OPEN, HELD, EMPTY, None, State.REGISTERED),
        (Phase.OPEN, None, EMPTY, GONE, State.SHUT_OUT),
        (Phase.OPEN, None, READY, GONE, State.WITHDRAWN),
        (Phase.OPEN, None, EMPTY, STRUCK, State.STRUCK),
        (Phase.CLOSED, None, EMPTY, None, State.CLOSED),
    ],
)
def test_without_a_letter_nobody_registers_once_no_letter_is_taken(
    phase: Phase,
    held: Registration | None,
    draft: Draft,
    gone: Registration | None,
    state: State,
) -> None:
    said = {"is_council_member": False, "takes_letters": False}
    assert state_of(phase=phase, held=held, draft=draft, gone=gone, **said) is state


@pytest.mark.parametrize(
    ("status", "is_member", "held", "state"),
    [
        (Status.POSTPONED, False, None, State.POSTPONED),
        (Status.POSTPONED, False, HELD, State.POSTPONED),
        (Status.POSTPONED, True, None, State.POSTPONED),
        (Status.CANCELLED, False, HELD, State.CANCELLED),
        (Status.CANCELLED, True, None, State.CANCELLED),
        (Status.ARCHIVED, False, None, State.ARCHIVED),
        (Status.ARCHIVED, False, HELD, State.ARCHIVED),
        (Status.ARCHIVED, True, None, State.ARCHIVED),
    ],
)
def test_what_became_of_the_debate_counts_first(
    status: Status, is_member: bool, held: Registration | None, state: State
) -> None:
    shown = state_of(
        phase=Phase.OPEN,
        is_council_member=is_member,
        held=held,
        draft=READY,
        gone=None,
        status=status,
    )
    assert shown is state


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        (OPENS_AT - timedelta(days=9), Phase.BEFORE),
        (OPENS_AT - MICROSECOND, Phase.BEFORE),
        (OPENS_AT, Phase.OPEN),
        (CLOSES_AT - MICROSECOND, Phase.OPEN),
        (CLOSES_AT, Phase.CLOSED),
        (CLOSES_AT + timedelta(days=9), Phase.CLOSED),
    ],
)
def test_a_list_is_open_from_its_opening_to_its_closing(now: datetime, phase: Phase) -> None:
    assert make_debate().phase(now) is phase


def test_a_list_without_a_closing_closes_when_the_meeting_starts() -> None:
    debate = make_debate(None)
    assert debate.phase(debate.starts_at - MICROSECOND) is Phase.OPEN
    assert debate.phase(debate.starts_at) is Phase.CLOSED
    put_off = replace(debate, status=Status.POSTPONED, dates_are_open=True)
    assert put_off.phase(debate.starts_at) is Phase.OPEN


@pytest.mark.parametrize(
    ("draft", "missing"),
    [
        (EMPTY, ("speaker", "letter")),
        (Draft(1, 1, make_speaker(), None, 1, OPENS_AT), ("letter",)),
        (Draft(1, 1, Speaker(), HELD.letter, 1, OPENS_AT), ("speaker",)),
        (READY, ()),
    ],
)
def test_a_draft_names_what_is_missing_in_the_order_of_the_page(
    draft: Draft, missing: tuple[str, ...]
) -> None:
    assert draft.missing == missing
    assert draft.is_ready == (missing == ())


def test_the_key_of_a_press_changes_only_with_a_registration() -> None:
    assert [idempotency_key(count) for count in (0, 0, 1, 2)] == [
        "attempt-1",
        "attempt-1",
        "attempt-2",
        "attempt-3",
    ]
