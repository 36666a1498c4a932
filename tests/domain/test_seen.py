"""The marks of fields that a page carries."""

from __future__ import annotations

import pytest

from rostrum.domain.seen import Seen
from rostrum.domain.speakers import SPEAKER_FIELDS
from tests.factories import make_speaker


def test_marks_come_back_from_a_page_as_they_were_written() -> None:
    seen = Seen.of(make_speaker().as_dict(), frozenset({"name", "level"}))
    assert Seen.read(seen.written(), SPEAKER_FIELDS) == seen
    assert seen.shows("name", make_speaker().name)
    assert not seen.shows("name", "Amina")
    assert seen.shows("on_behalf_of", "")


@pytest.mark.parametrize("text", ["", "1.2", "." * 8, "made up"])
def test_what_is_no_mark_is_not_read(text: str) -> None:
    assert Seen.read(text, SPEAKER_FIELDS) is None
