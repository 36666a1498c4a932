"""What a member of staff may do for a delegation now: nothing that would be refused is offered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from flask import url_for

from rostrum.domain.debates.lifecycle import may_change
from rostrum.domain.letters.letter import LetterState
from rostrum.domain.staff.accounts import (
    DECIDES_LATE_LETTERS,
    MANAGES_DELEGATIONS,
    MOVES_PLACES,
    READS_LETTERS,
    REGISTERS_ON_BEHALF,
    SENDS_MESSAGES,
    Role,
)
from rostrum.web.console.registrations.on_behalf import may_be_entered
from rostrum.web.language.catalogs import gettext


class Act(NamedTuple):
    """A link to the page of an act, beside the part of the file that it changes."""

    part: str
    text: str
    url: str


def acts_of(file: Mapping[str, Any], role: Role) -> list[Act]:
    """The acts that are open to this role in the state that the file shows."""
    acts = list(_reading(file, role))
    if may_change(file["debate"]) and not file["member"]:
        acts += [*_of_the_place(file, role), *_of_the_letter(file, role)]
    if may_change(file["debate"]) and role in MANAGES_DELEGATIONS:
        acts += _of_the_link(file)
    if role in SENDS_MESSAGES:
        acts += _of_messages(file)
    return acts


def _reading(file: Mapping[str, Any], role: Role) -> Iterator[Act]:
    if file["held"] and file["held"].letter.files and role in READS_LETTERS:
        where = {"slug": file["debate"].slug, "letter_id": file["held"].letter.id}
        is_new = file["held"].letter.state is LetterState.PENDING
        text = gettext("Read the letter") if is_new else gettext("Look at the letter")
        yield Act("letter", text, url_for("console_letters.show", **where))


def _of_the_place(file: Mapping[str, Any], role: Role) -> Iterator[Act]:
    debate, who, held = file["debate"], file["delegation"], file["held"]
    here = {"slug": debate.slug, "member_code": who.code}
    if role in REGISTERS_ON_BEHALF and held:
        yield Act(
            "speaker", gettext("Correct the speaker"), url_for("dossier.edit_speaker", **here)
        )
    elif role in REGISTERS_ON_BEHALF and may_be_entered(debate, who.id):
        yield Act(
            "place", gettext("Register on its behalf"), url_for("console_on_behalf.show", **here)
        )
    if role not in MOVES_PLACES:
        return
    if held:
        one = {"slug": debate.slug, "registration_id": held.id}
        yield Act("place", gettext("Move to another place"), url_for("console_places.show", **one))
        yield Act(
            "place",
            gettext("Give the place up for it"),
            url_for("dossier.confirm_withdrawal", **here),
        )
    elif file["gone"]:
        one = {"slug": debate.slug, "registration_id": file["gone"].id}
        yield Act(
            "place", gettext("Reinstate the place"), url_for("console_reinstatements.show", **one)
        )


def _of_the_letter(file: Mapping[str, Any], role: Role) -> Iterator[Act]:
    debate, held = file["debate"], file["held"]
    here = {"slug": debate.slug, "member_code": file["delegation"].code}
    if role in REGISTERS_ON_BEHALF:
        yield Act(
            "letter", gettext("Put in a letter for it"), url_for("dossier.show_letter", **here)
        )
    is_open = held and held.letter.state is not LetterState.ACCEPTED and file["deadline"]
    if is_open and role in DECIDES_LATE_LETTERS:
        one = {"slug": debate.slug, "registration_id": held.id}
        text = gettext("More time, or strike the place…")
        yield Act("letter", text, url_for("console_deadlines.show", **one))


def _of_the_link(file: Mapping[str, Any]) -> Iterator[Act]:
    slug, invitation = file["debate"].slug, file["invitation"]
    if invitation is None:
        yield Act(
            "link",
            gettext("Invite delegations"),
            url_for("console_invitations.new_invitations", slug=slug),
        )
    else:
        one = {"slug": slug, "invitation_id": invitation.id}
        yield Act(
            "link",
            gettext("Language of the link, renew, revoke"),
            url_for("console_invitations.show", **one),
        )


def _of_messages(file: Mapping[str, Any]) -> Iterator[Act]:
    slug = file["debate"].slug
    if may_change(file["debate"]):
        here = {"slug": slug, "member_code": file["delegation"].code}
        text = gettext("Write to this delegation")
        yield Act("messages", text, url_for("dossier.new_message", **here))
    if file["sent_messages"]:
        yield Act("messages", gettext("All messages"), url_for("console_messages.show", slug=slug))
