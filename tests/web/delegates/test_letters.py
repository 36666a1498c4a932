"""The letter: sent beside the form or on its own page, replaced, looked at by its delegation."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask

from rostrum.actions.letters.decisions import return_letter
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import OPENS_AT, FakeClock, pdf_bytes, photo_bytes
from tests.web.client import Browser
from tests.web.factories import (
    SPEAKER,
    home,
    journal_kinds,
    keep_letter,
    make_ready,
    parts_of,
    set_instant,
    snapshot,
    take_place,
)
from tests.web.request_bodies import File

VERA = Actor("staff", "vera")
REASON = "The letter is not addressed to the President of the Security Council."


@pytest.fixture
def page(debate: Debate) -> str:
    return f"{home(debate)}/letter"


def test_a_letter_chosen_on_the_page_goes_up_at_once_and_stays_beside_the_form(
    app: Flask, db: Database, kenya: Browser
) -> None:
    content = pdf_bytes(2)
    answer = kenya.upload(File(content, "Note verbale.pdf"))
    assert 'id="speaker"' not in answer.text, "what is half typed must not be replaced"
    assert "Note verbale.pdf" in kenya.says("#letter_box")
    assert "2 pages" in kenya.says("#letter_box")
    kenya.poll()
    assert "Enter the speaker’s details to register." in kenya.says("#standing")
    [letter] = snapshot(db)["letter_file"]
    assert letter["sha256"] == hashlib.sha256(content).hexdigest()
    stored = parts_of(app).files.path(letter["stored_name"])
    assert stored.read_bytes() == content
    assert "Note" not in stored.name
    kenya.submit("#press button.save", SPEAKER, htmx=True)
    assert "Ready." in kenya.words


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """What the application asks its database for meanwhile, in the order in which it does."""
    pool, said = parts_of(app).connections, []
    borrowed = [pool.borrow() for _ in range(4)]
    for each in borrowed:
        each.conn.set_trace_callback(said.append)
        pool.give_back(each)
    yield said
    for each in borrowed:
        each.conn.set_trace_callback(None)


@pytest.mark.parametrize("is_registered", [False, True], ids=["prepared", "registered"])
def test_taking_a_letter_reads_place_and_letter_once_in_its_transaction_and_once_before(
    app: Flask,
    db: Database,
    debate: Debate,
    opened: FakeClock,
    kenya: Browser,
    page: str,
    is_registered: bool,
) -> None:
    (take_place if is_registered else make_ready)(app, db, debate)
    kenya.get(page)
    with statements(app) as said:
        kenya.submit("#letter_form", files={"letter": File(pdf_bytes(3), "better.pdf")})
    begun = said.index("begin immediate")
    before, within = said[:begun], said[begun : said.index("commit")]
    for part, read in ((before, "letter_deadline"), (within, "*")):
        whole = re.compile(r"select ([\w*]+) from registration where")
        assert [found[1] for each in part if (found := whole.match(each))] == [read]
        assert sum("join letter_file" in each for each in part) == 1
    assert snapshot(db)["letter_file"][-1]["original_name"] == "better.pdf"


@pytest.mark.parametrize(
    ("content", "kind"),
    [(photo_bytes("JPEG"), "jpeg"), (photo_bytes("PNG"), "png")],
    ids=["jpeg", "png"],
)
def test_a_photo_is_a_letter_whatever_it_is_called(
    db: Database, kenya: Browser, content: bytes, kind: str
) -> None:
    kenya.upload(File(content, "letter.pdf", "application/pdf"))
    assert snapshot(db)["letter_file"][0]["kind"] == kind


def test_a_full_server_says_whose_fault_it_is_and_keeps_nothing(
    app: Flask, db: Database, kenya: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts_of(app).files, "min_free", 10**18)
    answer = kenya.upload(File(pdf_bytes()), status=507)
    assert "The Presidency’s server is full. Nothing is wrong with your file." in answer.text
    assert snapshot(db)["letter"] == []
    assert not list(parts_of(app).files.folder.glob("*"))


def test_on_a_full_server_everything_but_new_files_goes_on(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, page: str
) -> None:
    make_ready(app, db, debate)
    kenya.get(page)
    kenya.submit("#more_form", files={"letter": File(photo_bytes(), "second.jpg")})
    parts_of(app).files.min_free = 10**18
    kenya.get(page)
    kenya.submit("#more_form", files={"letter": File(photo_bytes("PNG"), "3.png")}, status=507)
    kenya.submit('[action$="files/2/move-up"]')
    kenya.submit('[action$="files/2/removal"]')
    [left] = snapshot(db)["letter_file"]
    assert left["original_name"] == "second.jpg"
    assert [path.name for path in parts_of(app).files.folder.glob("*.*") if path.is_file()] == [
        left["stored_name"]
    ]
    kenya.get(home(debate))
    kenya.submit("#press button.press")
    kenya.get(f"{home(debate)}/speaker")
    kenya.submit("main form", {"functional_title": "Corrected"})
    assert snapshot(db)["registration"][0]["functional_title"] == "Corrected"


def test_a_replaced_draft_and_an_unread_letter_without_a_place_leave_nothing_on_the_disk(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, page: str
) -> None:
    for number in range(12):
        kenya.get(page)
        draft = File(pdf_bytes() + b"%%%d" % number, "draft.pdf")
        kenya.submit("#letter_form", files={"letter": draft})
    folder = parts_of(app).files.folder
    [kept] = snapshot(db)["letter_file"]
    stem = kept["stored_name"].partition(".")[0]
    assert {path.name for path in folder.iterdir()} == {kept["stored_name"], f"{stem}.pages"}
    kenya.get(home(debate))
    broken = File(b"%PDF-1.7 and nothing behind it", "broken.pdf")
    incomplete = {**SPEAKER, "language": ""}
    kenya.submit("#press button.press", incomplete, files={"letter": broken}, status=422)
    assert len(list(folder.glob("*.pdf"))) == 1


def test_a_delegation_whose_letters_take_too_much_is_told_at_the_field(
    app: Flask, db: Database, debate: Debate, kenya: Browser
) -> None:
    kept = keep_letter(app, db, debate)
    parts_of(app).files.discard(kept.stored_name)
    db.execute("update letter_file set size = 300000000")
    db.execute("update letter set opened_at = uploaded_at")
    answer = kenya.upload(File(pdf_bytes(2)), status=422)
    assert "would take more than 300 MB here. Send a smaller file, or call" in answer.text
    assert not list(parts_of(app).files.folder.iterdir())


def test_a_letter_is_sent_by_its_own_page_without_javascript(
    app: Flask, db: Database, debate: Debate, kenya: Browser, page: str
) -> None:
    make_ready(app, db, debate)
    kenya.get(home(debate))
    kenya.follow("#letter_box a.edit")
    assert kenya.says("#replace_title") == "Replace the letter"
    kenya.submit("#letter_form", files={"letter": File(pdf_bytes(3), "better.pdf")})
    assert kenya.path == home(debate)
    assert "better.pdf" in kenya.says("#letter_box")
    [file] = snapshot(db)["letter_file"]
    assert file["original_name"] == "better.pdf", "nobody relied on the first: it is replaced"


def test_sending_without_a_file_says_so(kenya: Browser, page: str) -> None:
    kenya.get(page)
    kenya.submit("#letter_form", status=422)
    assert kenya.problem("letter") == "Choose the letter first."


def test_a_reason_that_ends_with_an_abbreviation_has_one_full_stop(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    letter = take_place(app, db, debate).letter
    reasons = ["signatory_not_entitled"]
    return_letter(
        db, opened.now(), VERA, debate, letter_id=letter.id, reasons=reasons, remark="Look…"
    )
    kenya.get(home(debate))
    assert "chargé d’affaires a.i." in kenya.words
    assert ".." not in kenya.words


def test_a_returned_letter_is_replaced_and_the_place_held(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    take_place(app, db, debate, "BRA")
    letter = take_place(app, db, debate).letter
    return_letter(db, opened.now(), VERA, debate, letter_id=letter.id, reasons=(), remark=REASON)
    kenya.get(home(debate))
    assert REASON in kenya.says("#standing")
    assert "Replace the letter by Fri 21 March, 18:00 New York." in kenya.says("#standing")
    kenya.follow("#standing a.press")
    assert REASON in kenya.says(".panel")
    kenya.submit("#letter_form", files={"letter": File(pdf_bytes(), "second.pdf")})
    assert kenya.says(".number") == "2"
    assert "Letter being read by the Presidency" in kenya.says("#standing")
    assert "second.pdf" in kenya.says("section:has(#held_letter)")
    assert "letter-of-KEN.pdf" in kenya.says(".receipt"), "a receipt stays as it was given"
    assert [row["state"] for row in snapshot(db)["letter"]] == ["pending", "returned", "pending"]


def test_after_the_deadline_no_letter_is_taken(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, page: str
) -> None:
    letter = take_place(app, db, debate).letter
    return_letter(db, opened.now(), VERA, debate, letter_id=letter.id, reasons=(), remark=REASON)
    kenya.get(page)
    opened.set(debate.letter_deadline)
    before = snapshot(db)
    kenya.submit("#letter_form", files={"letter": File(pdf_bytes())}, status=422)
    assert "Letters were due by Fri 21 March, 18:00 New York." in kenya.words
    assert snapshot(db) == before
    kenya.get(home(debate))
    assert "The time for letters is over. Call the Presidency." in kenya.says("#standing")
    kenya.get(page, status=422)


def test_one_microsecond_before_the_deadline_a_letter_is_taken(
    db: Database, debate: Debate, clock: FakeClock, kenya: Browser
) -> None:
    set_instant(db, debate, letter_deadline=OPENS_AT)
    clock.set(OPENS_AT - timedelta(microseconds=1))
    kenya.upload(File(pdf_bytes()))
    assert len(snapshot(db)["letter"]) == 1


def test_the_original_is_a_download_that_runs_nothing(
    app: Flask, db: Database, debate: Debate, kenya: Browser
) -> None:
    letter = keep_letter(app, db, debate, name='Résumé "für" 照会.pdf')
    kenya.get(home(debate))
    answer = kenya.follow("#letter_box a[href$=original]")
    assert hashlib.sha256(answer.body).hexdigest() == letter.sha256
    headers = answer.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_without_a_letter_there_is_no_original(kenya: Browser, page: str) -> None:
    kenya.get(f"{page}/original", status=404)


def test_the_letter_of_another_delegation_is_not_found(
    app: Flask, db: Database, debate: Debate, kenya: Browser, brazil: Browser
) -> None:
    keep_letter(app, db, debate, "KEN")
    for tail in ("/letter", "/letter/original"):
        brazil.get(home(debate, "KEN") + tail, status=404)
    brazil.get(f"{home(debate, 'BRA')}/letter/original", status=404)


def test_the_files_folder_is_not_served(
    app: Flask, db: Database, debate: Debate, kenya: Browser
) -> None:
    letter = keep_letter(app, db, debate)
    for path in (f"/letters/{letter.stored_name}", f"/static/../letters/{letter.stored_name}"):
        kenya.get(path, status=404)


def test_a_name_with_directions_and_folders_is_only_ever_shown(
    app: Flask, db: Database, debate: Debate, kenya: Browser
) -> None:
    kenya.upload(File(pdf_bytes(), "../../etc/passwd\u202efdp.exe"))
    stored = [path.name for path in parts_of(app).files.folder.iterdir()]
    assert all("passwd" not in name for name in stored)
    kenya.get(f"{home(debate)}/letter/original")


def test_each_letter_is_in_the_journal(kenya: Browser, db: Database) -> None:
    kenya.upload(File(pdf_bytes()))
    assert journal_kinds(db)[-1] == "letter received"
