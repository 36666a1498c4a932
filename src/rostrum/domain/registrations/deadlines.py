"""Until when letters are accepted, also for one delegation, and what may be decided after that."""

from __future__ import annotations

from datetime import datetime, timedelta

from rostrum.domain.checks import check_said
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import RuleBroken
from rostrum.domain.letters.letter import LetterState
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.sentences import N_, S_


def deadline_of(debate: Debate, held: Registration | None) -> datetime | None:
    """Until when letters are accepted for this place (`held` None: no place yet, as for all).

    None if no deadline is set: then letters are always accepted.
    """
    return held and held.letter_deadline or debate.letter_deadline


def takes_letters(debate: Debate, held: Registration | None, now: datetime) -> bool:
    """Whether a letter may still be added or replaced: up to, not including, the deadline."""
    return not _is_over(deadline_of(debate, held), now)


def check_takes_letters(debate: Debate, extended: datetime | None, now: datetime) -> None:
    """Refuses a letter from the deadline on (RuleBroken on the letter field).

    `extended` is the deadline of a delegation that was given more time.
    """
    deadline = extended or debate.letter_deadline
    if _is_over(deadline, now):
        raise RuleBroken(
            "letter",
            N_("Letters were due by %(deadline)s. Call the Presidency."),
            deadline=deadline,
        )


def _is_over(deadline: datetime | None, now: datetime) -> bool:
    return deadline is not None and now >= deadline


def came_in_time(debate: Debate, held: Registration) -> bool:
    """Whether the letter of this place arrived within its time, whoever has read it since."""
    if held.letter.state is LetterState.AWAITED:
        return False
    return not _is_over(deadline_of(debate, held), held.letter.uploaded_at)


def owes_letter(debate: Debate, held: Registration, now: datetime) -> bool:
    """Whether staff must decide: the place is held, its deadline for letters is over, and the
    letter was returned or never came.

    A letter that nobody has read yet is not late: it is the staff that it waits for. One that a
    purge deleted is owed no more.
    """
    is_missing = held.letter.state in (LetterState.RETURNED, LetterState.AWAITED)
    is_owed = held.is_active and is_missing and not held.letter.is_purged
    return is_owed and not takes_letters(debate, held, now)


def check_may_strike(debate: Debate, held: Registration, now: datetime) -> None:
    """Refuses to strike a place whose letter is accepted, to be read, or can still be replaced."""
    if held.letter.state is LetterState.ACCEPTED:
        raise RuleBroken("strike", N_("The letter is accepted: the place cannot be struck."))
    if held.letter.state is LetterState.PENDING:
        raise RuleBroken(
            "strike", S_("The letter is still to be read: the place cannot be struck before.")
        )
    if not owes_letter(debate, held, now):
        deadline = deadline_of(debate, held)
        if deadline is None:
            raise RuleBroken(
                "strike", N_("No deadline is set for letters: the place cannot be struck.")
            )
        raise RuleBroken(
            "strike",
            N_("The letter can be replaced until %(deadline)s: the place cannot be struck before."),
            deadline=deadline,
        )


def check_strike_reason(reason: str) -> str:
    """The reason for striking a place, trimmed; refused when empty."""
    return check_said(reason, N_("Say why it is struck: the delegation reads this."))


def proposed_extension(debate: Debate, now: datetime) -> datetime:
    """A full hour, a day on; the start of the meeting if that is earlier and still to come."""
    tomorrow = (now + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    is_known = not debate.dates_are_open and debate.starts_at > now
    return min(tomorrow, debate.starts_at) if is_known else tomorrow


def check_extension(debate: Debate, held: Registration, until: datetime, now: datetime) -> None:
    """Refuses an extension that gives no additional time, or if there is no deadline."""
    deadline = deadline_of(debate, held)
    if deadline is None:
        raise RuleBroken("until", N_("No deadline is set for letters: nothing to extend."))
    if until <= now:
        raise RuleBroken("until", N_("This time is over. Give a later one."))
    if until <= deadline:
        raise RuleBroken(
            "until", N_("Letters can be sent until %(deadline)s. Enter a later time."),
            deadline=deadline,
        )  # fmt: skip
