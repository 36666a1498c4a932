"""Letters: received, opened, accepted, returned; decisions that cross; letters nobody can read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from rostrum.actions.journal import verify_journal
from rostrum.actions.letters.decisions import accept_letter, return_letter
from rostrum.actions.letters.files import remove_file
from rostrum.actions.letters.receiving import (
    drop_files,
    note_inspection,
    open_letter,
    receive_letter,
)
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import NotFound, RuleBroken
from rostrum.domain.letters.files import MAX_MEGABYTES
from rostrum.domain.letters.letter import Letter, LetterFile, LetterState
from rostrum.domain.times import MICROSECOND
from rostrum.letters.answers import Inspection
from rostrum.letters.marks import Mark
from rostrum.store.database import Database
from rostrum.store.drafts import get_draft
from rostrum.store.journal import list_entries, list_values
from rostrum.store.letters import get_letter, list_stored_names
from rostrum.store.registrations import find_active_registration
from tests.factories import (
    BEFORE,
    OPENS_AT,
    actor,
    contents,
    delegation,
    make_debate,
    make_file,
    make_letter,
    prepare,
    register,
)

ANNA, BO = Actor("staff", "Anna"), Actor("staff", "Bo")
LATER = OPENS_AT + timedelta(hours=1)
DEADLINE = OPENS_AT + timedelta(days=2)


def registered(db: Database, debate: Debate, code: str = "KEN") -> Letter:
    """The current letter of a delegation that has its place."""
    prepare(db, debate, code)
    return register(db, debate, code).letter


def accept(db: Database, debate: Debate, letter_id: int, by: Actor = ANNA) -> Letter:
    return accept_letter(db, LATER, by, debate, letter_id=letter_id)


def send_back(db: Database, debate: Debate, letter_id: int, by: Actor = ANNA) -> Letter:
    return return_letter(db, LATER, by, debate, letter_id=letter_id, reasons=["not_signed"])


DECISIONS = [pytest.param(accept, id="accept"), pytest.param(send_back, id="return")]


def last_entry(db: Database):
    return list_entries(db)[-1][0]


def test_a_letter_before_the_press_goes_into_the_draft(db: Database, debate: Debate) -> None:
    file = make_file(original_name="lettre signée.pdf", pages=2)
    letter = receive_letter(
        db, BEFORE, actor(), debate, delegation_id=delegation(db).id, files=(file,)
    )
    assert (letter.state, letter.pages, letter.uploaded_at) == (LetterState.PENDING, 2, BEFORE)
    assert get_draft(db, debate.id, delegation(db).id).letter == letter
    assert get_letter(db, debate.id, letter.id) == letter
    assert last_entry(db).kind == "letter received"
    assert last_entry(db).facts["sha256"] == file.sha256
    assert list_values(db)[-1]["value"] == "lettre signée.pdf"
    assert verify_journal(db) is None


def test_a_letter_keeps_speaker_and_version_of_the_draft(db: Database, debate: Debate) -> None:
    prepare(db, debate, "KEN")
    before = get_draft(db, debate.id, delegation(db).id)
    make_letter(db, debate)
    after = get_draft(db, debate.id, delegation(db).id)
    assert (after.speaker, after.version) == (before.speaker, before.version)


@pytest.mark.parametrize("decide", DECISIONS)
def test_a_replaced_letter_is_pending_and_the_place_is_held(
    db: Database, debate: Debate, decide: Callable
) -> None:
    first = registered(db, debate)
    decide(db, debate, first.id)
    second = make_letter(db, debate, now=LATER)
    held = find_active_registration(db, debate.id, delegation(db).id)
    assert (held.letter, held.place) == (second, 1)
    assert held.letter.state is LetterState.PENDING
    assert get_letter(db, debate.id, first.id).state is not LetterState.PENDING


@pytest.mark.parametrize("has_place", [True, False])
@pytest.mark.parametrize(
    ("span", "is_taken"),
    [(-MICROSECOND, True), (timedelta(0), False), (timedelta(days=1), False)],
)
def test_letters_are_taken_up_to_the_deadline(
    db: Database, has_place: bool, span: timedelta, is_taken: bool
) -> None:
    debate = make_debate(db, letter_deadline=DEADLINE)
    prepare(db, debate, "KEN")
    if has_place:
        register(db, debate)
    before = contents(db)
    if is_taken:
        assert make_letter(db, debate, now=DEADLINE + span).uploaded_at == DEADLINE + span
        return
    with pytest.raises(RuleBroken) as refused:
        make_letter(db, debate, now=DEADLINE + span)
    assert refused.value.field == "letter"
    assert refused.value.sentence.values == {"deadline": DEADLINE}
    assert contents(db) == before


def test_without_a_deadline_letters_are_taken_on_the_day_of_the_meeting_and_no_longer(
    db: Database,
) -> None:
    debate = make_debate(db, letter_deadline=None)
    assert make_letter(db, debate, now=debate.starts_at + timedelta(hours=6)).id
    with pytest.raises(RuleBroken):
        make_letter(db, debate, now=debate.starts_at + timedelta(days=1))


def test_opening_a_letter_is_in_the_journal(db: Database, debate: Debate) -> None:
    letter = registered(db, debate)
    opened = open_letter(db, LATER, ANNA, debate, letter.id)
    assert opened == replace(letter, opened_at=LATER)
    assert get_letter(db, debate.id, letter.id) == opened
    entry = last_entry(db)
    assert (entry.kind, entry.actor, entry.delegation_id) == (
        "letter opened",
        "staff:Anna",
        delegation(db).id,
    )
    assert entry.facts == {"letter_id": letter.id, "sha256": letter.sha256}


def test_a_letter_of_another_debate_is_not_found(db: Database, debate: Debate) -> None:
    letter = registered(db, debate)
    other = make_debate(db, slug="another")
    before = contents(db)
    for act in (
        lambda: open_letter(db, LATER, ANNA, other, letter.id),
        lambda: accept(db, other, letter.id),
        lambda: send_back(db, other, letter.id),
        lambda: note_inspection(db, replace(letter, debate_id=other.id), make_file(pages=2)),
    ):
        with pytest.raises(NotFound):
            act()
    assert contents(db) == before


def test_the_pages_are_noted_once_the_inspection_has_ended(db: Database, debate: Debate) -> None:
    letter = receive_letter(
        db, BEFORE, actor(), debate, delegation_id=delegation(db).id, files=(make_file(pages=None),)
    )
    assert letter.pages is None
    found = Inspection(3, frozenset({Mark.JAVASCRIPT}), (2, 3), ("Amina Otieno", ""))
    note_inspection(db, letter, replace(letter.files[0], **vars(found)))
    noted = get_letter(db, debate.id, letter.id)
    assert (noted.pages, noted.marks) == (3, {"javascript"})
    assert (noted.blank_pages, noted.signers) == ([2, 3], ["Amina Otieno", ""])


def test_an_unreadable_letter_leaves_the_draft_as_if_it_had_not_come(
    db: Database, debate: Debate
) -> None:
    prepare(db, debate, "KEN")
    good = get_draft(db, debate.id, delegation(db).id).letter
    bad = make_letter(db, debate, pages=None)
    drop_files(db, LATER, debate, letter=bad, files=bad.files, refusal="no_pages")
    draft = get_draft(db, debate.id, delegation(db).id)
    assert draft.letter == good
    assert draft.is_ready
    assert bad.stored_name not in list_stored_names(db)
    entry = last_entry(db)
    assert (entry.kind, entry.facts["reasons"]) == ("letter dropped", ["no_pages"])


def test_the_first_letter_leaves_nothing_behind_when_it_is_unreadable(
    db: Database, debate: Debate
) -> None:
    bad = make_letter(db, debate)
    drop_files(db, LATER, debate, letter=bad, files=bad.files, refusal="no_pages")
    assert get_draft(db, debate.id, delegation(db).id).letter is None


def test_an_unreadable_letter_of_a_place_given_up_stays_with_that_place(
    db: Database, debate: Debate
) -> None:
    """A colleague withdrew while the letter that came with the press was still being read."""
    letter = registered(db, debate)
    withdraw(db, LATER, actor(), debate, delegation_id=delegation(db).id)
    drop_files(db, LATER, debate, letter=letter, files=letter.files, refusal="no_pages")
    assert get_draft(db, debate.id, delegation(db).id).letter is None
    assert get_letter(db, debate.id, letter.id) == letter


def test_the_receipt_names_the_letter_of_the_press_after_it_was_replaced(
    db: Database, debate: Debate
) -> None:
    prepare(db, debate, "KEN")
    pressed = register(db, debate, "KEN").letter
    replaced = make_letter(db, debate, "KEN", OPENS_AT)
    held = find_active_registration(db, debate.id, delegation(db).id)
    assert (held.receipt_letter.id, held.letter.id) == (pressed.id, replaced.id)


# --- What stays on the disk ---------------------------------------------------------------------

ROOM = MAX_MEGABYTES * 1_000_000


def send(
    db: Database, debate: Debate, actor_: Actor, gone: list[str], *files: LetterFile
) -> Letter:
    return receive_letter(
        db,
        LATER,
        actor_,
        debate,
        delegation_id=delegation(db).id,
        files=files,
        discard=gone.append,
    )


def test_a_replaced_draft_leaves_the_disk_at_once(db: Database, debate: Debate) -> None:
    gone: list[str] = []
    first, second = make_file(), make_file()
    send(db, debate, actor(), gone, first)
    send(db, debate, actor(), gone, second)
    assert gone == [first.stored_name]
    assert list_stored_names(db) == {second.stored_name}


def test_a_version_that_somebody_may_rely_on_stays_on_the_disk(
    db: Database, debate: Debate
) -> None:
    gone: list[str] = []
    registered(db, debate)
    send(db, debate, actor(), gone, make_file())
    assert gone == []


def test_a_delegation_has_so_much_room_for_all_versions_and_staff_may_add_to_it(
    db: Database, debate: Debate
) -> None:
    gone: list[str] = []
    registered(db, debate)
    opened = send(db, debate, actor(), gone, make_file(size=ROOM - 1234))
    open_letter(db, LATER, ANNA, debate, opened.id)
    before = contents(db)
    with pytest.raises(RuleBroken) as refused:
        send(db, debate, actor(), gone, make_file(size=1))
    assert refused.value.field == "letter"
    assert contents(db) == before
    put_in = send(db, debate, ANNA, gone, make_file(size=10_000_000), make_file(size=10_000_000))
    remove_file(
        db,
        LATER,
        actor(),
        debate,
        delegation_id=delegation(db).id,
        seen=put_in.sha256,
        position=1,
        discard=gone.append,
    )
    assert gone == [put_in.files[0].stored_name], "fewer pages are never refused"


def test_the_largest_letter_can_be_replaced_twice(db: Database, debate: Debate) -> None:
    """Ten photos of 10 MB each, each version opened by staff, so that all three are kept."""
    for _ in range(3):
        photos = [make_file(size=10_000_000) for _ in range(10)]
        letter = send(db, debate, actor(), [], *photos)
        open_letter(db, LATER, ANNA, debate, letter.id)
    assert letter.version == 3


def test_a_draft_that_is_replaced_takes_no_room_any_more(db: Database, debate: Debate) -> None:
    for _ in range(4):
        letter = send(db, debate, actor(), [], make_file(size=ROOM))
    assert letter.version == 1
