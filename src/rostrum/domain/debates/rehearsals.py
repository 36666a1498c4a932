"""Rehearsals: a copy of a debate in which nothing counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from rostrum.domain.debates.debate import Debate, Status
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.sentences import S_

MAX_MINUTES = 24 * 60


def rehearsal_of(debate: Debate, number: int, minutes: int, now: datetime) -> Debate:
    """A copy whose list opens in `minutes`; all other times keep their distance from the opening.

    `number` counts the rehearsals of this debate. Refuses a rehearsal of a rehearsal, and more
    than a day.
    """
    if debate.is_rehearsal:
        raise Conflict(S_("This is a rehearsal itself. Rehearse the debate it was made from."))
    if not 1 <= minutes <= MAX_MINUTES:
        raise RuleBroken("minutes", S_("Give the minutes until the list opens, 1 to 1440."))
    opens_at = (now + timedelta(minutes=minutes)).replace(microsecond=0)
    later = opens_at - debate.opens_at
    return replace(
        debate,
        id=0,
        slug=f"{debate.slug}-rehearsal-{number}",
        opens_at=opens_at,
        starts_at=debate.starts_at + later,
        closes_at=debate.closes_at and debate.closes_at + later,
        letter_deadline=debate.letter_deadline and debate.letter_deadline + later,
        status=Status.ACTIVE,
        status_reason="",
        dates_are_open=False,
        rehearsal_of=debate.id,
        version=0,
    )


def check_may_delete(debate: Debate) -> None:
    """Refuses to delete a debate that is not a rehearsal (Conflict)."""
    if not debate.is_rehearsal:
        raise Conflict(S_("Only a rehearsal can be deleted here. Delete a debate under Retention."))
