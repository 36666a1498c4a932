"""A rehearsal with delegations that register by themselves, as the console offers it."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from rostrum.actions.delegations.invitations import revoke_invitation
from rostrum.actions.registrations.pretending import PretendWatch, Shelf
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.debates.debate import Debate
from rostrum.store.council import list_council_members
from rostrum.store.database import Database
from rostrum.store.debates import get_debate
from rostrum.store.delegations import list_delegations
from rostrum.store.invitations import list_invitations
from rostrum.store.pretending import list_states
from tests.factories import FakeClock, make_invitations
from tests.web.client import Browser
from tests.web.factories import console, parts_of, snapshot, take_place


def test_delegations_that_pretend_are_asked_for_and_marked(
    app: Flask, db: Database, debate: Debate, clock: FakeClock, anna: Browser, vera: Browser
) -> None:
    make_invitations(db, debate)
    anna.get(f"{console(debate)}/settings")
    anna.submit("form[action$=rehearsals]", {"minutes": "10", "pretend": "12"})
    assert "Registered by themselves: 0; still to come: 12." in anna.words
    anna.submit("form[action$=pretend]", {"pretend": "40"})
    assert "40 delegations will register by themselves." in anna.words
    assert "still to come: 52." in anna.words
    copy = get_debate(db, f"{debate.slug}-rehearsal-1")
    parts = parts_of(app)
    shelf = Shelf(parts.files, parts.files.store, lambda _: None)
    clock.set(copy.opens_at + timedelta(seconds=1))
    count = PretendWatch(parts.connections, clock.now, parts.desk, shelf).look()
    anna.get(f"{console(copy)}/settings")
    assert f"Registered by themselves: {count}; still to come: {52 - count}." in anna.words
    take_place(app, db, copy, _code_left(db, copy))
    vera.get(console(copy))
    assert len(vera.page.select("tbody tr")) == count + 1
    assert len(vera.page.select("tbody .badge")) == count
    vera.follow("tbody tr:has(.badge) th a")
    assert vera.says("#place_title") == "Place Pretend"
    assert (
        "Delegations that register by themselves: 40." in anna.get(f"{console(copy)}/journal").text
    )


def _code_left(db: Database, debate: Debate) -> str:
    """A delegation that may register and does not pretend."""
    members = {each.code for each in list_council_members(db, debate.id)}
    pretend = list_states(db, debate.id)
    free = [each for each in list_delegations(db) if each.id not in pretend]
    return next(each.code for each in free if each.code not in members)


def test_a_rehearsal_with_nobody_to_pretend_is_not_made(
    db: Database, debate: Debate, clock: FakeClock, anna: Browser
) -> None:
    for each in list_invitations(db, debate.id):
        revoke_invitation(db, clock.now(), COMMAND_LINE, each)
    anna.get(f"{console(debate)}/settings")
    before = snapshot(db)
    anna.submit("form[action$=rehearsals]", {"minutes": "10", "pretend": "12"}, status=422)
    assert "No delegation is left that nobody practises with." in anna.words
    assert snapshot(db) == before
