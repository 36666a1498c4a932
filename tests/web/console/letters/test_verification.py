"""Verification: what a letter is read beside, decisions that cross, decisions undone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from rostrum.actions.letters.receiving import receive_letter
from rostrum.actions.registrations.speakers import save_speaker
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.debates.debate import Debate, OrderPolicy
from rostrum.store.database import Database
from rostrum.store.registrations import find_active_registration
from tests.factories import (
    OPENS_AT,
    FakeClock,
    actor,
    delegation,
    make_debate,
    make_file,
    pdf_bytes,
    photo_bytes,
)
from tests.letters import fonts, pdfs, signed
from tests.web.client import Browser
from tests.web.factories import (
    SPEAKER,
    console,
    home,
    sign_in_member,
    snapshot,
    take_place,
    until_read,
)
from tests.web.request_bodies import File

REASON = "Page 2 is missing."
ACCEPT, RETURN = "button[formaction$=acceptance]", "#decision button.save"


@pytest.fixture
def listed(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> None:
    """Brazil, Kenya and Japan registered a second apart; Japan gave its place up."""
    for code in ("BRA", "KEN", "JPN"):
        take_place(app, db, debate, code)
        opened.advance(seconds=1)
    withdraw(db, opened.now(), actor("JPN"), debate, delegation_id=delegation(db, "JPN").id)


def letter_of(db: Database, debate: Debate, code: str) -> str:
    """The address of a delegation's latest letter as staff open it."""
    who = delegation(db, code).id
    row = [row for row in snapshot(db)["letter"] if row["delegation_id"] == who][-1]
    return f"{console(debate)}/letters/{row['id']}"


@pytest.fixture
def kenyas_letter(listed: None, db: Database, debate: Debate) -> str:
    return letter_of(db, debate, "KEN")


def letter_states(db: Database) -> list[str]:
    return [row["state"] for row in snapshot(db)["letter"]]


def test_the_first_opening_of_a_version_by_each_is_in_the_journal(
    kenyas_letter: str, app: Flask, vera: Browser, db: Database, debate: Debate
) -> None:
    vera.get(console(debate))
    anna = sign_in_member(app, "anna")
    before = len(snapshot(db)["journal"])
    for each in (vera, anna, vera):
        each.get(kenyas_letter)
    vera.follow(".files a")
    vera.get(letter_of(db, debate, "BRA"))
    opened = snapshot(db)["journal"][before:]
    assert {row["kind"] for row in opened} == {"letter opened"}
    told = [(row["actor"], json.loads(row["facts"])["letter_id"]) for row in opened]
    assert told == [("staff:vera", 2), ("staff:anna", 2), ("staff:vera", 1)]


def test_the_page_of_a_letter_has_what_is_needed_to_decide(
    kenyas_letter: str, vera: Browser
) -> None:
    vera.get(kenyas_letter)
    assert vera.says("h1") == "Letter of Kenya number 2"
    for value in ("name", "functional_title", "contact_email", "contact_phone"):
        assert SPEAKER[value] in vera.words
    assert "Addressed to the President of the Security Council" in vera.words
    assert "letter-of-KEN.pdf" in vera.words


def test_the_original_is_a_download_that_runs_nothing(kenyas_letter: str, vera: Browser) -> None:
    answer = vera.get(f"{kenyas_letter}/original")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_pages_of_a_letter_are_pictures_of_ours(
    app: Flask, kenya: Browser, vera: Browser, debate: Debate, opened: FakeClock
) -> None:
    kenya.get(home(debate))
    kenya.submit("[data-register]", SPEAKER, {"letter": File(pdf_bytes(2))})
    until_read(app)
    vera.get(console(debate))
    vera.follow("a.press")
    pictures = [str(tag["src"]) for tag in vera.page.select(".sheet img")]
    assert len(pictures) == 2
    for path in pictures:
        picture = vera.get(path)
        assert picture.headers["Content-Type"] == "image/webp"
        assert picture.headers["Cache-Control"] == "no-store"
        assert picture.body[:4] == b"RIFF"
    vera.get(pictures[0].replace("/pages/1", "/pages/3"), status=404)
    vera.get(pictures[0].replace("/pages/1", "/pages/0"), status=404)


