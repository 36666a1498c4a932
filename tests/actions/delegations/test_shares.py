"""Links to watch a place: made, opened, ended in every way, deleted with what is kept of people."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from rostrum.actions.delegations.invitations import renew_invitation, revoke_invitation
from rostrum.actions.delegations.shares import end_share, get_share_by_token, make_share
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.actions.retention import Disk, delete_debate, purge_due
from rostrum.config import Config
from rostrum.domain.access.tokens import token
from rostrum.domain.actors import COMMAND_LINE, Actor
from rostrum.domain.debates.debate import Debate, Status
from rostrum.domain.delegations.invitations import Invitation
from rostrum.domain.delegations.shares import MOST, PURPOSE
from rostrum.domain.errors import Conflict, NotFound, RuleBroken
from rostrum.domain.retention.purge import kept_until
from rostrum.letters.files import LetterFiles
from rostrum.store.database import Database, writing
from rostrum.store.debates import get_debate_by_id, update_debate
from rostrum.store.invitations import find_invitation
from rostrum.store.journal import list_entries
from rostrum.store.shares import list_shares
from tests.factories import (
    BEFORE,
    OPENS_AT,
    actor,
    contents,
    delegation,
    make_invitations,
    prepare,
    register,
)

KEY = bytes(range(32))
PHONE = Actor("delegation", "KEN", "Safari/iPhone")
LATER = OPENS_AT + timedelta(hours=1)


@pytest.fixture
def invited(db: Database, debate: Debate) -> Invitation:
    return make_invitations(db, debate, "KEN", "BRA")["KEN"]


def made(db: Database, debate: Debate, invitation: Invitation) -> str:
    """A new link's token."""
    make_share(db, BEFORE, PHONE, debate, invitation)
    return token(KEY, PURPOSE, list_shares(db, invitation)[0].id)


def opens(db: Database, text: str) -> bool:
    try:
        get_share_by_token(db, KEY, text)
    except NotFound:
        return False
    return True


def last_entry(db: Database) -> tuple[str, str, dict]:
    entry, _ = list_entries(db)[-1]
    return entry.kind, entry.actor, entry.facts


def test_a_link_is_made_and_leads_to_its_delegation(
    db: Database, debate: Debate, invited: Invitation
) -> None:
    link = made(db, debate, invited)
    share, invitation = get_share_by_token(db, KEY, link)
    assert (share.made_at, share.browser, invitation.id) == (BEFORE, "Safari/iPhone", invited.id)
    facts = {"share": share.id, "browser": "Safari/iPhone"}
    assert last_entry(db) == ("shared link made", "delegation:KEN", facts)
    assert list_entries(db)[-1][0].delegation_id == invited.delegation_id


def test_nothing_that_is_kept_opens_the_place(
    db: Database, debate: Debate, invited: Invitation
) -> None:
    link = made(db, debate, invited)
    assert link.partition("-")[2] not in repr(contents(db))


def test_the_eleventh_link_and_one_of_an_archived_debate_are_refused(
    db: Database, debate: Debate, invited: Invitation
) -> None:
    for _ in range(MOST):
        make_share(db, BEFORE, PHONE, debate, invited)
    archived, before = replace(debate, status=Status.ARCHIVED), contents(db)
    for where in (debate, archived):
        with pytest.raises((Conflict, RuleBroken)):
            make_share(db, BEFORE, PHONE, where, invited)
    assert contents(db) == before
    end_share(db, LATER, PHONE, invited, list_shares(db, invited)[0].id)
    make_share(db, LATER, PHONE, debate, invited)


@pytest.mark.parametrize("who", [PHONE, Actor("staff", "anna")], ids=str)
def test_an_ended_link_opens_nothing_and_ends_once(
    db: Database, debate: Debate, invited: Invitation, who: Actor
) -> None:
    other, link = made(db, debate, invited), made(db, debate, invited)
    ended = list_shares(db, invited)[0].id
    end_share(db, LATER, who, invited, ended)
    assert [opens(db, each) for each in (other, link)] == [True, False]
    kind, by, facts = last_entry(db)
    assert (kind, by, facts["share"]) == ("shared link ended", str(who), ended)
    before = contents(db)
    with pytest.raises(NotFound):
        end_share(db, LATER, who, invited, ended)
    assert contents(db) == before


def test_nobody_ends_the_link_of_another_delegation(
    db: Database, debate: Debate, invited: Invitation
) -> None:
    link = made(db, debate, invited)
    brazil, before = make_invitations(db, debate, "BRA")["BRA"], contents(db)
    with pytest.raises(NotFound):
        end_share(db, LATER, actor("BRA"), brazil, list_shares(db, invited)[0].id)
    assert contents(db) == before
    assert opens(db, link)


@pytest.mark.parametrize("how", ["renewed", "revoked", "revoked and renewed"])
def test_it_ends_with_the_invitation_and_stays_ended(
    db: Database, debate: Debate, invited: Invitation, how: str
) -> None:
    link = made(db, debate, invited)
    if "revoked" in how:
        revoke_invitation(db, LATER, COMMAND_LINE, invited)
    if "renewed" in how:
        renew_invitation(
            db, LATER, COMMAND_LINE, debate, invitation_id=invited.id, seen=invited.generation
        )
    assert not opens(db, link)
    now = find_invitation(db, invited.id)
    assert list_shares(db, now) == []
    if "renewed" in how:
        assert opens(db, made(db, debate, now))


def test_it_outlives_the_place_that_it_shows(
    db: Database, debate: Debate, invited: Invitation
) -> None:
    link = made(db, debate, invited)
    prepare(db, debate, "KEN")
    register(db, debate)
    withdraw(db, LATER, actor(), debate, delegation_id=delegation(db).id)
    assert opens(db, link)


@pytest.mark.parametrize("how", ["retention", "deletion"])
def test_it_is_deleted_with_what_is_kept_of_people(
    db: Database, debate: Debate, invited: Invitation, config: Config, how: str
) -> None:
    link, disk = made(db, debate, invited), Disk(LetterFiles(config.letters), config.database)
    with writing(db):
        update_debate(db, replace(debate, retention_days=3))
    kept = get_debate_by_id(db, debate.id)
    if how == "retention":
        [(_, gone)] = purge_due(db, kept_until(kept), COMMAND_LINE, disk, dry_run=False)
        assert gone.remains.texts["shares"] == 1
    else:
        delete_debate(db, kept_until(kept), COMMAND_LINE, kept, disk=disk, typed=kept.slug)
    assert not opens(db, link)
    assert contents(db)["share"] == []
