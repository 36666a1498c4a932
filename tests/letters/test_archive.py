"""The archive as it is streamed: in small pieces, one file at a time, whole whatever is missing."""

from __future__ import annotations

import csv
import hashlib
import io
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.exports.letters_archive import MANIFEST, Filed
from rostrum.domain.letters.letter import Letter, LetterFile, LetterState
from rostrum.letters.archive import CHUNK, stream_archive
from rostrum.letters.files import LetterFiles
from tests.factories import OPENS_AT

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
    return stream_archive(letters, files, lambda each: files.path(each.stored_name), offload)


def opened(pieces: Iterator[bytes]) -> tuple[zipfile.ZipFile, list[dict[str, str]]]:
    """The whole archive as any program reads it, and its manifest."""
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    assert archive.testzip() is None
    text = archive.read(MANIFEST).decode("utf-8-sig")
    return archive, list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_letter_is_in_the_archive_byte_for_byte(files: LetterFiles) -> None:
    contents = [pdf_of(size, place) for place, size in enumerate((9, CHUNK, 3 * CHUNK + 1))]
    letters = [filed(place, store(files, each)) for place, each in enumerate(contents, start=1)]
    archive, rows = opened(archive_of(files, letters))
    assert archive.namelist() == [*(each.name for each in letters), MANIFEST]
    for content, row in zip(contents, rows, strict=True):
        assert archive.read(row["file"]) == content
        assert row["file_sha256"] == row["original_sha256"] == hashlib.sha256(content).hexdigest()
        assert (row["combined"], row["note"]) == ("no", "")


def test_an_archive_without_letters_holds_the_manifest_alone(files: LetterFiles) -> None:
    archive, rows = opened(archive_of(files, []))
    assert (archive.namelist(), rows) == ([MANIFEST], [])


def test_no_piece_is_larger_than_a_chunk(files: LetterFiles) -> None:
    letters = [filed(place, store(files, pdf_of(MEGABYTE + 1))) for place in (1, 2, 3)]
    assert max(map(len, archive_of(files, letters))) == CHUNK


def test_memory_does_not_grow_with_the_archive(files: LetterFiles) -> None:
    def peak(megabytes: int) -> int:
        letters = [filed(1, store(files, pdf_of(MEGABYTE))) for _ in range(megabytes)]
        tracemalloc.start()
        sent = sum(map(len, archive_of(files, letters)))
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert sent > megabytes * MEGABYTE
        return highest

    peak(1)  # what is imported and cached once
    assert peak(24) < peak(2) + CHUNK


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
    assert archive.namelist() == ["001-KEN-Kenya.pdf", MANIFEST]
    assert [row["note"] for row in rows] == ["", "missing on the server"]


def test_a_missing_file_is_noted_and_the_rest_is_there(files: LetterFiles) -> None:
    kept = [store(files, pdf_of(CHUNK, place)) for place in range(3)]
    files.discard(kept[0].stored_name)
    files.discard(kept[2].stored_name)
    letters = [filed(place, each) for place, each in enumerate(kept, start=1)]
    archive, rows = opened(archive_of(files, letters))
    assert archive.namelist() == ["002-KEN-Kenya.pdf", MANIFEST]
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


def test_a_disk_that_fails_half_way_costs_one_letter(files: LetterFiles) -> None:
    """The failing disk is played by the function that reads: no real one fails to order."""
    reads = iter([None, OSError("input/output error")])

    def fails_once(function: Callable, *arguments: object) -> object:
        if function.__name__ == "_read" and isinstance(trouble := next(reads, None), OSError):
            raise trouble
        return function(*arguments)

    kept = [store(files, pdf_of(3 * CHUNK, place)) for place in range(2)]
    letters = [filed(place, each) for place, each in enumerate(kept, start=1)]
    archive, rows = opened(archive_of(files, letters, fails_once))
    assert [row["note"] for row in rows] == ["not as it was received", ""]
    assert len(archive.read(rows[0]["file"])) == CHUNK
    assert len(archive.read(rows[1]["file"])) == 3 * CHUNK


def test_a_letter_of_which_no_pdf_can_be_made_is_noted(files: LetterFiles) -> None:
    photo = store(files, b"\xff\xd8\xff\xe0" + bytes(100))
    pieces = stream_archive([filed(1, photo)], files, lambda _: None, direct)
    archive, [row] = opened(pieces)
    assert archive.namelist() == [MANIFEST]
    assert (row["note"], row["combined"]) == ("no PDF could be made of it", "no")


def test_a_combined_document_carries_its_own_hash(files: LetterFiles, tmp_path: Path) -> None:
    photos = [store(files, b"\xff\xd8\xff\xe0" + bytes([place])) for place in range(2)]
    made = tmp_path / "made.pdf"
    made.write_bytes(pdf_of(CHUNK))
    pieces = stream_archive([filed(1, *photos)], files, lambda _: made, direct)
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
    next(pieces)
    next(pieces)
    assert not handles[0].closed
    pieces.close()
    assert handles[0].closed