def test_a_picture_asked_for_by_its_address_opens_the_letter(
    kenyas_letter: str, app: Flask, vera: Browser, db: Database
) -> None:
    before = len(snapshot(db)["journal"])
    vera.get(f"{kenyas_letter}/pages/1", status=404)  # this letter was never inspected
    assert [row["kind"] for row in snapshot(db)["journal"][before:]] == ["letter opened"]
    vera.get(f"{kenyas_letter}/pages/1", status=404)
    assert len(snapshot(db)["journal"]) == before + 1


def test_accepting_is_told_to_the_delegation_and_the_next_letter_comes(
    kenyas_letter: str, vera: Browser, kenya: Browser, db: Database, debate: Debate
) -> None:
    vera.get(kenyas_letter)
    vera.submit(ACCEPT)
    assert vera.path.startswith(letter_of(db, debate, "BRA"))
    assert "Kenya: accepted." in vera.says(".decided")
    kenya.poll()
    assert "Letter accepted" in kenya.says("#standing")
    vera.get(kenyas_letter)
    assert "Accepted · vera, 9:30:03" in vera.says("#verification_now")
    assert not vera.has("#decision")


def test_the_last_decision_leads_to_a_page_that_waits(
    kenyas_letter: str, vera: Browser, app: Flask, db: Database, debate: Debate, opened: FakeClock
) -> None:
    vera.get(f"{console(debate)}/letters")
    for _ in range(2):
        vera.submit(ACCEPT)
    assert vera.path.startswith(f"{console(debate)}/letters?decided=")
    assert "Every letter is read" in vera.words
    assert not vera.has("[data-go]")
    take_place(app, db, debate, "EGY")
    vera.poll()
    assert vera._one("[data-go]")["data-go"] == letter_of(db, debate, "EGY")
    vera.submit(".decided form")
    assert vera.path == kenyas_letter, "places are read in their order"
    assert letter_states(db)[:2] == ["accepted", "pending"]


def test_letters_are_read_in_the_order_of_their_places(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, vera: Browser
) -> None:
    for code in ("EGY", "BRA", "KEN"):
        take_place(app, db, debate, code)
    egypt, brazil, kenya = (letter_of(db, debate, code) for code in ("EGY", "BRA", "KEN"))
    vera.get(f"{console(debate)}/letters")
    assert vera.path == egypt
    for there in (brazil, kenya, egypt):
        vera.follow("a[rel=next]")
        assert vera.path == there
    for there in (kenya, brazil):
        vera.follow("a[rel=prev]")
        assert vera.path == there
    vera.submit(ACCEPT)
    assert vera.path.startswith(kenya)
    assert "2 to read" in vera.says("#verification_now")


def test_returning_needs_a_reason_and_keeps_what_was_typed(
    kenyas_letter: str, vera: Browser, db: Database
) -> None:
    vera.get(kenyas_letter)
    vera.submit(RETURN, {"remark": "  "}, status=422)
    assert "Mark what is missing, or say it here" in vera.problem("remark")
    too_long = "Sign it. " * 200
    vera.submit(RETURN, {"remark": too_long, "reasons": ["not_signed"]}, status=422)
    assert "there is room for 1000" in vera.problem("remark")
    assert vera.value("remark") == too_long.strip()
    assert vera.has("input[value=not_signed][checked]")
    path, token = f"{kenyas_letter}/return", vera.token()
    vera.post(path, {"csrf_token": token, "reasons": "invented"}, status=422)
    assert letter_states(db) == ["pending"] * 3


def test_a_letter_of_which_something_is_missing_is_not_accepted(
    kenyas_letter: str, vera: Browser, db: Database
) -> None:
    vera.get(kenyas_letter)
    vera.submit(ACCEPT, {"reasons": ["rule_not_cited"], "remark": REASON}, status=422)
    assert "Take the mark away to accept." in vera.says("#reasons_error")
    assert vera.has("input[value=rule_not_cited][checked]")
    assert vera.value("remark") == REASON
    assert letter_states(db) == ["pending"] * 3


