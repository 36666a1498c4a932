"""All letters as one ZIP, made while it is sent: a few chunks of it are in memory.

Nothing is compressed, because PDFs already are. If a letter cannot be included, the archive goes on
and the manifest, which comes last, says so. What must be made first is made beside the sending, and
meanwhile the last bytes before it are sent one by one: proxies and browsers break off a download on
which nothing comes.
"""

from __future__ import annotations

import hashlib
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from rostrum.domain.exports.letters_archive import (
    ABOUT,
    ABOUT_TEXT,
    MANIFEST,
    Filed,
    Note,
    Outcome,
    manifest_csv,
)
from rostrum.domain.letters.letter import Letter
from rostrum.letters.files import LetterFiles
from rostrum.letters.zip_format import Entry, Zip

CHUNK = 256 * 1024
"""Bytes read at once: few enough for memory, and to let other requests go in between."""
PATIENCE = 2
"""Seconds after which a byte is sent while a letter is being made."""
AHEAD = 4
"""Letters that are made before they can be sent; whoever breaks off stops the rest."""


def stream_archive(
    *,
    letters: list[Filed],
    files: LetterFiles,
    find_pdf: Callable[[Letter], Path | None],
    offload: Callable[..., Any],
    made_at: datetime,
    begin: Callable[[], object] = lambda: None,
) -> Iterator[bytes]:
    """The archive in pieces of at most CHUNK bytes (the manifest is one piece).

    `find_pdf` gives the one PDF of a letter, or None if none can be made, and runs in a thread of
    its own; `offload` calls a function with its arguments where the disk may keep it waiting;
    `begin` is called before each letter.
    """
    sending, report = _Sending(files, offload, made_at), []
    yield from sending.text(ABOUT, ABOUT_TEXT)
    with _Making(letters, find_pdf, offload) as making:
        for filed in letters:
            begin()
            while (made := making.next(PATIENCE)) is None:
                yield from sending.last.byte()
            outcome = yield from sending.letter(filed, made)
            report.append((filed, outcome))
    yield from sending.text(MANIFEST, manifest_csv(report))
    yield from sending.end()


class _Last:
    """The last bytes made: held back until more follow, and sent one by one while nothing does."""

    def __init__(self) -> None:
        self._held = memoryview(b"")

    def hold(self, piece: bytes) -> Iterator[bytes]:
        """Holds this piece; gives the rest of the one before."""
        yield from self.rest()
        self._held = memoryview(piece)

    def byte(self) -> Iterator[bytes]:
        """One byte, if one is left."""
        if self._held:
            piece, self._held = bytes(self._held[:1]), self._held[1:]
            yield piece

    def rest(self) -> Iterator[bytes]:
        """All that is left, if anything is."""
        if self._held:
            piece, self._held = bytes(self._held), memoryview(b"")
            yield piece


class _Sending:
    """The archive as far as it is sent, but for its last piece."""

    def __init__(self, files: LetterFiles, offload: Callable[..., Any], made_at: datetime) -> None:
        self._files, self._offload = files, offload
        self._zip = Zip(made_at)
        self.last = _Last()

    def text(self, name: str, text: str) -> Iterator[bytes]:
        """A text as a file."""
        content = text.encode()
        yield from self.last.rest()
        yield self._zip.begin(Entry(name, len(content), zlib.crc32(content)))
        yield from self.last.hold(content)

    def letter(self, filed: Filed, made: _Made) -> Iterator[bytes]:
        """A letter, if there is a PDF of it; returns its Outcome."""
        letter = filed.letter
        names = [file.stored_name for file in letter.files]
        missing = frozenset(name for name in names if not self._files.path(name).is_file())
        opened = self._open(made.path)
        if opened is None:
            note = made.note or (Note.MISSING if missing else Note.NOT_MADE)
            return Outcome(note=note, missing=missing)
        is_combined = made.path != self._files.path(letter.stored_name)
        with opened:
            yield from self.last.rest()
            yield self._zip.begin(Entry(filed.name, made.size, made.crc))
            reading = _Reading(opened, made, self._offload)
            for chunk in reading.chunks():
                yield from self.last.hold(chunk)
        is_changed = not is_combined and reading.sha256 != letter.sha256
        note = Note.CHANGED if is_changed or not reading.is_whole else ""
        return Outcome(reading.sha256, is_combined, note, missing)

    def _open(self, path: Path | None) -> BinaryIO | None:
        try:
            return self._offload(path.open, "rb") if path else None
        except FileNotFoundError:
            return None

    def end(self) -> Iterator[bytes]:
        """What is left, and the directory."""
        yield from self.last.rest()
        yield self._zip.end()


@dataclass(frozen=True)
class _Made:
    """The PDF of a letter with its size and checksum, or why there is none."""

    path: Path | None = None
    size: int = 0
    crc: int = 0
    note: str = ""


class _Making:
    """Makes and measures the PDFs in their order, a few ahead, as long as somebody takes them."""

    def __init__(
        self,
        letters: list[Filed],
        find_pdf: Callable[[Letter], Path | None],
        offload: Callable[..., Any],
    ) -> None:
        self._letters, self._find_pdf, self._offload = letters, find_pdf, offload
        self._made = [_Made() for _ in letters]
        self._ready = threading.Semaphore(0)
        self._room = threading.Semaphore(AHEAD)
        self._taken, self._is_over = 0, False

    def __enter__(self) -> _Making:
        threading.Thread(target=self._make_all, name="archive", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over = True
        self._room.release()

    def next(self, patience: float) -> _Made | None:
        """The next one, or None if it is not ready within so many seconds."""
        if not self._ready.acquire(timeout=patience):
            return None
        self._room.release()
        self._taken += 1
        return self._made[self._taken - 1]

    def _make_all(self) -> None:
        done = 0
        try:
            for filed in self._letters:
                self._room.acquire()
                if self._is_over:
                    return
                self._made[done] = self._make(filed.letter)
                done += 1
                self._ready.release()
        finally:
            # Whatever happened here, who waits for the rest learns that there is none.
            self._ready.release(max(len(self._letters) - done, 1))

    def _make(self, letter: Letter) -> _Made:
        path = self._find_pdf(letter)
        if path is None:
            return _Made()
        try:
            return self._offload(_measured, path)
        except FileNotFoundError:
            return _Made(path)
        except OSError:
            return _Made(note=Note.CHANGED)


def _measured(path: Path) -> _Made:
    size = crc = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            size, crc = size + len(chunk), zlib.crc32(chunk, crc)
    return _Made(path, size, crc)


class _Reading:
    """A file read as long as it was measured, and the SHA-256 of what was read."""

    def __init__(self, file: BinaryIO, made: _Made, offload: Callable[..., Any]) -> None:
        self._file, self._made, self._offload = file, made, offload
        self._digest, self._crc = hashlib.sha256(), 0

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    @property
    def is_whole(self) -> bool:
        return self._crc == self._made.crc

    def chunks(self) -> Iterator[bytes]:
        """The file piece by piece. If it is shorter now, or the disk fails, zeros stand for what is
        missing: its size is sent already, and the letters behind it are to stay readable."""
        left = self._made.size
        while left:
            chunk = self._offload(self._read, min(left, CHUNK))
            left -= len(chunk)
            yield chunk

    def _read(self, size: int) -> bytes:
        try:
            chunk = self._file.read(size)
        except OSError:
            chunk = b""
        chunk = chunk or bytes(size)
        self._digest.update(chunk)
        self._crc = zlib.crc32(chunk, self._crc)
        return chunk
