"""The first page leads on to where this browser is signed in; a phone can keep it as an app."""

from __future__ import annotations

import io
import json
from datetime import timedelta

from flask import Flask
from PIL import Image

from rostrum.domain.debates.debate import Debate
from rostrum.domain.registrations.receipts import receipt_code
from rostrum.store.database import Database
from tests.factories import FakeClock, make_debate, make_invitations
from tests.web.client import Browser
from tests.web.factories import (
    home,
    link,
    revoke,
    show_to_everybody,
    sign_in_member,
    take_place,
)


def test_somebody_without_a_link_is_told_what_this_is(browser: Browser) -> None:
    browser.get("/")
    assert "with the personal link" in browser.page.main.text
    assert not browser.page.select("main ul")


def test_who_is_signed_in_once_is_led_to_that_page(debate: Debate, kenya: Browser) -> None:
    assert kenya.get("/", status=303).location == home(debate)


def test_who_is_signed_in_more_often_chooses_the_latest_debate_first(
    app: Flask, db: Database, debate: Debate, kenya: Browser
) -> None:
    later = make_debate(db, slug="later", starts_at=debate.starts_at + timedelta(days=30))
    make_invitations(db, later, "KEN")
    kenya.get(link(app, db, later, "KEN"))
    kenya.submit("form")
    kenya.get("/")
    listed = [str(tag["href"]) for tag in kenya.page.select("main ul a")]
    assert listed == [home(later), home(debate)]


def test_every_page_that_a_delegate_reaches_leads_back_to_its_own(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    held = take_place(app, db, debate)
    take_place(app, db, debate, "BRA")
    show_to_everybody(db, debate)
    public = f"/debates/{debate.slug}"
    receipt = f"/receipts/{receipt_code(app.secret_key, held.id)}"
    for path in (f"{public}/rule", f"{public}/privacy", f"{public}/list", receipt, "/link"):
        kenya.get(path)
        kenya.follow(".brand a")
        assert kenya.path == home(debate), path
    kenya.get("/nowhere", status=404)
    kenya.follow(".brand a")
    assert kenya.path == home(debate)
    parts = ("list", "about", "shares", "phones", "swaps", "later", "letter", "speaker", "trial")
    for part in (*parts, "withdrawal"):
        kenya.get(f"{home(debate)}/{part}")
        kenya.follow(".brand a")
        assert kenya.path == home(debate), part


def test_a_revoked_link_leads_nowhere(db: Database, debate: Debate, kenya: Browser) -> None:
    revoke(db, debate)
    kenya.get("/")
    assert not kenya.page.select("main ul")


def test_staff_who_are_signed_in_for_a_delegation_too_see_both_ways(
    app: Flask, db: Database, debate: Debate
) -> None:
    vera = sign_in_member(app, "vera")
    vera.get(link(app, db, debate, "KEN"))
    vera.submit("form")
    vera.get("/")
    ways = [str(tag["href"]) for tag in vera.page.select("main a")]
    assert ways == [home(debate), "/staff"]


def test_the_app_starts_at_the_first_page_and_its_icons_are_as_large_as_it_says(
    browser: Browser,
) -> None:
    browser.get("/")
    answer = browser.get(str(browser.page.select_one("link[rel=manifest]")["href"]))
    assert answer.headers["Content-Type"] == "application/manifest+json"
    manifest = json.loads(answer.body)
    assert manifest["start_url"] == manifest["scope"] == "/"
    assert (manifest["display"], manifest["dir"]) == ("standalone", "ltr")
    pictures = [icon for icon in manifest["icons"] if icon["type"] == "image/png"]
    assert {icon["purpose"] for icon in pictures} == {"any", "maskable"}
    for icon in pictures:
        size = Image.open(io.BytesIO(browser.get(icon["src"]).body)).size
        assert "x".join(map(str, size)) == icon["sizes"]
    touch = str(browser.page.select_one("link[rel=apple-touch-icon]")["href"])
    assert Image.open(io.BytesIO(browser.get(touch).body)).size == (180, 180)


def test_the_console_is_not_offered_as_an_app(app: Flask) -> None:
    vera = sign_in_member(app, "vera")
    vera.get("/staff")
    assert not vera.page.select("link[rel=manifest]")
