"""Two people change the same thing at once: what both did is kept, or shown side by side."""

from __future__ import annotations

import pytest
from flask import Flask

from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.settings import PERMANENT_MEMBERS
from rostrum.domain.staff.accounts import Role
from rostrum.store.council import list_council_members
from rostrum.store.database import Database, writing
from rostrum.store.debates import get_debate_by_id
from rostrum.store.delegations import get_delegation
from rostrum.store.mission_contacts import find_contacts
from tests.factories import make_debate
from tests.web.client import Browser
from tests.web.factories import add_member, sign_in_member


@pytest.fixture
def lena(app: Flask, db: Database) -> Browser:
    with writing(db):
        add_member(db, "lena", Role.ADMIN)
    return sign_in_member(app, "lena")


def settings(debate: Debate, page: str = "") -> str:
    return f"/staff/debates/{debate.slug}/settings{page}"


def now_of(db: Database, debate: Debate) -> Debate:
    return get_debate_by_id(db, debate.id)


def test_settings_that_two_people_change_are_both_kept(
    anna: Browser, lena: Browser, db: Database, debate: Debate
) -> None:
    for browser in (anna, lena):
        browser.get(settings(debate, "/edit"))
    anna.submit("#debate_form", {"chair": "Ms. Holm", "swaps_need_approval": []})
    lena.submit("#debate_form", {"theme": "Hers.", "venue": debate.notice.venue})
    now = now_of(db, debate)
    assert (now.notice.chair, now.notice.theme) == ("Ms. Holm", "Hers.")
    assert now.swaps_need_approval is False
    assert now.opens_at == debate.opens_at, "to the microsecond"


def test_what_both_changed_is_shown_with_both_texts_and_whose_they_are(
    anna: Browser, lena: Browser, db: Database, debate: Debate
) -> None:
    for browser in (anna, lena):
        browser.get(settings(debate, "/edit"))
    told = {"starts_at": "2025-03-24T15:00", "reason": "The room."}
    anna.submit("#debate_form", {"chair": "Ms. Holm", "visibility": "public"} | told)
    hers = {"chair": "Mr. Lund", "visibility": "own", "starts_at": "2025-03-24T11:00"}
    lena.submit("#debate_form", hers | {"theme": "Hers."}, status=409)
    assert lena.problem("chair") == "Chair: anna has changed it meanwhile."
    shown = [lena.says(f".field:has([name={name}]) .their-text") for name in hers]
    assert shown[0] == "Ms. Holm"
    assert shown[2] == "Mon 24 March, 15:00 New York"
    assert "wrote at" in lena.says(".field:has([name=chair]) .theirs")
    assert (lena.value("chair"), lena.value("theme")) == ("Mr. Lund", "Hers.")
    assert now_of(db, debate).notice.theme != "Hers.", "nothing is saved before both are decided"
    lena.submit("#debate_form", {"theirs": ["visibility", "starts_at"]})
    now = now_of(db, debate)
    assert (now.notice.chair, now.notice.theme) == ("Mr. Lund", "Hers.")
    assert (now.visibility, f"{now.starts_at:%H:%M}") == ("public", "19:00")


def test_a_page_without_marks_overwrites_nothing(
    anna: Browser, db: Database, debate: Debate
) -> None:
    anna.get(settings(debate, "/edit"))
    anna.submit("#debate_form", {"seen": "", "chair": "Ms. Holm"}, status=409)
    assert now_of(db, debate) == debate


def test_the_notice_in_a_language_is_merged_and_other_saving_does_not_disturb_it(
    anna: Browser, lena: Browser, db: Database, debate: Debate
) -> None:
    lena.get(settings(debate, "/notice/fr"))
    anna.get(settings(debate, "/edit"))
    anna.submit("#debate_form", {"theme": "Another."})
    anna.get(settings(debate, "/notice/fr"))
    anna.submit("#notice_form", {"item": "Le point", "title": "Le titre"})
    lena.submit("#notice_form", {"chair": "Mme Holm", "title": "Un titre"}, status=409)
    assert lena.problem("title") == "Title: anna has changed it meanwhile."
    lena.submit("#notice_form", {"theirs": ["title"]})
    words = now_of(db, debate).notice.translation("fr")
    assert (words.title, words.item, words.chair) == ("Le titre", "Le point", "Mme Holm")


def test_members_that_two_people_mark_are_all_marked(
    anna: Browser, lena: Browser, db: Database
) -> None:
    with writing(db):
        debate = make_debate(db, slug="another")
    for browser in (anna, lena):
        browser.get(settings(debate, "/council"))
    anna.submit("#council", {"council": [*PERMANENT_MEMBERS, "ITA"]})
    lena.submit("#council", {"council": [*PERMANENT_MEMBERS, "KEN"]})
    codes = {each.code for each in list_council_members(db, debate.id)}
    assert codes == PERMANENT_MEMBERS | {"ITA", "KEN"}


def test_the_contact_of_the_mission_is_merged(
    anna: Browser, lena: Browser, db: Database, debate: Debate
) -> None:
    for address in ("/staff/contact", f"/staff/debates/{debate.slug}/contact"):
        for browser in (anna, lena):
            browser.get(address)
        anna.submit("#contact", {"phone": "+1 212 555 0142", "name": "Mission A"})
        lena.submit("#contact", {"duty_officer": "Signe Holm", "name": "Mission B"}, status=409)
        assert lena.says(".their-text") == "Mission A"
        lena.submit("#contact")
    for contact in find_contacts(db, debate.id):
        assert (contact.name, contact.duty_officer) == ("Mission B", "Signe Holm")
        assert contact.phone == "+1 212 555 0142"


def test_a_delegation_is_merged(anna: Browser, lena: Browser, db: Database) -> None:
    for browser in (anna, lena):
        browser.get(f"/staff/delegations/{get_delegation(db, 'EU').id}")
    anna.submit("#delegation", {"name_fr": "L’Union", "contacts": "eu@mission.example"})
    lena.submit("#delegation", {"name_es": "La Unión", "name_fr": "Europe"}, status=409)
    assert get_delegation(db, "EU").names["fr"] == "L’Union"
    assert (lena.says(".their-text"), lena.value("name_fr")) == ("L’Union", "Europe")
    lena.submit("#delegation")
    saved = get_delegation(db, "EU")
    assert (saved.names["fr"], saved.names["es"]) == ("Europe", "La Unión")
    assert saved.contacts == ("eu@mission.example",)
