"""A debate for a browser test: one debate on a running server, its people and their links.

What a test is about happens over HTTP in a browser. Done here directly, in the database, is only
its background: delegations that prepared or registered before, and the hour of the opening.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

from rostrum.actions.debates.lifecycle import NewDates, cancel, postpone, resume
from rostrum.actions.debates.messages import Wanted, send_message
from rostrum.actions.debates.mission_contact import set_mission_contact
from rostrum.actions.debates.rehearsals import start_rehearsal
from rostrum.actions.debates.settings import change_debate
from rostrum.actions.debates.toml_file import read_debate, redate
from rostrum.actions.delegations.invitations import renew_invitation, revoke_invitation
from rostrum.actions.letters.decisions import accept_letter, return_letter, undo_decision
from rostrum.actions.letters.receiving import receive_letter
from rostrum.actions.order.places import move_place
from rostrum.actions.order.swaps import answer_swap, ask_swap
from rostrum.actions.registrations.deadlines import strike_place
from rostrum.actions.registrations.on_behalf import Entry, enter_on_behalf
from rostrum.actions.registrations.pretending import let_pretend
from rostrum.actions.registrations.registering import Press
from rostrum.actions.registrations.speakers import save_speaker
from rostrum.actions.registrations.withdrawal import withdraw
from rostrum.clock import utc_clock
from rostrum.domain.access.sessions import session_hash
from rostrum.domain.actors import COMMAND_LINE, Actor
from rostrum.domain.debates.debate import Debate, Visibility
from rostrum.domain.debates.mission_contact import MissionContact
from rostrum.domain.delegations.invitations import invitation_token
from rostrum.domain.letters.decisions import decision_version
from rostrum.domain.letters.letter import LetterFile, LetterState
from rostrum.domain.order.stretches import written_order
from rostrum.domain.order.swaps import places_version
from rostrum.domain.registrations.on_behalf import Request
from rostrum.domain.registrations.registration import Registration, idempotency_key
from rostrum.domain.speakers import Speaker
from rostrum.domain.times import to_micros
from rostrum.letters.files import LetterFiles
from rostrum.letters.inspection import inspect
from rostrum.store.database import writing
from rostrum.store.debates import get_debate_by_id, update_debate
from rostrum.store.drafts import get_draft
from rostrum.store.invitations import find_invitation_of
from rostrum.store.places import list_places
from rostrum.store.registrations import find_active_registration, list_used_keys
from tests.browser.drawn_letters import a_letter
from tests.browser.server import ADMIN_NAME, STAFF_NAME, Server
from tests.factories import (
    SHIPPED,
    actor,
    delegation,
    make_debate,
    make_file,
    make_invitations,
    make_speaker,
    register,
    ten_seconds_pass_beside,
)

STAFF, ADMIN = Actor("staff", STAFF_NAME), Actor("staff", ADMIN_NAME)
_numbers = count(1)


class ServedDebate:
    """The debate of 24 March 2025, re-dated, with every delegation invited."""

    def __init__(self, server: Server, opens_in: float) -> None:
        """Its list opens in so many seconds; with a negative number it is open since then."""
        self.server, self.db = server, server.db
        self.slug = f"peace-operations-{next(_numbers)}"
        opens_at = utc_clock.now().replace(microsecond=0) + timedelta(seconds=opens_in)
        shipped, _ = read_debate(SHIPPED.read_text(encoding="utf-8"))
        moved = redate(shipped, opens_at)
        instants = {"starts_at": moved.starts_at, "letter_deadline": moved.letter_deadline}
        changes = {"slug": self.slug, "opens_at": opens_at} | instants
        self._debate_id = make_debate(self.db, **changes).id
        make_invitations(self.db, self.stored)

    # --- Addresses -----------------------------------------------------------------------------

    def link(self, code: str) -> str:
        """The personal link of a delegation."""
        invitation = find_invitation_of(self.db, self._debate_id, delegation(self.db, code).id)
        key = self.server.config.secret_key()
        token = invitation_token(key, invitation.id, invitation.generation)
        return f"{self.server.url}/invitations/{token}"

    def page(self, code: str, rest: str = "") -> str:
        """The address of a delegation's page, or of one below it."""
        return f"{self.server.url}/debates/{self.slug}/delegations/{code}{rest}"

    def console(self, rest: str = "") -> str:
        """The address of the console, or of one below it."""
        return f"{self.server.url}/staff/debates/{self.slug}{rest}"

    @property
    def public(self) -> str:
        """The address of the list where everybody may see it."""
        return f"{self.server.url}/debates/{self.slug}/list"

    # --- Background ------------------------------------------------------------------------------

    @property
    def stored(self) -> Debate:
        return get_debate_by_id(self.db, self._debate_id)

    def open_in(self, seconds: float) -> None:
        """Moves the opening to so many seconds from now; open pages are told like of any change.

        A test that prepares first and then sets the hour does not depend on how fast it is.
        """
        self._set("opens_at", seconds)

    def show_to_everybody(self) -> None:
        """The list is public."""
        changed = replace(self.stored, visibility=Visibility.PUBLIC)
        change_debate(
            self.db, utc_clock.now(), COMMAND_LINE, changed=changed, seen=self.stored.version
        )

    def say_whom_to_call(self) -> None:
        """The debate has a contact of its own, with a long name."""
        name = "Permanent Mission of Denmark to the United Nations"
        contact = MissionContact(name, "+1 212 555 0100", "list@denmark.example", "Ida Holm")
        set_mission_contact(self.db, utc_clock.now(), COMMAND_LINE, contact, self.stored)

    def close(self) -> None:
        """The list has just closed."""
        self._set("closes_at", 0)

    def _set(self, column: str, seconds: float) -> None:
        micros = to_micros(utc_clock.now() + timedelta(seconds=seconds))
        sql = f"update debate set {column} = :at where id = :id"  # noqa: S608
        with writing(self.db):
            self.db.execute(sql, {"at": micros, "id": self._debate_id})

    def letter_of(self, code: str) -> bytes:
        """A delegation's letter that names this debate's day."""
        name, day = delegation(self.db, code).name(), f"{self.stored.starts_at:%-d %B %Y}"
        return a_letter(name, speaker_of(code, name).name, day=day)

    def prepare(self, *codes: str) -> None:
        """Complete drafts with letters that can be opened: nothing but the press is missing."""
        files = LetterFiles(self.server.config.letters)
        for code in codes:
            stored = files.store(io.BytesIO(self.letter_of(code)))
            name = stored.stored_name
            pages = inspect(files.path(name), stored.kind, files.pages_folder(name)).pages
            shown = f"Letter of {delegation(self.db, code).name()}.pdf"
            sent = (stored.kind, stored.size, stored.sha256)
            self._keep_draft(code, LetterFile(name, shown, *sent, pages=pages))

    def _keep_draft(self, code: str, *files: LetterFile) -> None:
        who, now = delegation(self.db, code), utc_clock.now()
        version = get_draft(self.db, self._debate_id, who.id).version
        speaker = speaker_of(code, who.name())
        save_speaker(
            self.db,
            now,
            actor(code),
            self.stored,
            delegation_id=who.id,
            speaker=speaker,
            version=version,
        )
        receive_letter(self.db, now, actor(code), self.stored, delegation_id=who.id, files=files)

    def register(self, *codes: str) -> None:
        """Places for these delegations, in this order; the list must be open.

        Those that were not prepared get a letter without a file, which nobody can open.
        """
        for code in codes:
            who = delegation(self.db, code).id
            if not get_draft(self.db, self._debate_id, who).is_ready:
                shown = f"Letter of {delegation(self.db, code).name()}.pdf"
                digest = hashlib.sha256(shown.encode()).hexdigest()
                file = make_file(original_name=shown, size=147_312, sha256=digest, pages=None)
                self._keep_draft(code, file)
            key = idempotency_key(len(list_used_keys(self.db, self._debate_id, who)))
            register(self.db, self.stored, code, utc_clock.now(), key)

    def enter(self, code: str, minutes_ago: float, *, follows: bool = False) -> None:
        """The mission enters a delegation that wrote so long ago, with its letter or before it."""
        now, who = utc_clock.now(), delegation(self.db, code)
        came = now.replace(microsecond=0) - timedelta(minutes=minutes_ago)
        request = Request("email", "Its network was down.", came, speaker_of(code, who.name()))
        press = Press(self._debate_id, who.id, "attempt-1", STAFF)
        with writing(self.db):
            entry = Entry(press, request, () if follows else (make_file(pages=None),), follows)
            enter_on_behalf(self.db, entry, to_micros(now))

    def registration(self, code: str) -> Registration:
        """What the database holds of a delegation's place."""
        who = delegation(self.db, code).id
        return find_active_registration(self.db, self._debate_id, who)

    def withdraw(self, code: str) -> None:
        who = delegation(self.db, code).id
        withdraw(self.db, utc_clock.now(), actor(code), self.stored, delegation_id=who)

    def ten_seconds_pass(self) -> None:
        """What delegations decided is done."""
        ten_seconds_pass_beside(self.db)

    def let_rest(self, cookie: str, minutes: int) -> None:
        """The browser of the staff that holds this cookie has not been used for so long."""
        seen = to_micros(utc_clock.now() - timedelta(minutes=minutes))
        with writing(self.db):
            sql = "update session set seen_at = ? where hash = ?"
            self.db.execute(sql, [seen, session_hash(cookie)])

    def hold_decisions(self) -> None:
        """What was decided can be taken back for an hour, for whoever wants to look at that."""
        with writing(self.db):
            self.db.execute("update delayed_change set due_at = due_at + 3600000000")

    def swap_without_approval(self) -> None:
        changed = replace(self.stored, swaps_need_approval=False)
        change_debate(
            self.db, utc_clock.now(), COMMAND_LINE, changed=changed, seen=self.stored.version
        )

    def accept(self, code: str) -> None:
        letter = self.registration(code).letter
        accept_letter(self.db, utc_clock.now(), STAFF, self.stored, letter_id=letter.id)

    def send_back(self, code: str, *reasons: str, remark: str = "") -> None:
        letter = self.registration(code).letter
        return_letter(
            self.db,
            utc_clock.now(),
            STAFF,
            self.stored,
            letter_id=letter.id,
            reasons=reasons,
            remark=remark,
        )

    def take_back(self, code: str) -> None:
        """Takes back what was decided about the letter of a delegation."""
        letter = self.registration(code).letter
        undo_decision(
            self.db,
            utc_clock.now(),
            STAFF,
            self.stored,
            letter_id=letter.id,
            seen=decision_version(letter),
        )

    def end_letters(self) -> None:
        """The time for letters has just ended."""
        self._set("letter_deadline", 0)

    def end_meeting(self) -> None:
        """The meeting was three days ago."""
        self._set("starts_at", -3 * 24 * 3600)

    def strike(self, code: str, reason: str) -> None:
        """The letter came back, and no other came in time."""
        held = self.registration(code)
        if held.letter.state is LetterState.PENDING:
            self.send_back(code, "not_signed")
        strike_place(
            self.db, utc_clock.now(), STAFF, self.stored, registration_id=held.id, reason=reason
        )

    def move(self, code: str, place: int, ground: str) -> None:
        version = written_order(list_places(self.db, self._debate_id))
        held = self.registration(code)
        move_place(
            self.db,
            utc_clock.now(),
            STAFF,
            self.stored,
            registration_id=held.id,
            place=place,
            reason="",
            seen_order=version,
            ground=ground,
        )

    def ask_swap(self, asking: str, asked: str, *, is_agreed: bool = False) -> None:
        now, who = utc_clock.now(), delegation(self.db, asking).id
        other = self.registration(asked)
        swap = ask_swap(
            self.db, now, actor(asking), self.stored, delegation_id=who, asked_id=other.id
        )
        if is_agreed:
            seen = places_version(swap, list_places(self.db, self._debate_id))
            answer_swap(
                self.db,
                now,
                actor(asked),
                self.stored,
                delegation_id=other.delegation_id,
                swap_id=swap.id,
                is_yes=True,
                seen=seen,
            )

    def postpone(self, reason: str, later: timedelta | None = None) -> None:
        """Postponed, by so much or to dates that nobody knows yet."""
        dates = NewDates(self.stored.starts_at + later if later else None)
        postpone(self.db, utc_clock.now(), ADMIN, self.stored, reason=reason, dates=dates)

    def resume(self, later: timedelta = timedelta(0)) -> None:
        """The postponed debate takes place as announced, or by so much later."""
        dates = NewDates(self.stored.starts_at + later)
        resume(self.db, utc_clock.now(), ADMIN, self.stored, reason="", dates=dates)

    def move_venue(self, venue: str, reason: str) -> None:
        """The meeting takes place elsewhere."""
        stored = self.stored
        changed = replace(stored, notice=replace(stored.notice, venue=venue))
        seen = stored.version
        now = utc_clock.now()
        change_debate(self.db, now, ADMIN, changed=changed, seen=seen, reason=reason)

    def cancel(self, reason: str) -> None:
        cancel(self.db, utc_clock.now(), ADMIN, self.stored, reason)

    def rehearse(self, minutes: int = 10) -> None:
        """From now on this debate is a rehearsal of what it was."""
        copy = start_rehearsal(self.db, utc_clock.now(), ADMIN, self.stored, minutes)
        self.slug, self._debate_id = copy.slug, copy.id

    def pretend(self, count: int) -> None:
        """In this rehearsal, delegations that pretend have pressed since an opening long ago."""
        let_pretend(self.db, utc_clock.now(), ADMIN, self.stored, count)
        earlier = (utc_clock.now() - timedelta(minutes=5)).replace(second=0, microsecond=0)
        with writing(self.db):
            update_debate(self.db, replace(self.stored, opens_at=earlier))

    def say(self, text: str, to: str = "", **wanted: Any) -> None:
        """A message to all delegations, or to one; `wanted` says what else of it is wanted."""
        one = delegation(self.db, to).id if to else None
        message = Wanted(text, delegation_id=one, **wanted)
        send_message(self.db, utc_clock.now(), ADMIN, self.stored, wanted=message)

    def revoke(self, code: str) -> None:
        invitation = find_invitation_of(self.db, self._debate_id, delegation(self.db, code).id)
        revoke_invitation(self.db, utc_clock.now(), COMMAND_LINE, invitation)

    def renew(self, code: str) -> None:
        invitation = find_invitation_of(self.db, self._debate_id, delegation(self.db, code).id)
        renew_invitation(
            self.db,
            utc_clock.now(),
            COMMAND_LINE,
            self.stored,
            invitation_id=invitation.id,
            seen=invitation.generation,
        )


