"""The first letter counts as soon as it is stored; reading it keeps nobody waiting."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from rostrum.actions.letters import reading
from rostrum.actions.letters.files import add_files
from rostrum.domain.debates.debate import Debate
from rostrum.domain.letters.letter import LetterFile
from rostrum.letters.answers import Inspection
from rostrum.store.database import Database
from rostrum.store.letters import list_unread
from tests.factories import OPENS_AT, FakeClock, actor, delegation, pdf_bytes
from tests.web.client import Browser
from tests.web.factories import SPEAKER, home, parts_of, sign_in, snapshot, until_read
from tests.web.request_bodies import File

BROKEN = b"%PDF-1.7 and nothing behind it"
WHY = "This file did not arrive whole: its end is missing. Send it again, or photograph the letter."


@pytest.fixture
def held_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Nothing is read until it is called."""
    really, may_go_on = reading.inspect, threading.Event()

    def inspect(*what: object, **named: object) -> Inspection:
        may_go_on.wait(60)
        return really(*what, **named)

    monkeypatch.setattr(reading, "inspect", inspect)
    yield may_go_on.set
    may_go_on.set()


@pytest.fixture
def soon(clock: FakeClock) -> FakeClock:
    """Half a minute before the opening."""
    clock.set(OPENS_AT - timedelta(seconds=30))
    return clock


def test_a_letter_that_is_not_read_yet_is_shown_so_and_does_not_keep_anybody_from_pressing(
    app: Flask, debate: Debate, soon: FakeClock, kenya: Browser, held_up: Callable[[], None]
) -> None:
    kenya.get(home(debate))
    kenya.upload(File(pdf_bytes(3), "note.pdf"))
    assert "pages not counted yet" in kenya.says("#letter_box")
    kenya.get(home(debate))
    kenya.keep(SPEAKER)
    soon.set(OPENS_AT)
    kenya.get(home(debate))
    kenya.submit("[data-register]", htmx=True)
    assert kenya.says(".number") == "1"
    held_up()
    until_read(app)
    kenya.get(home(debate))
    assert "3 pages" in kenya.words


def test_a_letter_that_turns_out_unreadable_goes_and_the_page_says_why_until_another_comes(
    app: Flask, db: Database, debate: Debate, soon: FakeClock, kenya: Browser
) -> None:
    kenya.get(home(debate))
    kenya.upload(File(BROKEN, "broken.pdf"))
    until_read(app)
    for _ in range(2):
        kenya.get(home(debate))
        assert kenya.problem("letter") == WHY
    assert snapshot(db)["letter"] == list(parts_of(app).files.folder.iterdir()) == []
    kenya.upload(File(pdf_bytes(), "whole.pdf"))
    until_read(app)
    kenya.get(home(debate))
    assert "whole.pdf" in kenya.says("#letter_box")
    assert WHY not in kenya.words


def test_before_the_last_minute_the_answer_itself_says_what_is_wrong(
    debate: Debate, clock: FakeClock, kenya: Browser
) -> None:
    clock.set(OPENS_AT - timedelta(seconds=61))
    kenya.get(home(debate))
    kenya.upload(File(BROKEN, "broken.pdf"), status=422)
    assert kenya.problem("letter") == WHY


def test_what_a_stop_left_unread_is_read_after_the_next_start(
    app: Flask, db: Database, debate: Debate, soon: FakeClock, kenya: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with monkeypatch.context() as stopped:
        stopped.setattr(reading, "inspect", lambda *_, **__: 1 / 0)
        kenya.get(home(debate))
        kenya.upload(File(pdf_bytes(2), "note.pdf"))
        until_read(app)
    assert [row["pages"] for row in snapshot(db)["letter_file"]] == [None]
    parts_of(app).letter_reader.resume()
    until_read(app)
    assert [row["pages"] for row in snapshot(db)["letter_file"]] == [2]


def test_what_came_back_unread_is_not_read_again_at_every_start(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    kenya.get(home(debate))
    kenya.submit("[data-register]", SPEAKER, {"letter": File(BROKEN)})
    until_read(app)
    assert [row["state"] for row in snapshot(db)["letter"]] == ["returned"]
    assert list_unread(db) == []


@pytest.mark.parametrize("content", [BROKEN, pdf_bytes(2)], ids=["unreadable", "good"])
def test_what_becomes_of_a_letter_that_was_replaced_meanwhile_changes_nothing(
    app: Flask, db: Database, debate: Debate, soon: FakeClock, kenya: Browser,
    monkeypatch: pytest.MonkeyPatch, content: bytes,
) -> None:  # fmt: skip
    really, is_replaced = reading.inspect, threading.Event()

    def inspect(path: Path, *rest: object, **named: object) -> Inspection:
        if path.read_bytes() == content:
            is_replaced.wait(60)
        return really(path, *rest, **named)

    monkeypatch.setattr(reading, "inspect", inspect)
    kenya.get(home(debate))
    kenya.upload(File(content, "first.pdf"))
    kenya.get(f"{home(debate)}/letter")
    kenya.submit("#letter_form", files={"letter": File(pdf_bytes(3), "second.pdf")})
    is_replaced.set()
    until_read(app)
    [letter], [file] = (snapshot(db)[name] for name in ("letter", "letter_file"))
    assert (letter["version"], file["original_name"], file["pages"]) == (1, "second.pdf", 3)
    kenya.get(home(debate))
    assert WHY not in kenya.words


def test_letters_that_two_phones_send_at_the_same_moment_are_one_letter(
    app: Flask, db: Database, debate: Debate, soon: FakeClock, kenya: Browser,
    held_up: Callable[[], None],
) -> None:  # fmt: skip
    colleague = sign_in(app, db, debate)
    for phone in (kenya, colleague):
        phone.get(home(debate))
    kenya.upload(File(pdf_bytes(2), "mine.pdf"))
    colleague.upload(File(pdf_bytes(3), "hers.pdf"))
    held_up()
    until_read(app)
    rows = snapshot(db)["letter_file"]
    assert {row["original_name"]: row["pages"] for row in rows} == {"mine.pdf": 2, "hers.pdf": 3}


def test_of_two_phones_letters_the_one_that_can_be_read_stays(
    app: Flask, db: Database, debate: Debate, soon: FakeClock, kenya: Browser,
    held_up: Callable[[], None],
) -> None:  # fmt: skip
    kenya.get(home(debate))
    kenya.upload(File(pdf_bytes(2), "mine.pdf"))
    stored = parts_of(app).files.store(io.BytesIO(BROKEN))
    hers = LetterFile(stored.stored_name, "hers.pdf", stored.kind, stored.size, stored.sha256)
    who = delegation(db).id
    both = add_files(db, soon.now(), actor(), debate, delegation_id=who, files=(hers,))
    parts_of(app).letter_reader.begin(both)
    held_up()
    until_read(app)
    kenya.get(home(debate))
    assert [row["original_name"] for row in snapshot(db)["letter_file"]] == ["mine.pdf"]
    assert "mine.pdf" in kenya.says("#letter_box")
    assert kenya.problem("letter") == WHY


def test_a_press_without_the_letter_that_was_dropped_says_why_it_was(
    app: Flask, debate: Debate, soon: FakeClock, kenya: Browser
) -> None:
    kenya.get(home(debate))
    kenya.upload(File(BROKEN, "broken.pdf"))
    until_read(app)
    kenya.get(home(debate))
    kenya.keep(SPEAKER)
    soon.set(OPENS_AT)
    kenya.submit("[data-register]", htmx=True, status=422)
    assert WHY in kenya.says(".summary")
    assert kenya.problem("letter") == WHY
