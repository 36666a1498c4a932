"""What the tests of the web need besides tests/factories.py: people, places, kept letters."""

from __future__ import annotations

import io
from dataclasses import replace

import pyotp
from argon2 import PasswordHasher
from flask import Flask

from rostrum.actions.debates.concept_notes import keep_note
from rostrum.actions.debates.settings import change_debate
from rostrum.actions.delegations.invitations import renew_invitation, revoke_invitation
from rostrum.actions.delegations.shares import make_share
from rostrum.actions.letters.receiving import receive_letter
from rostrum.actions.order.due import perform_due
from rostrum.actions.registrations.registering import Press
from rostrum.actions.registrations.speakers import save_speaker
from rostrum.domain.access.tokens import token
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.debates.concept_notes import ConceptNote
from rostrum.domain.debates.debate import Debate, Visibility
from rostrum.domain.delegations.invitations import invitation_token
from rostrum.domain.delegations.shares import PURPOSE
from rostrum.domain.letters.letter import Letter, LetterFile
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.staff.accounts import Role
from rostrum.domain.staff.totp import totp_secret
from rostrum.domain.times import to_micros
from rostrum.store.database import Database, all_rows
from rostrum.store.debates import get_debate_by_id
from rostrum.store.drafts import get_draft
from rostrum.store.invitations import find_invitation_of
from rostrum.store.registrations import list_used_keys
from rostrum.store.staff import find_staff, insert_staff
from rostrum.store.totp import update_totp_on, update_totp_step
from rostrum.web.context import Parts
from tests.factories import (
    BEFORE,
    OPENS_AT,
    FakeClock,
    actor,
    delegation,
    make_speaker,
    pdf_bytes,
)
from tests.web.client import Browser

PASSWORD = "correct horse battery"
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""The parameters stand in the hash, so that the real check is quick."""
TABLES = (
    "letter",
    "letter_file",
    "draft",
    "registration",
    "move",
    "journal",
    "session",
    "invitation",
    "debate",
    "council_member",
    "council_speaker",
    "message",
    "message_recipient",
    "concept_note",
    "staff_link",
    "recovery_code",
    "share",
    "swap",
    "delayed_change",
)

SPEAKER = {name: value for name, value in make_speaker().as_dict().items() if value}
"""The fields of a complete speaker, as a delegate types them."""


def parts_of(app: Flask) -> Parts:
    return app.extensions["rostrum"]


def until_read(app: Flask) -> None:
    """Waits until every letter that was taken unread has been read."""
    parts_of(app).letter_reader.wait()


def add_member(db: Database, name: str, role: Role) -> None:
    """A member of staff whose password is PASSWORD; an admin has an authenticator too."""
    staff_id = insert_staff(db, name, role, _CHEAP.hash(PASSWORD))
    if role is Role.ADMIN:
        update_totp_on(db, staff_id, 1, BEFORE, 0)


def current_code(app: Flask, name: str) -> str:
    """What the authenticator of a member shows now; a clock that stands still shows it again."""
    with parts_of(app).connections.borrowed() as db:
        who = find_staff(db, name)
        update_totp_step(db, who.id, 0)
        secret = totp_secret(app.secret_key, who.id, who.totp_generation)
    return pyotp.TOTP(secret).at(parts_of(app).clock.now())


def link(app: Flask, db: Database, debate: Debate, code: str) -> str:
    """The path of a delegation's invitation."""
    invitation = find_invitation_of(db, debate.id, delegation(db, code).id)
    token = invitation_token(app.secret_key, invitation.id, invitation.generation)
    return f"/invitations/{token}"


def revoke(db: Database, debate: Debate, code: str = "KEN") -> None:
    invitation = find_invitation_of(db, debate.id, delegation(db, code).id)
    revoke_invitation(db, OPENS_AT, COMMAND_LINE, invitation)


def renew(db: Database, debate: Debate, code: str = "KEN") -> None:
    """Gives the delegation a new link, as staff do."""
    invitation = find_invitation_of(db, debate.id, delegation(db, code).id)
    seen = invitation.generation
    renew_invitation(db, OPENS_AT, COMMAND_LINE, debate, invitation_id=invitation.id, seen=seen)


def home(debate: Debate, code: str = "KEN") -> str:
    """The path of a delegation's page."""
    return f"/debates/{debate.slug}/delegations/{code}"


def console(debate: Debate) -> str:
    """The path of the console."""
    return f"/staff/debates/{debate.slug}"


