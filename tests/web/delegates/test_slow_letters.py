"""Letters that take long to read: in time when they came whole in time, read once, never lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from rostrum.actions.letters import reading
from rostrum.domain.debates.debate import Debate
from rostrum.domain.times import to_micros
from rostrum.letters.answers import Inspection
from rostrum.store.database import Database
from tests.factories import OPENS_AT, FakeClock, pdf_bytes, photo_bytes
from tests.waiting import wait_until
from tests.web.client import Browser
from tests.web.factories import (
    SPEAKER,
    home,
    journal_kinds,
    make_ready,
    parts_of,
    set_instant,
    sign_in,
    snapshot,
)
from tests.web.request_bodies import File, multipart

BROKEN = b"%PDF-1.7 and nothing behind it"
Read = Callable[..., Inspection]
Meanwhile = Callable[[Callable[[], object]], list[Path]]


@pytest.fixture
def page(debate: Debate) -> str:
    return f"{home(debate)}/letter"


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Does something while each file is being read; gives the list of the files that were."""

    def begin(act: Callable[[], object]) -> list[Path]:
        really, read = reading.inspect, []

        def inspect(path: Path, *rest: object, **named: object) -> Inspection:
            read.append(path)
            act()
            return really(path, *rest, **named)

        monkeypatch.setattr(reading, "inspect", inspect)
        return read

    return begin


def deadline_in_four_seconds(db: Database, debate: Debate, clock: FakeClock) -> None:
    set_instant(db, debate, letter_deadline=clock.now() + timedelta(seconds=4))


def stored(app: Flask) -> list[str]:
    return [path.name for path in parts_of(app).files.folder.glob("*.*") if path.is_file()]


# --- The deadline -----------------------------------------------------------------------------


def test_a_letter_that_was_whole_in_time_is_in_time_however_long_reading_takes(
    db: Database, debate: Debate, clock: FakeClock, kenya: Browser, meanwhile: Meanwhile
) -> None:
    kenya.get(home(debate))
    sent_at = clock.now()
    deadline_in_four_seconds(db, debate, clock)
    meanwhile(lambda: clock.advance(seconds=15))
    kenya.upload(File(pdf_bytes(), "in time.pdf"))
    [letter] = snapshot(db)["letter"]
    assert letter["uploaded_at"] == to_micros(sent_at)
    kenya.get(home(debate))
    assert "in time.pdf" in kenya.says("#letter_box")
    assert "received at 9:00:00" in kenya.says("#letter_box")


def test_a_letter_sent_by_its_own_page_and_more_pages_are_in_time_too(
    db: Database, debate: Debate, clock: FakeClock, kenya: Browser, page: str, meanwhile: Meanwhile
) -> None:
    meanwhile(lambda: clock.advance(seconds=15))
    for form, name in (("#letter_form", "1.jpg"), ("#more_form", "2.jpg")):
        set_instant(db, debate, letter_deadline=None)
        kenya.get(page)
        deadline_in_four_seconds(db, debate, clock)
        kenya.submit(form, files={"letter": File(photo_bytes() + name.encode(), name)})
        assert kenya.path == home(debate), "the letter's own page is closed by now"
        assert "The letter has arrived." in kenya.words
    assert [row["original_name"] for row in snapshot(db)["letter_file"]] == ["1.jpg", "2.jpg"]


def test_a_letter_that_comes_with_the_press_is_in_time_too(
    db: Database, debate: Debate, opened: FakeClock, kenya: Browser, meanwhile: Meanwhile
) -> None:
    kenya.get(home(debate))
    deadline_in_four_seconds(db, debate, opened)
    meanwhile(lambda: opened.advance(seconds=15))
    files = {"letter": File(pdf_bytes(), "in time.pdf")}
    kenya.submit("#press button.press", SPEAKER, files=files)
    [letter] = snapshot(db)["letter"]
    assert (letter["state"], letter["uploaded_at"]) == ("pending", to_micros(OPENS_AT))


@pytest.mark.parametrize("late_by", [0, 1], ids=["at the deadline", "after it"])
def test_a_letter_that_comes_whole_no_earlier_than_the_deadline_is_late(
    db: Database, debate: Debate, clock: FakeClock, kenya: Browser, late_by: int
) -> None:
    kenya.get(home(debate))
    deadline_in_four_seconds(db, debate, clock)
    clock.advance(seconds=4, microseconds=late_by)
    answer = kenya.upload(File(pdf_bytes(), "late.pdf"), status=422)
    assert "Letters were due by" in answer.text
    assert snapshot(db)["letter"] == []


# --- Sent again -------------------------------------------------------------------------------


def test_a_letter_that_is_here_is_not_read_again(
    app: Flask, db: Database, debate: Debate, kenya: Browser, meanwhile: Meanwhile
) -> None:
    read = meanwhile(lambda: None)
    kenya.get(home(debate))
    address, content = str(kenya.page.select_one("input[data-upload]")["data-upload"]), pdf_bytes()
    for _ in range(3):
        assert send(kenya, address, content) == 200
    assert len(read) == len(stored(app)) == journal_kinds(db).count("letter received") == 1


