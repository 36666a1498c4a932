"""Pictures of every page in every state: `python -m tests.browser.screenshots [NAME...]`.

Writes screenshots/<state>-<phone|small|laptop>-<language>.png; with --readme only docs/phone.png.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import sync_playwright

from rostrum.store.migrations import migrate
from tests.browser.chromium import MISSING, find_chromium, launch
from tests.browser.people import LAPTOP, PHONE
from tests.browser.scenes import SCENES, Stage
from tests.browser.server import running

ROOT = Path(__file__).parents[2]
SIZES = {"phone": PHONE, "small": {"width": 320, "height": 568}, "laptop": LAPTOP}
README_SCENES = ("ready", "registered", "returned")
README_WIDTH = 1200
"""Pixels: what a README shows on a laptop, sharp enough and below 200 kB."""
GROUND, EDGE = (238, 241, 244), (200, 207, 214)


def main() -> None:
    """Takes the pictures that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readme", action="store_true", help="only docs/phone.png")
    parser.add_argument("--lang", default="en", help="the language of the pages")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(SCENES)}")
    asked = parser.parse_args()
    with _stage() as stage:
        if asked.readme:
            _write_readme_picture(stage, ROOT / "docs/phone.png")
        else:
            _write_all(stage, ROOT / "screenshots", asked.names or list(SCENES), asked.lang)


@contextmanager
def _stage() -> Iterator[Stage]:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        database = Path(folder) / "empty.db"
        migrate(database)
        program = find_chromium(playwright)
        if program is None:
            raise SystemExit(MISSING)
        with running(Path(folder) / "instance", database) as server:
            browser = launch(playwright, program)
            try:
                yield Stage(server, browser, {})
            finally:
                browser.close()
                print(server.written(), end="", file=sys.stderr)


def _write_all(stage: Stage, folder: Path, names: list[str], lang: str) -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        for size, viewport in SIZES.items():
            path = folder / f"{name}-{size}-{lang}.png"
            path.write_bytes(_shoot(stage, name, size != "laptop", viewport=viewport, locale=lang))
            print(path)
        if name == "registered":
            path = folder / f"{name}-phone-dark-{lang}.png"
            path.write_bytes(
                _shoot(stage, name, True, viewport=PHONE, color_scheme="dark", locale=lang)
            )
            print(path)


def _shoot(stage: Stage, name: str, full_page: bool, **options: object) -> bytes:
    stage.options = {"timezone_id": "Africa/Nairobi", "reduced_motion": "reduce"} | options
    someone = SCENES[name](stage)
    picture = someone.page.screenshot(full_page=full_page)
    stage.clear()
    return picture


def _write_readme_picture(stage: Stage, path: Path) -> None:
    """Three phones side by side on a quiet ground."""
    shots = [
        Image.open(io.BytesIO(_shoot(stage, name, False, viewport=PHONE, device_scale_factor=2)))
        for name in README_SCENES
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
