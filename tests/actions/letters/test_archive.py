"""All letters taken away at once: which ones, the journal, and what a delegation changes after."""

from __future__ import annotations

from datetime import timedelta

from rostrum.actions.journal import verify_journal
from rostrum.actions.letters.archive import export_letters
from rostrum.actions.letters.files import add_files
from rostrum.actions.letters.receiving import open_letter
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from rostrum.store.journal import list_entries
from rostrum.store.letters import get_letter
from tests.factories import (
    OPENS_AT,
    actor,
    delegation,
    make_debate,
    make_file,
    make_letter,
    prepare,
    register,
)

VERA = Actor("staff", "vera")
LATER = OPENS_AT + timedelta(hours=1)


def test_current_letters_of_all_places_are_taken_in_their_order(
    db: Database, debate: Debate
) -> None:
    prepare(db, debate, "JPN", "KEN", "BRA", "ITA")
    for code in ("JPN", "KEN", "BRA"):
        register(db, debate, code)
    newer = make_letter(db, debate, "KEN", LATER)
    withdraw(db, LATER, actor("JPN"), debate, delegation_id=delegation(db, "JPN").id)
    filed = export_letters(db, LATER, VERA, debate)
    assert [each.name for each in filed] == ["001-KEN-Kenya.pdf", "002-BRA-Brazil.pdf"]
    assert filed[0].letter.id == newer.id


def test_the_journal_says_who_took_how_many(db: Database, debate: Debate) -> None:
    prepare(db, debate, "KEN", "BRA")
    register(db, debate, "KEN")
    register(db, debate, "BRA")
    export_letters(db, LATER, VERA, debate)
    entry, _ = list_entries(db)[-1]
    assert (entry.kind, entry.actor, entry.facts) == (
        "letters exported", "staff:vera", {"letters": 2},
    )  # fmt: skip
    assert entry.debate_id == debate.id
    assert verify_journal(db) is None


def test_letters_of_another_debate_are_not_taken(db: Database, debate: Debate) -> None:
    other = make_debate(db, slug="another-debate")
    prepare(db, other, "KEN")
    register(db, other, "KEN")
    assert export_letters(db, LATER, VERA, debate) == []


def test_the_first_opening_stays_the_first(db: Database, debate: Debate) -> None:
    prepare(db, debate, "KEN", "BRA")
    read, unread = (register(db, debate, code).letter for code in ("KEN", "BRA"))
    open_letter(db, OPENS_AT, VERA, debate, read.id)
    export_letters(db, LATER, VERA, debate)
    assert get_letter(db, debate.id, read.id).opened_at == OPENS_AT
    assert get_letter(db, debate.id, unread.id).opened_at == LATER


def test_a_letter_changed_after_it_was_taken_is_a_new_version(db: Database, debate: Debate) -> None:
    prepare(db, debate, "KEN")
    register(db, debate, "KEN")
    replaced = make_letter(db, debate, "KEN", LATER)
    who, ken = actor("KEN"), delegation(db, "KEN").id
    added = add_files(db, LATER, who, debate, delegation_id=ken, files=(make_file(),))
    assert added.id == replaced.id, "nobody relies on it yet"
    export_letters(db, LATER, VERA, debate)
    added = add_files(db, LATER, who, debate, delegation_id=ken, files=(make_file(),))
    assert added.id != replaced.id