def test_pages_that_are_in_the_letter_are_not_read_again(
    app: Flask, db: Database, debate: Debate, kenya: Browser, page: str, meanwhile: Meanwhile
) -> None:
    make_ready(app, db, debate)
    kenya.get(page)
    read = meanwhile(lambda: None)
    for _ in range(3):
        assert send(kenya, page, photo_bytes(), more="1") == 200
    assert len(read) == 1
    assert len(snapshot(db)["letter_file"]) == 2


@pytest.mark.parametrize(
    ("content", "status"), [(pdf_bytes(), 200), (BROKEN, 422)], ids=["good", "unreadable"]
)
def test_a_letter_sent_twice_at_once_is_read_once_and_both_are_told_the_same(
    app: Flask, db: Database, debate: Debate, page: str, meanwhile: Meanwhile,
    content: bytes, status: int,
) -> None:  # fmt: skip
    phones = [sign_in(app, db, debate) for _ in range(2)]
    for phone in phones:
        phone.get(page)
    second_is_here = threading.Event()
    read = meanwhile(lambda: second_is_here.wait(20))
    with ThreadPoolExecutor(2) as both:
        first = both.submit(send, phones[0], page, content)
        wait_until(lambda: read)
        second = both.submit(send, phones[1], page, content)
        wait_until(lambda: len(stored(app)) == 2)
        second_is_here.set()
        assert (first.result(), second.result()) == (status, status)
    assert len(read) == 1
    assert len(stored(app)) == len(snapshot(db)["letter_file"]) == (status == 200)


def test_a_delegation_has_four_letters_on_their_way_at_most_and_others_are_not_kept(
    app: Flask, db: Database, debate: Debate, page: str, meanwhile: Meanwhile
) -> None:
    make_ready(app, db, debate)
    make_ready(app, db, debate, "BRA")
    phones = [sign_in(app, db, debate) for _ in range(5)]
    brazil = sign_in(app, db, debate, "BRA")
    other = page.replace("KEN", "BRA")
    for phone, address in ((brazil, other), *((phone, page) for phone in phones)):
        phone.get(address)
    may_end = threading.Event()
    meanwhile(lambda: may_end.wait(60))
    with ThreadPoolExecutor(5) as all_at_once:
        sent = [
            all_at_once.submit(send, phone, page, pdf_bytes() + b"%%%d" % number)
            for number, phone in enumerate(phones[:4])
        ]
        wait_until(lambda: parts_of(app).uploads._inside.total() == 4)
        assert send(phones[4], page, pdf_bytes() + b"%5") == 429
        brazils = all_at_once.submit(send, brazil, other, pdf_bytes())
        wait_until(lambda: parts_of(app).uploads._inside.total() == 5)
        may_end.set()
        assert brazils.result() == 200
        assert {each.result() for each in sent} == {200}
    assert send(phones[4], page, pdf_bytes() + b"%5") == 200


# --- An answer that was lost --------------------------------------------------------------------


def test_a_page_that_lost_the_answer_is_told_what_became_of_its_letter(
    app: Flask, db: Database, debate: Debate, kenya: Browser, page: str, meanwhile: Meanwhile
) -> None:
    kenya.get(page)
    asked: list[int] = []
    meanwhile(lambda: asked.append(ask(other, page, "mine")))
    other = sign_in(app, db, debate)
    assert ask(other, page, "mine") == 204, "nothing has come"
    assert send(kenya, page, pdf_bytes(), upload="mine") == 200
    assert asked == [202], "it is being read"
    assert ask(other, page, "mine") == 200
    assert ask(other, page, "another") == 204
    assert send(kenya, page, BROKEN, upload="bad") == ask(other, page, "bad") == 422
    assert ask(sign_in(app, db, debate, "BRA"), page.replace("KEN", "BRA"), "mine") == 204
    Browser(app).get(f"{page}/uploads/mine", status=404)


def test_an_upload_that_failed_on_our_side_is_sent_again(
    app: Flask, db: Database, debate: Debate, kenya: Browser, page: str, meanwhile: Meanwhile
) -> None:
    make_ready(app, db, debate)
    kenya.get(page)
    meanwhile(lambda: 1 / 0)
    app.testing, app.config["PROPAGATE_EXCEPTIONS"] = False, False
    assert send(kenya, page, pdf_bytes(), upload="mine") == 500
    assert ask(kenya, page, "mine") == 204


def send(phone: Browser, address: str, content: bytes, **fields: str) -> int:
    """Sends a letter as static/js/uploads.js does; the status of the answer."""
    token = str(phone.page.select_one("[name=csrf_token]")["value"])
    pairs = [("csrf_token", token), *fields.items()]
    body, kind = multipart(pairs, [("letter", File(content, "letter.pdf"))])
    headers = {"HX-Request": "true", "HX-Target": "letter_page"}
    answer = phone.client.post(address, data=body, content_type=kind, headers=headers)
    return answer.status_code


def ask(phone: Browser, address: str, name: str) -> int:
    headers = {"HX-Request": "true", "HX-Target": "letter_page"}
    return phone.client.get(f"{address}/uploads/{name}", headers=headers).status_code
