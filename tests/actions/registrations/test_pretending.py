"""Delegations that register by themselves in a rehearsal, and nowhere else."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from rostrum.actions.access.sessions import start_delegation_session
from rostrum.actions.debates.lifecycle import NewDates, postpone
from rostrum.actions.debates.rehearsals import (
    delete_rehearsal,
    start_peopled_rehearsal,
    start_rehearsal,
)
from rostrum.actions.journal import verify_journal
from rostrum.actions.registrations.desk import Desk
from rostrum.actions.registrations.pretending import PretendWatch, Shelf, let_pretend
from rostrum.config import Config
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.letters.checklist import ReturnReason
from rostrum.domain.letters.letter import Letter
from rostrum.domain.registrations.pretending import COUNTS, LACKS, PretendPress, PretendState
from rostrum.letters.files import LetterFiles
from rostrum.store import pretending
from rostrum.store.database import Connections, Database, all_rows
from rostrum.store.invitations import find_invitation_of
from rostrum.store.registrations import list_registrations
from rostrum.store.roll import list_roll
from tests.factories import (
    BEFORE,
    FakeClock,
    contents,
    delegation,
    make_invitations,
    prepare,
    register,
)

ANNA = Actor("staff", "anna")
SECOND = timedelta(seconds=1)


@pytest.fixture
def rehearsal(db: Database, debate: Debate) -> Debate:
    """A rehearsal with twelve delegations that pretend; its list opens in ten minutes."""
    make_invitations(db, debate)
    return start_peopled_rehearsal(db, BEFORE, ANNA, debate, minutes=10, pretend=12)


@pytest.fixture
def read() -> list[Letter]:
    """The letters that were handed on to be read."""
    return []


@pytest.fixture
def watching(
    config: Config, clock: FakeClock, connections: Connections, read: list[Letter]
) -> Callable[[], PretendWatch]:
    """Makes the watch as a start of the server does."""
    files = LetterFiles(config.letters)
    desk = Desk(connections, clock.stamp)
    return lambda: PretendWatch(
        connections, clock.now, desk, Shelf(files, files.store, read.append)
    )


def presses(db: Database, debate: Debate) -> list[dict]:
    sql = "select * from pretend_press where debate_id = :id order by after_opening"
    return all_rows(db, sql, id=debate.id)


def states(db: Database, debate: Debate) -> Counter:
    return Counter(pretending.list_states(db, debate.id).values())


@pytest.mark.parametrize("count", COUNTS)
def test_they_press_as_delegations_do(db: Database, debate: Debate, count: int) -> None:
    make_invitations(db, debate)
    copy = start_peopled_rehearsal(db, BEFORE, ANNA, debate, minutes=10, pretend=count)
    after = [row["after_opening"] / 1_000_000 for row in presses(db, copy)]
    assert len(after) == count
    assert 2 <= sum(each < 1 for each in after) <= count / 6
    assert sum(each < 60 for each in after) > count * 0.9
    assert after[-1] < 180
    lacking = [row["lacks"] for row in presses(db, copy) if row["lacks"]]
    assert len(lacking) in (count // 6, count // 6 + 1)
    assert set(lacking) <= set(LACKS)


def test_each_registers_at_its_time_with_a_letter_of_its_own(
    db: Database,
    rehearsal: Debate,
    watching: Callable[[], PretendWatch],
    clock: FakeClock,
    read: list[Letter],
) -> None:
    watch = watching()
    clock.set(rehearsal.opens_at)
    assert watch.look() == 0
    clock.set(rehearsal.opens_at + SECOND)
    assert watch.look() == 2
    clock.set(rehearsal.opens_at + 200 * SECOND)
    assert watch.look() == 10
    held = list_registrations(db, rehearsal.id)
    assert [each.place for each in held] == list(range(1, 13))
    assert all(each.speaker.is_complete for each in held)
    assert len({each.letter.sha256 for each in held}) == 12
    assert {each.letter.files[0].pages for each in held} == {None}
    assert sorted(each.id for each in read) == sorted(each.letter.id for each in held)
    assert watch.look() == watching().look() == 0
    assert states(db, rehearsal) == {PretendState.REGISTERED: 12}
    marked = [each for each in list_roll(db, rehearsal, clock.now()) if each.is_pretend]
    assert len(marked) == 12
    assert verify_journal(db) is None


def test_a_press_that_a_stop_interrupted_is_done_once_at_the_next_start(
    db: Database, rehearsal: Debate, watching: Callable[[], PretendWatch], clock: FakeClock
) -> None:
    clock.set(rehearsal.opens_at + SECOND)
    first = watching()
    press = first._find_due()
    assert first._begin(db, press) is PretendState.BEGUN
    first._prepare(db, press)
    files = len(all_rows(db, "select * from letter_file"))
    assert watching().look() == 2
    assert len(list_registrations(db, rehearsal.id)) == 2
    assert len(all_rows(db, "select * from letter_file")) == files + 1
    pretending.update_state(db, press, PretendState.BEGUN)
    assert watching().look() == 1
    assert len(list_registrations(db, rehearsal.id)) == 2


def test_who_is_practised_with_stays_free(
    db: Database, rehearsal: Debate, watching: Callable[[], PretendWatch], clock: FakeClock
) -> None:
    ids = [row["delegation_id"] for row in presses(db, rehearsal)]
    codes = {row["id"]: row["code"] for row in all_rows(db, "select id, code from delegation")}
    opened, prepared, pressed, *_ = (codes[each] for each in ids)
    invitation = find_invitation_of(db, rehearsal.id, ids[0])
    start_delegation_session(db, BEFORE, invitation, delegation(db, opened))
    prepare(db, rehearsal, prepared, pressed)
    clock.set(rehearsal.opens_at)
    register(db, rehearsal, pressed, rehearsal.opens_at)
    clock.set(rehearsal.opens_at + 200 * SECOND)
    assert watching().look() == 12
    assert states(db, rehearsal) == {PretendState.DROPPED: 3, PretendState.REGISTERED: 9}
    assert len(list_registrations(db, rehearsal.id)) == 10


def test_only_the_free_are_chosen(db: Database, debate: Debate) -> None:
    make_invitations(db, debate, "KEN", "BRA", "EGY", "JPN")
    copy = start_rehearsal(db, BEFORE, ANNA, debate, 10)
    invitation = find_invitation_of(db, copy.id, delegation(db, "KEN").id)
    start_delegation_session(db, BEFORE, invitation, delegation(db, "KEN"))
    prepare(db, copy, "BRA")
    assert let_pretend(db, BEFORE, ANNA, copy, 12) == 2
    before = contents(db)
    with pytest.raises(RuleBroken):
        let_pretend(db, BEFORE, ANNA, copy, 12)
    assert contents(db) == before


def test_nobody_pretends_in_a_debate_that_counts(
    db: Database, debate: Debate, clock: FakeClock
) -> None:
    make_invitations(db, debate)
    before = contents(db)
    with pytest.raises(Conflict):
        let_pretend(db, BEFORE, ANNA, debate, 12)
    row = PretendPress(debate.id, delegation(db).id, SECOND, ReturnReason.SIGNATURE)
    with pytest.raises(sqlite3.IntegrityError):
        pretending.insert_presses(db, [row])
    assert contents(db) == before


def test_a_rehearsal_that_takes_no_presses_or_another_count_is_refused(
    db: Database, rehearsal: Debate, watching: Callable[[], PretendWatch], clock: FakeClock
) -> None:
    with pytest.raises(RuleBroken):
        let_pretend(db, BEFORE, ANNA, rehearsal, 13)
    with pytest.raises(Conflict):
        let_pretend(db, rehearsal.starts_at, ANNA, rehearsal, 12)
    postpone(db, BEFORE, ANNA, rehearsal, reason="The chair travels.", dates=NewDates())
    with pytest.raises(RuleBroken):
        let_pretend(db, BEFORE, ANNA, rehearsal, 12)
    clock.set(rehearsal.opens_at + 200 * SECOND)
    watching().look()
    assert states(db, rehearsal) == {PretendState.DROPPED: 12}
    assert list_registrations(db, rehearsal.id) == []


def test_once_the_list_is_open_they_begin_now(db: Database, rehearsal: Debate) -> None:
    now = rehearsal.opens_at + timedelta(minutes=20)
    let_pretend(db, now, ANNA, rehearsal, 12)
    later = [row["after_opening"] / 1_000_000 for row in presses(db, rehearsal)][12:]
    assert 1205 < later[0] < 1206


def test_everything_goes_with_the_rehearsal(
    db: Database,
    rehearsal: Debate,
    watching: Callable[[], PretendWatch],
    clock: FakeClock,
    config: Config,
) -> None:
    clock.set(rehearsal.opens_at + SECOND)
    watching().look()
    gone = delete_rehearsal(db, clock.now(), ANNA, rehearsal)
    assert {path.name for path in config.letters.glob("*.pdf")} == gone
    assert presses(db, rehearsal) == []
    clock.set(rehearsal.opens_at + 200 * SECOND)
    assert watching().look() == 0
