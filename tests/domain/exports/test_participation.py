"""The President's sentences: by basis, in order, in both languages."""

from __future__ import annotations

import pytest

from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.exports.participation import invitation_sentences
from rostrum.domain.order.speaking_order import Section, Statement
from rostrum.store.database import Database
from rostrum.store.delegations import get_delegation
from tests.factories import make_debate, make_speaker

EU = Delegation(900, "EU", {"en": "European Union", "fr": "Union européenne"}, Basis.RULE_39)


@pytest.fixture
def known(db: Database) -> Database:
    make_debate(db)
    return db


def registered(db: Database, *codes: str) -> list[Statement]:
    found = [get_delegation(db, code) for code in codes]
    return [Statement(Section.REGISTERED, delegation=each) for each in found]


def text(statements: list[Statement], language: str = "en") -> str:
    [sentence] = invitation_sentences(statements, language)
    return sentence.text


@pytest.mark.parametrize(
    ("codes", "names"),
    [
        (["KEN"], "the representative of Kenya"),
        (["KEN", "ALB"], "the representatives of Albania and Kenya"),
        (["KEN", "ARG", "ALB"], "the representatives of Albania, Argentina and Kenya"),
        (["CIV", "CRI", "HRV"], "the representatives of Costa Rica, Côte d’Ivoire and Croatia"),
        (
            ["GMB", "NLD", "VEN"],
            "the representatives of the Gambia, the Kingdom of the Netherlands and the Bolivarian "
            "Republic of Venezuela",
        ),
        (["KEN", "KEN"], "the representative of Kenya"),
    ],
)
def test_members_are_invited_under_rule_37(known: Database, codes: list[str], names: str) -> None:
    assert text(registered(known, *codes)) == (
        "In accordance with rule 37 of the Council’s provisional rules of procedure, I invite "
        f"{names} to participate in this meeting."
    )


def test_the_french_sentence_needs_no_articles_and_keeps_the_english_order(known: Database) -> None:
    assert text(registered(known, "DEU", "ZAF", "ALB"), "fr") == (
        "En vertu de l’article 37 du Règlement intérieur provisoire du Conseil, j’invite les "
        "représentants et représentantes des pays suivants à participer à la présente séance : "
        "Albanie, Allemagne, Afrique du Sud."
    )


def test_rule_39_names_briefers_and_who_speaks_for_organizations() -> None:
    speaker = make_speaker(name="Ana Silva", title="Ms.", functional_title="Head of Delegation")
    statements = [
        Statement(Section.BRIEFERS, name="A. Briefer, Under-Secretary-General"),
        Statement(Section.REGISTERED, delegation=EU, speaker=speaker),
    ]
    assert text(statements) == (
        "In accordance with rule 39 of the Council’s provisional rules of procedure, I invite the "
        "following to participate in this meeting: A. Briefer, Under-Secretary-General; "
        "Ms. Ana Silva, Head of Delegation (European Union)."
    )
    assert text(statements, "fr").endswith("Ms. Ana Silva, Head of Delegation (Union européenne).")
    assert text([Statement(Section.REGISTERED, delegation=EU)]).endswith(": European Union.")


def test_observers_are_invited_by_previous_practice(known: Database) -> None:
    assert text(registered(known, "PSE", "VAT")) == (
        "In accordance with the provisional rules of procedure and the previous practice in this "
        "regard, I invite the Permanent Observers of the Holy See and the State of Palestine to "
        "participate in this meeting."
    )
    assert "Permanent Observer of the Holy See" in text(registered(known, "VAT"))
    assert text(registered(known, "PSE", "VAT"), "fr").endswith(
        "participer à la présente séance : Saint-Siège, État de Palestine."
    )


def test_council_members_are_not_invited(known: Database) -> None:
    member = Statement(Section.COUNCIL_MEMBERS, delegation=get_delegation(known, "FRA"))
    assert invitation_sentences([member], "en") == []


def test_each_basis_has_a_sentence_of_its_own(known: Database) -> None:
    found = invitation_sentences(registered(known, "PSE", "KEN", "ALB"), "en")
    assert [(each.basis, each.count) for each in found] == [
        (Basis.RULE_37, 2),
        (Basis.PREVIOUS_PRACTICE, 1),
    ]
