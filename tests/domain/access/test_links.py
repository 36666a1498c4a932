"""Links as they arrive: the token is found whatever mail and people put around it, and into it."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from rostrum.domain.access.links import Link, LinkKind, read_address, read_text
from rostrum.domain.access.tokens import token

TOKEN = "26-dVzhtw9A_b-CdEfGhIjKlM"
LINK = f"https://list.mission.example/invitations/{TOKEN}"
INVITATION = Link(LinkKind.INVITATION, TOKEN)
WRAPPED = quote(f"{LINK}?lang=fr", safe="")

AROUND = {
    "alone": LINK,
    "a full stop": f"{LINK}.",
    "in brackets": f"<{LINK}>",
    "quoted": f"“{LINK}”",
    "in markdown": f"[your link]({LINK})",
    "underlined": f"_{LINK}_",
    "in HTML": f'<a href="{LINK}">Continue</a>',
    "in a mail": f"Excellency,\n\nplease open {LINK}.\n\nYours",
    "answered": f"> On Monday the mission wrote:\n> {LINK}\n> Best",
    "run into the next word": f"{LINK}Please",
    "with a slash": f"{LINK}/",
    "with a fragment": f"{LINK}#main",
    "with tracking": f"{LINK}?utm_source=mail&amp;x=1",
    "left to right": f"\u200e{LINK}\u200f",
    "right to left": f"\u202b{LINK}\u202c",
    "wide": "".join(chr(ord(c) + 0xFEE0) for c in LINK),
    "Outlook": f"https://eur02.safelinks.protection.outlook.com/?url={WRAPPED}&data=05%7C01%7Ca",
    "wrapped twice": f"https://a.example/?u={quote(f'https://b.example/?url={WRAPPED}', safe='')}",
    "Proofpoint": f"https://urldefense.com/v3/__{LINK}__;!!Abc!d$",
    "Proofpoint of old": "https://urldefense.proofpoint.com/v2/url?u="
    + LINK.replace("-", "-2D").replace("_", "-5F").replace(":", "-3A").replace("/", "_")
    + "&d=DwMFaQ",
    "Google": f"https://www.google.com/url?q={WRAPPED}&sa=D",
    "the token alone": TOKEN,
    "the token in words": f"Your code: {TOKEN}.",
}
HALVES = (LINK[:-7], LINK[-7:])
BREAKS = (
    " ", "\n", "\r\n", "\t", "\u00a0", "\u200b", "\u00ad", "\ufeff", "\u2028", "=\n", "=\r\n", "=",
    "=0A", "=0D=0A", "=20", "%20", "%0A", "%250A", "\n> ", "\n>> ", "\\", "<", "&#8203;",
    "&shy;", "&nbsp;", "\u3000", "\u2060", "\u180e", "\u034f", "*", "\x00", "\ufffd",
)  # fmt: skip


@pytest.mark.parametrize("name", AROUND)
def test_a_link_is_found_whatever_stands_around_it(name: str) -> None:
    found = read_text(AROUND[name])
    assert INVITATION in found.links
    expected = "fr" if WRAPPED in AROUND[name] or name == "wrapped twice" else None
    assert found.language == expected


@pytest.mark.parametrize("between", BREAKS, ids=repr)
def test_a_link_is_found_with_a_break_at_any_point_of_its_token(between: str) -> None:
    for at in range(len(LINK) - len(TOKEN), len(LINK)):
        assert INVITATION in read_text(LINK[:at] + between + LINK[at:]).links, at


def test_a_line_that_ends_in_the_middle_of_a_character_code_is_read_both_ways() -> None:
    """ "=" ends the first half; the second begins with two signs that look like a code."""
    secret = f"26-{'x' * 10}0A{'y' * 10}"
    link = f"https://list.mission.example/invitations/{secret}"
    at = link.index("0A")
    for between in ("=", "=\n", "=0A", "=0A=0A"):
        links = read_text(link[:at] + between + link[at:]).links
        assert Link(LinkKind.INVITATION, secret) in links, between


DASHES = ("\u2010", "\u2011", "\u2012", "\u2013", "\u2212", "\uff0d", "\ufe63")


@pytest.mark.parametrize("dash", DASHES)
def test_dashes_that_a_program_mended_are_read_as_hyphens(dash: str) -> None:
    assert INVITATION in read_text(LINK.replace("-", dash)).links


def test_one_long_dash_is_read_as_the_two_hyphens_it_was() -> None:
    link = LINK.replace("_b-", "_--")
    mended = link.replace("--", "\u2014")
    assert read_text(mended).links[0].token == TOKEN.replace("_b-", "_--")


@pytest.mark.parametrize(
    ("path", "kind", "secret"),
    [
        ("invitations", LinkKind.INVITATION, TOKEN),
        ("shared", LinkKind.SHARE, TOKEN),
        ("receipts", LinkKind.RECEIPT, TOKEN),
        ("staff/links", LinkKind.STAFF, "s" * 20 + "_-" + "t" * 21),
    ],
)
def test_every_kind_of_link_is_told_by_its_path(path: str, kind: LinkKind, secret: str) -> None:
    for written in (path, path.upper(), path.title(), path.replace("/", "//")):
        assert read_text(f"https://x.example/{written}/{secret}.").links[0] == Link(kind, secret)
        assert read_address(f"/{written}/{secret}.", "").links[0] == Link(kind, secret)


def test_the_likeliest_reading_comes_first() -> None:
    other = token(b"k", "invitation", 3)
    text = f"{LINK}. Or {LINK.replace(TOKEN, other)}"
    assert [link.token for link in read_text(text).links[:2]] == [TOKEN, other]


@pytest.mark.parametrize("length", [1, 2, 3, 4, 20, 24])
def test_a_link_that_was_cut_is_named_and_not_whole(length: int) -> None:
    cut = LINK[: len(LINK) - len(TOKEN) + length]
    for found in (read_text(cut), read_address(cut.partition("example")[2], "")):
        assert found.is_named
        assert not found.is_whole
        assert found.links == ()


@pytest.mark.parametrize(
    "text",
    ["", "hello", "https://list.mission.example/", "/debates/2025-03-24-a-very-long-debate-slug"],
)
def test_a_text_without_a_link_names_none(text: str) -> None:
    found = read_text(text)
    assert not found.is_named
    assert not found.is_whole


@pytest.mark.parametrize(
    "path", ["/invitations", "/invitations/", "/shared", "/staff/links/", "/Receipts/ "]
)
def test_an_address_with_nothing_behind_its_kind_is_a_cut_link(path: str) -> None:
    assert read_address(path, "").is_named


@pytest.mark.parametrize(
    "path",
    ["/", "/nowhere", "/shared-things", "/staff/debates/x/invitations/26", "/debates/receipts/"],
)
def test_an_address_of_another_kind_is_no_link(path: str) -> None:
    assert not read_address(f"{path}/{TOKEN}", "").links
    assert not read_address(path, "").is_named


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("lang=fr", "fr"), ("lang=fr.", "fr"), ("lang=FR", "fr"), ("lang=3Dfr", "fr"),
        ("utm=x&amp;lang=ar>", "ar"), ("lang=%20", None), ("lang=french", None),
        ("language=fr", None),
    ],
)  # fmt: skip
def test_the_language_of_a_link_comes_along(query: str, language: str | None) -> None:
    assert read_address(f"/invitations/{TOKEN}.", query).language == language
    assert read_text(f"<{LINK}?{query}>").language == language


def test_a_huge_text_is_read_in_a_bounded_time_and_number() -> None:
    huge = f"{LINK} " * 1_000 + "e\u0301" * 100_000 + "&" * 100_000 + "%" * 100_000
    assert read_text(huge).links[0] == INVITATION
    assert len(read_text(" ".join(f"/shared/{n}-{'x' * 22}" for n in range(900))).links) <= 40
