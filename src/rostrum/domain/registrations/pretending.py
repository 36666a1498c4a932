"""Delegations that register by themselves in a rehearsal: which, when, and as whom.

Everything follows from the rehearsal's address and the delegation's code, so that nothing about a
pretend speaker need be kept before it registers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import log
from typing import TypeVar

from rostrum.domain.debates.debate import Debate, Phase
from rostrum.domain.debates.lifecycle import check_takes_presses
from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.delegations.invitations import Invitation, Opening
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.letters.checklist import ReturnReason
from rostrum.domain.registrations.registration import Draft
from rostrum.domain.sentences import S_
from rostrum.domain.speakers import Level, Speaker, StatementLanguage

COUNTS = (12, 40, 120)
"""How many can be asked for: a small debate, a usual one, a large one."""
LACKS = (
    *(ReturnReason.SIGNATURE, ReturnReason.ADDRESSEE, ReturnReason.SPEAKER),
    *(ReturnReason.RULE, ReturnReason.DEBATE),
)
"""What letters lack that should come back, in turn."""
_EVERY = 6
"""Of so many letters, one lacks something."""
_SETTLES = 20
"""Seconds in which the rest thins out by a factor of e: nineteen of twenty press in a minute."""
_SOON = timedelta(seconds=5)
"""Where the list is open already, the first press comes so much later."""
Choice = TypeVar("Choice")


class PretendState(StrEnum):
    """What became of a pretend press."""

    WAITING = "waiting"
    BEGUN = "begun"
    """Its draft is being made: a draft that is there is its own."""
    REGISTERED = "registered"
    DROPPED = "dropped"
    """Somebody opened the delegation's link first, or the list did not take it."""


@dataclass(frozen=True)
class PretendPress:
    """One delegation that registers by itself, so long after the opening."""

    debate_id: int
    delegation_id: int
    after_opening: timedelta
    lacks: str = ""
    """What its letter lacks: a `ReturnReason`, or nothing."""
    state: PretendState = PretendState.WAITING


def check_may_pretend(debate: Debate, now: datetime) -> None:
    """Refuses delegations that register by themselves, but in a rehearsal whose list opens or is
    open (Conflict, or RuleBroken for one that takes no presses)."""
    if not debate.is_rehearsal:
        raise Conflict(S_("Delegations register by themselves in a rehearsal alone."))
    check_takes_presses(debate)
    if debate.phase(now) is Phase.CLOSED:
        raise Conflict(S_("The list of this rehearsal is closed. Start another rehearsal."))


def is_left_alone(invitation: Invitation | None, opening: Opening | None, draft: Draft) -> bool:
    """Whether nobody practises with this delegation: its link works, was never opened, and nothing
    is prepared."""
    works = invitation is not None and invitation.revoked_at is None
    return works and opening is None and draft.updated_at is None


def plan_presses(
    debate: Debate, free: Iterable[Delegation], count: int, now: datetime
) -> list[PretendPress]:
    """Who registers by itself and when: a few in the first second, most within a minute.

    RuleBroken for another count than those of `COUNTS`, and if nobody is free.
    """
    if count not in COUNTS:
        raise RuleBroken("pretend", S_("Choose how many."))
    chosen = sorted(free, key=lambda each: _lot(debate, each, "press"))[:count]
    if not chosen:
        raise RuleBroken("pretend", S_("No delegation is left that nobody practises with."))
    late = now - debate.opens_at
    start = late + _SOON if late >= timedelta() else timedelta()
    return [
        PretendPress(
            debate.id,
            each.id,
            start + _delay(number, len(chosen)),
            LACKS[number // _EVERY % len(LACKS)] if number % _EVERY == _EVERY // 2 else "",
        )
        for number, each in enumerate(chosen)
    ]


def _delay(number: int, count: int) -> timedelta:
    at_once = count // 12 + 1
    if number < at_once:
        return timedelta(seconds=(number + 1) / (at_once + 1))
    share = (number - at_once + 0.5) / (count - at_once)
    return timedelta(seconds=1 - _SETTLES * log(1 - share))


_NAMES = (
    *("Amara", "Beatriz", "Chiara", "Dalia", "Elif", "Farah", "Greta", "Hana"),
    *("Anton", "Bilal", "Carlos", "David", "Emeka", "Felix", "Goran", "Hugo"),
)
"""As many women as men, in this order."""
_FAMILIES = (
    *("Adeyemi", "Bianchi", "Castillo", "Duarte", "Eriksen", "Fofana", "Garcia", "Haddad"),
    *("Ito", "Jansen", "Kovac", "Lindqvist", "Moreau", "Naidoo", "Okoro", "Rahman"),
)
_LEVELS = (
    *(Level.PERMANENT_REPRESENTATIVE,) * 10,
    *(Level.MINISTER, Level.MINISTER, Level.DEPUTY_MINISTER, Level.DEPUTY_MINISTER),
    *(Level.OTHER, Level.OTHER, Level.DEPUTY_PRIME_MINISTER),
)
_LANGUAGES = (
    *(StatementLanguage.ENGLISH,) * 6,
    *(StatementLanguage.FRENCH,) * 3,
    *(StatementLanguage.SPANISH, StatementLanguage.SPANISH, StatementLanguage.ARABIC),
    *(StatementLanguage.RUSSIAN, StatementLanguage.CHINESE),
)
_FUNCTIONS = {
    Level.MINISTER: "Minister for Foreign Affairs",
    Level.DEPUTY_MINISTER: "Deputy Minister for Foreign Affairs",
    Level.OTHER: "Chargé d’affaires a.i.",
    Level.DEPUTY_PRIME_MINISTER: "Deputy Prime Minister",
}
_HEADS = {
    Basis.RULE_37: "Permanent Representative",
    Basis.RULE_39: "Head of Delegation",
    Basis.PREVIOUS_PRACTICE: "Permanent Observer",
}
_GROUPS = (*("",) * 24, "Group of Friends of Peace Operations")


def pretend_speaker(debate: Debate, delegation: Delegation, role: str = "speaker") -> Speaker:
    """A speaker who does not exist; another `role` is another person of the same delegation."""

    def pick(what: str, options: Sequence[Choice]) -> Choice:
        return options[_lot(debate, delegation, f"{role} {what}") % len(options)]

    name = pick("name", _NAMES)
    level = pick("level", _LEVELS if delegation.basis is Basis.RULE_37 else _LEVELS[:1])
    return Speaker(
        title="H.E. Ms." if _NAMES.index(name) < len(_NAMES) // 2 else "H.E. Mr.",
        name=f"{name} {pick('family', _FAMILIES)}",
        functional_title=_FUNCTIONS.get(level, _HEADS[delegation.basis]),
        level=level,
        language=pick("language", _LANGUAGES),
        on_behalf_of=pick("group", _GROUPS),
        contact_email=f"{delegation.code.lower()}@rehearsal.example",
        contact_phone=f"+1 212 555 01{pick('phone', range(100)):02d}",
    )


def _lot(debate: Debate, delegation: Delegation, what: str) -> int:
    text = f"{debate.slug}:{delegation.code}:{what}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
