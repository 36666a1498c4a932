"""The list and the order of speaking as sheets of a workbook, in the reader's words."""

from __future__ import annotations

from datetime import datetime

from rostrum.domain.delegations.invitations import state_of_invitation
from rostrum.domain.exports.lists import expected_at
from rostrum.domain.letters.letter import LetterState
from rostrum.domain.order.forecasts import ListForecast
from rostrum.domain.order.speaking_order import Section, Statement
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.registrations.roll import Listed, Shown
from rostrum.domain.speakers import Speaker
from rostrum.web.language.catalogs import get_locale, gettext
from rostrum.web.language.labels import (
    basis_label,
    channel_label,
    invitation_label,
    letter_label,
    level_label,
    part_label,
    section_label,
    statement_language_label,
)
from rostrum.web.spreadsheets import MINUTE, Cell, Column, Sheet

Timed = tuple[Statement, datetime | None]
"""A statement and when it is likely to begin."""


def list_sheet(rows: list[Listed], forecast: ListForecast | None) -> Sheet:
    """A row for each of the list's, with all that staff need."""
    return Sheet(
        gettext("List"),
        [*_columns(), *_columns_of_registrations()],
        [_cells(each, forecast) for each in rows],
    )


def order_sheet(sections: list[tuple[Section, list[Timed]]]) -> Sheet:
    """A row for each statement of the meeting, in order: briefers and Council members too."""
    rows = [
        _cells_of_statement(section, number, statement, at)
        for section, statements in sections
        for number, (statement, at) in enumerate(statements, start=1)
    ]
    return Sheet(gettext("Order of speaking"), _columns_of_statements(), rows)


def _columns_of_statements() -> list[Column]:
    return [
        Column(gettext("Part"), 24),
        Column(gettext("No."), 6),
        Column(gettext("Delegation"), 28),
        Column(gettext("Code"), 9),
        *_columns_of_speaker(),
        Column(gettext("Letter"), 22),
        Column(gettext("Speaks about (New York)"), 18, MINUTE),
    ]


def _columns_of_speaker() -> list[Column]:
    return [
        Column(gettext("Title"), 12),
        Column(gettext("Name"), 28),
        Column(gettext("Function"), 36),
        Column(gettext("Level"), 24),
        Column(gettext("Language of the statement"), 16),
        Column(gettext("On behalf of"), 22),
    ]


def _cells_of_speaker(speaker: Speaker) -> list[Cell]:
    return [
        speaker.title,
        speaker.name,
        speaker.functional_title,
        level_label(speaker.level) if speaker.level else "",
        statement_language_label(speaker.language) if speaker.language else "",
        speaker.on_behalf_of,
    ]


def _cells_of_statement(
    section: Section, number: int, statement: Statement, at: datetime | None
) -> list[Cell]:
    who, speaker = statement.delegation, statement.speaker or Speaker(name=statement.name)
    return [
        section_label(section),
        number,
        who and who.name(get_locale().language),
        who and who.code,
        *_cells_of_speaker(speaker),
        _letter(LetterState(statement.letter)) if statement.letter else "",
        at,
    ]


def _letter(state: LetterState) -> str:
    return gettext("To read") if state is LetterState.PENDING else letter_label(state)


def _columns() -> list[Column]:
    return [
        Column(gettext("Place"), 7),
        Column(gettext("Delegation"), 28),
        Column(gettext("Code"), 9),
        Column(gettext("State"), 14),
        Column(gettext("Missing"), 22),
        Column(gettext("Invitation"), 18),
        Column(gettext("Opened (New York)"), 18, MINUTE),
        Column(gettext("E-mail of the delegation"), 32),
        Column(gettext("Takes part under"), 30),
    ]


def _columns_of_registrations() -> list[Column]:
    return [
        *_columns_of_speaker(),
        Column(gettext("Telephone"), 20),
        Column(gettext("E-mail"), 32),
        Column(gettext("Letter"), 22),
        Column(gettext("Decided by"), 14),
        Column(gettext("Decided (New York)"), 18, MINUTE),
        Column(gettext("Arrival number"), 9),
        Column(gettext("Received (New York)"), 24),
        Column(gettext("Speaks about (New York)"), 18, MINUTE),
        Column(gettext("Withdrawn (New York)"), 18, MINUTE),
        Column(gettext("Entered by"), 14),
        Column(gettext("Entered (New York)"), 18, MINUTE),
        Column(gettext("Request came"), 16),
        Column(gettext("Remark"), 30),
    ]


def _cells(each: Listed, forecast: ListForecast | None) -> list[Cell]:
    link = each.invitation and state_of_invitation(each.invitation, each.opening)
    missing = {"speaker": gettext("Speaker"), "letter": gettext("Letter")}
    return [
        each.held and each.held.place,
        each.delegation.name(get_locale().language),
        each.delegation.code,
        _state(each),
        ", ".join(missing[part] for part in each.missing),
        invitation_label(link) if link else "",
        each.opening and each.opening.first_at,
        "; ".join(each.delegation.contacts),
        basis_label(each.delegation.basis),
        *(_cells_of(each, each.held, forecast) if each.held else []),
    ]


def _cells_of(each: Listed, held: Registration, forecast: ListForecast | None) -> list[Cell]:
    speaker, letter, entered = held.speaker, held.letter, held.entered
    return [
        *_cells_of_speaker(speaker),
        speaker.contact_phone,
        speaker.contact_email,
        _letter(letter.state),
        letter.decided_by,
        letter.decided_at,
        held.arrival_number,
        held.received_at,
        expected_at(each, forecast),
        held.withdrawn_at,
        entered and entered.by,
        entered and entered.at,
        channel_label(entered.channel) if entered else "",
        entered.words if entered else held.struck_reason,
    ]


def _state(each: Listed) -> str:
    if each.held is None:
        return part_label(Shown.READY if each.is_ready else Shown.NOT_READY)
    return part_label(Shown.REGISTERED if each.is_active else Shown.WITHDRAWN)
