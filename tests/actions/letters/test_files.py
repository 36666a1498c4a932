"""A letter's files changed: in the same version while nobody relies on it, else in a new one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from rostrum.actions.journal import verify_journal
from rostrum.actions.letters.decisions import accept_letter, return_letter
from rostrum.actions.letters.files import add_files, move_file_up, remove_file
from rostrum.actions.letters.receiving import open_letter, receive_letter
from rostrum.actions.registrations.speakers import save_speaker
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.letters.letter import Letter, LetterFile, LetterState
from rostrum.store.database import Database
from rostrum.store.journal import list_entries
from rostrum.store.letters import find_current_letter, get_letter, list_stored_names
from rostrum.store.registrations import find_active_registration
from tests.factories import (
    BEFORE,
    OPENS_AT,
    actor,
    contents,
    delegation,
    make_debate,
    make_file,
    make_speaker,
    prepare,
    register,
)

VERA = Actor("staff", "vera")
LATER = OPENS_AT + timedelta(hours=1)


def send(db: Database, debate: Debate, *files: LetterFile) -> Letter:
    return receive_letter(db, LATER, actor(), debate, delegation_id=delegation(db).id, files=files)


def add(db: Database, debate: Debate, *files: LetterFile) -> Letter:
    return add_files(db, LATER, actor(), debate, delegation_id=delegation(db).id, files=files)


def current(db: Database, debate: Debate) -> Letter:
    return find_current_letter(db, debate.id, delegation(db).id)


def move_last_up(db: Database, debate: Debate) -> Letter:
    letter = current(db, debate)
    return move_file_up(
        db,
        LATER,
        actor(),
        debate,
        delegation_id=delegation(db).id,
        seen=letter.sha256,
        position=len(letter.files),
    )


def remove_first(db: Database, debate: Debate) -> Letter:
    return remove_file(
        db,
        LATER,
        actor(),
        debate,
        delegation_id=delegation(db).id,
        seen=current(db, debate).sha256,
        position=1,
    )


def add_one(db: Database, debate: Debate) -> Letter:
    return add(db, debate, make_file())


CHANGES = [
    pytest.param(add_one, id="add"),
    pytest.param(remove_first, id="remove"),
    pytest.param(move_last_up, id="move up"),
]


def with_place(db: Database, debate: Debate) -> Letter:
    """Kenya's letter of two files that holds a place and is not the one on its receipt."""
    prepare(db, debate, "KEN")
    register(db, debate)
    return send(db, debate, make_file(), make_file())


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("has_place", [False, True])
def test_a_letter_nobody_relies_on_changes_itself(
    db: Database, debate: Debate, change: Callable, has_place: bool
) -> None:
    letter = with_place(db, debate) if has_place else send(db, debate, make_file(), make_file())
    changed = change(db, debate)
    assert (changed.id, changed.version) == (letter.id, letter.version)
    assert changed.files != letter.files
    assert get_letter(db, debate.id, letter.id) == current(db, debate) == changed
    assert list_entries(db)[-1][0].facts["files"] == [file.sha256 for file in changed.files]
    assert verify_journal(db) is None


@pytest.mark.parametrize("change", CHANGES)
def test_the_letter_on_the_receipt_stays_and_a_new_version_comes(
    db: Database, debate: Debate, change: Callable
) -> None:
    send(db, debate, make_file(), make_file())
    prepare_speaker_and_register(db, debate)
    on_receipt = current(db, debate)
    changed = change(db, debate)
    held = find_active_registration(db, debate.id, delegation(db).id)
    assert (held.receipt_letter, held.letter) == (on_receipt, changed)
    assert (changed.version, held.place) == (on_receipt.version + 1, 1)


def prepare_speaker_and_register(db: Database, debate: Debate) -> None:
    save_speaker(
        db,
        BEFORE,
        actor(),
        debate,
        delegation_id=delegation(db).id,
        speaker=make_speaker(),
        version=0,
    )
    register(db, debate)


@pytest.mark.parametrize("change", CHANGES)
def test_a_decision_on_the_version_that_staff_opened_meets_a_conflict(
    db: Database, debate: Debate, change: Callable
) -> None:
    opened = with_place(db, debate)
    open_letter(db, LATER, VERA, debate, opened.id)
    changed = change(db, debate)
    assert (changed.id, changed.opened_at) != (opened.id, None)
    assert changed.state is LetterState.PENDING
    with pytest.raises(Conflict, match="no longer the current one"):
        accept_letter(db, LATER, VERA, debate, letter_id=opened.id)


def test_a_second_opening_does_not_change_when_it_was_opened_first(
    db: Database, debate: Debate
) -> None:
    letter = with_place(db, debate)
    open_letter(db, LATER, VERA, debate, letter.id)
    open_letter(db, LATER + timedelta(hours=1), VERA, debate, letter.id)
    assert get_letter(db, debate.id, letter.id).opened_at == LATER


