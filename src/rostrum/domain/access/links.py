"""Links as they arrive, with whatever mail programs, messengers and people added to them.

A text is read as a link in several ways. Only a reading that carries a genuine token opens
anything, so a reading may guess freely.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import category
from urllib.parse import unquote

LONGEST = 20_000
"""Characters that are read: enough for a whole mail, and no more work than a page."""
MOST = 40
"""Links that are looked up for one text."""


class LinkKind(StrEnum):
    """What a link opens; the value is its path."""

    INVITATION = "invitations"
    SHARE = "shared"
    RECEIPT = "receipts"
    STAFF = "staff/links"


@dataclass(frozen=True)
class Link:
    """A kind of link, and the token that the link seems to carry."""

    kind: LinkKind
    token: str


@dataclass(frozen=True)
class Found:
    """The links found in a text: every reading, the likeliest first."""

    links: tuple[Link, ...] = ()
    language: str | None = None
    is_whole: bool = False
    """Whether the text contains a link without any break, from its kind to the end of its token."""
    is_named: bool = False
    """Whether the text names a kind of link at all."""


SIGNED, RANDOM = r"[0-9]{1,9}-[\w-]{22}", r"[\w-]{43}"
"""The two forms of tokens: signed (`domain/access/tokens.py`), and random for staff accounts."""
_SIGNED_KINDS = (LinkKind.INVITATION, LinkKind.SHARE, LinkKind.RECEIPT)
_KINDS = "invitations|shared|receipts|staff/+links"
_NAMED = re.compile(rf"({_KINDS})(?=[^\w-]|$)", re.IGNORECASE | re.ASCII)
_LINK = re.compile(
    rf"(?:(invitations|shared|receipts)/+({SIGNED})|(staff/+links)/+({RANDOM}))",
    re.IGNORECASE | re.ASCII,
)
_BARE = re.compile(rf"(?<![\w-])({SIGNED})", re.ASCII)
_TOKEN_ALONE = re.compile(rf"\W*{SIGNED}\W*", re.ASCII)
_LANGUAGE = re.compile(r"\blang=(?:3D)?([A-Za-z]{2})(?![A-Za-z])")
_HOST = r"\W*(?:https?\W+[\w.:-]+/+)?"
_ADDRESS = re.compile(rf"{_HOST}\W*(?:{_KINDS})(?![\w-])", re.IGNORECASE | re.ASCII)
_ESCAPE = re.compile(r"=[0-9A-F]{2}")
_FOREIGN = re.compile(r"[^\w/-]", re.ASCII)
_FULL_WIDTH = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: " "}
_DASHES = dict.fromkeys([*range(0x2010, 0x2014), 0x2212, 0xFE58, 0xFE63], "-") | {0x2014: "--"}
"""Programs that correct typing turn two short dashes into one long dash."""
_INVISIBLE = {"Cf", "Mn"}


def read_text(text: str) -> Found:
    """The links in a text that somebody pasted; a token alone may be of any kind."""
    plain = _plain(text)
    found = _read(plain)
    alone = [Link(kind, token) for token in _BARE.findall(plain) for kind in _SIGNED_KINDS]
    return Found(
        tuple(dict.fromkeys([*found.links, *alone]))[:MOST],
        found.language,
        found.is_whole or bool(_TOKEN_ALONE.fullmatch(plain)),
        found.is_named,
    )


def read_address(path: str, query: str) -> Found:
    """The link that an address of this server was meant to be; nothing for any other address."""
    plain = _plain(path)
    return _read(f"{plain}?{_plain(query)}") if _ADDRESS.match(plain) else Found()


def _read(plain: str) -> Found:
    as_it_stands = list(_links(plain))
    every = [link for reading in _readings(plain) for link in _links(reading)]
    language = _LANGUAGE.search(plain)
    return Found(
        tuple(dict.fromkeys([*as_it_stands, *every]))[:MOST],
        language and language[1].lower(),
        bool(as_it_stands),
        bool(_NAMED.search(plain)),
    )


def _plain(text: str) -> str:
    """The text without invisible characters, in the characters that links are made of."""
    text = html.unescape(text[:LONGEST])
    for _ in range(3):  # Programs that check links wrap them, one inside another.
        text = unquote(text)
    seen = "".join(character for character in text if category(character) not in _INVISIBLE)
    return seen.translate(_FULL_WIDTH | _DASHES)


def _readings(plain: str) -> Iterator[str]:
    """The text without breaks and added characters. When a mail program breaks a line, "=" ends one
    half and the other may begin like a character in its code."""
    yield _FOREIGN.sub("", _ESCAPE.sub("", plain))
    yield _FOREIGN.sub("", plain)
    if "urldefense" in plain:
        # It writes "_" for "/", and "-2D" for "-".
        yield unquote(re.sub(r"-(?=[0-9A-F]{2})", "%", plain.replace("_", "/")))


def _links(text: str) -> Iterator[Link]:
    for signed, token, random, secret in _LINK.findall(text):
        kind = re.sub("/+", "/", (signed or random).lower())
        yield Link(LinkKind(kind), token or secret)
