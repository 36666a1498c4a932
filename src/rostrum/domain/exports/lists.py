"""The list as CSV, with the columns of each export: codes and UTC, for other programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from rostrum.domain.csv_text import csv_text, phone_as_text
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.delegations.invitations import state_of_invitation
from rostrum.domain.order.forecasts import ListForecast
from rostrum.domain.registrations.registration import Entered, Registration
from rostrum.domain.registrations.roll import Listed
from rostrum.domain.times import NEW_YORK, iso_millis

REGISTRATION_COLUMNS = (
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
STAFF_COLUMNS = (
    *REGISTRATION_COLUMNS,
    "state",
    "missing",
    "letter_decided_by",
    "letter_decided_at_utc",
    "expected_at_new_york",
    "withdrawn_at_utc",
    "link",
    "link_opened_at_utc",
    "delegation_emails",
)
DELEGATES_COLUMNS = ("place", "delegation", "iso3")
LINKS_COLUMNS = ("iso3", "delegation", "contact_emails", "link")


def staff_csv(listed: Iterable[Listed], forecast: ListForecast | None = None) -> str:
    """The rows in their order, with all that staff need."""
    return csv_text(STAFF_COLUMNS, (_staff_row(each, forecast) for each in listed))


def delegates_csv(listed: Iterable[tuple[Registration, Delegation]]) -> str:
    """Places and delegations, nothing personal."""
    rows = ((str(r.place), d.name(), d.code) for r, d in listed if r.is_active)
    return csv_text(DELEGATES_COLUMNS, rows)


def links_csv(links: Iterable[tuple[Delegation, str]]) -> str:
    """Each delegation's personal link, for the mission's own mail merge."""
    return csv_text(
        LINKS_COLUMNS, ((d.code, d.name(), "; ".join(d.contacts), link) for d, link in links)
    )


def expected_at(each: Listed, forecast: ListForecast | None) -> datetime | None:
    """When the delegation is expected to speak, as pages say it; None without place or forecast."""
    if forecast is None or not each.is_active:
        return None
    return forecast.begins[each.held.place - 1].rounded().at


def _staff_row(each: Listed, forecast: ListForecast | None) -> tuple[str, ...]:
    held, invitation = each.held, each.invitation
    expected = expected_at(each, forecast)
    return (
        *(_registration_cells(held, each.delegation) if held else _empty_cells(each.delegation)),
        each.state,
        " ".join(each.missing),
        held.letter.decided_by if held else "",
        _utc(held and held.letter.decided_at),
        iso_millis(expected.astimezone(NEW_YORK)) if expected else "",
        _utc(held and held.withdrawn_at),
        state_of_invitation(invitation, each.opening) if invitation else "",
        _utc(each.opening and each.opening.first_at),
        "; ".join(each.delegation.contacts),
    )


def _registration_cells(registration: Registration, delegation: Delegation) -> tuple[str, ...]:
    speaker = registration.speaker
    return (
        str(registration.place or ""),
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
        _utc(registration.received_at),
        speaker.contact_email,
        phone_as_text(speaker.contact_phone),
        *_entry_cells(registration.entered),
    )


def _empty_cells(delegation: Delegation) -> tuple[str, ...]:
    """Of a delegation that has not registered: only who it is."""
    known = {"delegation": delegation.name(), "iso3": delegation.code, "basis": delegation.basis}
    return tuple(known.get(column, "") for column in REGISTRATION_COLUMNS)


def _entry_cells(entered: Entered | None) -> tuple[str, ...]:
    """Which member of staff entered it, when and why; empty if the delegation pressed itself."""
    if entered is None:
        return ("", "", "", "")
    return entered.by, _utc(entered.at), entered.channel, entered.words


def _utc(instant: datetime | None) -> str:
    return iso_millis(instant.astimezone(UTC)) if instant else ""
