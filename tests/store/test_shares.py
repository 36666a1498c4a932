"""Rows of links to watch a place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlite_utils.db import sqlite3

from rostrum.domain.delegations.shares import Share
from rostrum.store.database import Database
from rostrum.store.shares import find_share, insert_share, list_shares, update_ended
from tests.factories import BEFORE, make_debate, make_invitations


def test_those_that_work_are_listed_the_latest_first(db: Database) -> None:
    invited = make_invitations(db, make_debate(db), "KEN", "BRA")
    kenya, brazil = invited["KEN"], invited["BRA"]
    share = Share(0, kenya.id, kenya.generation, BEFORE, "Safari/iPhone")
    ids = [insert_share(db, share) for _ in range(3)]
    insert_share(db, Share(0, kenya.id, kenya.generation + 1, BEFORE, ""))
    update_ended(db, ids[1], BEFORE - timedelta(hours=1), "staff:anna")
    assert [each.id for each in list_shares(db, kenya)] == [ids[2], ids[0]]
    assert list_shares(db, brazil) == []
    ended = find_share(db, ids[1])
    assert (ended.made_at, ended.ended_at, ended.ended_by) == (BEFORE, BEFORE, "staff:anna")
    assert find_share(db, 99) is None


@pytest.mark.parametrize("change", ["ended_at = made_at", "ended_by = 'x'", "generation = 0"])
def test_half_an_end_is_refused_by_the_database(db: Database, change: str) -> None:
    kenya = make_invitations(db, make_debate(db), "KEN")["KEN"]
    insert_share(db, Share(0, kenya.id, kenya.generation, BEFORE, ""))
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(f"update share set {change}")  # noqa: S608
