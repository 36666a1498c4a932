"""Messages in the console, and what delegations, watchers and everybody read of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from rostrum.actions.debates.messages import Wanted, send_message
from rostrum.actions.letters.decisions import return_letter
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from rostrum.store.messages import list_messages
from tests.factories import FakeClock, delegation
from tests.web.client import Browser
from tests.web.factories import (
    console,
    home,
    share,
    share_token,
    show_to_everybody,
    sign_in,
    take_place,
)
from tests.web.streams import listening, next_news

ANNA = Actor("staff", "anna")
FORM = "form[action$=messages]"


@pytest.fixture
def returned(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> Debate:
    """Kenya's letter came back; Brazil's waits."""
    held = take_place(app, db, debate, "KEN")
    take_place(app, db, debate, "BRA")
    return_letter(
        db,
        opened.now(),
        ANNA,
        debate,
        letter_id=held.letter.id,
        reasons=["not_signed"],
        remark="",
    )
    return debate


def test_a_verifier_sends_several_messages_and_withdraws_each(
    vera: Browser, debate: Debate, kenya: Browser
) -> None:
    vera.get(console(debate))
    vera.follow("nav.ways a[href$=messages]")
    assert "There is no message on the pages now." in vera.words
    vera.submit(FORM, status=422)
    assert "Write the sentence" in vera.problem("text")
    vera.submit(FORM, {"text": "M" * 281}, status=422)
    assert "there is room for 280" in vera.problem("text")
    for text in ("Opening moved to 10:00.", "East door."):
        vera.submit(FORM, {"text": text})
        assert "Sent to all delegations." in vera.words
    kenya.poll()
    assert [tag.get_text() for tag in kenya.page.select("#standing .message bdi")] == [
        "East door.",
        "Opening moved to 10:00.",
    ]
    assert "Addressed to 5 delegations. With a phone signed in: 1." in vera.words
    for _ in range(2):
        vera.submit("form[action$=withdrawal]")
    kenya.poll()
    assert not kenya.has(".message")
    assert [tag.get_text() for tag in vera.page.select(".places span > bdi")] == [
        "East door.",
        "Opening moved to 10:00.",
    ]


def test_a_message_to_a_part_is_on_the_pages_of_those_in_it_alone(
    app: Flask, db: Database, returned: Debate, vera: Browser, browser: Browser
) -> None:
    show_to_everybody(db, returned)
    share(db, returned)
    vera.get(f"{console(returned)}/messages")
    offered = [tag.get_text() for tag in vera.page.select("#part option")]
    assert {"All delegations", "On the list (2)", "Letter returned (1)"} <= set(offered)
    assert not any(each.startswith("Letter to follow") for each in offered)
    asked = {"text": "Send it signed.", "part": "returned"}
    vera.submit(FORM, asked | {"is_public": ["y"]}, status=422)
    assert "Only a message to all delegations" in vera.problem("is_public")
    vera.submit(FORM, {"is_public": []})
    assert "Sent to 1 delegation." in vera.words
    assert "To 1 delegation: Letter returned" in vera.says(".message strong")
    assert "Kenya" in vera.says("main .message details")
    for code, is_told in (("KEN", True), ("BRA", False)):
        delegate = sign_in(app, db, returned, code)
        for path in (home(returned, code), f"{home(returned, code)}/list"):
            delegate.get(path)
            assert ("Send it signed." in delegate.words) == is_told, path
            assert ("From the Presidency to your delegation" in delegate.words) == is_told
    for path in (
        f"/debates/{returned.slug}/list",
        f"/shared/{share_token(app, db, returned)}",
    ):
        browser.get(path)
        assert "Send it signed." not in browser.words, path


def test_a_watcher_reads_what_all_delegations_read(
    app: Flask, db: Database, returned: Debate, opened: FakeClock, browser: Browser
) -> None:
    share(db, returned)
    send_message(db, opened.now(), ANNA, returned, wanted=Wanted("East door."))
    browser.get(f"/shared/{share_token(app, db, returned)}")
    assert "East door." in browser.says(".message")


def test_a_delegation_is_written_to_from_its_file(
    app: Flask, db: Database, debate: Debate, kenya: Browser, vera: Browser, carl: Browser
) -> None:
    vera.get(f"{console(debate)}/delegations/KEN")
    assert "No messages." in vera.words
    vera.follow("a[href$='/KEN/message']")
    assert "Write to Kenya" in vera.says("h1")
    vera.submit("form[action$='/KEN/message']", {"ends_at": "2025-03-19T08:00"}, status=422)
    assert "Write the sentence" in vera.problem("text")
    vera.submit("form[action$='/KEN/message']", {"text": "Call us."}, status=422)
    assert "This time has passed" in vera.problem("ends_at")
    assert vera.value("text") == "Call us."
    vera.submit("form[action$='/KEN/message']", {"ends_at": "2025-03-19T09:30"})
    assert "Sent to Kenya." in vera.words
    said = vera.says("#messages_title ~ .history")
    assert said.startswith("Call us. To Kenya alone · vera, Wed 19 March, 9:00 New York")
    assert said.endswith("until Wed 19 March, 9:30 New York")
    vera.follow("#dossier a[href$='/messages']")
    assert "Call us." in vera.says("main .message")
    kenya.poll()
    assert "Call us." in kenya.says("#standing .message")
    carl.get(f"{console(debate)}/delegations/KEN")
    assert "Call us." in carl.words
    assert not carl.has("a[href$='/KEN/message']")
    carl.get(f"{console(debate)}/delegations/BRA")
    assert "Call us." not in carl.words


def test_a_message_is_read_in_the_language_of_the_page_else_in_english(
    db: Database, debate: Debate, clock: FakeClock, kenya: Browser, vera: Browser
) -> None:
    vera.get(f"{console(debate)}/messages")
    typed = {"text": "East door.", "text_fr": "Porte est.", "text_ar": "الباب الشرقي"}
    vera.submit(FORM, typed | {"text_es": "x" * 281}, status=422)
    assert "there is room for 280" in vera.problem("text_es")
    assert vera.value("text_ar") == typed["text_ar"]
    vera.submit(FORM, {"text_es": ""})
    assert "Porte est." in vera.says("main .message")
    [message] = list_messages(db, debate.id)
    assert message.translations == {"fr": typed["text_fr"], "ar": typed["text_ar"]}
    for language, text, marked in (
        ("en", "East door.", None),
        ("fr", "Porte est.", None),
        ("ar", "الباب الشرقي", None),
        ("es", "East door.", "en"),
    ):
        kenya.get(f"{home(debate)}?lang={language}")
        [said] = kenya.page.select(".message bdi")
        assert (said.get_text(), said.get("lang")) == (text, marked)


def test_a_message_leaves_open_pages_at_its_end(
    db: Database, debate: Debate, clock: FakeClock, kenya: Browser
) -> None:
    until = clock.now() + timedelta(minutes=1)
    send_message(db, clock.now(), ANNA, debate, wanted=Wanted("East door.", ends_at=until))
    with listening(kenya, f"{home(debate)}/stream") as news:
        assert "East door." in next_news(news)
        clock.set(until)
        assert "East door." not in next_news(news)


def test_the_ends_that_are_proposed_are_what_happens_later(
    debate: Debate, vera: Browser, opened: FakeClock
) -> None:
    vera.get(f"{console(debate)}/messages")
    offered = {str(tag["label"]): tag["value"] for tag in vera.page.select("#moments option")}
    assert offered == {
        "Letters are due": "2025-03-21T18:00",
        "The meeting starts": "2025-03-24T10:00",
    }


def test_the_list_says_what_delegations_read(
    db: Database, debate: Debate, opened: FakeClock, vera: Browser
) -> None:
    for wanted in (
        Wanted("East door."),
        Wanted("Call us.", delegation_id=delegation(db, "KEN").id),
    ):
        send_message(db, opened.now(), ANNA, debate, wanted=wanted)
    vera.get(console(debate))
    assert "Delegations read: “East door.” (anna, 9:30)" in vera.words
    assert "To some delegations: 1 message" in vera.words
    assert "Call us." not in vera.words