SPEAKERS = {
    "BGD": {"title": "H.E. Mr.", "name": "Rafiqul Alam Chowdhury"},
    "BRA": {"title": "H.E. Ms.", "name": "Helena Moraes Prado"},
    "CHE": {"title": "H.E. Ms.", "name": "Ursina Caflisch"},
    "DEU": {"title": "H.E. Ms.", "name": "Friederike Brandt"},
    "EGY": {"title": "H.E. Mr.", "name": "Karim Nabil Farouk", "language": "ar"},
    "IDN": {"title": "H.E. Mr.", "name": "Bagus Santoso"},
    "IND": {"title": "H.E. Ms.", "name": "Kavita Ramanathan"},
    "IRL": {"title": "H.E. Ms.", "name": "Aoife Brennan"},
    "ITA": {"title": "H.E. Mr.", "name": "Lorenzo Bellandi"},
    "JPN": {"title": "H.E. Ms.", "name": "林 明子"},
    "KEN": {"title": "H.E. Ms.", "name": "Amina Wanjiru Otieno"},
    "MEX": {"title": "H.E. Ms.", "name": "Lucía Ortega Ruiz"},
    "NOR": {"title": "H.E. Mr.", "name": "Eirik Solberg Haugen"},
    "NPL": {"title": "H.E. Mr.", "name": "Suresh Bahadur Thapa"},
    "PSE": {"title": "H.E. Ms.", "name": "Leila Haddad"},
    "QAT": {"title": "H.E. Mr.", "name": "Nasser Al-Mannai"},
    "RWA": {"title": "H.E. Ms.", "name": "Claudine Uwase"},
    "URY": {"title": "H.E. Mr.", "name": "Martín Etcheverry"},
    "ZAF": {"title": "H.E. Ms.", "name": "Thandeka Nkosi"},
}
"""Invented speakers of some delegations; the others have that of the factory."""


def speaker_of(code: str, name: str) -> Speaker:
    """The speaker of a delegation of this name, complete."""
    place = name.lower().replace(" ", "-")
    plain = {
        "functional_title": f"Permanent Representative of {name}",
        "contact_email": f"pm@{place}.example",
    }
    return make_speaker(**plain | SPEAKERS.get(code, {}))
