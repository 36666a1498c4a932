"""Messages: one sentence from staff on the open pages of those to whom it is addressed.

A message to all delegations is read by each of them, also by one that is invited later, and on the
public list only if the sender wants that. A message to a part of the list is read by those who were
in the part when it was sent: so staff know whom it reached, and it stays with them, also when their
letter is accepted meanwhile. Each stands until its end or until staff withdraw it, beside others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from rostrum.domain.checks import check_said, check_unchanged
from rostrum.domain.delegations.delegation import LANGUAGES
from rostrum.domain.errors import RuleBroken
from rostrum.domain.registrations.roll import Listed, Shown, View, choose
from rostrum.domain.sentences import S_

MAX_MESSAGE = 280
"""Characters of the longest sentence."""
MAX_STANDING = 5
"""How many messages one delegation has on its page at the same time."""
TRANSLATED = tuple(each for each in LANGUAGES if each != "en")
"""The languages in which a sentence can be written beside English."""
PARTS = (
    *(Shown.ALL, Shown.REGISTERED, Shown.AWAITED, Shown.READY, Shown.NOT_READY, Shown.UNOPENED),
    *(Shown.RETURNED, Shown.FOLLOWING, Shown.LATE),
)
"""The parts of the list to which a message can be addressed."""


@dataclass(frozen=True)
class Message:
    """One sentence that delegations see until it ends."""

    id: int
    debate_id: int
    text: str
    sent_at: datetime
    sent_by: str
    ended_at: datetime | None = None
    """When staff withdrew it."""
    part: Shown | None = Shown.ALL
    """The part of the list to which it is addressed; None: to one delegation."""
    recipients: tuple[int, ...] = ()
    """Ids of those to whom it is addressed, in order; none for all delegations."""
    is_public: bool = False
    """Whether it also stands on the public list."""
    ends_at: datetime | None = None
    """When it leaves all pages by itself."""
    translations: dict[str, str] = field(default_factory=dict)
    """The sentence in other languages."""

    @property
    def is_to_all(self) -> bool:
        return self.part is Shown.ALL

    def reaches(self, delegation_id: int) -> bool:
        """Whether it is addressed to this delegation."""
        return self.is_to_all or delegation_id in self.recipients

    def stands(self, now: datetime) -> bool:
        """Whether it is on pages at this instant."""
        return self.ended_at is None and (self.ends_at is None or now < self.ends_at)

    def said(self, language: str) -> tuple[str, str]:
        """The sentence for a reader of this language, and the language it is in."""
        translated = self.translations.get(language)
        return (translated, language) if translated else (self.text, "en")

    def repeats(self, other: Message) -> bool:
        """Whether it says the same to the same as another one."""
        return replace(self, id=other.id, sent_at=other.sent_at, sent_by=other.sent_by) == other


def on_one_line(text: str) -> str:
    """A sentence without the line breaks and blanks around it."""
    return " ".join(text.split())


def check_message(text: str) -> str:
    """The sentence, trimmed and on one line; refused when empty."""
    needed = S_("Write the sentence that delegations read.")
    return check_said(on_one_line(text), needed, field="text")


def check_end(ends_at: datetime | None, now: datetime) -> None:
    """Refuses an end that has passed."""
    if ends_at is not None and ends_at <= now:
        raise RuleBroken("ends_at", S_("This time has passed. Give a later one, or none."))


def check_public(part: Shown | None, is_public: bool) -> None:
    """Refuses to show everybody what is said to some delegations."""
    if is_public and part is not Shown.ALL:
        said = S_("Only a message to all delegations can stand on the public list.")
        raise RuleBroken("is_public", said)


def in_part(roll: Iterable[Listed], part: Shown) -> tuple[int, ...]:
    """The ids of the delegations that are in a part of the roll, each once."""
    found = choose(roll, View(shown=part))
    return tuple(sorted({each.delegation.id for each in found}))


def check_reaches_somebody(recipients: tuple[int, ...]) -> None:
    """Refuses a message to a part in which nobody is."""
    if not recipients:
        raise RuleBroken("part", S_("Nobody is in this part of the list now."))


def check_room(standing: Iterable[Message], message: Message) -> None:
    """Refuses a message beyond what one page shows: one must be withdrawn first."""
    others = list(standing)
    readers = set(message.recipients).union(*(each.recipients for each in others))
    if not message.is_to_all:
        readers = set(message.recipients)
    counts = [sum(each.reaches(reader) for each in others) for reader in readers]
    if max(counts, default=sum(each.is_to_all for each in others)) >= MAX_STANDING:
        said = S_("A page would show more than %(most)s messages. Withdraw one first.")
        raise RuleBroken("text", said, most=MAX_STANDING)


def check_changes(seen: int | None, changes: int) -> None:
    """Refuses to send if others sent or withdrew a message since the sender's page was made.

    Both numbers count what was sent and withdrawn so far; None: the sender saw no page.
    """
    overtaken = S_(
        "Somebody else has sent or withdrawn a message: what is shown now is below. Send yours "
        "again if it is still needed."
    )
    if seen is not None:
        check_unchanged(seen, changes, overtaken)
