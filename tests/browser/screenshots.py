"""Pictures of every page in every state: `python -m tests.browser.screenshots [NAME...]`.

Writes screenshots/<state>-<phone|small|laptop>-<language>.png; with --readme only docs/phone.png.
A state is brought about once and shown in each language and size; a page that no address shows
again (what is wrong with a form) is brought about in each language. The console has its own.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from PIL import Image, ImageDraw
from playwright.sync_api import sync_playwright

from rostrum.config import Config
from rostrum.instance import prepare_instance
from rostrum.web.language.catalogs import CONSOLE_LANGUAGES, LANGUAGES
from tests.browser.chromium import MISSING, find_chromium, launch
from tests.browser.people import LAPTOP, PHONE, Person
from tests.browser.scenes import SCENES, Stage
from tests.browser.server import running

ROOT = Path(__file__).parents[2]
SIZES = {"phone": PHONE, "small": {"width": 320, "height": 568}, "laptop": LAPTOP}
ONLY_ONCE = ("errors",)
"""States of delegates' pages that are not at an address of their own."""
README_SCENES = ("ready", "registered", "returned")
README_WIDTH = 1200
"""Pixels: what a README shows on a laptop, sharp enough and below 200 kB."""
GROUND, EDGE = (238, 241, 244), (200, 207, 214)


def main() -> None:
    """Takes the pictures that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readme", action="store_true", help="only docs/phone.png")
    parser.add_argument(
        "--languages", default="en,ar,zh", help="of en,fr,es,ru,zh,ar; all of them: all"
    )
    parser.add_argument("--dark", action="store_true", help="in the dark")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(SCENES)}")
    asked = parser.parse_args()
    languages = list(LANGUAGES) if asked.languages == "all" else asked.languages.split(",")
    with _stage() as stage:
        if asked.readme:
            _write_readme_picture(stage, ROOT / "docs/phone.png")
        else:
            _write_all(stage, asked.names or list(SCENES), languages, is_dark=asked.dark)


@contextmanager
def _stage() -> Iterator[Stage]:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        empty = Config(Path(folder) / "empty")
        prepare_instance(empty)
        program = find_chromium(playwright)
        if program is None:
            raise SystemExit(MISSING)
        with running(Path(folder) / "instance", empty.database) as server:
            browser = launch(playwright, program)
            try:
                yield Stage(server, browser, {})
            finally:
                browser.close()
                print(server.written(), end="", file=sys.stderr)


def _write_all(stage: Stage, names: list[str], languages: list[str], *, is_dark: bool) -> None:
    folder = ROOT / "screenshots"
    folder.mkdir(exist_ok=True)
    shade = "-dark" if is_dark else ""
    for name in names:
        for language, someone in _in_each(stage, name, languages, "dark" if is_dark else "light"):
            for size, viewport in SIZES.items():
                someone.page.set_viewport_size(viewport)
                path = folder / f"{name}-{size}-{language}{shade}.png"
                someone.page.screenshot(path=path, full_page=size != "laptop")
            print(f"{name} {language}", flush=True)


def _in_each(
    stage: Stage, name: str, languages: list[str], scheme: str
) -> Iterator[tuple[str, Person]]:
    """The state in those of the languages in which its page can be."""
    if name in ONLY_ONCE:
        for language in languages:
            yield language, _show(stage, name, color_scheme=scheme, locale=language)
            stage.clear()
        return
    someone = _show(stage, name, color_scheme=scheme)
    is_staff = urlsplit(someone.page.url).path.startswith("/staff")
    for language in languages:
        if not is_staff or language in CONSOLE_LANGUAGES:
            if someone.page.locator("html").get_attribute("lang") != language:
                _open_in(someone, language)
            yield language, someone
    stage.clear()


def _open_in(someone: Person, language: str) -> None:
    address = urlsplit(someone.page.url)
    query = urlencode(dict(parse_qsl(address.query)) | {"lang": language})
    someone.page.goto(address._replace(query=query, fragment="").geturl())
    if someone.page.locator("#live[data-live]").count():
        someone.wait_until_live()


def _show(stage: Stage, name: str, **options: object) -> Person:
    plain = {"timezone_id": "Africa/Nairobi", "reduced_motion": "reduce", "viewport": PHONE}
    stage.options = plain | options
    return SCENES[name](stage)


def _shoot(stage: Stage, name: str, **options: object) -> bytes:
    picture = _show(stage, name, **options).page.screenshot()
    stage.clear()
    return picture


def _write_readme_picture(stage: Stage, path: Path) -> None:
    """Three phones side by side on a quiet ground."""
    shots = [
        Image.open(io.BytesIO(_shoot(stage, name, device_scale_factor=2))) for name in README_SCENES
    ]
    gap, (width, height) = 72, shots[0].size
    sheet = Image.new("RGB", (len(shots) * (width + gap) + gap, height + 2 * gap), GROUND)
    draw = ImageDraw.Draw(sheet)
    for number, shot in enumerate(shots):
        left = gap + number * (width + gap)
        mask = Image.new("L", shot.size, 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, width - 1, height - 1), 44, fill=255)
        sheet.paste(shot, (left, gap), mask)
        box = (left - 3, gap - 3, left + width + 2, gap + height + 2)
        draw.rounded_rectangle(box, 47, outline=EDGE, width=3)
    small = sheet.resize((README_WIDTH, sheet.height * README_WIDTH // sheet.width))
    path.parent.mkdir(exist_ok=True)
    small.quantize(256, kmeans=2, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
