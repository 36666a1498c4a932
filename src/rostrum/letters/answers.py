"""Checks the child's answer, one line of JSON, and believes only what the child may say."""

import json
import logging
from dataclasses import dataclass

from rostrum.domain.sentences import Sentence
from rostrum.letters.limits import LIMITS, Limits
from rostrum.letters.marks import Mark
from rostrum.letters.refusals import BEFORE_READING, LetterRefused, Refusal
from rostrum.letters.signatures import are_signers

ANSWER_BYTES = 2500
"""Bytes that are read; the longest possible answer, with all marks and signers, has 2,000."""

_FURTHER = {"blank", "signers"}
_ANSWERS = frozenset(Refusal) - BEFORE_READING

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Inspection:
    """A letter that was read to its end: its number of pages, and what staff must know about it."""

    pages: int
    marks: frozenset[Mark] = frozenset()
    blank_pages: tuple[int, ...] = ()
    """Pages on which nothing can be seen."""
    signers: tuple[str, ...] = ()
    """Who is said to have signed it electronically; empty for a signer without a name."""


def read_answer(line: bytes, limits: Limits) -> Inspection:
    """What the child found; LetterRefused for its refusal, and for garbage, which is logged."""
    try:
        answer = json.loads(line)
    except (ValueError, RecursionError):
        answer = None
    match answer:
        case {"pages": pages, "marks": list(marks), **rest} if rest.keys() <= _FURTHER:
            found = _inspection(pages, marks, rest, limits)
            if found:
                return found
        case {"refusal": str(reason), **rest} if not rest and reason in _ANSWERS:
            raise LetterRefused(Refusal(reason), **_values(Refusal(reason), limits))
    _log.warning("inspection answered garbage: %r", line)
    raise LetterRefused(Refusal.UNREADABLE)


def _inspection(
    pages: object, marks: list[object], rest: dict[str, object], limits: Limits
) -> Inspection | None:
    """What the child found, if each part of it is what it may be."""
    blank, signers = rest.get("blank", []), rest.get("signers", [])
    if type(pages) is not int or not 1 <= pages <= limits.pages or not _are_marks(marks):
        return None
    if not _are_pages(blank, pages) or not are_signers(signers):
        return None
    return Inspection(pages, frozenset(map(Mark, marks)), tuple(blank), tuple(signers))


def _are_pages(numbers: object, pages: int) -> bool:
    """Whether these are numbers of pages, in order and none twice."""
    if not isinstance(numbers, list) or not all(type(number) is int for number in numbers):
        return False
    return numbers == sorted(set(numbers) & set(range(1, pages + 1)))


def _are_marks(words: list[object]) -> bool:
    """Whether each word is a mark and none comes twice."""
    return all(word in list(Mark) for word in words) and len(set(words)) == len(words)


def told(reason: Refusal) -> Sentence:
    """What a delegate reads, now or later, about a refusal by an inspection."""
    return Sentence(reason.message, _values(reason, LIMITS))


def _values(reason: Refusal, limits: Limits) -> dict[str, int]:
    """The values for the refusal's sentence, from our own limits and never from the child."""
    if reason is Refusal.TOO_MANY_PAGES:
        return {"limit": limits.pages}
    if reason is Refusal.TOO_MANY_PIXELS:
        return {"limit": limits.pixels // 1_000_000}
    return {}
