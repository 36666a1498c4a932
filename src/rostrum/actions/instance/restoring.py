"""Restoring a backup into a folder that is not an instance yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from rostrum.actions.instance.backups import check_contents
from rostrum.actions.journal import Event, record
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate, Phase, Status
from rostrum.domain.instance.backups import (
    DATABASE,
    KEY,
    LETTERS,
    LISTS,
    BackupFault,
    Manifest,
)
from rostrum.domain.instance.keys import key_fingerprint
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.registrations.registration import Registration
from rostrum.letters.copying import building, copy_file, sync_tree
from rostrum.letters.files import sync_folder
from rostrum.store.database import opened, writing
from rostrum.store.debates import list_debates
from rostrum.store.keys import update_fingerprint
from rostrum.store.migrations import migrate
from rostrum.store.registrations import list_registrations
from rostrum.store.rewriting import list_copies


@dataclass(frozen=True)
class OpenList:
    """A list that was open when the backup was made, and may have grown since."""

    debate: Debate
    last: Registration | None
    """The latest registration in the backup."""


def check_is_free(folder: Path) -> None:
    """Refuses a folder that contains an instance or a part of one (BackupFault)."""
    if any(any((folder / name).glob("*")) for name in (LETTERS, LISTS)) or any(
        (folder / name).exists() for name in (DATABASE, KEY)
    ):
        raise BackupFault(
            f"There is an instance in {folder} already. Move it away, or name another folder "
            "with ROSTRUM_INSTANCE."
        )


def restore_backup(
    source: Path, manifest: Manifest, folder: Path, now: datetime, actor: Actor
) -> list[OpenList]:
    """Copies a checked backup into a free folder, and brings its database up to date.

    The folder gets all of it or nothing. The journal records the restoration and the backup's time.
    Returns the lists that may have grown after the backup was made. The caller holds the
    instance's lock.
    """
    check_is_free(folder)
    with building(folder, "restoring-", now) as part:
        for name in (LETTERS, LISTS):
            (part / name).mkdir(mode=0o700)
        for file in manifest.files:
            if copy_file(source / file.name, part / file.name) != (file.size, file.sha256):
                raise BackupFault(f"{file.name} was changed meanwhile.")
        lists = _bring_up_to_date(part, manifest, now, actor)
        sync_tree(part)
        # The database comes last: with it the folder is an instance.
        for name in (LETTERS, LISTS, KEY, DATABASE):
            (part / name).rename(folder / name)
        sync_folder(folder)
    return lists


def _bring_up_to_date(
    part: Path, manifest: Manifest, now: datetime, actor: Actor
) -> list[OpenList]:
    key = (part / KEY).read_bytes()
    migrate(part / DATABASE)
    for copy in list_copies(part / DATABASE):
        copy.unlink()
    with opened(part / DATABASE) as db:
        check_contents(db, manifest, key)
        facts = {"taken_at": manifest.taken_at.isoformat(), "entries": manifest.figures.entries}
        with writing(db):
            update_fingerprint(db, key_fingerprint(key))
            record(db, now, actor, Event(EntryKind.INSTANCE_RESTORED, facts=facts))
        return _open_lists(db, manifest.taken_at)


def _open_lists(db: Database, at: datetime) -> list[OpenList]:
    found = []
    for debate in list_debates(db):
        is_on = debate.status is Status.ACTIVE and at < debate.starts_at
        if is_on and debate.phase(at) is Phase.OPEN:
            held = list_registrations(db, debate.id)
            last = max(held, key=lambda each: each.arrival_number, default=None)
            found.append(OpenList(debate, last))
    return found
