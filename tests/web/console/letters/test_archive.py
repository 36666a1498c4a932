"""All letters as one ZIP: what is in it, who may take it, and that it is streamed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile

import pikepdf
import pytest
from flask import Flask

from rostrum.actions.letters.decisions import accept_letter
from rostrum.actions.letters.receiving import receive_letter
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.letters.letter import Letter, LetterFile
from rostrum.letters.archive import CHUNK
from rostrum.store.database import Database, all_rows
from tests.factories import FakeClock, actor, delegation, photo_bytes
from tests.letters.factories import a_pdf
from tests.letters.pdfs import an_opening_script
from tests.web.client import Answer, Browser
from tests.web.factories import console, journal_kinds, parts_of, snapshot, take_place


def path_of(debate: Debate) -> str:
    return f"{console(debate)}/letters.zip"


def opened(answer: Answer) -> tuple[zipfile.ZipFile, list[dict[str, str]]]:
    archive = zipfile.ZipFile(io.BytesIO(answer.body))
    assert archive.testzip() is None
    text = archive.read("manifest.csv").decode("utf-8-sig")
    return archive, list(csv.DictReader(io.StringIO(text, newline="")))


def replace_letter(
    app: Flask, db: Database, debate: Debate, code: str, *contents: bytes, **changes: object
) -> Letter:
    """Makes these files the delegation's letter, as an upload does after inspecting them."""
    files = []
    for content in contents:
        kept = parts_of(app).files.store(io.BytesIO(content))
        values = {"pages": 1} | changes
        files.append(
            LetterFile(kept.stored_name, "photo", kept.kind, kept.size, kept.sha256, **values)
        )
    who = delegation(db, code).id
    return receive_letter(
        db, parts_of(app).clock.now(), actor(code), debate, delegation_id=who, files=tuple(files)
    )


@pytest.fixture
def listed(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> dict[str, Letter]:
    """Brazil, Kenya and Japan registered in this order; Brazil's letter is accepted."""
    held = {code: take_place(app, db, debate, code).letter for code in ("BRA", "KEN", "JPN")}
    accept_letter(db, opened.now(), Actor("staff", "vera"), debate, letter_id=held["BRA"].id)
    return held


def test_the_archive_holds_every_current_letter_in_order_of_place(
    listed: dict[str, Letter], app: Flask, debate: Debate, vera: Browser
) -> None:
    vera.get(console(debate))
    answer = vera.follow(".buttons a[href$='letters.zip']")
    archive, rows = opened(answer)
    assert archive.namelist() == [
        "about.txt", "001-BRA-Brazil.pdf", "002-KEN-Kenya.pdf", "003-JPN-Japan.pdf", "manifest.csv",
    ]  # fmt: skip
    assert [row["letter"] for row in rows] == ["accepted", "pending", "pending"]
    for row, letter in zip(rows, listed.values(), strict=True):
        content = archive.read(row["file"])
        assert content == parts_of(app).files.path(letter.stored_name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["original_sha256"] == letter.sha256
        assert row["original_size"] == str(len(content))


def test_the_archive_is_a_download_that_nobody_keeps(
    listed: dict[str, Letter], debate: Debate, vera: Browser
) -> None:
    headers = vera.get(path_of(debate)).headers
    assert headers["Content-Type"] == "application/zip"
    assert headers["Content-Disposition"] == (
        'attachment; filename="2025-03-24-peace-operations-letters.zip"'
    )
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]


def test_photos_are_in_the_archive_as_one_pdf(
    listed: dict[str, Letter], app: Flask, db: Database, debate: Debate, vera: Browser
) -> None:
    letter = replace_letter(app, db, debate, "KEN", photo_bytes("JPEG"), photo_bytes("PNG"))
    archive, rows = opened(vera.get(path_of(debate)))
    content = archive.read("002-KEN-Kenya.pdf")
    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.pages) == 2
    kenya = [row for row in rows if row["iso3"] == "KEN"]
    assert [row["original_sha256"] for row in kenya] == [file.sha256 for file in letter.files]
    assert [row["original_kind"] for row in kenya] == ["jpeg", "png"]
    assert {row["combined"] for row in kenya} == {"yes"}
    assert {row["file_sha256"] for row in kenya} == {hashlib.sha256(content).hexdigest()}
    again, _ = opened(vera.get(path_of(debate)))
    assert again.read("002-KEN-Kenya.pdf") == content, "it is made once and kept"


@pytest.mark.parametrize(
    "found", [{"marks": frozenset({"javascript"})}, {"pages": None}], ids=["marked", "unread"]
)
def test_of_a_pdf_that_may_act_a_passive_copy_is_in_the_archive(
    listed: dict[str, Letter],
    app: Flask,
    db: Database,
    debate: Debate,
    vera: Browser,
    found: dict[str, object],
) -> None:
    active = an_opening_script()
    assert b"/JavaScript" in active
    replace_letter(app, db, debate, "KEN", active, **found)
    archive, rows = opened(vera.get(path_of(debate)))
    content = archive.read("002-KEN-Kenya.pdf")
    assert b"/JavaScript" not in content
    [kenya] = [row for row in rows if row["iso3"] == "KEN"]
    assert kenya["combined"] == "yes"
    assert kenya["original_sha256"] == hashlib.sha256(active).hexdigest()


