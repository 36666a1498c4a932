"""Everything about a debate as one JSON document. docs/export.md describes each field.

Nobody can sign in with it: no token, link or password hash. Letters are named by their SHA-256,
never by the names that delegations gave their files.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.journal.chain import Entry
from rostrum.domain.letters.letter import Letter
from rostrum.domain.order.council import Member, speaker_parts
from rostrum.domain.order.places import Move
from rostrum.domain.order.precedence import tiers_of
from rostrum.domain.order.speaking_order import Statement
from rostrum.domain.order.swaps import Swap
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.times import from_micros

FORMAT, VERSION = "rostrum-debate", 1
"""The version rises when a field changes its meaning or is removed, not when fields are added."""
CONTACT = ("contact_email", "contact_phone")


@dataclass(frozen=True)
class Record:
    """The values from which a debate's document is made."""

    debate: Debate
    rehearsal_of: str | None
    """The slug of the debate of which this one is a rehearsal."""
    delegations: dict[int, Delegation]
    """All delegations, by id."""
    statements: list[Statement]
    council: list[Member]
    registrations: list[Registration]
    letters: list[Letter]
    moves: list[Move]
    swaps: list[Swap]
    journal: list[tuple[Entry, str]]
    """The entries about this debate, each with its hash."""


def record_document(record: Record, now: datetime) -> dict[str, Any]:
    """The document, made of values that JSON knows."""
    references = {each.id: each.reference for each in record.registrations}
    return {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": _instant(now),
        "debate": _debate(record.debate, record.rehearsal_of),
        "delegations": [_delegation(record.delegations[each]) for each in sorted(_named(record))],
        "list": [_statement(each, references) for each in record.statements],
        "council": [_member(each) for each in record.council],
        "registrations": [_registration(each, record) for each in record.registrations],
        "letters": [_letter(each, record) for each in record.letters],
        "moves": [_move(each, record, references) for each in record.moves],
        "swaps": [_swap(each, references) for each in record.swaps],
        "journal": [_entry(entry, digest, record) for entry, digest in record.journal],
    }


def _named(record: Record) -> set[int]:
    """Ids of the delegations that the document names."""
    speaking = {each.delegation.id for each in record.statements if each.delegation}
    sent = {each.delegation_id for each in (*record.registrations, *record.letters)}
    noted = {entry.delegation_id for entry, _ in record.journal if entry.delegation_id}
    return speaking | sent | noted | {move.caused_by for move in record.moves}


def _instant(instant: datetime | None) -> str | None:
    """ISO 8601, UTC, to the microsecond."""
    return instant and instant.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _debate(debate: Debate, rehearsal_of: str | None) -> dict[str, Any]:
    instants = ("starts_at", "opens_at", "closes_at", "letter_deadline")
    plain = (
        "slug",
        "speaking_limit",
        "briefer_limit",
        "member_limit",
        "group_limit",
        "changeover",
        "order_policy",
        "visibility",
        "swaps_need_approval",
        "retention_days",
        "status",
        "status_reason",
        "version",
    )
    hours = [[f"{begin:%H:%M}", f"{end:%H:%M}"] for begin, end in debate.meeting_hours]
    return {
        **{name: getattr(debate, name) for name in plain},
        **{name: _instant(getattr(debate, name)) for name in instants},
        "meeting_hours": hours,
        "tiers": tiers_of(debate),
        "rehearsal_of": rehearsal_of,
        "notice": asdict(debate.notice),
    }


def _delegation(delegation: Delegation) -> dict[str, Any]:
    return {"code": delegation.code, "basis": delegation.basis, "names": delegation.names}


def _statement(statement: Statement, references: dict[int, str]) -> dict[str, Any]:
    return {
        "section": statement.section,
        "name": statement.name,
        "delegation": statement.delegation and statement.delegation.code,
        "registration": references.get(statement.registration_id),
    }


def _member(member: Member) -> dict[str, Any]:
    return {
        "delegation": member.code,
        "position": member.position,
        "lot": member.lot,
        "speaker": speaker_parts(member.speaker),
    }


def _registration(held: Registration, record: Record) -> dict[str, Any]:
    speaker = held.speaker.as_dict()
    return {
        "reference": held.reference,
        "delegation": record.delegations[held.delegation_id].code,
        "arrival_number": held.arrival_number,
        "received_at": _instant(held.received_at),
        "place": held.place,
        "speaker": {name: value for name, value in speaker.items() if name not in CONTACT},
        "contact": {name.removeprefix("contact_"): speaker[name] for name in CONTACT},
        "ranked_level": held.ranked_level,
        "letter_version": held.letter.version,
        "receipt_sha256": [file.sha256 for file in held.receipt_letter.files],
        "letter_deadline": _instant(held.letter_deadline),
        "withdrawn_at": _instant(held.withdrawn_at),
        "struck_by": held.struck_by,
        "struck_reason": held.struck_reason,
        "withdrawn_by": held.withdrawn_by,
        "withdrawn_reason": held.withdrawn_words,
        "entered_by": held.entered.by if held.entered else "",
        "entered_at": held.entered and _instant(held.entered.at),
        "entered_through": held.entered.channel if held.entered else "",
        "entered_reason": held.entered.words if held.entered else "",
    }


def _letter(letter: Letter, record: Record) -> dict[str, Any]:
    return {
        "delegation": record.delegations[letter.delegation_id].code,
        "version": letter.version,
        "uploaded_at": _instant(letter.uploaded_at),
        "opened_at": _instant(letter.opened_at),
        "state": letter.state,
        "reasons": list(letter.reasons),
        "remark": letter.remark,
        "decided_by": letter.decided_by,
        "decided_at": _instant(letter.decided_at),
        "files": [
            {
                "sha256": file.sha256,
                "kind": file.kind,
                "size": file.size,
                "pages": file.pages,
                "marks": sorted(file.marks),
            }
            for file in letter.files
        ],
    }


def _move(move: Move, record: Record, references: dict[int, str]) -> dict[str, Any]:
    return {
        "registration": references[move.registration_id],
        "place_before": move.place_before,
        "place_after": move.place_after,
        "cause": move.cause,
        "caused_by": record.delegations[move.caused_by].code,
        "moved_at": _instant(move.moved_at),
        "actor": str(move.actor),
        "received_at": _instant(move.received_at),
        "ground": move.ground,
        "reason": move.reason,
    }


def _swap(swap: Swap, references: dict[int, str]) -> dict[str, Any]:
    return {
        "asking": references[swap.asking_id],
        "asked": references[swap.asked_id],
        "state": swap.state,
        "asked_at": _instant(swap.asked_at),
        "answered_at": _instant(swap.answered_at),
        "decided_at": _instant(swap.decided_at),
        "decided_by": swap.decided_by,
        "reason": swap.reason,
    }


def _entry(entry: Entry, digest: str, record: Record) -> dict[str, Any]:
    return {
        "at": _instant(from_micros(entry.at)),
        "kind": entry.kind,
        "actor": entry.actor,
        "delegation": entry.delegation_id and record.delegations[entry.delegation_id].code,
        "facts": entry.facts,
        "hash": digest,
    }
