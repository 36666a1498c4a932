"""What stands ready before a rush: an instance, a debate, drafts, letters and phones."""

from __future__ import annotations

import hashlib
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rostrum.actions.delegations.invitations import Invited, issue_invitations
from rostrum.actions.letters.receiving import receive_letter
from rostrum.actions.registrations.speakers import save_speaker
from rostrum.clock import utc_clock
from rostrum.config import Config
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.delegation import LANGUAGES, Basis, Delegation
from rostrum.domain.delegations.invitations import invitation_token
from rostrum.domain.letters.letter import LetterFile
from rostrum.instance import prepare_instance
from rostrum.store.database import Database, connect, writing
from rostrum.store.delegations import insert_delegation, list_delegations
from rostrum.store.registrations import list_registrations
from tests.factories import actor, make_debate, make_speaker, pdf_bytes
from tests.load import phones
from tests.load.server import Server

PHONES_EACH = 3


@dataclass(frozen=True)
class Scene:
    """A debate that is open, with phones whose delegations lack nothing but the press."""

    instance: Path
    debate: Debate
    phones: list[phones.Phone]

    def registered(self) -> dict[str, int]:
        """Arrival number by code, as the database has it."""
        db = connect(Config(self.instance).database)
        try:
            codes = {each.id: each.code for each in list_delegations(db)}
            listed = list_registrations(db, self.debate.id)
            return {codes[held.delegation_id]: held.arrival_number for held in listed}
        finally:
            db.close()


_PDF = pdf_bytes()


def a_letter() -> bytes:
    """A PDF that no other letter is like."""
    return _PDF + secrets.token_hex(8).encode()


def make_instance(folder: Path) -> Path:
    """A migrated instance with its key."""
    prepare_instance(Config(folder))
    return folder


NOT_YET = datetime(2125, 3, 24, 14, tzinfo=UTC)
"""When the meeting starts, for lists that are open on today's clock."""


def make_scene(
    instance: Path, server: Server, slug: str, count: int, each: int = PHONES_EACH
) -> Scene:
    """An open debate and `count` phones, `each` of them a delegation, signed in over HTTP."""
    config = Config(instance)
    db = connect(config.database)
    try:
        debate, invited = make_ready(config, db, -(-count // each), slug=slug)
    finally:
        db.close()
    key = config.secret_key()
    tokens = [
        (one.delegation.code, invitation_token(key, one.invitation.id, one.invitation.generation))
        for one in invited
        for _ in range(each)
    ][:count]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda pair: phones.sign_in(server.address, *pair), tokens))
    return Scene(instance, debate, made)


def make_ready(
    config: Config, db: Database, count: int, **changes: object
) -> tuple[Debate, list[Invited]]:
    """An open debate (changed so) and so many delegations that lack nothing but the press."""
    debate = make_debate(db, **{"letter_deadline": None, "starts_at": NOT_YET} | changes)
    chosen = _delegations(db, count)
    codes = frozenset(delegation.code for delegation in chosen)
    invited = issue_invitations(db, utc_clock.now(), COMMAND_LINE, debate, codes)
    for delegation in chosen:
        _prepare(db, config, debate, delegation)
    return debate, invited


def _delegations(db: Database, count: int) -> list[Delegation]:
    """So many delegations for testing, none of them a Council member."""
    known = {delegation.code: delegation for delegation in list_delegations(db)}
    with writing(db):
        for number in range(1, count + 1):
            code = f"T{number:05d}"
            if code not in known:
                names = dict.fromkeys(LANGUAGES, f"Testland {number}")
                new = Delegation(0, code, names, Basis.RULE_37)
                new_id = insert_delegation(db, new)
                known[code] = Delegation(new_id, code, names, Basis.RULE_37)
    return [known[f"T{number:05d}"] for number in range(1, count + 1)]


def _prepare(db: Database, config: Config, debate: Debate, delegation: Delegation) -> None:
    """A complete draft whose letter really lies on disk."""
    now, who = utc_clock.now(), actor(delegation.code)
    save_speaker(
        db, now, who, debate, delegation_id=delegation.id, speaker=make_speaker(), version=0
    )
    content = a_letter()
    config.letters.mkdir(mode=0o700, exist_ok=True)
    name = f"{secrets.token_hex(16)}.pdf"
    (config.letters / name).write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    file = LetterFile(name, "letter.pdf", "pdf", len(content), digest, pages=1)
    receive_letter(db, now, who, debate, delegation_id=delegation.id, files=(file,))
