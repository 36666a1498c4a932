"""Council members of a debate in their order, with their speakers, and further statements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from rostrum.domain.delegations.delegation import Delegation, alphabetical_key
from rostrum.domain.order.council import SPEAKER_PARTS, Member, speaker_parts
from rostrum.domain.speakers import Speaker
from rostrum.store.database import all_rows
from rostrum.store.debates import insert_council_member
from rostrum.store.delegations import delegation_of
from rostrum.store.rows import COLUMN_OF

SPEAKER_COLUMNS = ", ".join(COLUMN_OF[name] for name in SPEAKER_PARTS)


def list_council_members(db: Database, debate_id: int) -> list[Member]:
    """The members in order; those without a position last, alphabetically."""
    sql = f"""select delegation.*, position, lot, council_speaker.delegation_id as spoken_for,
               {SPEAKER_COLUMNS} from council_member
             join delegation on delegation.id = council_member.delegation_id
             left join council_speaker using (debate_id, delegation_id)
             where debate_id = :debate_id"""  # noqa: S608  ours
    found = [_member(row) for row in all_rows(db, sql, debate_id=debate_id)]
    return sorted(
        found,
        key=lambda each: (each.position is None, each.position, alphabetical_key(each.delegation)),
    )


def find_council_member(db: Database, debate_id: int, delegation_id: int) -> Member | None:
    """This delegation as a member of the Council; None if it is not one."""
    members = list_council_members(db, debate_id)
    return next((each for each in members if each.delegation.id == delegation_id), None)


def _member(row: dict[str, Any]) -> Member:
    speaker = None
    if row["spoken_for"]:
        speaker = Speaker(**{name: row[COLUMN_OF[name]] for name in SPEAKER_PARTS})
    return Member(delegation_of(row), row["position"], row["lot"], speaker)


def copy_council(db: Database, debate_id: int, copy_id: int) -> None:
    """Gives another debate, which has none yet, the same members with their numbers in the draw and
    the order, and the same speakers."""
    ids = {"id": debate_id, "copy_id": copy_id}
    db.execute(
        """insert into council_member (debate_id, delegation_id, position, lot)
           select :copy_id, delegation_id, position, lot from council_member
           where debate_id = :id""",
        ids,
    )
    db.execute(
        f"""insert into council_speaker (debate_id, delegation_id, {SPEAKER_COLUMNS})
            select :copy_id, delegation_id, {SPEAKER_COLUMNS} from council_speaker
            where debate_id = :id""",  # noqa: S608  ours
        ids,
    )


def replace_council_speaker(
    db: Database, debate_id: int, delegation_id: int, speaker: Speaker
) -> None:
    """Writes who speaks for a member; an empty speaker is removed."""
    key = {"debate_id": debate_id, "delegation_id": delegation_id}
    db.execute(
        """delete from council_speaker
           where debate_id = :debate_id and delegation_id = :delegation_id""",
        key,
    )
    parts = speaker_parts(speaker)
    if any(parts.values()):
        values = {COLUMN_OF[name]: value for name, value in parts.items()}
        parameters = ", ".join(f":{column}" for column in values)
        db.execute(
            f"""insert into council_speaker (debate_id, delegation_id, {SPEAKER_COLUMNS})
                values (:debate_id, :delegation_id, {parameters})""",  # noqa: S608  ours
            key | values,
        )


def exchange_members(
    db: Database, debate_id: int, *, leaving: Iterable[int], coming: Iterable[int]
) -> None:
    """Takes members out, with their speakers, and puts others in, without a position."""
    db.conn.executemany(
        """delete from council_member
           where debate_id = :debate_id and delegation_id = :delegation_id""",
        [{"debate_id": debate_id, "delegation_id": each} for each in leaving],
    )
    for each in coming:
        insert_council_member(db, debate_id, each)


def update_council_order(db: Database, debate_id: int, delegation_ids: list[int]) -> None:
    """Writes the order of speaking; the draw stays."""
    _number(db, debate_id, "position", delegation_ids)


def update_council_lot(db: Database, debate_id: int, delegation_ids: list[int]) -> None:
    """Writes the draw; the order of speaking stays."""
    _number(db, debate_id, "lot", delegation_ids)


def _number(db: Database, debate_id: int, column: str, delegation_ids: list[int]) -> None:
    rows = [
        {"debate_id": debate_id, "delegation_id": delegation_id, "number": number}
        for number, delegation_id in enumerate(delegation_ids, start=1)
    ]
    db.conn.executemany(
        f"""update council_member set {column} = :number
            where debate_id = :debate_id and delegation_id = :delegation_id""",  # noqa: S608  ours
        rows,
    )


def list_further_statements(db: Database, debate_id: int) -> list[Delegation]:
    """The delegations that make a further statement at the end, in order."""
    sql = """select delegation.* from further_statement
             join delegation on delegation.id = delegation_id
             where debate_id = :debate_id order by position"""
    return [delegation_of(row) for row in all_rows(db, sql, debate_id=debate_id)]


def replace_further_statements(db: Database, debate_id: int, delegation_ids: list[int]) -> None:
    """Writes the delegations that make a further statement, in this order."""
    db.execute("delete from further_statement where debate_id = :id", {"id": debate_id})
    db.conn.executemany(
        """insert into further_statement (debate_id, delegation_id, position)
           values (:debate_id, :delegation_id, :position)""",
        [
            {"debate_id": debate_id, "delegation_id": delegation_id, "position": position}
            for position, delegation_id in enumerate(delegation_ids, start=1)
        ],
    )
