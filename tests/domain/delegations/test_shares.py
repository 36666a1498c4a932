"""Links to watch a place: when one opens, whose token it is, how many there may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rostrum.domain.access.tokens import token
from rostrum.domain.delegations.invitations import Invitation, invitation_token
from rostrum.domain.delegations.shares import (
    MOST,
    PURPOSE,
    Share,
    check_room,
    is_of_share,
    share_link,
)
from rostrum.domain.errors import Conflict

KEY = bytes(range(32))
NOW = datetime(2025, 3, 19, 13, 30, tzinfo=UTC)
INVITATION = Invitation(12, 1, 3, 2, None)
SHARE = Share(12, INVITATION.id, INVITATION.generation, NOW, "Safari/iPhone")


@pytest.mark.parametrize(
    ("share", "invitation", "works"),
    [
        ({}, {}, True),
        ({"ended_at": NOW, "ended_by": "delegation:KEN"}, {}, False),
        ({}, {"generation": 3}, False),
        ({}, {"revoked_at": NOW}, False),
        ({"generation": 3}, {"generation": 3}, True),
    ],
    ids=["made", "ended", "renewed", "revoked", "made anew after renewing"],
)
def test_it_opens_until_it_or_its_invitation_ends(
    share: dict, invitation: dict, works: bool
) -> None:
    assert replace(SHARE, **share).works(replace(INVITATION, **invitation)) is works


@pytest.mark.parametrize(
    ("text", "is_its_own"),
    [
        (token(KEY, PURPOSE, 12), True),
        (token(KEY, PURPOSE, 13), False),
        (token(bytes(32), PURPOSE, 12), False),
        (invitation_token(KEY, 12, 1), False),
        (token(KEY, PURPOSE, 12)[:-1], False),
        ("12-", False),
    ],
    ids=["own", "next", "other key", "an invitation's", "cut", "empty"],
)
def test_only_its_own_token_opens_it(text: str, is_its_own: bool) -> None:
    assert is_of_share(text, KEY, SHARE) is is_its_own


def test_its_address_carries_the_token() -> None:
    link = share_link("https://list.mission.example", KEY, SHARE)
    assert link == f"https://list.mission.example/shared/{token(KEY, PURPOSE, 12)}"


def test_there_is_room_for_a_few() -> None:
    check_room([SHARE] * (MOST - 1))
    with pytest.raises(Conflict):
        check_room([SHARE] * MOST)
