"""Delegations that register by themselves in a rehearsal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlite_utils import Database

from rostrum.domain.registrations.pretending import PretendPress, PretendState
from rostrum.domain.times import MICROSECOND, from_micros
from rostrum.store.database import all_rows, first_row


class Due(NamedTuple):
    """A press that is still to come, and when."""

    at: datetime
    press: PretendPress


def insert_presses(db: Database, presses: Iterable[PretendPress]) -> None:
    rows = [vars(each) | {"after_opening": each.after_opening // MICROSECOND} for each in presses]
    db.conn.executemany(
        """insert into pretend_press (debate_id, delegation_id, after_opening, lacks, state)
           values (:debate_id, :delegation_id, :after_opening, :lacks, :state)""",
        rows,
    )


def find_next_press(db: Database) -> Due | None:
    """Of all that are still to come, the press whose time comes first."""
    sql = """select pretend_press.*, opens_at + after_opening as due_at
             from pretend_press join debate on debate.id = debate_id
             where state in ('waiting', 'begun') order by due_at limit 1"""
    row = first_row(db, sql)
    if row is None:
        return None
    values = {name: row[name] for name in ("debate_id", "delegation_id", "lacks")}
    after, state = row["after_opening"] * MICROSECOND, PretendState(row["state"])
    press = PretendPress(**values, after_opening=after, state=state)
    return Due(from_micros(row["due_at"]), press)


def update_state(db: Database, press: PretendPress, state: PretendState) -> None:
    """Writes what became of a press."""
    db.execute(
        """update pretend_press set state = :state
           where debate_id = :debate_id and delegation_id = :delegation_id""",
        {"debate_id": press.debate_id, "delegation_id": press.delegation_id, "state": state},
    )


def list_states(db: Database, debate_id: int) -> dict[int, PretendState]:
    """What became of each pretend press of a debate, by delegation."""
    sql = "select delegation_id, state from pretend_press where debate_id = :debate_id"
    rows = all_rows(db, sql, debate_id=debate_id)
    return {row["delegation_id"]: PretendState(row["state"]) for row in rows}
