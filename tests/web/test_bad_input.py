"""Bad input: one clear sentence at its field, 4xx, and everything typed still in the page."""

from __future__ import annotations

import pytest
from flask import Flask

from rostrum.actions.letters.decisions import accept_letter
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.letters.uploads import MAX_BYTES
from rostrum.store.database import Database
from tests.factories import FakeClock, pdf_bytes, photo_bytes
from tests.letters.factories import a_locked_pdf, a_long_pdf, a_noisy_jpeg, a_pdf, a_png_that_claims
from tests.web.client import Browser
from tests.web.factories import (
    SPEAKER,
    home,
    keep_letter,
    make_ready,
    parts_of,
    snapshot,
    take_place,
)
from tests.web.request_bodies import File, urlencoded

WAYS = pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
PRINTABLE = "has a character that cannot be printed on the list"

WRONG_FIELDS = [
    ("name", "", "", "Give the speaker’s full name."),
    ("name", "   ", "", "Give the speaker’s full name."),
    ("functional_title", "", "", "Give the functional title"),
    ("level", "", "", "Choose the speaker’s level."),
    ("level", "emperor", "", "Choose the speaker’s level."),
    ("language", "", "", "Choose the language of the statement."),
    ("language", "tlh", "", "Choose the language of the statement."),
    ("contact_email", "", "", "Give an e-mail address"),
    ("contact_email", "kenya", "kenya", "This is not an e-mail address."),
    ("contact_email", "a@b@c", "a@b@c", "This is not an e-mail address."),
    ("contact_email", "a@b.c\r\nBcc: x@y.z", None, "e-mail"),
    ("contact_phone", "", "", "Give a telephone number"),
    ("contact_phone", "call me", "call me", "This is not a telephone number."),
    ("contact_phone", "123", "123", "This is not a telephone number."),
    ("name", "N" * 10_000, "N" * 10_000, "has 10000 characters; there is room for 120."),
    ("name", "N" * 121, "N" * 121, "has 121 characters; there is room for 120."),
    ("title", "T" * 41, "T" * 41, "there is room for 40."),
    ("on_behalf_of", "G" * 201, "G" * 201, "there is room for 200."),
    ("contact_email", "a" * 10_000 + "@b.example", None, "there is room for 200."),
    ("contact_phone", "1" * 10_000, "1" * 10_000, "there is room for 80."),
    ("contact_phone", "a@b.example 12345", None, "This is not a telephone number."),
    ("name", "Amina\0Mohamed", "Amina\ufffdMohamed", "(U+0000)"),
    ("name", "Amina \u202eabc", "Amina \u202eabc", "(U+202E RIGHT-TO-LEFT OVERRIDE)"),
    ("name", "\u202dأمينة\u202c", None, "(U+202D LEFT-TO-RIGHT OVERRIDE)"),
    ("name", "\u3164", "", "(U+3164 HANGUL FILLER)"),
    ("name", "\u200b \u2060", "", "(U+200B ZERO WIDTH SPACE)"),
    ("name", "Amina\x1b[31m", None, "(U+001B)"),
    ("name", "Amina \ufdd0", None, "(U+FDD0)"),
    ("name", b"Amina \xff\xfe Mohamed", "Amina \ufffd\ufffd Mohamed", PRINTABLE),
    ("name", b"Amina \xed\xa0\x80 Mohamed", None, PRINTABLE),
]
"""Field, what is sent, what the field then shows (None: not looked at), the sentence."""


