"""What a debate's status allows: presses, changes, and the next status."""

from __future__ import annotations

from datetime import datetime

from rostrum.domain.checks import check_said
from rostrum.domain.debates.debate import Debate, Phase, Status
from rostrum.domain.errors import Archived, Conflict, RuleBroken
from rostrum.domain.sentences import N_, S_

READ_ONLY = N_("This debate is archived: everything can be read, nothing changes.")
_NO_PRESSES = {
    Status.POSTPONED: N_(
        "The debate is postponed, and the list is not taking registrations now: %(reason)s"
    ),
    Status.CANCELLED: N_("The debate is cancelled, and there is no longer a list: %(reason)s"),
    Status.ARCHIVED: READ_ONLY,
}
_NEXT = {
    Status.ACTIVE: {Status.POSTPONED, Status.CANCELLED, Status.ARCHIVED},
    Status.POSTPONED: {Status.POSTPONED, Status.CANCELLED, Status.ACTIVE, Status.ARCHIVED},
    Status.CANCELLED: {Status.ACTIVE, Status.ARCHIVED},
    Status.ARCHIVED: {Status.ACTIVE},
}


def check_takes_presses(debate: Debate) -> None:
    """Refuses a press while the debate is postponed, cancelled or archived."""
    if debate.status in _NO_PRESSES:
        raise RuleBroken("press", _NO_PRESSES[debate.status], reason=debate.status_reason)


def takes_presses(debate: Debate, now: datetime) -> bool:
    """Whether presses can arrive at this instant."""
    return debate.phase(now) is Phase.OPEN and debate.status not in _NO_PRESSES


def check_may_change(debate: Debate) -> None:
    """Refuses every change of an archived debate, by delegations and staff alike (Conflict)."""
    if debate.status is Status.ARCHIVED:
        raise Conflict(READ_ONLY)


def may_change(debate: Debate) -> bool:
    """Whether the console offers staff any change of this debate."""
    return debate.status is not Status.ARCHIVED


def lets_in(status: Status) -> bool:
    """Whether links and sessions of delegations work: they end with the archive, and work again
    if the debate is taken out of it."""
    return status is not Status.ARCHIVED


def check_lets_in(debate: Debate) -> None:
    """Refuses delegations, and who watches their places, once the debate is archived (Archived)."""
    if not lets_in(debate.status):
        raise Archived


def check_may_prepare(debate: Debate) -> None:
    """Refuses changes by delegations once the debate no longer has a list (Conflict)."""
    check_may_change(debate)
    if debate.status is Status.CANCELLED:
        raise Conflict(_NO_PRESSES[Status.CANCELLED], reason=debate.status_reason)


def check_next(debate: Debate, status: Status) -> None:
    """Refuses a status that cannot follow the debate's present one (Conflict)."""
    if status not in _NEXT[debate.status]:
        raise Conflict(
            N_("The state of the debate has changed since this page was opened. Check it again.")
        )


def check_may_resume(debate: Debate, now: datetime) -> None:
    """Refuses to resume a meeting whose day is not known, or is over (RuleBroken on its field)."""
    if debate.dates_are_open:
        raise RuleBroken("starts_at", S_("Give the day of the meeting."))
    if debate.status is Status.POSTPONED and debate.starts_at <= now:
        raise RuleBroken("starts_at", N_("The day of the meeting is over. Give the new one."))


def check_status_reason(reason: str) -> str:
    """The reason for postponing or cancelling a debate, trimmed; refused when empty."""
    return check_said(reason, N_("Say why: every delegation reads this."))
