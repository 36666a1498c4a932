"""The sentences with which the President invites those who are not members of the Council.

As the Council's records have them, in English and in French whatever language a page has: hence
not gettext. Delegations stand in English alphabetical order in both. English wants its articles
("the Gambia"); the French sentences are built so that names need none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rostrum.domain.delegations.delegation import Basis, Delegation, alphabetical_key
from rostrum.domain.letters.letter import LetterState
from rostrum.domain.letters.template_wording import WORDINGS
from rostrum.domain.order.speaking_order import Section, Statement

LANGUAGES = ("en", "fr")


class Invitation(StrEnum):
    """A sentence of the President's; "it is so decided" follows each."""

    RULE_37 = "rule_37"
    BRIEFERS = "briefers"
    RULE_39 = "rule_39"
    PREVIOUS_PRACTICE = "previous_practice"


def without_accepted_letter(statements: Iterable[Statement]) -> list[Statement]:
    """Who is invited although its letter is not accepted, in the order of the sentences."""
    found = (each for each in statements if each.letter not in ("", LetterState.ACCEPTED))
    return sorted(found, key=lambda each: alphabetical_key(each.delegation))


ENGLISH = {
    Invitation.RULE_37: (
        "In accordance with rule 37 of the Council’s provisional rules of procedure, I invite "
        "the {representatives} of {names} to participate in this meeting."
    ),
    Invitation.BRIEFERS: (
        "In accordance with rule 39 of the Council’s provisional rules of procedure, I invite "
        "the following {briefers} to participate in this meeting: {names}."
    ),
    Invitation.RULE_39: (
        "In accordance with rule 39 of the Council’s provisional rules of procedure, I {also}"
        "invite the following to participate in this meeting: {names}."
    ),
    Invitation.PREVIOUS_PRACTICE: (
        "In accordance with the provisional rules of procedure and the previous practice in this "
        "regard, I propose that the Council invite the {observers} of {names} to the United "
        "Nations to participate in this meeting."
    ),
}
FRENCH = {
    Invitation.RULE_37: (
        "Conformément à l’article 37 du Règlement intérieur provisoire du Conseil, j’invite "
        "{representatives} à participer à la présente séance\u00a0: {names}."
    ),
    Invitation.BRIEFERS: (
        "Conformément à l’article 39 du Règlement intérieur provisoire du Conseil, j’invite "
        "{persons} à participer à la présente séance\u00a0: {names}."
    ),
    Invitation.RULE_39: (
        "Conformément à l’article 39 du Règlement intérieur provisoire du Conseil, j’invite {also}"
        "{persons} à participer à la présente séance\u00a0: {names}."
    ),
    Invitation.PREVIOUS_PRACTICE: (
        "Conformément au Règlement intérieur provisoire et à la pratique antérieure en la matière, "
        "je propose que le Conseil invite à participer à la présente séance l’Observatrice ou "
        "l’Observateur permanent {observers}\u00a0: {names}."
    ),
}
_NUMBERED = {
    "en": {
        "representatives": ("representative", "representatives"),
        "briefers": ("briefer", "briefers"),
        "observers": ("Permanent Observer", "Permanent Observers"),
    },
    "fr": {
        "representatives": (
            "la représentante ou le représentant du pays suivant",
            "les représentantes et représentants des pays suivants",
        ),
        "persons": ("la personne suivante", "les personnes suivantes"),
        "observers": (
            "de l’État observateur suivant",
            "de chacun des États observateurs suivants",
        ),
    },
}
"""Words for one and for several."""
_ALSO = {"en": "also ", "fr": "également "}
_BETWEEN_PERSONS = {"en": "; ", "fr": "\u202f; "}
_SENTENCES = {"en": ENGLISH, "fr": FRENCH}
WITH_ARTICLE = {
    "BHS", "CAF", "COM", "COG", "PRK", "COD", "DOM", "GMB", "LAO", "MHL", "NER", "PHL", "KOR",
    "MDA", "RUS", "SDN", "SYR", "ARE", "GBR", "TZA", "USA", "VAT", "PSE",
}  # fmt: skip
"""Delegations whose English names need an article within a sentence."""
_INVERTED = re.compile(r"(.+) \((.+ of(?: the)?)\)")
_SECRETARY_GENERAL = re.compile(
    r"^(the )?Secretary-General$|(^|, )(the )?"
    r"(Secretary-General of the United Nations|(UN|United Nations) Secretary-General)(,|$)",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(r"\b(to be (confirmed|determined|announced)|TBC|TBD)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Invited:
    """A sentence, and how many it invites."""

    invitation: Invitation
    language: str
    text: str
    count: int


def invitation_sentences(statements: Iterable[Statement], language: str) -> list[Invited]:
    """A sentence for each ground on which somebody takes part. Council members need none.

    Under rule 39 the briefers have one of their own, in their order; then come the organizations
    by who speaks for them.
    """
    statements = list(statements)
    found = {basis: _on(statements, basis) for basis in Basis}
    names = {
        Invitation.RULE_37: [
            name_in_sentence(each.delegation, language) for each in found[Basis.RULE_37]
        ],
        Invitation.BRIEFERS: [
            each.name
            for each in statements
            if each.section is Section.BRIEFERS and _is_invited(each.name)
        ],
        Invitation.RULE_39: [_person(each, language) for each in found[Basis.RULE_39]],
        Invitation.PREVIOUS_PRACTICE: [
            name_in_sentence(each.delegation, language) for each in found[Basis.PREVIOUS_PRACTICE]
        ],
    }
    also = _ALSO[language] if names[Invitation.BRIEFERS] else ""
    return [
        Invited(each, language, _sentence(each, language, invited, also), len(invited))
        for each, invited in names.items()
        if invited
    ]


def _is_invited(briefer: str) -> bool:
    """Not the Secretary-General, who needs no invitation, and nobody who is not known yet."""
    return not (_SECRETARY_GENERAL.search(briefer) or _UNKNOWN.search(briefer))


def _on(statements: list[Statement], basis: Basis) -> list[Statement]:
    """The delegations on this basis, each once, in English alphabetical order."""
    registered = {
        each.delegation.code: each
        for each in statements
        if each.section is Section.REGISTERED and each.delegation.basis is basis
    }
    return sorted(registered.values(), key=lambda each: alphabetical_key(each.delegation))


def _sentence(invitation: Invitation, language: str, names: list[str], also: str) -> str:
    if invitation in (Invitation.BRIEFERS, Invitation.RULE_39):
        listed = _BETWEEN_PERSONS[language].join(names)
    else:
        listed = _and(names) if language == "en" else ", ".join(names)
    words = {name: forms[len(names) > 1] for name, forms in _NUMBERED[language].items()}
    return _SENTENCES[language][invitation].format(names=listed, also=also, **words)


def _and(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def name_in_sentence(delegation: Delegation, language: str) -> str:
    """The name with its article, as an English sentence needs it; in French the bare name."""
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
    full_name = WORDINGS[language].full_name(speaker)
    parts = [part for part in (full_name, speaker.functional_title) if part]
    return f"{', '.join(parts)} ({name})"
