"""Every text that the database holds is either erased one day or kept on purpose."""

from __future__ import annotations

import re

from rostrum.store.database import Database
from rostrum.store.retention import ERASING, TEXTS

KEPT = {
    "debate": "slug notice order_policy meeting_hours visibility status status_reason tiers",
    "delegation": "code names basis contacts",  # of no debate; edited by admins
    "staff": "name role password_hash",
    "session": "hash browser",  # a browser and a device, no person
    "registration": """reference idempotency_key speaker_title speaker_name functional_title level
        language on_behalf_of struck_by withdrawn_by ranked_level entered_by
        entered_through""",  # the list stays
    "council_speaker": """speaker_title speaker_name functional_title level language
        on_behalf_of""",  # the list stays
    "instance_key": "fingerprint",
    "journal": "kind actor facts digests hash",
    "journal_value": "name",
    "letter": "state reasons decided_by",
    "letter_file": "stored_name kind sha256 marks blank_pages",
    "announced_change": "part before after reason changed_by",  # was told to everybody
    "concept_note": "stored_name original_name sha256",  # the presidency's own, for all delegations
    "staff_link": "hash",
    "recovery_code": "hash",
    "journal_end": "hash",
    "purge": "actor",
    "swap": "state decided_by",
    "delayed_change": "kind actor browser state drop_reason",  # a browser and a device, no person
    "move": "cause actor ground",
    "pretend_press": "lacks state",
    "mission": "base_url listening",
}
"""Texts that stay when a debate's data are deleted: none of them is a contact or a free remark
about a person."""


def texts(db: Database) -> set[tuple[str, str]]:
    tables = [name for name in db.table_names() if not name.startswith(("sqlite_", "_sqlite"))]
    return {
        (table, column.name)
        for table in tables
        for column in db.table(table).columns
        if column.type.upper() in ("TEXT", "ANY", "BLOB")
    }


def erased(all_texts: set[tuple[str, str]]) -> set[tuple[str, str]]:
    found = set()
    for kind, statement in ERASING.items():
        table = TEXTS[kind][0]
        columns = set(re.findall(r"(\w+) =", statement.partition(" set ")[2]))
        whole = {name for each, name in all_texts if each == table}
        found |= {(table, name) for name in (whole if "delete" in statement else columns & whole)}
    return found


def test_each_text_is_erased_or_kept_on_purpose(db: Database) -> None:
    there = texts(db)
    kept = {(table, name) for table, names in KEPT.items() for name in names.split()}
    gone = erased(there) - {("letter", "state"), ("letter", "reasons")}
    assert kept & gone == set()
    assert kept | gone == there
