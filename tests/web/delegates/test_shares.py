"""Links to watch a place: made by a delegation, read by whoever has one, ended in many ways."""

from __future__ import annotations

import logging
from contextlib import ExitStack

import pytest
from flask import Flask

from rostrum.actions.letters.decisions import return_letter
from rostrum.actions.retention import Disk, delete_debate
from rostrum.domain.actors import COMMAND_LINE, Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.shares import MOST
from rostrum.store.database import Database
from rostrum.store.invitations import find_invitation_of
from rostrum.store.shares import find_share
from rostrum.web.access import may_watch
from rostrum.web.middleware.redaction import redact_logs
from rostrum.web.public.shared_place import WATCHERS
from tests.factories import FakeClock, delegation
from tests.web.client import Browser
from tests.web.factories import (
    SPEAKER,
    console,
    home,
    journal_kinds,
    parts_of,
    renew,
    revoke,
    share,
    share_token,
    sign_in,
    snapshot,
    take_place,
)
from tests.web.streams import listening, next_news


@pytest.fixture
def watched(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> str:
    """Brazil first, Kenya second; the path of Kenya's shared link."""
    for code in ("BRA", "KEN"):
        take_place(app, db, debate, code)
    share(db, debate)
    return f"/shared/{share_token(app, db, debate)}"


def test_a_delegation_makes_a_link_that_a_stranger_opens(
    app: Flask, db: Database, debate: Debate, watched: str, kenya: Browser, browser: Browser
) -> None:
    kenya.get(f"{home(debate)}/shares")
    kenya.submit("#make_share")
    links = [str(tag["value"]) for tag in kenya.page.select(".card input[readonly]")]
    assert len(links) == 2
    assert links[1].endswith(watched)
    browser.get(links[0].removeprefix("http://localhost"))
    assert browser.says(".hero .number") == "2"
    assert "of 2 · 1 before" in browser.words
    assert "Speaks at about" in browser.words
    assert "Letter being read by the Presidency" in browser.words
    assert journal_kinds(db).count("shared link made") == 2
    kenya.get(f"{home(debate)}/phones")
    assert "Link to watch the place made" in kenya.words


def test_the_page_hears_what_other_phones_and_staff_do_with_the_links(
    app: Flask, db: Database, debate: Debate, kenya: Browser, anna: Browser
) -> None:
    other = sign_in(app, db, debate)
    kenya.get(f"{home(debate)}/shares")
    other.get(f"{home(debate)}/shares")
    other.submit("#make_share")
    kenya.poll()
    assert kenya.says("#share_changes") == "1 link works."
    assert not kenya.has(".card")
    kenya.refresh()
    assert kenya.has(".card .end-share")
    found = find_invitation_of(db, debate.id, delegation(db, "KEN").id)
    anna.get(f"{console(debate)}/invitations/{found.id}")
    anna.submit("form[action$='/end']")
    for phone in (kenya, other):
        phone.poll()
        assert phone.says("#share_changes").startswith("No link works now. Link to watch")
        assert phone.says("#share_changes").endswith(
            "ended · Wed 19 March 2025, 9:00:00 New York · the Presidency"
        )
        phone.refresh()
        assert not phone.has(".card")


def test_who_watches_reads_nothing_personal_and_can_press_nothing(
    db: Database, debate: Debate, opened: FakeClock, watched: str, browser: Browser
) -> None:
    letter = [row for row in snapshot(db)["letter"] if row["state"] == "pending"][-1]
    return_letter(
        db,
        opened.now(),
        Actor("staff", "vera"),
        debate,
        letter_id=letter["id"],
        reasons=(),
        remark="Zremark",
    )
    before = snapshot(db)
    answer = browser.get(watched)
    assert "The letter came back" in browser.words
    personal = [SPEAKER[name] for name in ("name", "contact_email", "contact_phone")]
    for text in (answer.text, browser.poll().text):
        assert [each for each in (*personal, "Zremark", "vera") if each in text] == []
    assert not browser.has("main form, main button:not(#pause), main input, main textarea")
    assert snapshot(db) == before
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("how", ["delegation", "staff", "revoked", "renewed"])
def test_a_link_dies_with_its_streams(
    app: Flask,
    db: Database,
    debate: Debate,
    watched: str,
    kenya: Browser,
    anna: Browser,
    browser: Browser,
    how: str,
) -> None:
    is_allowed = None
    with app.app_context():
        is_allowed = may_watch(find_share(db, 1))
        assert is_allowed()
        if how == "delegation":
            kenya.get(f"{home(debate)}/shares")
            kenya.submit(".end-share")
        elif how == "staff":
            found = find_invitation_of(db, debate.id, delegation(db, "KEN").id)
            anna.get(f"{console(debate)}/invitations/{found.id}")
            anna.submit("form[action$='/end']")
        else:
            (revoke if how == "revoked" else renew)(db, debate)
        parts_of(app).hub.changes += 1
        assert not is_allowed()
    for tail in ("", "/stream", "/state"):
        browser.get(watched + tail, status=404)
    assert ("shared link ended" in journal_kinds(db)) == (how in ("delegation", "staff"))
    if how == "revoked":
        renew(db, debate)
        browser.get(watched, status=404)


@pytest.mark.parametrize("token", ["x", "1", "1-", "999-AAAAAAAAAAAAAAAAAAAAAA", "1-ä", "9" * 400])
def test_a_made_up_link_opens_nothing(watched: str, browser: Browser, token: str) -> None:
    browser.get(f"/shared/{token}", status=404)


def test_one_delegation_cannot_end_the_link_of_another(
    db: Database, debate: Debate, watched: str, kenya: Browser, brazil: Browser
) -> None:
    brazil.get(f"{home(debate, 'BRA')}/shares")
    assert "There is no link yet." in brazil.words
    before, fields = snapshot(db), {"csrf_token": brazil.token()}
    brazil.post(f"{home(debate, 'BRA')}/shares/1/end", fields, status=404)
    assert snapshot(db) == before


def test_there_is_an_end_to_making_links(
    db: Database, debate: Debate, watched: str, kenya: Browser
) -> None:
    for _ in range(MOST - 1):
        share(db, debate)
    kenya.get(f"{home(debate)}/shares")
    assert not kenya.has("#make_share")
    before, fields = snapshot(db), {"csrf_token": kenya.token()}
    kenya.post(f"{home(debate)}/shares", fields, status=409)
    assert snapshot(db) == before


def test_the_links_are_deleted_with_their_debate(
    app: Flask, db: Database, debate: Debate, clock: FakeClock, watched: str, browser: Browser
) -> None:
    clock.advance(days=30)
    disk = Disk(parts_of(app).files, parts_of(app).config.database)
    delete_debate(db, clock.now(), COMMAND_LINE, debate, disk=disk, typed=debate.slug)
    assert snapshot(db)["share"] == []
    browser.get(watched, status=404)


def test_no_log_keeps_a_shared_link(caplog: pytest.LogCaptureFixture, watched: str) -> None:
    logger = logging.getLogger("test.shares")
    redact_logs(logger)
    with caplog.at_level(logging.INFO):
        logger.info("GET %s/stream", watched)
    assert caplog.messages == ["GET /shared/[token]"]


def test_a_receipt_can_be_handed_on(watched: str, debate: Debate, kenya: Browser) -> None:
    kenya.get(home(debate))
    kenya.follow("a[href^='/receipts/']")
    field = kenya.page.select_one("#receipt_link")
    assert str(field["value"]).endswith(kenya.path)
    assert kenya.has("[data-share=receipt_link]")


def test_the_ninth_page_of_a_link_asks_instead_and_displaces_nobody(
    app: Flask, watched: str, browser: Browser
) -> None:
    path = f"{watched}/stream"
    with ExitStack() as open_pages:
        watching = [open_pages.enter_context(listening(browser, path)) for _ in range(WATCHERS)]
        for each in watching:
            next_news(each)
        with listening(browser, path) as ninth:
            assert list(ninth) == ["event: gone\ndata: slow\n\n"]
        assert parts_of(app).hub.count_listeners() == WATCHERS
