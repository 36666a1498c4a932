"""Debates at rest: every setting survives, old notices are readable, invariants hold."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import time

import pytest

from rostrum.actions.debates.messages import Wanted, send_message
from rostrum.actions.debates.rehearsals import delete_rehearsal, start_rehearsal
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.debates.debate import Debate, OrderPolicy, Status, Translation, Visibility
from rostrum.store.database import Database, writing
from rostrum.store.debates import get_debate, list_boundaries, list_debates, update_debate
from rostrum.store.letters import list_with_same_files
from rostrum.store.rehearsals import list_rehearsals
from tests.factories import BEFORE, make_debate, make_letter

SHA256 = "a" * 64


@pytest.fixture
def debate(db: Database) -> Debate:
    return make_debate(db)


def test_every_setting_survives(db: Database, debate: Debate) -> None:
    words = Translation("fr", "Titre", "Point", "Présidence", "Thème", ("Un",), ("Quoi ?", "Où ?"))
    changed = replace(
        debate,
        notice=replace(debate.notice, translations=(words,)),
        order_policy=OrderPolicy.PRECEDENCE,
        visibility=Visibility.OWN,
        meeting_hours=((time(9, 30), time(12)),),
        swaps_need_approval=False,
        retention_days=0,
        member_limit=240,
        status=Status.POSTPONED,
        status_reason="Ill.",
        dates_are_open=True,
        version=7,
    )
    update_debate(db, changed)
    assert get_debate(db, debate.slug) == changed


def test_a_notice_from_before_translations_is_readable(db: Database, debate: Debate) -> None:
    notice = {name: value for name, value in vars(debate.notice).items() if name != "translations"}
    db.execute("update debate set notice = :notice", {"notice": json.dumps(notice)})
    assert get_debate(db, debate.slug) == debate


@pytest.mark.parametrize(
    "sql",
    [
        "update debate set deleted_at = 1",
        "update debate set dates_are_open = 1",
        "update debate set status = 'postponed'",
        "update message set ended_at = 0",
        "update message set ends_at = 0",
        "update message set part = 'returned', is_public = 1",
        "update message set part = null, is_public = 1",
        "update message set translations = '[]'",
        "insert into message_recipient values (99, 1)",
        "insert into announced_change values (null, 1, 'venue', 'a', 'a', '', 1, 'anna')",
        "insert into announced_change values (null, 1, 'letter_deadline', null, null, '', 1, 'a')",
        "insert into announced_change values (null, 1, 'title', 'a', 'b', '', 1, 'anna')",
    ],
)
def test_the_schema_keeps_its_invariants(db: Database, debate: Debate, sql: str) -> None:
    send_message(db, BEFORE, COMMAND_LINE, debate, wanted=Wanted("One."))
    with pytest.raises(sqlite3.IntegrityError), writing(db):
        db.execute(sql)


def test_a_deleted_rehearsal_is_nowhere(db: Database, debate: Debate) -> None:
    copy = start_rehearsal(db, BEFORE, COMMAND_LINE, debate, 10)
    assert list_rehearsals(db, debate.id) == [copy]
    assert copy.opens_at in list_boundaries(db)
    delete_rehearsal(db, BEFORE, COMMAND_LINE, copy)
    assert list_rehearsals(db, debate.id) == []
    assert list_debates(db) == [debate]
    assert copy.opens_at not in list_boundaries(db)


def test_a_letter_of_a_rehearsal_is_no_sighting_in_the_debate(db: Database, debate: Debate) -> None:
    copy = start_rehearsal(db, BEFORE, COMMAND_LINE, debate, 10)
    rehearsed = make_letter(db, copy, sha256=SHA256)
    other = make_letter(db, copy, "BRA", sha256=SHA256)
    real = make_letter(db, debate, sha256=SHA256)
    assert list_with_same_files(db, real) == []
    assert {each.id for each in list_with_same_files(db, rehearsed)} == {real.id, other.id}
