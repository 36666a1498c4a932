"""Late letters: more time for one delegation, or its place struck with a reason."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from rostrum.actions.debates.lifecycle import NewDates, postpone
from rostrum.actions.journal import verify_journal
from rostrum.actions.letters.decisions import accept_letter
from rostrum.actions.registrations.deadlines import extend_deadline, strike_place
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict, NotFound, RuleBroken
from rostrum.domain.order.places import Cause
from rostrum.domain.registrations.registration import Registration
from rostrum.store.database import Database
from rostrum.store.drafts import get_draft
from rostrum.store.journal import list_entries, list_values
from rostrum.store.places import list_last_moves, list_places
from rostrum.store.registrations import (
    find_active_registration,
    find_extension,
    find_last_withdrawn,
)
from tests.factories import (
    OPENS_AT,
    actor,
    contents,
    delegation,
    make_debate,
    make_letter,
    prepare,
    register,
    strike,
)

VERA = Actor("staff", "vera")
DEADLINE = OPENS_AT + timedelta(days=2)
LATE = DEADLINE + timedelta(hours=1)
UNTIL = DEADLINE + timedelta(hours=5)
REASON = "No signed letter was received in time."


@pytest.fixture
def debate(db: Database) -> Debate:
    return make_debate(db, letter_deadline=DEADLINE)


@pytest.fixture
def held(db: Database, debate: Debate) -> dict[str, Registration]:
    prepare(db, debate, "BRA", "KEN", "JPN")
    return {code: register(db, debate, code) for code in ("BRA", "KEN", "JPN")}


def last_entry(db: Database):
    return list_entries(db)[-1][0]


def test_one_delegation_gets_more_time_and_no_other(
    db: Database, debate: Debate, held: dict[str, Registration]
) -> None:
    extend_deadline(db, LATE, VERA, debate, registration_id=held["KEN"].id, until=UNTIL)
    assert make_letter(db, debate, "KEN", now=UNTIL - timedelta(seconds=1)).version == 2
    with pytest.raises(RuleBroken):
        make_letter(db, debate, "KEN", now=UNTIL)
    with pytest.raises(RuleBroken):
        make_letter(db, debate, "BRA", now=LATE)
    entry = next(entry for entry, _ in list_entries(db) if "extended" in entry.kind)
    assert (entry.actor, entry.delegation_id) == ("staff:vera", held["KEN"].delegation_id)
    assert entry.facts["until"] == "2025-03-21T18:30:00.000+00:00"
    assert verify_journal(db) is None


def test_time_that_was_given_can_become_shorter_and_follows_the_meeting(
    db: Database, debate: Debate, held: dict[str, Registration]
) -> None:
    def until() -> datetime | None:
        return find_extension(db, debate.id, held["KEN"].delegation_id)

    for wanted in (UNTIL, UNTIL - timedelta(hours=2), UNTIL - timedelta(hours=2)):
        extend_deadline(db, LATE, VERA, debate, registration_id=held["KEN"].id, until=wanted)
        assert until() == wanted
    later = NewDates(debate.starts_at + timedelta(days=4))
    postpone(db, LATE, VERA, debate, reason="The chair travels.", dates=later)
    assert until() == UNTIL + timedelta(days=4, hours=-2)
    kinds = [entry.kind for entry, _ in list_entries(db)]
    assert kinds.count("letter deadline extended") == 3
    assert verify_journal(db) is None


def test_a_struck_place_goes_to_those_behind_and_says_why(
    db: Database, debate: Debate, held: dict[str, Registration]
) -> None:
    gone = strike(db, LATE, VERA, debate, held["KEN"], reason=f" {REASON} ")
    assert (gone.place, gone.withdrawn_at) == (None, LATE)
    assert (gone.struck_by, gone.struck_reason) == ("vera", REASON)
    assert gone == find_last_withdrawn(db, debate.id, gone.delegation_id)
    assert list_places(db, debate.id) == {held["BRA"].id: 1, held["JPN"].id: 2}
    [move] = list_last_moves(db, debate.id).values()
    assert (move.registration_id, move.cause, move.actor) == (held["JPN"].id, Cause.STRUCK, VERA)
    assert (move.caused_by, move.reason) == (gone.delegation_id, "")
    assert last_entry(db).kind == "place struck"
    assert last_entry(db).facts == {"arrival_number": 2, "place_before": 2, "moved_up": 1}
    assert list_values(db)[-1]["value"] == REASON
    assert verify_journal(db) is None


def test_what_was_said_of_the_speaker_stays_and_the_letter_does_not(
    db: Database, debate: Debate, held: dict[str, Registration]
) -> None:
    strike(db, LATE, VERA, debate, held["KEN"], reason=REASON)
    draft = get_draft(db, debate.id, held["KEN"].delegation_id)
    assert (draft.speaker, draft.letter) == (held["KEN"].speaker, None)
    with pytest.raises(RuleBroken):
        register(db, debate, "KEN", at=LATE, key="attempt-2")


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_place_is_not_struck_without_a_reason(
    db: Database, debate: Debate, held: dict[str, Registration], reason: str
) -> None:
    before = contents(db)
    with pytest.raises(RuleBroken) as refused:
        strike_place(db, LATE, VERA, debate, registration_id=held["KEN"].id, reason=reason)
    assert refused.value.field == "reason"
    assert contents(db) == before


def test_a_place_is_not_struck_while_its_letter_is_accepted_unread_or_not_due(
    db: Database, debate: Debate, held: dict[str, Registration]
) -> None:
    accept_letter(db, OPENS_AT, VERA, debate, letter_id=held["BRA"].letter.id)
    extend_deadline(db, OPENS_AT, VERA, debate, registration_id=held["JPN"].id, until=UNTIL)
    before = contents(db)
    for code, now in (("KEN", OPENS_AT), ("KEN", LATE), ("BRA", LATE), ("JPN", LATE)):
        with pytest.raises(RuleBroken):
            strike_place(db, now, VERA, debate, registration_id=held[code].id, reason=REASON)
    assert contents(db) == before


def test_a_place_given_up_is_neither_struck_nor_extended(
    db: Database, debate: Debate, held: dict[str, Registration]
) -> None:
    withdraw(db, OPENS_AT, actor("KEN"), debate, delegation_id=delegation(db, "KEN").id)
    other = make_debate(db, slug="other")
    before = contents(db)
    for where, error in ((debate, Conflict), (other, NotFound)):
        with pytest.raises(error):
            strike_place(db, LATE, VERA, where, registration_id=held["KEN"].id, reason=REASON)
        with pytest.raises(error):
            extend_deadline(db, LATE, VERA, where, registration_id=held["KEN"].id, until=UNTIL)
    assert contents(db) == before
    assert find_active_registration(db, debate.id, held["BRA"].delegation_id).place == 1
