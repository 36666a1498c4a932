"""What delegations are sent holds nothing personal of another delegation."""

from __future__ import annotations

import pytest
from flask import Flask

from rostrum.actions.letters.decisions import return_letter
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import FakeClock
from tests.web.client import Browser
from tests.web.factories import home, keep_letter, make_ready, snapshot, take_place

SECRETS = {
    "title": "Ztitle",
    "name": "Zname Zwei",
    "functional_title": "Zfunction",
    "on_behalf_of": "Zgroup",
    "contact_email": "zmail@z.example",
    "contact_phone": "+99 888 777 666",
}
LETTER, REASON = "Zletter.pdf", "Zreason: unsigned."
PATHS = ("", "/state", "/list", "/list/state", "/list/list.csv", "/speaker", "/letter")


@pytest.fixture
def japans_row(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> list[str]:
    """Japan registered before Kenya, its letter came back; the values that are Japan's alone."""
    take_place(app, db, debate, "JPN", **SECRETS)
    letter = keep_letter(app, db, debate, "JPN", LETTER)
    return_letter(
        db,
        opened.now(),
        Actor("staff", "vera"),
        debate,
        letter_id=letter.id,
        reasons=(),
        remark=REASON,
    )
    take_place(app, db, debate, "KEN")
    [row] = [r for r in snapshot(db)["registration"] if r["speaker_name"] == SECRETS["name"]]
    files = snapshot(db)["letter_file"]
    hashes = [r["sha256"] for r in files if r["letter_id"] in (letter.id, letter.id - 1)]
    names = [r["stored_name"] for r in files]
    return [*SECRETS.values(), LETTER, REASON, row["reference"], *names, hashes[-1]]


def test_no_page_of_a_delegation_holds_anything_of_another(
    japans_row: list[str], debate: Debate, kenya: Browser
) -> None:
    for path in PATHS:
        text = kenya.get(home(debate) + path).text
        assert [secret for secret in japans_row if secret in text] == [], path


@pytest.mark.parametrize("path", ["/stream", "/list/stream"])
def test_no_stream_of_a_delegation_holds_anything_of_another(
    japans_row: list[str], debate: Debate, kenya: Browser, path: str
) -> None:
    response = kenya.stream(home(debate) + path)
    text = next(response.iter_encoded()).decode()
    response.close()
    assert text.startswith("data: <hx-partial")
    assert [secret for secret in japans_row if secret in text] == []


def test_what_is_pushed_and_listed_holds_not_even_ones_own_contacts(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    take_place(app, db, debate, "KEN", **SECRETS)
    keep_letter(app, db, debate, "KEN", LETTER)
    for path in ("/state", "/list", "/list/state", "/list/list.csv"):
        text = kenya.get(home(debate) + path).text
        assert [secret for secret in (*SECRETS.values(), LETTER) if secret in text] == [], path


def test_the_list_for_staff_without_letters_names_no_letter_file(
    japans_row: list[str], debate: Debate, carl: Browser
) -> None:
    for tail in ("", "/state", "/list.csv"):
        assert LETTER not in carl.get(f"/staff/debates/{debate.slug}{tail}").text


def test_what_is_only_prepared_is_nobodys_business(
    app: Flask, db: Database, debate: Debate, kenya: Browser, vera: Browser
) -> None:
    make_ready(app, db, debate, "JPN", **SECRETS)
    pages = [kenya.get(home(debate) + path).text for path in PATHS]
    pages += [vera.get(f"/staff/debates/{debate.slug}{t}").text for t in ("", "/list.csv")]
    for text in pages:
        assert [secret for secret in SECRETS.values() if secret in text] == []