def test_a_returned_letter_tells_the_delegation_why_and_holds_the_place(
    kenyas_letter: str, vera: Browser, kenya: Browser
) -> None:
    vera.get(kenyas_letter)
    remark = f"{REASON}\nPlease <b>sign</b> it & send it again."
    marked = ["rule_not_cited", "not_signed"]
    vera.submit(RETURN, {"reasons": marked, "remark": remark})
    kenya.poll()
    reasons = [" ".join(tag.get_text().split()) for tag in kenya.page.select("#standing .reason")]
    assert reasons == [
        "The letter does not cite rule 37 of the provisional rules of procedure.",
        "The letter is not signed.",
        f"{REASON} Please <b>sign</b> it & send it again.",
    ]
    assert "Your place is held." in kenya.says("#standing")
    assert kenya.says(".number") == "2"


def test_a_decision_is_taken_back_on_the_next_page(
    kenyas_letter: str, vera: Browser, kenya: Browser, db: Database
) -> None:
    vera.get(kenyas_letter)
    vera.submit(RETURN, {"reasons": ["not_signed"]})
    vera.submit(".decided form")
    assert vera.path == kenyas_letter
    assert "The decision is taken back." in vera.words
    assert vera.has("#decision")
    kenya.poll()
    assert "Letter being read by the Presidency" in kenya.says("#standing")
    assert letter_states(db) == ["pending"] * 3


def test_a_decision_made_anew_is_not_taken_back_by_an_old_page(
    kenyas_letter: str, app: Flask, vera: Browser, opened: FakeClock, db: Database
) -> None:
    vera.get(kenyas_letter)
    vera.submit(RETURN, {"reasons": ["not_signed"]})
    anna = sign_in_member(app, "anna")
    anna.get(kenyas_letter)
    anna.submit(".side form")
    opened.advance(seconds=1)
    anna.submit(ACCEPT)
    before = snapshot(db)
    vera.submit(".decided form", status=409)
    assert "has since been undone or taken again" in vera.says(".summary")
    assert "Accepted · anna" in vera.says("#verification_now")
    assert snapshot(db) == before


@pytest.mark.parametrize("second", [ACCEPT, RETURN])
@pytest.mark.parametrize("first", [ACCEPT, RETURN])
def test_two_decisions_cannot_cross(
    kenyas_letter: str, app: Flask, vera: Browser, db: Database, first: str, second: str
) -> None:
    anna = sign_in_member(app, "anna")
    for browser in (vera, anna):
        browser.get(kenyas_letter)
    typed = {ACCEPT: {}, RETURN: {"remark": REASON}}
    vera.submit(first, typed[first])
    before = snapshot(db)
    anna.submit(second, typed[second], status=409)
    assert "vera decided first, on Wed 19 March, 9:30:03 New York" in anna.says(".summary")
    assert snapshot(db) == before


def test_the_open_letter_hears_what_others_decide(
    kenyas_letter: str, app: Flask, vera: Browser, kenya: Browser, debate: Debate
) -> None:
    anna = sign_in_member(app, "anna")
    for browser in (vera, anna):
        browser.get(kenyas_letter)
    vera.submit(ACCEPT)
    anna.poll()
    assert "Accepted · vera, 9:30:03" in anna.says("#verification_now")
    assert "1 to read" in anna.says("#verification_now")
    kenya.get(f"{home(debate)}/letter")
    kenya.submit("#letter_form", files={"letter": File(pdf_bytes(), "second.pdf")})
    anna.poll()
    assert "read the new version" in anna.says("#verification_now")
    anna.follow("#verification_now .state a")
    assert "second.pdf" in anna.words
    assert "Version 2 of 2" in anna.words


