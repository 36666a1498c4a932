"""Which settings of a debate make sense together, and when they may change."""

from __future__ import annotations

import re
from collections.abc import Collection, Container
from dataclasses import asdict
from datetime import date, datetime, timedelta

from rostrum.domain.checks import check_unchanged
from rostrum.domain.debates.debate import Debate, OrderPolicy, Status, Visibility
from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.errors import RuleBroken
from rostrum.domain.sentences import S_, StaffPlural
from rostrum.domain.texts import decomposed
from rostrum.domain.times import iso_millis, new_york_day

COUNCIL_SIZE = 15
PERMANENT_MEMBERS = frozenset({"CHN", "FRA", "RUS", "GBR", "USA"})
MAX_SLUG = 80
ORDER_LABELS = {
    OrderPolicy.ARRIVAL: S_("By arrival"),
    OrderPolicy.PRECEDENCE: S_("By the speaker’s level, then by arrival"),
}
VISIBILITY_LABELS = {
    Visibility.OWN: S_("Each delegation its own place"),
    Visibility.DELEGATIONS: S_("Every invited delegation"),
    Visibility.PUBLIC: S_("Everybody"),
}
STATUS_LABELS = {
    Status.ACTIVE: S_("taking place"),
    Status.POSTPONED: S_("postponed"),
    Status.CANCELLED: S_("cancelled"),
    Status.ARCHIVED: S_("archived"),
}
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check_settings(debate: Debate) -> None:
    """Refuses times that contradict each other (RuleBroken on the later one's field)."""
    if debate.starts_at <= debate.opens_at:
        raise RuleBroken("opens_at", S_("The list must open before the meeting starts."))
    if debate.closes_at is not None and debate.closes_at <= debate.opens_at:
        raise RuleBroken("closes_at", S_("The list must close after it opens."))
    deadline = debate.letter_deadline
    if deadline is not None and not debate.opens_at < deadline <= debate.starts_at:
        raise RuleBroken(
            "letter_deadline",
            S_("Letters must be due after the list opens, and by the start of the meeting."),
        )
    ends = [time for hours in debate.meeting_hours for time in hours]
    if not ends or any(later <= earlier for earlier, later in zip(ends, ends[1:], strict=False)):
        raise RuleBroken("meeting_hours", S_("Give the hours in order, none of them twice."))


def check_is_meant(debate: Debate, now: datetime, before: Debate | None = None) -> None:
    """Asks about times that may be slips (RuleBroken on `sure`): a meeting or an opening on a day
    that is over, a meeting more than a year away, an end of the list or of the time for letters
    that is over. What stays as it is in `before` is not asked about."""

    def is_new(part: str) -> bool:
        return before is None or getattr(debate, part) != getattr(before, part)

    if is_new("starts_at"):
        _check_day_of_meeting(debate.starts_at, now)
    if is_new("opens_at") and debate.opens_at <= now - _LONG_AGO:
        raise _question(S_("The list opens on %(day)s: that is over."), debate.opens_at)
    for part, text in _ENDS.items():
        end = getattr(debate, part)
        if end is not None and end <= now and is_new(part):
            raise RuleBroken("sure", text, end=end)


def _check_day_of_meeting(starts_at: datetime, now: datetime) -> None:
    if starts_at <= now:
        raise _question(S_("The meeting is on %(day)s: that is over."), starts_at)
    if starts_at > now + _FAR:
        raise _question(S_("The meeting is on %(day)s: that is more than a year away."), starts_at)


_ENDS = {
    "closes_at": S_("The list closes on %(end)s: that is over, nobody can register any more."),
    "letter_deadline": S_(
        "Letters are due by %(end)s: that is over, nobody can send one any more."
    ),
}
_FAR = timedelta(days=366)
_LONG_AGO = timedelta(days=1)
"""An opening of today may be entered when it has passed."""


def _question(text: str, instant: datetime) -> RuleBroken:
    return RuleBroken("sure", text, day=new_york_day(instant))


def check_slug(slug: str, taken: Container[str]) -> None:
    """Refuses a slug that does not fit into an address, or that another debate has."""
    if not _SLUG.fullmatch(slug) or len(slug) > MAX_SLUG:
        raise RuleBroken("slug", S_("Use lower-case letters, digits and single hyphens only."))
    if slug in taken:
        raise RuleBroken("slug", S_("Another debate has this address. Give another one."))


def derive_slug(day: date, short_title: str, taken: Container[str]) -> str:
    """A slug from the day and the short title that no other debate has."""
    plain = decomposed(short_title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    stem = f"{day:%Y-%m-%d}-{words}"[: MAX_SLUG - 4].strip("-")
    candidates = (stem if number == 1 else f"{stem}-{number}" for number in range(1, 1000))
    return next(slug for slug in candidates if slug not in taken)


def check_settings_version(seen: int, current: int) -> None:
    """Refuses a change made on a page that is out of date (Conflict)."""
    overtaken = S_(
        "Somebody else changed this debate at the same moment. Save again: what you did not change "
        "stays as they wrote it."
    )
    check_unchanged(seen, current, overtaken)


def check_council(members: Collection[Delegation], registered: Container[int]) -> None:
    """Refuses more than 15 members, any that is no Member State, and any on the registered list."""
    if len(members) > COUNCIL_SIZE:
        raise RuleBroken(
            "council",
            StaffPlural(
                "The Council has %(size)s members; %(count)s is marked.",
                "The Council has %(size)s members; %(count)s are marked.",
                "count",
            ),
            size=COUNCIL_SIZE,
            count=len(members),
        )
    if others := tuple(each for each in members if not may_sit_in_council(each)):
        raise RuleBroken(
            "council", S_("Only Member States sit in the Council, not: %(names)s."), names=others
        )
    if holding := tuple(each for each in members if each.id in registered):
        raise RuleBroken(
            "council",
            S_("Who holds a place cannot be a Council member: %(names)s. Unmark it."),
            names=holding,
        )


def may_sit_in_council(delegation: Delegation) -> bool:
    """Whether it is a Member of the United Nations, for which alone rule 37 is. Observers and
    organizations never sit in the Council (Article 23 of the Charter)."""
    return delegation.basis is Basis.RULE_37


def differences(before: Debate, after: Debate) -> dict[str, object]:
    """What changed, for the journal: settings before and after, parts of the notice by name.

    The words of the notice name people, so `notice_differences` has them: a purge deletes those.
    """
    changed: dict[str, object] = {}
    for name in vars(before).keys() - {"id", "notice", "version"}:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            changed[name] = [_plain(old), _plain(new)]
    parts = [
        name for name, value in vars(before.notice).items() if value != getattr(after.notice, name)
    ]
    return changed | ({"notice": parts} if parts else {})


def notice_differences(before: Debate, after: Debate) -> dict[str, list[object]]:
    """The parts of the notice that changed, before and after."""
    old, new = asdict(before.notice), asdict(after.notice)
    return {part: [old[part], new[part]] for part in old if old[part] != new[part]}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return iso_millis(value)
    if isinstance(value, tuple):
        return ", ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in value)
    return value
