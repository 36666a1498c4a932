"""The roll: what belongs to each part, and in which order it comes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rostrum.domain.debates.debate import Phase
from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.delegations.invitations import Invitation, Opening
from rostrum.domain.letters.letter import Letter, LetterFile, LetterState
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.registrations.roll import Listed, Shown, Sorting, View, choose, count_parts
from tests.factories import OPENS_AT, make_speaker

FILE = LetterFile("0.pdf", "letter.pdf", "pdf", 1, "0" * 64, 1)


def listed(
    code: str,
    names: str,
    place: int | None = None,
    state: str = "",
    number: int = 0,
    **more: object,
) -> Listed:
    """A row; without a number it is awaited, without a place it gave up."""
    english, _, french = names.partition("|")
    delegation = Delegation(1, code, {"en": english, "fr": french}, Basis.RULE_37)
    if not number:
        return Listed(delegation, **more)
    letter = Letter(1, 1, 1, 1, OPENS_AT, None, LetterState(state), (), "", "", None, (FILE,))
    held = Registration(
        id=number,
        debate_id=1,
        delegation_id=1,
        arrival_number=number,
        received_at=OPENS_AT,
        reference="",
        idempotency_key="",
        speaker=make_speaker(name=f"Speaker of {code}"),
        letter=letter,
        receipt_letter=letter,
        place=place,
        version=1,
        withdrawn_at=None if place else OPENS_AT,
    )
    return Listed(delegation, held, **more)


VALID, OPENED = Invitation(1, 1, 1, 1, None), Opening(OPENS_AT, 1)
ROLL = [
    listed("ESP", "Spain|Espagne", 1, "accepted", 2),
    listed("DEU", "Germany|Allemagne", 2, "pending", 1, invitation=VALID, opening=OPENED),
    listed("EGY", "Egypt|Égypte", 3, "returned", 4, is_late=True, invitation=VALID),
    listed("CHL", "Chile|Chili", 4, "awaited", 5, is_late=True),
    listed("ITA", "Italy|Italie", None, "pending", 3, invitation=VALID),
    listed("ZMB", "Zambia|Zambie", missing=("letter",), invitation=VALID, opening=OPENED),
    listed("FJI", "Fiji|Fidji", invitation=VALID, opening=OPENED),
    listed("USA", "United States|États-Unis", missing=("speaker", "letter"), invitation=VALID),
]


def codes(view: View, language: str = "en") -> str:
    return " ".join(each.delegation.code for each in choose(ROLL, view, language))


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        (Shown.ALL, "ESP DEU EGY CHL FJI USA ZMB ITA"),
        (Shown.REGISTERED, "ESP DEU EGY CHL"),
        (Shown.ACCEPTED, "ESP"),
        (Shown.PENDING, "DEU"),
        (Shown.RETURNED, "EGY"),
        (Shown.FOLLOWING, "CHL"),
        (Shown.LATE, "EGY CHL"),
        (Shown.WITHDRAWN, "ITA"),
        (Shown.READY, "FJI"),
        (Shown.NOT_READY, "USA ZMB"),
        (Shown.UNOPENED, "EGY USA"),
    ],
)
def test_each_part_has_its_rows_and_their_number(shown: Shown, found: str) -> None:
    assert codes(View(shown)) == found
    assert count_parts(ROLL)[shown] == len(found.split())


@pytest.mark.parametrize(
    ("sorting", "language", "upwards", "downwards"),
    [
        (Sorting.PLACE, "en", "ESP DEU EGY CHL FJI USA ZMB ITA", "CHL EGY DEU ESP FJI USA ZMB ITA"),
        (Sorting.NAME, "en", "CHL EGY FJI DEU ITA ESP USA ZMB", "ZMB USA ESP ITA DEU FJI EGY CHL"),
        (Sorting.NAME, "fr", "DEU CHL EGY ESP USA FJI ITA ZMB", "ZMB ITA FJI USA ESP EGY CHL DEU"),
        (
            Sorting.ARRIVAL,
            "en",
            "DEU ESP ITA EGY CHL FJI USA ZMB",
            "CHL EGY ITA ESP DEU FJI USA ZMB",
        ),
        (Sorting.STATE, "en", "EGY CHL DEU ESP USA ZMB FJI ITA", "ITA FJI ZMB USA ESP DEU CHL EGY"),
    ],
)
def test_rows_without_what_sorts_them_come_last(
    sorting: Sorting, language: str, upwards: str, downwards: str
) -> None:
    view = View(Shown.ALL, sorting=sorting)
    assert codes(view, language) == upwards
    assert codes(replace(view, is_reversed=True), language) == downwards


@pytest.mark.parametrize(
    ("words", "found"),
    [("allemagne", "DEU"), ("zm", "ZMB"), ("speaker of egy", "EGY"), ("ÉTATS", "USA"), ("xyz", "")],
)
def test_names_in_any_language_codes_and_speakers_are_found(words: str, found: str) -> None:
    assert codes(View(Shown.ALL, words)) == found


@pytest.mark.parametrize(
    ("view", "phase", "shown"),
    [
        (View(), Phase.BEFORE, Shown.ALL),
        (View(), Phase.OPEN, Shown.REGISTERED),
        (View(), Phase.CLOSED, Shown.REGISTERED),
        (View(sought="fiji"), Phase.OPEN, Shown.ALL),
        (View(Shown.LATE, "fiji"), Phase.BEFORE, Shown.LATE),
    ],
)
def test_what_is_shown_follows_the_time_unless_it_was_chosen(
    view: View, phase: Phase, shown: Shown
) -> None:
    assert view.at(phase).shown is shown
