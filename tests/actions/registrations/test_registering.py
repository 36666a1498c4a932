"""Taking a place: the clock's boundaries, repeats, late retries, numbers given once."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from rostrum.actions.journal import verify_journal
from rostrum.actions.registrations.desk import Desk
from rostrum.actions.registrations.registering import REFERENCE_ALPHABET
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict, NotFound, RuleBroken, TooEarly
from rostrum.domain.registrations.registration import COUNCIL_MEMBERS_DO_NOT_QUEUE
from rostrum.domain.speakers import Speaker
from rostrum.domain.times import MICROSECOND
from rostrum.store.database import Database, one_value
from rostrum.store.drafts import get_draft
from rostrum.store.journal import list_entries, list_values
from rostrum.store.registrations import (
    find_active_registration,
    find_last_withdrawn,
    list_registrations,
)
from tests.factories import (
    BEFORE,
    OPENS_AT,
    FakeClock,
    actor,
    contents,
    delegation,
    make_debate,
    make_letter,
    make_press,
    make_speaker,
    prepare,
    register,
)

CLOSES_AT = OPENS_AT + timedelta(days=2)
LATER = OPENS_AT + timedelta(hours=1)


def places_of(db: Database, debate: Debate) -> list[tuple[str, int, int]]:
    """Code, place and arrival number of those who hold a place, in order."""
    codes = {row[0]: row[1] for row in db.execute("select id, code from delegation")}
    listed = list_registrations(db, debate.id)
    return [
        (codes[held.delegation_id], held.place, held.arrival_number)
        for held in listed
        if held.is_active
    ]


def last_entry(db: Database):
    return list_entries(db)[-1][0]


@pytest.mark.parametrize(
    "received_at",
    [
        pytest.param(OPENS_AT, id="at the opening"),
        pytest.param(OPENS_AT + MICROSECOND, id="a microsecond after the opening"),
        pytest.param(CLOSES_AT - MICROSECOND, id="a microsecond before the closing"),
    ],
)
def test_a_press_while_the_list_is_open_is_accepted(
    db: Database, desk: Desk, clock: FakeClock, received_at: datetime
) -> None:
    debate = make_debate(db, closes_at=CLOSES_AT)
    prepare(db, debate, "KEN")
    clock.set(received_at)
    answer = desk.register(make_press(db, debate))
    assert not answer.is_repeat
    assert answer.registration.received_at == received_at
    assert (answer.registration.arrival_number, answer.registration.place) == (1, 1)


@pytest.mark.parametrize(
    ("received_at", "early_by"),
    [
        pytest.param(OPENS_AT - MICROSECOND, 1, id="a microsecond before the opening"),
        pytest.param(OPENS_AT - timedelta(seconds=3.2), 3_200_000, id="3.2 s before"),
        pytest.param(BEFORE, 30 * 60 * 10**6, id="half an hour before"),
    ],
)
def test_a_press_before_the_opening_is_told_how_early_it_was(
    db: Database, debate: Debate, desk: Desk, clock: FakeClock, received_at, early_by
) -> None:
    prepare(db, debate, "KEN")
    before = contents(db)
    clock.set(received_at)
    with pytest.raises(TooEarly) as refused:
        desk.register(make_press(db, debate))
    assert refused.value.early_by == early_by
    assert refused.value.field == "press"
    assert contents(db) == before


@pytest.mark.parametrize("after", [timedelta(0), MICROSECOND, timedelta(days=3)])
def test_a_press_from_the_closing_on_is_refused(
    db: Database, desk: Desk, clock: FakeClock, after: timedelta
) -> None:
    debate = make_debate(db, closes_at=CLOSES_AT)
    prepare(db, debate, "KEN")
    before = contents(db)
    clock.set(CLOSES_AT + after)
    with pytest.raises(RuleBroken) as refused:
        desk.register(make_press(db, debate))
    assert refused.value.field == "press"
    assert refused.value.sentence.values == {"closed_at": CLOSES_AT}
    assert contents(db) == before


def test_a_repeat_after_the_closing_still_finds_the_place(
    db: Database, desk: Desk, clock: FakeClock
) -> None:
    debate = make_debate(db, closes_at=CLOSES_AT)
    prepare(db, debate, "KEN")
    clock.set(CLOSES_AT - MICROSECOND)
    first = desk.register(make_press(db, debate))
    clock.set(CLOSES_AT)
    assert desk.register(make_press(db, debate)).registration == first.registration


@pytest.mark.parametrize("code", ["DNK", "FRA", "SLE", "USA"])
def test_a_council_member_is_refused(
    db: Database, debate: Debate, desk: Desk, clock: FakeClock, code: str
) -> None:
    prepare(db, debate, code)
    before = contents(db)
    clock.set(OPENS_AT)
    with pytest.raises(RuleBroken) as refused:
        desk.register(make_press(db, debate, code))
    assert refused.value.sentence.text == COUNCIL_MEMBERS_DO_NOT_QUEUE
    assert contents(db) == before


def _save_speaker_only(db: Database, debate: Debate, speaker: Speaker) -> None:
    from rostrum.actions.registrations.speakers import save_speaker

    save_speaker(
        db, BEFORE, actor(), debate, delegation_id=delegation(db).id, speaker=speaker, version=0
    )


def _save_letter_only(db: Database, debate: Debate) -> None:
    make_letter(db, debate)


@pytest.mark.parametrize(
    ("prepare_part", "field"),
    [
        pytest.param(lambda *_: None, "speaker", id="nothing"),
        pytest.param(_save_letter_only, "speaker", id="letter only"),
        pytest.param(
            lambda db, debate: _save_speaker_only(db, debate, make_speaker()),
            "letter",
            id="speaker only",
        ),
    ],
)
def test_a_press_without_speaker_or_letter_names_what_is_missing(
    db: Database, debate: Debate, desk: Desk, clock: FakeClock, prepare_part, field: str
) -> None:
    prepare_part(db, debate)
    before = contents(db)
    clock.set(OPENS_AT)
    with pytest.raises(RuleBroken) as refused:
        desk.register(make_press(db, debate))
    assert refused.value.field == field
    assert contents(db) == before


@pytest.mark.parametrize(
    "empty",
    ["name", "functional_title", "level", "language", "contact_email", "contact_phone"],
)
def test_a_press_with_a_gap_in_the_speaker_is_refused(
    db: Database, debate: Debate, empty: str
) -> None:
    _save_speaker_only(db, debate, make_speaker(**{empty: ""}))
    make_letter(db, debate)
    with pytest.raises(RuleBroken) as refused:
        register(db, debate)
    assert refused.value.field == "speaker"


def test_title_and_group_are_not_needed(db: Database, debate: Debate) -> None:
    _save_speaker_only(db, debate, make_speaker(title="", on_behalf_of=""))
    make_letter(db, debate)
    assert register(db, debate).place == 1


def test_a_press_for_a_debate_that_is_not_there_is_refused(db: Database, debate: Debate) -> None:
    from dataclasses import replace

    with pytest.raises(NotFound):
        register(db, replace(debate, id=99))


def test_a_registration_takes_what_was_prepared_and_empties_the_draft(
    db: Database, debate: Debate
) -> None:
    prepare(db, debate, "KEN")
    draft = get_draft(db, debate.id, delegation(db).id)
    held = register(db, debate)
    assert (held.speaker, held.letter, held.version) == (draft.speaker, draft.letter, draft.version)
    assert find_active_registration(db, debate.id, delegation(db).id) == held
    assert get_draft(db, debate.id, delegation(db).id).missing == ("speaker", "letter")


def test_the_reference_can_be_read_out(db: Database, debate: Debate) -> None:
    prepare(db, debate, "KEN")
    first, second = register(db, debate).reference.split("-")
    assert len(first) == len(second) == 4
    assert set(first + second) <= set(REFERENCE_ALPHABET)


def test_a_registration_is_journalled_with_the_speaker_beside_the_chain(
    db: Database, debate: Debate
) -> None:
    prepare(db, debate, "KEN")
    held = register(db, debate)
    entry = last_entry(db)
    assert (entry.kind, entry.actor) == ("registered", "delegation:KEN")
    assert entry.facts == {
        "arrival_number": 1,
        "place": 1,
        "reference": held.reference,
        "letter_id": held.letter.id,
        "letter_sha256": held.letter.sha256,
    }
    assert json.loads(list_values(db)[-1]["value"]) == held.speaker.as_dict()
    assert "Lokaale" not in json.dumps(entry.facts)
    assert verify_journal(db) is None


@pytest.mark.parametrize("key", ["attempt-1", "attempt-2", "", "another phone's"])
def test_a_second_press_returns_the_same_place(
    db: Database, debate: Debate, desk: Desk, clock: FakeClock, key: str
) -> None:
    prepare(db, debate, "KEN")
    clock.set(OPENS_AT)
    first = desk.register(make_press(db, debate))
    before = contents(db)
    clock.advance(seconds=7)
    second = desk.register(make_press(db, debate, key=key))
    assert second.is_repeat
    assert second.registration == first.registration
    after = contents(db)
    *earlier, told = after.pop("journal")
    assert (earlier, told["kind"]) == (before.pop("journal"), "pressed again")
    [end], _ = after.pop("journal_end"), before.pop("journal_end")
    assert (end["entries"], end["hash"]) == (len(earlier) + 1, told["hash"])
    assert after == before


def test_a_late_retry_after_a_withdrawal_never_registers_again(
    db: Database, debate: Debate, desk: Desk, clock: FakeClock
) -> None:
    prepare(db, debate, "KEN")
    clock.set(OPENS_AT)
    desk.register(make_press(db, debate))
    withdraw(db, LATER, actor(), debate, delegation_id=delegation(db).id)
    before = contents(db)
    with pytest.raises(Conflict):
        desk.register(make_press(db, debate, key="attempt-1"))
    assert contents(db) == before


def test_registering_again_gives_the_new_and_last_number(db: Database, debate: Debate) -> None:
    prepare(db, debate, "KEN", "BRA", "EGY")
    for code in ("KEN", "BRA", "EGY"):
        register(db, debate, code)
    withdraw(db, LATER, actor(), debate, delegation_id=delegation(db).id)
    again = register(db, debate, at=LATER + MICROSECOND, key="attempt-2")
    assert places_of(db, debate) == [("BRA", 1, 2), ("EGY", 2, 3), ("KEN", 3, 4)]
    assert again.received_at == LATER + MICROSECOND
    assert find_last_withdrawn(db, debate.id, delegation(db).id).arrival_number == 1


def test_the_number_of_a_withdrawn_last_place_is_not_given_again(
    db: Database, debate: Debate
) -> None:
    prepare(db, debate, "KEN", "BRA")
    register(db, debate, "KEN")
    withdraw(db, LATER, actor(), debate, delegation_id=delegation(db).id)
    assert register(db, debate, "BRA", LATER).arrival_number == 2
    assert places_of(db, debate) == [("BRA", 1, 2)]


def test_two_debates_number_for_themselves(db: Database, debate: Debate) -> None:
    other = make_debate(db, slug="another")
    for each in (debate, other):
        prepare(db, each, "KEN", "BRA")
    register(db, debate, "KEN")
    register(db, debate, "BRA")
    assert register(db, other, "BRA").arrival_number == 1
    withdraw(db, LATER, actor("KEN"), debate, delegation_id=delegation(db, "KEN").id)
    assert places_of(db, other) == [("BRA", 1, 1)]
    assert one_value(db, "select count(*) from move") == 1
