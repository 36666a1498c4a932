"""The pages of a letter as its delegation sees and arranges them, with JavaScript and without."""

from __future__ import annotations

import hashlib
from urllib.parse import unquote

import pytest
from flask import Flask

from rostrum.actions.letters.decisions import accept_letter, return_letter, undo_decision
from rostrum.actions.letters.receiving import open_letter, receive_letter
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.letters.decisions import decision_version
from rostrum.domain.letters.letter import Letter
from rostrum.store.database import Database
from rostrum.store.letters import list_letters_by_id
from tests.factories import FakeClock, actor, delegation, make_file, pdf_bytes, photo_bytes
from tests.letters import pdfs
from tests.web.client import Browser, words_of
from tests.web.factories import (
    SPEAKER,
    home,
    keep_letter,
    parts_of,
    set_instant,
    snapshot,
    take_place,
)
from tests.web.request_bodies import File

WAYS = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])


@pytest.fixture
def page(debate: Debate) -> str:
    return f"{home(debate)}/letter"


def send(kenya: Browser, page: str, *names: str) -> None:
    """One photo a name, the first anew, the others added to it."""
    for number, name in enumerate(names):
        kenya.get(page)
        form = "#more_form" if number else "#letter_form"
        photo = File(photo_bytes() + name.encode(), name, "image/jpeg")
        kenya.submit(form, files={"letter": photo})


def names(db: Database) -> list[str]:
    """The names of the files of the newest letter, in their order."""
    letters = list_letters_by_id(db, 1)
    return [file.original_name for file in letters[max(letters)].files] if letters else []


def form_of(act: str, position: int) -> str:
    return f"form[action$='/files/{position}/{act}']"


def button_of(act: str, position: int) -> str:
    return f"{form_of(act, position)} button"


@WAYS
def test_pages_are_put_in_order_and_removed(
    db: Database, kenya: Browser, page: str, htmx: bool
) -> None:
    send(kenya, page, "one.jpg", "two.jpg", "three.jpg")
    kenya.get(page)
    for act, position, order in (
        ("move-up", 3, ["one.jpg", "three.jpg", "two.jpg"]),
        ("move-up", 2, ["three.jpg", "one.jpg", "two.jpg"]),
        ("removal", 2, ["three.jpg", "two.jpg"]),
    ):
        kenya.submit(button_of(act, position) if htmx else form_of(act, position), htmx=htmx)
        assert names(db) == order
        shown = [tag.get_text() for tag in kenya.page.select(".sheets bdi")]
        assert shown == order


def test_the_only_page_cannot_be_removed(db: Database, kenya: Browser, page: str) -> None:
    send(kenya, page, "one.jpg")
    kenya.get(page)
    assert not kenya.has(".sheets button")


@WAYS
def test_a_page_that_another_phone_changed_says_so_and_shows_what_is_there(
    db: Database, app: Flask, debate: Debate, kenya: Browser, page: str, htmx: bool
) -> None:
    send(kenya, page, "one.jpg", "two.jpg")
    kenya.get(page)
    now, ken = parts_of(app).clock.now(), delegation(db).id
    files = (make_file(original_name="a.jpg"), make_file(original_name="b.jpg"))
    receive_letter(db, now, actor(), debate, delegation_id=ken, files=files)
    before = snapshot(db)
    chosen = button_of("removal", 1) if htmx else form_of("removal", 1)
    kenya.submit(chosen, htmx=htmx, status=409)
    assert "changed on another phone" in kenya.says("#letter_error")
    assert [tag.get_text() for tag in kenya.page.select(".sheets bdi")] == ["a.jpg", "b.jpg"]
    assert snapshot(db) == before


