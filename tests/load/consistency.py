"""What is true of a debate whatever was done to it at once, and whatever ended in the middle.

The journal is the second witness: what it says happened, done again one after the other, must
give the list as the database has it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from rostrum.actions.journal import verify_journal
from rostrum.config import Config
from rostrum.domain.debates.debate import Debate
from rostrum.domain.journal.chain import Entry
from rostrum.domain.registrations.registration import Registration
from rostrum.store.database import Database, all_rows
from rostrum.store.journal import list_entries
from rostrum.store.registrations import list_registrations

Told = Iterable[tuple[str, int]]
"""Delegation and arrival number, as answers gave them."""


def check_everything(db: Database, config: Config, debate: Debate) -> list[Registration]:
    """All that follows; the registrations of the debate in order of arrival."""
    check_database(db)
    check_letters(db, config)
    return check_list(db, debate)


def check_database(db: Database) -> None:
    """The file is sound, the journal's chain is whole."""
    found = all_rows(db, "pragma integrity_check")
    assert found == [{"integrity_check": "ok"}], found
    found = all_rows(db, "pragma foreign_key_check")
    assert found == [], found
    broken = verify_journal(db)
    assert broken is None, broken


def check_letters(db: Database, config: Config) -> None:
    """Every letter lies on disk as it was sent."""
    for row in all_rows(db, "select stored_name, size, sha256 from letter_file"):
        path = config.letters / row["stored_name"]
        content = path.read_bytes() if path.exists() else b""
        is_kept = len(content) == row["size"]
        is_kept = is_kept and hashlib.sha256(content).hexdigest() == row["sha256"]
        assert is_kept, f"letter {path.name} is not on disk as it was sent"


def check_list(db: Database, debate: Debate) -> list[Registration]:
    """Numbers, stamps, places and moves agree; the registrations in order of arrival."""
    listed = list_registrations(db, debate.id)
    arrived = sorted(listed, key=lambda held: held.arrival_number)
    numbers = [held.arrival_number for held in arrived]
    assert numbers == list(range(1, len(arrived) + 1)), f"numbers twice or left out: {numbers}"
    stamps = [held.received_at for held in arrived]
    assert all(a < b for a, b in pairwise(stamps)), "an earlier number has a later stamp"
    active = [held for held in listed if held.is_active]
    places = [held.place for held in active]
    assert places == list(range(1, len(active) + 1)), f"places twice or left out: {places}"
    who = [held.delegation_id for held in active]
    assert len(set(who)) == len(who), "a delegation has two places"
    told = _replay(db, debate)
    assert told.order == who, "the journal tells another order"
    _check_moves(db, debate, told)
    return arrived


def check_told(db: Database, debate: Debate, told: Told) -> None:
    """Every number that was told is the number of a registration of that delegation."""
    lost = lost_numbers(db, debate, told)
    assert not lost, f"told and not kept: {sorted(lost)}"


def lost_numbers(db: Database, debate: Debate, told: Told) -> set[tuple[str, int]]:
    """What was told and is not so."""
    sql = """select code, arrival_number from registration
             join delegation on delegation.id = delegation_id where debate_id = :debate_id"""
    rows = all_rows(db, sql, debate_id=debate.id)
    return set(told) - {(row["code"], row["arrival_number"]) for row in rows}


# --- The journal, done again --------------------------------------------------------------------


@dataclass
class _Replay:
    """One debate as its journal tells it, entry by entry; delegations by id."""

    order: list[int] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    letters: dict[int, int] = field(default_factory=dict)
    """The current letter of each delegation that has a place."""
    decided: set[int] = field(default_factory=set)
    first_places: dict[int, int] = field(default_factory=dict)
    """By arrival number: the place a registration was given at first, and at last."""
    last_places: dict[int, int] = field(default_factory=dict)
    last_number: int = 0

    def take(self, entry: Entry) -> None:
        step = _STEPS.get(entry.kind)
        if step:
            step(self, entry.delegation_id, entry.facts)

    def registered(self, who: int, facts: dict) -> None:
        self.last_number += 1
        self.order.append(who)
        assert self.order.count(who) == 1, f"delegation {who} was given two places"
        assert facts["arrival_number"] == self.last_number, (
            f"not number {self.last_number}: {facts}"
        )
        assert facts["place"] == len(self.order), f"not place {len(self.order)}: {facts}"
        self.numbers[who] = self.last_number
        self.letters[who] = facts["letter_id"]
        self.first_places[self.last_number] = facts["place"]

    def pressed_again(self, who: int, facts: dict) -> None:
        assert who in self.order, f"delegation {who} pressed again without a place"
        assert facts["arrival_number"] == self.numbers[who], f"another number was told: {facts}"

    def withdrawn(self, who: int, facts: dict) -> None:
        behind = len(self._leave(who, facts))
        assert facts["moved_up"] == behind, f"{behind} should have moved up: {facts}"
        self.last_places[self.numbers[who]] = facts["place_before"]

    def place_moved(self, who: int, facts: dict) -> None:
        self._leave(who, facts)
        self.order.insert(facts["place_after"] - 1, who)
        shifted = abs(facts["place_after"] - facts["place_before"])
        assert facts["shifted"] == shifted, f"{shifted} should have shifted: {facts}"

    def _leave(self, who: int, facts: dict) -> list[int]:
        """Takes the delegation out of the order; those who stood behind it."""
        index = self.order.index(who)
        assert facts["place_before"] == index + 1, f"it stood at place {index + 1}: {facts}"
        self.order.remove(who)
        return self.order[index:]

    def letter_received(self, who: int, facts: dict) -> None:
        if who in self.order:
            self.letters[who] = facts["letter_id"]

    def letter_decided(self, who: int, facts: dict) -> None:
        letter = facts["letter_id"]
        assert who in self.order, f"letter {letter} was decided without a place"
        assert self.letters[who] == letter, f"letter {letter} was decided after it was replaced"
        assert letter not in self.decided, f"letter {letter} was decided twice"
        self.decided.add(letter)


_STEPS = {
    "registered": _Replay.registered,
    "pressed again": _Replay.pressed_again,
    "withdrawn": _Replay.withdrawn,
    "place moved": _Replay.place_moved,
    "letter received": _Replay.letter_received,
    "letter accepted": _Replay.letter_decided,
    "letter returned": _Replay.letter_decided,
}
"""Entries of other kinds change nothing that is told here."""


def _replay(db: Database, debate: Debate) -> _Replay:
    told = _Replay()
    for entry, _ in list_entries(db):
        if entry.debate_id == debate.id:
            told.take(entry)
    for place, who in enumerate(told.order, start=1):
        told.last_places[told.numbers[who]] = place
    return told


def _check_moves(db: Database, debate: Debate, told: _Replay) -> None:
    """From the first place of every registration its moves lead to the last, step by step."""
    places = dict(told.first_places)
    sql = """select arrival_number, place_before, place_after from move
             join registration on registration.id = registration_id
             where debate_id = :debate_id order by move.id"""
    for row in all_rows(db, sql, debate_id=debate.id):
        number = row["arrival_number"]
        assert row["place_before"] == places[number], f"a move of number {number} is unexplained"
        places[number] = row["place_after"]
    assert places == told.last_places, "the moves lead to other places than the journal"
