"""Each reason and each mark has its sentence, and each sentence can be filled."""

import pytest

from rostrum.letters.marks import Mark
from rostrum.letters.refusals import LetterRefused, Refusal


@pytest.mark.parametrize("reason", [*Refusal, *Mark])
def test_each_reason_and_mark_has_a_calm_sentence(reason):
    assert reason.message.endswith(".")
    assert "!" not in reason.message
    assert "please" not in reason.message.lower()


def test_only_what_can_act_asks_for_a_warning_before_the_download():
    passive = [mark for mark in Mark if not mark.is_active]
    assert passive == [Mark.REPAIRED, Mark.FONTS, Mark.NOTES]


def test_the_message_stays_a_msgid_and_the_values_lie_beside_it():
    refused = LetterRefused(Refusal.TOO_MANY_PAGES, limit=10)
    assert "%(limit)s pages" in refused.message
    assert refused.values == {"limit": 10}
    assert "more than 10 pages" in str(refused)
