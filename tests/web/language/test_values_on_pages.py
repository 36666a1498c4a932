"""Values that pages tell in sentences, lists and fields: each says its own, and all are said."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from rostrum.actions.journal import Event, record
from rostrum.actions.letters.decisions import return_letter, return_unreadable_letter
from rostrum.actions.order.swaps import ask_swap
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate, OrderPolicy, Phase, Status, Visibility
from rostrum.domain.delegations.delegation import Basis
from rostrum.domain.exports.letters_archive import Filed, Note, Outcome, manifest_csv
from rostrum.domain.journal.phone_changes import CHANGE_LABELS
from rostrum.domain.letters.checklist import ReturnReason
from rostrum.domain.order.delayed import (
    GRACE,
    ChangeKind,
    ChangeState,
    DelayedChange,
    DropReason,
)
from rostrum.domain.order.places import Cause, Ground, Move, MoveCount
from rostrum.domain.order.swaps import SwapState
from rostrum.domain.registrations.page_states import State
from rostrum.domain.registrations.registration import Channel
from rostrum.domain.speakers import Level, StatementLanguage
from rostrum.domain.staff.accounts import Role
from rostrum.letters.marks import Mark
from rostrum.letters.refusals import BEFORE_READING, Refusal
from rostrum.store.database import Database, writing
from rostrum.store.debates import update_debate
from rostrum.store.delayed import insert_change, update_settled
from rostrum.store.places import insert_moves
from rostrum.store.registrations import find_active_registration, list_with_delegations
from rostrum.store.swaps import list_swaps, update_swap
from rostrum.web.delegates.phones import SHOWN
from rostrum.web.language import moves
from rostrum.web.language.catalogs import speaking
from tests.expected_labels import WORDS
from tests.factories import BEFORE, OPENS_AT, FakeClock, actor, delegation, strike
from tests.web.client import Browser
from tests.web.factories import (
    console,
    home,
    make_ready,
    set_instant,
    share,
    share_token,
    sign_in,
    sign_in_member,
    take_place,
)

VERA = Actor("staff", "vera")
WHY = "The chair travels."


@pytest.fixture
def placed(app: Flask, db: Database, debate: Debate, opened: FakeClock) -> Debate:
    """Brazil and Kenya hold the first places."""
    for code in ("BRA", "KEN"):
        take_place(app, db, debate, code)
    return debate


def held_by(db: Database, debate: Debate, code: str = "KEN"):
    return find_active_registration(db, debate.id, delegation(db, code).id)


# What becomes of a debate, and where its list stands


def become(db: Database, debate: Debate, clock: FakeClock, status: Status, phase: Phase) -> None:
    with writing(db):
        reason = "" if status in (Status.ACTIVE, Status.ARCHIVED) else WHY
        public = replace(debate, visibility=Visibility.PUBLIC)
        update_debate(db, replace(public, status=status, status_reason=reason))
    set_instant(db, debate, closes_at=OPENS_AT + timedelta(hours=8))
    clock.set({Phase.BEFORE: BEFORE, Phase.OPEN: OPENS_AT}.get(phase, debate.starts_at))


DAY = "Wed 19 March"
OF_A_DEBATE = {
    (Status.ACTIVE, Phase.BEFORE): {
        "delegate": "The list opens at 9:30",
        "shared": "The list opens at 9:30",
        "public": "The list opens at 9:30",
        "home": f"The list opens on {DAY}, 9:30 New York",
        "console": f"The list opens on {DAY}, 9:30 New York.",
        "settings": "The list has not opened yet",
        "staff": "Advancing adaptability",
    },
    (Status.ACTIVE, Phase.OPEN): {
        "delegate": "The list is open",
        "shared": "The list is open",
        "public": "The list is open",
        "home": "The list is open",
        "console": "The list has been open since Wed 19 March, 9:30 New York.",
        "settings": "The list is open",
        "staff": "Advancing adaptability",
    },
    (Status.ACTIVE, Phase.CLOSED): {
        "delegate": f"The list closed on {DAY}, 17:30 New York",
        "shared": f"The list closed on {DAY}, 17:30 New York",
        "public": f"The list closed on {DAY}, 17:30 New York",
        "home": f"The list closed on {DAY}, 17:30 New York",
        "console": f"The list closed on {DAY}, 17:30 New York.",
        "settings": "The list is closed",
        "staff": "Advancing adaptability",
    },
    (Status.POSTPONED, Phase.BEFORE): {
        "delegate": f"The debate is postponed {WHY}",
        "shared": f"The debate is postponed {WHY}",
        "public": f"The debate is postponed {WHY}",
        "home": "· postponed",
        "console": f"Postponed: {WHY}",
        "settings": f"Postponed: {WHY}",
        "staff": "Postponed",
    },
    (Status.CANCELLED, Phase.OPEN): {
        "delegate": f"The debate is cancelled {WHY}",
        "shared": f"The debate is cancelled {WHY}",
        "public": f"The debate is cancelled {WHY}",
        "home": "· cancelled",
        "console": f"Cancelled: {WHY}",
        "settings": f"Cancelled: {WHY}",
        "staff": "Cancelled",
    },
    (Status.ARCHIVED, Phase.OPEN): {
        "delegate": "This debate is archived",
        "shared": "This debate is archived",
        "public": "This debate is archived",
        "home": "· archived",
        "console": "Archived: everything can be read, nothing changes.",
        "settings": "Archived: everything can be read, nothing changes.",
        "staff": "Archive",
    },
}
ELSEWHERE = ("postponed", "cancelled", "archived")


@pytest.mark.parametrize("case", OF_A_DEBATE, ids=" ".join)
def test_every_page_says_where_a_debate_stands(
    app: Flask, db: Database, debate: Debate, clock: FakeClock, browser: Browser, case: tuple
) -> None:
    share(db, debate)
    phone = sign_in(app, db, debate)
    become(db, debate, clock, *case)
    anna = sign_in_member(app, "anna")
    asked = {
        "delegate": (phone, home(debate), "#standing"),
        "shared": (browser, f"/shared/{share_token(app, db, debate)}", "#shared_place"),
        "public": (browser, f"/debates/{debate.slug}/list", "#public_list"),
        "home": (browser, "/", "main"),
        "console": (anna, console(debate), "#console_list"),
        "settings": (anna, f"{console(debate)}/settings", "main"),
        "staff": (anna, "/staff", "main"),
    }
    for name, words in OF_A_DEBATE[case].items():
        someone, path, where = asked[name]
        if case[0] is Status.ARCHIVED and name in ("delegate", "shared"):
            someone.get(path, status=404)
            where = "#problem"
        else:
            someone.get(path)
        said = someone.says(where)
        assert words in said, name
        if name not in ("settings", "staff"):
            others = [each for each in ELSEWHERE if each != case[0] and each in said.lower()]
            assert others == [], (name, said)
    assert {status for status, _ in OF_A_DEBATE} == set(Status)
    assert {phase for status, phase in OF_A_DEBATE if status is Status.ACTIVE} == set(Phase)


# Where a delegation stands


def reach(state: State, app: Flask, db: Database, debate: Debate, clock: FakeClock) -> None:
    """Brings Kenya there; the Council member is France."""
    if state is State.READY:
        make_ready(app, db, debate)
    before = (State.PREPARING, State.READY, State.COUNCIL_MEMBER, State.POSTPONED, State.CANCELLED)
    if state not in before:
        clock.set(debate.letter_deadline if state is State.SHUT_OUT else OPENS_AT)
    if state in (State.REGISTERED, State.WITHDRAWN, State.STRUCK):
        take_place(app, db, debate)
    if state is State.WITHDRAWN:
        withdraw(db, clock.now(), actor(), debate, delegation_id=delegation(db).id)
    if state is State.STRUCK:
        clock.set(debate.letter_deadline)
        strike(db, clock.now(), VERA, debate, held_by(db, debate), reason=WHY)
    if state is State.CLOSED:
        set_instant(db, debate, closes_at=OPENS_AT + timedelta(minutes=1))
        clock.advance(minutes=1)
    if state in (State.POSTPONED, State.CANCELLED):
        with writing(db):
            update_debate(db, replace(debate, status=Status(state.value), status_reason=WHY))


COUNCIL = "Council members speak in an order drawn by lot; the Presidency sets that order"
OF_A_DELEGATION = {
    State.COUNCIL_MEMBER: (COUNCIL, COUNCIL),
    State.PREPARING: ("The list opens at 9:30", "The list opens at 9:30"),
    State.READY: ("Ready. At 9:30 press Register.", "The list opens at 9:30"),
    State.OPEN: ("The list is open", "The delegation has not registered yet."),
    State.REGISTERED: ("You are number 1", "Number 1"),
    State.WITHDRAWN: ("Your place was given up at 9:30:00", "The place was given up on"),
    State.STRUCK: (
        "The Presidency took your delegation off the list",
        "The Presidency took the delegation off the list",
    ),
    State.SHUT_OUT: ("You cannot register any more", "The delegation has not registered yet."),
    State.CLOSED: ("The list closed on", "The delegation has no place on it."),
    State.POSTPONED: (f"The debate is postponed {WHY}", f"The debate is postponed {WHY}"),
    State.CANCELLED: (f"The debate is cancelled {WHY}", f"The debate is cancelled {WHY}"),
}
"""On the delegation's page, and on that of those who watch its place; both end with the archive."""


