"""Believing nothing the child says but what it may say: its one line of JSON, checked."""

import json
import logging
from dataclasses import dataclass

from rostrum.domain.sentences import Sentence
from rostrum.letters.limits import LIMITS, Limits
from rostrum.letters.marks import Mark
from rostrum.letters.refusals import BEFORE_READING, LetterRefused, Refusal

ANSWER_BYTES = 400
"""The longest answer, one with all marks, has 130."""

_ANSWERS = frozenset(Refusal) - BEFORE_READING

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Inspection:
    """A letter that was read to its end: how many pages it has, and what staff must know of it."""

    pages: int
    marks: frozenset[Mark] = frozenset()


def read_answer(line: bytes, limits: Limits) -> Inspection:
    """What the child found; LetterRefused for its own refusal, and for garbage, which is logged."""
    try:
        answer = json.loads(line)
    except ValueError:
        answer = None
    match answer:
        case {"pages": pages, "marks": list(marks), **rest} if not rest:
            if type(pages) is int and 1 <= pages <= limits.pages and _are_marks(marks):
                return Inspection(pages, frozenset(map(Mark, marks)))
        case {"refusal": str(reason), **rest} if not rest and reason in _ANSWERS:
            raise LetterRefused(Refusal(reason), **_values(Refusal(reason), limits))
    _log.warning("inspection answered garbage: %r", line)
    raise LetterRefused(Refusal.UNREADABLE)


def _are_marks(words: list[object]) -> bool:
    """Each a mark and none twice."""
    return all(word in list(Mark) for word in words) and len(set(words)) == len(words)


def told(reason: Refusal) -> Sentence:
    """What a delegate is told of a refusal by an inspection, for reading at any time later."""
    return Sentence(reason.message, _values(reason, LIMITS))


def _values(reason: Refusal, limits: Limits) -> dict[str, int]:
    """What the refusal's sentence needs; taken from our limits, never from the child."""
    if reason is Refusal.TOO_MANY_PAGES:
        return {"limit": limits.pages}
    if reason is Refusal.TOO_MANY_PIXELS:
        return {"limit": limits.pixels // 1_000_000}
    return {}
