"""Saying who speaks: versions, what sends an accepted letter back to staff, what does not."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from rostrum.actions.journal import verify_journal
from rostrum.actions.letters.decisions import accept_letter, return_letter
from rostrum.actions.registrations.speakers import save_speaker
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict
from rostrum.domain.letters.letter import LetterState
from rostrum.domain.speakers import Speaker
from rostrum.store.database import Database
from rostrum.store.drafts import get_draft
from rostrum.store.journal import list_entries, list_values
from rostrum.store.registrations import find_active_registration
from tests.factories import (
    BEFORE,
    OPENS_AT,
    actor,
    contents,
    delegation,
    make_speaker,
    prepare,
    register,
)

ANNA = Actor("staff", "Anna")
LATER = OPENS_AT + timedelta(hours=1)


def save(db: Database, debate: Debate, speaker: Speaker, version: int, now=LATER, page="") -> None:
    save_speaker(
        db,
        now,
        actor(),
        debate,
        delegation_id=delegation(db).id,
        speaker=speaker,
        version=version,
        page=page,
    )


def held_by(db: Database, debate: Debate):
    return find_active_registration(db, debate.id, delegation(db).id)


def test_the_draft_counts_its_changes(db: Database, debate: Debate) -> None:
    who = delegation(db).id
    save(db, debate, make_speaker(), 0, BEFORE)
    save(db, debate, make_speaker(name="Martha Koome"), 1, LATER)
    draft = get_draft(db, debate.id, who)
    assert (draft.speaker.name, draft.version, draft.updated_at) == ("Martha Koome", 2, LATER)


def test_a_change_is_journalled_with_before_and_after(db: Database, debate: Debate) -> None:
    save(db, debate, make_speaker(), 0)
    entry, _ = list_entries(db)[-1]
    assert (entry.kind, entry.actor, entry.facts) == (
        "speaker saved",
        "delegation:KEN",
        {"registered": False},
    )
    values = {row["name"]: json.loads(row["value"]) for row in list_values(db)}
    assert values == {"before": Speaker().as_dict(), "after": make_speaker().as_dict()}
    assert verify_journal(db) is None


@pytest.mark.parametrize("has_place", [True, False])
def test_a_change_on_an_overtaken_page_is_refused(
    db: Database, debate: Debate, has_place: bool
) -> None:
    prepare(db, debate, "KEN")
    if has_place:
        register(db, debate)
    save(db, debate, make_speaker(name="Martha Koome"), 1)
    before = contents(db)
    with pytest.raises(Conflict):
        save(db, debate, make_speaker(name="Musalia Mudavadi"), 1)
    assert contents(db) == before


@pytest.mark.parametrize("has_place", [True, False])
def test_a_page_whose_answer_was_lost_overtakes_itself_and_nobody_else(
    db: Database, debate: Debate, has_place: bool
) -> None:
    prepare(db, debate, "KEN")
    if has_place:
        register(db, debate)
    for name in ("Martha Koome", "Musalia Mudavadi", "Raychelle Omamo"):
        save(db, debate, make_speaker(name=name), 1, page="one")
        assert list_entries(db)[-1][0].facts["page"] == "one"
    save(db, debate, make_speaker(), 4, page="other")
    before = contents(db)
    for page in ("one", ""):
        with pytest.raises(Conflict):
            save(db, debate, make_speaker(name="Martha Koome"), 1, page=page)
    assert contents(db) == before


@pytest.mark.parametrize("has_place", [True, False])
@pytest.mark.parametrize("version", [0, 1, 7])
def test_saving_what_is_there_changes_nothing_on_any_page(
    db: Database, debate: Debate, has_place: bool, version: int
) -> None:
    prepare(db, debate, "KEN")
    if has_place:
        register(db, debate)
    before = contents(db)
    save(db, debate, make_speaker(), version)
    assert contents(db) == before


def test_a_page_opened_before_the_press_can_still_correct_after_it(
    db: Database, debate: Debate
) -> None:
    prepare(db, debate, "KEN")
    seen = get_draft(db, debate.id, delegation(db).id).version
    register(db, debate)
    save(db, debate, make_speaker(name="Martha Koome"), seen)
    held = held_by(db, debate)
    assert (held.speaker.name, held.version, held.place) == ("Martha Koome", seen + 1, 1)


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"title": "H.E. Ms."}, LetterState.PENDING),
        ({"name": "Martha Koome"}, LetterState.PENDING),
        ({"functional_title": "Minister"}, LetterState.PENDING),
        ({"level": "minister"}, LetterState.PENDING),
        ({"on_behalf_of": "African Group"}, LetterState.PENDING),
        ({"language": "fr"}, LetterState.ACCEPTED),
        ({"contact_email": "other@kenya.example"}, LetterState.ACCEPTED),
        ({"contact_phone": "+254 20 1234567"}, LetterState.ACCEPTED),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else value,
)
def test_an_accepted_letter_goes_back_to_staff_only_when_it_may_disagree(
    db: Database, debate: Debate, changes: dict[str, str], state: LetterState
) -> None:
    prepare(db, debate, "KEN", "BRA")
    letter = register(db, debate).letter
    register(db, debate, "BRA")
    accept_letter(db, LATER, ANNA, debate, letter_id=letter.id)
    save(db, debate, make_speaker(**changes), 1)
    held = held_by(db, debate)
    assert held.letter.state is state
    assert (held.letter.decided_by == "") == (state is LetterState.PENDING)
    assert (held.place, held.arrival_number) == (1, 1)
    assert list_entries(db)[-1][0].facts["registered"] is True


def test_a_returned_letter_stays_returned_when_the_speaker_changes(
    db: Database, debate: Debate
) -> None:
    prepare(db, debate, "KEN")
    letter = register(db, debate).letter
    return_letter(db, LATER, ANNA, debate, letter_id=letter.id, reasons=["not_signed"])
    save(db, debate, make_speaker(name="Martha Koome"), 1)
    assert held_by(db, debate).letter.state is LetterState.RETURNED


def test_a_letter_that_went_back_to_staff_can_be_accepted_again(
    db: Database, debate: Debate
) -> None:
    prepare(db, debate, "KEN")
    letter = register(db, debate).letter
    accept_letter(db, LATER, ANNA, debate, letter_id=letter.id)
    save(db, debate, make_speaker(name="Martha Koome"), 1)
    accept_letter(db, LATER, Actor("staff", "Bo"), debate, letter_id=letter.id)
    assert held_by(db, debate).letter.decided_by == "Bo"