@pytest.mark.parametrize("state", sorted(set(State) - {State.ARCHIVED}))
def test_both_pages_say_where_a_delegation_stands(
    app: Flask, db: Database, debate: Debate, clock: FakeClock, browser: Browser, state: State
) -> None:
    code = "FRA" if state is State.COUNCIL_MEMBER else "KEN"
    share(db, debate, code)
    reach(state, app, db, debate, clock)
    phone = sign_in(app, db, debate, code)
    phone.get(home(debate, code))
    browser.get(f"/shared/{share_token(app, db, debate, code)}")
    own, watched = OF_A_DELEGATION[state]
    assert own in phone.says("#standing")
    assert watched in browser.says("#shared_place")
    assert phone.has(f".hero-{state}")


# Why a place changed


OTHERS = {
    Cause.WITHDRAWAL: ("Brazil withdrew at 9:30:00.", "1 withdrew", "Brazil withdrew"),
    Cause.STRUCK: (
        "the Presidency took Brazil off the list at 9:30:00.", "1 was struck", "vera struck Brazil",
    ),
    Cause.PRECEDENCE: (
        "Brazil registered at 9:30:00 (order by level).",
        "1 of a higher level registered",
        "Brazil registered (level)",
    ),
    Cause.LEVEL: (
        "the level of Brazil changed at 9:30:00 (order by level).",
        "1 other changed its level",
        "level of Brazil changed",
    ),
    Cause.MOVED_BY_STAFF: (
        "the Presidency moved Brazil at 9:30:00.", "the Presidency moved 1 other",
        "vera moved Brazil",
    ),
    Cause.SWAP: (
        "you swapped places with Brazil at 9:30:00.", "swapped by consent", "swapped with Brazil",
    ),
    Cause.LATER: (
        "Brazil asked at 9:30:00 to speak later.", "1 other speaks later", "Brazil speaks later",
    ),
    Cause.REINSTATED: (
        "Brazil got its place back at 9:30:00.", "1 got its place back", "vera reinstated Brazil",
    ),
    Cause.ENTERED: (
        "the Presidency entered Brazil at 9:30:00; request received by e-mail: 9:30:00.",
        "the Presidency entered 1 other",
        "vera entered Brazil",
    ),
}  # fmt: skip
"""By what another delegation did: the delegate's sentence, its summary, the word for staff."""
OWN = {
    Cause.LEVEL: (
        "your speaker’s level changed at 9:30:00 (order by level).", "the level changed",
        "your speaker’s level changed",
    ),
    Cause.POLICY: (
        "the Presidency changed the rule of the order at 9:30:00.", "the rule of the order changed",
        "the rule of the order changed",
    ),
    Cause.MOVED_BY_STAFF: (
        "the Presidency moved you at 9:30:00. Reason: Level of the speaker",
        "moved by the Presidency", "the Presidency moved you",
    ),
    Cause.LATER: (
        "you asked at 9:30:00 to speak later.", "speaks later at its own request",
        "you asked to speak later",
    ),
}  # fmt: skip
"""By what the delegation did or the mission did to it, with the summary for staff and its own; a
policy moves each by itself."""


