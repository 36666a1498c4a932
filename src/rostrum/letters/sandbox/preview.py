"""Writes the picture of one page of any file. Loaded by the child process only."""

import bisect
import itertools
import os
from pathlib import Path

from PIL import Image
from PIL import WebPImagePlugin as _  # noqa: F401 - else `save` loads all formats, 55 ms

QUALITY = 80
_GRAIN, _SHADE, _SPECKS = 4, 20, 3
"""How blank paper may vary: squares of 4 pixels in a row, up to 20 levels of 255 lighter or darker,
but for three of them. The number of a page covers ten or more."""

METHOD = 0
"""WebP's effort, 0 to 6. It takes half of the time of a letter: on a scanned page 2 takes twice as
long as 0, for 8 % more bytes, and on a page of text half as long again, for 20 kB less."""


def write_preview(page: Image.Image, folder: Path, number: int) -> bool:
    """Writes page `number` (from 1) durably as `<number>.webp`, mode 0600; OSError if it cannot.

    Returns whether nothing can be seen on it.
    """
    paper = on_white_paper(page)
    with (folder / f"{number}.webp").open("xb") as file:  # the child's umask makes it 0600
        paper.save(file, "WEBP", quality=QUALITY, method=METHOD)
        file.flush()
        os.fsync(file.fileno())
    return is_blank(paper)


def is_blank(paper: Image.Image) -> bool:
    """Whether the page is of one colour, but for the grain and the dust of a scan."""
    levels = paper.reduce(_GRAIN).convert("L").histogram()
    usual = bisect.bisect_left(list(itertools.accumulate(levels)), sum(levels) / 2)
    others = sum(count for level, count in enumerate(levels) if abs(level - usual) > _SHADE)
    return others <= _SPECKS


def on_white_paper(page: Image.Image) -> Image.Image:
    """Only the pixels, on a white sheet: no EXIF, place or profile, and black ink is visible."""
    paper = Image.new("RGB", page.size, "white")
    paper.paste(page, mask=page.getchannel("A") if page.mode in ("LA", "RGBA") else None)
    return paper
