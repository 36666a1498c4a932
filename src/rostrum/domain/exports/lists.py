"""The list as CSV, with the columns of each export."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC

from rostrum.domain.csv_text import csv_text, plain_phone
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.registrations.registration import Entered, Registration
from rostrum.domain.times import NEW_YORK, iso_millis

STAFF_COLUMNS = (
    "place",
    "arrival_number",
    "delegation",
    "iso3",
    "basis",
    "speaker_title",
    "speaker_name",
    "functional_title",
    "level",
    "language",
    "on_behalf_of",
    "letter",
    "received_at_new_york",
    "received_at_utc",
    "contact_email",
    "contact_phone",
    "entered_by",
    "entered_at_utc",
    "entered_through",
    "entered_reason",
)
DELEGATES_COLUMNS = ("place", "delegation", "iso3")
LINKS_COLUMNS = ("iso3", "delegation", "contact_emails", "link")


def staff_csv(listed: Iterable[tuple[Registration, Delegation]]) -> str:
    """Every registration with a place, in order, with all that staff need."""
    return csv_text(STAFF_COLUMNS, (_staff_row(*pair) for pair in listed if pair[0].is_active))


def delegates_csv(listed: Iterable[tuple[Registration, Delegation]]) -> str:
    """Places and delegations, nothing personal."""
    rows = ((str(r.place), d.name(), d.code) for r, d in listed if r.is_active)
    return csv_text(DELEGATES_COLUMNS, rows)


def links_csv(links: Iterable[tuple[Delegation, str]]) -> str:
    """Each delegation's personal link, for the mission's own mail merge."""
    return csv_text(
        LINKS_COLUMNS, ((d.code, d.name(), "; ".join(d.contacts), link) for d, link in links)
    )


def _staff_row(registration: Registration, delegation: Delegation) -> tuple[str, ...]:
    speaker = registration.speaker
    return (
        str(registration.place),
        str(registration.arrival_number),
        delegation.name(),
        delegation.code,
        delegation.basis,
        speaker.title,
        speaker.name,
        speaker.functional_title,
        speaker.level,
        speaker.language,
        speaker.on_behalf_of,
        registration.letter.state,
        iso_millis(registration.received_at.astimezone(NEW_YORK)),
        iso_millis(registration.received_at.astimezone(UTC)),
        speaker.contact_email,
        plain_phone(speaker.contact_phone),
        *_entry_cells(registration.entered),
    )


def _entry_cells(entered: Entered | None) -> tuple[str, ...]:
    """Which member of staff entered it, when and why; empty if the delegation pressed itself."""
    if entered is None:
        return ("", "", "", "")
    return entered.by, iso_millis(entered.at.astimezone(UTC)), entered.channel, entered.words
