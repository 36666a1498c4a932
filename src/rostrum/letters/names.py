"""The delegate's name for a file, made safe for a header, a ZIP or a Windows folder.

Pure functions. Our own name for the file on disk never depends on it (`files`).
"""

import re
import unicodedata

from rostrum.domain.texts import composed
from rostrum.letters.kinds import Kind

MAX_STEM_BYTES = 180
"""Bytes in UTF-8: file systems allow 255, and browsers add " (1)" and more."""

_FORBIDDEN = set('<>:"/\\|?*%')
"""Forbidden on Windows and in headers; some browsers decode `%` even where it means itself."""

_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(?:\..*)?",
    re.IGNORECASE | re.DOTALL,
)
"""Names of devices on Windows, whatever ending follows."""

_ENDING = re.compile(r"\.[a-z][a-z0-9]{1,4}\Z", re.IGNORECASE)
_OUR_ENDINGS = re.compile(r"(?:\.(?:pdf|jpe?g|png|hei[cf]|webp))+\Z", re.IGNORECASE)


def safe_download_name(original: str, kind: Kind) -> str:
    """The name without folders, controls, bidi marks and reserved words, its ending that of `kind`.

    Never empty, hidden (`.name`) or an option (`-name`); at most `MAX_STEM_BYTES` plus the
    ending. "letter" if nothing is left.
    """
    last = original.replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(map(_shown, composed(last)))
    without = _ENDING.sub("", " ".join(shown.split()).rstrip(" ."))  # whatever it claims to be
    stem = _trimmed(_OUR_ENDINGS.sub("", without))
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    stem = _trimmed(stem.encode()[:MAX_STEM_BYTES].decode(errors="ignore"))
    return (stem or "letter") + kind.ending


def plain_name(safe: str) -> str:
    """A safe name for programs that read ASCII only: "letter" if no letter or digit of it is."""
    stem, _, ending = unicodedata.normalize("NFKD", safe).rpartition(".")
    plain = _trimmed(stem.encode("ascii", "ignore").decode())
    return f"{plain if any(map(str.isalnum, plain)) else 'letter'}.{ending}"


def _shown(character: str) -> str:
    """The character, a space for one that separates words, `_` for a forbidden one, or nothing."""
    if character.isspace():
        return " "
    if unicodedata.category(character)[0] == "C":  # controls, bidi marks, half characters
        return ""
    # Werkzeug writes the name in ASCII too, where a full-width slash becomes a slash.
    return "_" if _FORBIDDEN & set(unicodedata.normalize("NFKD", character)) else character


def _trimmed(name: str) -> str:
    return name.lstrip(" .-~").rstrip(" .")
