"""All letters as one ZIP, made while it is sent: at most one chunk of it is in memory.

Nothing is compressed, because PDFs already are. If a letter cannot be included, the archive goes on
and the manifest, which comes last, says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from zipstream import ZipStream

from rostrum.domain.exports.letters_archive import MANIFEST, Filed, Note, Outcome, manifest_csv
from rostrum.domain.letters.letter import Letter
from rostrum.letters.files import LetterFiles

CHUNK = 256 * 1024
"""Bytes read at once: few enough for memory, and to let other requests go in between."""


def stream_archive(
    letters: list[Filed],
    files: LetterFiles,
    find_pdf: Callable[[Letter], Path | None],
    offload: Callable[..., Any],
) -> Iterator[bytes]:
    """The archive in pieces of at most CHUNK bytes (the manifest is one piece).

    `find_pdf` gives the one PDF of a letter, or None if none can be made; `offload` calls a
    function with its arguments where the disk may keep it waiting.
    """
    archive = ZipStream()
    report = []
    for filed in letters:
        outcome = yield from _stream_letter(archive, filed, files, find_pdf, offload)
        report.append((filed, outcome))
    archive.add(manifest_csv(report), MANIFEST)
    yield from archive.finalize()


def _stream_letter(
    archive: ZipStream,
    filed: Filed,
    files: LetterFiles,
    find_pdf: Callable[[Letter], Path | None],
    offload: Callable[..., Any],
) -> Iterator[bytes]:
    """One letter's piece of the archive; returns its Outcome."""
    letter = filed.letter
    names = [file.stored_name for file in letter.files]
    missing = frozenset(name for name in names if not files.path(name).is_file())
    pdf = find_pdf(letter)
    is_combined = pdf is not None and pdf != files.path(letter.stored_name)
    try:
        opened = None if pdf is None else offload(pdf.open, "rb")
    except FileNotFoundError:
        opened = None
    if opened is None:
        return Outcome(note=Note.MISSING if missing else Note.NOT_MADE, missing=missing)
    with opened:
        reading = _Reading(opened, offload)
        archive.add(reading.chunks(), filed.name)
        yield from archive.file()
    is_changed = not is_combined and reading.sha256 != letter.sha256
    note = Note.CHANGED if is_changed or not reading.is_whole else ""
    return Outcome(reading.sha256, is_combined, note, missing)


class _Reading:
    """A file read to its end, and the SHA-256 of what was read."""

    def __init__(self, file: BinaryIO, offload: Callable[..., Any]) -> None:
        self._file = file
        self._offload = offload
        self._digest = hashlib.sha256()
        self.is_whole = False

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def chunks(self) -> Iterator[bytes]:
        """The file piece by piece; if the disk fails, it ends early and is marked as not whole."""
        try:
            while chunk := self._offload(self._read):
                yield chunk
        except OSError:
            return
        self.is_whole = True

    def _read(self) -> bytes:
        chunk = self._file.read(CHUNK)
        self._digest.update(chunk)
        return chunk
