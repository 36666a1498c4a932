"""Invitation tokens: only the present link of an unrevoked invitation is genuine."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rostrum.domain.access.tokens import id_of
from rostrum.domain.delegations.invitations import Invitation, invitation_token, is_genuine

KEY = bytes(range(32))
INVITATION = Invitation(12, 1, 3, 2, None)
TOKEN = invitation_token(KEY, 12, 2)


def test_the_present_link_is_genuine_and_always_the_same() -> None:
    assert is_genuine(TOKEN, KEY, INVITATION)
    assert invitation_token(KEY, 12, 2) == TOKEN
    assert id_of(TOKEN) == 12


def test_a_token_fits_in_an_address_as_it_is() -> None:
    for number in range(1, 300):
        token = invitation_token(KEY, number, 1)
        assert token.isascii()
        assert set(token) <= set("-_") | {c for c in token if c.isalnum()}
        assert len(token.partition("-")[2]) == 22


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(invitation_token(KEY, 12, 1), id="of an earlier generation"),
        pytest.param(invitation_token(KEY, 12, 3), id="of a later generation"),
        pytest.param(invitation_token(KEY, 13, 2), id="of another invitation"),
        pytest.param(invitation_token(bytes(32), 12, 2), id="made with another key"),
        pytest.param(invitation_token(b"", 12, 2), id="made without a key"),
        pytest.param("12-" + invitation_token(KEY, 13, 2).partition("-")[2], id="with another id"),
        pytest.param(TOKEN[:-1], id="cut"),
        pytest.param(TOKEN + "A", id="lengthened"),
        pytest.param(TOKEN + "=", id="padded"),
        pytest.param(TOKEN.swapcase(), id="in the other case"),
        pytest.param("0" + TOKEN, id="with a leading zero"),
        pytest.param("12-", id="without a code"),
        pytest.param("12", id="the bare id"),
        pytest.param("", id="empty"),
        pytest.param(TOKEN + "\u0661", id="beyond ASCII"),
    ],
)
def test_any_other_token_is_not(token: str) -> None:
    assert not is_genuine(token, KEY, INVITATION)


def test_a_revoked_link_is_not() -> None:
    revoked = Invitation(12, 1, 3, 2, datetime(2025, 3, 18, tzinfo=UTC))
    assert not is_genuine(TOKEN, KEY, revoked)


@pytest.mark.parametrize(
    ("token", "number"),
    [
        ("12-abc", 12),
        ("12", 12),
        ("012-abc", 12),
        ("", None),
        ("-abc", None),
        ("x-abc", None),
        ("+1-abc", None),
        ("1 -abc", None),
        ("\u0661-abc", None),
        ("\u00b2-abc", None),
        ("999999999-abc", 999_999_999),
        ("1234567890-abc", None),
        ("9" * 10_000, None),
    ],
)
def test_the_id_is_read_only_from_plain_digits(token: str, number: int | None) -> None:
    assert id_of(token) == number
