"""The delegations that come with Rostrum, and those that staff add or change."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import datetime
from importlib.resources import files
from typing import Any

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.domain.actors import Actor
from rostrum.domain.delegations.delegation import (
    LANGUAGES,
    Basis,
    Delegation,
    check_code,
    check_names_are_free,
    check_unseen,
)
from rostrum.domain.delegations.table import Change, compare
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.journal.chain import canonical_json
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.sentences import S_
from rostrum.store import delegations
from rostrum.store.database import writing

BASIS_OF_STATUS = {"member": Basis.RULE_37, "observer_state": Basis.PREVIOUS_PRACTICE}


def shipped_rows() -> list[dict[str, str]]:
    """The rows of the shipped table: 193 Member States and 2 observer States."""
    text = files("rostrum.data").joinpath("delegations.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def load_shipped_delegations(db: Database) -> None:
    """Adds the shipped delegations that are missing, inside the caller's transaction."""
    organizations = [_organization(row) for row in shipped_organizations()]
    known = {delegation.code for delegation in delegations.list_delegations(db)}
    for row in shipped_rows():
        if row["iso3"] not in known:
            names = {language: row[f"name_{language}"] for language in LANGUAGES}
            basis = BASIS_OF_STATUS[row["status"]]
            delegations.insert_delegation(db, Delegation(0, row["iso3"], names, basis))
    for each in organizations:
        if each.code not in known:
            delegations.insert_delegation(db, each)


def ship_delegations(db: Database) -> None:
    """Adds the shipped delegations to a new mission's database."""
    with writing(db):
        load_shipped_delegations(db)


def shipped_organizations() -> list[dict[str, str]]:
    """The rows of the shipped table of organizations that the Council invites under rule 39."""
    text = files("rostrum.data").joinpath("organizations.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _organization(row: dict[str, str]) -> Delegation:
    names = {language: row[f"name_{language}"] for language in LANGUAGES}
    return Delegation(0, row["code"], names, Basis(row["basis"]))


def add_delegation(db: Database, now: datetime, actor: Actor, new: Delegation) -> Delegation:
    """Adds a delegation; raises RuleBroken for a code that is taken or malformed,
    and for a name that another delegation has."""
    check_code(new.code)
    with writing(db):
        present = delegations.list_delegations(db)
        if any(each.code == new.code for each in present):
            raise RuleBroken("code", S_("%(code)s is taken by another delegation."), code=new.code)
        check_names_are_free(new, present)
        added = replace(new, id=delegations.insert_delegation(db, new))
        record(db, now, actor, _added(added))
        return added


def edit_delegation(
    db: Database, now: datetime, actor: Actor, changed: Delegation, seen: str
) -> Delegation:
    """Changes names, basis and contacts; the journal records the differences, before and after.

    `seen` is the fingerprint that the page showed: raises Conflict if somebody changed it since.
    """
    with writing(db):
        before = delegations.get_delegation_by_id(db, changed.id)
        check_unseen(seen, before)
        after = replace(changed, code=before.code)
        if after == before:
            return before
        delegations.update_delegation(db, after)
        record(db, now, actor, _edited(before, after))
        return after


def apply_table(
    db: Database, now: datetime, actor: Actor, content: bytes, seen: str
) -> tuple[Change, ...]:
    """Makes the changes that the preview of this file showed; `seen` is the preview's fingerprint.

    Raises Conflict, and changes nothing, if file or delegations are not those of the preview,
    or the file has errors.
    """
    with writing(db):
        existing = {each.id: each for each in delegations.list_delegations(db)}
        found = compare(content, existing.values())
        if found.fingerprint != seen or found.errors:
            raise Conflict(S_("File or delegations changed since the preview. Look at it again."))
        for change in found.changes:
            if change.is_new:
                new_id = delegations.insert_delegation(db, change.delegation)
                record(db, now, actor, _added(replace(change.delegation, id=new_id)))
            else:
                delegations.update_delegation(db, change.delegation)
                before = existing[change.delegation.id]
                record(db, now, actor, _edited(before, change.delegation))
        return found.changes


def _added(added: Delegation) -> Event:
    facts = {"code": added.code, "names": added.names, "basis": added.basis.value}
    personal = {"contacts": canonical_json(added.contacts)} if added.contacts else {}
    return Event(EntryKind.DELEGATION_ADDED, None, added.id, facts, personal)


def _edited(before: Delegation, after: Delegation) -> Event:
    facts: dict[str, Any] = {"code": after.code, "contacts": before.contacts != after.contacts}
    if before.names != after.names:
        facts["names"] = [before.names, after.names]
    if before.basis != after.basis:
        facts["basis"] = [before.basis.value, after.basis.value]
    personal = {}
    if facts["contacts"]:
        personal["contacts"] = canonical_json([before.contacts, after.contacts])
    return Event(EntryKind.DELEGATION_CHANGED, None, after.id, facts, personal)
