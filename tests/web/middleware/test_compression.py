"""What is compressed on its way, for whom, and what never is."""

from __future__ import annotations

import gzip
import io
import zipfile

import brotli
import pytest
from flask import Flask

from rostrum.domain.debates.debate import Debate
from rostrum.store.database import Database
from tests.factories import FakeClock
from tests.web.client import Answer, Browser
from tests.web.factories import console, home, make_ready, take_place

CHROMIUM = "gzip, deflate, br, zstd"


def ask(browser: Browser, path: str, accepted: str = CHROMIUM, **headers: str) -> Answer:
    """An answer as it comes over the wire."""
    headers |= {"Accept-Encoding": accepted}
    return browser._ask("GET", path, headers=headers)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, br;q=0", "gzip"),
        ("*", "br"),
        ("identity", None),
        ("gzip;q=0", None),
        ("deflate, zstd", None),
        ("", None),
    ],
)
def test_a_page_is_compressed_as_the_browser_takes_it(
    debate: Debate, kenya: Browser, accepted: str, encoding: str | None
) -> None:
    path = f"{home(debate)}/about"
    plain = kenya.get(path)
    answer = ask(kenya, path, accepted)
    assert answer.headers.get("Content-Encoding") == encoding
    assert int(answer.headers["Content-Length"]) == len(answer.body)
    assert "Accept-Encoding" in answer.headers["Vary"]
    unpack = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}[encoding]
    assert unpack(answer.body) == plain.body


def test_tables_and_json_are_compressed_and_what_is_small_is_not(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, vera: Browser
) -> None:
    for code in ("KEN", "BRA", "JPN"):
        take_place(app, db, debate, code)
    for tail in ("/list.csv", "/list.json", ""):
        assert ask(vera, console(debate) + tail).headers["Content-Encoding"] == "br"
    for path in ("/clock", "/healthz"):
        answer = ask(vera, path)
        assert "Content-Encoding" not in answer.headers
        assert "Vary" not in answer.headers


def test_letters_and_archives_are_sent_as_they_are(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser, vera: Browser
) -> None:
    make_ready(app, db, debate)
    take_place(app, db, debate, "KEN")
    letter = ask(kenya, f"{home(debate)}/letter/original")
    assert "Content-Encoding" not in letter.headers
    assert letter.body.startswith(b"%PDF")
    archive = ask(vera, f"{console(debate)}/letters.zip")
    assert "Content-Encoding" not in archive.headers
    assert zipfile.ZipFile(io.BytesIO(archive.body)).testzip() is None


@pytest.mark.parametrize(
    ("who_asks", "is_compressed"),
    [
        ("same-origin", True),
        ("none", True),
        ("same-site", False),
        ("cross-site", False),
        (None, False),
    ],
)
def test_an_answer_to_a_strangers_query_does_not_tell_by_its_length(
    debate: Debate, vera: Browser, who_asks: str | None, is_compressed: bool
) -> None:
    headers = {"Sec-Fetch-Site": who_asks} if who_asks else {}
    answer = ask(vera, f"{console(debate)}?show=pending", **headers)
    assert ("Content-Encoding" in answer.headers) == is_compressed
    assert "Content-Encoding" in ask(vera, console(debate), **headers).headers


def test_the_answer_to_a_press_is_compressed_with_what_takes_the_least_time(
    app: Flask, db: Database, debate: Debate, opened: FakeClock, kenya: Browser
) -> None:
    body = f"csrf_token={kenya.token()}".encode()
    kind = "application/x-www-form-urlencoded"
    answer = kenya._ask(
        "POST", f"{home(debate)}/registration", body, kind, {"Accept-Encoding": CHROMIUM}
    )
    assert answer.status == 422
    assert answer.headers["Content-Encoding"] == "gzip"
