"""Whatever people do, in whatever order: one list, and everybody is shown the same.

Hypothesis makes up sequences of what delegations, staff and the clock can do to the real
application. Beside it stands a list of codes that knows the rules in a few lines: the database
must agree with it after each step, and what everybody is shown at each look and at the end.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from rostrum.actions.delegations.invitations import revoke_invitation
from rostrum.actions.journal import verify_journal
from rostrum.actions.letters.decisions import accept_letter, return_letter
from rostrum.actions.letters.receiving import receive_letter
from rostrum.actions.order.places import move_place
from rostrum.actions.registrations.speakers import save_speaker
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.config import Config
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.letters.files import MAX_VERSIONS
from rostrum.domain.order.stretches import written_order
from rostrum.domain.registrations.roll import View
from rostrum.domain.staff.accounts import Role
from rostrum.domain.times import MICROSECOND
from rostrum.store.database import Database, all_rows
from rostrum.store.invitations import find_invitation_of
from rostrum.store.journal import list_entries
from rostrum.store.letters import list_versions
from rostrum.store.places import list_places
from rostrum.store.registrations import list_registrations
from rostrum.web.console.registrations.list import console_page
from rostrum.web.delegates.list import list_page
from rostrum.web.delegates.page import delegation_page
from rostrum.web.live.blocks import render_topics
from tests.factories import (
    BEFORE,
    OPENS_AT,
    FakeClock,
    actor,
    make_file,
    make_speaker,
    prepare,
)
from tests.web.client import Browser
from tests.web.factories import console, home, set_instant
from tests.web.instance_copies import Copy, Original, make_original
from tests.web.shown_order import Order, console_in, list_in, standing_in, table_in

CODES = ("BRA", "JPN", "KEN", "PSE")
VERA = Actor("staff", "vera")
CLOSES_AT = OPENS_AT + timedelta(days=2)
DEADLINE = CLOSES_AT + timedelta(hours=8)
STEP = timedelta(milliseconds=1)
"""What each act takes: stamps never run ahead of the clock."""
LOOK_EVERY = 10
"""Steps. A look takes longer than all of them."""

codes = st.sampled_from(CODES)
picks = st.integers(0, len(CODES) - 1)
SETTINGS = settings(
    max_examples=12,
    stateful_step_count=40,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.fixture
def original(app: Flask, config: Config, db: Database, debate: Debate, vera: Browser) -> Original:
    """Four delegations that need only press; the list closes, and then letters are due."""
    set_instant(db, debate, closes_at=CLOSES_AT, letter_deadline=DEADLINE)
    prepare(db, debate, *CODES)
    return make_original(app, config, db, debate, CODES, vera)


class SpeakersList(RuleBasedStateMachine):
    """The application, and what must be true of it."""

    def __init__(self, original: Original) -> None:
        super().__init__()
        self.clock = FakeClock(BEFORE)
        self.copy = Copy(original, self.clock)
        self.db, self.debate, self.who = self.copy.db, self.copy.debate, self.copy.who
        self.codes = {each.id: code for code, each in self.who.items()}
        self.order: list[str] = []
        self.numbers: dict[str, int] = {}
        self.begun_at: dict[str, int] = {}
        self.attempts = dict.fromkeys(CODES, 0)
        self.letters = dict.fromkeys(CODES, "pending")
        self.corrections = self.steps = 0
        self.revoked: set[str] = set()
        self.page: tuple[str, list[str]] = ("", ["nothing was seen yet"])

    def teardown(self) -> None:
        try:
            self.everybody_looks("BRA")
            kinds = [entry.kind for entry, _ in list_entries(self.db)]
            assert kinds.count("registered") == sum(self.attempts.values())
            assert verify_journal(self.db) is None
        finally:
            self.copy.close()

    # --- The clock ------------------------------------------------------------------------

    @initialize(arrivals=st.permutations(CODES), count=st.sampled_from([0, 2, 3, 4]))
    def begin(self, arrivals: list[str], count: int) -> None:
        """Before the opening, or with some on the list: an empty one has little to tell."""
        self.clock.set(OPENS_AT if count else BEFORE)
        for code in arrivals[:count]:
            self.press(code)

    @rule(hours=st.sampled_from([0.001, 1, 20]))
    def time_passes(self, hours: float) -> None:
        self.clock.advance(hours=hours)

    @rule(pick=picks)
    def act_around_the_next_boundary(self, pick: int) -> None:
        """In the last microsecond before the opening, closing or deadline, and in the first."""
        for boundary in (OPENS_AT, CLOSES_AT, DEADLINE):
            if self.clock.now() < boundary - 2 * STEP:
                for instant in (boundary - MICROSECOND, boundary):
                    self.clock.set(instant - STEP)
                    self.somebody_new_presses(pick)
                    self.clock.set(instant - STEP)
                    self.send_another_letter(CODES[pick])
                break

    def now(self) -> datetime:
        """The instant of an act."""
        self.clock.set(self.clock.now() + STEP)
        return self.clock.now()

    # --- Delegations ----------------------------------------------------------------------

    @rule(code=codes)
    def press(self, code: str) -> None:
        """On a page as it is now, or on a colleague's that has not heard of the place."""
        self._press(code, self.attempts[code] + (code not in self.order))

    @rule(pick=picks)
    def somebody_new_presses(self, pick: int) -> None:
        if absent := [code for code in CODES if code not in self.order]:
            self.press(absent[pick % len(absent)])

    @rule(code=codes)
    def an_old_press_arrives_late(self, code: str) -> None:
        if self.attempts[code]:
            self._press(code, self.attempts[code])

    def _press(self, code: str, attempt: int) -> None:
        now = self.now()
        status = self.copy.press(code, attempt)
        if code in self.revoked:
            assert status == 404
        elif code in self.order:
            assert status == 303
        elif attempt <= self.attempts[code]:
            assert status == 409
        elif not OPENS_AT <= now < CLOSES_AT:
            assert status == 422
        else:
            assert status == 303
            self.order.append(code)
            self.begun_at[code] = len(self.order)
            self.attempts[code] += 1
            self.numbers[code] = sum(self.attempts.values())

    @rule(pick=picks)
    def withdraw(self, pick: int) -> None:
        if self.order:
            code = self.order[pick % len(self.order)]
            withdraw(self.db, self.now(), actor(code), self.debate, delegation_id=self.who[code].id)
            self.order.remove(code)

    @rule(code=codes)
    def give_up_what_is_not_held(self, code: str) -> None:
        if code not in self.order:
            with pytest.raises(Conflict):
                withdraw(
                    self.db, self.now(), actor(code), self.debate, delegation_id=self.who[code].id
                )

    @rule(code=codes)
    def send_another_letter(self, code: str) -> None:
        now, who = self.now(), self.who[code].id
        sent = len(list_versions(self.db, self.debate.id, self.who[code].id))
        if now < DEADLINE and sent < MAX_VERSIONS:
            receive_letter(
                self.db, now, actor(code), self.debate, delegation_id=who, files=(make_file(),)
            )
            self.letters[code] = "pending"
        else:
            with pytest.raises(RuleBroken):
                receive_letter(
                    self.db, now, actor(code), self.debate, delegation_id=who, files=(make_file(),)
                )

    @rule(code=codes, is_overtaken=st.booleans())
    def correct_the_speaker(self, code: str, is_overtaken: bool) -> None:
        details = self.copy.details(code)
        self.corrections += 1
        speaker = make_speaker(name=f"Speaker {self.corrections}")
        version = details.version - is_overtaken
        saved = {"delegation_id": self.who[code].id, "speaker": speaker, "version": version}
        if is_overtaken:
            with pytest.raises(Conflict):
                save_speaker(self.db, self.now(), actor(code), self.debate, **saved)
            return
        save_speaker(self.db, self.now(), actor(code), self.debate, **saved)
        if code in self.order and self.letters[code] == "accepted":
            self.letters[code] = "pending"

    # --- Staff ----------------------------------------------------------------------------

    @rule(code=codes, is_fine=st.booleans())
    def decide_about_a_letter(self, code: str, is_fine: bool) -> None:
        details = self.copy.details(code)
        decide = accept_letter if is_fine else return_letter
        decision = {"letter_id": details.letter.id}
        if not is_fine:
            decision["reasons"] = ["not_signed"]
        if code in self.order and self.letters[code] == "pending":
            decide(self.db, self.now(), VERA, self.debate, **decision)
            self.letters[code] = "accepted" if is_fine else "returned"
        else:
            with pytest.raises(Conflict):
                decide(self.db, self.now(), VERA, self.debate, **decision)

    @rule()
    def open_the_page_of_a_move(self) -> None:
        version = written_order(list_places(self.db, self.debate.id))
        self.page = (version, [f"{code} {self.attempts[code]}" for code in self.order])

    @rule(pick=picks, place=picks)
    def move_somebody(self, pick: int, place: int) -> None:
        if self.order:
            code = self.order[pick % len(self.order)]
            self.move(code, place % len(self.order) + 1, has_looked=True)

    @rule(code=codes, place=st.integers(0, len(CODES) + 1), has_looked=st.booleans())
    def move(self, code: str, place: int, has_looked: bool) -> None:
        """From the page as it is now, or from one opened earlier."""
        if not self.attempts[code]:
            return
        if has_looked:
            self.open_the_page_of_a_move()
        seen, shown = self.page
        wanted = {
            "registration_id": self.copy.registration_id(code),
            "place": place,
            "reason": "The minister leaves.",
            "seen_order": seen,
        }
        if code not in self.order:
            with pytest.raises(Conflict):
                move_place(self.db, self.now(), VERA, self.debate, **wanted)
        elif place in (0, self.order.index(code) + 1) or place > len(self.order):
            with pytest.raises(RuleBroken):
                move_place(self.db, self.now(), VERA, self.debate, **wanted)
        elif not self._was_seen(shown, *sorted((place, self.order.index(code) + 1))):
            with pytest.raises(Conflict):
                move_place(self.db, self.now(), VERA, self.debate, **wanted)
        else:
            move_place(self.db, self.now(), VERA, self.debate, **wanted)
            self.order.remove(code)
            self.order.insert(place - 1, code)

    def _was_seen(self, shown: list[str], first: int, last: int) -> bool:
        """Whether the page showed these places as they are now."""
        present = [f"{each} {self.attempts[each]}" for each in self.order]
        return shown[first - 1 : last] == present[first - 1 : last]

    @rule()
    def revoke_an_invitation(self, code: str = "PSE") -> None:
        """The place is held; the phone sees nothing any more."""
        invitation = find_invitation_of(self.db, self.debate.id, self.who[code].id)
        revoke_invitation(self.db, self.now(), VERA, invitation)
        self.revoked.add(code)

    # --- What must be true ----------------------------------------------------------------

    @invariant()
    def the_database_agrees(self) -> None:
        listed = list_registrations(self.db, self.debate.id)
        active = [each for each in listed if each.is_active]
        assert [each.place for each in active] == list(range(1, len(active) + 1))
        assert [self.codes[each.delegation_id] for each in active] == self.order
        assert [each.arrival_number for each in active] == [self.numbers[c] for c in self.order]
        assert [each.letter.state for each in active] == [self.letters[c] for c in self.order]
        given = sum(self.attempts.values())
        assert {each.arrival_number for each in listed} == set(range(1, given + 1))

    @invariant()
    def every_place_is_explained(self) -> None:
        """Moves lead from the place at the press to the present one without a gap."""
        moves = all_rows(self.db, "select * from move order by id")
        for place, code in enumerate(self.order, start=1):
            reached, who = self.begun_at[code], self.copy.registration_id(code)
            for move in (each for each in moves if each["registration_id"] == who):
                assert move["place_before"] == reached
                reached = move["place_after"]
            assert reached == place

    @invariant()
    def now_and_then_everybody_looks(self) -> None:
        self.steps += 1
        if self.steps % LOOK_EVERY == 0:
            self.everybody_looks(CODES[self.steps // LOOK_EVERY % len(CODES)])

    def everybody_looks(self, reader: str) -> None:
        """Each at the own page, one delegation at the list, staff at theirs."""
        named = [(place, self.who[code].name()) for place, code in enumerate(self.order, start=1)]
        read, staffs = self.copy.read, console(self.debate)
        for code in CODES:
            page = read(code, home(self.debate, code))
            assert (page is None) == (code in self.revoked)
            assert page is None or standing_in(page) == self._standing(code)
        theirs = f"{home(self.debate, reader)}/list"
        the_list, table = read(reader, theirs), read(reader, f"{theirs}/list.csv")
        assert (the_list is None) == (table is None) == (reader in self.revoked)
        assert the_list is None or list_in(the_list) == table_in(table) == named
        assert console_in(read("vera", staffs)) == named
        assert table_in(read("vera", f"{staffs}/list.csv")) == named
        self._listen(named)

    def _listen(self, named: Order) -> None:
        """What the streams say at this moment."""
        about = self.debate.id
        pages = {code: (delegation_page, about, self.who[code].id, "en") for code in CODES}
        delegates = (list_page, about, self.who["BRA"].id, "en")
        staffs = (console_page, about, View(), Role.VERIFIER, "en")
        told = render_topics(self.copy.app, [*pages.values(), delegates, staffs])
        for code, topic in pages.items():
            assert standing_in(told[topic]) == self._standing(code)
        assert list_in(told[delegates]) == console_in(told[staffs]) == named

    def _standing(self, code: str) -> tuple[int, int] | None:
        """Place and length of the list."""
        if code not in self.order:
            return None
        return self.order.index(code) + 1, len(self.order)


# A failure is made as short as can be, for five minutes at most.
@pytest.mark.timeout(600)
def test_everybody_is_shown_one_list_whatever_happens(original: Original) -> None:
    run_state_machine_as_test(lambda: SpeakersList(original), settings=SETTINGS)
