"""Decisions about letters: accepted, returned with reasons, crossed, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from rostrum.actions.journal import verify_journal
from rostrum.actions.letters.decisions import (
    accept_letter,
    return_letter,
    return_unreadable_letter,
    undo_decision,
)
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.letters.checklist import ReturnReason
from rostrum.domain.letters.decisions import decision_version
from rostrum.domain.letters.letter import Letter, LetterState
from rostrum.domain.sentences import Sentence
from rostrum.store.database import Database
from rostrum.store.journal import list_entries, list_values
from rostrum.store.letters import get_letter
from rostrum.store.registrations import find_active_registration
from tests.factories import (
    OPENS_AT,
    actor,
    contents,
    delegation,
    make_letter,
    prepare,
    register,
)

ANNA, BO = Actor("staff", "Anna"), Actor("staff", "Bo")
LATER = OPENS_AT + timedelta(hours=1)


def registered(db: Database, debate: Debate, code: str = "KEN") -> Letter:
    """The current letter of a delegation that has its place."""
    prepare(db, debate, code)
    return register(db, debate, code).letter


def accept(db: Database, debate: Debate, letter_id: int, by: Actor = ANNA) -> Letter:
    return accept_letter(db, LATER, by, debate, letter_id=letter_id)


def send_back(db: Database, debate: Debate, letter_id: int, by: Actor = ANNA) -> Letter:
    return return_letter(
        db, LATER, by, debate, letter_id=letter_id, reasons=[ReturnReason.SIGNATURE]
    )


DECISIONS = [pytest.param(accept, id="accept"), pytest.param(send_back, id="return")]


def last_entry(db: Database):
    return list_entries(db)[-1][0]


def test_accepting_says_who_and_when(db: Database, debate: Debate) -> None:
    letter = registered(db, debate)
    accepted = accept(db, debate, letter.id)
    assert accepted.state is LetterState.ACCEPTED
    assert (accepted.decided_by, accepted.decided_at) == ("Anna", LATER)
    assert find_active_registration(db, debate.id, delegation(db).id).letter == accepted
    assert (last_entry(db).kind, last_entry(db).actor) == ("letter accepted", "staff:Anna")
    assert verify_journal(db) is None


def test_returning_gives_the_reason_and_holds_the_place(db: Database, debate: Debate) -> None:
    letter = registered(db, debate)
    returned = return_letter(
        db,
        LATER,
        ANNA,
        debate,
        letter_id=letter.id,
        reasons=["not_signed"],
        remark="  Page 2 only.\n",
    )
    held = find_active_registration(db, debate.id, delegation(db).id)
    assert (held.letter, held.place) == (returned, 1)
    assert (returned.state, returned.decided_by) == (LetterState.RETURNED, "Anna")
    assert (returned.reasons, returned.remark) == (("not_signed",), "Page 2 only.")
    assert last_entry(db).kind == "letter returned"
    assert last_entry(db).facts["reasons"] == ["not_signed"]
    assert list_values(db)[-1]["value"] == "Page 2 only."
    assert verify_journal(db) is None


@pytest.mark.parametrize("reason", ["", " ", "\n\t "])
def test_a_letter_is_not_returned_without_a_reason(
    db: Database, debate: Debate, reason: str
) -> None:
    letter = registered(db, debate)
    before = contents(db)
    with pytest.raises(RuleBroken) as refused:
        return_letter(db, LATER, ANNA, debate, letter_id=letter.id, reasons=(), remark=reason)
    assert refused.value.field == "remark"
    assert contents(db) == before


@pytest.mark.parametrize("first", DECISIONS)
@pytest.mark.parametrize("second", DECISIONS)
def test_the_second_of_two_decisions_is_told_of_the_first(
    db: Database, debate: Debate, first: Callable, second: Callable
) -> None:
    letter = registered(db, debate)
    decided = first(db, debate, letter.id, ANNA)
    before = contents(db)
    with pytest.raises(Conflict) as refused:
        second(db, debate, letter.id, BO)
    said = refused.value.sentence.values
    assert (said["staff"], said["time"]) == ("Anna", LATER)
    assert said["decision"] == Sentence(decided.state.capitalize())
    assert contents(db) == before


@pytest.mark.parametrize("decide", DECISIONS)
def test_a_replaced_letter_cannot_be_decided(
    db: Database, debate: Debate, decide: Callable
) -> None:
    old = registered(db, debate)
    make_letter(db, debate, now=LATER)
    before = contents(db)
    with pytest.raises(Conflict):
        decide(db, debate, old.id)
    assert contents(db) == before


@pytest.mark.parametrize("decide", DECISIONS)
def test_a_letter_without_a_place_cannot_be_decided(
    db: Database, debate: Debate, decide: Callable
) -> None:
    draft_letter = make_letter(db, debate, "BRA")
    withdrawn = registered(db, debate, "KEN")
    withdraw(db, LATER, actor(), debate, delegation_id=delegation(db).id)
    before = contents(db)
    for letter in (draft_letter, withdrawn):
        with pytest.raises(Conflict):
            decide(db, debate, letter.id)
    assert contents(db) == before


@pytest.mark.parametrize(
    ("decide", "state"), [(accept, LetterState.ACCEPTED), (send_back, LetterState.RETURNED)]
)
def test_registering_again_brings_the_letter_as_it_was_decided(
    db: Database, debate: Debate, decide: Callable, state: LetterState
) -> None:
    letter = registered(db, debate)
    decide(db, debate, letter.id)
    withdraw(db, LATER, actor(), debate, delegation_id=delegation(db).id)
    again = register(db, debate, at=LATER, key="attempt-2")
    assert (again.letter.id, again.letter.state) == (letter.id, state)


def test_an_unreadable_letter_comes_back_by_itself_and_the_place_is_held(
    db: Database, debate: Debate
) -> None:
    letter = registered(db, debate)
    returned = return_unreadable_letter(db, LATER, debate, letter_id=letter.id, refusal="no_pages")
    assert (returned.state, returned.decided_by) == (LetterState.RETURNED, "rostrum")
    assert find_active_registration(db, debate.id, delegation(db).id).place == 1
    assert last_entry(db).actor == "rostrum"


def test_an_unreadable_letter_without_a_place_is_not_returned(db: Database, debate: Debate) -> None:
    letter = make_letter(db, debate)
    before = contents(db)
    assert (
        return_unreadable_letter(db, LATER, debate, letter_id=letter.id, refusal="no_pages") is None
    )
    assert contents(db) == before


def test_a_letter_of_which_something_is_missing_is_not_accepted(
    db: Database, debate: Debate
) -> None:
    letter = registered(db, debate)
    before = contents(db)
    with pytest.raises(RuleBroken) as refused:
        accept_letter(db, LATER, ANNA, debate, letter_id=letter.id, marked=["not_signed"])
    assert refused.value.field == "reasons"
    assert contents(db) == before


@pytest.mark.parametrize("decide", DECISIONS)
def test_a_decision_taken_back_leaves_the_letter_to_be_read(
    db: Database, debate: Debate, decide: Callable
) -> None:
    letter = registered(db, debate)
    decided = decide(db, debate, letter.id)
    undone = undo_decision(
        db, LATER, BO, debate, letter_id=letter.id, seen=decision_version(decided)
    )
    assert undone == letter == get_letter(db, debate.id, letter.id)
    entry = last_entry(db)
    assert (entry.kind, entry.actor) == ("decision taken back", "staff:Bo")
    assert (entry.facts["was"], entry.facts["decided_by"]) == (decided.state, "Anna")
    assert verify_journal(db) is None
    assert accept(db, debate, letter.id, BO).decided_by == "Bo"


def test_only_the_decision_seen_is_taken_back(db: Database, debate: Debate) -> None:
    """Bo takes back and decides anew what Anna wants to take back too."""
    letter = registered(db, debate)
    seen = decision_version(send_back(db, debate, letter.id))
    undo_decision(db, LATER, BO, debate, letter_id=letter.id, seen=seen)
    for act in (
        lambda: None,
        lambda: return_letter(db, OPENS_AT, BO, debate, letter_id=letter.id, reasons=["x"]),
    ):
        act()
        before = contents(db)
        with pytest.raises(Conflict):
            undo_decision(db, LATER, ANNA, debate, letter_id=letter.id, seen=seen)
        assert contents(db) == before


@pytest.mark.parametrize("is_replaced", [True, False], ids=["replaced", "withdrawn"])
def test_a_decision_about_a_letter_that_no_longer_counts_stands(
    db: Database, debate: Debate, is_replaced: bool
) -> None:
    letter = registered(db, debate)
    seen = decision_version(send_back(db, debate, letter.id))
    if is_replaced:
        make_letter(db, debate, now=LATER)
    else:
        withdraw(db, LATER, actor(), debate, delegation_id=delegation(db).id)
    before = contents(db)
    with pytest.raises(Conflict):
        undo_decision(db, LATER, ANNA, debate, letter_id=letter.id, seen=seen)
    assert contents(db) == before