def moved(db: Database, debate: Debate, cause: Cause, by: str, ground: str = "") -> None:
    """Notes a move of Kenya, without moving it."""
    came = OPENS_AT - timedelta(microseconds=1) if cause is Cause.ENTERED else None
    ground = Channel.EMAIL if cause is Cause.ENTERED else ground
    number, who = held_by(db, debate).id, delegation(db, by).id
    with writing(db):
        insert_moves(db, [Move(number, 1, 2, cause, who, OPENS_AT, VERA, ground, received_at=came)])


@pytest.mark.parametrize(
    ("cause", "by"),
    [*((cause, "BRA") for cause in OTHERS), *((cause, "KEN") for cause in OWN)],
)
def test_every_cause_of_a_move_is_told_to_both(
    placed: Debate, db: Database, kenya: Browser, vera: Browser, cause: Cause, by: str
) -> None:
    moved(db, placed, cause, by, Ground.LEVEL if cause is Cause.MOVED_BY_STAFF else "")
    sentence, summary, *_ = OTHERS[cause] if by == "BRA" else OWN[cause]
    kenya.get(home(placed))
    if cause is Cause.ENTERED:
        sentence = sentence.replace("by e-mail: 9:30:00", "by e-mail: 9:29:59")
    assert kenya.says(".why") == f"You are now number 2 instead of 1: {sentence}"
    own_summary = summary if by == "BRA" else OWN[cause][2]
    assert f"now 2: {own_summary}." in kenya.says("#standing")
    vera.get(f"{console(placed)}/order")
    assert f"arrived 2; {summary}" in vera.says("#order_list")
    vera.get(console(placed))
    own = "vera moved it: Level of the speaker" if cause is Cause.MOVED_BY_STAFF else summary
    for_staff = OTHERS[cause][2] if by == "BRA" else own
    assert f"arrived 2; {for_staff}" in vera.says("#console_list")


