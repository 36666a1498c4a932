"""Labels for the values of the domain's enumerations: one filter for each enumeration.

Each filter uses only its own table, because the same word is in several of them: "other" is
a level and a language, and means something else in each.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask

from rostrum.domain.debates.debate import OrderPolicy, Visibility
from rostrum.domain.debates.settings import ORDER_LABELS, VISIBILITY_LABELS
from rostrum.domain.debates.way import STEP_LABELS, Step
from rostrum.domain.delegations.delegation import BASIS_LABELS, Basis
from rostrum.domain.delegations.invitations import INVITATION_LABELS, InvitationState
from rostrum.domain.journal.kinds import KIND_LABELS
from rostrum.domain.letters.letter import LETTER_LABELS, LetterState
from rostrum.domain.order.places import GROUND_LABELS
from rostrum.domain.order.speaking_order import SECTION_LABELS, Section
from rostrum.domain.registrations.registration import CHANNEL_LABELS
from rostrum.domain.registrations.roll import SHOWN_LABELS, Shown
from rostrum.domain.retention.purge import TEXT_LABELS
from rostrum.domain.speakers import LEVEL_LABELS, STATEMENT_LANGUAGE_LABELS
from rostrum.domain.staff.accounts import ROLE_LABELS, Role
from rostrum.web.language.catalogs import gettext


def level_label(level: str) -> str:
    """A speaker's level; "" if none is chosen yet."""
    return _called(LEVEL_LABELS, level)


def statement_language_label(language: str) -> str:
    """The language of a statement; "" if none is chosen yet."""
    return _called(STATEMENT_LANGUAGE_LABELS, language)


def letter_label(state: LetterState) -> str:
    """The mission's decision about a letter."""
    return gettext(LETTER_LABELS[state])


def basis_label(basis: Basis) -> str:
    """The ground on which a delegation takes part."""
    return gettext(BASIS_LABELS[basis])


def invitation_label(state: InvitationState) -> str:
    """Whether an invitation was opened or revoked."""
    return gettext(INVITATION_LABELS[state])


def channel_label(channel: str) -> str:
    """How a request came that the mission entered; "" if staff used their own words."""
    return _called(CHANNEL_LABELS, channel)


def ground_label(ground: str) -> str:
    """A ready-made reason for a move; "" if staff used their own words."""
    return gettext(GROUND_LABELS[ground]) if ground in GROUND_LABELS else ""


def part_label(shown: Shown) -> str:
    """A part of the list that staff work with."""
    return gettext(SHOWN_LABELS[shown])


def section_label(section: Section) -> str:
    """A part of the list."""
    return gettext(SECTION_LABELS[section])


def order_label(policy: OrderPolicy) -> str:
    """The rule that gives the places of the registered list."""
    return gettext(ORDER_LABELS[policy])


def visibility_label(visibility: Visibility) -> str:
    """Who sees the whole list besides staff."""
    return gettext(VISIBILITY_LABELS[visibility])


def step_label(step: Step) -> str:
    """A step on the way of a debate, when it is done."""
    return gettext(STEP_LABELS[step])


def role_label(role: Role) -> str:
    """A role, with what it may do."""
    return gettext(ROLE_LABELS[role])


def role_word(role: Role) -> str:
    """A role in one word."""
    return role_label(role).partition(":")[0]


def kind_label(kind: str) -> str:
    """The label of a kind of journal entry."""
    return _called(KIND_LABELS, kind)


def text_label(kind: str) -> str:
    """A kind of text that a purge erases."""
    return gettext(TEXT_LABELS[kind])


def _called(labels: Mapping[str, str], value: str) -> str:
    """The label of a value stored as text; the text itself if an older record has another."""
    return gettext(labels[value]) if value in labels else value


FILTERS = (
    level_label,
    statement_language_label,
    letter_label,
    basis_label,
    invitation_label,
    channel_label,
    part_label,
    section_label,
    order_label,
    visibility_label,
    step_label,
    role_label,
    role_word,
    kind_label,
    text_label,
)


def init_app(app: Flask) -> None:
    app.jinja_env.filters |= {function.__name__: function for function in FILTERS}
