"""Invitations: the personal link of one delegation to one debate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rostrum.domain.access.tokens import is_token, token
from rostrum.domain.checks import check_unchanged
from rostrum.domain.errors import Conflict
from rostrum.domain.sentences import N_, S_

PURPOSE = "invitation"


@dataclass(frozen=True)
class Invitation:
    """Renewing raises `generation` (older links die); revoking ends it."""

    id: int
    debate_id: int
    delegation_id: int
    generation: int
    revoked_at: datetime | None


class InvitationState(StrEnum):
    """Whether an invitation was opened or revoked."""

    ISSUED = "issued"
    OPENED = "opened"
    REVOKED = "revoked"


INVITATION_LABELS = {
    InvitationState.ISSUED: S_("Not opened yet"),
    InvitationState.OPENED: S_("Opened"),
    InvitationState.REVOKED: S_("Revoked"),
}


@dataclass(frozen=True)
class Opening:
    """When the present link was first used, and how many phones are now signed in with it."""

    first_at: datetime
    phones: int


def state_of_invitation(invitation: Invitation, opening: Opening | None) -> InvitationState:
    """Revoked, whatever happened before; opened once somebody signed in with the present link."""
    if invitation.revoked_at is not None:
        return InvitationState.REVOKED
    return InvitationState.OPENED if opening else InvitationState.ISSUED


def check_generation(invitation: Invitation, seen: int) -> None:
    """Refuses a decision about a link renewed meanwhile: somebody may have sent the new one."""
    overtaken = S_("This link has since been renewed. Look at the present one first.")
    check_unchanged(seen, invitation.generation, overtaken)


def check_is_valid(invitation: Invitation) -> None:
    """Refuses to revoke an invitation that is already revoked."""
    if invitation.revoked_at is not None:
        raise Conflict(S_("This invitation is revoked already."))


def invitation_token(secret_key: bytes, invitation_id: int, generation: int) -> str:
    """The token in the link of this generation of an invitation."""
    return token(secret_key, PURPOSE, invitation_id, generation)


def invitation_link(
    base_url: str, secret_key: bytes, invitation: Invitation, language: str | None = None
) -> str:
    """The personal link of the invitation's present generation.

    The link opens in `language`; without one, in the phone's language.
    """
    text = invitation_token(secret_key, invitation.id, invitation.generation)
    opens_in = f"?lang={language}" if language else ""
    return f"{base_url}/invitations/{text}{opens_in}"


def is_genuine(text: str, secret_key: bytes, invitation: Invitation) -> bool:
    """Whether the text is the token of this invitation's present generation, unrevoked."""
    fits = is_token(text, secret_key, PURPOSE, invitation.id, invitation.generation)
    return fits and invitation.revoked_at is None


def generation_of(text: str, secret_key: bytes, invitation: Invitation) -> int | None:
    """The generation whose token the text is; None if this invitation never had such a token."""
    generations = range(invitation.generation, 0, -1)
    return next(
        (each for each in generations if is_token(text, secret_key, PURPOSE, invitation.id, each)),
        None,
    )


def why_ended(generation: int | None, invitation: Invitation) -> str:
    """What one is told whose session or link of that generation has ended, and what to do next."""
    if invitation.revoked_at is not None:
        return N_("The Presidency has ended this invitation. If that is a mistake, call.")
    if generation != invitation.generation:
        return N_(
            "Your invitation link was renewed: open the new one, or ask the Presidency for it."
        )
    return N_(
        "This phone is signed out. Open your invitation link to come back: what was saved is there."
    )