def test_a_repaired_pdf_is_in_the_archive_as_it_was_sent(
    listed: dict[str, Letter], app: Flask, db: Database, debate: Debate, vera: Browser
) -> None:
    content = a_pdf()
    replace_letter(app, db, debate, "KEN", content, marks=frozenset({"repaired"}))
    archive, rows = opened(vera.get(path_of(debate)))
    assert archive.read("002-KEN-Kenya.pdf") == content
    assert [row["marks"] for row in rows] == ["", "repaired", ""]


def test_what_cannot_be_shown_is_noted_and_the_rest_is_there(
    listed: dict[str, Letter], app: Flask, db: Database, debate: Debate, vera: Browser
) -> None:
    replace_letter(app, db, debate, "KEN", photo_bytes()[:200])
    parts_of(app).files.discard(listed["JPN"].stored_name)
    archive, rows = opened(vera.get(path_of(debate)))
    assert archive.namelist() == ["about.txt", "001-BRA-Brazil.pdf", "manifest.csv"]
    assert [row["note"] for row in rows] == [
        "", "no PDF could be made of it", "missing on the server",
    ]  # fmt: skip


def test_the_withdrawn_are_not_in_the_archive(
    listed: dict[str, Letter], db: Database, debate: Debate, opened: FakeClock, vera: Browser
) -> None:
    withdraw(db, opened.now(), actor("BRA"), debate, delegation_id=delegation(db, "BRA").id)
    body = vera.get(path_of(debate)).body
    names = zipfile.ZipFile(io.BytesIO(body)).namelist()
    assert names == ["about.txt", "001-KEN-Kenya.pdf", "002-JPN-Japan.pdf", "manifest.csv"]


def test_an_empty_list_gives_an_archive_with_a_manifest(vera: Browser, debate: Debate) -> None:
    archive, rows = opened(vera.get(path_of(debate)))
    assert (archive.namelist(), rows) == (["about.txt", "manifest.csv"], [])


def test_the_archive_is_streamed_in_small_pieces(
    listed: dict[str, Letter], app: Flask, db: Database, debate: Debate, vera: Browser
) -> None:
    long = b"%PDF-1.7\n" + bytes(5 * CHUNK)
    replace_letter(app, db, debate, "KEN", long)
    response = vera.client.get(path_of(debate), base_url=vera.base_url)
    assert response.is_streamed
    assert "Content-Length" not in response.headers
    pieces = response.iter_encoded()
    begun = [next(pieces)]
    parts_of(app).files.discard(listed["JPN"].stored_name)
    rest = list(pieces)
    response.close()
    assert max(map(len, rest)) <= CHUNK
    archive = zipfile.ZipFile(io.BytesIO(b"".join(begun + rest)))
    assert len(archive.read("002-KEN-Kenya.pdf")) == len(long)
    assert "003-JPN-Japan.pdf" not in archive.namelist(), "it was read when its turn came"


def test_the_export_is_in_the_journal_once(
    listed: dict[str, Letter], db: Database, debate: Debate, vera: Browser
) -> None:
    before = journal_kinds(db)
    vera.get(path_of(debate))
    assert journal_kinds(db) == [*before, "letters exported"]
    entry = all_rows(db, "select * from journal order by id desc limit 1")[0]
    assert (entry["actor"], entry["facts"]) == ("staff:vera", '{"letters":3}')


def test_exported_letters_count_as_opened(
    listed: dict[str, Letter], db: Database, debate: Debate, vera: Browser
) -> None:
    assert {row["opened_at"] for row in snapshot(db)["letter"]} == {None}
    vera.get(path_of(debate))
    assert None not in {row["opened_at"] for row in snapshot(db)["letter"]}


def test_who_reads_no_letters_takes_none(
    listed: dict[str, Letter],
    db: Database,
    debate: Debate,
    carl: Browser,
    kenya: Browser,
    browser: Browser,
) -> None:
    before = snapshot(db)
    carl.get(path_of(debate), status=403)
    for stranger in (kenya, browser):
        stranger.get(path_of(debate), status=303)
    assert snapshot(db) == before


def test_another_debate_or_method_gives_no_archive(vera: Browser, debate: Debate) -> None:
    vera.get("/staff/debates/nowhere/letters.zip", status=404)
    vera.get(console(debate))
    vera.post(path_of(debate), {"csrf_token": vera.token()}, status=405)


def test_a_page_follows_its_own_download_letter_by_letter(
    app: Flask, debate: Debate, listed: dict[str, Letter], vera: Browser, carl: Browser
) -> None:
    watch = f"{path_of(debate)}/progress?watch=mine"

    def progress(path: str = watch) -> dict[str, object]:
        return json.loads(vera.get(path).text)

    assert progress() == {"done": 0, "total": 0, "is_over": False}
    answer = vera.client.get(f"{path_of(debate)}?watch=mine", buffered=False)
    pieces = iter(answer.response)
    next(pieces)
    assert progress() == {"done": 0, "total": 3, "is_over": False}
    next(piece for piece in pieces if b"001-BRA-Brazil.pdf" in piece)
    assert progress() == {"done": 1, "total": 3, "is_over": False}
    assert progress(watch.replace("mine", "other"))["total"] == 0
    for _ in pieces:
        pass
    assert progress() == {"done": 3, "total": 3, "is_over": True}
    carl.get(watch, 403)


def test_a_download_that_ends_early_is_over_and_not_whole(
    debate: Debate, listed: dict[str, Letter], vera: Browser
) -> None:
    answer = vera.client.get(f"{path_of(debate)}?watch=mine", buffered=False)
    next(iter(answer.response))
    answer.close()
    told = json.loads(vera.get(f"{path_of(debate)}/progress?watch=mine").text)
    assert told["is_over"]
    assert told["done"] < told["total"]
