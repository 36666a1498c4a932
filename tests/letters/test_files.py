"""The folder of letters: what is kept, under which name and mode, and what leaves no trace."""

import functools
import hashlib
import io
import os
import shutil
import stat
from datetime import UTC, datetime

import pytest

from rostrum.letters.files import LetterFiles
from rostrum.letters.kinds import Kind
from rostrum.letters.refusals import LetterRefused, Refusal
from rostrum.letters.space import ServerFull, check_space
from rostrum.letters.uploads import MAX_BYTES, ByteCount
from tests.letters import factories

LONG_AGO = datetime(2025, 3, 1, tzinfo=UTC)
RECENTLY = datetime(2025, 3, 19, 13, tzinfo=UTC)
LATER = datetime(2025, 3, 19, 14, tzinfo=UTC)
DIGEST = "ab" * 32


class SlowStream(io.BytesIO):
    """A stream that hands out a few bytes at a time, as a socket may."""

    def read(self, size: int = -1) -> bytes:
        return super().read(min(size, 3))


@pytest.fixture
def files(tmp_path):
    return LetterFiles(tmp_path / "instance" / "letters")


def names(folder):
    return sorted(entry.name for entry in folder.iterdir())


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def age(path, moment):
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def test_a_letter_is_kept_byte_for_byte(files):
    letter = factories.a_pdf(2)
    stored = files.store(io.BytesIO(letter))
    assert files.path(stored.stored_name).read_bytes() == letter
    assert stored.size == len(letter)
    assert stored.sha256 == hashlib.sha256(letter).hexdigest()
    assert stored.kind is Kind.PDF


def test_only_our_user_can_read_the_letters(files):
    files.folder.mkdir(parents=True, mode=0o755)
    stored = files.store(io.BytesIO(factories.a_png()))
    assert mode(files.path(stored.stored_name)) == 0o600
    assert mode(files.folder) == 0o700


def test_the_name_is_ours_and_new_each_time(files):
    first, second = (files.store(io.BytesIO(factories.a_jpeg())) for _ in range(2))
    assert first.stored_name != second.stored_name
    assert first.stored_name.endswith(".jpg")
    assert names(files.folder) == sorted([first.stored_name, second.stored_name])


def test_a_stream_that_comes_in_crumbs_is_understood(files):
    letter = factories.a_png()
    stored = files.store(SlowStream(letter))
    assert (stored.size, stored.kind) == (len(letter), Kind.PNG)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Refusal.EMPTY),
        (b"<html><body>Letter.jpg</body></html>", Refusal.UNKNOWN_KIND),
        (b"PK\x03\x04" + bytes(200), Refusal.UNKNOWN_KIND),
        (b"%PDF-1.7\n" + bytes(MAX_BYTES), Refusal.TOO_LARGE),
        (bytes(MAX_BYTES + 1), Refusal.TOO_LARGE),
    ],
)
def test_a_refused_upload_leaves_nothing(files, data, reason):
    with pytest.raises(LetterRefused) as refused:
        files.store(io.BytesIO(data))
    assert refused.value.reason is reason
    assert names(files.folder) == []


def test_an_upload_that_breaks_off_leaves_nothing(files):
    class BrokenStream(io.BytesIO):
        def read(self, size: int = -1) -> bytes:
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        files.store(BrokenStream())
    assert names(files.folder) == []


def test_a_letter_of_exactly_the_limit_is_taken(files):
    assert files.store(io.BytesIO(b"%PDF-".ljust(MAX_BYTES))).size == MAX_BYTES


def test_the_refusal_tells_the_whole_size_and_the_limit(files):
    with pytest.raises(LetterRefused) as refused:
        files.store(io.BytesIO(b"%PDF-".ljust(14_200_000)))
    assert str(refused.value).startswith("This file is 14.2 MB; the limit is 10 MB.")
    assert refused.value.values["size"] == 14_200_000


def test_a_file_just_over_the_limit_does_not_read_as_the_limit():
    assert str(ByteCount(MAX_BYTES + 1)) == "10.5 MB"


def test_a_full_server_takes_no_letter_and_says_whom_to_call(files):
    files.min_free = shutil.disk_usage("/").total * 1000
    with pytest.raises(ServerFull) as full:
        files.store(io.BytesIO(factories.a_pdf()))
    assert names(files.folder) == []
    assert full.value.sentence.text.endswith("Call the Presidency.")