def test_no_cause_is_forgotten() -> None:
    assert OTHERS.keys() | OWN.keys() == set(Cause)


@pytest.mark.parametrize("ground", Ground)
def test_every_ready_made_reason_of_a_move_is_told(
    placed: Debate, db: Database, kenya: Browser, vera: Browser, ground: Ground
) -> None:
    moved(db, placed, Cause.MOVED_BY_STAFF, "KEN", ground)
    words = WORDS[Ground][ground]
    kenya.get(home(placed))
    assert kenya.says(".why").endswith(f"Reason: {words}")
    vera.get(console(placed))
    assert f"vera moved it: {words}" in vera.says("#console_list")


@pytest.mark.parametrize(
    ("language", "told"),
    {
        "en": "Brazil withdrew on Wed 19 March, 9:30:00.",
        "fr": "désistement le mer. 19 mars à 9:30:00 (Brésil).",
        "es": "Brasil renunció a su lugar el mié 19 de marzo a las 9:30:00.",
        "ru": "Бразилия: отказ от места ср, 19 марта, в 9:30:00.",
        "zh": "巴西于3月19日周三 9:30:00放弃位次。",
        "ar": "انسحب وفد البرازيل يوم الأربعاء، 19 آذار/\u2060مارس في الساعة 9:30:00.",
    }.items(),
)
def test_on_the_next_day_the_reason_of_a_move_names_its_day(
    app: Flask, db: Database, language: str, told: str
) -> None:
    brazil, kenya = delegation(db, "BRA"), delegation(db, "KEN")
    move = Move(1, 1, 2, Cause.WITHDRAWAL, brazil.id, OPENS_AT, VERA, "")
    with app.app_context(), speaking(language):
        said = moves.tell_last_move(move, brazil, kenya, OPENS_AT + timedelta(days=1))
    assert said.endswith(told)


