"""Durable copies of files, with their hashes, and folders that are complete or do not exist.

Other modules decide which files to copy.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from rostrum.letters.files import sync_folder

CUT_OFF = timedelta(days=1)
"""An unfinished folder that was not changed for this long belongs to an interrupted run."""
_CHUNK = 1024 * 1024
_PART = ".part"


def copy_file(source: Path, target: Path) -> tuple[int, str]:
    """Copies to a new file (0600) that has reached the disk; its size and SHA-256 (hexadecimal).

    Raises FileNotFoundError, and makes nothing, if the source no longer exists.
    """
    with source.open("rb") as reading:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        size, digest = 0, hashlib.sha256()
        with _new_file(target) as writing:
            while chunk := reading.read(_CHUNK):
                size += writing.write(chunk)
                digest.update(chunk)
            _sync(writing)
    return size, digest.hexdigest()


def write_file(path: Path, content: bytes) -> tuple[int, str]:
    """Writes our own content durably to a new file (0600); its size and SHA-256."""
    with _new_file(path) as writing:
        writing.write(content)
        _sync(writing)
    return len(content), hashlib.sha256(content).hexdigest()


def hash_file(path: Path) -> tuple[int, str]:
    """Size and SHA-256 of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return file.tell(), digest.hexdigest()


@contextmanager
def building(parent: Path, prefix: str, now: datetime) -> Iterator[Path]:
    """A new folder (0700) in `parent` that is deleted at the end, unless it was renamed.

    Folders of interrupted earlier runs are deleted too.
    """
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in parent.glob(f"{prefix}*{_PART}"):
        if left.stat().st_mtime < (now - CUT_OFF).timestamp():
            shutil.rmtree(left, ignore_errors=True)
    part = Path(tempfile.mkdtemp(suffix=_PART, prefix=prefix, dir=parent))
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def sync_tree(folder: Path) -> None:
    """Makes the names of everything in the folder durable."""
    for path in folder.rglob("*"):
        if path.is_dir():
            sync_folder(path)
    sync_folder(folder)


def _new_file(path: Path) -> BinaryIO:
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600))


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
