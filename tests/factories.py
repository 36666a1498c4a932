"""Plain functions that make what a test needs: an instance, a debate, speakers, letters."""

from __future__ import annotations

import io
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
from PIL import Image

from rostrum.actions.debates.toml_file import load_debate, read_debate
from rostrum.actions.delegations.invitations import issue_invitations
from rostrum.actions.letters.decisions import return_letter
from rostrum.actions.letters.receiving import receive_letter
from rostrum.actions.registrations.deadlines import strike_place
from rostrum.actions.registrations.registering import Press, enter_registration
from rostrum.actions.registrations.speakers import save_speaker
from rostrum.clock import utc_clock
from rostrum.config import KEY_FILE
from rostrum.domain.actors import COMMAND_LINE, Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.delegations.invitations import Invitation
from rostrum.domain.letters.letter import Letter, LetterFile
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.speakers import Speaker
from rostrum.domain.times import from_micros, to_micros
from rostrum.store.database import Database, all_rows, writing
from rostrum.store.delayed import find_next_change
from rostrum.store.delegations import get_delegation

OPENS_AT = datetime(2025, 3, 19, 13, 30, tzinfo=UTC)
"""9:30 a.m. in New York on Wednesday 19 March 2025: the opening of the one case."""
BEFORE = OPENS_AT - timedelta(minutes=30)
SHIPPED = Path(__file__).parents[1] / "src/rostrum/data/debate-2025-03-24.toml"


def copy_instance(database: Path, folder: Path) -> None:
    """Makes the folder an instance with a copy of this database and of the key beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in (database, database.with_name(KEY_FILE)):
        shutil.copy(file, folder)


class FakeClock:
    """A clock that stands still until it is told to go on."""

    def __init__(self, now: datetime = BEFORE) -> None:
        self._micros = to_micros(now)
        self._last_stamp = 0
        self.wall_is_ahead_by = timedelta(0)

    def micros(self) -> int:
        return self._micros

    def now(self) -> datetime:
        return from_micros(self._micros)

    def stamp(self) -> int:
        self._last_stamp = max(self._micros, self._last_stamp + 1)
        return self._last_stamp

    def drift(self) -> timedelta:
        return self.wall_is_ahead_by

    def set(self, now: datetime) -> None:
        self._micros = to_micros(now)

    def advance(self, **span: float) -> None:
        self._micros += to_micros(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(**span))


def make_debate(db: Database, **changes: object) -> Debate:
    """The debate of 24 March 2025 as it ships, with its Council members; fields can be changed."""
    from dataclasses import replace

    debate, council = read_debate(SHIPPED.read_text(encoding="utf-8"))
    return load_debate(db, BEFORE, COMMAND_LINE, replace(debate, **changes), council)


def make_invitations(db: Database, debate: Debate, *codes: str) -> dict[str, Invitation]:
    """Invitations by code; of every delegation when no code is given."""
    only = frozenset(codes) or None
    invited = issue_invitations(db, BEFORE, COMMAND_LINE, debate, only)
    return {each.delegation.code: each.invitation for each in invited}


def make_speaker(**changes: str) -> Speaker:
    """A complete speaker."""
    values = {
        "title": "H.E. Mr.",
        "name": "Erastus Ekitela Lokaale",
        "functional_title": "Permanent Representative of Kenya",
        "level": "permanent_representative",
        "language": "en",
        "on_behalf_of": "",
        "contact_email": "pm@kenya.example",
        "contact_phone": "+1 212 555 0142",
    }
    return Speaker(**values | changes)


_uploads = iter(range(1, 10**9))


def make_file(**changes: object) -> LetterFile:
    """A file as the letters' folder would have kept it; nothing lies behind it."""
    number = next(_uploads)
    values = {
        "stored_name": f"{number:032x}.pdf",
        "original_name": "letter.pdf",
        "kind": "pdf",
        "size": 1234,
        "sha256": f"{number:064x}",
        "pages": 1,
    }
    return LetterFile(**values | changes)


def delegation(db: Database, code: str = "KEN") -> Delegation:
    return get_delegation(db, code)


def actor(code: str = "KEN") -> Actor:
    return Actor("delegation", code)


def make_letter(
    db: Database, debate: Debate, code: str = "KEN", now: datetime = BEFORE, **changes: object
) -> Letter:
    """A pending letter that is the delegation's current one."""
    who = delegation(db, code).id
    return receive_letter(
        db, now, actor(code), debate, delegation_id=who, files=(make_file(**changes),)
    )


def prepare(db: Database, debate: Debate, *codes: str, **changes: str) -> None:
    """Drafts of these delegations, complete: nothing but the press is missing. `changes` are of the
    speakers."""
    speaker = make_speaker(**changes)
    for code in codes:
        who = delegation(db, code).id
        save_speaker(db, BEFORE, actor(code), debate, delegation_id=who, speaker=speaker, version=0)
        make_letter(db, debate, code)


def pdf_bytes(pages: int = 1) -> bytes:
    """A real PDF of empty A4 pages."""
    file = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.save(file)
    return file.getvalue()


def photo_bytes(form: str = "JPEG") -> bytes:
    """A real small photo."""
    file = io.BytesIO()
    Image.new("RGB", (400, 560), (240, 240, 235)).save(file, form)
    return file.getvalue()


def make_press(db: Database, debate: Debate, code: str = "KEN", key: str = "attempt-1") -> Press:
    """The press of a delegation's first attempt."""
    return Press(debate.id, delegation(db, code).id, key, actor(code))


def register(
    db: Database,
    debate: Debate,
    code: str = "KEN",
    at: datetime = OPENS_AT,
    key: str = "attempt-1",
) -> Registration:
    """The registration that a press at this instant gives, without the desk."""
    with writing(db):
        press = make_press(db, debate, code, key)
        return enter_registration(db, press, to_micros(at)).registration


def strike(
    db: Database, now: datetime, staff: Actor, debate: Debate, held: Registration, reason: str
) -> Registration:
    """Its letter is returned in time and never replaced; then the place is struck at this
    instant."""
    return_letter(db, OPENS_AT, staff, debate, letter_id=held.letter.id, reasons=("not_signed",))
    return strike_place(db, now, staff, debate, registration_id=held.id, reason=reason)


def ten_seconds_pass_beside(db: Database) -> None:
    """Beside a server that runs: what was decided is due, and the server has done it."""
    with writing(db):
        since = {"seconds": to_micros(from_micros(0) + timedelta(seconds=10))}
        db.execute(
            """update delayed_change set decided_at = decided_at - :seconds,
               due_at = due_at - :seconds where state = 'waiting'""",
            since,
        )
    for _ in range(500):
        change = find_next_change(db)
        if change is None or change.due_at > utc_clock.now():
            return
        time.sleep(0.02)
    raise AssertionError("the server does not do what is due")


def contents(db: Database) -> dict[str, list[dict]]:
    """Every row of every table: equal before and after when nothing was written."""
    return {name: all_rows(db, f"select * from {name}") for name in sorted(db.table_names())}  # noqa: S608
