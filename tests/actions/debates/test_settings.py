"""A debate in the browser's hands: made, changed, opened, closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rostrum.actions.debates.council_choice import choose_council
from rostrum.actions.debates.lifecycle import archive
from rostrum.actions.debates.settings import (
    change_debate,
    close_now,
    create_debate,
    open_now,
    translate_notice,
)
from rostrum.actions.letters.archive import export_letters
from rostrum.domain.actors import Actor
from rostrum.domain.debates.announced import announced_value
from rostrum.domain.debates.debate import Debate, OrderPolicy, Phase, Translation
from rostrum.domain.errors import Conflict, DomainError, RuleBroken
from rostrum.store.announced import list_last_changes
from rostrum.store.database import Database
from rostrum.store.debates import get_debate_by_id, list_council_members
from tests.factories import (
    BEFORE,
    OPENS_AT,
    contents,
    make_invitations,
    prepare,
    register,
)

ANNA = Actor("staff", "anna")
DAY = timedelta(days=1)
STARTS_AT = datetime(2025, 3, 24, 14, tzinfo=UTC)
WHY = "The chair travels."


def refused(
    db: Database, kind: type[DomainError], act: object, *arguments: object, **named: object
) -> DomainError:
    """What the act is refused with; nothing was written."""
    before = contents(db)
    with pytest.raises(kind) as told:
        act(db, BEFORE, ANNA, *arguments, **named)
    assert contents(db) == before
    return told.value


def test_a_debate_gets_an_address_and_the_council_it_is_copied_with(
    db: Database, debate: Debate
) -> None:
    made = create_debate(db, BEFORE, ANNA, replace(debate, slug=""), source=debate)
    assert made.slug == "2025-03-24-adaptability-in-un-peace-operations"
    assert get_debate_by_id(db, made.id) == made
    assert list_council_members(db, made.id) == list_council_members(db, debate.id)
    again = create_debate(db, BEFORE, ANNA, replace(debate, slug=""))
    assert again.slug == f"{made.slug}-2"
    assert list_council_members(db, again.id) == frozenset()


def test_a_debate_that_makes_no_sense_is_not_made(db: Database, debate: Debate) -> None:
    refused(db, RuleBroken, create_debate, replace(debate, slug="x", closes_at=BEFORE))
    assert refused(db, RuleBroken, create_debate, debate).field == "slug"


def test_settings_are_changed_once_a_version(db: Database, debate: Debate) -> None:
    wanted = replace(debate, order_policy=OrderPolicy.PRECEDENCE, retention_days=30)
    changed = change_debate(db, BEFORE, ANNA, changed=wanted, seen=0)
    assert get_debate_by_id(db, debate.id) == changed == replace(wanted, version=1)
    refused(db, Conflict, change_debate, changed=wanted, seen=0)


def test_saving_what_is_there_changes_nothing(db: Database, debate: Debate) -> None:
    before = contents(db)
    assert change_debate(db, BEFORE, ANNA, changed=debate, seen=0) == debate
    assert contents(db) == before


def test_an_unannounced_opening_moves_freely(db: Database, debate: Debate) -> None:
    changed = change_debate(
        db, BEFORE, ANNA, changed=replace(debate, opens_at=OPENS_AT + DAY), seen=0
    )
    assert changed.opens_at == OPENS_AT + DAY
    assert list_last_changes(db, debate.id) == []


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("starts_at", STARTS_AT + DAY),
        ("opens_at", OPENS_AT + DAY),
        ("letter_deadline", STARTS_AT - DAY),
        ("letter_deadline", None),
        ("venue", "Trusteeship Council Chamber"),
    ],
)
def test_what_delegations_were_told_changes_with_its_reason(
    db: Database, debate: Debate, part: str, value: object
) -> None:
    make_invitations(db, debate, "KEN")
    words = {"notice": replace(debate.notice, venue=value)} if part == "venue" else {part: value}
    wanted, was = replace(debate, **words), announced_value(debate, part)
    assert (
        refused(db, RuleBroken, change_debate, changed=wanted, seen=0, reason=" ").field == "reason"
    )
    change_debate(db, BEFORE, ANNA, changed=wanted, seen=0, reason=WHY)
    [change] = list_last_changes(db, debate.id)
    assert (change.part, change.before, change.after) == (part, was, value)
    assert (change.reason, change.changed_at, change.changed_by) == (WHY, BEFORE, "anna")


def test_with_places_given_opening_and_address_stay(db: Database, debate: Debate) -> None:
    prepare(db, debate, "KEN")
    register(db, debate, "KEN")
    wanted = replace(debate, opens_at=OPENS_AT + DAY)
    assert (
        refused(db, RuleBroken, change_debate, changed=wanted, seen=0, reason=WHY).field
        == "opens_at"
    )
    wanted = replace(debate, slug="other")
    assert refused(db, RuleBroken, change_debate, changed=wanted, seen=0).field == "slug"
    change_debate(db, BEFORE, ANNA, changed=replace(debate, closes_at=OPENS_AT + DAY), seen=0)


def test_an_archived_debate_is_not_changed(db: Database, debate: Debate) -> None:
    archived = archive(db, BEFORE, ANNA, debate)
    wanted = replace(archived, retention_days=1)
    refused(db, Conflict, change_debate, changed=wanted, seen=archived.version)
    refused(db, Conflict, choose_council, archived, codes=frozenset(), seen=archived.version)
    refused(db, Conflict, open_now, archived, WHY)
    export_letters(db, BEFORE, ANNA, archived)


def test_the_list_opens_and_closes_at_once(db: Database, debate: Debate) -> None:
    make_invitations(db, debate, "KEN")
    refused(db, Conflict, close_now, debate)
    assert refused(db, RuleBroken, open_now, debate, "").field == "reason"
    opened = open_now(db, BEFORE, ANNA, debate, WHY)
    assert opened.phase(BEFORE) is Phase.OPEN
    refused(db, Conflict, open_now, opened, WHY)
    later = BEFORE + timedelta(minutes=1)
    closed = close_now(db, later, ANNA, opened)
    assert closed.phase(later) is Phase.CLOSED
    with pytest.raises(Conflict):
        close_now(db, later, ANNA, closed)


def test_a_notice_is_translated_and_the_translation_taken_away(
    db: Database, debate: Debate
) -> None:
    french = Translation("fr", title="Titre", guiding_questions=("Comment ?",))
    after = translate_notice(db, BEFORE, ANNA, debate, words=french, seen=0)
    assert get_debate_by_id(db, debate.id).notice.translation("fr") == french
    refused(db, Conflict, translate_notice, debate, words=french, seen=0)
    after = translate_notice(db, BEFORE, ANNA, after, words=Translation("fr"), seen=1)
    assert after.notice == debate.notice
