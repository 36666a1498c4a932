"""Staff move a delegation on the console, and everybody concerned is told why."""

from __future__ import annotations

import pytest
from flask import Flask

from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import FakeClock, actor, delegation, make_debate
from tests.web.client import Browser
from tests.web.factories import console, home, sign_in, sign_in_member, snapshot, take_place

REASON = "The minister <b>leaves</b> at noon & speaks for a group."
CODES = ("BRA", "KEN", "JPN")


@pytest.fixture
def listed(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> None:
    """Brazil, Kenya and Japan on places 1 to 3 and with these ids; it is 9:41:07."""
    for code in CODES:
        take_place(app, db, debate, code)
    opened.advance(minutes=11, seconds=7)


def address(debate: Debate, registration_id: int = 3) -> str:
    """Where Japan is moved."""
    return f"{console(debate)}/registrations/{registration_id}/move"


def shown(browser: Browser) -> list[str]:
    """The list that stands on the page of a move."""
    return [" ".join(row.get_text().split()) for row in browser.page.select(".places li")]


def send(browser: Browser, place: str, reason: str = REASON, **how: object) -> None:
    browser.submit("#move_place button.press", {"place": place, "reason": reason}, **how)


# --- A move -----------------------------------------------------------------------------------


def test_the_page_is_reached_from_the_row_and_shows_the_list(
    listed: None, vera: Browser, debate: Debate
) -> None:
    vera.get(console(debate))
    vera.follow("tbody tr:nth-child(3) a[href$=move]")
    assert vera.path == address(debate)
    assert vera.says("h1") == "Move Japan"
    assert "Now number 3 of 3." in vera.words
    assert shown(vera) == ["1 Brazil", "2 Kenya", "3 Japan"]
    assert vera.says("main [aria-current=true]") == "3 Japan"


def test_the_list_is_shown_as_it_would_be_and_nothing_typed_is_lost(
    listed: None, app: Flask, db: Database, vera: Browser, debate: Debate
) -> None:
    vera.get(f"{address(debate)}?place=2")
    assert shown(vera) == ["1 Brazil", "2 Japan now 3", "3 Kenya now 2"]
    before = snapshot(db)
    vera.submit("#move_place [name=look]", {"place": "1", "reason": REASON})
    assert vera.says("#list_title") == "The list as it would be"
    assert shown(vera) == ["1 Japan now 3", "2 Brazil now 1", "3 Kenya now 2"]
    assert (vera.value("place"), vera.value("reason")) == ("1", REASON)
    for wrong in ("", "9", "x"):
        vera.submit("#move_place [name=look]", {"place": wrong})
        assert vera.says("#list_title") == "The list now"
    assert snapshot(db) == before


def test_a_moved_delegation_stands_on_the_console_with_the_reason(
    listed: None, vera: Browser, debate: Debate
) -> None:
    vera.get(address(debate))
    send(vera, "1")
    assert vera.path == f"{console(debate)}/order"
    assert "Japan is now number 1 instead of 3." in vera.says(".notice")
    vera.get(console(debate))
    rows = [" ".join(row.get_text().split()) for row in vera.page.select("tbody th")]
    assert rows == [
        f"Japan arrived 3; vera moved it: {REASON}",
        "Brazil arrived 1; vera moved Japan",
        "Kenya arrived 2; vera moved Japan",
    ]


def test_every_delegation_concerned_reads_why(
    listed: None, app: Flask, db: Database, vera: Browser, debate: Debate
) -> None:
    phones = {code: sign_in(app, db, debate, code) for code in CODES}
    vera.get(address(debate))
    send(vera, "2")
    for phone in phones.values():
        phone.poll()
    assert phones["JPN"].says(".why") == (
        f"You are now number 2 instead of 3: the Presidency moved you at 9:41:07. Reason: {REASON}"
    )
    assert phones["KEN"].says(".why") == (
        "You are now number 3 instead of 2: the Presidency moved Japan at 9:41:07."
    )
    assert phones["BRA"].says(".why") == "You arrived as number 1 at 9:30:00.000. No change since."
    phones["JPN"].get(f"{home(debate, 'JPN')}?lang=ar")
    assert f"\u2068{REASON}\u2069" in phones["JPN"].says(".why"), "foreign words are isolated"
    for code, path in (("JPN", ""), ("KEN", "/list")):
        phones[code].get(home(debate, code) + path)
    assert phones["JPN"].says(".number") == "2"
    rows = [row.partition(" about ")[0] for row in shown(phones["KEN"])]
    assert rows == ["1 Brazil", "2 Japan", "3 Kenya"]


def test_the_reason_is_for_the_moved_delegation_alone(
    listed: None, vera: Browser, kenya: Browser, debate: Debate
) -> None:
    vera.get(address(debate))
    send(vera, "1", "Confidential, for Japan.")
    for path in ("", "/list", "/list/list.csv", "/state", "/list/state"):
        assert "Confidential" not in kenya.get(home(debate) + path).text


def test_an_admin_moves_too(listed: None, app: Flask, db: Database, debate: Debate) -> None:
    anna = sign_in_member(app, "anna")
    anna.get(address(debate))
    send(anna, "1")
    assert snapshot(db)["move"][0]["actor"] == "staff:anna"


# --- Refusals ---------------------------------------------------------------------------------

WRONG = [
    ("place", "", "Give the number of the new place."),
    ("place", "first", "Give the number of the new place."),
    ("place", "-1", "Give the number of the new place."),
    ("place", "1.5", "Give the number of the new place."),
    ("place", "9" * 400, "Give the number of the new place."),
    ("place", "0", "Give a place from 1 to 3."),
    ("place", "4", "Give a place from 1 to 3."),
    ("place", "3", "It has this place already. Enter another one."),
    ("reason", "", "Choose a reason, or say it here: the delegation reads this."),
    ("reason", " \n ", "Choose a reason, or say it here: the delegation reads this."),
    ("reason", "R" * 1001, "has 1001 characters; there is room for 1000."),
    ("reason", "Because \u202e", "has a character that cannot be printed"),
]


@pytest.mark.parametrize(("field", "sent", "sentence"), WRONG)
def test_a_wrong_field_is_told_there_and_everything_typed_is_kept(
    listed: None,
    vera: Browser,
    db: Database,
    debate: Debate,
    field: str,
    sent: str,
    sentence: str,
) -> None:
    vera.get(address(debate))
    before = snapshot(db)
    typed = {"place": "1", "reason": REASON} | {field: sent}
    send(vera, **typed, status=422)
    assert sentence in vera.problem(field)
    assert len(vera.page.select(".summary li")) == 1
    assert {name: vera.value(name) for name in typed} == {
        name: value.strip() for name, value in typed.items()
    }
    assert snapshot(db) == before
    send(vera, "1")
    assert len(snapshot(db)["move"]) == 3


def test_digits_of_other_scripts_are_numbers_too(
    listed: None, vera: Browser, db: Database, debate: Debate
) -> None:
    vera.get(address(debate))
    send(vera, "\u0661")
    assert snapshot(db)["move"][0]["place_after"] == 1


def test_both_wrong_fields_are_told_at_once(listed: None, vera: Browser, debate: Debate) -> None:
    vera.get(address(debate))
    send(vera, "", "", status=422)
    assert [tag["href"] for tag in vera.page.select(".summary a")] == ["#place", "#reason"]


@pytest.mark.parametrize("change", ["a withdrawal", "a move"])
def test_a_move_is_refused_once_something_changed_in_between_and_the_page_says_what(
    listed: None,
    app: Flask,
    db: Database,
    vera: Browser,
    debate: Debate,
    opened: FakeClock,
    change: str,
) -> None:
    vera.get(address(debate))
    if change == "a withdrawal":
        withdraw(db, opened.now(), actor("BRA"), debate, delegation_id=delegation(db, "BRA").id)
        after = ["1 Japan now 2", "2 Kenya now 1"]
        told = "Kenya is now number 1 instead of 2. Japan is now number 2 instead of 3. "
        told += "Brazil has no place now."
    else:
        anna = sign_in_member(app, "anna")
        anna.get(address(debate, 1))
        send(anna, "2", "For a group.")
        after = ["1 Japan now 3", "2 Kenya now 1", "3 Brazil now 2"]
        told = "Kenya is now number 1 instead of 2. Brazil is now number 2 instead of 1."
    before = snapshot(db)
    send(vera, "1", status=409)
    assert snapshot(db) == before
    refusal = "The list has changed in between, and nobody was moved. Check it and decide again."
    assert f"{refusal} {told}" in vera.says(".summary")
    assert shown(vera) == after
    assert (vera.value("place"), vera.value("reason")) == ("1", REASON)
    send(vera, "1")
    assert snapshot(db)["move"] != before["move"], "decided again, on the list as it is"


def test_a_newcomer_at_the_end_refuses_no_move(
    listed: None, app: Flask, db: Database, vera: Browser, debate: Debate
) -> None:
    vera.get(address(debate))
    take_place(app, db, debate, "PSE")
    send(vera, "1")
    assert [move["place_after"] for move in snapshot(db)["move"]] == [1, 2, 3]


def test_a_mistake_in_the_form_does_not_hide_that_the_list_changed(
    listed: None, db: Database, vera: Browser, debate: Debate, opened: FakeClock
) -> None:
    vera.get(address(debate))
    withdraw(db, opened.now(), actor("KEN"), debate, delegation_id=delegation(db, "KEN").id)
    send(vera, "1", "", status=422)
    send(vera, "1", status=409)


def test_without_the_order_that_was_seen_nothing_is_moved(
    listed: None, vera: Browser, db: Database, debate: Debate
) -> None:
    vera.get(address(debate))
    before = snapshot(db)
    fields = {"csrf_token": vera.token(), "place": "1", "reason": REASON}
    vera.post(address(debate), fields, status=409)
    vera.post(address(debate), fields | {"order": "\0" * 5000}, status=409)
    assert snapshot(db) == before


def test_a_place_that_was_given_up_cannot_be_moved(
    listed: None, vera: Browser, db: Database, debate: Debate, opened: FakeClock
) -> None:
    vera.get(address(debate))
    withdraw(db, opened.now(), actor("JPN"), debate, delegation_id=delegation(db, "JPN").id)
    send(vera, "1", status=409)
    assert "This place was given up" in vera.says("#problem")
    vera.get(address(debate), status=409)
    vera.get(f"{console(debate)}?show=withdrawn")
    assert not vera.has("a[href$=move]")


# --- Who may ----------------------------------------------------------------------------------


def test_the_chair_moves_nobody(
    listed: None, carl: Browser, vera: Browser, db: Database, debate: Debate
) -> None:
    carl.get(address(debate), status=403)
    assert "Your role does not include this." in carl.says("#problem")
    vera.get(address(debate))
    before = snapshot(db)
    carl.get(console(debate))
    fields = {"csrf_token": carl.token(), "place": "1", "reason": REASON}
    carl.post(address(debate), fields | {"order": vera.value("order")}, status=403)
    assert snapshot(db) == before


def test_a_stranger_is_led_to_the_sign_in(listed: None, browser: Browser, debate: Debate) -> None:
    browser.get(address(debate))
    assert browser.path.startswith("/staff/sign-in")


def test_what_does_not_exist_cannot_be_moved(
    listed: None, app: Flask, db: Database, vera: Browser, debate: Debate
) -> None:
    for tail in ("99", "0", "x", "-1", "9" * 30):
        vera.get(f"{console(debate)}/registrations/{tail}/move", status=404)
    other = make_debate(db, slug="another-debate")
    vera.get(address(other), status=404)


def test_other_methods_are_refused(listed: None, vera: Browser, debate: Debate) -> None:
    vera.get(address(debate))
    for method in ("PUT", "DELETE", "PATCH"):
        assert vera._ask(method, address(debate)).status == 405
