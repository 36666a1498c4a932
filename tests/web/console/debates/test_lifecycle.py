"""What delegates see of a debate that is postponed, cancelled, archived, rehearsed or announced."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from rostrum.actions.debates.lifecycle import NewDates, archive, cancel, postpone, resume
from rostrum.actions.debates.messages import Wanted, send_message, withdraw_message
from rostrum.actions.debates.rehearsals import delete_rehearsal, start_rehearsal
from rostrum.actions.debates.settings import change_debate
from rostrum.actions.letters.decisions import accept_letter
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate, Translation, Visibility
from rostrum.domain.registrations.receipts import receipt_code
from rostrum.live.hub import BEAT
from rostrum.store.database import Database
from rostrum.store.debates import get_debate_by_id
from tests.factories import FakeClock, actor
from tests.web.client import Browser, words_of
from tests.web.factories import (
    console,
    home,
    keep_concept_note,
    link,
    make_ready,
    share,
    share_token,
    show_to_everybody,
    sign_in,
    snapshot,
    take_place,
)
from tests.web.html_checks import parse
from tests.web.streams import html_of, listening, next_news

ANNA = Actor("staff", "anna")
WHY = "The chair travels."
NOWHERE = NewDates()
ENDED = "This debate is archived: the links and pages of its delegations have ended."


def test_a_postponed_debate_says_why_and_refuses_the_press(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    make_ready(app, db, debate)
    kenya.get(home(debate))
    postpone(db, opened.now(), ANNA, debate, reason=WHY, dates=NOWHERE)
    before = snapshot(db)
    kenya.submit("[data-register]", htmx=True, status=422)
    assert WHY in kenya.problem("press")
    assert snapshot(db) == before
    assert "The debate is postponed" in kenya.says("#standing")
    assert "The new dates are not known yet." in kenya.says("#standing")
    assert kenya.has(".hero-postponed ~ form [data-register]"), "which the style sheet hides"
    same = NewDates(debate.starts_at)
    resume(db, opened.now(), ANNA, debate, reason="", dates=same)
    kenya.get(home(debate))
    kenya.submit("[data-register]")
    assert "You are number" in kenya.words


def test_while_a_debate_is_postponed_one_can_prepare(
    db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    dates = NewDates(debate.starts_at + timedelta(days=7))
    postpone(db, opened.now(), ANNA, debate, reason=WHY, dates=dates)
    kenya.poll()
    assert "The meeting is on Mon 31 March, 10:00 New York." in kenya.says("#standing")
    kenya.refresh()
    kenya.submit("#press button", {"name": "Amina"}, status=422)
    assert kenya.value("name") == "Amina"


def test_a_place_is_kept_while_the_debate_is_postponed(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    take_place(app, db, debate)
    postpone(db, opened.now(), ANNA, debate, reason=WHY, dates=NOWHERE)
    kenya.get(home(debate))
    assert "Your place is kept: number 1 of 1" in kenya.says("#standing")
    assert "Receipt" in kenya.words


def test_a_cancelled_debate_says_so_to_all(
    app: Flask, db: Database, debate: Debate, opened: FakeClock
) -> None:
    take_place(app, db, debate)
    cancel(db, opened.now(), ANNA, debate, WHY)
    for code in ("KEN", "BRA", "FRA"):
        browser = sign_in(app, db, debate, code)
        assert f"The debate is cancelled {WHY}" in browser.says("#standing")
        assert browser.has(".receipt") == (code == "KEN")
        assert not browser.has("#details")
        assert not browser.has(".give-up")


def test_an_archived_debate_is_read_only_in_the_browser(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, vera: Browser
) -> None:
    take_place(app, db, debate)
    kenya.get(f"{home(debate)}/withdrawal")
    vera.get(f"{console(debate)}/letters")
    archive(db, opened.now(), ANNA, debate)
    before = snapshot(db)
    kenya.submit("main form", status=404)
    assert ENDED in kenya.says("#problem")
    vera.submit("button[formaction$=acceptance]", status=409)
    assert "This debate is archived" in vera.words
    assert snapshot(db) == before
    vera.get(console(debate))
    assert "Archived" in vera.words


def test_links_and_sessions_end_with_the_archive_and_work_again_without_it(
    app: Flask,
    db: Database,
    debate: Debate,
    opened: FakeClock,
    kenya: Browser,
    browser: Browser,
    anna: Browser,
) -> None:
    held = take_place(app, db, debate)
    share(db, debate)
    invited, watched = link(app, db, debate, "KEN"), f"/shared/{share_token(app, db, debate)}"
    archived = archive(db, opened.now(), ANNA, debate)
    before = snapshot(db)
    for someone, path in ((kenya, home(debate)), (browser, invited), (browser, watched)):
        someone.get(path, status=404)
        assert ENDED in someone.says("#problem"), path
        assert someone.says("h1") == "The debate is over"
    browser.get("/link")
    browser.submit(".link-form", {"link": f"http://localhost{invited}"}, status=404)
    assert ENDED in browser.says("#problem")
    browser.get(home(debate), status=404)
    assert "archived" not in browser.words, "a stranger is told nothing"
    kenya.get("/")
    assert "signed in for" not in kenya.words
    assert snapshot(db) == before
    browser.get(f"/receipts/{receipt_code(app.secret_key, held.id)}")
    assert "Genuine" in browser.words
    anna.get(f"{console(debate)}/invitations")
    assert "0 phones" in anna.words
    anna.get(f"{console(debate)}/exports")
    resume(db, opened.now(), ANNA, archived, reason="", dates=NOWHERE)
    for someone, path in ((kenya, home(debate)), (browser, invited), (browser, watched)):
        someone.get(path)


def test_open_pages_are_told_of_the_archive_at_once_and_their_streams_end(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, browser: Browser
) -> None:
    take_place(app, db, debate)
    share(db, debate)
    watched = f"/shared/{share_token(app, db, debate)}"
    with (
        listening(kenya, f"{home(debate)}/stream") as own,
        listening(browser, f"{watched}/stream") as theirs,
    ):
        for messages in (own, theirs):
            next_news(messages)
        archive(db, opened.now(), ANNA, debate)
        for messages in (own, theirs):
            told = words_of(parse(html_of(next_news(messages))))
            assert "This debate is archived" in told
            assert "umber 1" not in told
        opened.advance(seconds=BEAT.total_seconds())
        for messages in (own, theirs):
            assert list(messages)[-1] == "event: gone\ndata: gone\n\n"


def test_a_message_stands_on_page_list_and_console(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, vera: Browser
) -> None:
    east = Wanted("Use <b>the</b> east door.")
    sent = send_message(db, opened.now(), ANNA, debate, wanted=east)
    kenya.poll()
    [told] = kenya.page.select("#standing .message")
    assert "From the Presidency Use <b>the</b> east door. 9:30" in " ".join(told.get_text().split())
    kenya.get(f"{home(debate)}/list")
    assert "east door" in kenya.says("#registered_list")
    vera.get(console(debate))
    assert "Delegations read: “Use <b>the</b> east door.” (anna, 9:30)" in vera.words
    withdraw_message(db, opened.now(), ANNA, debate, sent.id)
    kenya.poll()
    assert not kenya.has(".message")


def test_a_moved_opening_is_told_with_its_reason(
    db: Database, debate: Debate, clock: FakeClock, kenya: Browser
) -> None:
    wanted = replace(debate, opens_at=debate.opens_at + timedelta(minutes=30))
    change_debate(db, clock.now(), ANNA, changed=wanted, seen=0, reason=WHY)
    before = kenya.page.select_one("#page_body")["data-fingerprint"]
    kenya.poll()
    told = kenya.says("#standing")
    assert "The opening moved from 9:30 to 10:00. " in told
    assert WHY in told
    assert kenya.page.select_one("#standing")["data-fingerprint"] != before


def test_each_sees_its_own_place_only_where_the_list_is_not_shown(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    take_place(app, db, debate, "BRA")
    wanted = replace(debate, visibility=Visibility.OWN)
    change_debate(db, opened.now(), ANNA, changed=wanted, seen=0)
    kenya.get(f"{home(debate)}/list")
    assert "each delegation its own place only" in kenya.words
    kenya.poll()
    assert "Brazil" not in kenya.words
    kenya.get(f"{home(debate)}/list/list.csv", status=403)


def test_everybody_sees_the_list_where_the_mission_says_so(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, browser: Browser
) -> None:
    take_place(app, db, debate, "BRA")
    browser.get(f"/debates/{debate.slug}/list", status=404)
    show_to_everybody(db, debate)
    browser.get(f"/debates/{debate.slug}/rule")
    browser.follow("main p a[href*='/list?']")
    assert browser.says("ol.places").startswith("1 Brazil")
    cancel(db, opened.now(), ANNA, debate, WHY)
    browser.get(f"/debates/{debate.slug}/list")
    assert f"The debate is cancelled {WHY}" in browser.words


def test_a_rehearsal_is_marked_everywhere_and_deleted_whole(
    app: Flask, db: Database, debate: Debate, clock: FakeClock, vera: Browser
) -> None:
    copy = start_rehearsal(db, clock.now(), ANNA, debate, 10)
    take_part = sign_in(app, db, copy)
    make_ready(app, db, copy)
    for path in ("", "/list", "/speaker", "/letter"):
        take_part.get(home(copy) + path)
        assert "Rehearsal: nothing here counts" in take_part.says(".rehearsal"), path
    for path in ("", "/fairness", "/letters"):
        vera.get(console(copy) + path)
        assert vera.has(".rehearsal"), path
    for path in ("/rule", "/privacy"):
        vera.get(f"/debates/{copy.slug}{path}")
        assert vera.has(".rehearsal"), path
    vera.get(console(debate))
    assert not vera.has(".rehearsal")
    delete_rehearsal(db, clock.now(), ANNA, copy)
    take_part.get(home(copy), status=404)
    vera.get(console(copy), status=404)


def test_the_concept_note_and_other_languages_are_offered(
    app: Flask, db: Database, debate: Debate, clock: FakeClock, kenya: Browser
) -> None:
    kenya.get(f"{home(debate)}/concept-note", status=404)
    assert "Concept note" not in kenya.words
    note = keep_concept_note(app, db, debate)
    words = (
        Translation("fr", title="Adapter les opérations"),
        Translation("ar", title="تكييف العمليات"),
    )
    notice = replace(debate.notice, translations=words)
    change_debate(db, clock.now(), ANNA, changed=replace(debate, notice=notice), seen=0)
    kenya.get(f"{home(debate)}/about")
    french, arabic = kenya.page.select("details[lang]")
    assert "Adapter les opérations" in french.get_text()
    assert (arabic["lang"], arabic["dir"]) == ("ar", "rtl")
    answer = kenya.follow("main a.back")
    assert hashlib.sha256(answer.body).hexdigest() == note.sha256
    assert 'filename="concept note.pdf"' in answer.headers["Content-Disposition"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("days", "told"), [(None, "No time is set"), (30, "30 days after the meeting")]
)
def test_anybody_reads_what_is_kept(
    db: Database, debate: Debate, clock: FakeClock, browser: Browser, days: int | None, told: str
) -> None:
    change_debate(db, clock.now(), ANNA, changed=replace(debate, retention_days=days), seen=0)
    browser.get(f"/debates/{debate.slug}/rule")
    browser.follow("main p a[href$=privacy]")
    assert told in browser.words
    assert get_debate_by_id(db, debate.id).retention_days == days


def test_the_console_offers_no_change_of_an_archived_debate(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, anna: Browser
) -> None:
    held = take_place(app, db, debate, "KEN")
    gone = take_place(app, db, debate, "BRA")
    withdraw(db, opened.now(), actor("BRA"), debate, delegation_id=gone.delegation_id)
    accept_letter(db, opened.now(), actor("anna"), debate, letter_id=held.letter.id)
    archive(db, opened.now(), actor("anna"), debate)
    stay = {"/staff/sign-out", f"{console(debate)}/settings/rehearsals"}
    for tail in (
        "", "?show=withdrawn", "/order", "/levels", "/council", "/swaps", "/messages", "/settings",
        "/settings/edit", "/settings/notice/fr", "/settings/council", "/invitations",
        "/invitations/new", f"/letters/{held.letter.id}", f"/registrations/{held.id}/move",
        f"/registrations/{held.id}/letter", f"/registrations/{gone.id}/reinstatement",
    ):  # fmt: skip
        anna.get(console(debate) + tail)
        assert "nothing changes." in anna.words, tail
        for button in anna.page.select("main form[method=post] [type=submit]"):
            assert button.find_parent("form")["action"] in stay, (tail, button)
        offered = "a[href*='/move'], a[href*='/reinstatement'], .grip"
        assert tail or not anna.page.select(offered)
