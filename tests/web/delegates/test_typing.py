"""What is typed is kept field by field, on every phone of a delegation."""

from __future__ import annotations

import pytest
from flask import Flask

from rostrum.domain.debates.debate import Debate
from rostrum.domain.registrations.typed import MAX_TYPED
from rostrum.store.database import Database
from rostrum.web.delegates.typing_pace import MOST, WITHIN
from tests.factories import FakeClock
from tests.web.client import Browser
from tests.web.factories import (
    SPEAKER,
    home,
    keep_letter,
    make_ready,
    parts_of,
    sign_in,
    snapshot,
    take_place,
)

FIRST = {name: SPEAKER[name] for name in ("title", "name")}


def shown(browser: Browser, debate: Debate) -> dict[str, str]:
    """The speaker as a page shows it that is opened now."""
    browser.get(home(debate))
    return {name: browser.value(name) for name in SPEAKER}


def entries(db: Database) -> list[str]:
    return [row["kind"] for row in snapshot(db)["journal"] if row["kind"] == "speaker saved"]


@pytest.mark.parametrize("are_left", [False, True], ids=["a pause", "a field is left"])
def test_what_was_typed_is_there_again_after_a_reload_and_on_another_phone(
    app: Flask, db: Database, debate: Debate, kenya: Browser, are_left: bool
) -> None:
    kenya.keep(FIRST, are_left=are_left)
    assert kenya.says("#kept") == "Saved."
    colleague = sign_in(app, db, debate)
    for phone in (kenya, colleague):
        assert shown(phone, debate) == dict.fromkeys(SPEAKER, "") | FIRST
    kenya.get(f"{home(debate)}?lang=ar")
    assert kenya.value("name") == SPEAKER["name"]


def test_a_complete_speaker_is_ready_without_a_save_and_told_once_in_the_journal(
    app: Flask, db: Database, debate: Debate, kenya: Browser
) -> None:
    keep_letter(app, db, debate)
    typed: dict[str, str] = {}
    for name, value in SPEAKER.items():
        typed[name] = value
        kenya.keep(typed)
    kenya.keep(typed | {"name": "Amina Mohamed"})
    kenya.keep(typed | {"name": "Amina Jibril Mohamed"})
    assert entries(db) == ["speaker saved"]
    kenya.poll()
    assert "Ready" in kenya.says("#standing")
    typed |= {"name": "Amina Jibril Mohamed"}
    kenya.submit("button.save", typed, htmx=True)
    assert entries(db) == ["speaker saved"] * 2
    kenya.get(f"{home(debate)}/phones")
    told = kenya.says("#phone_changes")
    assert "Speaker entered: " in told
    assert "Speaker changed from " in told


def test_what_cannot_stand_yet_is_told_at_its_field_and_comes_again(
    kenya: Browser, debate: Debate
) -> None:
    wrong = {"name": "Amina", "contact_email": "nowhere"}
    kenya.keep(wrong, are_left=False)
    assert not kenya.has("#contact_email_error")
    kenya.keep(wrong)
    assert "not an e-mail address" in kenya.problem("contact_email")
    assert not kenya.has("#name_error")
    kenya.get(home(debate))
    assert kenya.value("contact_email") == "nowhere"
    assert "not an e-mail address" in kenya.problem("contact_email")
    assert not kenya.has(".summary")
    kenya.keep({"contact_email": "pm@kenya.example"}, are_left=False)
    assert not kenya.has("#contact_email_error")
    kenya.keep({"contact_email": "pm@kenya.example"})
    assert shown(kenya, debate)["contact_email"] == "pm@kenya.example"
    assert not kenya.has("#contact_email_error")


def test_somebody_half_way_through_a_field_leaves_the_delegation_ready(
    app: Flask, db: Database, debate: Debate, opened: FakeClock
) -> None:
    colleague = sign_in(app, db, debate)
    make_ready(app, db, debate)
    waiting = sign_in(app, db, debate)
    colleague.keep({"name": "Am"}, are_left=False)
    colleague.keep({"name": "Am", "contact_phone": ""})
    waiting.submit("[data-register]", htmx=True)
    assert waiting.says(".number") == "1"
    row = snapshot(db)["registration"][0]
    assert row["contact_phone"] == SPEAKER["contact_phone"]


def test_two_phones_that_type_in_different_fields_both_win(
    app: Flask, db: Database, debate: Debate
) -> None:
    first, second = sign_in(app, db, debate), sign_in(app, db, debate)
    first.keep({"name": "Amina Mohamed"})
    second.keep({"contact_email": "pm@kenya.example"})
    rest = {name: SPEAKER[name] for name in SPEAKER if name not in ("name", "contact_email")}
    first.submit("button.save", rest | {"name": "Amina Mohamed"}, htmx=True)
    draft = snapshot(db)["draft"][0]
    assert draft["speaker_name"] == "Amina Mohamed"
    assert draft["contact_email"] == "pm@kenya.example"


def test_in_the_same_field_the_last_one_wins_and_nothing_goes_back(
    app: Flask, db: Database, debate: Debate
) -> None:
    first, second = sign_in(app, db, debate), sign_in(app, db, debate)
    first.keep({"name": "Amina Mohamed"})
    second.keep({"name": "Martha Koome"})
    first.keep({"name": "Amina Mohamed", "title": "Ms."})
    assert shown(second, debate)["name"] == "Martha Koome"
    assert shown(second, debate)["title"] == "Ms."


def test_a_press_right_after_typing_brings_what_was_typed_and_keeps_what_others_typed(
    app: Flask, db: Database, debate: Debate, opened: FakeClock
) -> None:
    keep_letter(app, db, debate)
    first, second = sign_in(app, db, debate), sign_in(app, db, debate)
    first.keep(SPEAKER | {"name": "Am"}, are_left=False)
    second.keep({"title": "Dr."})
    first.submit("[data-register]", SPEAKER, htmx=True)
    row = snapshot(db)["registration"][0]
    assert (row["speaker_name"], row["speaker_title"]) == (SPEAKER["name"], "Dr.")


def test_a_field_saved_after_the_press_changes_no_registration(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    take_place(app, db, debate)
    before = snapshot(db)
    kenya.keep({"name": "Somebody Else"})
    assert kenya.says("#kept") == ""
    assert snapshot(db) == before


def test_what_is_kept_is_bounded(app: Flask, db: Database, debate: Debate, kenya: Browser) -> None:
    kenya.keep({"name": "A" * (MAX_TYPED + 1)})
    assert "there is room for 120" in kenya.problem("name")
    assert shown(kenya, debate)["name"] == ""
    clock = parts_of(app).clock
    for count in range(MOST - 1):
        kenya.keep({"name": f"Amina {count}"}, are_left=False)
    kenya.keep({"name": "Amina"}, are_left=False, status=429)
    clock.set(clock.now() + WITHIN)
    kenya.keep({"name": "Amina"}, are_left=False)
    assert shown(kenya, debate)["name"] == "Amina"


def test_saving_without_a_change_writes_nothing(kenya: Browser, db: Database) -> None:
    kenya.keep(FIRST)
    before = snapshot(db)
    kenya.keep(FIRST)
    assert snapshot(db) == before
