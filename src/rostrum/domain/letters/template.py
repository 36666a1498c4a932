"""A draft letter for a delegation to start from.

This module gives text in paragraphs; `rostrum.letters` makes the file. Whatever the mission knows
better (its letterhead, the date, who signs) is in brackets.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.letters.template_wording import WORDINGS, Wording
from rostrum.domain.speakers import Speaker
from rostrum.domain.times import NEW_YORK, new_york_day

LETTER_LANGUAGES = tuple(WORDINGS)

_MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
        "octobre", "novembre", "décembre",
    ),
}  # fmt: skip


class Part(StrEnum):
    """The part of the letter that a paragraph belongs to, which decides its layout."""

    LETTERHEAD = "letterhead"
    DATELINE = "dateline"
    ADDRESS = "address"
    SUBJECT = "subject"
    TEXT = "text"
    SIGNATURE = "signature"


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together; the mission fills in the text in brackets."""

    part: Part
    lines: tuple[str, ...]


@dataclass(frozen=True)
class DraftLetter:
    """A whole letter in one language."""

    language: str
    paragraphs: tuple[Paragraph, ...]


def draft_letter(
    debate: Debate,
    delegation: Delegation,
    speaker: Speaker,
    language: str,
    presidency: Delegation | None = None,
) -> DraftLetter:
    """The letter that asks the President to invite this delegation, by its basis.

    `presidency` is the delegation that presides, for its name in the letter's language; without
    it, the notice's own words are used.
    """
    words = WORDINGS[language]
    name = delegation.name(language)
    subject = words.subject % {"delegation": name, "date": _day(debate, language)}
    texts = (
        words.salutation,
        _request(words, debate, delegation, speaker, language),
        "" if delegation.basis is Basis.RULE_39 else _speaker(words, delegation, speaker),
        words.group % {"group": speaker.on_behalf_of} if speaker.on_behalf_of else "",
        words.closing,
    )
    signature = (*words.signature, words.signatories[delegation.basis], name)
    return DraftLetter(
        language,
        (
            Paragraph(Part.LETTERHEAD, (words.letterhead,)),
            Paragraph(Part.DATELINE, (words.dateline,)),
            Paragraph(Part.ADDRESS, _address(words, debate, language, presidency)),
            Paragraph(Part.SUBJECT, (subject,)),
            *(Paragraph(Part.TEXT, (text,)) for text in texts if text),
            Paragraph(Part.SIGNATURE, signature),
        ),
    )


def _address(
    words: Wording, debate: Debate, language: str, presidency: Delegation | None
) -> tuple[str, ...]:
    held_on = debate.starts_at.astimezone(NEW_YORK)
    shown = presidency.name(language) if presidency else debate.notice.presidency
    month = f"{_MONTHS[language][held_on.month - 1]} {held_on.year}"
    if debate.dates_are_open:
        month = words.unknown_month
    return (*words.addressee, words.presidency % {"presidency": shown, "month": month}, *words.seat)


def _request(
    words: Wording,
    debate: Debate,
    delegation: Delegation,
    speaker: Speaker,
    language: str,
) -> str:
    title, title_mark = _said(words, debate, "title", language)
    item, item_mark = _said(words, debate, "item", language)
    is_for_person = delegation.basis is Basis.RULE_39
    return (words.request_for_person if is_for_person else words.request) % {
        "ground": words.grounds[delegation.basis],
        "party": words.parties.get(delegation.basis, ""),
        "title": title,
        "title_mark": title_mark,
        "item": item,
        "item_mark": item_mark,
        "date": _day(debate, language),
        **_named(words, speaker),
    }


def _said(words: Wording, debate: Debate, part: str, language: str) -> tuple[str, str]:
    """A part of the notice in the letter's language, and the mark of one that is not in it."""
    said, found = debate.notice.said(part, language)
    text = str(said)
    if found == language:
        return text, ""
    return (words.items[text], "") if text in words.items else (text, words.untranslated)


def _speaker(words: Wording, delegation: Delegation, speaker: Speaker) -> str:
    party = words.parties[delegation.basis]
    return words.speaker % {"party": party[0].upper() + party[1:], **_named(words, speaker)}


def _named(words: Wording, speaker: Speaker) -> dict[str, str]:
    """Who will speak; parts not filled in yet are in brackets."""
    return {
        "name": words.full_name(speaker) if speaker.name else words.unknown_name,
        "function": speaker.functional_title or words.unknown_function,
    }


def _day(debate: Debate, language: str) -> str:
    """The date of the meeting in words; in French the first of a month is an ordinal."""
    if debate.dates_are_open:
        return "[date]"
    return day_in_words(new_york_day(debate.starts_at), language)


def day_in_words(day: date, language: str) -> str:
    """A day as letters have it, in one of the `LETTER_LANGUAGES`."""
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[language][day.month - 1]} {day.year}"
