"""Entering a delegation that cannot register itself, alone and in the rush."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rostrum.actions.journal import read_fairness, verify_journal
from rostrum.actions.order.places import move_place
from rostrum.actions.order.rule import change_rule, plan
from rostrum.actions.registrations.deadlines import extend_deadline
from rostrum.actions.registrations.desk import Desk
from rostrum.actions.registrations.on_behalf import Entry, enter_on_behalf
from rostrum.actions.registrations.registering import Press, Registered, enter_registration
from rostrum.actions.registrations.reinstatements import reinstate_place
from rostrum.actions.registrations.speakers import save_speaker
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate, OrderPolicy, Status
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.order.places import Cause
from rostrum.domain.order.precedence import tiers_of
from rostrum.domain.order.stretches import written_order
from rostrum.domain.registrations.on_behalf import Request
from rostrum.domain.retention.purge import ERASED
from rostrum.domain.speakers import Level
from rostrum.domain.times import to_micros
from rostrum.store.database import Database, one_value, writing
from rostrum.store.debates import get_debate_by_id, update_debate
from rostrum.store.drafts import get_draft
from rostrum.store.places import list_last_moves, list_places
from rostrum.store.registrations import (
    find_active_registration,
    get_registration,
    last_stamp,
    list_with_delegations,
)
from rostrum.store.retention import count_texts, erase_texts
from tests.actions.registrations.test_desk import QUEUERS, press_at_once
from tests.factories import (
    OPENS_AT,
    FakeClock,
    actor,
    contents,
    delegation,
    make_file,
    make_press,
    make_speaker,
    prepare,
    register,
)

VERA, ANNA = Actor("staff", "vera"), Actor("staff", "anna")
NOW = OPENS_AT + timedelta(minutes=10)


def make_entry(
    db: Database,
    debate: Debate,
    code: str = "FJI",
    received_at: datetime | None = None,
    *,
    key: str = "attempt-1",
    staff: Actor = VERA,
    **speaker: str,
) -> Entry:
    """A request by e-mail with speaker and letter."""
    press = Press(debate.id, delegation(db, code).id, key, staff)
    request = Request("email", "", received_at, make_speaker(**speaker))
    return Entry(press, request, (make_file(pages=None),))


def enter(db: Database, entry: Entry, at: datetime = NOW) -> Registered:
    with writing(db):
        return enter_on_behalf(db, entry, to_micros(at))


def order(db: Database, debate: Debate) -> list[str]:
    pairs = list_with_delegations(db, debate.id)
    return [who.code for held, who in pairs if held.is_active]


@pytest.fixture
def listed(db: Database, debate: Debate) -> Debate:
    """Brazil, Kenya and Egypt registered at 9:30:00, 9:31:00 and 9:32:00."""
    codes = ("BRA", "KEN", "EGY")
    prepare(db, debate, *codes)
    for minute, code in enumerate(codes):
        register(db, debate, code, OPENS_AT + timedelta(minutes=minute))
    return debate


def test_a_request_of_now_gets_the_next_number_and_the_last_place(
    db: Database, listed: Debate
) -> None:
    held = enter(db, make_entry(db, listed)).registration
    assert (held.arrival_number, held.place, held.received_at) == (4, 4, NOW)
    assert (held.entered.by, held.entered.at, held.entered.channel) == ("vera", NOW, "email")
    assert (held.letter.version, held.letter.state) == (1, "pending")
    assert held == find_active_registration(db, listed.id, held.delegation_id)
    assert list_last_moves(db, listed.id) == {}
    assert verify_journal(db) is None


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (0, ["BRA", "FJI", "KEN", "EGY"]),
        (30, ["BRA", "FJI", "KEN", "EGY"]),
        (60, ["BRA", "KEN", "FJI", "EGY"]),
        (119.999999, ["BRA", "KEN", "FJI", "EGY"]),
        (120, ["BRA", "KEN", "EGY", "FJI"]),
    ],
)
def test_an_earlier_time_gives_the_place_behind_the_last_who_was_there(
    db: Database, listed: Debate, after: float, expected: list[str]
) -> None:
    received_at = OPENS_AT + timedelta(seconds=after)
    held = enter(db, make_entry(db, listed, received_at=received_at)).registration
    assert (held.arrival_number, held.received_at, held.entered.at) == (4, received_at, NOW)
    assert order(db, listed) == expected
    moved = list_last_moves(db, listed.id)
    assert len(moved) == 3 - expected.index("FJI")
    for move in moved.values():
        assert (move.cause, move.caused_by) == (Cause.ENTERED, held.delegation_id)
        assert (move.received_at, move.moved_at, move.ground) == (received_at, NOW, "email")
        assert move.place_after == move.place_before + 1
    numbers = {who.code: each.arrival_number for each, who in list_with_delegations(db, listed.id)}
    assert numbers == {"BRA": 1, "KEN": 2, "EGY": 3, "FJI": 4}


def test_under_levels_it_goes_by_its_time_within_its_tier(db: Database, listed: Debate) -> None:
    with writing(db):
        update_debate(db, replace(listed, order_policy=OrderPolicy.PRECEDENCE))
    early = OPENS_AT + timedelta(seconds=30)
    enter(db, make_entry(db, listed, "NOR", level=Level.MINISTER))
    enter(db, make_entry(db, listed, "FJI", early))
    enter(db, make_entry(db, listed, "QAT", early, level=Level.MINISTER))
    assert order(db, listed) == ["QAT", "NOR", "BRA", "FJI", "KEN", "EGY"]


def test_whom_staff_moved_stays_and_the_rule_alone_gives_the_same_place(
    db: Database, listed: Debate
) -> None:
    first = find_active_registration(db, listed.id, delegation(db, "BRA").id)
    version = written_order(list_places(db, listed.id))
    move_place(
        db,
        NOW,
        VERA,
        listed,
        registration_id=first.id,
        place=2,
        reason="Agreed",
        seen_order=version,
    )
    early = OPENS_AT + timedelta(seconds=30)
    held = enter(db, make_entry(db, listed, received_at=early)).registration
    assert order(db, listed) == ["KEN", "BRA", "FJI", "EGY"]
    rule = {"policy": listed.order_policy, "tiers": tiers_of(listed), "keeps": False}
    seen = plan(db, listed, **rule).version
    change_rule(db, NOW, VERA, listed, **rule, reason="By arrival alone.", seen=seen)
    assert order(db, listed) == ["BRA", "FJI", "KEN", "EGY"]
    withdraw(db, NOW, actor("FJI"), listed, delegation_id=held.delegation_id)
    reinstate_place(db, NOW, VERA, listed, registration_id=held.id, reason="By mistake.")
    assert order(db, listed) == ["BRA", "FJI", "KEN", "EGY"]


def test_what_the_delegation_prepared_is_taken_unread(db: Database, listed: Debate) -> None:
    prepare(db, listed, "FJI")
    entry = make_entry(db, listed)
    prepared = replace(entry, request=replace(entry.request, speaker=None), files=())
    draft = get_draft(db, listed.id, entry.press.delegation_id)
    held = enter(db, prepared).registration
    assert (held.speaker, held.letter, held.version) == (draft.speaker, draft.letter, draft.version)


def test_another_speaker_and_letter_take_the_place_of_the_prepared(
    db: Database, listed: Debate
) -> None:
    prepare(db, listed, "FJI")
    entry = make_entry(db, listed, name="Filipo Tarakinikini")
    before = get_draft(db, listed.id, entry.press.delegation_id)
    held = enter(db, entry).registration
    assert held.speaker.name == "Filipo Tarakinikini"
    assert (held.version, held.letter.version) == (before.version + 1, 2)
    assert get_draft(db, listed.id, entry.press.delegation_id).version == 0


def test_sent_twice_it_is_one_place(db: Database, listed: Debate) -> None:
    entry = make_entry(db, listed, received_at=OPENS_AT)
    first = enter(db, entry)
    before = contents(db)
    again = enter(db, replace(entry, files=(make_file(),)), NOW + timedelta(seconds=1))
    assert (first.is_repeat, again.is_repeat) == (False, True)
    assert again.registration == first.registration
    assert contents(db) == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"received_at": OPENS_AT - timedelta(seconds=1)}, "received_at"),
        ({"received_at": NOW + timedelta(seconds=1)}, "received_at"),
        ({"channel": "", "words": " "}, "reason"),
        ({"speaker": None}, "name"),
    ],
)
def test_a_refused_request_writes_nothing(
    db: Database, listed: Debate, changes: dict, field: str
) -> None:
    entry = make_entry(db, listed)
    before = contents(db)
    with pytest.raises(RuleBroken) as refused:
        enter(db, replace(entry, request=replace(entry.request, **changes)))
    assert refused.value.field == field
    assert contents(db) == before


def test_without_a_letter_and_for_whom_cannot_queue_nothing_is_written(
    db: Database, listed: Debate
) -> None:
    entry, member = make_entry(db, listed), make_entry(db, listed, "FRA")
    before = contents(db)
    with pytest.raises(RuleBroken, match="Add the letter"):
        enter(db, replace(entry, files=()))
    with pytest.raises(RuleBroken, match="more than"):
        enter(db, replace(entry, files=(make_file(),) * 11))
    with pytest.raises(RuleBroken, match="drawn by lot"):
        enter(db, member)
    assert contents(db) == before


def test_a_closed_list_takes_it_and_a_postponed_debate_does_not(
    db: Database, listed: Debate
) -> None:
    with writing(db):
        update_debate(db, replace(listed, closes_at=NOW - timedelta(minutes=1)))
    assert enter(db, make_entry(db, listed)).registration.place == 4
    present = get_debate_by_id(db, listed.id)
    with writing(db):
        update_debate(db, replace(present, status=Status.POSTPONED, status_reason="Snow"))
    with pytest.raises(RuleBroken):
        enter(db, make_entry(db, listed, "NOR"))


def test_who_registered_itself_or_was_entered_by_a_colleague_is_a_conflict(
    db: Database, listed: Debate
) -> None:
    enter(db, make_entry(db, listed, "FJI"))
    before = contents(db)
    for entry in (make_entry(db, listed, "KEN"), make_entry(db, listed, "FJI", staff=ANNA)):
        with pytest.raises(Conflict, match="registered already"):
            enter(db, entry)
    assert contents(db) == before


def test_a_page_older_than_a_withdrawal_enters_nobody(db: Database, listed: Debate) -> None:
    withdraw(db, NOW, actor("KEN"), listed, delegation_id=delegation(db, "KEN").id)
    with pytest.raises(Conflict, match="has since given it up"):
        enter(db, make_entry(db, listed, "KEN"))
    assert enter(db, make_entry(db, listed, "KEN", key="attempt-2")).registration.place == 3


def test_the_phone_of_whom_the_mission_entered_goes_on_from_there(
    db: Database, listed: Debate
) -> None:
    held = enter(db, make_entry(db, listed)).registration
    speaker = make_speaker(name="Filipo Tarakinikini")
    save_speaker(
        db,
        NOW,
        actor("FJI"),
        listed,
        delegation_id=held.delegation_id,
        speaker=speaker,
        version=held.version,
    )
    with writing(db):
        press = make_press(db, listed, "FJI")
        assert enter_registration(db, press, to_micros(NOW)).is_repeat
    assert extend_deadline(
        db,
        NOW,
        VERA,
        listed,
        registration_id=held.id,
        until=listed.letter_deadline + timedelta(days=1),
    ).entered


def test_words_go_with_the_retention_and_the_entry_stays(db: Database, listed: Debate) -> None:
    entry = make_entry(db, listed)
    said = replace(entry.request, channel="", words="Mr. Vakatawa called from his hotel.")
    held = enter(db, replace(entry, request=said)).registration
    assert count_texts(db, listed.id)["entry_reasons"] == 1
    with writing(db):
        erase_texts(db, listed.id)
    assert count_texts(db, listed.id)["entry_reasons"] == 0
    assert get_registration(db, held.id).entered == replace(held.entered, words=ERASED)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param("entered_through = ''", id="without a reason"),
        pytest.param("entered_by = ''", id="by nobody"),
        pytest.param("entered_at = received_at - 1", id="before its request came"),
        pytest.param("entered_through = 'pigeon'", id="by an unknown channel"),
    ],
)
def test_the_database_itself_refuses_half_an_entry(
    db: Database, listed: Debate, broken: str
) -> None:
    enter(db, make_entry(db, listed))
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(f"update registration set {broken} where entered_by != ''")  # noqa: S608


def test_a_restarted_clock_goes_on_after_an_entry(db: Database, listed: Debate) -> None:
    enter(db, make_entry(db, listed, received_at=OPENS_AT))
    assert last_stamp(db) == to_micros(NOW)


def test_entries_beside_presses_break_no_number(
    db: Database, debate: Debate, desk: Desk, clock: FakeClock
) -> None:
    """A rush of presses, among them those of delegations that staff are just entering."""
    pressing, entered = QUEUERS[:24], QUEUERS[20:30]
    prepare(db, debate, *QUEUERS[:30])
    clock.set(NOW)
    early = OPENS_AT + timedelta(seconds=1)
    works = [make_press(db, debate, code) for code in pressing]
    works += [make_entry(db, debate, code, early) for code in entered]
    answers = press_at_once(_Both(desk), works[::2] + works[1::2])
    conflicts = [each for each in answers if isinstance(each, Conflict)]
    assert all(isinstance(each, Registered | Conflict) for each in answers)
    held = [each for each, _ in list_with_delegations(db, debate.id)]
    assert sorted(each.arrival_number for each in held) == list(range(1, 31))
    assert [each.place for each in held] == list(range(1, 31))
    by_mission = [each for each in held if each.entered]
    assert held[: len(by_mission)] == by_mission, "their requests came before every press"
    assert len(by_mission) + len(conflicts) == len(entered)
    report = read_fairness(db, debate)
    assert (report.largest_inversion, report.gaps) == (0, 0)
    assert len(report.entries) == len(by_mission)
    sql = "select count(*) from move where cause != 'entered'"
    assert one_value(db, sql) == 0
    assert verify_journal(db) is None


class _Both:
    """The desk, given presses and entries alike."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, work: Press | Entry) -> Registered:
        return self._desk.register(work) if isinstance(work, Press) else self._desk.enter(work)
