"""The phones of a delegation: named, seen by each other, ended by any of them."""

from __future__ import annotations

import pytest
from flask import Flask

from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database, all_rows
from rostrum.store.sessions import find_session_by_id
from rostrum.web.access import may_stay
from tests.factories import FakeClock
from tests.web.client import Browser, words_of
from tests.web.factories import (
    SPEAKER,
    home,
    link,
    sign_in,
    snapshot,
    take_place,
    ten_seconds_pass,
)

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def iphone(app: Flask, db: Database, debate: Debate) -> Browser:
    """Kenya's second phone, which says what it is."""
    phone = Browser(app)
    phone.client.environ_base["HTTP_USER_AGENT"] = IPHONE
    phone.get(link(app, db, debate, "KEN"))
    phone.submit("form")
    return phone


def test_only_the_short_name_of_a_browser_is_kept(db: Database, iphone: Browser) -> None:
    assert [row["browser"] for row in all_rows(db, "select browser from session")] == [
        "Safari/iPhone"
    ]


def test_each_phone_sees_the_others(kenya: Browser, iphone: Browser, debate: Debate) -> None:
    kenya.get(f"{home(debate)}/phones")
    assert "Safari on iPhone" in kenya.words
    assert "Safari on iPhone" in kenya.says("#phone_changes .invited")
    assert "Safari on iPhone" not in kenya.says("section:has(> #own_title)")


def test_nobody_signs_out_the_phone_in_hand_for_another(
    app: Flask, db: Database, kenya: Browser, debate: Debate
) -> None:
    like_it = sign_in(app, db, debate, "KEN")
    own, other = sorted(row["id"] for row in snapshot(db)["session"])
    for phone, here, there in ((kenya, own, other), (like_it, other, own)):
        phone.get(f"{home(debate)}/phones")
        assert phone.says("section:has(> #own_title) button") == "Sign out this phone"
        assert [int(each["value"]) for each in phone.page.select("#own_title ~ button")] == [here]
        for _ in range(2):
            named = phone.page.select("#phone_changes button[name=phone]")
            assert [int(each["value"]) for each in named] == [there]
            phone.poll()


def test_who_signs_in_meanwhile_is_there_to_be_signed_out(
    app: Flask, db: Database, kenya: Browser, debate: Debate
) -> None:
    kenya.get(f"{home(debate)}/phones")
    stranger = sign_in(app, db, debate, "KEN")
    assert "No other phone is signed in." in kenya.words
    kenya.poll()
    assert "No other phone is signed in." not in kenya.words
    kenya.submit(f".invited button[value='{latest_session(db)}']")
    assert "1 phone is signed out." in kenya.words
    stranger.get(home(debate), status=404)


def test_a_delegate_signs_its_own_phone_out(
    db: Database, kenya: Browser, iphone: Browser, debate: Debate
) -> None:
    iphone.get(f"{home(debate)}/phones")
    iphone.submit("#own_title ~ button")
    assert "This phone is signed out." in iphone.words
    iphone.get(home(debate), status=404)
    kenya.get(f"{home(debate)}/phones")
    assert "No other phone is signed in." in kenya.words
    assert "Signed out" in kenya.says("#phone_changes")


def latest_session(db: Database) -> int:
    return max(row["id"] for row in snapshot(db)["session"])


def test_another_phone_is_ended_and_its_stream_with_it(
    app: Flask, db: Database, kenya: Browser, iphone: Browser, debate: Debate
) -> None:
    [row] = [row for row in snapshot(db)["session"] if row["browser"]]
    with app.app_context():
        is_allowed = may_stay(find_session_by_id(db, row["id"]))
        assert is_allowed()
        kenya.get(f"{home(debate)}/phones")
        kenya.submit(f".invited button[value='{row['id']}']")
        app.extensions["rostrum"].hub.changes += 1
        assert not is_allowed()
    assert "1 phone is signed out." in kenya.words
    iphone.get(home(debate), status=404)
    kenya.get(home(debate))


def test_all_others_are_ended_at_once(
    app: Flask, db: Database, kenya: Browser, iphone: Browser, debate: Debate
) -> None:
    third = sign_in(app, db, debate, "KEN")
    third.get(f"{home(debate)}/phones")
    third.submit("#phone_changes button.save")
    assert "2 phones are signed out." in third.words
    kenya.get(home(debate), status=404)
    iphone.get(home(debate), status=404)


@pytest.mark.parametrize("phone", ["999", "0", "-1", "x", "", "99999999999999999999"])
def test_a_phone_that_is_none_of_theirs_is_not_found(
    db: Database, kenya: Browser, iphone: Browser, debate: Debate, phone: str
) -> None:
    kenya.get(f"{home(debate)}/phones")
    before = snapshot(db)
    path, fields = f"{home(debate)}/phones", {"csrf_token": kenya.token(), "phone": phone}
    kenya.post(path, fields, status=404)
    assert snapshot(db) == before


def test_another_delegations_phone_is_left_alone(
    db: Database, kenya: Browser, brazil: Browser, debate: Debate
) -> None:
    kenya.get(f"{home(debate)}/phones")
    theirs = max(row["id"] for row in snapshot(db)["session"])
    fields = {"csrf_token": kenya_token(kenya, debate), "phone": str(theirs)}
    kenya.post(f"{home(debate)}/phones", fields, status=404)
    brazil.get(home(debate, "BRA"))
    kenya.get(home(debate))


def kenya_token(kenya: Browser, debate: Debate) -> str:
    kenya.get(home(debate))
    return kenya.token()


def test_a_withdrawal_names_its_phone_on_the_others(
    app: Flask,
    db: Database,
    opened: FakeClock,
    kenya: Browser,
    iphone: Browser,
    debate: Debate,
) -> None:
    take_place(app, db, debate, "KEN")
    iphone.get(f"{home(debate)}/withdrawal")
    iphone.submit("button.is-bad")
    ten_seconds_pass(db, opened)
    kenya.get(home(debate))
    assert "given up at 9:30:10" in kenya.says("#standing")
    assert "Your delegation did this with Safari on iPhone." in kenya.says("#standing")
    kenya.get(f"{home(debate)}/phones")
    kenya.poll()
    assert "Place given up" in kenya.says("#phone_changes")


def test_a_changed_speaker_is_told_by_name_until_the_names_are_deleted(
    db: Database, kenya: Browser, debate: Debate
) -> None:
    for changed in ({"name": "Amina"}, {"name": "Wanjiru"}, {"contact_phone": "+1 212 555 0199"}):
        kenya.get(f"{home(debate)}/speaker")
        kenya.submit("main form", SPEAKER | {"name": "Wanjiru"} | changed)
    kenya.get(f"{home(debate)}/phones")
    [last, then, first] = kenya.page.select("#phone_changes h2 + ul strong")[:3]
    assert words_of(last) == "Speaker changed"
    assert words_of(then) == "Speaker changed from Amina to Wanjiru"
    assert words_of(first) == "Speaker entered: Amina"
    db.execute("update journal_value set salt = null, value = null")
    kenya.poll()
    assert "Amina" not in kenya.words
    assert kenya.words.count("Speaker changed") == 3
