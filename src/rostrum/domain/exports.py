"""The list as CSV (RFC 4180): what each export holds, and cells that no spreadsheet runs.

The byte order mark lets spreadsheets see that the text is UTF-8.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import UTC

from rostrum.domain.delegations import Delegation
from rostrum.domain.registrations import Entered, Registration
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

BYTE_ORDER_MARK = "\ufeff"
_FORMULA = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d[\d ]*(\.\d+)?")


def harmless(cell: str) -> str:
    """The cell so that a spreadsheet shows it and never computes it; numbers stay as they are.

    A leading apostrophe is the field's usual guard (OWASP, "CSV Injection").
    """
    if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def plain_phone(phone: str) -> str:
    """A telephone number as `+` and groups of digits between spaces.

    A spreadsheet would subtract in `+1-212-555-0100` and drop the sign of `+254700000000`;
    groups between spaces stay text. What is no number in this sense is left alone.
    """
    groups = re.sub(r"[\s().\u2010-\u2015/-]+", " ", phone).strip()
    if re.fullmatch(r"\+\d{7,}", groups):
        return "+" + " ".join(re.findall(r"\d{1,3}", groups))
    return groups if _NUMBER.fullmatch(groups) else phone


def staff_csv(listed: Iterable[tuple[Registration, Delegation]]) -> str:
    """Every registration that holds a place, in order, with all that staff need."""
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
    """Who of the mission entered it, when and why; empty where the delegation pressed itself."""
    if entered is None:
        return ("", "", "", "")
    return entered.by, iso_millis(entered.at.astimezone(UTC)), entered.channel, entered.words


def csv_text(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table as RFC 4180 text in which no cell is computed."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + text.getvalue()