@pytest.mark.parametrize("act", ["removal", "move-up"])
def test_pages_that_are_not_there_change_nothing(
    db: Database, kenya: Browser, brazil: Browser, debate: Debate, page: str, act: str
) -> None:
    send(kenya, page, "one.jpg", "two.jpg")
    before = snapshot(db)
    token = {"csrf_token": kenya.token()}
    [seen] = {letter.sha256 for letter in list_letters_by_id(db, 1).values()}
    kenya.post(f"{page}/files/9/{act}", token | {"seen": seen}, status=409)
    kenya.post(f"{page}/files/1000/{act}", token | {"seen": seen}, status=404)
    kenya.post(f"{page}/files/2/{act}", token, status=409)
    assert kenya.get(f"{page}/files/1/{act}", status=303).location == page
    brazil.get(home(debate, "BRA"))
    brazil.post(f"{page}/files/2/{act}", {"csrf_token": brazil.token(), "seen": seen}, status=404)
    assert snapshot(db) == before


def test_several_photos_in_one_request_are_one_letter(
    db: Database, kenya: Browser, page: str
) -> None:
    kenya.get(page)
    files = {"photo": File(photo_bytes(), "two.jpg"), "letter": File(pdf_bytes(2), "one.pdf")}
    kenya.submit("#letter_form", files=files)
    assert names(db) == ["one.pdf", "two.jpg"]
    assert "3 pages" in kenya.says("#letter_box")
    assert "one.pdf and 1 more file" in kenya.says("#letter_box")


def test_one_bad_file_of_several_is_named_and_none_is_kept(
    app: Flask, db: Database, kenya: Browser, page: str
) -> None:
    kenya.get(page)
    files = {"photo": File(b"GIF89a", "funny.gif"), "letter": File(pdf_bytes(), "one.pdf")}
    kenya.submit("#letter_form", files=files, status=422)
    assert "funny.gif: This file is not a PDF or a photo" in kenya.says("#letter_error")
    assert kenya.has("#letter_form #letter_hint + #letter_error + .progress")
    assert (names(db), list(parts_of(app).files.folder.iterdir())) == ([], [])


def test_more_than_ten_pages_are_refused_and_the_letter_stays(
    app: Flask, db: Database, kenya: Browser, page: str
) -> None:
    kenya.get(page)
    kenya.submit("#letter_form", files={"letter": File(pdf_bytes(9), "nine.pdf")})
    kept = sorted(parts_of(app).files.folder.iterdir())
    kenya.get(page)
    kenya.submit("#more_form", files={"letter": File(pdf_bytes(2), "two.pdf")}, status=422)
    assert "This letter has more than 10 pages." in kenya.says("#letter_error")
    assert kenya.has("#more_form #more_hint + #letter_error + .progress")
    assert not kenya.has("#letter_form [aria-describedby~=letter_error]")
    assert names(db) == ["nine.pdf"]
    assert sorted(parts_of(app).files.folder.iterdir()) == kept


def test_the_same_page_sent_again_is_kept_once(
    app: Flask, db: Database, kenya: Browser, page: str
) -> None:
    send(kenya, page, "one.jpg", "two.jpg")
    kept = sorted(parts_of(app).files.folder.iterdir())
    kenya.get(page)
    again = File(photo_bytes() + b"two.jpg", "again.jpg")
    kenya.submit("#more_form", files={"letter": again})
    assert names(db) == ["one.jpg", "two.jpg"]
    assert sorted(parts_of(app).files.folder.iterdir()) == kept


def test_a_page_added_beside_the_form_leaves_the_speaker_alone(
    db: Database, kenya: Browser
) -> None:
    kenya.upload(File(photo_bytes(), "one.jpg"))
    answer = kenya.upload(File(pdf_bytes(), "two.pdf"))
    assert 'id="speaker"' not in answer.text
    assert names(db) == ["one.jpg", "two.pdf"]
    assert "2 pages" in kenya.says("#letter_box")


def test_marks_of_a_file_are_kept(db: Database, kenya: Browser, page: str) -> None:
    kenya.get(page)
    kenya.submit("#letter_form", files={"letter": File(pdfs.an_opening_script(), "js.pdf")})
    [letter] = list_letters_by_id(db, 1).values()
    assert "javascript" in letter.marks


