"""Who speaks for the Council's members: they do not register, so staff enter it."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.errors import NotFound
from rostrum.domain.journal.chain import canonical_json
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.order.council import Member, check_speaker_version, speaker_parts
from rostrum.domain.speakers import Speaker
from rostrum.store import council
from rostrum.store.database import writing


def get_member(db: Database, debate: Debate, code: str) -> Member:
    """The Council member with this code; raises NotFound for any other delegation."""
    members = council.list_council_members(db, debate.id)
    found = next((each for each in members if each.code == code), None)
    if found is None:
        raise NotFound
    return found


def save_council_speaker(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    code: str,
    speaker: Speaker,
    seen: str,
) -> None:
    """Writes who speaks for a member, as far as that is known; an empty speaker is removed.

    The order stays as it is. `seen` is the `speaker_version` that the page showed: Conflict if it
    has changed. Raises NotFound for no member. Saving without any change writes nothing.
    """
    check_may_change(debate)
    with writing(db):
        member = get_member(db, debate, code)
        before, after = speaker_parts(member.speaker), speaker_parts(speaker)
        if before == after:
            return
        check_speaker_version(seen, member)
        council.replace_council_speaker(db, debate.id, member.delegation.id, speaker)
        event = Event(
            EntryKind.COUNCIL_SPEAKER_SAVED,
            debate_id=debate.id,
            delegation_id=member.delegation.id,
            personal={"before": canonical_json(before), "after": canonical_json(after)},
        )
        record(db, now, actor, event)
