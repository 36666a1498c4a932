"""The letter to start from, downloaded by its delegation."""

from __future__ import annotations

import io

import pytest
from docx import Document
from flask import Flask

from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import FakeClock
from tests.web.client import Answer, Browser
from tests.web.factories import home, make_ready, sign_in, snapshot, take_place

REQUEST = {"en": "rule 37 of the provisional rules", "fr": "article 37 du Règlement intérieur"}


def text_of(answer: Answer) -> str:
    return "\n".join(each.text for each in Document(io.BytesIO(answer.body)).paragraphs)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_of_a_delegation_offers_the_letter_in_both_languages(
    kenya: Browser, language: str
) -> None:
    answer = kenya.follow(f"#letter_box #draft_letter a[href$='/{language}.docx']")
    assert REQUEST[language] in text_of(answer)
    assert answer.headers["Content-Type"].endswith("wordprocessingml.document")
    assert f"filename=KEN-letter-{language}.docx" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_before_anything_is_filled_in_the_speaker_is_a_bracket(
    kenya: Browser, debate: Debate
) -> None:
    text = text_of(kenya.get(f"{home(debate)}/letter/draft/en.docx"))
    assert "represented by [title and name of the speaker], [function of the speaker]." in text


def test_the_letter_names_the_prepared_speaker_and_no_contact(
    app: Flask, db: Database, debate: Debate, kenya: Browser
) -> None:
    make_ready(app, db, debate, name="Ann <Lee> & أسامة", on_behalf_of="African Group")
    answer = kenya.get(f"{home(debate)}/letter/draft/fr.docx")
    text = text_of(answer)
    assert "S. E. M. Ann <Lee> & أسامة, Permanent Representative of Kenya." in text
    assert "African Group" in text
    assert "du Conseil de sécurité (Danemark, mars 2025)" in text
    assert "pm@kenya.example" not in text


def test_a_name_that_was_emptied_stands_in_no_letter(kenya: Browser, debate: Debate) -> None:
    kenya.keep({"name": "Omar Test", "functional_title": "Permanent Representative"})
    kenya.keep({"name": ""})
    text = text_of(kenya.get(f"{home(debate)}/letter/draft/en.docx"))
    assert "by [title and name of the speaker], Permanent Representative." in text


def test_the_letter_of_a_registered_delegation_names_its_speaker(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    take_place(app, db, debate, name="Amina Diallo")
    kenya.get(f"{home(debate)}/letter")
    before = snapshot(db)
    answer = kenya.follow("#draft_letter a")
    assert "Amina Diallo" in text_of(answer)
    assert snapshot(db) == before, "looking writes nothing"


def test_an_observer_cites_the_previous_practice(app: Flask, db: Database, debate: Debate) -> None:
    palestine = sign_in(app, db, debate, "PSE")
    text = text_of(palestine.follow("#draft_letter a"))
    assert "the previous practice in this regard" in text
    assert "rule 37" not in text


def test_council_members_need_no_letter(app: Flask, db: Database, debate: Debate) -> None:
    france = sign_in(app, db, debate, "FRA")
    assert not france.has("#draft_letter")
    answer = france.get(f"{home(debate, 'FRA')}/letter/draft/en.docx", status=422)
    assert "Council members speak in an order drawn by lot" in answer.text


def test_after_the_deadline_no_draft_is_offered(
    debate: Debate, clock: FakeClock, kenya: Browser
) -> None:
    clock.set(debate.letter_deadline)
    kenya.get(home(debate))
    assert not kenya.has("#draft_letter")


@pytest.mark.parametrize("tail", ["es.docx", "EN.docx", "en.pdf", "en", "..%2Fen.docx"])
def test_a_letter_in_any_other_language_is_not_found(
    debate: Debate, kenya: Browser, tail: str
) -> None:
    kenya.get(f"{home(debate)}/letter/draft/{tail}", status=404)


def test_a_letter_is_only_read(debate: Debate, kenya: Browser) -> None:
    kenya.get(home(debate))
    kenya.post(f"{home(debate)}/letter/draft/en.docx", {"csrf_token": ""}, status=405)


def test_nobody_else_gets_a_delegations_letter(
    debate: Debate, browser: Browser, brazil: Browser, vera: Browser
) -> None:
    for stranger in (browser, brazil, vera):
        stranger.get(f"{home(debate)}/letter/draft/en.docx", status=404)
