"""Council members of a debate in their order, and further statements at the end of the list."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from rostrum.domain.delegations.delegation import Delegation, alphabetical_key
from rostrum.store.database import all_rows
from rostrum.store.debates import insert_council_member
from rostrum.store.delegations import delegation_of


def list_council_members(db: Database, debate_id: int) -> list[tuple[Delegation, int | None]]:
    """The members with their positions, in order; those without a position last, alphabetically."""
    sql = """select delegation.*, position from council_member
             join delegation on delegation.id = delegation_id where debate_id = :debate_id"""
    rows = all_rows(db, sql, debate_id=debate_id)
    found = [(delegation_of(row), row["position"]) for row in rows]
    return sorted(
        found, key=lambda pair: (pair[1] is None, pair[1] or 0, alphabetical_key(pair[0]))
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
    """Writes the order of the members."""
    rows = [
        {"debate_id": debate_id, "delegation_id": delegation_id, "position": position}
        for position, delegation_id in enumerate(delegation_ids, start=1)
    ]
    db.conn.executemany(
        """update council_member set position = :position
           where debate_id = :debate_id and delegation_id = :delegation_id""",
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