@pytest.mark.parametrize("channel", ["", *Channel])
def test_every_way_in_which_a_request_came_is_told(app: Flask, db: Database, channel: str) -> None:
    came = OPENS_AT - timedelta(minutes=1)
    brazil, kenya = delegation(db, "BRA"), delegation(db, "KEN")
    move = Move(1, 1, 2, Cause.ENTERED, brazil.id, OPENS_AT, VERA, channel, received_at=came)
    words = WORDS[Channel].get(channel, "")
    with app.app_context(), speaking("en"):
        said = moves.tell_last_move(move, brazil, kenya, OPENS_AT)
        summary = moves.tell_all_moves([MoveCount(Cause.ENTERED, False, 2)])
    lowered = words[:1].lower() + words[1:]
    end = f"request received{' ' + lowered if words else ''}: 9:29:00."
    assert said.endswith(f"the Presidency entered Brazil at 9:30:00; {end}")
    assert summary == "the Presidency entered 2 others"


# Letters


def reasons_on(browser: Browser, where: str) -> list[str]:
    return [tag.get_text(strip=True).rstrip(".") for tag in browser.page.select(f"{where} .reason")]


def test_every_reason_for_which_a_letter_comes_back_is_told(
    placed: Debate, db: Database, opened: FakeClock, kenya: Browser, vera: Browser
) -> None:
    letter = held_by(db, placed).letter
    vera.get(f"{console(placed)}/letters/{letter.id}")
    offered = [tag["value"] for tag in vera.page.select("#points input")]
    assert offered == list(ReturnReason)
    return_letter(
        db, opened.now(), VERA, placed, letter_id=letter.id, reasons=list(ReturnReason), remark=""
    )
    wanted = [words.rstrip(".") for words in WORDS[ReturnReason].values()]
    kenya.get(home(placed))
    assert reasons_on(kenya, "#standing") == wanted
    kenya.get(f"{home(placed)}/letter")
    assert reasons_on(kenya, "main") == wanted
    vera.get(f"{console(placed)}/letters/{letter.id}")
    assert reasons_on(vera, "main") == wanted


@pytest.mark.parametrize("refusal", sorted(set(Refusal) - BEFORE_READING))
def test_every_refusal_by_an_inspection_is_told(
    placed: Debate, db: Database, opened: FakeClock, kenya: Browser, vera: Browser, refusal: Refusal
) -> None:
    letter = held_by(db, placed).letter
    return_unreadable_letter(db, opened.now(), placed, letter_id=letter.id, refusal=refusal)
    kenya.get(home(placed))
    assert reasons_on(kenya, "#standing") == [WORDS[Refusal][refusal].rstrip(".")]
    vera.get(f"{console(placed)}/letters/{letter.id}")
    assert reasons_on(vera, "main") == [WORDS[Refusal][refusal].rstrip(".")]
    vera.get(f"{console(placed)}/journal?kind=letter+returned")
    assert "Why it came back: " in vera.words
    assert f"back: {refusal}." not in vera.words


def test_no_code_is_a_reason_of_both_kinds() -> None:
    assert set(ReturnReason).isdisjoint(Refusal)


def test_every_mark_of_a_file_is_told(placed: Debate, db: Database, vera: Browser) -> None:
    letter = held_by(db, placed).letter
    sql = "update letter_file set marks = :marks where letter_id = :id"
    db.execute(sql, {"marks": json.dumps([*Mark]), "id": letter.id})
    wanted = [WORDS[Mark][mark] for mark in Mark]
    vera.get(f"{console(placed)}/letters/{letter.id}")
    assert [tag.get_text(strip=True) for tag in vera.page.select(".marks li")] == wanted
    vera.follow("ul.files a")
    active = [WORDS[Mark][mark] for mark in Mark if mark.is_active]
    assert [tag.get_text(strip=True) for tag in vera.page.select("main li")] == active


@pytest.mark.parametrize("note", Note)
def test_every_note_stands_in_the_list_of_an_archive(
    placed: Debate, db: Database, note: Note
) -> None:
    held, who = list_with_delegations(db, placed.id)[0]
    outcome = Outcome(note=note)
    if note is Note.MISSING:
        outcome = Outcome(missing=frozenset({held.letter.stored_name}))
    table = manifest_csv([(Filed(1, who, held.letter, "001.pdf"), outcome)])
    [row] = csv.DictReader(io.StringIO(table.removeprefix("\ufeff"), newline=""))
    said = {
        Note.MISSING: "missing on the server",
        Note.NOT_MADE: "no PDF could be made of it",
        Note.CHANGED: "not as it was received",
    }
    assert row["note"] == said[note]