def test_a_letter_that_was_replaced_is_not_decided(
    kenyas_letter: str, vera: Browser, kenya: Browser, debate: Debate
) -> None:
    vera.get(kenyas_letter)
    kenya.get(f"{home(debate)}/letter")
    kenya.submit("#letter_form", files={"letter": File(pdf_bytes(), "second.pdf")})
    vera.submit(ACCEPT, status=409)
    assert "no longer the current one" in vera.says(".summary")
    assert "read the new version" in vera.says("#verification_now")
    assert not vera.has("#decision")


def test_a_letter_whose_place_was_given_up_is_not_decided(
    kenyas_letter: str, db: Database, debate: Debate, opened: FakeClock, vera: Browser
) -> None:
    vera.get(kenyas_letter)
    withdraw(db, opened.now(), actor(), debate, delegation_id=delegation(db).id)
    vera.submit(RETURN, {"remark": REASON}, status=409)
    assert "This letter holds no place now." in vera.says("#verification_now")


def test_a_letter_of_several_files_is_read_as_one(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, vera: Browser
) -> None:
    kenya.get(home(debate))
    kenya.upload(File(photo_bytes(), "one.jpg"))
    kenya.upload(File(photo_bytes("PNG"), "two.png"))
    kenya.submit("#details button.save", SPEAKER)
    kenya.submit("[data-register]")
    vera.get(f"{console(debate)}/letters")
    pictures = [str(tag["src"]) for tag in vera.page.select(".sheet img")]
    assert len(pictures) == 2
    for path in pictures:
        assert vera.get(path).body[:4] == b"RIFF"
    assert "one.jpg" in vera.says(".files")
    assert "two.png" in vera.says(".files")
    document = vera.follow(".files li:last-child a")
    assert document.body.startswith(b"%PDF-")
    assert "attachment; filename=one.pdf" in document.headers["Content-Disposition"]


def test_a_file_that_can_act_is_downloaded_only_after_a_warning(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, vera: Browser
) -> None:
    content = pdfs.ACTIVE["script encrypted"][0]()
    kenya.get(home(debate))
    kenya.submit("[data-register]", SPEAKER, {"letter": File(content, "letter.pdf")})
    until_read(app)
    vera.get(f"{console(debate)}/letters")
    assert "It contains a program (JavaScript)." in vera.says(".marks")
    vera.follow(".files a")
    assert "can do more than show pages" in vera.words
    answer = vera.follow("a.back.is-bad")
    assert answer.body == content


def test_the_same_file_elsewhere_is_a_warning(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, vera: Browser
) -> None:
    sent = make_file()
    earlier = make_debate(db, slug="earlier")
    for where, code in ((earlier, "KEN"), (debate, "BRA"), (debate, "KEN")):
        who = delegation(db, code).id
        receive_letter(db, OPENS_AT, actor(code), where, delegation_id=who, files=(sent,))
    vera.get(letter_of(db, debate, "KEN"))
    said = [" ".join(tag.get_text().split()) for tag in vera.page.select(".side p.state")]
    assert said == [
        f"The same file was used for “{earlier.notice.short_title}”, Wed 19 March, 9:30 New York.",
        f"The same file came from Brazil for “{debate.notice.short_title}”, "
        "Wed 19 March, 9:30 New York.",
    ]


def test_the_file_that_came_back_sent_again_is_a_warning(
    kenyas_letter: str, vera: Browser, kenya: Browser, app: Flask, db: Database, debate: Debate
) -> None:
    [row] = [r for r in snapshot(db)["letter_file"] if str(r["letter_id"]) == kenyas_letter[-1]]
    content = app.extensions["rostrum"].files.path(row["stored_name"]).read_bytes()
    vera.get(kenyas_letter)
    vera.submit(RETURN, {"reasons": ["not_signed"]})
    kenya.get(f"{home(debate)}/letter")
    kenya.submit("#letter_form", files={"letter": File(content, "again.pdf")})
    vera.get(letter_of(db, debate, "KEN"))
    assert "The same file as version 1, which was returned" in vera.says(".side")


