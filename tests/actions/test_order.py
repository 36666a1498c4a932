"""Whatever people do, in whatever order: places stay dense and in the order of arrival."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rostrum.actions.journal import verify_journal
from rostrum.actions.letters import accept_letter, return_letter
from rostrum.actions.registrations import withdraw
from rostrum.domain.debates import Debate
from rostrum.domain.errors import Conflict
from rostrum.domain.journal import Actor
from rostrum.domain.registrations import idempotency_key
from rostrum.store.database import Database, connect
from rostrum.store.journal import list_entries
from rostrum.store.places import list_last_moves
from rostrum.store.registrations import (
    find_active_registration,
    list_registrations,
    list_used_keys,
)
from tests.factories import (
    OPENS_AT,
    actor,
    delegation,
    make_debate,
    make_letter,
    prepare,
    register,
)

CODES = ("BRA", "EGY", "JPN", "KEN", "MEX")
VERBS = ("register", "register", "register", "withdraw", "replace", "return", "accept")
ANNA = Actor("staff", "Anna")

steps = st.lists(st.tuples(st.sampled_from(VERBS), st.sampled_from(CODES)), max_size=25)


@pytest.fixture(scope="module")
def prepared(empty_database: Path) -> Iterator[Database]:
    """A debate for which five delegations need only press; copied for each example."""
    db = connect(Path(":memory:"))
    source = connect(empty_database)
    source.conn.backup(db.conn)
    source.close()
    prepare(db, make_debate(db), *CODES)
    yield db
    db.close()


def act(db: Database, debate: Debate, verb: str, code: str, now) -> None:
    who = delegation(db, code).id
    held = find_active_registration(db, debate.id, who)
    if verb == "register":
        used = list_used_keys(db, debate.id, who)
        register(db, debate, code, now, idempotency_key(len(used)))
    elif verb == "withdraw":
        withdraw(db, now, actor(code), debate, who)
    elif verb == "replace":
        make_letter(db, debate, code, now)
    elif held and verb == "accept":
        accept_letter(db, now, ANNA, debate, held.letter.id)
    elif held:
        return_letter(db, now, ANNA, debate, held.letter.id, "Not signed.")


def assert_list_is(db: Database, debate: Debate, expected: list[str]) -> None:
    codes = dict(db.execute("select id, code from delegation").fetchall())
    active = [held for held in list_registrations(db, debate.id) if held.is_active]
    assert [codes[held.delegation_id] for held in active] == expected
    assert [held.place for held in active] == list(range(1, len(active) + 1))
    numbers = [held.arrival_number for held in active]
    assert numbers == sorted(set(numbers))
    moves = list_last_moves(db, debate.id)
    for held in active:
        if held.id in moves:
            assert moves[held.id].place_after == held.place


@settings(max_examples=50, deadline=None)
@given(steps=steps)
def test_places_stay_dense_unique_and_in_order_of_arrival(
    prepared: Database, steps: list[tuple[str, str]]
) -> None:
    db = connect(Path(":memory:"))
    prepared.conn.backup(db.conn)
    debate = the_debate(db)
    expected: list[str] = []
    for count, (verb, code) in enumerate(steps):
        with suppress(Conflict):
            act(db, debate, verb, code, OPENS_AT + timedelta(seconds=count))
        if verb == "register" and code not in expected:
            expected.append(code)
        elif verb == "withdraw" and code in expected:
            expected.remove(code)
        assert_list_is(db, debate, expected)
    listed = list_registrations(db, debate.id)
    every_number = sorted(held.arrival_number for held in listed)
    assert every_number == list(range(1, len(listed) + 1))
    entries = list_entries(db)
    assert sum(entry.kind == "registered" for entry, _ in entries) == len(listed)
    assert verify_journal(db) is None
    db.close()


def the_debate(db: Database) -> Debate:
    """The one debate of this database."""
    from rostrum.store.debates import list_debates

    return list_debates(db)[0]
