"""Delegations added, edited and imported: what is written, and nothing where it is refused."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from rostrum.actions.delegations.directory import add_delegation, apply_table, edit_delegation
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.delegations.table import compare, write_table
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.store.database import Database
from rostrum.store.delegations import list_delegations
from rostrum.store.journal import list_entries, list_values
from tests.factories import BEFORE, contents, delegation

ANNA = Actor("staff", "anna")
ITU = "ITU,Telecommunication Union,,,,,,rule_39,a@itu.example\r\n"

pytestmark = pytest.mark.usefixtures("debate")


def table(db: Database, extra: str = ITU) -> str:
    text = write_table(list_delegations(db))
    return text.replace("European Union,", "The European Union,", 1) + extra


def fingerprint(db: Database, text: str) -> str:
    return compare(text.encode(), list_delegations(db)).fingerprint


def test_a_table_adds_and_changes_and_each_line_is_journaled(db: Database) -> None:
    text, known = table(db), len(list_entries(db))
    changes = apply_table(db, BEFORE, ANNA, text.encode(), fingerprint(db, text))
    assert {each.delegation.code: each.is_new for each in changes} == {"EU": False, "ITU": True}
    assert delegation(db, "EU").name() == "The European Union"
    assert delegation(db, "ITU").contacts == ("a@itu.example",)
    entries = {entry.kind: entry for entry, _ in list_entries(db)[known:]}
    assert entries.keys() == {"delegation added", "delegation changed"}
    before, after = entries["delegation changed"].facts["names"]
    assert (before["en"], after["en"]) == ("European Union", "The European Union")
    assert "itu.example" not in str(entries)
    assert json.loads(list_values(db)[-1]["value"]) == ["a@itu.example"]
    again = write_table(list_delegations(db))
    assert apply_table(db, BEFORE, ANNA, again.encode(), fingerprint(db, again)) == ()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _, text: (text, "another"),
        lambda db, text: (text + "ZZ,Later,,,,,,rule_39,\r\n", fingerprint(db, text)),
        lambda db, text: (text + ITU, fingerprint(db, text + ITU)),
        lambda db, _: ("", fingerprint(db, "")),
    ],
    ids=["other fingerprint", "other file", "a line twice", "no table"],
)
def test_what_was_not_previewed_or_has_errors_changes_nothing(db: Database, spoil) -> None:
    text, seen = spoil(db, table(db))
    before = contents(db)
    with pytest.raises(Conflict, match="since the preview"):
        apply_table(db, BEFORE, ANNA, text.encode(), seen)
    assert contents(db) == before


def test_a_table_is_refused_when_a_delegation_changed_since_its_preview(
    db: Database, debate: Debate
) -> None:
    text = table(db)
    seen, kenya = fingerprint(db, text), delegation(db, "KEN")
    changed = replace(kenya, basis=Basis.RULE_39)
    edit_delegation(db, BEFORE, ANNA, changed, kenya.fingerprint)
    before = contents(db)
    with pytest.raises(Conflict):
        apply_table(db, BEFORE, ANNA, text.encode(), seen)
    assert contents(db) == before


def test_an_edit_of_what_was_overtaken_and_a_taken_code_change_nothing(db: Database) -> None:
    kenya = delegation(db, "KEN")
    edit_delegation(db, BEFORE, ANNA, replace(kenya, contacts=("a@b.example",)), kenya.fingerprint)
    before = contents(db)
    with pytest.raises(Conflict, match="Somebody else has changed this delegation"):
        edit_delegation(db, BEFORE, ANNA, kenya, kenya.fingerprint)
    for code in ("KEN", "i-u"):
        with pytest.raises(RuleBroken):
            add_delegation(db, BEFORE, ANNA, Delegation(0, code, {"en": "X"}, Basis.RULE_39))
    assert contents(db) == before
