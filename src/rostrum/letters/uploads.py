"""Copies one upload from its stream into one new file, if it is accepted.

Only cheap checks (size, kind), which may run in the web process: nothing here parses a file.
`files` decides where it is stored and under which name; `inspection` finds what is in it.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rostrum.letters.kinds import HEAD_BYTES, Kind, find_kind, is_signed_envelope
from rostrum.letters.refusals import LetterRefused, Refusal

MAX_BYTES = 10 * 1024 * 1024
"""The largest letter we accept: 10 MB in the larger of the two ways of counting, so that no file is
refused which its owner's phone or computer shows as 10 MB."""

_CHUNK = 64 * 1024


class ByteCount(int):
    """A number of bytes that reads "14.2 MB" (10^6 bytes, one decimal at most)."""

    def __str__(self) -> str:
        return f"{self / 1_000_000:.1f}".removesuffix(".0") + " MB"


TOLD_LIMIT = ByteCount(10_000_000)
"""The limit that people read, in the smaller MB, so that a refused file never reads "10 MB"."""


@dataclass(frozen=True)
class Upload:
    """A file that was received whole: its size in bytes, its SHA-256 in hexadecimal, its kind."""

    size: int
    sha256: str
    kind: Kind


def take_upload(stream: BinaryIO, path: Path) -> Upload:
    """Copies a stream durably to a new file of mode 0600, or raises LetterRefused.

    Refuses empty, too large and unknown files. The caller removes the file after a refusal. If the
    stream is too large, the rest is read and dropped to know its size, so the caller must
    limit it.
    """
    size, digest, head = 0, hashlib.sha256(), b""
    with open(path, "xb", opener=_open_private) as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size <= MAX_BYTES:
                file.write(chunk)
                digest.update(chunk)
                head = (head + chunk)[:HEAD_BYTES]
        kind = _judge(size, head)
        file.flush()
        os.fsync(file.fileno())
    return Upload(size, digest.hexdigest(), kind)


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, mode=0o600)


def _judge(size: int, head: bytes) -> Kind:
    if size == 0:
        raise LetterRefused(Refusal.EMPTY)
    if size > MAX_BYTES:
        raise LetterRefused(Refusal.TOO_LARGE, size=ByteCount(size), limit=TOLD_LIMIT)
    kind = find_kind(head)
    if kind is None:
        is_signed = is_signed_envelope(head)
        raise LetterRefused(Refusal.SIGNED_ENVELOPE if is_signed else Refusal.UNKNOWN_KIND)
    return kind
