"""How much a request may bring: little from strangers, files only where they are sent."""

from __future__ import annotations

import io

import pytest

from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from rostrum.web.middleware.body_limits import DELEGATES, FILES, PARTS, STAFF, STRANGERS
from tests.web.client import Browser
from tests.web.factories import console, home, snapshot
from tests.web.request_bodies import multipart

FORM = "application/x-www-form-urlencoded"
MEMORY = 500_000
"""Bytes of a form that werkzeug holds in memory, whoever sent it."""


def send(browser: Browser, path: str, size: int) -> int:
    """The status of a form of so many bytes with a token that is right."""
    body = filled(browser, size)
    environ = {"wsgi.input": body, "CONTENT_LENGTH": str(size)}
    answer = browser.client.post(path, content_type=FORM, environ_overrides=environ)
    return answer.status_code


def filled(browser: Browser, size: int) -> io.BytesIO:
    browser.get("/staff/sign-in")
    token = f"csrf_token={browser.token()}&name=".encode()
    return io.BytesIO(token + b"x" * (size - len(token)))


@pytest.mark.parametrize(
    ("who", "path", "most"),
    [
        ("browser", "/staff/sign-in", STRANGERS),
        ("anna", "/staff/sign-in", STRANGERS),
        ("kenya", "{home}/speaker", DELEGATES),
        ("kenya", "{home}/phones", DELEGATES),
        ("vera", "{console}/levels", STAFF),
        ("anna", "/staff/delegations/import", FILES),
    ],
)
def test_a_body_is_as_large_as_its_sender_and_address_need(
    request: pytest.FixtureRequest, debate: Debate, who: str, path: str, most: int
) -> None:
    browser = request.getfixturevalue(who)
    where = path.format(home=home(debate), console=console(debate))
    if most < MEMORY:
        assert send(browser, where, most) != 413
    assert send(browser, where, most + 1) == 413


def test_of_a_body_that_does_not_say_its_length_no_more_is_read(browser: Browser) -> None:
    body = filled(browser, 1_000_000)
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    environ = chunked | {"wsgi.input": body, "CONTENT_LENGTH": ""}
    browser.client.post("/staff/sign-in", content_type=FORM, environ_overrides=environ)
    assert body.tell() == STRANGERS


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("kenya", "{home}/letter", 413),
        ("kenya", "{home}/draft", 413),
        ("kenya", "{home}/registration", 413),
        ("anna", "{console}/on-behalf/delegations/FRA", 413),
        ("browser", "{home}/letter", 404),
        ("kenya", "/debates/2025-03-24-peace-operations/delegations/BRA/letter", 404),
        ("browser", "{console}/on-behalf/delegations/FRA", 303),
        ("browser", "/staff/delegations/import", 303),
    ],
)
def test_files_are_taken_of_who_is_signed_in_and_nothing_is_read_of_anybody_else(
    request: pytest.FixtureRequest, db: Database, debate: Debate, who: str, path: str, status: int
) -> None:
    browser, where = (
        request.getfixturevalue(who),
        path.format(home=home(debate), console=console(debate)),
    )
    before = snapshot(db)
    size = FILES + 1 if status == 413 else 1_000_000
    assert send(browser, where, size) == status
    assert snapshot(db) == before


def test_a_form_with_very_many_parts_is_refused(kenya: Browser, debate: Debate) -> None:
    kenya.get(home(debate))
    for count, status in ((PARTS - 2, 422), (PARTS + 1, 413)):
        pairs = [("csrf_token", kenya.token()), *((f"field{n}", "") for n in range(count))]
        body, kind = multipart(pairs, [])
        answer = kenya.client.post(f"{home(debate)}/letter", data=body, content_type=kind)
        assert answer.status_code == status
