"""Deleting letters and contacts when their retention period is over, or a whole debate.

First, one transaction erases the texts and records the deletion. Then the files are deleted
from the disk, and the database is written anew, so that no freed page keeps deleted data.
If this is interrupted, running it again completes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.actions.kept_lists import ListFiles
from rostrum.actions.letters.sweeping import ARRIVING
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate, Status
from rostrum.domain.errors import Busy
from rostrum.domain.instance.backups import LISTS
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.retention.purge import (
    Purge,
    RemainingFile,
    Remains,
    check_may_purge,
    check_remains,
    check_slug,
    is_due,
)
from rostrum.domain.times import to_micros
from rostrum.letters.files import LetterFiles, sync_folder
from rostrum.store import debates, letters, retention
from rostrum.store.database import writing
from rostrum.store.rewriting import call, list_copies, rewrite


@dataclass(frozen=True)
class Disk:
    """Where the data is: the letters' folder, the database file, and what lies beside it."""

    files: LetterFiles
    database: Path

    @property
    def lists(self) -> ListFiles:
        """The lists that the server wrote by itself."""
        return ListFiles(self.database.parent / LISTS)


@dataclass(frozen=True)
class Gone:
    """What a purge deleted (or would delete), and whether no trace of it is left."""

    remains: Remains
    is_finished: bool


def find_remains(db: Database, now: datetime, debate: Debate, disk: Disk) -> Remains:
    """Exactly what a purge of the debate would delete now; changes nothing."""
    names = retention.list_letter_names(db, debate.id)
    made = [(path, code) for name, code in names for path in disk.files.list_made(name)]
    known, folder = letters.list_stored_names(db), disk.files.folder
    orphans = [folder / name for name in disk.files.list_orphans(known, now - ARRIVING)]
    return Remains(
        files=tuple(_remaining(path, folder, code) for path, code in made),
        texts=retention.count_texts(db, debate.id),
        lists=tuple(
            _remaining(path, disk.lists.folder) for path in disk.lists.list_files(debate.slug)
        ),
        leftovers=tuple(_remaining(path, folder) for path in orphans),
        copies=tuple(_remaining(path, disk.database.parent) for path in list_copies(disk.database)),
    )


def _remaining(path: Path, folder: Path, code: str = "") -> RemainingFile:
    parts = [each for each in path.rglob("*") if each.is_file()] if path.is_dir() else [path]
    size = sum(each.stat().st_size for each in parts)
    return RemainingFile(str(path.relative_to(folder)), size, code)


def purge_debate(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    disk: Disk,
    seen: str,
    run: Callable[..., Any] | None = None,
) -> bool:
    """Deletes letters, contacts and every personal text of a debate; the list stays.

    `seen` is the `version` of the remains that the page showed: Conflict if there is
    something else now. `run` calls a function where the disk may keep it waiting. False if the
    database could not be written anew because it is in use: the data is deleted, but traces may
    remain, and another purge removes them. Raises RuleBroken before the end of the meeting's day.
    """
    check_may_purge(debate, now)
    with writing(db):
        remains = find_remains(db, now, debate, disk)
        check_remains(remains, seen)
        _erase(db, now, actor, debate, remains=remains, is_deletion=False)
    return _finish(db, now, debate, disk, run)


def delete_debate(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    disk: Disk,
    typed: str,
    run: Callable[..., Any] | None = None,
) -> bool:
    """Purges a debate, archives it and removes it from every list. Its rows and its journal
    stay.

    `typed` is its slug, typed to confirm (else RuleBroken); `run` and result as `purge_debate`.
    """
    check_slug(debate, typed)
    check_may_purge(debate, now)
    with writing(db):
        remains = find_remains(db, now, debate, disk)
        _erase(db, now, actor, debate, remains=remains, is_deletion=True)
        present = debates.get_debate_by_id(db, debate.id)
        archived = replace(present, status=Status.ARCHIVED, version=present.version + 1)
        debates.update_debate(db, archived)
    return _finish(db, now, debate, disk, run)


def list_due(db: Database, now: datetime, disk: Disk) -> list[tuple[Debate, Remains]]:
    """The debates whose retention period is over and that still have data, with that data."""
    due = [debate for debate in debates.list_debates(db) if is_due(debate, now)]
    found = [(debate, find_remains(db, now, debate, disk)) for debate in due]
    return [pair for pair in found if not pair[1].is_empty or _is_unfinished(db, pair[0])]


def purge_due(
    db: Database, now: datetime, actor: Actor, disk: Disk, *, dry_run: bool
) -> Iterator[tuple[Debate, Gone]]:
    """Purges each debate that is due, and yields what was deleted; `dry_run`: what would be."""
    for debate, remains in list_due(db, now, disk):
        if dry_run:
            yield debate, Gone(remains, is_finished=True)
            continue
        # An earlier deletion has already removed its files from the disk.
        present = find_remains(db, now, debate, disk)
        is_finished = purge_debate(db, now, actor, debate, disk=disk, seen=present.version)
        yield debate, Gone(present, is_finished)


def _is_unfinished(db: Database, debate: Debate) -> bool:
    return any(each.finished_at is None for each in retention.list_purges(db, debate.id))


def _erase(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    remains: Remains,
    is_deletion: bool,
) -> None:
    """Inside a transaction: erases the texts and records the deletion."""
    kind = EntryKind.DEBATE_DELETED if is_deletion else EntryKind.PERSONAL_DATA_DELETED
    texts = retention.erase_texts(db, debate.id)
    purge = Purge(
        id=0,
        debate_id=debate.id,
        purged_at=now,
        actor=str(actor),
        files=len(remains.own_files),
        bytes=sum(file.size for file in remains.own_files),
        texts=texts,
        finished_at=None,
        is_deletion=is_deletion,
    )
    retention.insert_purge(db, purge)
    facts = {"files": purge.files, "bytes": purge.bytes, "texts": remains.texts}
    record(db, now, actor, Event(kind, debate_id=debate.id, facts=facts))


def _finish(
    db: Database, now: datetime, debate: Debate, disk: Disk, run: Callable[..., Any] | None
) -> bool:
    names = [name for name, _ in retention.list_letter_names(db, debate.id)]
    known = letters.list_stored_names(db)
    run = run or call
    run(_clear_disk, disk, names, known, now)
    run(disk.lists.discard, debate.slug)
    try:
        rewrite(disk.database, run)
    except Busy:
        return False
    with writing(db):
        retention.update_finished(db, debate.id, to_micros(now))
    return True


def _clear_disk(disk: Disk, names: list[str], known: set[str], now: datetime) -> None:
    for name in names:
        disk.files.discard(name)
    disk.files.sweep(known, now - ARRIVING)
    for copy in list_copies(disk.database):
        copy.unlink(missing_ok=True)
    for folder in (disk.files.folder, disk.database.parent):
        if folder.is_dir():
            sync_folder(folder)
