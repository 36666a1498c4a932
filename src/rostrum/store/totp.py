"""The authenticator that counts, and the recovery codes beside it."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from rostrum.domain.times import to_micros
from rostrum.store.database import one_value


def update_totp_on(
    db: Database, staff_id: int, generation: int, since: datetime, step: int
) -> None:
    sql = """update staff set totp_generation = :generation, totp_since = :since,
             totp_step = :step where id = :id"""
    values = {"generation": generation, "since": to_micros(since), "step": step, "id": staff_id}
    db.execute(sql, values)


def update_totp_step(db: Database, staff_id: int, step: int) -> None:
    db.execute("update staff set totp_step = :step where id = :id", {"step": step, "id": staff_id})


def replace_recovery_codes(db: Database, staff_id: int, hashes: list[str]) -> None:
    db.execute("delete from recovery_code where staff_id = :id", {"id": staff_id})
    sql = "insert into recovery_code (staff_id, hash) values (:id, :hash)"
    db.conn.executemany(sql, [{"id": staff_id, "hash": each} for each in hashes])


def update_recovery_used(db: Database, staff_id: int, hash_: str, used_at: datetime) -> bool:
    """Uses up a code; whether there was one."""
    sql = """update recovery_code set used_at = :at
             where staff_id = :id and hash = :hash and used_at is null"""
    return db.execute(sql, {"at": to_micros(used_at), "id": staff_id, "hash": hash_}).rowcount == 1


def count_recovery_codes(db: Database, staff_id: int) -> int:
    """How many unused recovery codes the account has."""
    sql = "select count(*) from recovery_code where staff_id = :id and used_at is null"
    return one_value(db, sql, id=staff_id)
