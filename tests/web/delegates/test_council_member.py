"""The pages of a Council member: its number, time and speaker, and nothing of a queue."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from rostrum.actions.debates.settings import change_debate
from rostrum.actions.order.council import enter_council_order
from rostrum.actions.order.council_speakers import get_member, save_council_speaker
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.speakers import Level, Speaker
from rostrum.store.council import list_council_members
from rostrum.store.database import Database
from tests.factories import OPENS_AT
from tests.web.client import Browser
from tests.web.factories import console, home, link, sign_in, sign_in_member

ANNA = Actor("staff", "anna")
SPEAKER = Speaker(
    title="H.E. Mr.",
    name="Jérôme Bonnafont",
    functional_title="Permanent Representative of France",
    level=Level.PERMANENT_REPRESENTATIVE,
)


@pytest.fixture
def france(app: Flask, db: Database, debate: Debate) -> Browser:
    return sign_in(app, db, debate, "FRA")


def set_order(db: Database, debate: Debate) -> None:
    """France third, the others alphabetically."""
    codes = [each.code for each in list_council_members(db, debate.id) if each.code != "FRA"]
    codes.insert(2, "FRA")
    enter_council_order(db, OPENS_AT, ANNA, debate, text="\n".join(codes))


def test_before_the_order_is_set_a_member_reads_how_it_comes_about(france: Browser) -> None:
    assert "Council members speak in an order drawn by lot" in france.says("#standing")
    assert "number" not in france.says("#standing")
    assert "The Presidency does not know your speaker yet." in france.says("#standing")


def test_a_member_reads_its_number_its_time_and_its_speaker(
    db: Database, debate: Debate, france: Browser
) -> None:
    set_order(db, debate)
    seen = get_member(db, debate, "FRA").speaker_version
    save_council_speaker(db, OPENS_AT, ANNA, debate, code="FRA", speaker=SPEAKER, seen=seen)
    france.poll()
    said = france.says("#standing")
    assert "You are number 3 in the order of the Council" in said
    assert "You speak about Mon 24 March, 10:" in said
    assert "H.E. Mr. Jérôme Bonnafont" in said
    assert "Permanent Representative of France" in said
    assert "Entered by the Presidency. Call it if this is not right." in said


def test_nothing_of_a_queue_or_a_letter_is_offered_to_a_member(
    app: Flask, db: Database, debate: Debate, france: Browser, browser: Browser
) -> None:
    changed = replace(debate, letter_deadline=debate.letter_deadline - timedelta(hours=2))
    change_debate(db, OPENS_AT, ANNA, changed=changed, seen=debate.version, reason="Travel.")
    france.get(home(debate, "FRA"))
    assert "etter" not in france.says("main"), "neither a deadline nor its change"
    assert not france.has("nav a[href$='/shares']")
    france.get(f"{home(debate, 'FRA')}/about")
    assert "Letters by" not in france.words
    assert "The time for letters" not in france.get(f"{home(debate, 'FRA')}/calendar.ics").text
    browser.get(link(app, db, debate, "FRA"))
    assert "This link opens the page of France, a Council member" in browser.words
    assert "ask for a place" not in browser.words
    anna = sign_in_member(app, "anna")
    anna.get(f"{console(debate)}/invitations/cards")
    [card] = [tag for tag in anna.page.select(".invitation-card") if "France" in tag.h2.text]
    assert "Letters can be sent" not in card.text
    assert "The list opens" not in card.text
