"""Letters decided while their delegations press, withdraw and press again, and twice at once.

Through the real server; beside each race its control, as in test_races.py.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from rostrum.actions.letters.decisions import accept_letter, return_letter
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.letters.letter import LetterState
from rostrum.store.database import Database, writing
from rostrum.store.letters import list_unread
from tests.factories import actor, delegation, make_debate, prepare, register
from tests.load.consistency import check_everything, check_list
from tests.load.overtaking import GUARDS, LATER, overtake
from tests.load.phones import Phone, arrival_number, post, press, press_anew, press_whole
from tests.load.served_instance import ServedInstance
from tests.load.test_races import withdraw_beside
from tests.waiting import wait_until

pytestmark = [pytest.mark.load, pytest.mark.xdist_group("served")]

VERA, PAUL = Actor("staff", "vera"), Actor("staff", "paul")
BROKEN = b"%PDF-1.7\nThis is no letter."
REASON = "The signature is missing"


def letters_of(db: Database, debate: Debate) -> dict[str, int]:
    """The current letter of each delegation that has a place, by code."""
    sql = """select code, letter_id from registration
             join delegation on delegation.id = delegation_id
             where debate_id = :id and place is not null"""
    return dict(db.execute(sql, {"id": debate.id}).fetchall())


def states_of(db: Database, debate: Debate) -> dict[int, tuple[str, str]]:
    """State and who decided, by letter."""
    sql = "select id, state, decided_by from letter where debate_id = :id"
    return {row[0]: row[1:] for row in db.execute(sql, {"id": debate.id}).fetchall()}


def give_back(clerk: Phone, letter: int) -> bytes:
    return post(clerk, f"{clerk.path}/letters/{letter}/return", remark=REASON)


def accept(clerk: Phone, letter: int) -> bytes:
    return post(clerk, f"{clerk.path}/letters/{letter}/acceptance")


# --- A letter being returned --------------------------------------------------------------------


def test_a_letter_is_returned_only_while_it_holds_a_place(served: ServedInstance) -> None:
    """Half of the delegations press again meanwhile; the others give up and register anew."""
    debate, phones = served.ready(40)
    clerk = served.signed_in.clerk(debate, "returner")
    numbers = list(map(arrival_number, served.fire([press(phone) for phone in phones])))
    letters = letters_of(served.db, debate)
    rush = [(phone, give_back(clerk, letters[phone.code])) for phone in phones]
    rush += [(phone, press(phone)) for phone in phones[:20]]
    rush += [(phone, press_anew(phone)) for phone in phones[20:]]
    random.Random(11).shuffle(rush)
    with ThreadPoolExecutor(1) as beside:
        others = beside.submit(withdraw_beside, served, debate, [each.code for each in phones[20:]])
        answers = served.fire([request for _, request in rush], spacing=0.004)
        assert others.result() == 20
    answered = {request: answer for (_, request), answer in zip(rush, answers, strict=True)}
    again = [answered[press(phone)] for phone in phones[:20]]
    assert list(map(arrival_number, again)) == numbers[:20]
    decided = {letter: answered[give_back(clerk, letter)].status for letter in letters.values()}
    assert set(decided.values()) == {303, 409}
    states = {letter: state for letter, (state, _) in states_of(served.db, debate).items()}
    returned = {letter for letter, state in states.items() if state == LetterState.RETURNED}
    assert returned == {letter for letter, status in decided.items() if status == 303}
    check_everything(served.db, served.config, debate)


def test_an_unreadable_letter_is_returned_and_its_place_held_whoever_pressed_first(
    served: ServedInstance,
) -> None:
    """Of each delegation one phone sends the whole form; a colleague's presses, of most."""
    debate, phones = served.ready(6)
    rush = [press_whole(phone, BROKEN) for phone in phones] + [press(phone) for phone in phones[2:]]
    answers = served.fire(rush, spacing=0.002)
    assert {answer.status for answer in answers} == {200}
    numbers = list(map(arrival_number, answers))
    assert numbers[:6][2:] == numbers[6:]
    wait_until(lambda: not list_unread(served.db))
    listed = check_everything(served.db, served.config, debate)
    assert len(listed) == 6
    broken = {held.id for held in listed if held.letter.size == len(BROKEN)}
    returned = {held.id for held in listed if held.letter.state is LetterState.RETURNED}
    assert broken == returned
    assert len(broken) >= 2
    assert {held.letter.decided_by for held in listed if held.id in broken} == {"rostrum"}


@GUARDS
def test_only_a_transaction_keeps_a_withdrawal_out_of_a_return(
    db: Database, other: Database, guard: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    debate = make_debate(db)
    prepare(db, debate, "KEN")
    letter = register(db, debate).letter
    monkeypatch.setattr("rostrum.actions.letters.decisions.writing", guard)
    ken = delegation(db).id
    came = overtake(
        db,
        "update letter set state",
        lambda: withdraw(other, LATER, actor(), debate, delegation_id=ken),
    )
    return_letter(db, LATER, VERA, debate, letter_id=letter.id, reasons=(), remark=REASON)
    if guard is writing:
        assert came == ["Busy"]
        check_list(db, debate)
    else:
        assert came == ["done"]
        with pytest.raises(AssertionError, match="decided without a place"):
            check_list(db, debate)


# --- Two of the staff ---------------------------------------------------------------------------


def test_of_two_staff_deciding_one_letter_one_decides_and_one_is_told_who(
    served: ServedInstance,
) -> None:
    debate, phones = served.ready(30)
    one, two = (served.signed_in.clerk(debate, name) for name in ("accepter", "refuser"))
    served.fire([press(phone) for phone in phones])
    letters = list(letters_of(served.db, debate).values())
    rush = [ask for letter in letters for ask in (accept(one, letter), give_back(two, letter))]
    random.Random(13).shuffle(rush)
    answered = dict(zip(rush, served.fire(rush), strict=True))
    states, winners = states_of(served.db, debate), set()
    for letter in letters:
        answers = answered[accept(one, letter)], answered[give_back(two, letter)]
        won, lost = sorted(answers, key=lambda answer: answer.status)
        assert (won.status, lost.status) == (303, 409)
        winner = "accepter" if won is answers[0] else "refuser"
        state = LetterState.ACCEPTED if won is answers[0] else LetterState.RETURNED
        assert states[letter] == (state, winner)
        assert f"{winner}</bdi> decided first" in lost.body
        winners.add(winner)
    assert winners == {"accepter", "refuser"}
    check_everything(served.db, served.config, debate)


@GUARDS
def test_only_a_transaction_keeps_another_decision_out_of_a_decision(
    db: Database, other: Database, guard: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    debate = make_debate(db)
    prepare(db, debate, "KEN")
    letter = register(db, debate).letter
    monkeypatch.setattr("rostrum.actions.letters.decisions.writing", guard)
    came = overtake(
        db,
        "update letter set state",
        lambda: return_letter(
            other, LATER, PAUL, debate, letter_id=letter.id, reasons=(), remark=REASON
        ),
    )
    accept_letter(db, LATER, VERA, debate, letter_id=letter.id)
    if guard is writing:
        assert came == ["Busy"]
        check_list(db, debate)
    else:
        assert came == ["done"]
        with pytest.raises(AssertionError, match="decided twice"):
            check_list(db, debate)
