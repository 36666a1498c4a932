"""The Council's members, their speakers, and the order in which they speak: entered by hand, or
drawn by lot here."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rostrum.domain.checks import check_unchanged, version_of
from rostrum.domain.delegations.delegation import Delegation, by_name, name_key
from rostrum.domain.errors import RuleBroken
from rostrum.domain.sentences import S_
from rostrum.domain.speakers import Speaker

SPEAKER_PARTS = ("title", "name", "functional_title", "level", "language", "on_behalf_of")
"""What is known of a member's speaker; members file nothing themselves, so there is no contact."""


@dataclass(frozen=True)
class Member:
    """A Council member of a debate."""

    delegation: Delegation
    position: int | None = None
    """Its number in the order of speaking; None until that is set."""
    lot: int | None = None
    """Its number in the draw, which the order of speaking follows until it is adjusted."""
    speaker: Speaker | None = None
    """None until staff enter something about it."""

    @property
    def code(self) -> str:
        return self.delegation.code

    @property
    def level(self) -> str:
        return self.speaker.level if self.speaker else ""

    @property
    def speaker_version(self) -> str:
        """A fingerprint of the speaker, so that a page never overwrites another's change."""
        return version_of(speaker_parts(self.speaker))


def speaker_parts(speaker: Speaker | None) -> dict[str, str]:
    """What a member's speaker is known by; "" for what nobody entered."""
    return {name: getattr(speaker or Speaker(), name) for name in SPEAKER_PARTS}


def check_speaker_version(seen: str, member: Member) -> None:
    """Refuses a speaker entered on a page that is out of date (Conflict)."""
    overtaken = S_("Somebody else has changed this speaker. Save again to keep your version.")
    check_unchanged(seen, member.speaker_version, overtaken)


def draw(codes: Iterable[str], seed: str, last: str | None = None) -> list[str]:
    """The codes in the order drawn by lot; `last` (the presidency) comes after all others.

    The lot of a member is the SHA-256 of "seed:code" in hexadecimal; the lowest speaks first.
    Anybody who has the seed can repeat the draw and must get the same order.
    """
    lots = sorted(codes, key=lambda code: hashlib.sha256(f"{seed}:{code}".encode()).hexdigest())
    if last in lots:
        lots.remove(last)
        lots.append(last)
    return lots


def council_version(members: list[Member]) -> str:
    """A fingerprint of the members in order; with it a page never overwrites another's change."""
    return version_of([(each.code, each.position, each.lot) for each in members])


def check_council_version(seen: str | None, members: list[Member]) -> None:
    """Refuses an order set on a page that is out of date (Conflict); None: set without a page."""
    overtaken = S_(
        "Somebody else has set this order: look at it below. Do it again to keep your version."
    )
    if seen is not None:
        check_unchanged(seen, council_version(members), overtaken)


def is_drawn(members: Iterable[Member]) -> bool:
    """Whether there is a draw, by lot here or entered."""
    return any(each.lot is not None for each in members)


def exchanged_since(drawn: Sequence[str], members: Iterable[Member]) -> list[tuple[Member, str]]:
    """Who came after this draw, in order, each with the code of the one whose number it took, or
    "" where it stands at the end."""
    present = list(members)
    gone = set(drawn) - {each.code for each in present}
    coming = [each for each in present if each.code not in drawn]
    by_number = dict(enumerate(drawn, start=1))
    return [
        (each, code if (code := by_number.get(each.lot or 0, "")) in gone else "")
        for each in coming
    ]


def check_may_draw(members: Iterable[Member], *, replaces: bool) -> None:
    """Refuses to draw while there is an order, unless asked to replace it (RuleBroken)."""
    if is_drawn(members) and not replaces:
        raise RuleBroken("replaces", S_("An order is set. Tick this to replace it by a new draw."))


def read_order(
    text: str, members: list[Delegation], others: Iterable[Delegation] = ()
) -> list[Delegation]:
    """The members in the order in which a text names them, one per line, by name or code.

    Numbers before a name are ignored. Refuses a line that names no member, a member named twice,
    and a text that leaves a member out (RuleBroken on the field `order`). `others` are the
    delegations that are known by name besides.
    """
    named, known = by_name(members), by_name(others)
    found: list[Delegation] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        key = name_key(re.sub(r"^\d+[.)]?\s*", "", line))
        member = named.get(key)
        if member is None:
            raise _stranger(line, known.get(key))
        if member in found:
            raise RuleBroken("order", S_("%(name)s is named twice."), name=member)
        found.append(member)
    missing = tuple(each for each in members if each not in found)
    if missing:
        raise RuleBroken("order", S_("Missing: %(names)s."), names=missing)
    return found


def _stranger(line: str, known: Delegation | None) -> RuleBroken:
    """The refusal of a line: a delegation outside the Council, or a name that nobody has."""
    if known:
        return RuleBroken("order", S_("“%(line)s” is not a Council member."), line=line)
    wanted = S_("“%(line)s” is not recognised. Write the name as on this page, or the code.")
    return RuleBroken("order", wanted, line=line)
