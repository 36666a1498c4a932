"""Telling files of the corpus through the real upload: taken, or refused kindly, never a 500."""

from __future__ import annotations

import pytest
from flask import Flask

from rostrum.domain.debates.debate import Debate
from rostrum.letters.refusals import Refusal
from rostrum.store.database import Database
from rostrum.store.letters import list_letters_by_id
from tests.letters.corpus import CORPUS, Case
from tests.web.client import Browser
from tests.web.factories import home, parts_of, snapshot
from tests.web.request_bodies import File

TELLING = (
    "pdf of ten pages",
    "pdf under a photo's name",
    "pdf locked against changes, AES",
    "pdf and zip",
    "jpeg, several pictures",
    "jpeg, CMYK",
    "jpeg and html",
    "heic under a jpeg's name",
    "webp",
    "nothing",
    "too much",
    "gif",
    "pdf after rubbish",
    "zip and pdf",
    "pdf, only its first line",
    "pdf in circles",
    "pdf bomb",
    "pdf of no pages",
    "pdf of 3,000 pages",
    "pdf with a password, AES",
    "png with many texts",
)
CASES = {case.name: case for case in CORPUS}
BEGINNING = {reason: reason.message.partition("%")[0] for reason in Refusal}
"""Each sentence up to its first value."""


@pytest.mark.parametrize("name", TELLING)
def test_a_file_is_taken_or_refused_with_its_sentence(
    app: Flask, db: Database, debate: Debate, kenya: Browser, name: str
) -> None:
    case: Case = CASES[name]
    before = snapshot(db)
    kenya.get(f"{home(debate)}/letter")
    file = File(case.make(), case.file_name, "image/jpeg")
    kenya.submit("#letter_form", files={"letter": file}, status=422 if case.refusal else 200)
    if case.refusal:
        assert BEGINNING[case.refusal] in kenya.problem("letter")
        after = snapshot(db)
        assert {name for name in after if after[name] != before[name]} <= {"draft", "journal"}
        assert list(parts_of(app).files.folder.iterdir()) == []
        return
    [letter] = list_letters_by_id(db, debate.id).values()
    assert (letter.pages, letter.marks) == (case.pages, case.marks)
    for page in range(1, case.pages + 1):
        kenya.get(f"{home(debate)}/letter/pages/{page}")
    assert kenya.get(f"{home(debate)}/letter/original").body == file.content
