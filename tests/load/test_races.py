"""Two things at once, through the real server: whichever comes first, the list is whole.

Beside each race its control: the same verbs, crossed at the worst moment. Inside a transaction
begun IMMEDIATE the second must wait; without it the list is wrong.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import pytest

from rostrum.actions.order.delayed import decide_withdrawal, take_back_change
from rostrum.actions.order.due import perform_due
from rostrum.actions.order.places import move_place
from rostrum.actions.registrations.registering import enter_registration
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.clock import utc_clock
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict
from rostrum.domain.order.stretches import written_order
from rostrum.domain.times import to_micros
from rostrum.store.database import Database, connect, one_value, writing
from rostrum.store.places import list_places
from tests.factories import (
    OPENS_AT,
    actor,
    delegation,
    make_debate,
    make_press,
    prepare,
    register,
    ten_seconds_pass_beside,
)
from tests.load.consistency import check_everything, check_told
from tests.load.overtaking import GUARDS, LATER, overtake
from tests.load.phones import Answer, Phone, arrival_number, give_up, post, press, press_anew
from tests.load.served_instance import ServedInstance

pytestmark = [pytest.mark.load, pytest.mark.xdist_group("served")]

VERA = Actor("staff", "vera")


def places_of(db: Database, debate: Debate) -> list[tuple[int, str]]:
    """The list: place and code."""
    sql = """select place, code from registration join delegation on delegation.id = delegation_id
             where debate_id = :debate_id and place is not null order by place"""
    return db.execute(sql, {"debate_id": debate.id}).fetchall()


def told_of(pairs: list[tuple[Phone, Answer]]) -> set[tuple[str, int]]:
    """Who was told which arrival number."""
    return {(phone.code, arrival_number(answer)) for phone, answer in pairs if answer.status == 200}


# --- Registering and withdrawing ----------------------------------------------------------------


def withdraw_beside(served: ServedInstance, debate: Debate, codes: list[str]) -> int:
    """Another program gives these places up, one after the other; how many there were."""
    given_up = 0
    with closing(connect(served.config.database)) as db:
        for code in codes:
            try:
                withdraw(
                    db, utc_clock.now(), actor(code), debate, delegation_id=delegation(db, code).id
                )
                given_up += 1
            except Conflict:
                pass
    return given_up


def test_registering_and_withdrawing_at_once_leave_the_list_whole(served: ServedInstance) -> None:
    """Retries, new presses and withdrawals of the same delegations, some from another program."""
    debate, phones = served.ready(48)
    early, late = phones[:32], phones[32:]
    first = served.fire([press(phone) for phone in early])
    rush = [(phone, kind) for phone in early for kind in (press, press_anew, give_up)]
    rush += [(phone, press) for phone in late]
    random.Random(7).shuffle(rush)
    with ThreadPoolExecutor(1) as beside:
        codes = [phone.code for phone in late + early[::4]]
        others = beside.submit(withdraw_beside, served, debate, codes)
        answers = served.fire([request(phone) for phone, request in rush], spacing=0.004)
        given_up = others.result()
    asked = list(zip(rush, answers, strict=True))
    pressed = [(phone, answer) for (phone, kind), answer in asked if kind is not give_up]
    retried = {answer.status for (_, kind), answer in asked if kind is press}
    leaving = {answer.status for (_, kind), answer in asked if kind is give_up}
    assert leaving == {303, 409}
    ten_seconds_pass_beside(served.db)
    assert {answer.status for _, answer in pressed} == retried == {200, 409}
    check_told(served.db, debate, told_of(list(zip(early, first, strict=True)) + pressed))
    listed = check_everything(served.db, served.config, debate)
    gone = sum(not held.is_active for held in listed)
    sql = "select count(*) from delayed_change where debate_id = :id and state = 'done'"
    assert gone == one_value(served.db, sql, id=debate.id) + given_up


@GUARDS
def test_only_a_transaction_keeps_a_withdrawal_out_of_a_press(
    db: Database, other: Database, guard: Callable
) -> None:
    debate = make_debate(db)
    prepare(db, debate, "BRA", "KEN", "NPL")
    register(db, debate, "BRA")
    register(db, debate, "KEN", OPENS_AT + timedelta(seconds=1))
    bra = delegation(db, "BRA").id
    came = overtake(
        db,
        "insert into registration",
        lambda: withdraw(other, LATER, actor("BRA"), debate, delegation_id=bra),
    )
    with guard(db):
        enter_registration(db, make_press(db, debate, "NPL"), to_micros(LATER))
    if guard is writing:
        assert came == ["Busy"]
        assert places_of(db, debate) == [(1, "BRA"), (2, "KEN"), (3, "NPL")]
    else:
        assert came == ["done"]
        assert places_of(db, debate) == [(1, "KEN"), (3, "NPL")]


@GUARDS
def test_only_a_transaction_keeps_what_is_taken_back_from_being_done(
    db: Database, other: Database, guard: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is taken back in its last microsecond, while the server is about to do it."""
    debate = make_debate(db)
    prepare(db, debate, "BRA", "KEN")
    register(db, debate, "BRA")
    register(db, debate, "KEN", OPENS_AT + timedelta(seconds=1))
    bra = delegation(db, "BRA").id
    decided = decide_withdrawal(db, LATER, actor("BRA"), debate, delegation_id=bra)
    last = decided.due_at - timedelta(microseconds=1)
    taking_back = {"delegation_id": bra, "change_id": decided.id}
    came = overtake(
        db,
        "update registration",
        lambda: take_back_change(other, last, actor("BRA"), debate, **taking_back),
    )
    for module in ("order.due", "registrations.withdrawal"):
        monkeypatch.setattr(f"rostrum.actions.{module}.writing", guard)
    perform_due(db, decided.due_at)
    if guard is writing:
        assert came == ["Busy"]
        assert places_of(db, debate) == [(1, "KEN")]
        with pytest.raises(Conflict):
            take_back_change(other, last, actor("BRA"), debate, **taking_back)
    else:
        assert came == ["done"]
        assert places_of(db, debate) == [(1, "KEN")], "done, although it was taken back"


