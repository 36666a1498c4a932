"""The journal: append-only, chained, and still whole when personal values are purged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from rostrum.actions.journal import Event, _find_fault, record, verify_journal
from rostrum.config import Config
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.debates.debate import Debate
from rostrum.domain.journal.kinds import EntryKind
from rostrum.store.database import Database, opened, writing
from rostrum.store.journal import get_end, list_entries, list_values
from rostrum.store.retention import erase_texts
from tests.factories import BEFORE, OPENS_AT, contents, make_debate, prepare, register

STORED = (
    "address changed", "authenticator removed", "authenticator set up", "browser signed out",
    "concept note kept", "concept note removed", "council chosen", "council order set",
    "debate changed", "debate created", "debate deleted", "debate loaded", "decision taken back",
    "delegation added", "delegation changed", "entered by the mission", "further statements set",
    "instance restored", "invitation renewed", "invitation revoked", "invited", "key renewed",
    "letter accepted", "letter deadline extended", "letter dropped", "letter opened",
    "letter received", "letter returned", "letters exported", "levels set", "list reordered",
    "message sent", "message withdrawn", "password changed", "password set",
    "personal data deleted", "phone signed out", "place moved", "place reinstated", "place struck",
    "pressed again", "record exported", "recovery code used", "recovery codes made", "registered",
    "rehearsal deleted", "rehearsal started", "role changed", "shared link ended",
    "shared link made", "signed in", "signed out", "speaker saved", "speaks later", "staff added",
    "staff deactivated", "staff link made", "staff reactivated", "staff signed out",
    "swap accepted", "swap asked", "swap declined", "swap done", "swap refused", "swap taken back",
    "withdrawn",
)  # fmt: skip
END = "0597d385e06a8a1a0b92fb3de161d1934c6c4de8e2aa54311bc058a1779033b3"
WITH_PERSONAL_VALUES = {
    "concept note kept", "concept note removed", "council speaker saved", "debate changed",
    "decision taken back", "delegation added", "delegation changed", "entered by the mission",
    "letter accepted", "letter dropped", "letter received", "letter returned", "list put in order",
    "list reordered", "message sent", "message withdrawn", "place moved", "place reinstated",
    "place struck", "registered", "speaker saved", "staff note removed", "staff note written",
    "swap refused", "withdrawn",
}  # fmt: skip

TRIGGERS = (
    "journal_is_append_only_update",
    "journal_is_append_only_delete",
    "journal_value_is_only_purged",
    "journal_value_is_not_deleted",
)


@pytest.fixture
def journal(db: Database, debate: Debate) -> Database:
    """A database with a journal of some length, personal values beside it."""
    prepare(db, debate, "KEN", "BRA")
    register(db, debate, "KEN")
    register(db, debate, "BRA")
    assert verify_journal(db) is None
    return db


@pytest.mark.parametrize(
    "statement",
    [
        "update journal set actor = 'nobody' where id = 2",
        "update journal set hash = hash where id = 2",
        "delete from journal where id = 2",
        "delete from journal",
        "update journal_value set value = 'another name'",
        "update journal_value set value = 'another name', salt = 'another salt'",
        "update journal_value set salt = null, value = null, name = 'other'",
        "update journal_value set salt = null, value = null, journal_id = 1",
        "delete from journal_value",
    ],
)
def test_the_database_refuses_to_rewrite_the_journal(journal: Database, statement: str) -> None:
    before = contents(journal)
    with pytest.raises(sqlite3.IntegrityError, match="append-only|only be purged"):
        journal.execute(statement)
    assert contents(journal) == before


@pytest.mark.parametrize(
    "statement",
    [
        "update journal set at = at + 1 where id = 3",
        "update journal set actor = 'nobody' where id = 3",
        "update journal set kind = 'something else' where id = 3",
        "update journal set delegation_id = null where id = 3",
        "update journal set facts = '{}' where id = 3",
        "update journal set digests = '{}' where id = 2",
        "update journal set hash = '" + "0" * 64 + "' where id = 3",
        "delete from journal where id = 1",
        "delete from journal where id = 3",
        "update journal_value set value = 'another name' where rowid_is",
        "update journal_value set salt = 'ab' where rowid_is",
        "insert into journal_value values (1, 'invented', 'ab', 'something')",
        "delete from journal where id = (select max(id) from journal)",
    ],
)
def test_what_was_changed_behind_the_triggers_is_found(journal: Database, statement: str) -> None:
    for trigger in TRIGGERS:
        journal.execute(f"drop trigger {trigger}")
    journal.execute("pragma foreign_keys = off")
    some_value = "journal_id = (select min(journal_id) from journal_value)"
    journal.execute(statement.replace("rowid_is", some_value))
    assert verify_journal(journal)


def test_two_entries_that_change_places_are_found(journal: Database) -> None:
    for trigger in TRIGGERS:
        journal.execute(f"drop trigger {trigger}")
    journal.execute("pragma foreign_keys = off")
    for old, new in ((2, 100), (3, 2), (100, 3)):
        journal.execute("update journal set id = ? where id = ?", (new, old))
    assert verify_journal(journal)


@pytest.mark.parametrize("verify", [verify_journal, _find_fault], ids=["ours", "control"])
def test_entries_that_come_while_the_journal_is_verified_are_no_fault(
    journal: Database, config: Config, debate: Debate, verify: Callable[[Database], str | None]
) -> None:
    """Read bit by bit, the journal seems to have lost what was written in between."""
    with opened(config.database) as server:
        late = iter([lambda: prepare(server, debate, "EGY")])

        def commit_after_the_first_read(statement: str) -> None:
            if "from journal_end" in statement:
                next(late, int)()

        journal.conn.set_trace_callback(commit_after_the_first_read)
        fault = verify(journal)
        journal.conn.set_trace_callback(None)
    assert (fault is None) == (verify is verify_journal)
    assert verify_journal(journal) is None


def test_purging_personal_values_keeps_the_chain_whole(journal: Database) -> None:
    values = list_values(journal)
    assert any("Lokaale" in row["value"] for row in values)
    journal.execute("update journal_value set value = null, salt = null where journal_id > 3")
    assert len(list_values(journal)) < len(values)
    assert verify_journal(journal) is None
    journal.execute("update journal_value set value = null, salt = null")
    assert list_values(journal) == []
    assert verify_journal(journal) is None


def test_a_value_cannot_be_half_purged(journal: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        journal.execute("update journal_value set value = null")


def test_equal_personal_values_have_different_digests(db: Database) -> None:
    for _ in range(2):
        event = Event("tried", personal={"name": "Erastus Ekitela Lokaale"})
        record(db, BEFORE, COMMAND_LINE, event)
    (first, _), (second, _) = list_entries(db)
    assert first.digests != second.digests


def test_an_empty_journal_is_whole(db: Database) -> None:
    assert verify_journal(db) is None


@pytest.mark.parametrize(
    "value", ["", "Türkiye", "محمد", "中国", "a\nb", "\N{WAVING HAND SIGN}", "'; drop table x"]
)
def test_any_text_can_be_recorded(db: Database, value: str) -> None:
    record(db, BEFORE, COMMAND_LINE, Event("tried", facts={"x": value}, personal={"y": value}))
    assert verify_journal(db) is None
    assert list_values(db)[-1]["value"] == value


def test_what_is_stored_of_each_kind_is_as_it_was_in_every_journal_so_far(config: Config) -> None:
    """One entry of each, whose chain ended so when this was written."""
    with opened(config.database) as db:
        for number, stored in enumerate(STORED, start=1):
            event = Event(EntryKind(stored), facts={"number": number})
            record(db, OPENS_AT, COMMAND_LINE, event)
        assert tuple(entry.kind for entry, _ in list_entries(db)) == STORED
        assert get_end(db) == (len(STORED), END)
        assert verify_journal(db) is None


def test_a_purge_takes_of_each_kind_what_its_table_says(config: Config) -> None:
    with opened(config.database) as db:
        debate = make_debate(db)
        for kind in EntryKind:
            personal = dict.fromkeys(kind.purged, "Erastus Ekitela Lokaale")
            record(db, OPENS_AT, COMMAND_LINE, Event(kind, debate.id, personal=personal))
        before = list_entries(db)
        with writing(db):
            erase_texts(db, debate.id)
        assert list_values(db) == []
        assert list_entries(db) == before
        assert {entry.kind for entry, _ in before if entry.digests} == WITH_PERSONAL_VALUES
        assert verify_journal(db) is None
