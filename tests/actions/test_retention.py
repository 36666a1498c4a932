"""Deleting what is due, debate by debate."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from rostrum.actions.retention import Disk, delete_debate, list_due, purge_debate, purge_due
from rostrum.config import Config
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.retention.purge import kept_until
from rostrum.letters.files import LetterFiles
from rostrum.store.database import Database, writing
from rostrum.store.debates import get_debate_by_id, update_debate
from rostrum.store.retention import list_deleted_debates, list_purges
from tests.factories import contents, make_debate, prepare, register


@pytest.fixture
def disk(config: Config) -> Disk:
    return Disk(LetterFiles(config.letters), config.database)


def make_kept(db: Database, slug: str, days: int | None) -> Debate:
    """A debate with a registration, whose data are kept for so many days."""
    debate = make_debate(db, slug=slug, retention_days=days)
    prepare(db, debate, "KEN")
    register(db, debate)
    return debate


def test_only_what_is_due_goes(db: Database, disk: Disk) -> None:
    soon, late, ever = make_kept(db, "a", 10), make_kept(db, "b", 20), make_kept(db, "c", None)
    now = kept_until(soon)
    [(debate, gone)] = purge_due(db, now, COMMAND_LINE, disk, dry_run=False)
    assert (debate.slug, gone.is_finished) == ("a", True)
    assert gone.remains.texts["contacts"] == 1
    assert len(list_purges(db, soon.id)) == 1
    assert list_purges(db, late.id) == list_purges(db, ever.id) == []
    assert list_due(db, now, disk) == []
    assert [each.slug for each, _ in list_due(db, kept_until(late), disk)] == ["b"]


def test_a_dry_run_changes_nothing(db: Database, disk: Disk) -> None:
    debate = make_kept(db, "a", 0)
    before = contents(db)
    [(_, gone)] = purge_due(db, kept_until(debate), COMMAND_LINE, disk, dry_run=True)
    assert gone.remains.texts["file_names"] == 1
    assert contents(db) == before


def test_what_is_not_finished_is_due_again(db: Database, disk: Disk) -> None:
    debate = make_kept(db, "a", 0)
    now = kept_until(debate)
    list(purge_due(db, now, COMMAND_LINE, disk, dry_run=False))
    with writing(db):
        db.execute("update purge set finished_at = null")
    assert [each.slug for each, _ in list_due(db, now, disk)] == ["a"]
    list(purge_due(db, now, COMMAND_LINE, disk, dry_run=False))
    assert list_due(db, now, disk) == []


def test_refusals_write_nothing(db: Database, disk: Disk) -> None:
    debate = make_kept(db, "a", 0)
    before, early = contents(db), debate.starts_at
    [(_, remains)] = list_due(db, kept_until(debate), disk)
    with pytest.raises(RuleBroken):
        purge_debate(db, early, COMMAND_LINE, debate, disk=disk, seen=remains.version)
    with pytest.raises(Conflict):
        purge_debate(db, kept_until(debate), COMMAND_LINE, debate, disk=disk, seen="something else")
    with pytest.raises(RuleBroken):
        delete_debate(db, early, COMMAND_LINE, debate, disk=disk, typed=debate.slug)
    with pytest.raises(RuleBroken):
        delete_debate(db, kept_until(debate), COMMAND_LINE, debate, disk=disk, typed="b")
    assert contents(db) == before


def test_settings_changed_meanwhile_outlive_a_deletion(db: Database, disk: Disk) -> None:
    debate = make_kept(db, "a", 0)
    with writing(db):
        update_debate(db, replace(debate, retention_days=5, version=3))
    assert delete_debate(db, kept_until(debate), COMMAND_LINE, debate, disk=disk, typed="a")
    deleted = get_debate_by_id(db, debate.id)
    assert (deleted.retention_days, deleted.version, deleted.status) == (5, 4, "archived")
    assert list_deleted_debates(db) == {debate.id}


def test_a_rehearsal_goes_at_any_time(db: Database, disk: Disk) -> None:
    debate = make_kept(db, "a", None)
    with writing(db):
        update_debate(db, replace(debate, rehearsal_of=debate.id))
    rehearsal = get_debate_by_id(db, debate.id)
    long_before = debate.starts_at - timedelta(days=1)
    assert delete_debate(db, long_before, COMMAND_LINE, rehearsal, disk=disk, typed="a")