# --- Registering and closing --------------------------------------------------------------------


def close_list(db: Database, debate: Debate, at: int) -> None:
    with writing(db):
        sql = "update debate set closes_at = :at where id = :id"
        db.execute(sql, {"at": at, "id": debate.id})


def test_a_list_that_closes_in_the_rush_takes_who_came_before_and_nobody_after(
    served: ServedInstance,
) -> None:
    """It closes when half of the later presses are on their way."""
    debate, phones = served.ready(90)
    answers = served.fire([press(phone) for phone in phones[:10]])
    closed_at = utc_clock.micros() + 200_000
    close_list(served.db, debate, closed_at)
    answers += served.fire([press(phone) for phone in phones[10:]], spacing=0.005)
    assert {answer.status for answer in answers} == {200, 422}
    listed = check_everything(served.db, served.config, debate)
    told = told_of(list(zip(phones, answers, strict=True)))
    check_told(served.db, debate, told)
    assert len(told) == len(listed)
    assert max(to_micros(held.received_at) for held in listed) < closed_at
    refused = [answer for answer in answers if answer.status == 422]
    assert all("The list closed on" in answer.body for answer in refused)


@GUARDS
def test_only_a_transaction_keeps_the_closing_out_of_a_press(
    db: Database, other: Database, guard: Callable
) -> None:
    debate = make_debate(db)
    prepare(db, debate, "KEN")
    closing_at = to_micros(OPENS_AT + timedelta(minutes=5))
    came = overtake(db, "insert into registration", lambda: close_list(other, debate, closing_at))
    with guard(db):
        enter_registration(db, make_press(db, debate), to_micros(LATER))
    sql = """select count(*) from registration join debate on debate.id = debate_id
             where received_at >= closes_at"""
    too_late = one_value(db, sql)
    assert (came, too_late) == ((["Busy"], 0) if guard is writing else (["done"], 1))


# --- Registering and moving ---------------------------------------------------------------------


def move(clerk: Phone, order: dict[int, int], rng: random.Random) -> bytes:
    """Somebody of this order to somewhere else."""
    who = rng.choice(list(order))
    place = rng.choice([place for place in order.values() if place != order[who]])
    values = {"place": str(place), "reason": "Leaves early", "order": written_order(order)}
    return post(clerk, f"{clerk.path}/registrations/{who}/move", **values)


def keep_moving(
    served: ServedInstance, debate: Debate, clerk: Phone, is_over: threading.Event
) -> list[int]:
    """Staff decide on the list as it is, again and again; the answers."""
    rng, statuses = random.Random(5), []
    with closing(connect(served.config.database)) as db:
        while not is_over.is_set():
            order = list_places(db, debate.id)
            statuses += [answer.status for answer in served.fire([move(clerk, order, rng)])]
    return statuses


def test_registering_and_moving_at_once_leave_the_list_whole(served: ServedInstance) -> None:
    debate, phones = served.ready(60)
    clerk = served.signed_in.clerk(debate, "mover")
    served.fire([press(phone) for phone in phones[:10]])
    over = threading.Event()
    with ThreadPoolExecutor(1) as beside:
        moves = beside.submit(keep_moving, served, debate, clerk, over)
        try:
            answers = served.fire([press(phone) for phone in phones], spacing=0.02)
        finally:
            over.set()
        statuses = moves.result()
    assert {answer.status for answer in answers} == {200}
    assert set(statuses) == {303}, "who comes at the end refuses no move"
    check_told(served.db, debate, told_of(list(zip(phones, answers, strict=True))))
    check_everything(served.db, served.config, debate)
    moved = "select count(*) from journal where kind = 'place moved' and debate_id = :id"
    assert one_value(served.db, moved, id=debate.id) == statuses.count(303)


@GUARDS
def test_only_a_transaction_keeps_a_press_out_of_a_move(
    db: Database, other: Database, guard: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kenya was to speak last."""
    debate = make_debate(db)
    prepare(db, debate, "BRA", "KEN", "NPL", "PER")
    for code in ("BRA", "KEN", "NPL"):
        register(db, debate, code, OPENS_AT + timedelta(seconds=ord(code[0])))
    order = list_places(db, debate.id)
    kenya = next(who for who, place in order.items() if place == 2)
    decided = {
        "registration_id": kenya,
        "place": 3,
        "reason": "Speaks last",
        "seen_order": written_order(order),
    }
    monkeypatch.setattr("rostrum.actions.order.places.writing", guard)
    came = overtake(
        db, "update registration set place", lambda: register(other, debate, "PER", LATER)
    )
    move_place(db, LATER, VERA, debate, **decided)
    listed = [(1, "BRA"), (2, "NPL"), (3, "KEN")]
    if guard is writing:
        assert (came, places_of(db, debate)) == (["Busy"], listed)
    else:
        assert (came, places_of(db, debate)) == (["done"], [*listed, (4, "PER")])
