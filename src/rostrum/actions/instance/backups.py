"""Backups: a whole instance in one folder, made while the server runs, and checked.

The database is copied as it is at one instant, then the letters that it names. Letters are stored
before their row is written and removed after it is gone. So a letter that is missing is lost if a
later snapshot still names it; otherwise it was only removed meanwhile.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from rostrum.actions.journal import verify_journal
from rostrum.actions.retention import Disk
from rostrum.domain.exports.kept_lists import read_instant
from rostrum.domain.instance.backups import (
    DATABASE,
    KEY,
    LETTERS,
    LISTS,
    MANIFEST,
    BackupFault,
    KeptFile,
    Manifest,
    read_manifest,
)
from rostrum.domain.instance.keys import key_fingerprint
from rostrum.letters.copying import building, copy_file, hash_file, sync_tree, write_file
from rostrum.letters.files import LetterFiles, sync_folder
from rostrum.store.keys import find_fingerprint
from rostrum.store.letters import list_stored_names
from rostrum.store.migrations import pending_migrations, unknown_migrations
from rostrum.store.snapshots import (
    find_damage,
    list_needed_files,
    read_figures,
    read_only,
    take_snapshot,
)

SNAPSHOTS = 20
"""How often letters may disappear during copying; after that, something else is wrong."""
RESERVE = 100_000_000
"""Bytes that a backup leaves free on the instance's own disk, which the server must write to."""
LOST_TOLD = 3


@dataclass(frozen=True)
class _Snapshot:
    """A copy of the database, the stored names in it, and size and hash of each file it needs."""

    taken_at: datetime
    file: KeptFile
    known: set[str]
    needed: dict[str, tuple[int, str]]


@dataclass(frozen=True)
class _Copied:
    """The instance as it was at `taken_at`."""

    taken_at: datetime
    files: tuple[KeptFile, ...]
    lost: tuple[str, ...]


def make_backup(
    *,
    disk: Disk,
    key: bytes,
    dest: Path,
    now: Callable[[], datetime],
    program: str,
    allow_lost: bool = False,
) -> tuple[Path, Manifest]:
    """Makes a new folder in `dest`, named by its time; it is complete or does not exist.

    Raises BackupFault if a letter is lost or damaged (unless that is allowed; then the manifest
    names it), the database is damaged, or the disk is full.
    """
    with building(dest, "rostrum-", now()) as part:
        copied = _copy_all(disk, part, now)
        if copied.lost and not allow_lost:
            raise BackupFault(_lost(copied.lost))
        manifest = _complete(part, copied, key, program)
        check_backup(part)
        sync_tree(part)
        folder = dest / manifest.folder_name
        if folder.exists():
            raise BackupFault(f"There is a {folder.name} in {dest} already.")
        part.rename(folder)
        sync_folder(dest)
    return folder, manifest


def _complete(part: Path, copied: _Copied, key: bytes, program: str) -> Manifest:
    kept_key = KeptFile(KEY, *write_file(part / KEY, key))
    with read_only(part / DATABASE) as db:
        figures = read_figures(db)
    files = (*copied.files, kept_key)
    manifest = Manifest(copied.taken_at, program, figures, files, copied.lost)
    write_file(part / MANIFEST, manifest.as_json().encode())
    return manifest


