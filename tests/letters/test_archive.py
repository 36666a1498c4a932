"""The archive as it is streamed: in small pieces, one file at a time, whole whatever is missing."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import shutil
import struct
import subprocess
import threading
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.exports.letters_archive import ABOUT, MANIFEST, Filed
from rostrum.domain.letters.letter import Letter, LetterFile, LetterState
from rostrum.letters.archive import AHEAD, CHUNK, stream_archive
from rostrum.letters.files import LetterFiles
from rostrum.letters.zip_format import Entry, Zip
from tests.factories import OPENS_AT
from tests.missing_programs import skip_or_fail

MEGABYTE = 1024 * 1024


@pytest.fixture
def files(tmp_path: Path) -> LetterFiles:
    return LetterFiles(tmp_path / "letters", min_free=0)


def store(files: LetterFiles, content: bytes) -> LetterFile:
    kept = files.store(io.BytesIO(content))
    return LetterFile(kept.stored_name, "letter", kept.kind, kept.size, kept.sha256, 1)


def filed(place: int, *originals: LetterFile) -> Filed:
    letter = Letter(
        place, 1, place, 1, OPENS_AT, None, LetterState.PENDING, (), "", "", None, originals
    )  # fmt: skip
    kenya = Delegation(place, "KEN", {"en": "Kenya"}, Basis.RULE_37)
    return Filed(place, kenya, letter, f"{place:03d}-KEN-Kenya.pdf")


def pdf_of(size: int, place: int = 0) -> bytes:
    return b"%PDF-1.7\n" + bytes([place]) * (size - 9)


def direct(function: Callable, *arguments: object) -> object:
    return function(*arguments)


def archive_of(
    files: LetterFiles, letters: list[Filed], offload: Callable = direct
) -> Iterator[bytes]:
    """The archive of letters each of one PDF."""
    return made_by(lambda each: files.path(each.stored_name), files, letters, offload)


def made_by(
    find_pdf: Callable[[Letter], Path | None],
    files: LetterFiles,
    letters: list[Filed],
    offload: Callable = direct,
) -> Iterator[bytes]:
    return stream_archive(
        letters=letters, files=files, find_pdf=find_pdf, offload=offload, made_at=OPENS_AT
    )


def opened(pieces: Iterator[bytes]) -> tuple[zipfile.ZipFile, list[dict[str, str]]]:
    """The whole archive as any program reads it, and its manifest."""
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    assert archive.testzip() is None
    return archive, manifest_of(archive)


def manifest_of(archive: zipfile.ZipFile) -> list[dict[str, str]]:
    text = archive.read(MANIFEST).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_letter_is_in_the_archive_byte_for_byte(files: LetterFiles) -> None:
    contents = [pdf_of(size, place) for place, size in enumerate((9, CHUNK, 3 * CHUNK + 1))]
    letters = [filed(place, store(files, each)) for place, each in enumerate(contents, start=1)]
    archive, rows = opened(archive_of(files, letters))
    assert archive.namelist() == [ABOUT, *(each.name for each in letters), MANIFEST]
    for content, row in zip(contents, rows, strict=True):
        assert archive.read(row["file"]) == content
        assert row["file_sha256"] == row["original_sha256"] == hashlib.sha256(content).hexdigest()
        assert (row["combined"], row["note"]) == ("no", "")


def test_an_archive_without_letters_holds_the_manifest_alone(files: LetterFiles) -> None:
    archive, rows = opened(archive_of(files, []))
    assert (archive.namelist(), rows) == ([ABOUT, MANIFEST], [])


def test_no_piece_is_larger_than_a_chunk(files: LetterFiles) -> None:
    letters = [filed(place, store(files, pdf_of(MEGABYTE + 1))) for place in (1, 2, 3)]
    assert max(map(len, archive_of(files, letters))) == CHUNK


def test_memory_does_not_grow_with_the_archive(files: LetterFiles) -> None:
    letters = [filed(1, store(files, pdf_of(MEGABYTE))) for _ in range(24)]
    tracemalloc.start()
    sent = sum(map(len, archive_of(files, letters)))
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sent > 24 * MEGABYTE
    assert highest < 8 * CHUNK


def test_memory_measured_so_shows_an_archive_that_is_held_whole(files: LetterFiles) -> None:
    letters = [filed(1, store(files, pdf_of(MEGABYTE))) for _ in range(8)]
    tracemalloc.start()
    held = list(archive_of(files, letters))
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert highest > 8 * MEGABYTE
    assert held


def test_a_file_is_opened_only_when_its_turn_comes(files: LetterFiles) -> None:
    first, second = store(files, pdf_of(MEGABYTE)), store(files, pdf_of(MEGABYTE))
    pieces = archive_of(files, [filed(1, first), filed(2, second)])
    begun = [next(pieces)]
    files.discard(second.stored_name)
    archive, rows = opened(iter([*begun, *pieces]))
    assert archive.namelist() == [ABOUT, "001-KEN-Kenya.pdf", MANIFEST]
    assert [row["note"] for row in rows] == ["", "missing on the server"]


def test_a_missing_file_is_noted_and_the_rest_is_there(files: LetterFiles) -> None:
    kept = [store(files, pdf_of(CHUNK, place)) for place in range(3)]
    files.discard(kept[0].stored_name)
    files.discard(kept[2].stored_name)
    letters = [filed(place, each) for place, each in enumerate(kept, start=1)]
    archive, rows = opened(archive_of(files, letters))
    assert archive.namelist() == [ABOUT, "002-KEN-Kenya.pdf", MANIFEST]
    assert [row["file"] for row in rows] == ["", "002-KEN-Kenya.pdf", ""]
    assert [row["note"] for row in rows] == ["missing on the server", "", "missing on the server"]
    assert rows[0]["original_sha256"] == kept[0].sha256


def test_a_file_that_was_changed_on_the_disk_is_noted(files: LetterFiles) -> None:
    kept = store(files, pdf_of(CHUNK))
    files.path(kept.stored_name).write_bytes(pdf_of(CHUNK, 1))
    archive, [row] = opened(archive_of(files, [filed(1, kept)]))
    assert row["note"] == "not as it was received"
    found = hashlib.sha256(archive.read(row["file"])).hexdigest()
    assert row["file_sha256"] == found != row["original_sha256"]


@pytest.mark.parametrize(
    ("function", "is_there"), [("_measured", False), ("_read", True)], ids=["before", "while sent"]
)
def test_a_disk_that_fails_costs_one_letter(
    files: LetterFiles, function: str, is_there: bool
) -> None:
    """The failing disk is played by the function that reads: no real one fails to order."""
    troubles = iter([OSError("input/output error")])

    def fails_once(called: Callable, *arguments: object) -> object:
        if called.__name__ == function and (trouble := next(troubles, None)):
            if function == "_measured":
                raise trouble
            called.__self__._file = io.BytesIO(b"%PDF-1.7")
        return called(*arguments)

    kept = [store(files, pdf_of(3 * CHUNK, place)) for place in range(2)]
    letters = [filed(place, each) for place, each in enumerate(kept, start=1)]
    whole = b"".join(archive_of(files, letters, fails_once))
    archive = zipfile.ZipFile(io.BytesIO(whole))
    rows = manifest_of(archive)
    assert [row["note"] for row in rows] == ["not as it was received", ""]
    assert bool(rows[0]["file"]) is is_there
    assert archive.testzip() == (letters[0].name if is_there else None)
    assert archive.read(rows[1]["file"]) == pdf_of(3 * CHUNK, 1), "those behind it are whole"


def test_a_letter_of_which_no_pdf_can_be_made_is_noted(files: LetterFiles) -> None:
    photo = store(files, b"\xff\xd8\xff\xe0" + bytes(100))
    pieces = made_by(lambda _: None, files, [filed(1, photo)])
    archive, [row] = opened(pieces)
    assert archive.namelist() == [ABOUT, MANIFEST]
    assert (row["note"], row["combined"]) == ("no PDF could be made of it", "no")


def test_a_combined_document_carries_its_own_hash(files: LetterFiles, tmp_path: Path) -> None:
    photos = [store(files, b"\xff\xd8\xff\xe0" + bytes([place])) for place in range(2)]
    made = tmp_path / "made.pdf"
    made.write_bytes(pdf_of(CHUNK))
    pieces = made_by(lambda _: made, files, [filed(1, *photos)])
    archive, rows = opened(pieces)
    assert archive.read("001-KEN-Kenya.pdf") == made.read_bytes()
    assert {row["file_sha256"] for row in rows} == {hashlib.sha256(made.read_bytes()).hexdigest()}
    assert [row["original_sha256"] for row in rows] == [photo.sha256 for photo in photos]
    assert {(row["combined"], row["note"]) for row in rows} == {("yes", "")}


def test_a_download_that_is_broken_off_leaves_no_file_open(files: LetterFiles) -> None:
    handles = []

    def watching(function: Callable, *arguments: object) -> object:
        result = function(*arguments)
        if function.__name__ == "open":
            handles.append(result)
        return result

    letters = [filed(1, store(files, pdf_of(MEGABYTE)))]
    pieces = archive_of(files, letters, watching)
    for piece in pieces:
        if piece.startswith(b"%PDF"):
            break
    assert not handles[0].closed
    pieces.close()
    assert handles[0].closed


# --- Any unpacker -------------------------------------------------------------------------------


def test_sizes_and_checksums_stand_in_front_of_every_entry(files: LetterFiles) -> None:
    """Read from the beginning, as by programs that never see the end (java.util.zip does)."""
    contents = [pdf_of(size, place) for place, size in enumerate((9, CHUNK, 3 * CHUNK + 1))]
    letters = [filed(place, store(files, each)) for place, each in enumerate(contents, start=1)]
    left, read = b"".join(archive_of(files, letters)), []
    while left.startswith(b"PK\3\4"):
        _, version, flags, method, _, _, crc, packed, size, named, extra = struct.unpack(
            "<4s5H3I2H", left[:30]
        )
        assert (version, flags, method, packed, extra) == (20, 0, 0, size, 0)
        content = left[30 + named : 30 + named + size]
        assert zlib.crc32(content) == crc
        read.append((left[30 : 30 + named].decode(), content))
        left = left[30 + named + size :]
    assert left.startswith(b"PK\1\2")
    assert dict(read[1:-1]) == {each.name: pdf for each, pdf in zip(letters, contents, strict=True)}


def test_unzip_reads_it_and_the_time_is_that_of_new_york(
    files: LetterFiles, tmp_path: Path
) -> None:
    if not (unzip := shutil.which("unzip")):
        skip_or_fail("unzip is not installed")
    pieces = archive_of(files, [filed(1, store(files, pdf_of(CHUNK)))])
    (tmp_path / "letters.zip").write_bytes(b"".join(pieces))
    command = [unzip, "-lv", str(tmp_path / "letters.zip")]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "001-KEN-Kenya.pdf" in listed
    subprocess.run([unzip, "-t", command[-1]], check=True, capture_output=True)


def test_an_archive_of_more_than_four_gigabytes_can_be_read() -> None:
    """Of its bytes only those around the entries are made: a reader needs no more to list it."""
    archive, sent = Zip(OPENS_AT), _Sparse()
    entries = [Entry(f"{number:03d}.pdf", 150_000_000, number) for number in range(40)]
    for entry in entries:
        sent.write(archive.begin(entry))
        sent.skip(entry.size)
    sent.write(archive.end())
    found = zipfile.ZipFile(sent).infolist()
    assert [(each.filename, each.file_size, each.CRC) for each in found] == [
        (each.name, each.size, each.crc) for each in entries
    ]
    assert found[-1].header_offset > 2**32
    with zipfile.ZipFile(sent).open(found[-1]) as last:
        assert last.read(1) == b"\0"


class _Sparse(io.RawIOBase):
    """A file in which long stretches hold nothing."""

    def __init__(self) -> None:
        self._parts: list[tuple[int, bytes]] = []
        self._size = self._at = 0

    def write(self, piece: bytes) -> int:
        self._parts.append((self._size, piece))
        self._size += len(piece)
        return len(piece)

    def skip(self, size: int) -> None:
        self._size += size

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = offset + (0, self._at, self._size)[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1) -> bytes:
        end = self._size if size < 0 else min(self._at + size, self._size)
        found = bytearray(end - self._at)
        for start, piece in self._parts:
            first, last = max(start, self._at), min(start + len(piece), end)
            if first < last:
                found[first - self._at : last - self._at] = piece[first - start : last - start]
        self._at = end
        return bytes(found)


# --- Never silent -------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [1, 2], ids=["the first letter", "a later one"])
def test_while_a_letter_is_being_made_a_byte_comes_now_and_then(
    files: LetterFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    monkeypatch.setattr("rostrum.letters.archive.PATIENCE", 0.01)
    kept = [store(files, pdf_of(CHUNK, number)) for number in range(3)]
    letters = [filed(number, each) for number, each in enumerate(kept, start=1)]
    is_made = threading.Event()

    def make(letter: Letter) -> Path:
        if letter.id == place:
            is_made.wait(30)
        return files.path(letter.stored_name)

    pieces, sent, alone = made_by(make, files, letters), [], 0
    for piece in pieces:
        sent.append(piece)
        alone += len(piece) == 1
        if alone == 5:
            is_made.set()
    archive, rows = opened(iter(sent))
    assert archive.namelist() == [ABOUT, *(each.name for each in letters), MANIFEST]
    assert [row["note"] for row in rows] == ["", "", ""]


def test_who_breaks_off_stops_the_making_of_the_rest(files: LetterFiles) -> None:
    made: list[int] = []
    letters = [filed(number, store(files, pdf_of(9))) for number in range(1, 41)]

    def make(letter: Letter) -> Path:
        made.append(letter.id)
        return files.path(letter.stored_name)

    before = set(threading.enumerate())
    pieces = made_by(make, files, letters)
    for piece in pieces:
        if piece.startswith(b"%PDF"):
            break
    pieces.close()
    for thread in set(threading.enumerate()) - before:
        thread.join(30)
        assert not thread.is_alive()
    assert 1 <= len(made) <= 2 + AHEAD + 1


def test_a_fault_of_ours_while_making_costs_the_rest_and_not_the_archive(
    files: LetterFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", faults.append)
    letters = [filed(number, store(files, pdf_of(9, number))) for number in (1, 2, 3)]

    def make(letter: Letter) -> Path:
        if letter.id == 2:
            raise RuntimeError("a fault of ours")
        return files.path(letter.stored_name)

    archive, rows = opened(made_by(make, files, letters))
    for thread in threading.enumerate():
        if thread.name == "archive":
            thread.join(30)
    assert archive.namelist() == [ABOUT, letters[0].name, MANIFEST]
    assert [row["note"] for row in rows] == ["", *["no PDF could be made of it"] * 2]
    assert [str(fault.exc_value) for fault in faults] == ["a fault of ours"], "the log says so"
