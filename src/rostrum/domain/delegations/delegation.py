"""Delegations: who may be invited, on what basis, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rostrum.domain.checks import check_unchanged, version_of
from rostrum.domain.csv_text import is_spoilt_by_spreadsheets
from rostrum.domain.delegations.common_names import COMMON_NAMES
from rostrum.domain.errors import RuleBroken
from rostrum.domain.sentences import N_, S_
from rostrum.domain.texts import without_accents

LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")


class Basis(StrEnum):
    """The ground on which a delegation may take part; it decides what its letter must cite."""

    RULE_37 = "rule_37"
    RULE_39 = "rule_39"
    PREVIOUS_PRACTICE = "previous_practice"


BASIS_LABELS = {
    Basis.RULE_37: N_("rule 37 of the provisional rules of procedure"),
    Basis.RULE_39: N_("rule 39 of the provisional rules of procedure"),
    Basis.PREVIOUS_PRACTICE: N_(
        "the provisional rules of procedure and the previous practice in this regard"
    ),
}


@dataclass(frozen=True)
class Delegation:
    """A Member State, observer or organization; `code` is ISO 3166-1 alpha-3 for States."""

    id: int
    code: str
    names: dict[str, str]
    basis: Basis
    contacts: tuple[str, ...] = ()
    """E-mail addresses, for staff only."""

    @property
    def fingerprint(self) -> str:
        """A text that changes whenever anything about the delegation changes."""
        names = sorted(self.names.items())
        return version_of(self.code, names, self.basis.value, self.contacts)

    def name(self, language: str = "en") -> str:
        """The short name in one of the six languages, else in English."""
        return self.names.get(language) or self.names["en"]


def alphabetical_key(delegation: Delegation) -> str:
    """Sorts delegations by English name, accents and case folded (the order of the notice)."""
    return without_accents(delegation.name()).casefold()


def is_found(delegation: Delegation, words: str) -> bool:
    """Whether a name or the code contains these words, ignoring accents, case and apostrophes."""
    sought = _letters(words)
    return any(sought in _letters(text) for text in (*delegation.names.values(), delegation.code))


def by_name(delegations: Iterable[Delegation]) -> dict[str, Delegation]:
    """Each delegation under its code, its names in six languages and its `COMMON_NAMES`, as
    `name_key` writes them."""
    found: dict[str, Delegation] = {}
    listed = list(delegations)
    for each in listed:
        for text in (*each.names.values(), each.code):
            found.setdefault(name_key(text), each)
    for each in listed:
        for text in COMMON_NAMES.get(each.code, ()):
            found.setdefault(name_key(text), each)
    return found


def name_key(text: str) -> str:
    """The name without accents, case, apostrophes and “the”, so that two spellings can be
    compared."""
    return _letters(text).removeprefix("the ")


def _letters(text: str) -> str:
    """Letters, digits and single spaces: apostrophes vanish, hyphens count as spaces."""
    spaced = "".join(" " if c in "-–—/" else c for c in without_accents(text).casefold())
    return " ".join("".join(c for c in spaced if c.isalnum() or c.isspace()).split())


def check_code(code: str) -> None:
    """Refuses a code that is not 2 to 12 capitals and digits, because it is used in addresses, and
    one that a spreadsheet would not give back."""
    if not re.fullmatch(r"[A-Z0-9]{2,12}", code):
        raise RuleBroken("code", N_("A code has 2 to 12 capital letters and digits, such as EU."))
    if is_spoilt_by_spreadsheets(code):
        raise RuleBroken(
            "code",
            S_("A spreadsheet would take this code for a number or a date. Give another one."),
        )


def check_names_are_free(new: Delegation, present: Iterable[Delegation]) -> None:
    """Refuses a delegation by a name under which one is known already, in any language."""
    known = by_name(present)
    for language, name in new.names.items():
        if twin := known.get(name_key(name)):
            raise RuleBroken(
                f"name_{language}",
                S_("%(name)s is there already, as %(code)s."),
                name=twin,
                code=twin.code,
            )


def check_unseen(seen: str, now: Delegation) -> None:
    """Refuses a change made on a page that is out of date (Conflict)."""
    overtaken = N_("Somebody else has changed this delegation. Save again to keep your version.")
    check_unchanged(seen, now.fingerprint, overtaken)
