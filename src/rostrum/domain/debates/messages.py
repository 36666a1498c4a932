"""Messages: one sentence from staff on every open page of a debate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rostrum.domain.checks import check_said, check_unchanged
from rostrum.domain.sentences import S_

MAX_MESSAGE = 280
"""Characters of the longest sentence."""


@dataclass(frozen=True)
class Message:
    """One sentence that delegations see until it is replaced or withdrawn."""

    id: int
    debate_id: int
    text: str
    sent_at: datetime
    sent_by: str
    ended_at: datetime | None = None
    """When another message replaced it, or staff withdrew it."""


def check_message(text: str) -> str:
    """The sentence, trimmed and on one line; refused when empty."""
    needed = S_("Write the sentence that delegations read.")
    return check_said(" ".join(text.split()), needed, field="text")


def check_replaced(seen: int | None, current: Message | None) -> None:
    """Refuses to replace a message other than the one seen; None: the sender saw no page."""
    overtaken = S_(
        "Somebody else has sent or withdrawn a message: what is shown now is below. Send yours "
        "again to replace it."
    )
    if seen is not None:
        check_unchanged(seen, current.id if current else 0, overtaken)
