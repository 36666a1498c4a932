"""Which language a page has, what stays when it changes, and that streams keep to it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from rostrum.actions.debates.settings import change_debate
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.debates.debate import Debate, Translation
from rostrum.store.database import Database
from rostrum.store.drafts import get_draft
from rostrum.store.registrations import find_active_registration
from rostrum.web.language.catalogs import LANGUAGES
from tests.factories import FakeClock, actor, delegation, pdf_bytes
from tests.web.client import Browser, words_of
from tests.web.factories import (
    SPEAKER,
    console,
    home,
    link,
    parts_of,
    sign_in_member,
    snapshot,
    take_place,
)
from tests.web.html_checks import parse
from tests.web.request_bodies import File
from tests.web.streams import html_of, listening, next_news

BRAZIL = "the number of Brazil's registration"


def language_of(browser: Browser) -> tuple[str, str]:
    """What the page says of itself: its language and direction."""
    return str(browser.page.html["lang"]), str(browser.page.html["dir"])


def reading(app: Flask, accepted: str) -> Browser:
    """A browser that asks for languages as its owner set it up."""
    browser = Browser(app)
    browser.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = accepted
    return browser


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("", "en"),
        ("de-DE, de;q=0.9", "en"),
        ("fr", "fr"),
        ("fr-CH, en;q=0.8", "fr"),
        ("en-US, fr;q=0.9", "en"),
        ("de, es-MX;q=0.7, en;q=0.3", "es"),
        ("zh-Hans-CN, zh;q=0.9", "zh"),
        ("AR-eg", "ar"),
        ("ru;q=0, fr;q=0.1", "fr"),
        ("*", "en"),
        ("no such thing;;q=x", "en"),
    ],
)
def test_without_a_choice_a_page_has_the_language_of_the_browser(
    app: Flask, accepted: str, expected: str
) -> None:
    browser = reading(app, accepted)
    browser.get("/")
    assert language_of(browser) == (expected, "rtl" if expected == "ar" else "ltr")


def test_a_link_in_a_language_holds_before_the_browsers_and_through_the_sign_in(
    app: Flask, db: Database, debate: Debate
) -> None:
    browser = reading(app, "es")
    browser.get(f"{link(app, db, debate, 'KEN')}?lang=ar")
    assert language_of(browser) == ("ar", "rtl")
    browser.submit("form")
    assert browser.path == home(debate)
    assert language_of(browser) == ("ar", "rtl")


def test_a_choice_holds_until_the_next_one_and_an_unknown_one_is_none(
    kenya: Browser, debate: Debate
) -> None:
    kenya.get(f"{home(debate)}?lang=fr")
    assert language_of(kenya) == ("fr", "ltr")
    kenya.get(f"{home(debate)}/list")
    kenya.follow(".languages a[lang=zh]")
    assert kenya.path == f"{home(debate)}/list?lang=zh"
    kenya.get(f"{home(debate)}?lang=xx")
    assert language_of(kenya) == ("zh", "ltr")


def test_each_language_is_offered_by_its_own_name(browser: Browser) -> None:
    browser.get("/")
    offered = {str(way["lang"]): way.get_text() for way in browser.page.select(".languages a")}
    assert offered == LANGUAGES


def test_the_console_speaks_english_wholly_to_a_reader_of_arabic(
    app: Flask, debate: Debate
) -> None:
    anna = sign_in_member(app, "anna")
    anna.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "ar"
    anna.get("/?lang=ar")
    anna.get(console(debate))
    assert language_of(anna) == ("en", "ltr")
    assert [way["lang"] for way in anna.page.select(".languages a")] == ["en", "fr"]
    anna.follow(".languages a[lang=fr]")
    assert language_of(anna) == ("fr", "ltr")


def test_a_change_of_language_keeps_the_rest_of_the_address(vera: Browser, debate: Debate) -> None:
    vera.get(f"{console(debate)}?shown=pending&lang=en")
    assert vera.page.select_one(".languages a[lang=fr]")["href"] == (
        f"{console(debate)}?shown=pending&lang=fr"
    )


def test_another_language_without_javascript_keeps_what_was_typed_and_saves_nothing(
    kenya: Browser, db: Database, debate: Debate
) -> None:
    kenya.get(home(debate))
    typed = SPEAKER | {"name": "Njeri wa Kamau", "contact_email": "not yet an address"}
    kenya.submit(".languages button[lang=ar]", typed)
    assert language_of(kenya) == ("ar", "rtl")
    assert {name: kenya.value(name) for name in typed} == typed
    assert get_draft(db, debate.id, delegation(db, "KEN").id).version == 0
    kenya.get(f"{home(debate)}/speaker")
    kenya.submit(".languages button[lang=fr]", typed)
    assert language_of(kenya) == ("fr", "ltr")
    assert {name: kenya.value(name) for name in typed} == typed
    assert get_draft(db, debate.id, delegation(db, "KEN").id).version == 0


def test_a_letter_chosen_without_javascript_stays_when_the_language_changes(
    kenya: Browser, db: Database, debate: Debate
) -> None:
    kenya.get(home(debate))
    letter = {"letter": File(pdf_bytes(), "letter.pdf")}
    kenya.submit(".languages button[lang=fr]", SPEAKER, letter)
    assert language_of(kenya) == ("fr", "ltr")
    assert kenya.value("name") == SPEAKER["name"]
    assert "letter.pdf" in kenya.says("#letter_box")
    kenya.submit("#details", {})
    draft = get_draft(db, debate.id, delegation(db, "KEN").id)
    assert draft.is_ready, "the speaker is saved as typed: nobody changed it meanwhile"
    second = {"letter": File(pdf_bytes(2), "more.pdf")}
    kenya.submit(".languages button[lang=zh]", files=second)
    assert language_of(kenya) == ("zh", "ltr")
    assert "3页" in kenya.says("#letter_box")


def test_a_chosen_file_that_is_no_letter_is_told_in_the_new_language(
    kenya: Browser, db: Database, debate: Debate
) -> None:
    kenya.get(home(debate))
    junk = {"letter": File(b"no letter at all", "letter.pdf")}
    kenya.submit(".languages button[lang=es]", SPEAKER, junk, status=422)
    assert language_of(kenya) == ("es", "ltr")
    assert kenya.value("name") == SPEAKER["name"]
    assert "no es un PDF ni una foto" in kenya.problem("letter")
    assert get_draft(db, debate.id, delegation(db, "KEN").id).letter is None


@pytest.mark.parametrize(
    ("page", "name", "typed"),
    [("/later", "place", "2"), ("/swaps", "other", BRAZIL), ("", "before", "7")],
)
def test_other_forms_keep_what_was_typed_without_javascript_and_do_nothing(
    app: Flask,
    db: Database,
    debate: Debate,
    opened: FakeClock,
    kenya: Browser,
    page: str,
    name: str,
    typed: str,
) -> None:
    take_place(app, db, debate, "KEN")
    take_place(app, db, debate, "BRA")
    brazil = find_active_registration(db, debate.id, delegation(db, "BRA").id)
    typed = typed.replace(BRAZIL, str(brazil.id))
    kenya.get(f"{home(debate)}{page}")
    before = snapshot(db)
    kenya.submit(".languages button[lang=ar]", {name: typed})
    assert language_of(kenya) == ("ar", "rtl")
    assert kenya.value(name) == typed
    assert not kenya.has(".error")
    assert snapshot(db) == before


def test_a_menu_that_loses_something_says_so_before(
    app: Flask, anna: Browser, kenya: Browser, debate: Debate
) -> None:
    kenya.get(home(debate))
    assert not kenya.has(".languages :is(p, noscript)"), "here everything comes along"
    kenya.get(f"{home(debate)}/letter")
    assert "has to be chosen again" in kenya.says(".languages .of-files")
    anna.get(f"{console(debate)}/settings/edit")
    assert "not saved will be lost" in anna.says(".languages noscript")


def test_a_page_that_answers_a_form_is_changed_where_it_can_be_opened(
    kenya: Browser, debate: Debate
) -> None:
    kenya.get(home(debate))
    kenya.submit("#details", SPEAKER | {"contact_email": "none"}, status=422)
    way = kenya.page.select_one(".languages [lang=es]")
    assert way["formaction"] == f"{home(debate)}/draft?lang=es"
    kenya.get("/no/such/page", status=404)
    assert kenya.page.select_one(".languages a[lang=es]")["href"] == "/?lang=es"


def test_a_part_of_a_page_has_the_pages_language_whatever_was_chosen_since(
    kenya: Browser, debate: Debate
) -> None:
    kenya.get(f"{home(debate)}/list?lang=ru")
    shown = kenya.client.get(f"{home(debate)}/state", headers={"Page-Language": "ar"})
    assert "19 آذار/\u2060مارس" in shown.text
    kenya.get(f"{home(debate)}/list")
    assert language_of(kenya) == ("ru", "ltr")


def test_each_phone_is_told_in_its_own_language(
    app: Flask,
    db: Database,
    debate: Debate,
    opened: FakeClock,
    kenya: Browser,
    brazil: Browser,
) -> None:
    for code in ("BRA", "KEN"):
        take_place(app, db, debate, code)
    kenya.get(f"{home(debate)}/list?lang=ru")
    with (
        listening(kenya, f"{home(debate)}/list/stream") as russian,
        listening(brazil, f"{home(debate, 'BRA')}/list/stream") as english,
    ):
        told = [words_of(parse(html_of(next_news(each)))) for each in (russian, english)]
        assert "Бразилия" in told[0]
        assert "Brazil" in told[1]
        withdraw(db, opened.now(), actor("BRA"), debate, delegation_id=delegation(db, "BRA").id)
        told = [words_of(parse(html_of(next_news(each)))) for each in (russian, english)]
        assert "Бразилия" not in told[0]
        assert "Кения" in told[0]
        assert "Kenya" in told[1]
    assert parts_of(app).hub.count_listeners() == 0


def test_cards_of_a_language_carry_links_that_open_in_it(
    app: Flask, anna: Browser, debate: Debate
) -> None:
    anna.get(f"{console(debate)}/invitations/cards?language=es")
    assert anna.page.select_one(".card-link").get_text().endswith("?lang=es")
    guest = reading(app, "fr")
    guest.get(anna.page.select_one(".card-link").get_text().removeprefix("http://localhost"))
    assert language_of(guest) == ("es", "ltr")
    anna.get(f"{console(debate)}/invitations/cards")
    assert "lang=" not in anna.page.select_one(".card-link").get_text()


def test_the_title_is_in_the_pages_language_or_marked_as_english(
    app: Flask, db: Database, debate: Debate, clock: FakeClock
) -> None:
    french = Translation("fr", title="Faire progresser l'adaptabilité")
    notice = replace(debate.notice, translations=(french,))
    change_debate(db, clock.now(), COMMAND_LINE, changed=replace(debate, notice=notice), seen=0)
    browser = reading(app, "fr")
    browser.get(f"/debates/{debate.slug}/privacy")
    assert browser.says("main h1 + p") == french.title
    assert not browser.has("main [lang=en]")
    browser.get(f"/debates/{debate.slug}/privacy?lang=ar")
    assert browser.says("main bdi[lang=en]") == debate.notice.title