# Swaps


OF_STAFF = f"Brazil · not approved by the Presidency: {WHY}"
OF_A_SWAP = {
    SwapState.ASKED: ("You asked Brazil, number 1.", "No answer yet."),
    SwapState.ACCEPTED: (
        "The other delegation agrees. The Presidency decides.",
        "Brazil agreed on Wed 19 March, 9:30 New York.",
    ),
    SwapState.DONE: ("Brazil · swapped", "No swap is open."),
    SwapState.DECLINED: ("Brazil · declined your request", "No swap is open."),
    SwapState.REFUSED: (OF_STAFF, "No swap is open."),
    SwapState.TAKEN_BACK: ("Brazil · you cancelled your request", "No swap is open."),
}
"""On the page of who asked, and on that of staff."""


@pytest.mark.parametrize("state", SwapState)
def test_every_state_of_a_swap_is_told_to_both(
    placed: Debate, db: Database, kenya: Browser, vera: Browser, state: SwapState
) -> None:
    ask_swap(
        db,
        OPENS_AT,
        actor(),
        placed,
        delegation_id=delegation(db).id,
        asked_id=held_by(db, placed, "BRA").id,
    )
    [swap] = list_swaps(db, placed.id)
    answered = None if state is SwapState.ASKED else OPENS_AT
    with writing(db):
        update_swap(db, replace(swap, state=state, answered_at=answered, reason=WHY))
    own, staffs = OF_A_SWAP[state]
    kenya.get(f"{home(placed)}/swaps")
    assert own in kenya.words
    vera.get(f"{console(placed)}/swaps")
    assert staffs in vera.words


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (SwapState.DECLINED, "Kenya · you declined"),
        (SwapState.TAKEN_BACK, "Kenya · cancelled its request"),
    ],
)
def test_who_was_asked_reads_who_ended_a_swap(
    placed: Debate, db: Database, brazil: Browser, state: SwapState, said: str
) -> None:
    sides = {"delegation_id": delegation(db).id, "asked_id": held_by(db, placed, "BRA").id}
    ask_swap(db, OPENS_AT, actor(), placed, **sides)
    [swap] = list_swaps(db, placed.id)
    with writing(db):
        update_swap(db, replace(swap, state=state, answered_at=OPENS_AT))
    brazil.get(f"{home(placed, 'BRA')}/swaps")
    assert said in brazil.words


# Decisions that were not carried out


NOT_DONE = {
    ChangeKind.GIVE_UP: "Your place was not given up.",
    ChangeKind.LATER: "You were not moved back.",
    ChangeKind.SWAP: "The places were not swapped.",
}
BECAUSE = {
    DropReason.OWN_PLACE: "Your number changed meanwhile. Check, then decide again.",
    DropReason.LIST: "The list changed meanwhile. Check, then decide again.",
    DropReason.CLOSED: (
        "The list closed meanwhile: you could not register again. Check, then decide again."
    ),
    DropReason.OVER: "The debate was cancelled or archived meanwhile.",
}


@pytest.mark.parametrize("kind", ChangeKind)
def test_every_reason_for_which_a_decision_was_dropped_is_told(
    placed: Debate, db: Database, kenya: Browser, kind: ChangeKind
) -> None:
    asking, asked = held_by(db, placed, "KEN"), held_by(db, placed, "BRA")
    who = {"delegation_id": delegation(db).id, "asked_id": asked.id}
    swap = ask_swap(db, OPENS_AT, actor(), placed, **who) if kind is ChangeKind.SWAP else None
    for reason, words in BECAUSE.items():
        change = DelayedChange(
            id=0,
            debate_id=placed.id,
            registration_id=asking.id,
            kind=kind,
            place_seen=asking.place,
            decided_at=OPENS_AT - GRACE,
            due_at=OPENS_AT,
            actor=actor(),
            place=None if kind is ChangeKind.GIVE_UP else asked.place,
            swap_id=swap and swap.id,
        )
        with writing(db):
            change = replace(change, id=insert_change(db, change))
            settled = {"state": ChangeState.DROPPED, "settled_at": OPENS_AT, "drop_reason": reason}
            update_settled(db, replace(change, **settled))
        kenya.get(home(placed))
        assert f"{NOT_DONE[kind]} {words}" in kenya.says("#standing")


