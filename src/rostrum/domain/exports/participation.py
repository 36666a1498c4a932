"""The sentences with which the President invites those who are not members of the Council.

One for each basis, worded as in the Council's records, in English and in French whatever the page's
language: hence no gettext. Delegations are in English alphabetical order in both, as always at
the Council. English needs its articles ("the Gambia"); the French sentences are worded so that
names need none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rostrum.domain.delegations.delegation import Basis, Delegation, alphabetical_key
from rostrum.domain.order.speaking_order import Section, Statement

LANGUAGES = ("en", "fr")

ENGLISH = {
    Basis.RULE_37: (
        "In accordance with rule 37 of the Council’s provisional rules of procedure, I invite "
        "the {representatives} of {names} to participate in this meeting."
    ),
    Basis.RULE_39: (
        "In accordance with rule 39 of the Council’s provisional rules of procedure, I invite "
        "the following to participate in this meeting: {names}."
    ),
    Basis.PREVIOUS_PRACTICE: (
        "In accordance with the provisional rules of procedure and the previous practice in this "
        "regard, I invite the {observers} of {names} to participate in this meeting."
    ),
}
FRENCH = {
    Basis.RULE_37: (
        "En vertu de l’article 37 du Règlement intérieur provisoire du Conseil, j’invite les "
        "représentants et représentantes des pays suivants à participer à la présente séance : "
        "{names}."
    ),
    Basis.RULE_39: (
        "En vertu de l’article 39 du Règlement intérieur provisoire du Conseil, j’invite à "
        "participer à la présente séance : {names}."
    ),
    Basis.PREVIOUS_PRACTICE: (
        "Conformément au Règlement intérieur provisoire et à la pratique antérieure en la matière, "
        "j’invite les observateurs et observatrices des entités suivantes à participer à la "
        "présente séance : {names}."
    ),
}
WITH_ARTICLE = {
    "BHS", "CAF", "COM", "COG", "PRK", "COD", "DOM", "GMB", "LAO", "MHL", "NER", "PHL", "KOR",
    "MDA", "RUS", "SDN", "SYR", "ARE", "GBR", "TZA", "USA", "VAT", "PSE",
}  # fmt: skip
"""Delegations whose English names need an article within a sentence."""
_INVERTED = re.compile(r"(.+) \((.+ of(?: the)?)\)")


@dataclass(frozen=True)
class Invited:
    """The sentence for one basis, and how many it invites."""

    basis: Basis
    language: str
    text: str
    count: int


def invitation_sentences(statements: Iterable[Statement], language: str) -> list[Invited]:
    """A sentence for each basis on which somebody takes part. Council members need none.

    Under rule 39 the briefers come first, in their order, then each organization by who speaks
    for it.
    """
    statements = list(statements)
    found = {basis: _on(statements, basis) for basis in Basis}
    briefers = [each.name for each in statements if each.section is Section.BRIEFERS]
    names = {
        Basis.RULE_37: [_name(each.delegation, language) for each in found[Basis.RULE_37]],
        Basis.RULE_39: briefers + [_person(each, language) for each in found[Basis.RULE_39]],
        Basis.PREVIOUS_PRACTICE: [
            _name(each.delegation, language) for each in found[Basis.PREVIOUS_PRACTICE]
        ],
    }
    return [
        Invited(basis, language, _sentence(basis, language, invited), len(invited))
        for basis, invited in names.items()
        if invited
    ]


def _on(statements: list[Statement], basis: Basis) -> list[Statement]:
    """The delegations on this basis, each once, in English alphabetical order."""
    registered = {
        each.delegation.code: each
        for each in statements
        if each.section is Section.REGISTERED and each.delegation.basis is basis
    }
    return sorted(registered.values(), key=lambda each: alphabetical_key(each.delegation))


def _sentence(basis: Basis, language: str, names: list[str]) -> str:
    if language == "fr":
        return FRENCH[basis].format(names=("; " if basis is Basis.RULE_39 else ", ").join(names))
    return ENGLISH[basis].format(
        names="; ".join(names) if basis is Basis.RULE_39 else _and(names),
        representatives="representative" if len(names) == 1 else "representatives",
        observers="Permanent Observer" if len(names) == 1 else "Permanent Observers",
    )


def _and(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _name(delegation: Delegation, language: str) -> str:
    name = delegation.name(language)
    if language != "en":
        return name
    if inverted := _INVERTED.fullmatch(name):
        return f"the {inverted[2]} {inverted[1]}"
    return f"the {name}" if delegation.code in WITH_ARTICLE else name


def _person(statement: Statement, language: str) -> str:
    """The person who speaks for an organization; the organization itself until that is known."""
    name, speaker = statement.delegation.name(language), statement.speaker
    if speaker is None or not speaker.name:
        return name
    known = [speaker.full_name, speaker.functional_title]
    parts = [part for part in known if part]
    return f"{', '.join(parts)} ({name})"