def check_backup(folder: Path) -> Manifest:
    """Compares a whole backup with its manifest and with itself; raises BackupFault.

    The contents of an older program's database are checked only after it is brought up to date.
    """
    try:
        manifest = read_manifest((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BackupFault(f"There is no backup in {folder}: it has no {MANIFEST}.") from None
    for file in manifest.files:
        check_file(folder, file)
    with read_only(folder / DATABASE) as db:
        check_contents(db, manifest, (folder / KEY).read_bytes())
    return manifest


def check_file(folder: Path, file: KeptFile) -> None:
    """Refuses a file that differs from its entry in the manifest."""
    path = folder / file.name
    if not path.is_file():
        raise BackupFault(f"{file.name} is missing.")
    if hash_file(path) != (file.size, file.sha256):
        raise BackupFault(f"{file.name} is not as it was when the backup was made.")


def check_contents(db: Database, manifest: Manifest, key: bytes) -> None:
    """Refuses a database that is damaged or does not match the key, the letters or the figures."""
    try:
        damage = find_damage(db)
        if damage:
            raise BackupFault(f"The database is damaged: {damage}.")
        if unknown_migrations(db):
            raise BackupFault("It was made by a newer Rostrum. Install that one.")
        if not pending_migrations(db):
            _check_rows(db, manifest, key)
    except sqlite3.DatabaseError as error:
        raise BackupFault(f"The database cannot be read: {error}.") from error


def _check_rows(db: Database, manifest: Manifest, key: bytes) -> None:
    fault = verify_journal(db)
    if fault:
        raise BackupFault(f"The journal is broken: {fault}.")
    if find_fingerprint(db) not in (None, key_fingerprint(key)):
        raise BackupFault(f"{KEY} is not the key of the database.")
    if read_figures(db) != manifest.figures:
        raise BackupFault(f"The database holds something else than {MANIFEST} says.")
    there = {file.name: (file.size, file.sha256) for file in manifest.files}
    for name, told in list_needed_files(db).items():
        path = f"{LETTERS}/{name}"
        if there.get(path) != told and path not in manifest.lost:
            raise BackupFault(f"{path} is not as it was sent.")


def _copy_all(disk: Disk, part: Path, now: Callable[[], datetime]) -> _Copied:
    """Copies database and letters; copies the database again if letters disappear meanwhile."""
    copied: dict[str, KeptFile] = {}
    missing: set[str] = set()
    for _ in range(SNAPSHOTS):
        snapshot = _take(disk, part, now)
        for name in snapshot.known:
            _copy_letter(disk.files, name, part, copied)
        gone = snapshot.needed.keys() - copied.keys()
        if gone <= missing:
            break
        missing |= gone
    else:
        raise BackupFault("Letters are removed faster than they are copied. Run this again.")
    _drop_others(part, copied, snapshot.known)
    lists = _copy_lists(disk, part)
    there = {file.name: (file.size, file.sha256) for file in copied.values()}
    lost = sorted(name for name, told in snapshot.needed.items() if there.get(name) != told)
    return _Copied(snapshot.taken_at, (snapshot.file, *copied.values(), *lists), tuple(lost))


def _take(disk: Disk, part: Path, now: Callable[[], datetime]) -> _Snapshot:
    copy = part / DATABASE
    copy.unlink(missing_ok=True)
    taken_at = now()
    try:
        take_snapshot(disk.database, copy)
        with read_only(copy) as db:
            known, needed = list_stored_names(db), list_needed_files(db)
    except sqlite3.DatabaseError as error:
        raise BackupFault(f"The database cannot be copied: {error}.") from error
    needed = {f"{LETTERS}/{name}": told for name, told in needed.items()}
    return _Snapshot(taken_at, KeptFile(DATABASE, *hash_file(copy)), known, needed)


def _copy_letter(files: LetterFiles, name: str, part: Path, copied: dict[str, KeptFile]) -> None:
    """Copies a letter and the files made from it; a file that disappears meanwhile is skipped."""
    for path in _list_made(files, name):
        relative = f"{LETTERS}/{path.relative_to(files.folder).as_posix()}"
        if relative in copied:
            continue
        _check_room(files.folder, part)
        (part / LETTERS).mkdir(mode=0o700, exist_ok=True)
        try:
            copied[relative] = KeptFile(relative, *copy_file(path, part / relative))
        except FileNotFoundError:
            continue


def _copy_lists(disk: Disk, part: Path) -> list[KeptFile]:
    """Copies the lists that the server wrote by itself; one that disappears meanwhile is old."""
    copied = []
    for path in disk.lists.list_files():
        relative = f"{LISTS}/{path.relative_to(disk.lists.folder).as_posix()}"
        if read_instant(path.name) is None:
            continue
        (part / LISTS).mkdir(mode=0o700, exist_ok=True)
        with suppress(FileNotFoundError):
            copied.append(KeptFile(relative, *copy_file(path, part / relative)))
    return copied


def _list_made(files: LetterFiles, name: str) -> list[Path]:
    try:
        return files.list_made(name)
    except FileNotFoundError:  # the folder of its pictures disappeared while it was read
        return [files.path(name)]


def _check_room(instance: Path, part: Path) -> None:
    is_shared = instance.stat().st_dev == part.stat().st_dev
    if is_shared and shutil.disk_usage(part).free < RESERVE:
        raise BackupFault("The disk of the instance has no room for it. Name a folder on another.")


def _drop_others(part: Path, copied: dict[str, KeptFile], known: set[str]) -> None:
    """Removes copies of letters that the last snapshot no longer names."""
    stems = {name.partition(".")[0] for name in known}
    for relative in list(copied):
        if Path(relative).parts[1].partition(".")[0] not in stems:
            (part / relative).unlink()
            del copied[relative]


def _lost(names: tuple[str, ...]) -> str:
    told = ", ".join(names[:LOST_TOLD]) + (" and others" if len(names) > LOST_TOLD else "")
    return (
        f"Letters are missing or damaged ({len(names)}): {told}. Look for them in an earlier "
        "backup; --allow-lost backs up the rest."
    )