def test_a_wrong_field_is_told_there_and_everything_typed_is_kept(
    kenya: Browser, db: Database, debate: Debate, subtests: pytest.Subtests
) -> None:
    before = snapshot(db)
    for field, sent, shown, sentence in WRONG_FIELDS:
        with subtests.test(field=field, sent=sent[:20]):
            kenya.get(home(debate))
            kenya.submit("button.save", SPEAKER | {field: sent}, status=422)
            assert sentence in kenya.problem(field)
            assert [tag["id"] for tag in kenya.page.select("small.error")] == [f"{field}_error"]
            assert len(kenya.page.select(".summary li")) == 1
            assert kenya.page.title.get_text().startswith("Error:")
            typed = SPEAKER | {field: shown or kenya.value(field)}
            assert {name: kenya.value(name) for name in typed} == typed
            assert snapshot(db) == before


FINE_FIELDS = [
    ("name", "Đặng Hoàng Giang"),
    ("name", "张军"),
    ("name", "عبد الله بن زايد"),
    ("name", "محمد‌رضا"),
    ("name", "O’Brien-N'Diaye <b>&amp;\"'"),
    ("name", "N" * 120),
    ("name", "=cmd|' /C calc'!A0"),
    ("name", "Amina \U000323b0"),
    ("functional_title", "Советник № 2"),
    ("functional_title", "Conseiller n° 12 ®"),
    ("contact_phone", "+254 (20) 318-8000"),
    ("contact_phone", "+1 212 555 0100 ext. 12"),
    ("contact_phone", "212-555-0100 x204"),
    ("contact_phone", "+1 212 555 0100 poste 12; +1 917 555 0101"),
    ("contact_phone", "tel: +1 (212) 555-0100 #12 (cell)"),
    ("contact_email", "mission+list@kenya.example"),
    ("on_behalf_of", "the Group of 77 & China"),
    ("on_behalf_of", "Group № 5"),
]
"""Field, and what is sent and kept; the last of the names has a letter of Unicode 15.1 or later."""
PASTED_FIELDS = [
    ("name", "Amina\tMohamed", "Amina Mohamed"),
    ("name", "Amina\r\nMohamed", "Amina Mohamed"),
    ("name", "Amina\u00a0 Mohamed", "Amina Mohamed"),
    ("name", "Ami\u00adna \u200bMo\u2060hamed\ufeff", "Amina Mohamed"),
    ("name", "\u2066Amina\u2069 \u202aMohamed\u202c", "Amina Mohamed"),
    ("name", "Jean\u2011Pierre", "Jean-Pierre"),
    ("functional_title", "Minister \ufeff", "Minister"),
    ("on_behalf_of", "G\u2028roup", "G roup"),
    ("contact_phone", "\u202d+1 212 555 0100\u202c", "+1 212 555 0100"),
    ("contact_phone", "\u200e+1 212 555 0100\u200b", "+1 212 555 0100"),
    ("contact_phone", "\u061c+١ ٢١٢ ٥٥٥ ٠١٠٠", "+1 212 555 0100"),
    ("contact_phone", "＋1 212–555‑0100", "+1 212-555-0100"),
    ("contact_email", "Amina Otieno <amina@kenya.example>", "amina@kenya.example"),
    ("contact_email", "'Amina' <mailto:amina@kenya.example>;", "amina@kenya.example"),
    ("contact_email", "amina@kenya.example; second@kenya.example", "amina@kenya.example"),
    ("contact_email", "\u00a0amina@kenya.example.\u200b", "amina@kenya.example"),
]
"""Field, what phones, mail and word processors paste, and what is kept of it."""


def test_what_is_typed_is_taken_and_what_is_pasted_is_made_clean(
    app: Flask, db: Database, debate: Debate, kenya: Browser, subtests: pytest.Subtests
) -> None:
    make_ready(app, db, debate)
    for field, sent, kept in PASTED_FIELDS + [(name, text, text) for name, text in FINE_FIELDS]:
        with subtests.test(field=field, sent=sent[:20]):
            kenya.get(f"{home(debate)}/speaker")
            kenya.submit("main form", {field: sent})
            kenya.get(f"{home(debate)}/speaker")
            assert kenya.value(field) == kept


