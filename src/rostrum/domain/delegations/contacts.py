"""Telephone numbers and e-mail addresses as people write and copy them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rostrum.domain.texts import cleaned

FEWEST_DIGITS = 5
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_MARKS = re.compile("[\u200c-\u200f\u202d\u202e]")
"""Signs that steer how a text is set: among digits they do nothing."""
_BRACKETS = re.compile(r"<([^<>]*@[^<>]*)>")
_LOOKS_LIKE_ONE = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_EXTENSION = re.compile(r"[\s,;]*(?:ext\w*\.?|x|poste|#)\s*(\d{1,6})", re.IGNORECASE)
_AROUND = " \t'\"“”‘’«»()[]<>.,;:"
_WIDE = str.maketrans("＠．；，＜＞", "@.;,<>")


def clean_phone(text: str) -> str:
    """What was typed, with plain digits, dashes and blanks; extensions and words are kept."""
    plain = "".join(_plain(character) for character in _MARKS.sub("", cleaned(text)))
    return _DASHES.sub("-", plain).strip()


def _plain(character: str) -> str:
    """The digit 0 to 9 that another script writes; a wide sign as the usual one."""
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    return chr(ord(character) - 0xFEE0) if "！" <= character <= "～" else character


def is_phone(text: str) -> bool:
    """Whether somebody could dial it: there are enough digits, and it is no e-mail address."""
    return sum(c.isdecimal() for c in text) >= FEWEST_DIGITS and "@" not in text


def phone_link(text: str) -> str:
    """What a telephone dials for the first number in a text (RFC 3966), its extension too."""
    found = re.search(r"(\+?)([\d(][\d\s().\-]{3,}\d)", text)
    if found is None:
        return ""
    extension = _EXTENSION.match(text, found.end())
    digits = found[1] + re.sub(r"\D", "", found[2])
    return f"tel:{digits};ext={extension[1]}" if extension else f"tel:{digits}"


def one_address(text: str) -> str:
    """The first e-mail address in a text; the text itself where there is none."""
    found = (each for each in addresses_in(text) if _LOOKS_LIKE_ONE.fullmatch(each))
    return next(found, text)


def addresses_in(text: str) -> tuple[str, ...]:
    """The e-mail addresses of a text, each once, in their order.

    `Amina <a@b.example>` and `mailto:a@b.example` are the address in them; commas, semicolons and
    ends of lines part several. What is no address comes as it was written, for its reader to say
    so.
    """
    lines = cleaned(text.translate(_WIDE), has_lines=True).splitlines()
    found = [each for line in lines for group in line.split(";") for each in _addresses(group)]
    return tuple(dict.fromkeys(found))


def _addresses(group: str) -> Iterator[str]:
    """Those between two semicolons. `Otieno, Amina <…>` is one: its comma is in the name."""
    name_before = ""
    for part in group.split(","):
        if bracketed := _BRACKETS.findall(part):
            yield from map(_bare, bracketed)
            name_before = ""
            continue
        if name_before:
            yield name_before
        bare = _bare(part)
        name_before = "" if "@" in bare else part.strip()
        if "@" in bare:
            yield bare
    if name_before:
        yield name_before


def _bare(text: str) -> str:
    """Without what stands around it: quotes, brackets, the end of a sentence, `mailto:`."""
    bare = text.strip(_AROUND)
    if bare.lower().startswith("mailto:"):
        bare = bare[len("mailto:") :].partition("?")[0]
    return bare.strip(_AROUND)
