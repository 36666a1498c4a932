"""Delegations."""

from __future__ import annotations

import json
from functools import lru_cache

from sqlite_utils import Database

from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.errors import NotFound
from rostrum.store.database import all_rows, first_row

_names = lru_cache(maxsize=512)(json.loads)
"""Cached by its text, because every page names delegations."""


def delegation_of(row: dict) -> Delegation:
    return Delegation(
        id=row["id"],
        code=row["code"],
        names=_names(row["names"]),
        basis=Basis(row["basis"]),
        contacts=tuple(_names(row["contacts"])),
    )


def get_delegation(db: Database, code: str) -> Delegation:
    """The delegation with this code; raises NotFound."""
    row = first_row(db, "select * from delegation where code = :code", code=code)
    if row is None:
        raise NotFound
    return delegation_of(row)


def get_delegation_by_id(db: Database, delegation_id: int) -> Delegation:
    """The delegation with this id; raises NotFound."""
    row = first_row(db, "select * from delegation where id = :id", id=delegation_id)
    if row is None:
        raise NotFound
    return delegation_of(row)


def list_delegations(db: Database) -> list[Delegation]:
    """All delegations, in no particular order."""
    return [delegation_of(row) for row in all_rows(db, "select * from delegation")]


def insert_delegation(db: Database, delegation: Delegation) -> int:
    """Adds a delegation (its `id` is ignored); returns the new id."""
    cursor = db.execute(
        """insert into delegation (code, names, basis, contacts)
           values (:code, :names, :basis, :contacts)""",
        _values(delegation),
    )
    return cursor.lastrowid


def update_delegation(db: Database, delegation: Delegation) -> None:
    """Writes names, basis and contacts. The code never changes, because addresses contain it."""
    db.execute(
        """update delegation set names = :names, basis = :basis, contacts = :contacts
           where id = :id and code = :code""",
        _values(delegation) | {"id": delegation.id},
    )


def _values(delegation: Delegation) -> dict[str, str]:
    return {
        "code": delegation.code,
        "names": json.dumps(delegation.names, ensure_ascii=False),
        "basis": delegation.basis,
        "contacts": json.dumps(delegation.contacts),
    }
