"""Which fields of a draft a page changed, and what becomes of what several phones type."""

from __future__ import annotations

import pytest

from rostrum.domain.registrations.registration import Draft
from rostrum.domain.registrations.typed import (
    MAX_TYPED,
    Fields,
    is_overtaken,
    left_over,
    merged,
    with_fields,
)
from rostrum.domain.seen import Seen
from rostrum.domain.speakers import SPEAKER_FIELDS, Speaker
from tests.factories import BEFORE, make_speaker

NOBODY = dict.fromkeys(SPEAKER_FIELDS, "")
EMPTY = Seen.of(NOBODY)


def draft_of(speaker: Speaker, **typed: str) -> Draft:
    return Draft(1, 1, speaker, None, 1, BEFORE, typed)


@pytest.mark.parametrize("are_left", [False, True])
def test_what_cannot_stand_on_the_list_is_kept_beside_the_last_value_that_could(
    are_left: bool,
) -> None:
    draft = draft_of(make_speaker())
    seen = Seen.of(draft.speaker.as_dict())
    texts = draft.speaker.as_dict() | {"contact_email": "nowhere"}
    good = {name: text for name, text in texts.items() if name != "contact_email"}
    kept = with_fields(draft, Fields(texts, good, seen), are_left=are_left)
    assert (kept.speaker, kept.typed) == (draft.speaker, {"contact_email": "nowhere"})


def test_a_field_counts_once_it_is_left() -> None:
    texts = NOBODY | {"name": "Am"}
    typing = with_fields(draft_of(Speaker()), Fields(texts, texts, EMPTY), are_left=False)
    assert (typing.speaker.name, typing.typed) == ("", {"name": "Am"})
    left = with_fields(typing, Fields(texts, texts, Seen.of(texts)), are_left=True)
    assert (left.speaker.name, left.typed) == ("Am", {})


def test_what_is_too_long_to_keep_leaves_the_draft_as_it_is() -> None:
    texts = NOBODY | {"name": "A" * (MAX_TYPED + 1)}
    draft = draft_of(Speaker())
    assert with_fields(draft, Fields(texts, {}, EMPTY), are_left=True) == draft


def test_a_field_that_was_not_touched_never_goes_back() -> None:
    current, seen = make_speaker(name="Martha Koome"), Seen.of(make_speaker().as_dict())
    sent = make_speaker(title="Dr.")
    assert merged(current, sent, seen, {}) == make_speaker(title="Dr.", name="Martha Koome")
    assert not is_overtaken(current, sent, seen)
    assert is_overtaken(current, make_speaker(name="Amina"), seen)


def test_what_another_page_is_typing_outlasts_a_save() -> None:
    draft = draft_of(make_speaker(), name="Mar", title="D")
    seen = Seen.of(make_speaker().as_dict())
    assert left_over(draft, make_speaker(title="Dr."), seen) == {"name": "Mar"}
