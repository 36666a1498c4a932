"""The few ways in which a request can be refused. `web/errors.py` gives each its status."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rostrum.domain.sentences import N_, Sentence

NOTHING_HERE = N_(
    "There is no such page, or this browser may not open it. If you are a delegate, open your "
    "invitation link again."
)


class DomainError(Exception):
    """A refusal with a sentence for the person who asked."""

    def __init__(self, text: str, **values: Any) -> None:
        super().__init__(text)
        self.sentence = Sentence(text, values)


class NotFound(DomainError):
    """No such thing exists, or none that this person may know of (404)."""

    def __init__(self, text: str = NOTHING_HERE) -> None:
        super().__init__(text)


class SignedOut(NotFound):
    """This browser was signed in here, and is no longer (404)."""


class Deleted(NotFound):
    """The mission has deleted this (404)."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "The Presidency has deleted this debate: its letters and contacts are gone, and "
                "there is nothing left to do here. A receipt can still be checked."
            )
        )


class Archived(NotFound):
    """The debate is archived, and with it ended the links and sessions of its delegations (404)."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This debate is archived: the links and pages of its delegations have ended. A "
                "receipt can still be checked. Ask the Presidency if you need anything else."
            )
        )


class NotAllowed(DomainError):
    """The person is known but may not do this (403)."""


class RuleBroken(DomainError):
    """A rule of the debate or of a field refuses the request (422)."""

    def __init__(self, field: str, text: str, **values: Any) -> None:
        super().__init__(text, **values)
        self.field = field


class TooEarly(RuleBroken):
    """A press before the opening; `early_by` in microseconds."""

    def __init__(self, early_by: int, opens_at: datetime) -> None:
        super().__init__(
            "press",
            N_(
                "%(early_by)s too early by this server’s clock. Press again from %(from_second)s "
                "on; nothing is lost."
            ),
            early_by=early_by,
            from_second=opens_at,
        )
        self.early_by = early_by


class Slowed(RuleBroken):
    """Too many sign-ins failed: the next must wait (429)."""

    def __init__(self, field: str, seconds: int) -> None:
        super().__init__(field, N_("Try again in %(seconds)s s."), seconds=seconds)
        self.seconds = seconds


class Crowded(RuleBroken):
    """Too many passwords are being checked at this moment (503)."""

    def __init__(self, field: str) -> None:
        super().__init__(field, N_("Many people are signing in at this moment. Try again."))


class StillReading(RuleBroken):
    """A delegation sends more letters at once than one may (429)."""

    def __init__(self) -> None:
        super().__init__(
            "letter",
            N_(
                "Other letters of your delegation are still being read. Send this one again in a "
                "minute."
            ),
        )


class Conflict(DomainError):
    """Somebody else made a change first (409)."""


class Busy(DomainError):
    """The database stayed locked by another program; nothing was written (503)."""

    def __init__(self) -> None:
        super().__init__(N_("The list is busy for a moment. Try again."))