def test_a_letter_without_pictures_gets_them_at_verification(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, vera: Browser
) -> None:
    take_place(app, db, debate, "KEN")
    db.execute("update letter_file set pages = null")
    vera.get(f"{console(debate)}/letters")
    assert "There are no pictures of this letter yet." in vera.says(".viewer")
    vera.submit(".viewer form")
    assert len(vera.page.select(".sheet img")) == 1


def test_the_chair_reads_no_letters_and_contacts_of_nobody_in_a_letter(
    kenyas_letter: str, carl: Browser, db: Database
) -> None:
    before = snapshot(db)
    carl.get(kenyas_letter, status=403)
    assert "Your role does not include this." in carl.says("#problem")
    carl.get(f"{kenyas_letter}/original", status=403)
    carl.get(f"{kenyas_letter}/pages/1", status=403)
    assert snapshot(db) == before


def test_two_verifiers_get_different_letters_and_see_who_reads_what(
    kenyas_letter: str, app: Flask, vera: Browser, db: Database, debate: Debate, opened: FakeClock
) -> None:
    brazils_letter, letters_page = letter_of(db, debate, "BRA"), f"{console(debate)}/letters"
    anna = sign_in_member(app, "anna")
    for each, letter in ((vera, brazils_letter), (anna, kenyas_letter)):
        each.get(letters_page)
        assert each.path == letter
    vera.poll()
    assert not vera.has("a[rel=next]")
    assert "2 to read · the others are being read" in vera.says("#verification_now")
    vera.get(console(debate))
    assert "To read Being read by anna" in vera.words
    vera.get(kenyas_letter)
    assert "Also being read by anna" in vera.says("#verification_now")
    anna.poll()
    assert "Also being read by vera" in anna.says("#verification_now")
    assert anna._one("a[rel=next]")["href"] == brazils_letter, "Vera went on from it"
    opened.advance(seconds=29)
    anna.poll()
    assert "Also being read by vera" in anna.says("#verification_now")
    opened.advance(seconds=1)
    vera.poll()
    assert "Also being read by anna" in vera.says("#verification_now"), "its page was heard of"
    opened.advance(seconds=29)
    vera.poll()
    assert "reading" not in vera.says("#verification_now")


def test_who_has_read_the_free_letters_waits_while_others_read_the_rest(
    kenyas_letter: str, app: Flask, vera: Browser, debate: Debate, opened: FakeClock
) -> None:
    anna = sign_in_member(app, "anna")
    anna.get(kenyas_letter)
    vera.get(f"{console(debate)}/letters")
    vera.submit(ACCEPT)
    assert vera.says("h1") == "Others read the letters that are left"
    assert not vera.has("[data-go]")
    opened.advance(seconds=30)
    vera.poll()
    assert vera._one("[data-go]")["data-go"] == kenyas_letter


def test_what_accepting_does_to_the_order_is_said_before_and_after(
    app: Flask, db: Database, opened: FakeClock, vera: Browser
) -> None:
    debate = make_debate(db, slug="by-level", order_policy=OrderPolicy.PRECEDENCE)
    for code in ("BRA", "EGY", "KEN"):
        take_place(app, db, debate, code)
    kenyas_letter = letter_of(db, debate, "KEN")
    vera.get(kenyas_letter)
    assert "Accepting gives" not in vera.words
    vera.submit(ACCEPT)
    assert "Its place" not in vera.says(".decided")
    held = find_active_registration(db, debate.id, delegation(db, "KEN").id)
    speaker = replace(held.speaker, name="Wanjiru Otieno", level="minister")
    about = {"delegation_id": held.delegation_id, "version": held.version}
    save_speaker(db, opened.now(), actor("KEN"), debate, **about, speaker=speaker)
    vera.get(kenyas_letter)
    said = "Accepting gives place 1 instead of 3, by the speaker’s level"
    assert said in vera.says("#verification_now")
    back = vera.says(".facts .marks")
    assert "Accepted before; since then this changed:" in back
    assert f"Full name: {held.speaker.name} → Wanjiru Otieno" in back
    assert "Level: Permanent Representative → Minister" in back
    vera.submit(ACCEPT)
    assert "Kenya: accepted. Its place went from 3 to 1." in vera.says(".decided")
    vera.get(kenyas_letter)
    assert not vera.has(".facts .marks")
    vera.submit("form[action$=undo]")
    assert not vera.has(".facts .marks"), "staff took the acceptance back, nothing changed since"


