"""The trial press: a press that counts for nothing, for a delegation that waits for the opening."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from rostrum.domain.debates.debate import Debate, Phase, Status

ENDS_BEFORE = timedelta(minutes=10)
"""Trying ends so long before the opening: near it, nobody may take the one press for the other."""
MOST, SPAN = 10, timedelta(minutes=1)
"""The most trial presses of one phone within a span."""


class Trial(StrEnum):
    """Whether a delegation can try the button."""

    OFFERED = "offered"
    OVER = "over"
    NONE = "none"
    """There is nothing to try: this delegation, or this debate as it stands, awaits no press."""


def trial_of(debate: Debate, now: datetime, *, awaits_press: bool) -> Trial:
    """Whether a trial press is taken; `awaits_press` unless the delegation has a place or is a
    Council member."""
    if not awaits_press or debate.status is not Status.ACTIVE:
        return Trial.NONE
    if debate.phase(now) is Phase.CLOSED:
        return Trial.NONE
    return Trial.OFFERED if now < tries_end(debate) else Trial.OVER


def tries_end(debate: Debate) -> datetime:
    """The instant from which no trial press is taken any more."""
    return debate.opens_at - ENDS_BEFORE
