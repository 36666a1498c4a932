"""The President's sentences: by basis, in order, in both languages."""

from __future__ import annotations

import pytest

from rostrum.domain.delegations.delegation import Basis, Delegation
from rostrum.domain.exports.participation import Invitation, invitation_sentences
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
        "Conformément à l’article 37 du Règlement intérieur provisoire du Conseil, j’invite les "
        "représentantes et représentants des pays suivants à participer à la présente "
        "séance\u00a0: Albanie, Allemagne, Afrique du Sud."
    )
    assert "j’invite la représentante ou le représentant du pays suivant à participer" in text(
        registered(known, "DEU"), "fr"
    )


def test_rule_39_invites_the_briefers_first_and_then_who_speaks_for_organizations() -> None:
    speaker = make_speaker(name="Ana Silva", title="Ms.", functional_title="Head of Delegation")
    statements = [
        Statement(Section.BRIEFERS, name="A. Briefer, Under-Secretary-General"),
        Statement(Section.REGISTERED, delegation=EU, speaker=speaker),
    ]
    assert [each.text for each in invitation_sentences(statements, "en")] == [
        "In accordance with rule 39 of the Council’s provisional rules of procedure, I invite the "
        "following briefer to participate in this meeting: A. Briefer, Under-Secretary-General.",
        "In accordance with rule 39 of the Council’s provisional rules of procedure, I also invite "
        "the following to participate in this meeting: Ms. Ana Silva, Head of Delegation "
        "(European Union).",
    ]
    assert [each.text for each in invitation_sentences(statements, "fr")] == [
        "Conformément à l’article 39 du Règlement intérieur provisoire du Conseil, j’invite la "
        "personne suivante à participer à la présente séance\u00a0: A. Briefer, "
        "Under-Secretary-General.",
        "Conformément à l’article 39 du Règlement intérieur provisoire du Conseil, j’invite "
        "également la personne suivante à participer à la présente séance\u00a0: Mme Ana Silva, "
        "Head of Delegation (Union européenne).",
    ]
    alone = text([Statement(Section.REGISTERED, delegation=EU)])
    assert alone.endswith("I invite the following to participate in this meeting: European Union.")


@pytest.mark.parametrize(
    "name",
    [
        "António Guterres, Secretary-General of the United Nations",
        "The Secretary-General",
        "António Guterres, UN Secretary-General",
        "Other briefers to be confirmed",
        "Under-Secretary-General (TBC)",
    ],
)
def test_the_secretary_general_and_the_unknown_are_not_invited(name: str) -> None:
    assert invitation_sentences([Statement(Section.BRIEFERS, name=name)], "en") == []


@pytest.mark.parametrize(
    "name",
    [
        "Ban Ki-moon, former Secretary-General of the United Nations",
        "Jean-Pierre Lacroix, Under-Secretary-General for Peace Operations",
        "A. Person, Secretary-General of the Organization of American States",
    ],
)
def test_every_other_briefer_is_invited(name: str) -> None:
    assert text([Statement(Section.BRIEFERS, name=name)]).endswith(f"this meeting: {name}.")


def test_the_council_is_asked_to_invite_observer_states(known: Database) -> None:
    assert text(registered(known, "PSE", "VAT")) == (
        "In accordance with the provisional rules of procedure and the previous practice in this "
        "regard, I propose that the Council invite the Permanent Observers of the Holy See and the "
        "State of Palestine to the United Nations to participate in this meeting."
    )
    assert "Permanent Observer of the Holy See to" in text(registered(known, "VAT"))
    assert text(registered(known, "PSE", "VAT"), "fr") == (
        "Conformément au Règlement intérieur provisoire et à la pratique antérieure en la matière, "
        "je propose que le Conseil invite à participer à la présente séance l’Observatrice ou "
        "l’Observateur permanent de chacun des États observateurs suivants\u00a0: Saint-Siège, "
        "État de Palestine."
    )
    assert text(registered(known, "VAT"), "fr").endswith(
        "permanent de l’État observateur suivant\u00a0: Saint-Siège."
    )


def test_council_members_are_not_invited(known: Database) -> None:
    member = Statement(Section.COUNCIL_MEMBERS, delegation=get_delegation(known, "FRA"))
    assert invitation_sentences([member], "en") == []


def test_each_basis_has_a_sentence_of_its_own(known: Database) -> None:
    found = invitation_sentences(registered(known, "PSE", "KEN", "ALB"), "en")
    assert [(each.invitation, each.count) for each in found] == [
        (Invitation.RULE_37, 2),
        (Invitation.PREVIOUS_PRACTICE, 1),
    ]
