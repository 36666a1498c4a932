"""Writes the picture of one page of any file. Loaded by the child process only."""

import os
from pathlib import Path

from PIL import Image
from PIL import WebPImagePlugin as _  # noqa: F401 - else `save` loads all formats, 55 ms

QUALITY = 80
METHOD = 2
"""WebP's effort, 0 to 6: on a scanned page 4 takes twice the time of 2 for 2 % fewer bytes."""


def write_preview(page: Image.Image, folder: Path, number: int) -> None:
    """Writes page `number` (from 1) durably as `<number>.webp`, mode 0600; OSError if it cannot."""
    with (folder / f"{number}.webp").open("xb") as file:  # the child's umask makes it 0600
        on_white_paper(page).save(file, "WEBP", quality=QUALITY, method=METHOD)
        file.flush()
        os.fsync(file.fileno())


def on_white_paper(page: Image.Image) -> Image.Image:
    """Only the pixels, on a white sheet: no EXIF, place or profile, and black ink is visible."""
    paper = Image.new("RGB", page.size, "white")
    paper.paste(page, mask=page.getchannel("A") if page.mode in ("LA", "RGBA") else None)
    return paper