def sign_in(app: Flask, db: Database, debate: Debate, code: str = "KEN") -> Browser:
    """A browser that came in by the delegation's link."""
    browser = Browser(app)
    browser.get(link(app, db, debate, code))
    browser.submit("form")
    return browser


def sign_in_member(app: Flask, name: str) -> Browser:
    """A browser in which a member of staff signed in."""
    browser = Browser(app)
    browser.get("/staff/sign-in")
    browser.submit("form", {"name": name, "password": PASSWORD})
    if browser.path.startswith("/staff/sign-in/code"):
        browser.submit("#by_code", {"code": current_code(app, name)})
    return browser


def keep_letter(
    app: Flask, db: Database, debate: Debate, code: str = "KEN", name: str = "note.pdf"
) -> Letter:
    """A real letter on disk that is the delegation's current one; its inspection is left out."""
    content = pdf_bytes() + f"%{code} {name}".encode()
    stored = parts_of(app).files.store(io.BytesIO(content))
    file = LetterFile(stored.stored_name, name, stored.kind, stored.size, stored.sha256, pages=1)
    now, who = parts_of(app).clock.now(), delegation(db, code).id
    return receive_letter(db, now, actor(code), debate, delegation_id=who, files=(file,))


def keep_concept_note(app: Flask, db: Database, debate: Debate) -> ConceptNote:
    """A real PDF on disk that is the debate's concept note."""
    stored = parts_of(app).files.store(io.BytesIO(pdf_bytes(3)))
    now = parts_of(app).clock.now()
    sent = (stored.stored_name, "concept note.pdf", stored.size, stored.sha256)
    note = ConceptNote(debate.id, *sent, pages=3, uploaded_at=now)
    keep_note(db, now, COMMAND_LINE, note)
    return note


def make_ready(app: Flask, db: Database, debate: Debate, code: str = "KEN", **speaker: str) -> None:
    """A complete draft with a real letter."""
    who = delegation(db, code).id
    version = get_draft(db, debate.id, who).version
    now, spoken = parts_of(app).clock.now(), make_speaker(**speaker)
    save_speaker(db, now, actor(code), debate, delegation_id=who, speaker=spoken, version=version)
    keep_letter(app, db, debate, code, f"letter-of-{code}.pdf")


def take_place(
    app: Flask, db: Database, debate: Debate, code: str = "KEN", **speaker: str
) -> Registration:
    """A registration with a real letter; the list must be open."""
    make_ready(app, db, debate, code, **speaker)
    who = delegation(db, code).id
    key = f"attempt-{len(list_used_keys(db, debate.id, who)) + 1}"
    return parts_of(app).desk.register(Press(debate.id, who, key, actor(code))).registration


def show_to_everybody(db: Database, debate: Debate) -> None:
    """The debate's list is for the public."""
    found = get_debate_by_id(db, debate.id)
    changed = replace(found, visibility=Visibility.PUBLIC)
    change_debate(db, OPENS_AT, COMMAND_LINE, changed=changed, seen=found.version)


def ten_seconds_pass(db: Database, clock: FakeClock) -> None:
    """What was decided can no longer be taken back, and is done."""
    clock.advance(seconds=10)
    perform_due(db, clock.now())


def share(db: Database, debate: Debate, code: str = "KEN") -> None:
    """A link to watch the delegation's place."""
    invitation = find_invitation_of(db, debate.id, delegation(db, code).id)
    make_share(db, OPENS_AT, actor(code), debate, invitation)


def share_token(app: Flask, db: Database, debate: Debate, code: str = "KEN") -> str:
    """What the first link of the delegation carries, whether it still works or not."""
    invitation = find_invitation_of(db, debate.id, delegation(db, code).id)
    sql = "select min(id) as id from share where invitation_id = :id"
    return token(app.secret_key, PURPOSE, all_rows(db, sql, id=invitation.id)[0]["id"])


def snapshot(db: Database) -> dict[str, list]:
    """Everything that a request could have changed."""
    return {name: all_rows(db, f"select * from {name}") for name in TABLES}  # noqa: S608


def journal_kinds(db: Database) -> list[str]:
    return [row["kind"] for row in all_rows(db, "select kind from journal order by id")]


def set_instant(db: Database, debate: Debate, **instants: object) -> None:
    """Moves instants of the debate, such as closes_at."""
    for name, instant in instants.items():
        value = None if instant is None else to_micros(instant)
        sql = f"update debate set {name} = :value where id = :id"  # noqa: S608
        db.execute(sql, {"value": value, "id": debate.id})