# What is offered in fields


def offered(browser: Browser, name: str) -> dict[str, str]:
    options = browser.page.select(f"select[name={name}] option")
    return {str(tag["value"]): tag.get_text() for tag in options if tag["value"]}


def test_every_field_offers_every_value_by_its_name(
    placed: Debate, db: Database, kenya: Browser, vera: Browser, anna: Browser
) -> None:
    moving = f"{console(placed)}/registrations/{held_by(db, placed).id}/move"
    fields: list[tuple[Browser, str, dict[str, type]]] = [
        (kenya, f"{home(placed)}/speaker", {"level": Level, "language": StatementLanguage}),
        (
            vera,
            f"{console(placed)}/on-behalf/delegations/JPN",
            {"level": Level, "language": StatementLanguage, "channel": Channel},
        ),
        (vera, moving, {"ground": Ground}),
        (anna, f"/staff/delegations/{delegation(db).id}", {"basis": Basis}),
        (
            anna,
            f"{console(placed)}/settings/edit",
            {"visibility": Visibility},
        ),
        (anna, f"{console(placed)}/levels", {"order_policy": OrderPolicy}),
        (anna, "/staff/people", {"role": Role}),
    ]
    for browser, path, names in fields:
        browser.get(path)
        for name, values in names.items():
            chosen = {value: word for value, word in WORDS[values].items() if value != Ground.LIST}
            assert offered(browser, name) == chosen, (path, name)


def test_the_table_of_levels_has_every_level(placed: Debate, anna: Browser) -> None:
    anna.get(f"{console(placed)}/levels")
    named = {
        str(tag["for"]): next(tag.stripped_strings)
        for tag in anna.page.select("#levels label[for^=tier_]")
    }
    assert named == {f"tier_{level}": words for level, words in WORDS[Level].items()}


# What a delegation's phones did


def test_every_change_by_a_phone_is_told(placed: Debate, db: Database, kenya: Browser) -> None:
    said = {
        "signed in": "Signed in",
        "phone signed out": "Another phone signed out",
        "signed out": "Signed out",
        "speaker saved": "Speaker changed",
        "letter received": "Letter changed",
        "registered": "Registered",
        "withdrawal decided": "Decided to give up the place",
        "withdrawn": "Place given up",
        "later decided": "Decided to speak later",
        "speaks later": "Moved back to speak later",
        "change taken back": "Decision taken back",
        "change dropped": "Decision not carried out",
        "swap asked": "Swap asked",
        "swap accepted": "Swap agreed",
        "swap consent taken back": "Consent to a swap taken back",
        "swap taken back": "Request to swap cancelled",
        "swap declined": "Swap declined",
        "swap refused": "Swap not approved",
        "swap done": "Places swapped",
        "entered by the mission": "Entered on the list",
        "place moved": "Moved to another place",
        "place struck": "Taken off the list",
        "place reinstated": "Put back on the list",
        "letter deadline extended": "Time for the letter: until Fri 21 March, 18:00 New York",
        "shared link made": "Link to watch the place made",
        "shared link ended": "Link to watch the place ended",
    }
    assert said.keys() == CHANGE_LABELS.keys()
    facts = {"place": 1, "place_before": 1, "arrival_number": 1, "version": 1, "files": []}
    facts |= {"asking": delegation(db).id, "asked": delegation(db, "BRA").id}
    facts |= {"received_at": 0, "channel": ""}
    facts |= {"change": "later", "reason": "list", "until": "2025-03-21T22:00:00.000+00:00"}
    for start in range(0, len(said), SHOWN):
        kinds = list(said)[start : start + SHOWN]
        with writing(db):
            for kind in kinds:
                record(db, OPENS_AT, actor(), Event(kind, placed.id, delegation(db).id, facts))
        kenya.get(f"{home(placed)}/phones")
        tags = kenya.page.select("#changes_title + ul strong")
        shown = [tag.get_text(strip=True) for tag in tags]
        assert shown[: len(kinds)] == [said[kind] for kind in reversed(kinds)]
