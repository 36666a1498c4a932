"""The code of a receipt: genuine for its registration, refused without any look-up."""

from __future__ import annotations

import pytest

from rostrum.domain.delegations.invitations import invitation_token
from rostrum.domain.registrations.receipts import receipt_code, registration_of

KEY, OTHER_KEY = b"k" * 32, b"o" * 32


def test_a_code_leads_to_its_registration() -> None:
    assert registration_of(KEY, receipt_code(KEY, 7)) == 7


@pytest.mark.parametrize(
    "code",
    [
        "",
        "7",
        "7-",
        "7-AAAAAAAAAAAAAAAAAAAAAA",
        "8" + receipt_code(KEY, 7)[1:],
        receipt_code(KEY, 7) + "A",
        receipt_code(KEY, 7)[:-1],
        receipt_code(OTHER_KEY, 7),
        invitation_token(KEY, 7, 1),
        "\ud800",
        "é-é",
        "9" * 40,
    ],
)
def test_a_forged_code_is_refused(code: str) -> None:
    assert registration_of(KEY, code) is None