def test_a_return_after_the_deadline_asks_for_how_long_in_the_same_act(
    kenyas_letter: str, app: Flask, kenya: Browser, db: Database, debate: Debate,
    opened: FakeClock,
) -> None:  # fmt: skip
    opened.set(debate.letter_deadline - timedelta(seconds=1))
    vera = sign_in_member(app, "vera")
    vera.get(kenyas_letter)
    assert not vera.has("[name=until]")
    opened.set(debate.letter_deadline)
    before = snapshot(db)
    marked = {"reasons": ["not_signed"], "remark": REASON}
    vera.submit(RETURN, marked, status=422)
    assert "Say until when a new one may come." in vera.problem("until")
    assert vera.value("remark") == REASON
    proposed = vera.value("until")
    assert proposed
    vera.submit(RETURN, marked | {"until": "2025-03-19T09:00"}, status=422)
    assert "This time is over." in vera.problem("until")
    assert snapshot(db) == before, "neither returned nor extended"
    vera.submit(RETURN, marked | {"until": proposed})
    held = find_active_registration(db, debate.id, delegation(db, "KEN").id)
    assert (held.letter.state, held.letter.remark) == ("returned", REASON)
    assert debate.letter_deadline < held.letter_deadline <= debate.starts_at
    kinds = [row["kind"] for row in snapshot(db)["journal"]]
    assert kinds.count("letter returned") == kinds.count("letter deadline extended") == 1
    kenya.get(f"{home(debate)}/letter")
    kenya.submit("#letter_form", files={"letter": File(pdf_bytes(), "second.pdf")})
    assert letter_of(db, debate, "KEN") != kenyas_letter


def test_a_return_without_a_new_deadline_leaves_the_time_over(
    kenyas_letter: str, app: Flask, db: Database, debate: Debate, opened: FakeClock
) -> None:
    opened.set(debate.letter_deadline)
    vera = sign_in_member(app, "vera")
    vera.get(kenyas_letter)
    vera.submit(RETURN, {"reasons": ["not_signed"], "until": ""})
    held = find_active_registration(db, debate.id, delegation(db, "KEN").id)
    assert (held.letter.state, held.letter_deadline) == ("returned", None)


def test_what_the_pictures_may_lack_and_who_signed_is_told(
    kenyas_letter: str, kenya: Browser, debate: Debate, db: Database, vera: Browser
) -> None:
    send(kenya, debate, "letter", signed.signed_by("Amina <Otieno>"))
    send(kenya, debate, "more", pdfs.a_page_and_its_blank_back())
    send(kenya, debate, "more", fonts.by_number())
    vera.get(letter_of(db, debate, "KEN"))
    assert "Worth knowing" in vera.says(".marks")
    assert "It uses fonts that are not in the file" in vera.says(".marks")
    assert "Nothing can be seen on page 3." in vera.says(".marks")
    told = "It carries an electronic signature of Amina <Otieno>, not checked."
    assert told in vera.says(".facts")
    kenya.get(f"{home(debate)}/letter")
    shown = kenya.says("#page_body")
    assert "its fonts are not in the file" in shown
    assert "Nothing can be seen on page 3." in shown
    assert "Otieno>" not in shown


def send(kenya: Browser, debate: Debate, name: str, data: bytes) -> None:
    """Replaces Kenya's letter, or adds to it."""
    kenya.get(f"{home(debate)}/letter")
    form = "#more_form" if name == "more" else "#letter_form"
    kenya.submit(form, files={"letter": File(data, f"{name}.pdf")})
