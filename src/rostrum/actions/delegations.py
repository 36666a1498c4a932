"""Loading the delegations that ship with Rostrum."""

from __future__ import annotations

import csv
from importlib.resources import files

from sqlite_utils import Database

from rostrum.domain.delegations import LANGUAGES, Basis, Delegation
from rostrum.store import delegations

BASIS_OF_STATUS = {"member": Basis.RULE_37, "observer_state": Basis.PREVIOUS_PRACTICE}


def shipped_rows() -> list[dict[str, str]]:
    """The rows of the shipped table: 193 Member States and 2 observer States."""
    text = files("rostrum.data").joinpath("delegations.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def load_shipped_delegations(db: Database) -> None:
    """Adds the shipped delegations that are missing, inside the caller's transaction."""
    known = {delegation.code for delegation in delegations.list_delegations(db)}
    for row in shipped_rows():
        if row["iso3"] not in known:
            names = {language: row[f"name_{language}"] for language in LANGUAGES}
            basis = BASIS_OF_STATUS[row["status"]]
            delegations.insert_delegation(db, Delegation(0, row["iso3"], names, basis))
