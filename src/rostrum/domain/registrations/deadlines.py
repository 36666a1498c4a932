"""Until when letters are accepted, also for one delegation, and what may be decided after that."""

from __future__ import annotations

from datetime import datetime, timedelta

from rostrum.domain.checks import check_said
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import RuleBroken
from rostrum.domain.letters.letter import LetterState
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.sentences import N_, S_
from rostrum.domain.times import new_york_day, shift_days


def deadline_of(debate: Debate, held: Registration | None) -> datetime | None:
    """Until when letters are accepted for this place (`held` None: no place yet, as for all).

    More time for one delegation never ends before the time for all. None if no deadline is set,
    or none counts because the new dates of the debate are not known: letters are accepted then.
    """
    return _deadline(debate, held and held.letter_deadline)


def _deadline(debate: Debate, extended: datetime | None) -> datetime | None:
    if debate.letter_deadline is None or debate.dates_are_open:
        return None
    return max(extended or debate.letter_deadline, debate.letter_deadline)


def more_time(debate: Debate, held: Registration | None, now: datetime) -> datetime | None:
    """Until when this delegation may send a letter after the time of all is over; None if it was
    not given more time, or that is over."""
    deadline = deadline_of(debate, held)
    if deadline is None or now >= deadline or deadline == deadline_of(debate, None):
        return None
    return deadline


def takes_letters(debate: Debate, held: Registration | None, now: datetime) -> bool:
    """Whether a letter may still be added or replaced: up to, not including, the deadline, and
    never after the day of the meeting, when letters may be deleted."""
    return not _is_over(_last_moment(debate, held and held.letter_deadline), now)


def check_takes_letters(debate: Debate, extended: datetime | None, now: datetime) -> None:
    """Refuses a letter from the deadline on (RuleBroken on the letter field).

    `extended` is the deadline of a delegation that was given more time.
    """
    last = _last_moment(debate, extended)
    if _is_over(last, now):
        raise RuleBroken(
            "letter", N_("Letters were due by %(deadline)s. Call the Presidency."), deadline=last
        )


def _last_moment(debate: Debate, extended: datetime | None) -> datetime | None:
    if debate.dates_are_open:
        return None
    return _deadline(debate, extended) or debate.day_ends_at


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
    return is_owed and _is_over(deadline_of(debate, held), now)


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


def latest_extension(debate: Debate, now: datetime) -> datetime:
    """Until when one delegation can be given time at the most: the start of the meeting, and once
    it has begun, the end of its day."""
    return debate.starts_at if now < debate.starts_at else debate.day_ends_at


def proposed_extension(debate: Debate, now: datetime) -> datetime | None:
    """The hour of the deadline on the next day that gives at least some hours more, or as long as
    is possible; None if no time is left, or there is no deadline."""
    latest = latest_extension(debate, now)
    if debate.letter_deadline is None or latest <= now:
        return None
    ahead = max(1, (now + _SOME_HOURS - debate.letter_deadline) // timedelta(days=1) + 1)
    return min(shift_days(debate.letter_deadline, timedelta(days=ahead)), latest)


_SOME_HOURS = timedelta(hours=4)
"""Less would be no time to have a letter signed."""


def check_extension(debate: Debate, until: datetime, now: datetime) -> None:
    """Refuses an extension that gives no additional time, outlasts the meeting, or if there is no
    deadline. One that was given already may become shorter."""
    if debate.letter_deadline is None or debate.dates_are_open:
        raise RuleBroken("until", N_("No deadline is set for letters: nothing to extend."))
    if until <= now:
        raise RuleBroken("until", N_("This time is over. Give a later one."))
    if until <= debate.letter_deadline:
        raise RuleBroken(
            "until", N_("Letters can be sent until %(deadline)s. Enter a later time."),
            deadline=debate.letter_deadline,
        )  # fmt: skip
    latest = latest_extension(debate, now)
    if until > latest:
        raise RuleBroken(
            "until", S_("The meeting needs the letter by %(latest)s. Enter an earlier time."),
            latest=latest,
        )  # fmt: skip


def moved_extension(until: datetime, before: Debate, after: Debate) -> datetime:
    """An extension once the meeting moved: as many days later as the meeting, no days earlier, and
    not beyond its start."""
    days = new_york_day(after.starts_at) - new_york_day(before.starts_at)
    return min(shift_days(until, max(days, timedelta())), after.starts_at)
