"""Names of sent files in any encoding: browsers send UTF-8, other programs what their system has.

A name that is no UTF-8 would cost the whole form. It is read in the one old encoding in which it
looks like words; where none fits, signs stand for what cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, unquote_to_bytes

from flask import Flask
from werkzeug import formparser
from werkzeug.datastructures import Headers
from werkzeug.sansio.multipart import MultipartDecoder

_WORD = re.compile(r"(?:[^\W\d_]|[^\x00-\x7f])+")
_AROUND = "’‘“”«»–—·°№、。，（）《》「」　"
_RUSSIAN = re.compile("[А-ЯЁІЇЄҐ]?[а-яёіїєґ]+|[А-ЯЁІЇЄҐ]+")
_VOWEL = re.compile("[аеёиоуыэюяіїє]", re.IGNORECASE)
_ARABIC = re.compile("[\u0621-\u0652\u067e\u0686\u0698\u06a9\u06af\u06cc]+")
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_JAPANESE = re.compile("[\u3005\u3041-\u30ff\u4e00-\u9fff]+")
_KOREAN = re.compile("[\uac00-\ud7a3]+")
_LATIN = re.compile("[A-Za-zÀ-ÖØ-öø-ÿŒœŠšŽžŸƒªº]+")
_EXTENDED = re.compile(rb"""(filename\*(?:0\*)?=)([\w-]+)'([\w-]*)'([\w%!#$&+.^`|~-]*)""", re.I)


def init_app(_: Flask) -> None:
    # werkzeug's parser makes its decoder itself, and leaves no other place to name ours.
    formparser.MultipartDecoder = _Decoder


def readable(raw: bytes) -> str:
    """The text in UTF-8, else in the old encoding that gives words; else with signs for the rest.

    A few letters alone fit several encodings: then nothing is guessed.
    """
    try:
        return raw.decode()
    except UnicodeDecodeError:
        pass
    for encoding, fits in _OLD:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        found = (word.strip(_AROUND) for word in _WORD.findall(text))
        words = [word for word in found if not word.isascii()]
        if words and fits(words):
            return text
    return raw.decode(errors="replace")


def _is_russian(words: list[str]) -> bool:
    """Capitals begin words or make them; short words alone may be anything."""
    letters = "".join(words)
    shaped = all(_RUSSIAN.fullmatch(word) for word in words)
    return shaped and len(letters) >= 4 and bool(_VOWEL.search(letters))


def _is_arabic(words: list[str]) -> bool:
    return all(_ARABIC.fullmatch(word) for word in words) and sum(map(len, words)) >= 3


def _is_chinese(words: list[str]) -> bool:
    """Most of it are common characters, and it could not be Korean."""
    letters = "".join(words)
    common = [c for c in letters if b"\xb0" <= c.encode("gb2312", "ignore") < b"\xd8"]
    korean = letters.encode("gb18030").decode("euc_kr", "replace")
    all_are = all(_CHINESE.fullmatch(word) for word in words)
    return all_are and 2 * len(common) >= len(letters) and not _KOREAN.fullmatch(korean)


def _is_japanese(words: list[str]) -> bool:
    return all(_JAPANESE.fullmatch(word) for word in words)


def _is_western(words: list[str]) -> bool:
    """Letters with accents stand among plain ones."""
    return all(_LATIN.fullmatch(word) and re.search("[A-Za-z]", word) for word in words)


Fits = Callable[[list[str]], bool]
_OLD: tuple[tuple[str, Fits], ...] = (
    ("cp1251", _is_russian),
    ("cp1256", _is_arabic),
    ("gb18030", _is_chinese),
    ("cp932", _is_japanese),
    ("cp1252", _is_western),
)


def _extended(found: re.Match[bytes]) -> bytes:
    """A name after RFC 5987 in UTF-8, whatever encoding it says; unchanged if there is none."""
    try:
        text = unquote_to_bytes(found[4]).decode(found[2].decode(), "replace")
    except (LookupError, ValueError):
        return found[0]
    return found[1] + b"UTF-8'" + found[3] + b"'" + quote(text, safe="").encode()


class _Decoder(MultipartDecoder):
    """Heads of parts in any encoding."""

    def _parse_headers(self, data: bytes | bytearray) -> Headers:
        lines = (readable(_EXTENDED.sub(_extended, line)) for line in bytes(data).split(b"\n"))
        return super()._parse_headers("\n".join(lines).encode())