def test_the_eleventh_letter_is_refused_with_a_sentence(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, page: str
) -> None:
    take_place(app, db, debate)
    for number in range(9):
        keep_letter(app, db, debate, name=f"{number}.pdf")
    before = snapshot(db)
    kenya.get(page)
    kenya.submit("#letter_form", files={"letter": File(pdf_bytes(2))}, status=422)
    assert "You have sent ten letters. Call the Presidency." in kenya.says("#letter_error")
    assert snapshot(db) == before


def test_pictures_originals_and_the_one_pdf(db: Database, kenya: Browser, page: str) -> None:
    send(kenya, page, "one.jpg", "two.jpg")
    kenya.get(page)
    for tag in kenya.page.select(".sheets img"):
        picture = kenya.get(str(tag["src"]))
        assert picture.headers["Content-Type"] == "image/webp"
        assert picture.headers["Cache-Control"] == "no-store"
    for number, name in enumerate(("one.jpg", "two.jpg"), start=1):
        original = kenya.get(f"{page}/original?file={number}")
        assert original.body == photo_bytes() + name.encode()
        assert_is_a_harmless_download(original.headers, "image/jpeg")
    document = kenya.get(f"{page}/document")
    assert document.body.startswith(b"%PDF-")
    assert_is_a_harmless_download(document.headers, "application/pdf")
    assert kenya.get(f"{page}/document").body == document.body, "made once"


def assert_is_a_harmless_download(headers: dict[str, str], kind: str) -> None:
    assert headers["Content-Type"] == kind
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_in_another_order_the_one_pdf_is_another(kenya: Browser, page: str) -> None:
    kenya.get(page)
    kenya.submit("#letter_form", files={"letter": File(pdf_bytes(2), "two pages.pdf")})
    send_more = File(photo_bytes("PNG"), "photo.png")
    kenya.get(page)
    kenya.submit("#more_form", files={"letter": send_more})
    first = kenya.get(f"{page}/document").body
    kenya.get(page)
    kenya.submit(form_of("move-up", 2))
    assert hashlib.sha256(kenya.get(f"{page}/document").body).digest() != (
        hashlib.sha256(first).digest()
    )


def test_the_one_pdf_of_one_pdf_is_the_original(
    app: Flask, db: Database, debate: Debate, kenya: Browser, page: str
) -> None:
    letter = keep_letter(app, db, debate)
    assert hashlib.sha256(kenya.get(f"{page}/document").body).hexdigest() == letter.sha256


@pytest.mark.parametrize(
    "tail",
    ["/original?file=0", "/original?file=3", "/original?file=-1", "/pages/0", "/pages/3",
     "/pages/1000", "/pages/x"],
)  # fmt: skip
def test_what_the_letter_does_not_have_is_not_found(kenya: Browser, page: str, tail: str) -> None:
    send(kenya, page, "one.jpg", "two.jpg")
    kenya.get(page + tail, status=404)


def test_without_a_letter_there_is_no_picture_and_no_pdf(kenya: Browser, page: str) -> None:
    for tail in ("/pages/1", "/document", "/original"):
        kenya.get(page + tail, status=404)


def test_a_letter_that_cannot_be_put_together_says_what_can_be_done(
    db: Database, app: Flask, debate: Debate, kenya: Browser, page: str
) -> None:
    now, ken = parts_of(app).clock.now(), delegation(db).id
    parts_of(app).files.folder.mkdir(parents=True)
    receive_letter(db, now, actor(), debate, delegation_id=ken, files=(make_file(), make_file()))
    answer = kenya.get(f"{page}/document", status=404)
    assert "Download its files one by one." in answer.text


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("CON.pdf", "_CON.pdf"),
        ("letter.exe", "letter.pdf"),
        ("what?*<>|.pdf", "what_____.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("evil\u202efdp.exe", "evilfdp.pdf"),
        ("照会.pdf", "照会.pdf"),
        ('a";filename=b.html', "a_;filename=b.pdf"),
    ],
)
def test_a_naughty_name_is_harmless_in_the_header(
    app: Flask, db: Database, debate: Debate, kenya: Browser, page: str, name: str, given: str
) -> None:
    keep_letter(app, db, debate, name=name)
    header = kenya.get(f"{page}/original").headers["Content-Disposition"]
    told = header.partition("filename*=UTF-8''")[2] or header.partition("filename=")[2].strip('"')
    assert unquote(told) == given
    if not given.isascii():
        assert header.startswith("attachment; filename=letter.pdf; ")


