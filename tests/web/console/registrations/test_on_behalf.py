"""Staff register a delegation that cannot; console, phone, receipt and exports say so."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from flask import Flask

from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from rostrum.store.invitations import find_invitation_of
from tests.factories import OPENS_AT, FakeClock, delegation, pdf_bytes
from tests.journal_in_english import latest_in_english
from tests.web.client import Browser
from tests.web.factories import (
    SPEAKER,
    console,
    home,
    make_ready,
    parts_of,
    set_instant,
    sign_in,
    snapshot,
    take_place,
)
from tests.web.request_bodies import File

LETTER = {"letter": File(pdf_bytes())}
BY_MAIL = SPEAKER | {"channel": "email", "reason": "Its network was down."}


@pytest.fixture
def listed(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> None:
    """Brazil at 9:30:00 and Japan at 9:30:30; it is 9:40:00 now."""
    take_place(app, db, debate, "BRA")
    opened.advance(seconds=30)
    take_place(app, db, debate, "JPN")
    opened.set(OPENS_AT + timedelta(minutes=10))


def at_the_form(vera: Browser, debate: Debate, code: str = "KEN") -> None:
    vera.get(f"{console(debate)}/on-behalf/delegations/{code}")


def files_on_disk(app: Flask) -> int:
    return sum(each.is_file() for each in parts_of(app).files.folder.rglob("*"))


def test_a_request_by_mail_is_entered_with_its_time_and_everybody_is_told(
    listed: None, app: Flask, db: Database, debate: Debate, vera: Browser, kenya: Browser
) -> None:
    japan = sign_in(app, db, debate, "JPN")
    kenya.get(home(debate))
    vera.get(console(debate))
    vera.follow(".tables a[href$='/on-behalf']")
    assert "Japan" not in vera.says("#choice_list")
    assert "France" not in vera.says("#choice_list")
    vera.follow("#choice_list a[href$=KEN]")
    vera.submit("#entry", BY_MAIL | {"received_at": "2025-03-19T09:30:12"}, LETTER)
    assert "Kenya is on the list: number 2, arrived as 3." in vera.words
    said = "entered by the Presidency (vera) 9:40:00: By e-mail · Its network was down."
    assert said in vera.says("#console_list")
    japan.poll()
    assert japan.says(".why") == (
        "You are now number 3 instead of 2: "
        "the Presidency entered Kenya at 9:40:00; request received by e-mail: 9:30:12."
    )
    assert "now 3: the Presidency entered 1 other." in japan.says("#standing")
    kenya.poll()
    kenya.refresh()
    assert kenya.says(".number") == "2"
    assert kenya.says(".why") == (
        "The Presidency entered your request of 9:30:12 as number 3. No change since."
    )
    told = kenya.says("#standing")
    assert "Entered by the Presidency on Wed 19 March, 9:40 New York: By e-mail" in told
    assert "By e-mail · Its network was down." in told
    kenya.follow(".receipt a")
    assert "Genuine" in kenya.words
    assert "Wed 19 March 2025 · 9:40:00.000By e-mail" in kenya.says(".receipt")
    assert "network" not in kenya.words, "anybody may be shown a receipt"


def test_verification_fairness_journal_and_exports_tell_it(
    listed: None, debate: Debate, vera: Browser
) -> None:
    at_the_form(vera, debate)
    vera.submit("#entry", BY_MAIL | {"received_at": "2025-03-19T09:30:12"}, LETTER)
    vera.get(f"{console(debate)}/letters")
    vera.get(f"{console(debate)}/letters/3")
    assert "vera, Wed 19 March, 9:40 New YorkBy e-mail · Its network was down." in vera.words
    vera.get(f"{console(debate)}/fairness")
    assert "no inversion, none left out" in vera.words
    assert "received 2025-03-19T13:30:12.000000Z: before 1 with an earlier number" in vera.words
    vera.get(f"{console(debate)}/journal")
    assert "Entered by the Presidency" in vera.words
    rows = vera.get(f"{console(debate)}/list.csv").text.splitlines()
    assert ",vera,2025-03-19T13:40:00.000+00:00,email,Its network was down.,registered," in rows[2]
    record = json.loads(vera.get(f"{console(debate)}/exports/record.json").text)
    entry = record["registrations"][1]
    assert (entry["entered_by"], entry["received_at"]) == ("vera", "2025-03-19T13:30:12.000000Z")
    assert (entry["entered_through"], entry["entered_reason"]) == ("email", "Its network was down.")
    assert record["moves"][0]["received_at"] == entry["received_at"]


def test_what_the_delegation_prepared_is_taken_and_nobody_reads_it_before(
    listed: None, app: Flask, db: Database, debate: Debate, vera: Browser
) -> None:
    make_ready(app, db, debate, "KEN", name="Amina Wanjiru Otieno")
    at_the_form(vera, debate)
    assert "The delegation has prepared its speaker." in vera.words
    assert "Otieno" not in str(vera.page)
    vera.submit("#entry", {"channel": "telephone"})
    assert "Kenya is on the list: number 3, arrived as 3." in vera.words
    assert "Amina Wanjiru Otieno" in vera.says("#console_list")


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    listed: None, app: Flask, db: Database, debate: Debate, vera: Browser
) -> None:
    at_the_form(vera, debate)
    before, files = snapshot(db), files_on_disk(app)
    typed = SPEAKER | {"received_at": "2025-03-19T09:29:59", "contact_email": "nowhere"}
    vera.submit("#entry", typed, LETTER, status=422)
    assert "Choose how the request came" in vera.problem("reason")
    assert "not an e-mail address" in vera.problem("contact_email")
    assert vera.value("name") == SPEAKER["name"]
    assert vera.says(".file-name") == "letter.pdf"
    vera.submit("#entry", BY_MAIL, status=422)
    assert "a request that came before gives no place" in vera.problem("received_at")
    for wrong, told in (
        ("2025-03-19T09:41:00", "This time is still to come."),
        ("2025-03-09T02:30:00", "There is no 02:30 in New York"),
        ("2024-11-03T01:30:00", "01:30 comes twice"),
        ("noon", "Give a day and a time"),
    ):
        vera.submit("#entry", BY_MAIL | {"received_at": wrong}, status=422)
        assert told in vera.problem("received_at")
        assert vera.value("received_at") == wrong
    empty = dict.fromkeys(SPEAKER, "") | {"received_at": ""}
    vera.submit("#entry", empty, status=422)
    assert vera.has("#name_error")
    assert (snapshot(db), files_on_disk(app)) == (before, files + 1)
    vera.submit("#entry", BY_MAIL | {"received_at": ""})
    assert "Kenya is on the list: number 3, arrived as 3." in vera.words
    assert files_on_disk(app) > files + 1, "the letter that waited, and its picture"


def test_a_letter_waits_for_its_own_form_alone(
    listed: None, app: Flask, db: Database, debate: Debate, vera: Browser
) -> None:
    at_the_form(vera, debate)
    vera.submit("#entry", BY_MAIL, status=422)
    assert "Add the letter" in vera.problem("letter")
    vera.submit("#entry", BY_MAIL | {"received_at": "noon"}, LETTER, status=422)
    waiting = vera.value("waiting")
    at_the_form(vera, debate, "EGY")
    path = f"{console(debate)}/on-behalf/delegations/EGY"
    for names in (waiting, f"{waiting}x", "x"):
        told = BY_MAIL | {"csrf_token": vera.token(), "waiting": names}
        vera.post(path, told, status=422)
        assert "Add the letter" in vera.problem("letter")


def test_a_letter_nobody_can_read_goes_back_and_the_place_is_held(
    listed: None, debate: Debate, vera: Browser
) -> None:
    at_the_form(vera, debate)
    vera.submit("#entry", BY_MAIL, {"letter": File(b"a note", "note.txt")}, status=422)
    assert vera.has("#letter_error")
    vera.submit("#entry", BY_MAIL, {"letter": File(b"%PDF-1.7\nhalf a letter")})
    assert "Kenya is on the list: number 3" in vera.words
    assert "The letter was returned; the place is held:" in vera.words


def test_sent_twice_it_is_one_place_and_one_file(
    listed: None, app: Flask, db: Database, debate: Debate, vera: Browser
) -> None:
    at_the_form(vera, debate)
    vera.submit("#entry", BY_MAIL, LETTER)
    before, files = snapshot(db)["registration"], files_on_disk(app)
    path = f"{console(debate)}/on-behalf/delegations/KEN"
    again = BY_MAIL | {"csrf_token": vera.token(), "idempotency_key": "attempt-1"}
    vera.post(path, again)
    assert "Kenya is on the list: number 3, arrived as 3." in vera.words
    assert (snapshot(db)["registration"], files_on_disk(app)) == (before, files)


def test_who_registered_meanwhile_is_told_with_number_and_time(
    listed: None, app: Flask, db: Database, debate: Debate, vera: Browser, kenya: Browser
) -> None:
    at_the_form(vera, debate)
    take_place(app, db, debate, "KEN")
    before, files = snapshot(db), files_on_disk(app)
    vera.submit("#entry", BY_MAIL, LETTER, status=409)
    assert (
        "This delegation is registered already: number 3, since Wed 19 March, 9:40 New York."
        in vera.words
    )
    assert vera.value("name") == SPEAKER["name"]
    assert (snapshot(db), files_on_disk(app)) == (before, files + 1)
    vera.get(f"{console(debate)}/on-behalf/delegations/KEN", status=409)


def test_the_choice_is_searched_and_live(
    listed: None, app: Flask, db: Database, debate: Debate, vera: Browser
) -> None:
    vera.get(f"{console(debate)}/on-behalf")
    vera.get(f"{console(debate)}/on-behalf?q=ken")
    assert [tag.get_text() for tag in vera.page.select("#choice_list a")] == ["Kenya"]
    take_place(app, db, debate, "KEN")
    vera.poll()
    assert "No delegation without a place has this name." in vera.says("#choice_list")


def test_before_the_opening_nobody_can_be_entered_and_after_the_closing_staff_can(
    db: Database, debate: Debate, vera: Browser, clock: FakeClock
) -> None:
    at_the_form(vera, debate)
    assert vera.path.endswith("/on-behalf")
    assert "The list opens on Wed 19 March, 9:30 New York." in vera.says("#choice_list")
    clock.set(OPENS_AT + timedelta(hours=2))
    set_instant(db, debate, closes_at=OPENS_AT + timedelta(hours=1))
    at_the_form(vera, debate)
    vera.submit("#entry", BY_MAIL, LETTER)
    assert "Kenya is on the list: number 1" in vera.words


def test_council_members_and_nobodies_cannot_be_entered(
    listed: None, debate: Debate, vera: Browser
) -> None:
    at_the_form(vera, debate, "FRA")
    assert "Council members speak in an order drawn by lot" in vera.words
    vera.get(f"{console(debate)}/on-behalf/delegations/XYZ", status=404)


def test_the_invitation_leads_there_while_there_is_no_place(
    listed: None, app: Flask, db: Database, debate: Debate, anna: Browser, carl: Browser
) -> None:
    invited = find_invitation_of(db, debate.id, delegation(db, "KEN").id).id
    anna.get(f"{console(debate)}/invitations/{invited}")
    anna.follow("p.more a")
    assert anna.path.endswith("/on-behalf/delegations/KEN")
    take_place(app, db, debate, "KEN")
    anna.get(f"{console(debate)}/invitations/{invited}")
    assert not anna.has("p.more a")
    carl.get(console(debate))
    assert "on behalf" not in carl.words


# --- The letter follows ------------------------------------------------------------------


def test_a_place_is_given_before_its_letter_which_the_delegation_is_asked_for(
    listed: None, app: Flask, db: Database, debate: Debate, vera: Browser, kenya: Browser
) -> None:
    at_the_form(vera, debate)
    vera.submit("#entry", BY_MAIL | {"letter_follows": ["y"]})
    assert "Kenya is on the list: number 3, arrived as 3." in vera.words
    assert "To follow" in vera.says("#row_3")
    assert latest_in_english(db, "entered by the mission").endswith("Its letter was still to come.")
    kenya.get(home(debate))
    assert "Your letter is still to come" in kenya.words
    assert "Send the letter by Fri 21 March, 18:00 New York." in kenya.words
    for page in ("/letter", "/phones"):
        kenya.get(home(debate) + page)
    kenya.get(home(debate))
    kenya.follow("a[href*='/receipts/']")
    assert "To follow" in kenya.says(".receipt")
    vera.get(f"{console(debate)}/letters/{snapshot(db)['letter'][-1]['id']}")
    assert vera.path == f"{console(debate)}/delegations/KEN/letter"
    vera.submit("form[enctype]", {}, LETTER)
    assert "To read" in vera.says("#letter_title ~ .state")
    assert snapshot(db)["registration"][-1]["place"] == 3


def test_a_place_whose_letter_never_came_leaves_none_behind_when_it_is_given_up(
    listed: None, db: Database, debate: Debate, vera: Browser, kenya: Browser
) -> None:
    at_the_form(vera, debate)
    vera.submit("#entry", BY_MAIL | {"letter_follows": ["y"]})
    vera.get(f"{console(debate)}/delegations/KEN/withdrawal")
    vera.submit("#withdrawal", {"reason": "The Deputy called."})
    assert "Not ready: the letter is missing; the speaker is prepared." in vera.words
    kenya.get(home(debate))
    assert "The signed letter" in kenya.says("#letter_box")


def test_everything_that_is_missing_is_said_at_once(
    listed: None, db: Database, debate: Debate, vera: Browser
) -> None:
    at_the_form(vera, debate)
    before = snapshot(db)
    vera.submit("#entry", {"name": "Njeri wa Kamau"}, status=422)
    assert vera.problem("letter") == "Add the letter: a PDF, or photos of its pages."
    assert vera.problem("functional_title")
    assert snapshot(db) == before


def test_who_comes_second_is_told_of_the_colleague_before_all_mistakes(
    listed: None, debate: Debate, vera: Browser, anna: Browser
) -> None:
    at_the_form(vera, debate)
    at_the_form(anna, debate)
    anna.submit("#entry", BY_MAIL, LETTER)
    vera.submit("#entry", {"name": "Njeri wa Kamau"}, status=422)
    assert vera.says(".summary li").startswith("This delegation is registered already: number 3")
    assert vera.value("name") == "Njeri wa Kamau"
