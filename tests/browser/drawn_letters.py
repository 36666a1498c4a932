"""Letters as missions write them, drawn here: a scan as PDF, and a photo from a phone."""

from __future__ import annotations

import io
import math
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

A4 = (1240, 1754)
"""A4 at 150 dots an inch."""
MARGIN = 150
INK, BLUE = (32, 34, 38), (31, 63, 140)
ROMAN = ("NotoSerif-Regular.ttf", "DejaVuSerif.ttf", "LiberationSerif-Regular.ttf")
BOLD = ("NotoSerif-Bold.ttf", "DejaVuSerif-Bold.ttf", "LiberationSerif-Bold.ttf")

BODY = """Excellency,

I have the honour to refer to the high-level open debate of the Security Council on “Advancing \
adaptability in UN peace operations: responding to new realities”, to be held on {day} \
under the item “Maintenance of international peace and security”.

In accordance with rule 37 of the provisional rules of procedure of the Security Council, I have \
the honour to request that the delegation of {name} be invited to participate in the debate \
without the right to vote.

The statement will be delivered by {speaker}.

Please accept, Excellency, the assurances of my highest consideration."""


@lru_cache
def a_letter(
    name: str = "Kenya",
    signer: str = "Erastus Ekitela Lokaale",
    addressee: str = "the President of the Security Council",
    day: str = "24 March 2025",
) -> bytes:
    """A signed letter of one page, scanned: a PDF."""
    file = io.BytesIO()
    _draw(name, signer, addressee, day).save(file, "PDF", resolution=150, quality=80)
    return file.getvalue()


@lru_cache
def a_photo_of_a_letter() -> bytes:
    """Kenya's letter photographed on a table: a JPEG of some hundred kilobytes."""
    signer, addressee = "Erastus Ekitela Lokaale", "the President of the Security Council"
    page = _draw("Kenya", signer, addressee, "24 March 2025").convert("RGBA")
    turned = page.rotate(1.4, Image.Resampling.BICUBIC, expand=True)
    table = Image.new("RGB", (turned.width + 80, turned.height + 80), (116, 92, 70))
    table.paste(turned, (40, 40), turned)
    light = Image.linear_gradient("L").resize(table.size).point(lambda value: 255 - value // 4)
    lit = ImageChops.multiply(table, light.convert("RGB"))
    grain = Image.effect_noise(table.size, 22).convert("RGB")
    file = io.BytesIO()
    Image.blend(lit, grain, 0.08).save(file, "JPEG", quality=88)
    return file.getvalue()


def _draw(name: str, signer: str, addressee: str, day: str) -> Image.Image:
    page = Image.new("RGB", A4, (253, 252, 248))
    draw = ImageDraw.Draw(page)
    _emblem(draw)
    _centred(draw, 250, f"PERMANENT MISSION OF {name.upper()}", _font(BOLD, 32))
    _centred(draw, 296, "TO THE UNITED NATIONS", _font(BOLD, 26))
    draw.line((MARGIN, 366, A4[0] - MARGIN, 366), fill=INK, width=2)
    text = _font(ROMAN, 25)
    draw.text((MARGIN, 400), "Ref. UN/SC/037/25", font=text, fill=INK)
    draw.text((A4[0] - MARGIN - text.getlength("New York"), 400), "New York", font=text, fill=INK)
    body = BODY.format(name=name, speaker=signer, day=day)
    end = _paragraphs(draw, 490, body, text)
    _signature(draw, end + 40)
    below = f"{signer}\nAmbassador and Permanent Representative"
    draw.multiline_text((MARGIN, end + 170), below, font=text, fill=INK, spacing=10)
    to = f"To {addressee}\nUnited Nations, New York"
    draw.multiline_text((MARGIN, A4[1] - 200), to, font=text, fill=INK, spacing=10)
    return page.filter(ImageFilter.GaussianBlur(0.5))


def _emblem(draw: ImageDraw.ImageDraw) -> None:
    x, y, r = A4[0] // 2, 160, 56
    draw.ellipse((x - r, y - r, x + r, y + r), outline=BLUE, width=4)
    draw.line((x - r, y, x + r, y), BLUE, 2)
    for width, height in ((20, r), (42, r)):
        draw.ellipse((x - width, y - height, x + width, y + height), outline=BLUE, width=2)
    for offset in (-28, 28):
        half = math.sqrt(r * r - offset * offset)
        draw.line((x - half, y + offset, x + half, y + offset), BLUE, 2)


def _paragraphs(draw: ImageDraw.ImageDraw, y: int, text: str, font: ImageFont.FreeTypeFont) -> int:
    """Writes the paragraphs, broken into lines; where the next one would begin."""
    for paragraph in text.split("\n\n"):
        line = ""
        for word in paragraph.split():
            if font.getlength(f"{line} {word}") > A4[0] - 2 * MARGIN:
                draw.text((MARGIN, y), line, font=font, fill=INK)
                y, line = y + 38, ""
            line = f"{line} {word}".strip()
        draw.text((MARGIN, y), line, font=font, fill=INK)
        y += 62
    return y


def _signature(draw: ImageDraw.ImageDraw, y: int) -> None:
    points = []
    for step in range(240):
        t = step / 240
        swing = math.sin(t * 34) * 34 * (1 - t) + math.sin(t * 11) * 16
        points.append((MARGIN + 20 + t * 380 + math.cos(t * 23) * 26, y + 55 - swing))
    draw.line(points, fill=BLUE, width=4, joint="curve")
    draw.line((MARGIN + 40, y + 104, MARGIN + 400, y + 84), fill=BLUE, width=3)


def _centred(draw: ImageDraw.ImageDraw, y: int, text: str, font: ImageFont.FreeTypeFont) -> None:
    draw.text(((A4[0] - font.getlength(text)) / 2, y), text, font=font, fill=INK)


@lru_cache
def _font(names: tuple[str, ...], size: int) -> ImageFont.FreeTypeFont:
    for name in names:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)