def receipt_with(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, page: str
) -> Letter:
    """Kenya's letter of three files that came with its press."""
    send(kenya, page, "one.jpg", "two.jpg", "three.jpg")
    kenya.get(home(debate))
    kenya.submit("button.press", SPEAKER, htmx=True)
    [letter] = list_letters_by_id(db, 1).values()
    return letter


def test_the_receipt_lists_the_hash_of_every_file(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, page: str
) -> None:
    letter = receipt_with(app, db, debate, opened, kenya, page)
    names = [words_of(tag) for tag in kenya.page.select(".receipt dd.file-name")]
    hashes = [words_of(tag) for tag in kenya.page.select(".receipt .hash")]
    assert names == [file.original_name for file in letter.files]
    assert hashes == [file.sha256 for file in letter.files]
    kenya.get(home(debate))
    kenya.follow(".receipt a")
    for number, file in enumerate(letter.files, start=1):
        assert f"SHA-256 of the letter’s file · file {number} of 3" in kenya.words
        assert file.sha256 in kenya.words
        assert file.original_name not in kenya.words


def test_what_staff_opened_stays_and_a_new_version_comes(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, page: str
) -> None:
    letter = receipt_with(app, db, debate, opened, kenya, page)
    open_letter(db, opened.now(), Actor("staff", "vera"), debate, letter.id)
    kenya.get(page)
    kenya.submit(form_of("removal", 1))
    assert [len(each.files) for each in list_letters_by_id(db, 1).values()] == [3, 2]


def test_after_the_deadline_pages_stay_as_they_are(
    db: Database, debate: Debate, clock: FakeClock, kenya: Browser, page: str
) -> None:
    send(kenya, page, "one.jpg", "two.jpg")
    kenya.get(page)
    set_instant(db, debate, letter_deadline=clock.now())
    before = snapshot(db)
    kenya.submit(form_of("removal", 1), status=422)
    assert snapshot(db) == before


def test_the_letters_page_tells_live_what_staff_decide(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, page: str
) -> None:
    held = take_place(app, db, debate, "KEN")
    kenya.get(page)
    assert kenya.has("#live")
    seen = str(kenya.page.select_one("#page_body")["data-fingerprint"])
    assert kenya.says("#letter_state [data-aloud]") == "Being read by the Presidency"
    staff = (db, opened.now(), Actor("staff", "vera"), debate)
    accepted = accept_letter(*staff, letter_id=held.letter.id)
    kenya.poll()
    assert kenya.says("#letter_state [data-aloud]") == "Accepted"
    assert kenya.page.select_one("#letter_state")["data-fingerprint"] != seen
    undo_decision(*staff, letter_id=held.letter.id, seen=decision_version(accepted))
    reasons = ["not_addressed_to_the_president"]
    return_letter(*staff, letter_id=held.letter.id, reasons=reasons, remark="")
    kenya.poll()
    assert "The letter came back" in kenya.says("#letter_state")
    assert "not addressed to the President" in kenya.says("#letter_state .reason")
    kenya.refresh()
    told = [
        kenya.page.select_one(part)["data-fingerprint"] for part in ("#page_body", "#letter_state")
    ]
    assert told[0] == told[1], "what was read anew is not asked for again"


def test_a_letter_that_another_phone_sent_is_shown_once_the_page_is_read_anew(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, page: str
) -> None:
    take_place(app, db, debate, "KEN")
    kenya.get(page)
    keep_letter(app, db, debate, name="another.pdf")
    kenya.poll()
    assert "another.pdf" not in kenya.words
    kenya.refresh()
    assert "another.pdf" in kenya.says(".sheets")
