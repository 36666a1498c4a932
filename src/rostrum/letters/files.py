"""The folder of letters: storing an upload, finding it and the files made from it, deleting it.

Each letter is kept byte for byte as it was sent, under a random name of ours. The delegate's name
for the file never gets here. Not here: checking an upload (`uploads`), what a file contains
(`inspection`), which letters there are (the store).
"""

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from rostrum.letters.kinds import Kind
from rostrum.letters.space import LOW, MIN_FREE, check_space, find_free
from rostrum.letters.uploads import take_upload

_STORED_NAME = re.compile(r"[0-9a-f]{32}\.[a-z]{3,4}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_MADE = r"\.(?:pages|[0-9a-f]{16}\.pdf)(?:\.\w+\.part)?"
_OURS = re.compile(rf"([0-9a-f]{{32}})(?:\.[a-z]{{3,4}}|{_MADE})")


@dataclass(frozen=True)
class StoredFile:
    """A letter safely on disk: our name for it, size in bytes, SHA-256 in hexadecimal, kind."""

    stored_name: str
    size: int
    sha256: str
    kind: Kind


class LetterFiles:
    """A folder (0700) of letters (0600): `<stem>.<ending>`.

    The files made from a letter are beside it: its previews in `<stem>.pages/`, and if it is the
    first of several files, `<stem>.<digest>.pdf` for all of them.
    """

    def __init__(self, folder: Path, min_free: int = MIN_FREE, low: int = LOW) -> None:
        self.folder = folder
        self.min_free = min_free
        self.low = low

    def free(self) -> int:
        """The bytes that are free on the folder's disk."""
        return find_free(self.folder)

    def is_room_low(self) -> bool:
        """Whether somebody should make room before letters are refused."""
        return self.free() < self.low

    def store(self, stream: BinaryIO) -> StoredFile:
        """Keeps an upload whole and durable, or raises LetterRefused and keeps nothing.

        Refuses empty, too large and unknown files, without looking inside. Raises
        ServerFull before anything is written if the disk has too little room. When this
        returns, file and name have reached the disk. A stream that is too large is read to its
        end, so the caller must bound it. Blocks for the disk: under gevent call it in the hub's
        threadpool.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        check_space(self.folder, self.min_free)
        stem = secrets.token_hex(16)
        arriving = self.folder / f"{stem}.part"
        try:
            upload = take_upload(stream, arriving)
            stored_name = stem + upload.kind.ending
            arriving.rename(self.folder / stored_name)
            sync_folder(self.folder)
        finally:
            arriving.unlink(missing_ok=True)
        return StoredFile(stored_name, upload.size, upload.sha256, upload.kind)

    def path(self, stored_name: str) -> Path:
        """The path of a letter; ValueError for a name that we did not give."""
        if not _STORED_NAME.fullmatch(stored_name):
            raise ValueError("not a stored name of ours")
        return self.folder / stored_name

    def renew(self, stored_name: str) -> bool:
        """Lets a letter that waits for its row wait anew (see `sweep`); whether it is there."""
        try:
            os.utime(self.path(stored_name))
        except FileNotFoundError:
            return False
        return True

    def pages_folder(self, stored_name: str) -> Path:
        """The folder for the previews of a letter; ValueError for a name that we did not give."""
        return self.path(stored_name).with_suffix(".pages")

    def preview(self, stored_name: str, page: int) -> Path | None:
        """The WebP picture of a page (from 1), or None if there is none (yet)."""
        picture = self.pages_folder(stored_name) / f"{page:d}.webp"
        return picture if picture.is_file() else None

    def document_path(self, stored_name: str, sha256: str) -> Path:
        """The path for the one PDF of a letter: the name is its first file's, the SHA-256 that of
        all its files, so that the same files in another order have another document.

        ValueError for a name that we did not give, or for anything but a SHA-256 in hexadecimal.
        """
        if not _DIGEST.fullmatch(sha256):
            raise ValueError("not a SHA-256")
        return self.path(stored_name).with_suffix(f".{sha256[:16]}.pdf")

    def document(self, stored_name: str, sha256: str) -> Path | None:
        """The one PDF made from a letter, or None if there is none (yet)."""
        document = self.document_path(stored_name, sha256)
        return document if document.is_file() else None

    def list_made(self, stored_name: str) -> list[Path]:
        """Every file of a letter: the original, its documents, its previews."""
        path = self.path(stored_name)
        previews = self.pages_folder(stored_name).glob("*")
        made = (path, *sorted(self.folder.glob(f"{path.stem}.*.pdf")), *sorted(previews))
        return [each for each in made if each.is_file()]

    def discard(self, stored_name: str) -> None:
        """Removes a letter and all files made from it; a missing file is no error."""
        path = self.path(stored_name)
        for made in (path, *self.folder.glob(f"{path.stem}.*.pdf")):
            made.unlink(missing_ok=True)
        shutil.rmtree(self.pages_folder(stored_name), ignore_errors=True)

    def sweep(self, known: set[str], older_than: datetime) -> list[str]:
        """Removes files that no row names and that were last changed before `older_than` (aware).

        `known` holds the stored names of all rows. Returns the removed names, sorted. Half-written
        files (`.part`) are removed too; files not named by us stay. An upload that is still
        arriving or not yet in its row must be younger than that: leave an hour.
        """
        orphans = self.list_orphans(known, older_than)
        for name in orphans:
            _remove(self.folder / name)
        return orphans

    def list_orphans(self, known: set[str], older_than: datetime) -> list[str]:
        """The names that `sweep` would remove, sorted."""
        stems = {name.partition(".")[0] for name in known}
        return sorted(_find_orphans(self.folder, stems, older_than.timestamp()))


def sync_folder(folder: Path) -> None:
    """Makes names durable: on Linux a rename is on disk only after an fsync of its folder."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _find_orphans(folder: Path, known_stems: set[str], before: float) -> Iterator[str]:
    if not folder.is_dir():
        return
    for entry in os.scandir(folder):
        ours = _OURS.fullmatch(entry.name)
        if not ours or entry.stat(follow_symlinks=False).st_mtime >= before:
            continue
        if ours[1] not in known_stems or entry.name.endswith(".part"):
            yield entry.name


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