def test_all_missing_fields_are_told_at_once(kenya: Browser) -> None:
    kenya.submit("button.save", status=422)
    names = [tag["id"].removesuffix("_error") for tag in kenya.page.select("small.error")]
    needed = ["name", "functional_title", "level", "language", "contact_email", "contact_phone"]
    assert names == needed
    links = [tag["href"] for tag in kenya.page.select(".summary a")]
    assert links == [f"#{name}" for name in needed]


def test_made_up_marks_are_no_error_of_ours(kenya: Browser) -> None:
    for marks in ("", "x", "-1", "9" * 40, "." * 7, "." * 90, "!.!.!.!.!.!.!.!"):
        fields = SPEAKER | {"csrf_token": kenya.token(), "seen": marks}
        body, kind = urlencoded(list(fields.items()))
        answer = kenya._ask("POST", f"{kenya.path}/draft", body, kind)
        assert answer.status in (303, 422), marks


def test_a_made_up_key_is_no_error_of_ours(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    kenya.upload(File(pdf_bytes()))
    fields = SPEAKER | {"idempotency_key": "\0" + "k" * 10_000}
    kenya.submit("[data-register]", fields)
    assert kenya.says(".number") == "1"


# --- Files ------------------------------------------------------------------------------------

REFUSED_AT_ONCE = {
    "empty": (lambda: b"", "This file is empty."),
    "too large": (
        lambda: b"%PDF-1.7\n" + bytes(MAX_BYTES),
        "This file is 10.5 MB; the limit is 10",
    ),
    "html": (lambda: b"<!doctype html><script>alert(1)</script>", "not a PDF or a photo"),
    "zip": (lambda: b"PK\x03\x04" + bytes(2000), "not a PDF or a photo"),
    "text": (lambda: "Excellency,".encode("utf-16"), "not a PDF or a photo"),
}
REFUSED_WHEN_READ = {
    "truncated pdf": (lambda: a_long_pdf()[:20_000], "did not arrive whole"),
    "truncated photo": (lambda: a_noisy_jpeg()[:9_000], "did not arrive whole"),
    "encrypted": (a_locked_pdf, "protected with a password"),
    "no pages": (lambda: a_pdf(pages=0), "This PDF has no pages."),
    "too many pages": (lambda: a_pdf(pages=11), "more than 10 pages"),
    "too many pixels": (lambda: a_png_that_claims(30_000, 30_000), "megapixels"),
}
REFUSED = REFUSED_AT_ONCE | REFUSED_WHEN_READ


def files_kept(app: Flask) -> int:
    folder = parts_of(app).files.folder
    return len(list(folder.iterdir())) if folder.is_dir() else 0


def test_a_bad_file_is_told_at_the_letter_and_keeps_what_was_there(
    app: Flask, db: Database, debate: Debate, kenya: Browser, subtests: pytest.Subtests
) -> None:
    keep_letter(app, db, debate, name="good.pdf")
    before, kept = snapshot(db), files_kept(app)
    for what, (make, sentence) in REFUSED.items():
        with subtests.test(what):
            kenya.get(f"{home(debate)}/letter")
            file = File(make(), "letter.jpg", "image/jpeg")
            kenya.submit("#letter_form", files={"letter": file}, status=422)
            assert sentence in kenya.problem("letter")
            assert snapshot(db) == before
            assert files_kept(app) == kept
    kenya.get(home(debate))
    assert "good.pdf" in kenya.says("#letter_box")


@pytest.mark.parametrize("what", ["empty", "html", "encrypted"])
def test_a_bad_file_chosen_on_the_page_is_told_beside_the_form(
    app: Flask, db: Database, kenya: Browser, what: str
) -> None:
    make, sentence = REFUSED[what]
    kenya.upload(File(make()), status=422)
    assert sentence in kenya.problem("letter")
    assert snapshot(db)["letter"] == []
    kenya.upload(File(pdf_bytes(), "good.pdf"))
    assert "good.pdf" in kenya.says("#letter_box")
    assert not kenya.has("#letter_error")


@WAYS
def test_a_press_with_a_file_that_is_no_letter_keeps_everything_typed(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, htmx: bool
) -> None:
    kenya.get(home(debate))
    typed = SPEAKER
    for make, sentence in REFUSED_AT_ONCE.values():
        files = {"letter": File(make())}
        kenya.submit("[data-register]", typed, files, htmx=htmx, status=422)
        typed = {}
        assert sentence in kenya.problem("letter")
        assert snapshot(db)["registration"] == []
        assert files_kept(app) == 0
    kenya.submit("[data-register]", files={"letter": File(pdf_bytes())}, htmx=htmx)
    assert kenya.says(".number") == "1"
    assert SPEAKER["name"] in kenya.words


def test_a_wrong_speaker_keeps_the_good_letter_that_came_along(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    kenya.get(home(debate))
    wrong = SPEAKER | {"contact_email": "kenya"}
    kenya.submit("[data-register]", wrong, {"letter": File(pdf_bytes(), "n.pdf")}, status=422)
    assert "not an e-mail address" in kenya.problem("contact_email")
    assert "n.pdf" in kenya.says("#letter_box")
    kenya.submit("[data-register]", {"contact_email": "pm@kenya.example"})
    assert kenya.says(".number") == "1"


def test_a_bad_speaker_and_a_bad_letter_are_both_told(
    db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    kenya.get(home(debate))
    wrong = SPEAKER | {"level": "emperor"}
    kenya.submit("[data-register]", wrong, {"letter": File(b"PK\x03\x04", "a.zip")}, status=422)
    assert kenya.problem("level")
    assert kenya.problem("letter")
    assert len(kenya.page.select(".summary li")) == 2


def test_a_press_too_early_with_a_bad_file_tells_of_the_file(
    db: Database, debate: Debate, kenya: Browser
) -> None:
    kenya.submit("[data-register]", SPEAKER, {"letter": File(a_locked_pdf())}, status=422)
    assert "protected with a password" in kenya.problem("letter")
    assert snapshot(db)["registration"] == []


def test_a_bad_replacement_leaves_the_accepted_letter_accepted(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    letter = take_place(app, db, debate).letter
    accept_letter(db, opened.now(), Actor("staff", "vera"), debate, letter_id=letter.id)
    kenya.get(f"{home(debate)}/letter")
    kenya.submit("#letter_form", files={"letter": File(a_long_pdf()[:20_000])}, status=422)
    kenya.get(home(debate))
    assert "Letter accepted" in kenya.says("#standing")
    assert "letter-of-KEN.pdf" in kenya.says(".receipt")


FILE_NAMES = (
    "../../x.pdf",
    "a\0b.pdf",
    "\u202efdp.pdf",
    "n" * 5000 + ".pdf",
    'a"b;c.pdf',
    "😀.pdf",
    "a\u0085\x1bb.pdf",
    " ",
)


def test_any_file_name_is_shown_and_given_back(
    app: Flask, db: Database, debate: Debate, kenya: Browser, subtests: pytest.Subtests
) -> None:
    keep_letter(app, db, debate)
    for name in FILE_NAMES:
        with subtests.test(name=name[:20]):
            kenya.get(f"{home(debate)}/letter")
            kenya.submit("#letter_form", files={"letter": File(photo_bytes("PNG"), name)})
            assert kenya.says("#letter_box .file-name")
            kenya.get(f"{home(debate)}/letter/original")


def test_a_file_name_that_is_no_text_is_shown_with_a_sign_for_it(
    kenya: Browser, debate: Debate
) -> None:
    kenya.get(f"{home(debate)}/letter")
    kenya.submit("#letter_form", files={"letter": File(pdf_bytes(), b"\xff.pdf")})
    assert kenya.says("#letter_box .file-name") == "\ufffd.pdf"
