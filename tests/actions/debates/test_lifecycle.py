"""Postponed, cancelled, resumed, archived; rehearsals and concept notes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rostrum.actions.access.sessions import start_delegation_session
from rostrum.actions.debates.concept_notes import keep_note, remove_note
from rostrum.actions.debates.lifecycle import NewDates, archive, cancel, postpone, resume
from rostrum.actions.debates.messages import Wanted, send_message, withdraw_message
from rostrum.actions.debates.rehearsals import delete_rehearsal, start_rehearsal
from rostrum.actions.delegations.invitations import issue_invitations
from rostrum.actions.journal import verify_journal
from rostrum.actions.letters.decisions import accept_letter, undo_decision
from rostrum.actions.letters.receiving import receive_letter
from rostrum.actions.order.council import draw_council_order
from rostrum.actions.order.council_speakers import save_council_speaker
from rostrum.actions.order.places import move_place, speak_later
from rostrum.actions.order.swaps import ask_swap
from rostrum.actions.registrations.speakers import save_speaker
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import Actor
from rostrum.domain.debates.concept_notes import ConceptNote
from rostrum.domain.debates.debate import Debate, Status
from rostrum.domain.debates.lifecycle import READ_ONLY
from rostrum.domain.errors import Conflict, NotFound, RuleBroken
from rostrum.store import council
from rostrum.store.announced import list_last_changes
from rostrum.store.concept_notes import find_note
from rostrum.store.database import Database, all_rows
from rostrum.store.debates import get_debate, list_debates
from rostrum.store.invitations import list_invitations
from rostrum.store.letters import list_stored_names
from tests.factories import (
    BEFORE,
    OPENS_AT,
    actor,
    contents,
    delegation,
    make_file,
    make_invitations,
    make_speaker,
    prepare,
    register,
)

ANNA = Actor("staff", "anna")
WEEK = timedelta(days=7)
WHY = "The chair travels."
NOWHERE = NewDates()


def test_a_postponed_debate_takes_no_press_until_it_is_resumed(
    db: Database, debate: Debate
) -> None:
    prepare(db, debate, "KEN")
    postponed = postpone(db, BEFORE, ANNA, debate, reason=WHY, dates=NOWHERE)
    assert (postponed.status, postponed.status_reason) == (Status.POSTPONED, WHY)
    assert postponed.dates_are_open
    before = contents(db)
    with pytest.raises(RuleBroken, match="postponed"):
        register(db, debate, "KEN")
    assert contents(db) == before
    with pytest.raises(RuleBroken, match="Give the day of the meeting"):
        resume(db, BEFORE, ANNA, postponed, reason="", dates=NOWHERE)
    same = NewDates(debate.starts_at)
    resumed = resume(db, BEFORE, ANNA, postponed, reason="", dates=same)
    assert (resumed.status, resumed.status_reason) == (Status.ACTIVE, "")
    assert register(db, debate, "KEN").place == 1


def test_new_dates_take_closing_and_deadline_along(db: Database, debate: Debate) -> None:
    make_invitations(db, debate, "KEN")
    dates = NewDates(debate.starts_at + WEEK)
    after = postpone(db, BEFORE, ANNA, debate, reason=WHY, dates=dates)
    assert (after.opens_at, after.dates_are_open) == (OPENS_AT + WEEK, False)
    assert after.letter_deadline == debate.letter_deadline + WEEK
    told = [(each.part, each.before, each.reason) for each in list_last_changes(db, debate.id)]
    assert told == [
        ("starts_at", debate.starts_at, WHY),
        ("opens_at", OPENS_AT, WHY),
        ("letter_deadline", debate.letter_deadline, WHY),
    ]


def test_new_dates_that_come_with_the_resumption_have_the_reason_of_the_postponement(
    db: Database, debate: Debate
) -> None:
    make_invitations(db, debate, "KEN")
    postponed = postpone(db, BEFORE, ANNA, debate, reason=WHY, dates=NOWHERE)
    assert list_last_changes(db, debate.id) == []
    dates = NewDates(debate.starts_at + WEEK)
    resume(db, BEFORE, ANNA, postponed, reason=" ", dates=dates)
    assert {each.reason for each in list_last_changes(db, debate.id)} == {WHY}


def test_a_postponed_meeting_is_not_resumed_on_a_day_that_is_over(
    db: Database, debate: Debate
) -> None:
    postponed = postpone(db, BEFORE, ANNA, debate, reason=WHY, dates=NOWHERE)
    late, before = debate.starts_at, contents(db)
    with pytest.raises(RuleBroken) as refused:
        resume(db, late, ANNA, postponed, reason=WHY, dates=NOWHERE)
    assert (refused.value.field, contents(db)) == ("starts_at", before)
    resumed = resume(db, late, ANNA, postponed, reason=WHY, dates=NewDates(debate.starts_at + WEEK))
    assert (resumed.status, resumed.dates_are_open) == (Status.ACTIVE, False)


def test_with_places_given_the_opening_stays_where_it_was(db: Database, debate: Debate) -> None:
    prepare(db, debate, "KEN")
    register(db, debate, "KEN")
    after = postpone(
        db, OPENS_AT, ANNA, debate, reason=WHY, dates=NewDates(debate.starts_at + WEEK)
    )
    assert (after.opens_at, after.starts_at) == (OPENS_AT, debate.starts_at + WEEK)


def test_a_reason_is_needed_and_dates_must_fit(db: Database, debate: Debate) -> None:
    before = contents(db)
    with pytest.raises(RuleBroken):
        postpone(db, BEFORE, ANNA, debate, reason=" ", dates=NOWHERE)
    with pytest.raises(RuleBroken):
        cancel(db, BEFORE, ANNA, debate, "")
    with pytest.raises(RuleBroken):
        postpone(db, BEFORE, ANNA, debate, reason=WHY, dates=NewDates(opens_at=debate.starts_at))
    with pytest.raises(Conflict):
        resume(db, BEFORE, ANNA, debate, reason="", dates=NOWHERE)
    assert contents(db) == before


def test_an_archived_debate_is_read_only_for_all(db: Database, debate: Debate) -> None:
    prepare(db, debate, "KEN", "BRA")
    held = register(db, debate, "KEN")
    accepted = accept_letter(db, OPENS_AT, ANNA, debate, letter_id=held.letter.id)
    archived = archive(db, OPENS_AT, ANNA, debate)
    who, now = delegation(db).id, OPENS_AT
    acts = (
        lambda: withdraw(db, now, actor(), archived, delegation_id=who),
        lambda: save_speaker(
            db,
            now,
            actor(),
            archived,
            delegation_id=who,
            speaker=make_speaker(name="Else"),
            version=1,
        ),
        lambda: receive_letter(db, now, actor(), archived, delegation_id=who, files=(make_file(),)),
        lambda: undo_decision(db, now, ANNA, archived, letter_id=accepted.id, seen="x"),
        lambda: accept_letter(db, now, ANNA, archived, letter_id=accepted.id),
        lambda: move_place(
            db, now, ANNA, archived, registration_id=held.id, place=2, reason=WHY, seen_order="x"
        ),
        lambda: issue_invitations(db, now, ANNA, archived, frozenset({"ITA"})),
        lambda: send_message(db, now, ANNA, archived, wanted=Wanted("Hello.")),
        lambda: withdraw_message(db, now, ANNA, archived, 1),
        lambda: register(db, archived, "BRA"),
    )
    before = contents(db)
    for act in acts:
        with pytest.raises((Conflict, RuleBroken), match=READ_ONLY):
            act()
        assert contents(db) == before
    resume(db, now, ANNA, archived, reason="", dates=NOWHERE)
    assert register(db, debate, "BRA").place == 2


def test_a_rehearsal_has_the_same_council_and_invitations_of_its_own(
    db: Database, debate: Debate
) -> None:
    make_invitations(db, debate, "KEN", "BRA")
    draw_council_order(db, BEFORE, ANNA, debate, presidency_last=True)
    member = council.list_council_members(db, debate.id)[3]
    speaker = make_speaker(contact_email="", contact_phone="")
    save_council_speaker(
        db, BEFORE, ANNA, debate, code=member.code, speaker=speaker, seen=member.speaker_version
    )
    copy = start_rehearsal(db, BEFORE, ANNA, debate, 10)
    assert get_debate(db, f"{debate.slug}-rehearsal-1") == copy
    members = council.list_council_members(db, copy.id)
    assert members == council.list_council_members(db, debate.id)
    assert (members[3].position, members[3].lot, members[3].speaker) == (4, 4, speaker)
    invited = {each.delegation_id for each in list_invitations(db, copy.id)}
    assert invited == {delegation(db, code).id for code in ("KEN", "BRA")}


def test_a_deleted_rehearsal_leaves_nothing_but_its_journal(db: Database, debate: Debate) -> None:
    make_invitations(db, debate, "KEN")
    keep_note(db, BEFORE, ANNA, a_note(debate))
    kept = contents(db)
    copy = start_rehearsal(db, BEFORE, ANNA, debate, 10)
    prepare(db, copy, "KEN", "BRA")
    register(db, copy, "KEN", copy.opens_at)
    send_message(db, BEFORE, ANNA, copy, wanted=Wanted("Hello."))
    [invitation] = list_invitations(db, copy.id)
    start_delegation_session(db, BEFORE, invitation, delegation(db))
    files = list_stored_names(db) - {a_note(debate).stored_name}
    assert delete_rehearsal(db, BEFORE, ANNA, copy) == files
    stays = ("debate", "journal", "journal_end", "journal_value")
    after = contents(db)
    assert {name: after[name] for name in kept if name not in stays} == {
        name: rows for name, rows in kept.items() if name not in stays
    }
    with pytest.raises(NotFound):
        get_debate(db, copy.slug)
    assert list_debates(db) == [debate]
    assert verify_journal(db) is None
    about = "select value from journal_value join journal on id = journal_id where debate_id = :id"
    assert {row["value"] for row in all_rows(db, about, id=copy.id)} == {None}
    assert start_rehearsal(db, BEFORE, ANNA, debate, 10).slug.endswith("-rehearsal-2")


def test_only_a_rehearsal_is_deleted(db: Database, debate: Debate) -> None:
    before = contents(db)
    with pytest.raises(Conflict):
        delete_rehearsal(db, BEFORE, ANNA, debate)
    assert contents(db) == before


def a_note(debate: Debate, number: int = 1) -> ConceptNote:
    return ConceptNote(debate.id, f"{number:032x}.pdf", "note.pdf", 9, "0" * 64, 3, BEFORE)


def test_a_concept_note_replaces_the_one_before(db: Database, debate: Debate) -> None:
    assert keep_note(db, BEFORE, ANNA, a_note(debate, 11)) == set()
    assert keep_note(db, BEFORE, ANNA, a_note(debate, 12)) == {f"{11:032x}.pdf"}
    assert find_note(db, debate.id) == a_note(debate, 12)
    assert remove_note(db, BEFORE, ANNA, debate) == {f"{12:032x}.pdf"}
    assert remove_note(db, BEFORE, ANNA, debate) == set()
    assert find_note(db, debate.id) is None


def test_nothing_is_prepared_or_asked_in_a_cancelled_debate(db: Database, debate: Debate) -> None:
    prepare(db, debate, "KEN", "BRA")
    kenya, brazil = (register(db, debate, code) for code in ("KEN", "BRA"))
    make_invitations(db, debate, "JPN")
    gone = cancel(db, BEFORE, ANNA, debate, WHY)
    japan, file = delegation(db, "JPN").id, make_file()
    before = contents(db)
    for change in (
        lambda: save_speaker(
            db, OPENS_AT, actor("JPN"), gone, delegation_id=japan, speaker=make_speaker(), version=0
        ),
        lambda: receive_letter(
            db, OPENS_AT, actor("JPN"), gone, delegation_id=japan, files=(file,)
        ),
        lambda: speak_later(
            db, OPENS_AT, actor("KEN"), gone, delegation_id=kenya.delegation_id, place=2
        ),
        lambda: ask_swap(
            db, OPENS_AT, actor("KEN"), gone, delegation_id=kenya.delegation_id, asked_id=brazil.id
        ),
    ):
        with pytest.raises(Conflict, match="cancelled"):
            change()
    assert contents(db) == before
