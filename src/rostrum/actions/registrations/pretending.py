"""Delegations that register by themselves in a rehearsal, through the acts of real ones: the
speaker is saved, a letter received, the button pressed."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.actions.letters.receiving import receive_letter
from rostrum.actions.registrations.desk import Desk
from rostrum.actions.registrations.registering import Press
from rostrum.actions.registrations.speakers import save_speaker
from rostrum.actions.watching import Watch
from rostrum.domain.actors import ROSTRUM, Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.errors import Busy, DomainError
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.letters.letter import Letter, LetterFile
from rostrum.domain.letters.pretend import Written, pretend_letter
from rostrum.domain.registrations.pretending import (
    PretendPress,
    PretendState,
    check_may_pretend,
    is_left_alone,
    plan_presses,
    pretend_speaker,
)
from rostrum.domain.times import new_york_day
from rostrum.letters.files import LetterFiles, StoredFile
from rostrum.letters.pdf import write_letter
from rostrum.store import debates, delegations, drafts, invitations, pretending, registrations
from rostrum.store.database import Connections, writing
from rostrum.store.roll import list_roll


def let_pretend(db: Database, now: datetime, actor: Actor, debate: Debate, count: int) -> int:
    """Has so many delegations register by themselves at the opening; returns how many there were.

    Only such take part that nobody practises with. Raises Conflict in any debate but a rehearsal,
    and RuleBroken for another count than is offered, or if nobody is free.
    """
    with writing(db):
        found = debates.get_debate_by_id(db, debate.id)
        check_may_pretend(found, now)
        taken = pretending.list_states(db, found.id).keys()
        prepared = {each.delegation_id for each in drafts.list_drafts(db, found.id)}
        free = [
            each.delegation
            for each in list_roll(db, found, now)
            if each.held is None and each.is_unopened and each.delegation.id not in taken | prepared
        ]
        planned = plan_presses(found, free, count, now)
        pretending.insert_presses(db, planned)
        facts = {"count": len(planned)}
        record(db, now, actor, Event(EntryKind.PRETENDING_ASKED, debate_id=found.id, facts=facts))
        return len(planned)


@dataclass(frozen=True)
class Shelf:
    """The folder of letters, how a file is put into it without stopping every request, and how a
    letter is read."""

    files: LetterFiles
    store: Callable[[BinaryIO], StoredFile]
    read: Callable[[Letter], object]


class PretendWatch(Watch):
    """Presses for delegations that pretend, each at its time. What a stop interrupted is taken up
    where it was."""

    name = "pretend"

    def __init__(
        self, connections: Connections, now: Callable[[], datetime], desk: Desk, shelf: Shelf
    ) -> None:
        self._connections = connections
        self._now = now
        self._desk = desk
        self._shelf = shelf
        self._version: int | None = None
        self._next: pretending.Due | None = None

    def look(self) -> int:
        """Does the presses that are due; returns how many."""
        count = 0
        while press := self._find_due():
            self._perform(press)
            count += 1
        return count

    def _find_due(self) -> PretendPress | None:
        """The next press, if it is due. Reads only after somebody committed."""
        version = self._connections.version()
        if version != self._version:
            with self._connections.borrowed() as db:
                self._next = pretending.find_next_press(db)
            self._version = version
        is_due = self._next is not None and self._next.at <= self._now()
        return self._next.press if is_due else None

    def _perform(self, press: PretendPress) -> None:
        """A press as a delegate's, unless somebody practises with the delegation by now."""
        with self._connections.borrowed() as db:
            state = self._begin(db, press)
        if state is PretendState.BEGUN:
            state = self._register(press)
        with self._connections.borrowed() as db, writing(db):
            pretending.update_state(db, press, state)

    def _begin(self, db: Database, press: PretendPress) -> PretendState:
        """BEGUN if the press may follow. Of one that a stop interrupted, the draft is its own."""
        debate_id, delegation_id = press.debate_id, press.delegation_id
        is_ours = press.state is PretendState.BEGUN
        with writing(db):
            if registrations.find_active_registration(db, debate_id, delegation_id):
                return PretendState.REGISTERED if is_ours else PretendState.DROPPED
            if not (is_ours or self._is_left_alone(db, press)):
                return PretendState.DROPPED
            pretending.update_state(db, press, PretendState.BEGUN)
        return PretendState.BEGUN

    def _is_left_alone(self, db: Database, press: PretendPress) -> bool:
        debate_id, delegation_id = press.debate_id, press.delegation_id
        invitation = invitations.find_invitation_of(db, debate_id, delegation_id)
        openings = invitations.list_openings(db, debate_id, self._now())
        opening = openings.get(invitation.id) if invitation else None
        return is_left_alone(invitation, opening, drafts.get_draft(db, debate_id, delegation_id))

    def _register(self, press: PretendPress) -> PretendState:
        try:
            with self._connections.borrowed() as db:
                self._prepare(db, press)
            made = Press(press.debate_id, press.delegation_id, "", ROSTRUM)
            self._desk.register(made)
        except Busy:
            raise
        except DomainError:
            return PretendState.DROPPED
        return PretendState.REGISTERED

    def _prepare(self, db: Database, press: PretendPress) -> None:
        """The speaker and the letter of the draft, as far as they are missing."""
        debate = debates.get_debate_by_id(db, press.debate_id)
        check_may_pretend(debate, self._now())
        delegation = delegations.get_delegation_by_id(db, press.delegation_id)
        draft = drafts.get_draft(db, debate.id, delegation.id)
        save_speaker(
            db,
            self._now(),
            ROSTRUM,
            debate,
            delegation_id=delegation.id,
            speaker=pretend_speaker(debate, delegation),
            version=draft.version,
        )
        if draft.letter is None:
            self._send_letter(db, debate, delegation, press.lacks)

    def _send_letter(
        self, db: Database, debate: Debate, delegation: Delegation, lacks: str
    ) -> None:
        now = self._now()
        written = _letter_of(db, debate, delegation, lacks=lacks, now=now)
        stored = self._shelf.store(io.BytesIO(written))
        file = LetterFile(
            stored.stored_name,
            f"letter-{delegation.code}.pdf",
            stored.kind,
            stored.size,
            stored.sha256,
        )
        try:
            letter = receive_letter(
                db,
                now,
                ROSTRUM,
                debate,
                delegation_id=delegation.id,
                files=(file,),
                discard=self._shelf.files.discard,
            )
        except DomainError:
            self._shelf.files.discard(stored.stored_name)
            raise
        self._shelf.read(letter)


def _letter_of(
    db: Database, debate: Debate, delegation: Delegation, *, lacks: str, now: datetime
) -> bytes:
    """Its letter as a PDF, written on this day."""
    everybody = delegations.list_delegations(db)
    presidency = next((each for each in everybody if each.name() == debate.notice.presidency), None)
    written = Written(
        on=new_york_day(now),
        signatory=pretend_speaker(debate, delegation, "signatory").name,
        other=pretend_speaker(debate, delegation, "another"),
    )
    return write_letter(
        pretend_letter(
            debate,
            delegation=delegation,
            speaker=pretend_speaker(debate, delegation),
            written=written,
            lacks=lacks,
            presidency=presidency,
        )
    )