def test_a_server_with_a_gigabyte_left_takes_letters(tmp_path):
    free = shutil.disk_usage(tmp_path).free
    check_space(tmp_path, free // 2)
    with pytest.raises(ServerFull):
        check_space(tmp_path, free * 2)
    assert LetterFiles(tmp_path).min_free == 1_000_000_000
    assert LetterFiles(tmp_path).low == 5_000_000_000
    not_made_yet = LetterFiles(tmp_path / "instance" / "letters", low=free * 2)
    assert not_made_yet.is_room_low()


@pytest.mark.parametrize(
    "name",
    ["", "..", "letter.pdf", "../../etc/passwd", "0" * 32, f"{'0' * 32}.pdf/..", f"{'A' * 32}.pdf"],
)
def test_a_name_that_is_not_ours_is_refused(files, name):
    document_path = functools.partial(files.document_path, sha256=DIGEST)
    for question in (files.path, files.pages_folder, document_path, files.discard):
        with pytest.raises(ValueError, match="not a stored name"):
            question(name)


def test_a_preview_is_found_once_it_is_there(files):
    stored = files.store(io.BytesIO(factories.a_pdf()))
    assert files.preview(stored.stored_name, 1) is None
    pages = files.pages_folder(stored.stored_name)
    pages.mkdir()
    (pages / "1.webp").write_bytes(b"picture")
    assert files.preview(stored.stored_name, 1) == pages / "1.webp"
    assert files.preview(stored.stored_name, 2) is None


def test_a_document_is_found_once_it_is_there(files):
    stored = files.store(io.BytesIO(factories.a_jpeg()))
    assert files.document(stored.stored_name, DIGEST) is None
    path = files.document_path(stored.stored_name, DIGEST)
    path.write_bytes(b"document")
    assert files.document(stored.stored_name, DIGEST) == path
    assert path.name == stored.stored_name.replace(".jpg", ".abababababababab.pdf")


def test_the_same_files_in_another_order_have_another_document(files):
    stored = files.store(io.BytesIO(factories.a_jpeg()))
    files.document_path(stored.stored_name, DIGEST).write_bytes(b"document")
    assert files.document(stored.stored_name, "cd" * 32) is None


@pytest.mark.parametrize("digest", ["", "ab", "../" * 21 + "x", "AB" * 32, "ab" * 33])
def test_what_is_no_digest_names_no_document(files, digest):
    stored = files.store(io.BytesIO(factories.a_jpeg()))
    with pytest.raises(ValueError, match="not a SHA-256"):
        files.document_path(stored.stored_name, digest)


def test_discarding_removes_a_letter_and_all_that_was_made_of_it(files):
    stored = files.store(io.BytesIO(factories.a_pdf()))
    files.pages_folder(stored.stored_name).mkdir()
    files.document_path(stored.stored_name, DIGEST).write_bytes(b"document")
    files.discard(stored.stored_name)
    files.discard(stored.stored_name)
    assert names(files.folder) == []


def test_sweeping_removes_old_orphans_only(files):
    known, orphan, young = (
        files.store(io.BytesIO(factories.a_pdf())).stored_name for _ in range(3)
    )
    stem = known.partition(".")[0]
    half_read, half_made = f"{stem}.pages.ab_c1.part", f"{stem}.{DIGEST[:16]}.pdf.ab_c1.part"
    interrupted = f"{'1' * 32}.part"
    pages = [files.pages_folder(name).name for name in (known, orphan)]
    documents = [files.document_path(name, DIGEST).name for name in (known, orphan)]
    for name in (half_read, half_made, *pages):
        (files.folder / name).mkdir()
    for name in (interrupted, "README", *documents):
        (files.folder / name).write_bytes(b"x")
    for entry in files.folder.iterdir():
        age(entry, LATER if entry.name == young else LONG_AGO)

    removed = files.sweep({known}, older_than=RECENTLY)

    assert removed == sorted([orphan, pages[1], documents[1], half_read, half_made, interrupted])
    kept = {known, pages[0], documents[0], young, "README"}
    assert set(names(files.folder)) == kept


def test_sweeping_a_folder_that_is_not_there_yet_removes_nothing(files):
    assert files.sweep(set(), older_than=RECENTLY) == []
