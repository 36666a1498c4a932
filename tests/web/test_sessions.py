"""Sessions end when they must, at once, and live as long as they must."""

from __future__ import annotations

import time
from datetime import timedelta

import itsdangerous.timed
import pytest
from flask import Flask

from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import OPENS_AT, FakeClock
from tests.web.client import Browser
from tests.web.factories import (
    SPEAKER,
    console,
    home,
    keep_letter,
    make_ready,
    revoke,
    sign_in,
    sign_in_member,
    snapshot,
)


def test_revoking_the_invitation_ends_its_sessions_at_once(
    app: Flask, db: Database, debate: Debate, kenya: Browser, opened: FakeClock
) -> None:
    make_ready(app, db, debate)
    kenya.get(home(debate))
    revoke(db, debate)
    before = snapshot(db)
    kenya.submit("[data-register]", status=404)
    kenya.get(home(debate), status=404)
    assert snapshot(db) == before


def test_renewing_the_invitation_ends_older_sessions(
    db: Database, debate: Debate, kenya: Browser
) -> None:
    db.execute("update invitation set generation = generation + 1")
    kenya.get(home(debate), status=404)


def test_ending_one_phones_session_leaves_the_others(
    app: Flask, db: Database, debate: Debate, kenya: Browser, clock: FakeClock
) -> None:
    second = sign_in(app, db, debate)
    last = snapshot(db)["session"][-1]["id"]
    db.execute("update session set ended_at = ? where id = ?", [clock.micros(), last])
    second.get(home(debate), status=404)
    kenya.get(home(debate))


def test_a_delegations_session_lasts_thirty_days(
    debate: Debate, kenya: Browser, clock: FakeClock
) -> None:
    clock.advance(days=30, microseconds=-1)
    kenya.get(home(debate))
    clock.advance(microseconds=1)
    kenya.get(home(debate), status=404)


def test_a_staff_session_lasts_a_working_day(
    debate: Debate, vera: Browser, clock: FakeClock
) -> None:
    clock.advance(hours=12, microseconds=-1)
    vera.get(console(debate))
    clock.advance(microseconds=1)
    vera.get(console(debate), status=303)


def test_a_removed_account_is_signed_out(app: Flask, db: Database, debate: Debate) -> None:
    carl = sign_in_member(app, "carl")
    db.execute("update session set ended_at = started_at")
    carl.get(console(debate), status=303)


def test_a_made_up_or_changed_cookie_is_worth_nothing(
    app: Flask, debate: Debate, kenya: Browser
) -> None:
    [name] = [name for name in kenya.cookies if name.startswith("rostrum-delegation-")]
    cookie = kenya.cookies[name]
    for value in ("x", cookie[:-2], f"{cookie}x", "." + cookie, "\u00ff"):
        stranger = Browser(app)
        stranger.hold({name: value, "rostrum": value, "rostrum-form-1": value})
        stranger.get(home(debate), status=404)
        stranger.get("/staff/sign-in")
        stranger.submit("form", status=422)


@pytest.fixture
def eight_hours_ago(monkeypatch: pytest.MonkeyPatch):
    """Everything signed now bears the time of eight hours ago, cookie and token alike."""
    signed = int(time.time()) - int(timedelta(hours=8).total_seconds())
    signer = itsdangerous.timed.TimestampSigner
    monkeypatch.setattr(signer, "get_timestamp", lambda _: signed)
    yield monkeypatch
    monkeypatch.undo()


def test_a_form_opened_eight_hours_ago_still_registers(
    app: Flask,
    db: Database,
    debate: Debate,
    clock: FakeClock,
    eight_hours_ago: pytest.MonkeyPatch,
) -> None:
    clock.set(OPENS_AT - timedelta(hours=8))
    kenya = sign_in(app, db, debate)
    keep_letter(app, db, debate)
    eight_hours_ago.undo()
    clock.set(OPENS_AT)
    kenya.submit("[data-register]", SPEAKER)
    assert kenya.says(".number") == "1"


def test_phones_stay_signed_in_when_the_wall_clock_is_set_back(
    app: Flask,
    db: Database,
    debate: Debate,
    opened: FakeClock,
    kenya: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Their cookies then bear a time that has not come yet."""
    make_ready(app, db, debate)
    kenya.get(home(debate))
    earlier = int(time.time()) - int(timedelta(hours=1).total_seconds())
    signer = itsdangerous.timed.TimestampSigner
    monkeypatch.setattr(signer, "get_timestamp", lambda _: earlier)
    kenya.submit("[data-register]")
    assert kenya.says(".number") == "1"


def test_a_token_of_another_browser_is_refused(
    app: Flask, db: Database, debate: Debate, kenya: Browser
) -> None:
    second = sign_in(app, db, debate)
    before = snapshot(db)
    second.post(f"{home(debate)}/draft", SPEAKER | {"csrf_token": kenya.token()}, status=400)
    assert snapshot(db) == before