def test_a_page_added_to_a_returned_letter_makes_a_pending_version(
    db: Database, debate: Debate
) -> None:
    letter = with_place(db, debate)
    return_letter(
        db, LATER, VERA, debate, letter_id=letter.id, reasons=(), remark="A page is missing."
    )
    changed = add_one(db, debate)
    assert (changed.version, changed.state) == (letter.version + 1, LetterState.PENDING)
    assert changed.files[:2] == letter.files
    assert get_letter(db, debate.id, letter.id).state is LetterState.RETURNED


def test_added_files_are_the_letter_where_there_is_none(db: Database, debate: Debate) -> None:
    assert add_one(db, debate) == current(db, debate)


def test_the_same_file_sent_again_changes_nothing(db: Database, debate: Debate) -> None:
    file = make_file()
    letter = send(db, debate, file)
    again = make_file(sha256=file.sha256)
    before = contents(db)
    assert send(db, debate, again) == letter
    assert add(db, debate, again) == letter
    assert contents(db) == before


def test_a_letter_in_a_draft_is_replaced_and_its_file_forgotten(
    db: Database, debate: Debate
) -> None:
    old, new = make_file(), make_file()
    send(db, debate, old)
    letter = send(db, debate, new)
    assert letter.version == 1
    assert list_stored_names(db) == {new.stored_name}


def test_an_unread_letter_does_not_take_the_place_of_the_one_before(
    db: Database, debate: Debate
) -> None:
    first = send(db, debate, make_file())
    unread = send(db, debate, make_file(pages=None))
    assert (unread.version, get_letter(db, debate.id, first.id)) == (2, first)


def test_a_letter_of_a_place_given_up_is_not_replaced_in_the_draft(
    db: Database, debate: Debate
) -> None:
    letter = with_place(db, debate)
    withdraw(db, LATER, actor(), debate, delegation_id=delegation(db).id)
    assert send(db, debate, make_file()).version == letter.version + 1
    assert get_letter(db, debate.id, letter.id) == letter


def test_the_eleventh_letter_is_refused_and_the_place_held(db: Database, debate: Debate) -> None:
    prepare(db, debate, "KEN")
    register(db, debate)
    for _ in range(9):
        letter = send(db, debate, make_file())
    assert letter.version == 10
    before = contents(db)
    with pytest.raises(RuleBroken, match="You have sent ten letters"):
        send(db, debate, make_file())
    assert contents(db) == before
    assert current(db, debate) == letter


@pytest.mark.parametrize("take", [send, add])
def test_too_many_pages_are_refused_and_nothing_is_written(
    db: Database, debate: Debate, take: Callable
) -> None:
    send(db, debate, make_file(pages=9))
    before = contents(db)
    with pytest.raises(RuleBroken, match="more than"):
        take(db, debate, make_file(pages=5), make_file(pages=6))
    assert contents(db) == before


def test_a_change_on_a_page_that_another_phone_has_overtaken_is_refused(
    db: Database, debate: Debate
) -> None:
    seen = send(db, debate, make_file(), make_file()).sha256
    move_last_up(db, debate)
    who, before = delegation(db).id, contents(db)
    for change in (remove_file, move_file_up):
        with pytest.raises(Conflict, match="another phone"):
            change(db, LATER, actor(), debate, delegation_id=who, seen=seen, position=2)
    assert contents(db) == before


def test_moving_the_first_page_up_writes_nothing(db: Database, debate: Debate) -> None:
    letter = send(db, debate, make_file(), make_file())
    before = contents(db)
    assert (
        move_file_up(
            db,
            LATER,
            actor(),
            debate,
            delegation_id=delegation(db).id,
            seen=letter.sha256,
            position=1,
        )
        == letter
    )
    assert contents(db) == before


@pytest.mark.parametrize("change", CHANGES)
def test_after_the_deadline_the_pages_stay(db: Database, change: Callable) -> None:
    debate = make_debate(db, letter_deadline=LATER)
    receive_letter(
        db,
        BEFORE,
        actor(),
        debate,
        delegation_id=delegation(db).id,
        files=(make_file(), make_file()),
    )
    before = contents(db)
    with pytest.raises(RuleBroken, match="Letters were due"):
        change(db, debate)
    assert contents(db) == before


def test_finding_a_place_takes_two_queries_however_many_files_its_letters_have(
    db: Database, debate: Debate
) -> None:
    who = with_place(db, debate).delegation_id
    asked: list[str] = []
    with db.tracer(lambda sql, _: asked.append(sql)):
        held = find_active_registration(db, debate.id, who)
    assert (len(held.letter.files), len(held.receipt_letter.files), len(asked)) == (2, 1, 2)
