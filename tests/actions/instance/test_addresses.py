"""The outside address: which one holds, setting one, and where the server listens."""

from __future__ import annotations

import pytest

from rostrum.actions.instance.addresses import (
    OutsideAddress,
    find_address,
    note_listening,
    set_address,
)
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.errors import RuleBroken
from rostrum.domain.instance.addresses import Address, Source
from rostrum.store.database import Connections, Database
from rostrum.store.journal import list_entries
from tests.factories import BEFORE, contents
from tests.journal_in_english import latest_in_english

OUTSIDE = "https://list.mission.example"


def keep(db: Database, text: str) -> str:
    return set_address(db, BEFORE, COMMAND_LINE, text)


def test_the_environment_wins_over_what_was_set_and_that_over_where_the_server_listens(
    db: Database,
) -> None:
    assert find_address(db, "") == Address("http://127.0.0.1:8000", Source.LISTENING)
    note_listening(db, "http://127.0.0.1:8114")
    assert find_address(db, "") == Address("http://127.0.0.1:8114", Source.LISTENING)
    keep(db, OUTSIDE)
    assert find_address(db, "") == Address(OUTSIDE, Source.KEPT)
    given = "https://other.example"
    assert find_address(db, given) == Address(given, Source.ENVIRONMENT)


def test_an_address_that_is_set_stands_in_the_journal(db: Database) -> None:
    assert keep(db, f" {OUTSIDE}/ ") == OUTSIDE
    entry, _ = list_entries(db)[-1]
    assert (entry.kind, entry.debate_id, entry.actor) == ("address changed", None, "command line")
    assert latest_in_english(db, "address changed") == f"Outside address: none → {OUTSIDE}"
    assert keep(db, "") == ""
    assert latest_in_english(db, "address changed") == f"Outside address: {OUTSIDE} → none"
    assert find_address(db, "").source is Source.LISTENING


def test_an_address_that_is_there_already_changes_nothing(db: Database) -> None:
    keep(db, OUTSIDE)
    before = contents(db)
    assert keep(db, f"{OUTSIDE}:443/") == OUTSIDE
    assert contents(db) == before


def test_an_address_of_no_good_form_changes_nothing(db: Database) -> None:
    keep(db, OUTSIDE)
    before = contents(db)
    with pytest.raises(RuleBroken):
        keep(db, "list.mission.example")
    assert contents(db) == before


def test_where_the_server_listens_is_not_an_entry_of_the_journal(db: Database) -> None:
    note_listening(db, "http://127.0.0.1:8114")
    note_listening(db, "http://127.0.0.1:8114")
    assert list_entries(db) == []


def test_a_running_server_hears_of_an_address_that_another_process_set(
    db: Database, connections: Connections
) -> None:
    address = OutsideAddress("", connections)
    assert address.now.source is Source.LISTENING
    keep(db, OUTSIDE)
    with connections.borrowed() as reader:
        assert address.read(reader).url == OUTSIDE
    assert address.now.url == OUTSIDE
