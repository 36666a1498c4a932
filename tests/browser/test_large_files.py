"""Large photos are made smaller on the phone, upright and nothing else; all else goes as it is."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image
from playwright.sync_api import expect

from rostrum.store.database import all_rows
from tests.browser.people import NO_CONNECTION, Person
from tests.browser.served_debate import ServedDebate

pytestmark = pytest.mark.browser

Delegate = Callable[..., Person]
READ = 30_000
"""Milliseconds in which a slow machine has made a photo smaller and read it."""
ORIENTATION, MAKE = 0x0112, 0x010F
TURNED = 6
"""As a phone held upright writes it: the first row of pixels is the right side."""
RED, BLUE = (200, 30, 30), (30, 30, 200)


@cache
def photo(width: int, height: int, *, orientation: int = 1, form: str = "JPEG") -> bytes:
    """A photo with as many bytes as those of phones, its first rows red and its last blue."""
    grain = Image.effect_noise((width // 2, height // 2), 60).resize((width, height))
    picture = Image.merge("RGB", [grain] * 3)
    picture.paste(RED, (0, 0, width, height // 8))
    picture.paste(BLUE, (0, height - height // 8, width, height))
    exif = picture.getexif()
    exif[ORIENTATION], exif[MAKE] = orientation, "A phone"
    exif.get_ifd(0x8825)[1] = "N"  # where it was taken
    file = io.BytesIO()
    options = {"quality": 92} if form == "JPEG" else {}
    picture.save(file, form, exif=exif, **options)
    return file.getvalue()


def file(name: str, content: bytes, kind: str = "image/jpeg") -> dict[str, object]:
    return {"name": name, "mimeType": kind, "buffer": content}


def send(kenya: Person, *files: dict[str, object]) -> list[str]:
    """Chooses the files; which scripts the page asked for meanwhile."""
    scripts: list[str] = []
    kenya.page.on(
        "request", lambda asked: scripts.append(asked.url) if ".js" in asked.url else None
    )
    kenya.page.locator("#letter").set_input_files(list(files))
    pages = f"{len(files)} page{'s' if len(files) > 1 else ''}"
    expect(kenya.page.locator("#letter_box")).to_contain_text(pages, timeout=READ)
    return scripts


def arrived(debate: ServedDebate) -> list[tuple[str, bytes]]:
    """Names and bytes of the letter's files, as they lie on the server's disk."""
    folder: Path = debate.server.config.letters
    rows = all_rows(
        debate.db,
        """select * from letter_file where letter_id = (select max(id) from letter)
           order by position""",
    )
    return [(row["original_name"], (folder / row["stored_name"]).read_bytes()) for row in rows]


@pytest.mark.parametrize(
    ("orientation", "size", "top"),
    [(1, (3000, 2250), RED), (TURNED, (2250, 3000), None)],
    ids=["as it lies", "turned"],
)
def test_a_large_photo_arrives_smaller_upright_and_without_what_the_phone_wrote(
    closed_debate: ServedDebate,
    delegate: Delegate,
    orientation: int,
    size: tuple[int, int],
    top: tuple[int, int, int] | None,
) -> None:
    taken = photo(4032, 3024, orientation=orientation)
    assert len(taken) > 3_000_000
    scripts = send(delegate(closed_debate), file("IMG 0042.JPG", taken))
    assert len(scripts) == 1
    [(name, content)] = arrived(closed_debate)
    assert name == "IMG 0042.jpg"
    assert len(content) < 0.75 * len(taken)
    with Image.open(io.BytesIO(content)) as sent:
        assert (sent.format, sent.size) == ("JPEG", size)
        assert not sent.getexif()
        assert not {"exif", "xmp", "comment"} & sent.info.keys()
        # Turned by a quarter, the red rows are the right side.
        middle, edge = size[0] // 2, size[1] // 2
        red = sent.getpixel((middle, 20) if top else (size[0] - 20, edge))
        blue = sent.getpixel((middle, size[1] - 20) if top else (20, edge))
    for found, drawn in ((red, RED), (blue, BLUE)):
        assert max(abs(a - b) for a, b in zip(found, drawn, strict=True)) < 12


def test_what_is_small_enough_no_photo_or_only_long_goes_as_it_is(
    closed_debate: ServedDebate, delegate: Delegate
) -> None:
    small, enough = photo(1000, 700), photo(2900, 2100)
    screen = photo(1080, 5000, form="PNG")
    assert 1_500_000 < min(len(enough), len(screen)) < max(len(enough), len(screen)) < 10_000_000
    kenya = delegate(closed_debate)
    assert send(kenya, file("small.jpg", small)) == []
    kenya.page.goto(f"{closed_debate.page('KEN')}/letter")
    chosen = [
        file("enough.jpg", enough),
        file("screen.png", screen, "image/png"),
    ]
    kenya.page.locator("#letter").set_input_files(chosen)
    kenya.page.get_by_role("button", name="Send the letter").click()
    expect(kenya.page.locator("#letter_box")).to_contain_text("2 pages", timeout=READ)
    assert arrived(closed_debate) == [("enough.jpg", enough), ("screen.png", screen)]


def test_what_the_browser_cannot_read_goes_as_it_is(
    closed_debate: ServedDebate, delegate: Delegate
) -> None:
    """Photos of iPhones, in every browser but Safari."""
    made = io.BytesIO()
    grain = Image.effect_noise((2000, 1500), 90).convert("RGB")
    pillow_heif.from_pillow(grain).save(made, quality=95)
    heic = made.getvalue()
    assert len(heic) > 1_500_000
    send(delegate(closed_debate), file("IMG_1.heic", heic, "image/heic"))
    assert arrived(closed_debate) == [("IMG_1.heic", heic)]


def test_a_browser_that_cannot_make_it_smaller_sends_it_as_it_is(
    closed_debate: ServedDebate, delegate: Delegate
) -> None:
    kenya = delegate(closed_debate)
    kenya.expects(NO_CONNECTION)
    kenya.page.route("**/js/large.*.js", lambda route: route.abort())
    taken = photo(4032, 3024)
    send(kenya, file("letter.jpg", taken))
    assert arrived(closed_debate) == [("letter.jpg", taken)]


def test_without_scripts_a_large_photo_goes_as_it_is(
    closed_debate: ServedDebate, delegate: Delegate
) -> None:
    kenya = delegate(closed_debate, java_script_enabled=False)
    kenya.page.goto(f"{closed_debate.page('KEN')}/letter")
    taken = photo(4032, 3024)
    kenya.page.locator("#letter").set_input_files(file("letter.jpg", taken))
    kenya.page.get_by_role("button", name="Send the letter").click()
    expect(kenya.page.locator("#letter_box")).to_contain_text("1 page", timeout=READ)
    assert arrived(closed_debate) == [("letter.jpg", taken)]
